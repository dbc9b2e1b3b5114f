"use strict";
// One picture per task: axes, tents, connect-the-dots, the sparsest optimum, and the points as handles.

const SVG = "http://www.w3.org/2000/svg";
const SMALLEST_POINT = 2.5;
const LARGEST_POINT = 7;
const CLEAR = 0.4; // of the mean distance between points: the radius from which they would hide each other

function element(name, attributes = {}, text = null) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== null) node.textContent = text;
  return node;
}

// The figure of one task: its name, and the picture.
function figureOf(frame) {
  const figure = document.createElement("figure");
  const caption = document.createElement("figcaption");
  caption.append(isolated(taskNames()[frame.task]), " over ", isolated(pointName()));
  figure.append(caption, draw(frame));
  return figure;
}

// A name from a file: text, whose direction of writing does not spread.
function isolated(name) {
  const node = document.createElement("bdi");
  node.textContent = name;
  return node;
}

function draw(frame) {
  const svg = element("svg", { viewBox: `0 0 ${frame.width} ${frame.height}`, role: "group", class: "plot",
    "aria-label": state.y[0].length === 1 ? "the data and the optima" : `task ${frame.task + 1}: the data and the optima` });
  svg.append(...gridLines(frame), ...tentShapes(frame), ...optima(frame));
  state.x.forEach((_, index) => svg.append(handle(frame, index)));
  svg.addEventListener("dblclick", (event) => onDoubleClick(event, svg, frame));
  return svg;
}

function gridLines(frame) {
  const { left, width, height } = frame;
  const [top, right, bottom] = [EDGE.top, width - EDGE.right, height - EDGE.bottom];
  const nodes = [];
  for (const { value, text } of frame.x.ticks.marks) {
    const x = frame.px(value);
    nodes.push(element("line", { class: "grid", x1: x, x2: x, y1: top, y2: bottom }));
    nodes.push(element("text", { class: "tick", x, y: bottom + 16, "text-anchor": "middle" }, text));
  }
  for (const { value, text } of frame.y.ticks.marks) {
    const y = frame.py(value);
    nodes.push(element("line", { class: "grid", x1: left, x2: right, y1: y, y2: y }));
    nodes.push(element("text", { class: "tick", x: left - EDGE.tick, y: y + 4, "text-anchor": "end" }, text));
  }
  const base = (axis, place) => axis.ticks.base && nodes.push(element("text", { class: "tick", ...place }, `+ ${shown(axis.ticks.base)}`));
  base(frame.x, { x: right, y: height - 4, "text-anchor": "end" });
  base(frame.y, { x: 2, y: 11 });
  return nodes;
}

function path(frame, corners) {
  return corners.map(([x, y], i) => `${i ? "L" : "M"}${frame.px(x).toFixed(2)},${frame.py(y).toFixed(2)}`).join("");
}

// Between connect-the-dots and what is farthest from it there are all optima.
function tentShapes(frame) {
  return found.tents.map((tent) => {
    const [i, top] = [tent.gap, valueAt(found.dots, tent.at)[frame.task]];
    const side = (j) => [state.x[j], state.y[j][frame.task]];
    const corners = [side(i), [tent.at, top.minus(tent.descent[frame.task])], side(i + 1)];
    return element("path", { class: "tent", d: `${path(frame, corners)}Z` });
  });
}

function optima(frame) {
  const { task } = frame;
  const dots = element("path", { class: "dots", d: path(frame, state.x.map((x, i) => [x, state.y[i][task]])) });
  if (found.unique) return [dots];
  const [left, right] = [state.x[0], state.x[state.x.length - 1]];
  const knots = found.sparsest.knots.map(([t]) => t);
  const corners = [left, ...knots, right].map((x) => [x, valueAt(found.sparsest, x)[task]]);
  const squares = corners.slice(1, -1).map(([x, y]) =>
    element("rect", { class: "knot", x: frame.px(x) - 4, y: frame.py(y) - 4, width: 8, height: 8 }));
  return [element("path", { class: "sparsest", d: path(frame, corners) }), dots, ...squares];
}

function handle(frame, index) {
  const { task } = frame;
  const [x, y] = [state.x[index], state.y[index][task]];
  const radius = Math.min(LARGEST_POINT, Math.max(SMALLEST_POINT, (CLEAR * frame.width) / state.x.length));
  const looks = `point${index === state.chosen ? " chosen" : ""}${radius < LARGEST_POINT ? " crowded" : ""}`;
  const circle = element("circle", { class: looks, r: radius, tabindex: 0, role: "button",
    cx: frame.px(x), cy: frame.py(y), "data-index": index, "data-task": task, "aria-label": `point ${pointName()} = ${shown(x)}, label ${shown(y)}` });
  circle.append(element("title", {}, `${pointName()} = ${shown(x)}, label ${vectorText(state.y[index])}; drag, arrow keys, Delete`));
  circle.addEventListener("pointerdown", (event) => startDrag(event, frame, index));
  circle.addEventListener("keydown", (event) => onKey(event, index, task));
  return circle;
}
