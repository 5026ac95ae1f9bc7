// Circles that are moved on the photo itself. The numbers of the form remain the truth: this writes them.

const SVG = "http://www.w3.org/2000/svg";
const form = document.querySelector("[data-shoebox]");
const stage = form.querySelector("[data-stage]");
const list = form.querySelector("[data-rows]");
const whole = { width: Number(form.dataset.width), height: Number(form.dataset.height) };
const badge = Number(stage.dataset.badge);
const LEAST = 16;
let chosen = [];

const rows = () => [...list.children];
const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
const number = (row, name) => Number(field(row, name).value) || 0;
const place = (row) => ({ x: number(row, "x"), y: number(row, "y"), r: number(row, "r") });
const kept = (row) => field(row, "kept").checked;
const limit = (value, low, high) => Math.round(Math.min(Math.max(value, low), high));
const part = (name) => form.querySelector(`[data-${name}]`);

start();

function start() {
  const another = part("another");
  if (another) {
    another.remove(); // the empty row without scripts
    total(-1);
  }
  for (const element of form.querySelectorAll("[data-with-scripts]")) element.hidden = false;
  stage.querySelector("[data-circles]").replaceChildren();
  rows().forEach(ring);
  list.addEventListener("input", draw);
  stage.addEventListener("dblclick", (event) => {
    if (!event.target.closest("[data-at]")) add(point(event));
  });
  part("add").addEventListener("click", () => add({ x: whole.width / 2, y: whole.height / 2 }));
  part("pair").addEventListener("click", pair);
  part("out").addEventListener("click", leaveOut);
  draw();
}

function total(by) {
  const field = form.elements["c-TOTAL_FORMS"];
  field.value = Number(field.value) + by;
  return Number(field.value);
}

function make(name, className) {
  const element = document.createElementNS(SVG, name);
  element.setAttribute("class", className);
  return element;
}

function ring(row, at) {
  const group = make("g", "shoebox-ring");
  group.append(make("circle", "shoebox-halo"), make("circle", "shoebox-line"), make("circle", "shoebox-badge"), make("text", ""));
  group.dataset.at = at;
  group.setAttribute("tabindex", "0");
  group.setAttribute("role", "button");
  group.setAttribute("aria-label", form.dataset.sayCircle.replace("{n}", at + 1));
  group.lastChild.textContent = at + 1;
  group.lastChild.setAttribute("font-size", badge * 1.15);
  group.addEventListener("pointerdown", (event) => drag(event, row, at));
  group.addEventListener("keydown", (event) => keys(event, row, at));
  stage.querySelector("[data-circles]").append(group);
}

function set(element, values) {
  for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
}

function draw() {
  const groups = [...stage.querySelectorAll("[data-at]")];
  rows().forEach((row, at) => {
    const { x, y, r } = place(row);
    const [halo, line, dot, text] = groups[at].children;
    for (const circle of [halo, line]) set(circle, { cx: x, cy: y, r });
    const bx = limit(x - 0.71 * r, badge, whole.width - badge);
    const by = limit(y - 0.71 * r, badge, whole.height - badge);
    set(dot, { cx: bx, cy: by, r: badge });
    set(text, { x: bx, y: by });
    groups[at].classList.toggle("is-out", !kept(row));
    groups[at].classList.toggle("is-chosen", chosen.includes(at));
    groups[at].setAttribute("aria-pressed", chosen.includes(at));
    row.classList.toggle("is-chosen", chosen.includes(at));
    row.classList.toggle("is-out", !kept(row));
    row.querySelector("svg").setAttribute("viewBox", `${x - 1.06 * r} ${y - 1.06 * r} ${2.12 * r} ${2.12 * r}`);
  });
  drawBonds();
  tell();
}

function bonds() {
  const all = rows();
  return all
    .map((row, at) => [number(row, "reverse_of") - 1, at])
    .filter(([one, other]) => all[one] && one !== other && kept(all[one]) && kept(all[other]));
}

function drawBonds() {
  const all = rows();
  const lines = bonds().map(([one, other]) => {
    const line = make("path", "shoebox-bond");
    const [from, to] = [place(all[one]), place(all[other])];
    line.setAttribute("d", `M${from.x} ${from.y}L${to.x} ${to.y}`);
    return line;
  });
  part("bonds").replaceChildren(...lines);
}

function tell() {
  const n = rows().filter(kept).length - bonds().length;
  const say = n === 0 ? "sayNone" : n === 1 ? "sayOne" : "sayMany";
  part("make").querySelector("span").textContent = form.dataset[say].replace("{n}", n);
  part("out").disabled = chosen.length === 0;
  part("pair").disabled = chosen.length !== 2;
  part("pair").querySelector("span").textContent = form.dataset[arePaired() ? "sayPart" : "sayPair"];
  part("says").textContent = chosen.length ? form.dataset.sayChosen.replace("{n}", chosen.map((at) => at + 1).join(", ")) : "";
}

