"use strict";
// The data as exact numbers, what changes them, and the address that keeps them.

const STEPS = ["1", "1/2", "1/4", "1/10", "1/100"];
const MOST_POINTS = 200;
const MOST_TASKS = 2;

const given = JSON.parse(document.getElementById("given").textContent);
// named: whether the columns are those of the file and have its names; note: what is known about just these data.
const state = { x: [], y: [], named: true, step: "1/2", chosen: null, note: "" };
let found = null;

const $ = (id) => document.getElementById(id);

function say(text) {
  $("message").textContent = text;
}

// ---- whole datasets ---------------------------------------------------------------------------------------------

function load(x, y, { named = false, note = "" } = {}) {
  const order = x.map((_, i) => i).sort((i, j) => x[i].compare(x[j]));
  state.x = order.map((i) => x[i]);
  state.y = order.map((i) => y[i]);
  Object.assign(state, { named, note, chosen: null });
  refresh();
}

const inNumbers = ({ x, y }) => [x.map(parseRational), y.map((row) => row.map(parseRational))];

function loadGiven() {
  load(...inNumbers(given), { named: true });
}

function rowsOf(x, y) {
  return x.map((point, i) => [point, ...y[i]].join(","));
}

const isGiven = () => state.named && rowsOf(state.x, state.y).join(";") === rowsOf(...inNumbers(given)).join(";");

const pointName = () => (state.named ? given.point : "x");

function taskNames() {
  if (state.named && given.tasks.length === state.y[0].length) return given.tasks;
  return state.y[0].length === 1 ? ["y"] : state.y[0].map((_, task) => `y${task + 1}`);
}

// ---- the address ------------------------------------------------------------------------------------------------

function toHash() {
  return `#step=${state.step}${state.named ? "" : "&names=no"}&data=${rowsOf(state.x, state.y).join(";")}`;
}

// Browsers refuse an address that changes more than 100 times in half a minute: the last state is written at most so many
// milliseconds late.
const BETWEEN_ADDRESSES = 320;
let [written, later] = [-Infinity, 0];

function keepAddress() {
  clearTimeout(later);
  const wait = written + BETWEEN_ADDRESSES - performance.now();
  if (wait > 0) {
    later = setTimeout(keepAddress, wait);
    return;
  }
  written = performance.now();
  history.replaceState(null, "", toHash());
}

// {x, y, named, step} of an address, or what is wrong with it: nothing is guessed.
function fromHash(hash) {
  const parts = new URLSearchParams(hash.slice(1));
  if (!parts.has("data")) return "no data are in the address";
  const step = parts.get("step") ?? state.step;
  if (!STEPS.includes(step)) return `the grid of the address is none of ${STEPS.join(", ")}`;
  const cells = parts.get("data").split(";").map((row) => row.split(","));
  if (cells.length < 2 || cells.length > MOST_POINTS) return `the address has ${cells.length} points: 2 to ${MOST_POINTS} are shown`;
  const tasks = cells[0].length - 1;
  if (tasks < 1 || tasks > MOST_TASKS || cells.some((row) => row.length !== tasks + 1)) {
    return "the rows of the address do not have one x and one or two labels each";
  }
  const wrong = cells.flat().find((text) => parseRational(text) === null);
  if (wrong !== undefined) return `"${wrong.slice(0, LONG)}" in the address is not a number`;
  const rows = cells.map((row) => row.map(parseRational));
  if (new Set(rows.map(([x]) => `${x}`)).size < rows.length) return "two points of the address have the same x";
  return { x: rows.map(([x]) => x), y: rows.map((row) => row.slice(1)), named: parts.get("names") !== "no", step };
}

// Show what an address holds; where it holds no dataset, say so and show what `otherwise` does.
function follow(hash, otherwise, instead) {
  const read = fromHash(hash);
  if (typeof read === "string") {
    otherwise();
    say(`${read}; ${instead}`);
    return;
  }
  say("");
  state.step = read.step;
  load(read.x, read.y, { named: read.named });
}

// ---- single points ----------------------------------------------------------------------------------------------

const hasPointAt = (x, but = null) => state.x.some((other, i) => i !== but && other.equals(x));

// The point at its new place; where it ends up in the order.
function move(index, x, label) {
  if (hasPointAt(x, index)) {
    say(`there is a point at ${pointName()} = ${shown(x)} already`);
    return index;
  }
  say("");
  const rows = state.x.map((old, i) => (i === index ? [x, label] : [old, state.y[i]]));
  rows.sort((a, b) => a[0].compare(b[0]));
  state.x = rows.map((row) => row[0]);
  state.y = rows.map((row) => row[1]);
  state.note = "";
  state.chosen = state.x.findIndex((place) => place.equals(x));
  refresh();
  return state.chosen;
}

function insert(x, label) {
  if (state.x.length >= MOST_POINTS) return say(`at most ${MOST_POINTS} points`);
  if (hasPointAt(x)) return say(`there is a point at ${pointName()} = ${shown(x)} already`);
  state.x.push(x);
  state.y.push(label);
  return move(state.x.length - 1, x, label);
}

function remove(index) {
  if (state.x.length <= 2) return say("a dataset has at least 2 points");
  say("");
  state.x.splice(index, 1);
  state.y.splice(index, 1);
  Object.assign(state, { chosen: null, note: "" });
  return refresh();
}

function setTasks(count) {
  const lost = state.y[0].length > count;
  state.y = state.y.map((label) => (count === 1 ? [label[0]] : [label[0], label[1] ?? ZERO]));
  state.note = "";
  refresh();
  say(lost ? "the second task is gone; “start again” brings back what the page began with" : "");
}
