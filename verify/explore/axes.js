"use strict";
// Where numbers stand in a picture. Ranges are exact, and floats are parts of a range only: large numbers, and numbers that
// hardly differ, are drawn like all others.

const ROOM = new Rational(3n, 25n);
const FINEST = 2 ** 40;
const LONGEST_TICK = 9;
const HEIGHTS = { 1: 420, 2: 250 };
const WIDTHS = { least: 280, most: 950, perTick: 75, perLine: 45 };
const EDGE = { top: 14, right: 20, bottom: 34, perCharacter: 7.2, tick: 6 };

// The range of some numbers with room on both sides.
class Axis {
  constructor(values, mostTicks) {
    const low = values.reduce(smaller);
    const high = values.reduce(larger);
    const room = low.equals(high) ? ONE : high.minus(low).times(ROOM);
    this.low = low.minus(room);
    this.span = high.plus(room).minus(this.low);
    this.ticks = ticksOf(this.low, this.span, mostTicks);
  }
  // 0 at the low end, 1 at the high end.
  part(value) {
    return value.minus(this.low).over(this.span).toNumber();
  }
  at(part) {
    return new Rational(BigInt(Math.round(part * FINEST)), BigInt(FINEST)).times(this.span).plus(this.low);
  }
}

// {base, marks: [{value, text}]}: round numbers in the range, at most so many. Where they would be too long to be read, text
// says by how much they are above the base.
function ticksOf(low, span, most) {
  let power = magnitude(span.over(whole(most))) - 1;
  let size = null;
  for (; size === null; power++) {
    const unit = power >= 0 ? new Rational(tenTo(power)) : new Rational(1n, tenTo(-power));
    size = [1, 2, 5].map((m) => whole(m).times(unit)).find((step) => span.over(step).compare(whole(most)) <= 0) ?? null;
  }
  power--;
  const first = -floorDivide(-low.p * size.q, low.q * size.p);
  const last = scaled(low.plus(span).over(size), 0);
  const units = scaled(size, -power);
  const marks = [];
  for (let n = first; n <= last; n++) marks.push({ value: new Rational(n).times(size), integer: n * units });
  const texts = (base) => marks.map(({ integer }) => decimalText(integer - base, power));
  const plain = texts(0n);
  const long = plain.some((text) => text.length > LONGEST_TICK);
  const base = long ? marks[0] : null;
  const written = long ? texts(base.integer).map((text) => `+${text}`) : plain;
  return { base: base && base.value, marks: marks.map(({ value }, i) => ({ value, text: written[i] })) };
}

// The axes of every task, one below the other over the same x, as wide as there is room on the page.
function frames() {
  const height = HEIGHTS[state.y[0].length];
  const width = Math.min(WIDTHS.most, Math.max(WIDTHS.least, $("plots").clientWidth - 2));
  const x = new Axis(state.x, Math.floor(width / WIDTHS.perTick));
  const ys = state.y[0].map((_, task) => {
    const lowest = found.tents.map((tent) => valueAt(found.dots, tent.at)[task].minus(tent.descent[task]));
    return new Axis([...state.y.map((label) => label[task]), ...lowest], Math.floor(height / WIDTHS.perLine));
  });
  const longest = Math.max(...ys.flatMap((y) => y.ticks.marks.map(({ text }) => text.length)));
  const left = 2 * EDGE.tick + longest * EDGE.perCharacter;
  return ys.map((y, task) => frameOf({ task, width, height, left, x, y }));
}

// From numbers to places, and back.
function frameOf({ task, width, height, left, x, y }) {
  const [across, down] = [width - left - EDGE.right, height - EDGE.top - EDGE.bottom];
  return {
    task,
    width,
    height,
    left,
    x,
    y,
    px: (value) => left + x.part(value) * across,
    py: (value) => height - EDGE.bottom - y.part(value) * down,
    numbersAt: (px, py) => [x.at((px - left) / across), y.at((height - EDGE.bottom - py) / down)],
  };
}
