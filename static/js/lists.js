// The list of coins: search while typing, filters, ticks and the keyboard. Without it everything is a
// link or a form.

// Nothing is bound to an element: going back puts another body in the page's place.
const search = () => document.getElementById("site-search");
let areFiltersOpen = false;
let wasTyping = false;
let lastTicked = null;

const filters = () => document.getElementById("filters");
const ticks = () => [...document.querySelectorAll("input[name=coin]")];

// --- search in the masthead narrows the list below it ---
let timer;
function searchSoon(delay) {
  const form = filters();
  if (!form) return false;
  clearTimeout(timer);
  timer = setTimeout(() => {
    filters().elements.q.value = search().value;
    window.htmx.trigger(filters(), "typed");
  }, delay);
  return true;
}
document.addEventListener("input", (event) => {
  if (event.target === search()) searchSoon(200);
});
document.addEventListener("submit", (event) => {
  if (event.target === search()?.form && searchSoon(0)) event.preventDefault();
});

// --- what htmx asks for and puts in ---
document.addEventListener("htmx:configRequest", (event) => {
  const { formData, headers, triggeringEvent, target } = event.detail;
  if (target?.id !== "coins") return;
  for (const [key, value] of [...formData.entries()]) if (value === "") formData.delete(key);
  const open = [...document.querySelectorAll("[data-facet][open]")].map((one) => one.dataset.facet);
  formData.set("open", open.join(","));
  const isTyping = triggeringEvent?.type === "typed";
  if (isTyping && wasTyping) headers["X-Typing"] = "1";
  wasTyping = isTyping;
});
let scrolled = 0;
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.id === "coins") scrolled = filters()?.scrollTop ?? 0;
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id === "facet-all") openFacetDialog();
  const list = document.getElementById("coins");
  if (event.detail.target?.id !== "coins" || !list) return;
  document.getElementById("list-said").textContent = list.dataset.said.trim();
  if (filters()) filters().scrollTop = scrolled;
  if (document.activeElement !== search()) search().value = filters()?.elements.q.value ?? "";
  showFilters(areFiltersOpen);
  countTicks();
});

// --- the panel on a phone ---
function showFilters(isOpen) {
  areFiltersOpen = isOpen;
  filters()?.classList.toggle("is-open", isOpen);
  for (const one of document.querySelectorAll("[data-toggle-filters][aria-expanded]")) {
    one.setAttribute("aria-expanded", isOpen);
  }
}
document.addEventListener("click", (event) => {
  const toggle = event.target.closest("[data-toggle-filters]");
  if (!toggle) return;
  event.preventDefault();
  showFilters(!areFiltersOpen);
  if (!areFiltersOpen) scrollTo({ top: 0 });
});

// --- all values of a long facet ---
function openFacetDialog() {
  const dialog = document.getElementById("facet-dialog");
  dialog.showModal();
  dialog.querySelector("[data-facet-search]")?.focus();
}
document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-facet-search]")) return;
  const wanted = plain(event.target.value);
  for (const row of event.target.closest("form").querySelectorAll(".facet-all > li")) {
    row.hidden = !plain(row.textContent).includes(wanted) && !row.querySelector(":checked");
  }
});
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

// --- ticks ---
function countTicks() {
  const bar = document.querySelector("[data-picked]");
  if (!bar) return;
  const count = ticks().filter((one) => one.checked).length;
  bar.querySelector("[data-picked-count]").textContent = count;
  bar.querySelector("[data-shortcut]").disabled = count === 0;
  const all = document.querySelector("[data-tick-all]");
  if (all) {
    all.checked = count === ticks().length;
    all.indeterminate = count > 0 && !all.checked;
  }
}
document.addEventListener("click", (event) => {
  if (!event.target.matches("input[name=coin]")) return;
  const boxes = ticks();
  if (event.shiftKey && lastTicked && boxes.includes(lastTicked)) {
    const ends = [boxes.indexOf(lastTicked), boxes.indexOf(event.target)].sort((a, b) => a - b);
    for (const box of boxes.slice(ends[0], ends[1] + 1)) box.checked = event.target.checked;
  }
  lastTicked = event.target;
  countTicks();
});
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-tick-all]")) return;
  for (const box of ticks()) box.checked = event.target.checked;
  countTicks();
});
document.addEventListener("reset", () => setTimeout(countTicks));

// --- the keyboard ---
document.addEventListener("keydown", (event) => {
  const typing = "input:not([type=checkbox]), textarea, select, [contenteditable]";
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches(typing)) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "j" || event.key === "k") move(event.key === "j" ? 1 : -1);
  else if (event.key === "x") currentBox()?.click();
  else if (event.key === "Escape" && ticks().some((one) => one.checked)) {
    document.getElementById("picks")?.reset();
    countTicks();
  }
});
const current = () => document.activeElement?.closest("[data-coin]");
const currentBox = () => current()?.querySelector("input[name=coin]");
function move(by) {
  const links = [...document.querySelectorAll("[data-coin-link]")];
  const at = links.findIndex((link) => current()?.contains(link));
  const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by];
  next?.focus();
  next?.closest("[data-coin]").scrollIntoView({ block: "nearest" });
}

// --- the order of columns ---
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-sortable] [name=up], [data-sortable] [name=down]");
  if (!button) return;
  event.preventDefault();
  const row = button.closest("[data-sortable-row]");
  const isUp = button.name === "up";
  const other = isUp ? row.previousElementSibling : row.nextElementSibling;
  if (other) isUp ? other.before(row) : other.after(row);
  button.focus();
});

countTicks();