function arePaired() {
  const [one, other] = chosen;
  return bonds().some(([front, back]) => (front === one && back === other) || (front === other && back === one));
}

// Left, or above, is the obverse; what either was paired with before is free again.
function pair() {
  const all = rows();
  const apart = arePaired();
  const [one, other] = chosen.map((at) => ({ at, ...place(all[at]) }));
  const level = Math.abs(one.x - other.x) >= Math.abs(one.y - other.y);
  const [front, back] = (level ? one.x <= other.x : one.y <= other.y) ? [one, other] : [other, one];
  all.forEach((row, at) => {
    const of = number(row, "reverse_of") - 1;
    if (chosen.includes(at) || chosen.includes(of)) field(row, "reverse_of").value = "";
  });
  if (!apart) field(all[back.at], "reverse_of").value = front.at + 1;
  for (const at of apart ? [] : chosen) field(all[at], "kept").checked = true;
  chosen = [];
  draw();
}

function leaveOut() {
  const all = rows();
  const back = chosen.every((at) => !kept(all[at]));
  for (const at of chosen) field(all[at], "kept").checked = back;
  draw();
}

function choose(at) {
  chosen = chosen.includes(at) ? chosen.filter((one) => one !== at) : [...chosen, at].slice(-2);
  draw();
}

function add({ x, y }) {
  const sizes = rows().map((row) => number(row, "r")).sort((a, b) => a - b);
  const at = total(1) - 1;
  const row = form.querySelector("[data-row-template]").content.cloneNode(true).firstElementChild;
  for (const element of row.querySelectorAll("[name], [id], [for]")) {
    for (const name of ["name", "id", "for"]) {
      if (element.hasAttribute(name)) element.setAttribute(name, element.getAttribute(name).replace("__prefix__", at));
    }
  }
  row.querySelector("[data-number]").textContent = at + 1;
  list.append(row);
  write(row, { x, y, r: sizes[Math.floor(sizes.length / 2)] ?? whole.width / 8 });
  ring(row, at);
  chosen = [at];
  draw();
  stage.querySelector(`[data-at="${at}"]`).focus({ preventScroll: true });
}

function write(row, { x, y, r }) {
  field(row, "x").value = limit(x, 0, whole.width - 1);
  field(row, "y").value = limit(y, 0, whole.height - 1);
  field(row, "r").value = limit(r, LEAST, Math.max(whole.width, whole.height));
}

function point(event) {
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(stage.getScreenCTM().inverse());
  return { x: at.x, y: at.y };
}

function drag(event, row, at) {
  if (event.button) return;
  event.preventDefault();
  const group = event.currentTarget;
  group.setPointerCapture(event.pointerId);
  group.focus({ preventScroll: true });
  const from = point(event);
  const begin = place(row);
  const sizing = Math.hypot(from.x - begin.x, from.y - begin.y) > 0.82 * begin.r;
  let moved = false;
  const follow = (now) => {
    if (!moved && Math.hypot(now.clientX - event.clientX, now.clientY - event.clientY) < 4) return;
    moved = true;
    const to = point(now);
    if (sizing) write(row, { ...begin, r: Math.hypot(to.x - begin.x, to.y - begin.y) });
    else write(row, { ...begin, x: begin.x + to.x - from.x, y: begin.y + to.y - from.y });
    draw();
  };
  const end = () => {
    group.removeEventListener("pointermove", follow);
    if (!moved) choose(at);
  };
  group.addEventListener("pointermove", follow);
  group.addEventListener("pointerup", end, { once: true });
}

function keys(event, row, at) {
  const { x, y, r } = place(row);
  const step = (event.shiftKey ? 0.02 : 0.004) * Math.max(whole.width, whole.height);
  const moves = {
    ArrowLeft: { x: x - step, y, r },
    ArrowRight: { x: x + step, y, r },
    ArrowUp: { x, y: y - step, r },
    ArrowDown: { x, y: y + step, r },
    "+": { x, y, r: r + step },
    "-": { x, y, r: r - step },
  };
  if (moves[event.key]) write(row, moves[event.key]);
  else if (event.key === "Delete" || event.key === "Backspace") field(row, "kept").checked = !kept(row);
  else if (event.key === "Enter" || event.key === " ") choose(at);
  else return;
  event.preventDefault();
  event.stopPropagation();
  draw();
}
