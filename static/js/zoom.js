// What the viewer and the comparison share: wheel, pinch, drag and keys become "zoom here" and "move".

const KEYS = { "+": 1.25, "=": 1.25, "-": 0.8, _: 0.8 };
const ARROWS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export function steer(stage, { zoom, move, all }) {
  const pointers = new Map();
  stage.dataset.ready = "";
  stage.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0016)), event.clientX, event.clientY);
    },
    { passive: false },
  );
  stage.addEventListener("pointerdown", (event) => {
    if (event.target.closest("a, button")) return;
    stage.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, [event.clientX, event.clientY]);
  });
  stage.addEventListener("pointermove", (event) => {
    const was = pointers.get(event.pointerId);
    if (!was) return;
    const now = [event.clientX, event.clientY];
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, now);
    if (!other) return move(now[0] - was[0], now[1] - was[1]);
    const factor = distance(now, other) / (distance(was, other) || 1);
    zoom(factor, (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
    move((now[0] - was[0]) / 2, (now[1] - was[1]) / 2);
  });
  for (const name of ["pointerup", "pointercancel"]) {
    stage.addEventListener(name, (event) => pointers.delete(event.pointerId));
  }
  stage.addEventListener("dblclick", (event) => zoom(2, event.clientX, event.clientY));
  stage.addEventListener("dragstart", (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    if (document.querySelector("dialog[open]")) return;
    const middle = centre(stage);
    if (KEYS[event.key]) zoom(KEYS[event.key], ...middle);
    else if (event.key === "0") all();
    else if (ARROWS[event.key] && [stage, document.body].includes(document.activeElement)) move(...ARROWS[event.key].map((step) => step * 60));
    else return;
    event.preventDefault();
  });
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => zoom(button.dataset.zoom === "in" ? 1.5 : 1 / 1.5, ...centre(stage)));
    button.parentElement.hidden = false;
  }
}

export function tell(scale) {
  for (const output of document.querySelectorAll("[data-zoom-level]")) {
    output.textContent = `${Math.round(scale * 100)} %`;
  }
}

export const between = (low, value, high) => Math.min(Math.max(value, low), high);

function centre(stage) {
  const box = stage.getBoundingClientRect();
  return [box.left + box.width / 2, box.top + box.height / 2];
}

function distance(one, other) {
  return Math.hypot(one[0] - other[0], one[1] - other[1]);
}
