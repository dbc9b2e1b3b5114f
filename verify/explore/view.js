"use strict";
// The page: a state of exact text, drawn and decided again after every change. Nothing here decides anything.

const STEPS = ["1", "1/2", "1/4", "1/10", "1/100"];
const MOST_POINTS = 200;
const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 860;
const HEIGHT = { 1: 420, 2: 250 };
const MARGIN = 44;

const given = JSON.parse(document.getElementById("given").textContent);
const state = { x: [], y: [], step: "1/2", chosen: null, note: "" };
let found = null;
let frames = [];

const $ = (id) => document.getElementById(id);

function element(name, attributes = {}, text = null) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== null) node.textContent = text;
  return node;
}

// ---- state and address ------------------------------------------------------------------------------------------

function load(x, y, note = "") {
  const order = x.map((_, i) => i).sort((i, j) => x[i].compare(x[j]));
  state.x = order.map((i) => x[i]);
  state.y = order.map((i) => y[i]);
  state.note = note;
  state.chosen = null;
  refresh();
}

function toHash() {
  const rows = state.x.map((x, i) => [x, ...state.y[i]].join(","));
  return `#step=${state.step}&data=${rows.join(";")}`;
}

// The dataset in an address, or null: a damaged address is said, not guessed.
function fromHash(hash) {
  const parts = new URLSearchParams(hash.slice(1));
  if (!parts.has("data")) return null;
  const rows = parts.get("data").split(";").map((row) => row.split(",").map(parseRational));
  const width = rows[0].length;
  const good = rows.length >= 2 && (width === 2 || width === 3) && rows.every((r) => r.length === width && r.every(Boolean));
  if (!good || new Set(rows.map((row) => `${row[0]}`)).size < rows.length || rows.length > MOST_POINTS) {
    say("the address does not hold a dataset; the example is shown instead");
    return null;
  }
  if (STEPS.includes(parts.get("step"))) state.step = parts.get("step");
  return { x: rows.map((row) => row[0]), y: rows.map((row) => row.slice(1)) };
}

function say(text) {
  $("message").textContent = text;
}

// ---- changes ----------------------------------------------------------------------------------------------------

function move(index, x, label) {
  if (state.x.some((other, i) => i !== index && other.equals(x))) {
    say(`there is a point at x = ${x} already`);
    return index;
  }
  say("");
  const rows = state.x.map((old, i) => (i === index ? [x, label] : [old, state.y[i]]));
  rows.sort((a, b) => a[0].compare(b[0]));
  state.x = rows.map((row) => row[0]);
  state.y = rows.map((row) => row[1]);
  state.note = "";
  const now = state.x.findIndex((place) => place.equals(x));
  state.chosen = now;
  refresh();
  return now;
}

function insert(x, label) {
  if (state.x.length >= MOST_POINTS) return say(`at most ${MOST_POINTS} points`);
  if (state.x.some((other) => other.equals(x))) return say(`there is a point at x = ${x} already`);
  state.x.push(x);
  state.y.push(label);
  return move(state.x.length - 1, x, label);
}

function remove(index) {
  if (state.x.length <= 2) return say("a dataset has at least 2 points");
  state.x.splice(index, 1);
  state.y.splice(index, 1);
  state.chosen = null;
  state.note = "";
  say("");
  return refresh();
}

function setTasks(count) {
  state.y = state.y.map((label) => (count === 1 ? [label[0]] : [label[0], label[1] ?? ZERO]));
  state.note = "";
  refresh();
}

// ---- words ------------------------------------------------------------------------------------------------------

const LONG = 40;
const shown = (value) => {
  const text = `${value}`;
  return text.length <= LONG ? text : `about ${value.toNumber().toPrecision(6)}`;
};
const vectorText = (v) => (v.length === 1 ? shown(v[0]) : `(${v.map(shown).join(", ")})`);

function rootsText(total) {
  if (total.roots.length === 0) return shown(total.rational);
  const terms = total.roots.map((q) => `sqrt(${shown(q)})`);
  const exact = [...(total.rational.isZero ? [] : [shown(total.rational)]), ...terms];
  const text = exact.length <= 4 ? `${exact.join(" + ")}, ` : "";
  return `${text}about ${total.number.toPrecision(8)}`;
}

