// The keyboard of the curation desk, and a closer look. Without this it is a page of buttons.

import { closer } from "./closer.js";

const stage = document.querySelector("[data-stage]");
const picture = stage?.querySelector("img");
let pressed = false; // a key held down must not answer the next photo, too
let going = 0; // after g, the next key is where to go: app.js knows

if (picture) closer(stage, picture);

document.addEventListener(
  "keydown",
  (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.matches("input:not([type=hidden]), textarea, select")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const goes = performance.now() - going < 1200;
    going = event.key === "g" ? performance.now() : 0;
    const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (goes || !target || pressed || event.repeat) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (target.matches("input")) return target.focus();
    pressed = true;
    target.click();
  },
  true,
);
window.addEventListener("pageshow", () => (pressed = false));
