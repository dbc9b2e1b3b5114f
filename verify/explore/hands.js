"use strict";
// What a person does to a picture: dragging, double clicks, keys.

// The frames that must stay as they are: the ground does not move under a pointer that drags.
let held = [];

// The numbers at the place of an event, on the grid.
function numbersAt(svg, frame, event) {
  const box = svg.getBoundingClientRect();
  const scale = frame.width / box.width;
  const step = parseRational(state.step);
  return frame.numbersAt((event.clientX - box.left) * scale, (event.clientY - box.top) * scale).map((number) => snapped(number, step));
}

const plotOf = (task) => $("plots").querySelectorAll("svg")[task];

const withEntry = (label, task, value) => label.map((old, t) => (t === task ? value : old));

function onDoubleClick(event, svg, frame) {
  if (event.target.classList.contains("point")) return;
  const [x, y] = numbersAt(svg, frame, event);
  insert(x, withEntry(valueAt(found.dots, x), frame.task, y));
}

function startDrag(event, frame, index) {
  if (event.button > 0) return;
  event.preventDefault();
  let current = index;
  let [awaited, last] = [0, null];
  const apply = () => {
    awaited = 0;
    const [x, y] = numbersAt(plotOf(frame.task), frame, last);
    held[frame.task] = frame;
    current = move(current, last.shiftKey ? state.x[current] : x, withEntry(state.y[current], frame.task, y));
  };
  // Long data take longer to decide than pointers take to move on: once for every time that the screen is drawn.
  const onMove = (motion) => {
    last = motion;
    awaited = awaited || requestAnimationFrame(apply);
  };
  const stop = () => {
    if (awaited) {
      cancelAnimationFrame(awaited);
      apply();
    }
    window.removeEventListener("pointermove", onMove);
    for (const name of ["pointerup", "pointercancel"]) window.removeEventListener(name, stop);
    held = [];
    state.chosen = current;
    refresh();
    focusPoint(current, frame.task);
  };
  window.addEventListener("pointermove", onMove);
  for (const name of ["pointerup", "pointercancel"]) window.addEventListener(name, stop);
}

function onKey(event, index, task) {
  const step = parseRational(state.step);
  const back = ZERO.minus(step);
  const shifts = { ArrowLeft: [back, ZERO], ArrowRight: [step, ZERO], ArrowUp: [ZERO, step], ArrowDown: [ZERO, back] };
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Delete" || event.key === "Backspace") {
    event.preventDefault();
    remove(index);
    focusPoint(Math.min(index, state.x.length - 1), task);
  } else if (event.key in shifts) {
    event.preventDefault();
    const [dx, dy] = shifts[event.key];
    const label = withEntry(state.y[index], task, state.y[index][task].plus(dy));
    focusPoint(move(index, state.x[index].plus(dx), label), task);
  }
}

function focusPoint(index, task) {
  document.querySelector(`circle[data-index="${index}"][data-task="${task}"]`)?.focus();
}