function marginText(margin) {
  if (margin === null) return "none: every dataset of at most 3 points has one optimum";
  const where = `at x = ${shown(state.x[margin.pair])} and ${shown(state.x[margin.pair + 1])}`;
  if (margin.root.isZero) {
    if (margin.rational.isZero) return found.unique ? "0: non-unique datasets come arbitrarily near" : "0";
    const root = margin.rational.root();
    const exact = root ? shown(root) : `sqrt(${shown(margin.rational)}), about ${Math.sqrt(margin.rational.toNumber()).toPrecision(6)}`;
    return `${exact} (${where})`;
  }
  const square = margin.rational.toNumber() - Math.sqrt(margin.root.toNumber());
  return `about ${Math.sqrt(Math.max(square, 0)).toPrecision(6)} (${where}); its square is ${shown(margin.rational)} - sqrt(${shown(margin.root)})`;
}

function rows() {
  const radius = found.radius;
  const longRuns = found.runs.filter((run) => run.last > run.first);
  const list = [
    ["optimal cost", rootsText(found.cost)],
    ["neurons", `${found.dots.knots.length} in connect-the-dots, ${found.sparsest.knots.length} in the sparsest optimum` +
      (found.unique ? ", which is the same" : found.sparsestUnique ? " (the only one that sparse)" : " (one of infinitely many)")],
    ["margin", marginText(found.margin)],
  ];
  if (!found.unique) {
    const named = longRuns.map((run) => `x = ${shown(state.x[run.first])} to ${shown(state.x[run.last])}`).join("; ");
    const height = radius.heightSquared.root();
    list.splice(1, 0, ["aligned runs", named], ["radius",
      `${height ? shown(height) : `sqrt(${shown(radius.heightSquared)})`}, reached at x = ${shown(radius.at)}`]);
  }
  return list;
}

function verdictText() {
  if (found.unique) return "Connect-the-dots is the only optimum.";
  const count = found.runs.filter((run) => run.last > run.first).length;
  return `Connect-the-dots is not the only optimum: kinks are aligned on ${count} ${count === 1 ? "run" : "runs"}.`;
}

// ---- drawing ----------------------------------------------------------------------------------------------------

function range(values) {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const pad = (high - low || 2) * 0.12;
  return [low - pad, high + pad];
}

function frameFor(task) {
  const height = HEIGHT[state.y[0].length];
  const numbers = state.x.map((x) => x.toNumber());
  const values = state.y.map((label) => label[task].toNumber());
  for (const tent of found.tents) values.push(valueAt(found.dots, tent.at)[task].minus(tent.descent[task]).toNumber());
  const [left, right] = range(numbers);
  const [low, high] = range(values);
  return {
    task,
    height,
    px: (x) => MARGIN + ((x - left) / (right - left)) * (WIDTH - 2 * MARGIN),
    py: (y) => height - MARGIN - ((y - low) / (high - low)) * (height - 2 * MARGIN),
    x: (px) => left + ((px - MARGIN) / (WIDTH - 2 * MARGIN)) * (right - left),
    y: (py) => low + ((height - MARGIN - py) / (height - 2 * MARGIN)) * (high - low),
    ends: [left, right, low, high],
  };
}

function ticks(low, high) {
  const step = 10 ** Math.floor(Math.log10((high - low) / 4));
  const size = [1, 2, 5, 10].map((m) => m * step).find((s) => (high - low) / s <= 6);
  const first = Math.ceil(low / size);
  return Array.from({ length: Math.floor(high / size) - first + 1 }, (_, i) => Number(((first + i) * size).toPrecision(12)));
}

function path(frame, places, value) {
  return places.map((x, i) => `${i ? "L" : "M"}${frame.px(x.toNumber())},${frame.py(value(x).toNumber())}`).join("");
}

function breaks(spline) {
  const [left, right] = [state.x[0], state.x[state.x.length - 1]];
  return [left, ...spline.knots.map(([t]) => t).filter((t) => t.compare(left) > 0 && t.compare(right) < 0), right];
}

