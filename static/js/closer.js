// One photo in a frame: closer and around, and the full size only when somebody comes that close.

import { between, steer, tell } from "./zoom.js";

const SHARP = 1600; // pixels that the large rendition has

export function closer(stage, picture) {
  const view = { scale: 1, x: 0, y: 0 };
  let sharp = false;

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
    if (!sharp && shown > SHARP) sharpen();
  }

  function sharpen() {
    sharp = true;
    const full = new Image();
    full.onload = () => {
      picture.removeAttribute("srcset");
      picture.src = full.src;
    };
    full.src = stage.dataset.full;
  }

  steer(stage, { zoom, move, all });
  return { all, isNear: () => view.scale > 1 };
}
