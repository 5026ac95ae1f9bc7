// The sliders and the circle show at once what they do; the form's numbers remain the truth.

import { paint } from "./photo-picture.js";

const form = document.querySelector("[data-photo-edit]");
const stage = form.querySelector("[data-stage]");
const plain = stage.querySelector("img");
const result = form.querySelector("[data-result]");
const shown = makeCanvas();
const field = (name) => form.elements[name];
const circle = makeCircle();

form.dataset.ready = "";
form.addEventListener("input", draw);
form.querySelector("[data-find]").addEventListener("click", find);
addEventListener("resize", draw);
plain.complete || plain.addEventListener("load", draw);
draw();

function disc() {
  const [cx, cy, r] = ["cx", "cy", "r"].map((name) => Number(field(name).value.replace(",", ".")));
  return { cx, cy, r };
}

function setDisc({ cx, cy, r }) {
  const limit = (value, low = 0) => Math.min(Math.max(value, low), 1).toFixed(4);
  field("cx").value = limit(cx);
  field("cy").value = limit(cy);
  field("r").value = limit(r, 0.05);
  field("crop").checked = true;
  draw();
}

function draw() {
  for (const output of form.querySelectorAll("output")) output.textContent = Number(field(output.htmlFor[0].replace("id_", "")).value);
  const cropped = field("crop").checked;
  circle.hidden = !cropped;
  const { width, height } = plain.getBoundingClientRect();
  const { cx, cy, r } = disc();
  const radius = r * Math.min(width, height);
  place(circle, cx * width - radius, cy * height - radius, 2 * radius, 2 * radius);
  show(cropped);
}

function show(cropped) {
  const number = (name) => Number(field(name).value);
  const polar = field("polar").checked;
  const angle = Number(form.querySelector("[name=turn]:checked")?.value ?? 0) + number("straighten");
  const edit = { crop: cropped ? disc() : null, angle, polar, sharpness: number("sharpness"), denoise: number("denoise") };
  paint(shown, plain, edit);
  const grey = field("greyscale").checked ? " grayscale(1)" : "";
  shown.style.filter = `brightness(${number("brightness")}) contrast(${number("contrast")})${grey}`;
  result.style.borderRadius = cropped && !polar ? "50%" : "";
  result.parentElement.classList.toggle("edit-result-strip", polar);
  result.tabIndex = polar ? 0 : -1; // a strip is scrolled
}

// Instead of the picture from the server, which shows the edit as it was.
function makeCanvas() {
  const picture = result.querySelector("img");
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", picture.alt);
  picture.replaceWith(canvas);
  return canvas;
}

function place(element, left, top, width, height) {
  Object.assign(element.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
}

async function find(event) {
  event.preventDefault();
  const says = form.querySelector("[data-says]");
  const response = await fetch(form.dataset.disc);
  const found = response.ok ? (await response.json()).disc : null;
  says.textContent = found ? "" : form.dataset.none;
  if (found) setDisc({ cx: found[0], cy: found[1], r: found[2] });
}

function makeCircle() {
  const ring = document.createElement("div");
  ring.className = "edit-circle";
  ring.tabIndex = 0;
  ring.setAttribute("role", "group");
  ring.setAttribute("aria-label", field("crop").labels[0].textContent.trim());
  const handle = document.createElement("span");
  handle.className = "edit-handle";
  ring.append(handle);
  stage.append(ring);
  ring.addEventListener("pointerdown", (event) => drag(event, event.target === handle));
  ring.addEventListener("keydown", keys);
  return ring;
}

function drag(event, sizing) {
  event.preventDefault();
  circle.setPointerCapture(event.pointerId);
  circle.focus();
  const box = plain.getBoundingClientRect();
  const start = disc();
  const follow = (now) => {
    const dx = (now.clientX - event.clientX) / box.width;
    const dy = (now.clientY - event.clientY) / box.height;
    if (!sizing) return setDisc({ ...start, cx: start.cx + dx, cy: start.cy + dy });
    const x = now.clientX - box.left - start.cx * box.width;
    const y = now.clientY - box.top - start.cy * box.height;
    setDisc({ ...start, r: Math.hypot(x, y) / Math.min(box.width, box.height) });
  };
  circle.addEventListener("pointermove", follow);
  circle.addEventListener("pointerup", () => circle.removeEventListener("pointermove", follow), { once: true });
}

function keys(event) {
  const step = event.shiftKey ? 0.02 : 0.004;
  const { cx, cy, r } = disc();
  const moves = {
    ArrowLeft: { cx: cx - step, cy, r },
    ArrowRight: { cx: cx + step, cy, r },
    ArrowUp: { cx, cy: cy - step, r },
    ArrowDown: { cx, cy: cy + step, r },
    "+": { cx, cy, r: r + step },
    "-": { cx, cy, r: r - step },
  };
  if (!moves[event.key]) return;
  event.preventDefault();
  setDisc(moves[event.key]);
}
