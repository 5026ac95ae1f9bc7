// One photo: closer, around, and the other face. Without this it is a photo with links below.

import { closer } from "./closer.js";

const stage = document.querySelector("[data-viewer]");
const picture = stage?.querySelector("img");
const near = picture && closer(stage, picture);

if (near) arrive();

function arrive() {
  const flip = document.querySelector("[data-flip]");
  if (flip) {
    new Image().src = flip.dataset.flip;
    flip.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      sessionStorage.setItem("turned", "1");
      near.all();
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
    if (event.key === "Escape") return near.isNear() ? near.all() : document.querySelector("[data-close]").click();
    document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
  });
}
