// The keyboard of suggestions, and the place of the focus while they are exchanged.

const KEYS = ["a", "c", "x", "d", "u"];
let place = "";

const rows = () => [...document.querySelectorAll("[data-said]")];
const here = () => document.activeElement?.closest("[data-said]");

function step(by) {
  const all = rows();
  const at = all.indexOf(here());
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by;
  all[Math.max(0, Math.min(all.length - 1, next))]?.focus();
}

function press(row, key) {
  const target = row?.querySelector(`[data-key="${key}"]`);
  if (!target) return false;
  const details = target.closest("summary")?.parentElement;
  if (details) {
    details.open = true;
    details.querySelector("input:not([type=hidden])")?.focus();
  } else target.click();
  return true;
}

// Before app.js: with a field chosen a key is about this field, without about the whole coin.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.matches("input, textarea, select")) {
      if (event.key !== "Escape" || !here()) return;
      event.target.closest("details").open = false;
      here().focus();
      return event.preventDefault();
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!document.getElementById("review") && !here()) return;
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (KEYS.includes(event.key)) {
      if (event.key === "c" && !here() && document.getElementById("review")) step(1);
      if (!press(here(), event.key)) return;
    } else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);

document.addEventListener("htmx:beforeRequest", (event) => {
  place = event.detail.elt.closest("[data-said]")?.id ?? "";
});
document.addEventListener("htmx:afterSettle", () => {
  if (document.activeElement !== document.body || !place) return;
  document.getElementById(place)?.focus({ preventScroll: true });
  place = "";
});

// Not on what has an id: htmx would hand the style on as an attribute, which our policy forbids.
document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-heat-strength]")) return;
  const faces = event.target.closest(".heat").querySelector(".heat-faces");
  faces.style.setProperty("--heat", event.target.value / 100);
});
