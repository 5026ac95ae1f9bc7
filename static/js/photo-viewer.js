// One photo: closer, around, and the other face. Without this it is a photo with links below.

import { between, steer, tell } from "./zoom.js";

const stage = document.querySelector("[data-viewer]");
const picture = stage?.querySelector("img");
const view = { scale: 1, x: 0, y: 0 };
let sharp = false;

if (picture) {
  steer(stage, { zoom, move, all });
  arrive();
}

function zoom(factor, clientX, clientY) {
  const box = stage.getBoundingClientRect();
  const scale = between(1, view.scale * factor, 16);
  // the point under the pointer stays under it
  const px = clientX - box.left - box.width / 2;
  const py = clientY - box.top - box.height / 2;
  view.x = px - ((px - view.x) * scale) / view.scale;
  view.y = py - ((py - view.y) * scale) / view.scale;
  view.scale = scale;
  draw();
}

function move(dx, dy) {
  view.x += dx;
  view.y += dy;
  draw();
}

function all() {
  Object.assign(view, { scale: 1, x: 0, y: 0 });
  draw();
}

function draw() {
  const box = stage.getBoundingClientRect();
  const roomX = (box.width * (view.scale - 1)) / 2;
  const roomY = (box.height * (view.scale - 1)) / 2;
  view.x = between(-roomX, view.x, roomX);
  view.y = between(-roomY, view.y, roomY);
  picture.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
  tell(view.scale);
  const shown = Math.min(box.width, box.height) * view.scale * devicePixelRatio;
  if (!sharp && shown > 1600) sharpen();
}

// The full size is fetched only when somebody comes that close.
function sharpen() {
  sharp = true;
  const full = new Image();
  full.onload = () => {
    picture.removeAttribute("srcset");
    picture.src = full.src;
  };
  full.src = stage.dataset.full;
}

function arrive() {
  const flip = document.querySelector("[data-flip]");
  if (flip) {
    new Image().src = flip.dataset.flip;
    flip.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      sessionStorage.setItem("turned", "1");
      all();
      stage.classList.add("viewer-turning");
      setTimeout(() => location.replace(flip.href), 160);
    });
  }
  if (sessionStorage.getItem("turned")) {
    sessionStorage.removeItem("turned");
    stage.classList.add("viewer-turned");
    setTimeout(() => stage.classList.remove("viewer-turned"), 300);
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") return view.scale > 1 ? all() : document.querySelector("[data-close]").click();
    document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
  });
}
