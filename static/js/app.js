// What every page needs: menus that close, dialogs that open, and the keyboard.

const GO = { t: "/", c: "/coins/", p: "/photos/add/", s: "/sets/", r: "/identify/review/" };
let waitingForGo = false;

function closeOtherMenus(event) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
}
document.addEventListener("focusin", closeOtherMenus);

// On a phone the tab that one is at may stand beyond the edge.
for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
  tab.parentElement.scrollLeft = tab.offsetLeft - (tab.parentElement.clientWidth - tab.offsetWidth) / 2;
}

// A long form that came back opens where it needs another look.
const wrong = document.querySelector("main [aria-invalid='true']");
if (wrong) {
  wrong.focus({ preventScroll: true });
  wrong.scrollIntoView({ block: "center" });
}

document.addEventListener("click", (event) => {
  closeOtherMenus(event);
  const opener = event.target.closest("[data-open-dialog]");
  if (opener) openFrom(opener, document.getElementById(opener.dataset.openDialog));
  if (event.target.matches("dialog")) event.target.close(); // a click on the backdrop
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const menu = document.querySelector("details[data-menu][open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  if (waitingForGo) {
    waitingForGo = false;
    if (GO[event.key]) location.assign(GO[event.key]);
    return;
  }
  if (event.key === "g") {
    waitingForGo = true;
    setTimeout(() => (waitingForGo = false), 1200);
  } else if (event.key === "?") {
    document.getElementById("shortcuts")?.showModal();
  } else {
    const target = document.querySelector(`[data-shortcut="${CSS.escape(event.key)}"]`);
    if (!target) return;
    event.preventDefault();
    if (target.matches("input, select, textarea")) target.focus();
    else target.click();
  }
});

function openFrom(opener, dialog) {
  const menu = opener.closest("details");
  dialog?.showModal();
  // Its menu closes behind it, and the focus would have nowhere to go back to.
  dialog?.addEventListener("close", () => menu?.querySelector("summary").focus(), { once: true });
}

function isTyping(element) {
  return element.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
}
