"use strict";
// What is said of a dataset: verdict, numbers, and the texts that can be copied. Nothing here decides anything.

const COST_DIGITS = 8;
const MOST_ROOTS = 4;

function verdictText() {
  if (found.unique) return "Connect-the-dots is the only optimum.";
  const count = longRuns().length;
  return `Connect-the-dots is not the only optimum: kinks are aligned on ${count} ${count === 1 ? "run" : "runs"}.`;
}

const longRuns = () => found.runs.filter((run) => run.last > run.first);

function costText({ rational, roots }) {
  if (roots.length === 0) return shown(rational);
  const terms = roots.map((root) => `sqrt(${shown(root)})`);
  const exact = [...(rational.isZero ? [] : [shown(rational)]), ...terms];
  const text = exact.length <= MOST_ROOTS ? `${exact.join(" + ")}, ` : "";
  return `${text}about ${aboutSum({ rational, roots }, COST_DIGITS)}`;
}

function rootText(square) {
  const root = square.root();
  return root ? shown(root) : `sqrt(${shown(square)}), about ${aboutRoot(square)}`;
}

function neuronsText() {
  const [dots, fewest] = [found.dots.knots.length, found.sparsest.knots.length];
  const others = found.unique ? ", which is the same" : found.sparsestUnique ? " (the only one that sparse)" : " (one of infinitely many)";
  return `${dots} in connect-the-dots, ${fewest} in the sparsest optimum${others}`;
}

function marginText(margin) {
  if (margin === null) return "none: every dataset of at most 3 points has one optimum";
  if (margin.root.isZero && margin.rational.isZero) return found.unique ? "0: non-unique datasets come arbitrarily near" : "0";
  const where = `(at ${pointName()} = ${shown(state.x[margin.pair])} and ${shown(state.x[margin.pair + 1])})`;
  if (margin.root.isZero) return `${rootText(margin.rational)} ${where}`;
  return `about ${aboutNestedRoot(margin)} ${where}; its square is ${shown(margin.rational)} - sqrt(${shown(margin.root)})`;
}

// Names and texts of the numbers below the picture.
function numbersFound() {
  const list = [["optimal cost", costText(found.cost)]];
  if (!found.unique) {
    const spans = longRuns().map((run) => `${pointName()} = ${shown(state.x[run.first])} to ${shown(state.x[run.last])}`);
    const reached = `reached at ${pointName()} = ${shown(found.radius.at)}`;
    list.push(["aligned runs", spans.join("; ")], ["radius", `${rootText(found.radius.heightSquared)}, ${reached}`]);
  }
  return [...list, ["neurons", neuronsText()], ["margin", marginText(found.margin)]];
}

function csvText() {
  const names = state.y[0].length === 1 ? "x,y" : "x,y1,y2";
  return `${[names, ...rowsOf(state.x, state.y)].join("\n")}\n`;
}

function testText() {
  const quoted = (values) => `[${values.map((value) => `"${value}"`).join(", ")}]`;
  return [
    "from reluproof import Dataset, check",
    "",
    "",
    "def test_this_dataset():",
    `    x = ${quoted(state.x)}`,
    `    y = [${state.y.map(quoted).join(", ")}]`,
    `    assert check(Dataset.from_text(x, y)).unique is ${found.unique ? "True" : "False"}`,
    "",
  ].join("\n");
}
