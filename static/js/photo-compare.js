// Both coins move and grow together, so that a millimetre stays as long on both sides.

import { between, steer, tell } from "./zoom.js";

const stage = document.querySelector("[data-compare]");
const frames = [...(stage?.querySelectorAll(".compare-frame svg") ?? [])];
const start = frames[0] && box(frames[0]);
let view = start && { ...start };

if (start) steer(stage, { zoom, move, all: () => draw({ ...start }) });

function box(svg) {
  const { x, y, width } = svg.viewBox.baseVal;
  return { x, y, side: width };
}

function zoom(factor, clientX, clientY) {
  const side = between(start.side / 16, view.side / factor, start.side);
  const frame = under(clientX, clientY).getBoundingClientRect();
  const px = between(0, (clientX - frame.left) / frame.width, 1);
  const py = between(0, (clientY - frame.top) / frame.height, 1);
  draw({ x: view.x + px * (view.side - side), y: view.y + py * (view.side - side), side });
}

function under(clientX, clientY) {
  return document.elementFromPoint(clientX, clientY)?.closest(".compare-frame svg") ?? frames[0];
}

function move(dx, dy) {
  const millimetre = frames[0].getBoundingClientRect().width / view.side;
  draw({ x: view.x - dx / millimetre, y: view.y - dy / millimetre, side: view.side });
}

function draw(next) {
  const last = start.x + start.side - next.side;
  view = { x: between(start.x, next.x, last), y: between(start.y, next.y, last), side: next.side };
  const part = view.side / start.side;
  for (const frame of frames) frame.setAttribute("viewBox", `${view.x} ${view.y} ${view.side} ${view.side}`);
  // the bar keeps its length on the screen, so what it stands for changes
  const scale = stage.querySelector("[data-scale]");
  if (scale) scale.textContent = Number((scale.dataset.scale * part).toPrecision(2));
  tell(1 / part);
}
