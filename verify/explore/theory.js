"use strict";
// The theory of one input, T outputs, decided in exact rational arithmetic: the letters are those of the notes.
// Points x_1 < ... < x_N as Rationals, labels as arrays of T Rationals; points are counted from 0.

const subtract = (u, v) => u.map((a, i) => a.minus(v[i]));
const add = (u, v) => u.map((a, i) => a.plus(v[i]));
const scale = (c, u) => u.map((a) => c.times(a));
const dot = (u, v) => sum(u.map((a, i) => a.times(v[i])));
const isZeroVector = (u) => u.every((a) => a.isZero);

function slopes(x, y) {
  return x.slice(1).map((right, i) => scale(ONE.over(right.minus(x[i])), subtract(y[i + 1], y[i])));
}

// d_j at the interior points; entry j - 1 belongs to point j.
function kinks(x, y) {
  const s = slopes(x, y);
  return s.slice(1).map((after, i) => subtract(after, s[i]));
}

// The c > 0 with v = c u, or null: alignment, B.
function alignment(u, v) {
  const pivot = u.findIndex((a) => !a.isZero);
  if (pivot < 0) return null;
  const c = v[pivot].over(u[pivot]);
  return c.sign > 0 && u.every((a, i) => c.times(a).equals(v[i])) ? c : null;
}

// Maximal runs {first, last} of points with nonzero, consecutively aligned kinks.
function runsOf(d) {
  const found = [];
  d.forEach((kink, index) => {
    if (isZeroVector(kink)) return;
    const last = found[found.length - 1];
    const joins = last && last.last === index && alignment(d[index - 1], kink) !== null;
    if (joins) last.last = index + 1;
    else found.push({ first: index + 1, last: index + 1 });
  });
  return found;
}

// One tent per aligned gap (J, L): t*, how far the optima reach down there, and the square of the height.
function tentsOf(x, d, runs) {
  const found = [];
  for (const run of runs) {
    for (let gap = run.first; gap < run.last; gap++) {
      const u = d[gap - 1];
      const c = alignment(u, d[gap]);
      const t = x[gap].plus(c.times(x[gap + 1])).over(ONE.plus(c));
      const descent = scale(x[gap + 1].minus(x[gap]).times(c).over(ONE.plus(c)), u);
      found.push({ gap, at: t, descent, heightSquared: dot(descent, descent), kink: add(u, d[gap]) });
    }
  }
  return found;
}

// Connect-the-dots with the kinks at some points and their successors merged, as {slope, offset, knots: [t, m]}.
function splineWith(x, y, d, tents) {
  const s = slopes(x, y)[0];
  const offset = subtract(y[0], scale(x[0], s));
  const replaced = new Set(tents.flatMap((tent) => [tent.gap, tent.gap + 1]));
  const kept = d.map((kink, i) => [x[i + 1], kink, i + 1]).filter(([, kink, i]) => !replaced.has(i) && !isZeroVector(kink));
  const knots = [...kept.map(([t, m]) => [t, m]), ...tents.map((tent) => [tent.at, tent.kink])];
  return { slope: s, offset, knots: knots.sort((a, b) => a[0].compare(b[0])) };
}

function valueAt(spline, place) {
  let value = add(scale(place, spline.slope), spline.offset);
  for (const [t, m] of spline.knots) if (place.compare(t) > 0) value = add(value, scale(place.minus(t), m));
  return value;
}

// The fewest neurons (K): in each run the kinks are merged pair by pair.
function sparsest(x, y, d, runs, tents) {
  const chosen = runs.flatMap((run) => {
    const points = [];
    for (let p = run.first; p < run.last; p += 2) points.push(p);
    return points;
  });
  return splineWith(x, y, d, tents.filter((tent) => chosen.includes(tent.gap)));
}

const isSparsestUnique = (runs) => runs.every(({ first, last }) => first === last || (last - first) % 2 === 1);

