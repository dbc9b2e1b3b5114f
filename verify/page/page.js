"use strict";
// Shows the exact value of a mark where the pointer rests or the keyboard stands; without it the marks have their titles.

const tip = document.getElementById("tip");
const ring = document.getElementById("ring");
const GAP = 10;
const AROUND = 4;

function show(mark) {
  tip.textContent = mark.getAttribute("aria-label");
  tip.hidden = false;
  const box = mark.getBoundingClientRect();
  const left = Math.min(Math.max(box.left + box.width / 2 - tip.offsetWidth / 2, GAP), innerWidth - tip.offsetWidth - GAP);
  const below = box.bottom + GAP;
  const top = below + tip.offsetHeight < innerHeight ? below : box.top - GAP - tip.offsetHeight;
  place(tip, left, top);
  // A ring of its own: the outline of a mark at the edge of its panel would be clipped.
  ring.hidden = false;
  ring.style.width = `${box.width + AROUND}px`;
  ring.style.height = `${box.height + AROUND}px`;
  place(ring, box.left - AROUND, box.top - AROUND);
}

function place(node, left, top) {
  node.style.left = `${left}px`;
  node.style.top = `${top}px`;
}

function hide() {
  tip.hidden = true;
  ring.hidden = true;
}

// Inside a series the arrow keys go from mark to mark; only one of them is a stop of Tab.
function step(event, series, index) {
  const goals = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: series.length - 1 };
  if (event.key === "Escape") hide();
  if (!(event.key in goals)) return;
  event.preventDefault();
  const goal = series[Math.min(Math.max(goals[event.key], 0), series.length - 1)];
  series[index].setAttribute("tabindex", "-1");
  goal.setAttribute("tabindex", "0");
  goal.focus();
}

const all = new Map();
for (const mark of document.querySelectorAll("#picture .mark")) {
  const title = mark.querySelector("title");
  mark.setAttribute("aria-label", title.textContent);
  title.remove(); // else the browser shows it as well
  const series = all.get(mark.dataset.series) ?? [];
  const index = series.push(mark) - 1;
  all.set(mark.dataset.series, series);
  mark.addEventListener("pointerenter", () => show(mark));
  mark.addEventListener("pointerleave", hide);
  mark.addEventListener("focus", () => show(mark));
  mark.addEventListener("blur", hide);
  mark.addEventListener("keydown", (event) => step(event, series, index));
}
addEventListener("scroll", hide, { passive: true });
