// Photos may be dropped or pasted on any page. This only listens; the tray is fetched when needed.

const script = document.querySelector("script[data-drop-styles]");
const target = document.body.dataset.dropzone;
const started = new WeakMap();
let depth = 0;
let veil;
let styled;
let opened;

if (script && target) listen();

function listen() {
  document.addEventListener("dragenter", (event) => {
    if (!carriesPhotos(event)) return;
    depth += 1;
    showVeil();
  });
  document.addEventListener("dragleave", (event) => {
    if (!carriesPhotos(event)) return;
    depth -= 1;
    if (depth <= 0) hideVeil();
  });
  document.addEventListener("dragover", (event) => {
    if (!carriesPhotos(event)) return;
    event.preventDefault();
    point(event.target.closest("[data-drop-here]"));
  });
  document.addEventListener("drop", (event) => {
    if (!carriesPhotos(event)) return;
    event.preventDefault();
    hideVeil();
    const coin = event.target.closest?.("[data-drop-here]")?.dataset.dropHere ?? dropCoin();
    const link = event.dataTransfer.files.length ? "" : event.dataTransfer.getData("text/uri-list").split("\n")[0].trim();
    if (link) return take([], link, coin);
    const files = [...event.dataTransfer.files];
    // to be asked for now: later the event has forgotten what it carried
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    if (!entries.some((entry) => entry.isDirectory)) return files.length && take(files, "", coin);
    import("./photo-sending.js").then(({ within }) => within(entries)).then((found) => found.length && take(found, "", coin));
  });
  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length || (isTyping(event.target) && event.clipboardData.getData("text/plain"))) return;
    event.preventDefault();
    take(files, "", dropCoin());
  });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-add-photos]");
    if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    take([], "", dropCoin());
  });
  const tray = document.querySelector("form[data-tray]");
  if (tray) start(tray);
}

// A link dragged from another window counts; text and the page's own pictures do not.
function carriesPhotos(event) {
  const types = [...(event.dataTransfer?.types ?? [])];
  return types.includes("Files") || (types.includes("text/uri-list") && !types.includes("application/x-own"));
}

document.addEventListener("dragstart", (event) => event.dataTransfer?.setData("application/x-own", "1"));

function isTyping(element) {
  return element.matches?.("input, textarea, select, [contenteditable]");
}

// A row that stands for one coin takes photos for that coin.
function point(row) {
  const before = document.querySelector(".drop-here");
  if (before !== row) before?.classList.remove("drop-here");
  row?.classList.add("drop-here");
  if (veil) veil.hidden = Boolean(row);
}

function dropCoin() {
  return document.querySelector("[data-drop-coin]")?.dataset.dropCoin ?? "";
}

function showVeil() {
  loadStyles();
  if (veil) return;
  veil = document.createElement("div");
  veil.className = "drop-veil";
  const text = document.createElement("p");
  text.textContent = dropCoin() ? script.dataset.dropCoinText : script.dataset.dropText;
  veil.append(text);
  document.body.append(veil);
}

function hideVeil() {
  depth = 0;
  veil?.remove();
  veil = undefined;
  point(null);
}

function loadStyles() {
  if (styled || document.querySelector(`link[href="${script.dataset.dropStyles}"]`)) return styled;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = script.dataset.dropStyles;
  styled = new Promise((resolve) => (link.onload = link.onerror = resolve));
  document.head.append(link);
  return styled;
}

async function take(files, link, coin) {
  const tray = await openTray(coin, files.length || link);
  tray.add(files, link);
}

// The tray of this page, or one in a dialog.
async function openTray(coin, withPhotos) {
  const here = document.querySelector("main form[data-tray]");
  if (here && (here.elements.coin?.value ?? "") === coin) return start(here);
  const same = opened?.isConnected && opened.open && opened.dataset.coin === coin;
  if (same) return start(opened.querySelector("form[data-tray]"));
  opened?.remove();
  await loadStyles();
  const response = await fetch(coin ? `${target}?coin=${coin}` : target, { headers: { "X-Fragment": "tray" } });
  opened = document.createElement("dialog");
  opened.className = "tray-dialog";
  opened.dataset.coin = coin;
  opened.setAttribute("aria-labelledby", "tray-title");
  opened.innerHTML = await response.text();
  document.body.append(opened);
  const writing = document.activeElement;
  if (coin && withPhotos) {
    opened.show(); // nothing to ask: it only tells how far it is
    if (writing === document.body) document.activeElement.blur();
    else writing?.focus({ preventScroll: true });
  } else {
    opened.showModal();
    opened.querySelector(withPhotos ? "[data-tray-send]" : "input[type=file]").focus();
  }
  return start(opened.querySelector("form[data-tray]"));
}

function start(form) {
  if (!started.has(form)) {
    started.set(form, import(form.dataset.script).then((module) => new module.Tray(form)));
  }
  return started.get(form);
}