function draw(frame) {
  const { task } = frame;
  const svg = element("svg", { viewBox: `0 0 ${WIDTH} ${frame.height}`, role: "group", class: "plot",
    "aria-label": state.y[0].length === 1 ? "the data and the optima" : `task ${task + 1}: the data and the optima` });
  const [left, right, low, high] = frame.ends;
  for (const x of ticks(left, right)) {
    svg.append(element("line", { class: "grid", x1: frame.px(x), x2: frame.px(x), y1: MARGIN / 2, y2: frame.height - MARGIN }));
    svg.append(element("text", { class: "tick", x: frame.px(x), y: frame.height - MARGIN + 16, "text-anchor": "middle" }, `${x}`));
  }
  for (const y of ticks(low, high)) {
    svg.append(element("line", { class: "grid", x1: MARGIN, x2: WIDTH - MARGIN, y1: frame.py(y), y2: frame.py(y) }));
    svg.append(element("text", { class: "tick", x: MARGIN - 6, y: frame.py(y) + 4, "text-anchor": "end" }, `${y}`));
  }
  for (const tent of found.tents) {
    const corners = [state.x[tent.gap], tent.at, state.x[tent.gap + 1]];
    const bottom = (x) => (x.equals(tent.at) ? valueAt(found.dots, x)[task].minus(tent.descent[task]) : valueAt(found.dots, x)[task]);
    svg.append(element("path", { class: "tent", d: `${path(frame, corners, bottom)}Z` }));
  }
  if (state.y[0].length > 1) svg.append(element("text", { class: "tick", x: MARGIN, y: MARGIN / 2 - 6 }, names()[task]));
  const line = (spline) => path(frame, breaks(spline), (x) => valueAt(spline, x)[task]);
  if (!found.unique) svg.append(element("path", { class: "sparsest", d: line(found.sparsest) }));
  svg.append(element("path", { class: "dots", d: path(frame, state.x, (x) => state.y[state.x.findIndex((p) => p.equals(x))][task]) }));
  if (!found.unique) {
    for (const [t] of found.sparsest.knots) {
      const y = valueAt(found.sparsest, t)[task].toNumber();
      svg.append(element("rect", { class: "knot", x: frame.px(t.toNumber()) - 4, y: frame.py(y) - 4, width: 8, height: 8 }));
    }
  }
  state.x.forEach((_, index) => svg.append(handle(frame, index)));
  svg.addEventListener("dblclick", (event) => {
    if (event.target.classList.contains("point")) return;
    const [x, y] = place(svg, frame, event);
    const step = parseRational(state.step);
    const at = snapped(x, step);
    insert(at, valueAt(found.dots, at).map((value, t) => (t === task ? snapped(y, step) : value)));
  });
  return svg;
}

function place(svg, frame, event) {
  const box = svg.getBoundingClientRect();
  return [frame.x(((event.clientX - box.left) * WIDTH) / box.width), frame.y(((event.clientY - box.top) * frame.height) / box.height)];
}

function handle(frame, index) {
  const { task } = frame;
  const x = state.x[index];
  const y = state.y[index][task];
  const circle = element("circle", { class: index === state.chosen ? "point chosen" : "point", r: state.x.length > 60 ? 4 : 7, tabindex: 0, role: "button",
    cx: frame.px(x.toNumber()), cy: frame.py(y.toNumber()), "data-index": index, "data-task": task, "aria-label": `point x = ${x}, label ${y}` });
  circle.append(element("title", {}, `x = ${x}, y = ${vectorText(state.y[index])}; drag, arrow keys, Delete`));
  circle.addEventListener("pointerdown", (event) => startDrag(event, frame, index));
  circle.addEventListener("keydown", (event) => onKey(event, index, task));
  return circle;
}

// The frame stays as it was when the drag began, so that the ground does not move under the pointer.
function startDrag(event, frame, index) {
  event.preventDefault();
  let current = index;
  const step = parseRational(state.step);
  const follow = (motion) => {
    const svg = $("plots").children[frame.task];
    const [x, y] = place(svg, frame, motion);
    const label = state.y[current].map((value, t) => (t === frame.task ? snapped(y, step) : value));
    frames[frame.task] = frame;
    current = move(current, motion.shiftKey ? state.x[current] : snapped(x, step), label);
  };
  const stop = () => {
    window.removeEventListener("pointermove", follow);
    frames = [];
    refresh();
    focusPoint(current, frame.task);
  };
  window.addEventListener("pointermove", follow);
  window.addEventListener("pointerup", stop, { once: true });
}

function onKey(event, index, task) {
  const step = parseRational(state.step);
  const back = ZERO.minus(step);
  const shifts = { ArrowLeft: [back, ZERO], ArrowRight: [step, ZERO], ArrowUp: [ZERO, step], ArrowDown: [ZERO, back] };
  if (event.key === "Delete" || event.key === "Backspace") {
    event.preventDefault();
    remove(index);
    focusPoint(Math.min(index, state.x.length - 1), task);
  } else if (event.key in shifts) {
    event.preventDefault();
    const [dx, dy] = shifts[event.key];
    const label = state.y[index].map((value, t) => (t === task ? value.plus(dy) : value));
    focusPoint(move(index, state.x[index].plus(dx), label), task);
  }
}

function focusPoint(index, task) {
  document.querySelector(`circle[data-index="${index}"][data-task="${task}"]`)?.focus();
}

// ---- the table --------------------------------------------------------------------------------------------------

