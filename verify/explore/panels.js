"use strict";
// The page around the pictures: verdict and numbers, the table, the buttons; drawn again after every change.

function node(name, text = "", attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function refresh() {
  found = decide(state.x, state.y);
  $("title").replaceChildren("reluproof explore", ...fileNamed());
  $("verdict").textContent = verdictText();
  $("verdict").dataset.unique = found.unique;
  $("note").textContent = state.note;
  $("findings").replaceChildren(...numbersFound().flatMap(([name, text]) => [node("dt", name), node("dd", text)]));
  $("plots").replaceChildren(...frames().map((frame, task) => figureOf(held[task] ?? frame)));
  drawTable();
  $("tasks").value = `${state.y[0].length}`;
  $("step").value = state.step;
  keepAddress();
}

// The file, as far as these data are its own.
function fileNamed() {
  if (!state.named || !given.title) return [];
  return [": ", isolated(given.title), isGiven() ? "" : " (changed)"];
}

// ---- the table --------------------------------------------------------------------------------------------------

// Rows are filled anew, and made anew only if there are more or fewer: whoever types keeps the place of the keyboard.
function drawTable() {
  const names = [pointName(), ...taskNames()];
  $("head").replaceChildren(...[...names, "kink", ""].map((name) => node("th", name, { scope: "col" })));
  const shape = `${state.x.length} x ${names.length}`;
  if ($("rows").dataset.shape !== shape) $("rows").replaceChildren(...state.x.map((_, index) => emptyRow(index, names.length - 1)));
  $("rows").dataset.shape = shape;
  state.x.forEach((_, index) => fillRow($("rows").children[index], index));
}

function emptyRow(index, tasks) {
  const labels = Array.from({ length: tasks }, (_, task) =>
    field((value) => move(index, state.x[index], withEntry(state.y[index], task, value))));
  const button = node("button", "delete");
  button.addEventListener("click", () => {
    remove(index);
    $("rows").children[Math.min(index, state.x.length - 1)].querySelector("button").focus();
  });
  const row = node("tr");
  for (const cell of [field((value) => move(index, value, state.y[index])), ...labels, node("span"), button]) {
    row.appendChild(node("td")).append(cell);
  }
  return row;
}

function fillRow(row, index) {
  const place = `${pointName()} = ${shown(state.x[index])}`;
  const names = [`${pointName()} of point ${index + 1}`, ...state.y[index].map((_, task) => `label ${task + 1} at ${place}`)];
  row.querySelectorAll("input").forEach((input, column) => {
    input.value = `${[state.x[index], ...state.y[index]][column]}`;
    input.setAttribute("aria-label", names[column]);
    input.setAttribute("aria-invalid", "false");
  });
  const inner = index > 0 && index + 1 < state.x.length;
  row.querySelector("span").textContent = inner ? vectorText(found.kinks[index - 1]) : "";
  row.querySelector("button").setAttribute("aria-label", `delete the point ${place}`);
}

// A number that can be typed; what is none, or cannot be taken, is said, and stays to be mended.
function field(change) {
  const input = node("input", "", { autocomplete: "off", spellcheck: "false" });
  input.addEventListener("change", () => {
    const number = parseRational(input.value);
    if (number === null) say(`"${input.value.slice(0, LONG)}" is not a number: write 3, -7/3, 0.25 or 1e-3`);
    else change(number);
    input.setAttribute("aria-invalid", $("message").textContent !== "");
  });
  return input;
}

// ---- buttons ----------------------------------------------------------------------------------------------------

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

function exampleButton(example) {
  const button = node("button", `${example.letter} without “${example.without}”`, { title: example.statement });
  const note = `${example.letter} without “${example.without}”: ${example.statement} This is false: the dataset below refutes it.`;
  button.addEventListener("click", () => {
    say("");
    load(...inNumbers(example), { note });
  });
  return button;
}

function addPoint() {
  const x = state.x[state.x.length - 1].plus(parseRational(state.step));
  insert(x, valueAt(found.dots, x));
}

function start() {
  for (const step of STEPS) $("step").append(new Option(step, step));
  $("step").addEventListener("change", () => {
    state.step = $("step").value;
    refresh();
  });
  $("tasks").addEventListener("change", () => setTasks(Number($("tasks").value)));
  $("add").addEventListener("click", addPoint);
  $("csv").addEventListener("click", () => copy(csvText(), "the table"));
  $("test").addEventListener("click", () => copy(testText(), "the test"));
  $("again").addEventListener("click", () => {
    say("");
    loadGiven();
  });
  $("examples").append(...given.examples.map(exampleButton));
  window.addEventListener("resize", refresh);
  window.addEventListener("hashchange", () => {
    if (location.hash !== toHash()) follow(location.hash, refresh, "the data stay as they were");
  });
  if (location.hash.length > 1) follow(location.hash, loadGiven, "what the page begins with is shown instead");
  else loadGiven();
}

start();