// margin_j^2 (N) as rational - sqrt(root): with A the inner products of the kinks and H the inverse of the functionals'
// Gram matrix, tr(A H) less the largest value of q'Pq / q'Hq over q >= 0, P = H A H.
function pairMargin(x, d, pair) {
  const [a, b, c] = [0, 1, 2].map((i) => ONE.over(x[pair + i].minus(x[pair + i - 1])));
  const B1 = [a, ZERO.minus(a.plus(b)), b, ZERO];
  const B2 = [ZERO, b, ZERO.minus(b.plus(c)), c];
  const [g11, g12, g22] = [dot(B1, B1), dot(B1, B2), dot(B2, B2)];
  const det = g11.times(g22).minus(g12.times(g12));
  const H = [[g22.over(det), ZERO.minus(g12).over(det)], [ZERO.minus(g12).over(det), g11.over(det)]];
  const [u, v] = [d[pair - 1], d[pair]];
  const A = [[dot(u, u), dot(u, v)], [dot(u, v), dot(v, v)]];
  const AH = product(A, H);
  const P = product(H, AH);
  const trace = AH[0][0].plus(AH[1][1]);
  const inside =
    P[0][1].times(H[0][0]).minus(P[0][0].times(H[0][1])).sign > 0 &&
    P[0][1].times(H[1][1]).minus(P[1][1].times(H[0][1])).sign > 0;
  if (!inside) {
    const [first, second] = [P[0][0].over(H[0][0]), P[1][1].over(H[1][1])];
    return { pair, rational: trace.minus(first.compare(second) > 0 ? first : second), root: ZERO };
  }
  const half = trace.over(whole(2));
  const square = AH[0][0].times(AH[1][1]).minus(AH[0][1].times(AH[1][0]));
  const under = half.times(half).minus(square);
  const root = under.root();
  return root ? { pair, rational: half.minus(root), root: ZERO } : { pair, rational: half, root: under };
}

function product(L, R) {
  return [0, 1].map((i) => [0, 1].map((j) => L[i][0].times(R[0][j]).plus(L[i][1].times(R[1][j]))));
}

// The sign of (p - sqrt(a)) - (q - sqrt(b)), by squaring twice.
function compareMargins(left, right) {
  const shift = left.rational.minus(right.rational);
  // The sign of shift - sqrt(a) + sqrt(b).
  const roots = left.root.compare(right.root);
  if (shift.isZero) return -roots;
  if (roots === 0 || Math.sign(-roots) === shift.sign) return shift.sign;
  // Opposite signs: |shift| against |sqrt(a) - sqrt(b)|, whose square is a + b - 2 sqrt(ab).
  const rest = left.root.plus(right.root).minus(shift.times(shift)); // against 2 sqrt(ab)
  const four = whole(4).times(left.root).times(right.root);
  const shiftWins = rest.sign <= 0 ? -1 : rest.times(rest).compare(four); // < 0: |shift| is the larger
  if (rest.sign <= 0 && rest.isZero && four.isZero) return 0;
  return shiftWins === 0 ? 0 : shiftWins < 0 ? shift.sign : -shift.sign;
}

function marginOf(x, d) {
  let best = null;
  for (let pair = 1; pair + 1 <= d.length; pair++) {
    const found = pairMargin(x, d, pair);
    if (best === null || compareMargins(found, best) < 0) best = found;
  }
  return best;
}

// A sum of square roots of rationals: the rational ones are taken and added; the others stay as they are.
function rootSum(squares) {
  let rational = ZERO;
  const roots = [];
  for (const square of squares) {
    const root = square.root();
    if (root) rational = rational.plus(root);
    else roots.push(square);
  }
  return { rational, roots };
}

// Everything the page shows about one dataset.
function decide(x, y) {
  const d = kinks(x, y);
  const runs = runsOf(d);
  const tents = tentsOf(x, d, runs);
  const squares = d.filter((kink) => !isZeroVector(kink)).map((kink) => dot(kink, kink));
  const tallest = tents.reduce((best, t) => (best && best.heightSquared.compare(t.heightSquared) >= 0 ? best : t), null);
  return {
    kinks: d,
    runs,
    tents,
    unique: tents.length === 0,
    cost: rootSum(squares),
    squares,
    dots: splineWith(x, y, d, []),
    sparsest: sparsest(x, y, d, runs, tents),
    sparsestUnique: isSparsestUnique(runs),
    radius: tallest,
    margin: marginOf(x, d),
  };
}