function cell(value, label, change) {
  const input = document.createElement("input");
  input.value = `${value}`;
  input.setAttribute("aria-label", label);
  input.addEventListener("change", () => {
    const number = parseRational(input.value);
    input.setAttribute("aria-invalid", number === null);
    if (number === null) say(`"${input.value}" is not a number: write 3, -7/3, 0.25 or 1e-3`);
    else change(number);
  });
  return input;
}

function drawTable() {
  const body = $("rows");
  body.replaceChildren();
  state.x.forEach((x, index) => {
    const row = document.createElement("tr");
    const cells = [cell(x, `x of point ${index + 1}`, (value) => move(index, value, state.y[index]))];
    state.y[index].forEach((y, task) => {
      cells.push(cell(y, `label ${task + 1} at x = ${x}`, (value) =>
        move(index, x, state.y[index].map((old, t) => (t === task ? value : old)))));
    });
    for (const input of cells) row.append(wrapped(input));
    const kink = index > 0 && index + 1 < state.x.length ? vectorText(found.kinks[index - 1]) : "";
    const text = document.createElement("span");
    text.textContent = kink;
    row.append(wrapped(text));
    const button = document.createElement("button");
    button.textContent = "delete";
    button.setAttribute("aria-label", `delete the point x = ${x}`);
    button.addEventListener("click", () => remove(index));
    row.append(wrapped(button));
    body.append(row);
  });
}

function wrapped(node) {
  const td = document.createElement("td");
  td.append(node);
  return td;
}

function names() {
  const own = given.tasks.length === state.y[0].length;
  return own ? given.tasks : state.y[0].map((_, t) => `y${state.y[0].length > 1 ? t + 1 : ""}`);
}

function drawHead() {
  const head = $("head");
  head.replaceChildren();
  for (const name of [given.point, ...names(), "kink", ""]) {
    const th = document.createElement("th");
    th.textContent = name;
    head.append(th);
  }
}

// ---- copying ----------------------------------------------------------------------------------------------------

function csvText() {
  const names = state.y[0].length === 1 ? "x,y" : "x,y1,y2";
  return `${[names, ...state.x.map((x, i) => [x, ...state.y[i]].join(","))].join("\n")}\n`;
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

async function copy(text, what) {
  $("copied").value = text;
  $("copied").hidden = false;
  $("copied").select();
  try {
    await navigator.clipboard.writeText(text);
    say(`${what} copied`);
  } catch {
    say(`${what} below: copy it from there`);
  }
}

// ---- the whole --------------------------------------------------------------------------------------------------

function refresh() {
  found = decide(state.x, state.y);
  $("verdict").textContent = verdictText();
  $("verdict").dataset.unique = found.unique;
  $("note").textContent = state.note;
  const list = $("findings");
  list.replaceChildren();
  for (const [name, text] of rows()) {
    const term = document.createElement("dt");
    term.textContent = name;
    const detail = document.createElement("dd");
    detail.textContent = text;
    list.append(term, detail);
  }
  const plots = $("plots");
  plots.replaceChildren(...state.y[0].map((_, task) => draw(frames[task] ?? frameFor(task))));
  drawHead();
  drawTable();
  $("tasks").value = `${state.y[0].length}`;
  $("step").value = state.step;
  history.replaceState(null, "", toHash());
}

function choose(example) {
  load(example.x.map(parseRational), example.y.map((row) => row.map(parseRational)), `${example.letter} without "${example.without}": ${example.statement} This is false: the dataset below refutes it.`);
}

function start() {
  for (const step of STEPS) $("step").append(new Option(step, step));
  $("step").addEventListener("change", () => {
    state.step = $("step").value;
    refresh();
  });
  $("tasks").addEventListener("change", () => setTasks(Number($("tasks").value)));
  $("add").addEventListener("click", () => {
    const last = state.x.length - 1;
    const x = state.x[last].plus(parseRational(state.step));
    insert(x, valueAt(found.dots, x));
  });
  $("csv").addEventListener("click", () => copy(csvText(), "the table"));
  $("test").addEventListener("click", () => copy(testText(), "the test"));
  $("again").addEventListener("click", () => load(given.x.map(parseRational), given.y.map((row) => row.map(parseRational))));
  for (const example of given.examples) {
    const button = document.createElement("button");
    button.textContent = `${example.letter} without “${example.without}”`;
    button.title = example.statement;
    button.addEventListener("click", () => choose(example));
    $("examples").append(button);
  }
  window.addEventListener("hashchange", () => {
    const data = location.hash === toHash() ? null : fromHash(location.hash);
    if (data) load(data.x, data.y);
  });
  const data = fromHash(location.hash);
  if (data) load(data.x, data.y);
  else load(given.x.map(parseRational), given.y.map((row) => row.map(parseRational)));
}

start();
