// A page whose form takes the photos: what is dropped or pasted anywhere on it goes there, and not to drafts.

const form = document.querySelector("[data-drop-files]");
const input = form?.querySelector("input[type=file]");
const drop = form?.querySelector(".tray-drop");

if (form) {
  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) addEventListener(kind, take, true);
  addEventListener("paste", (event) => choose(event, event.clipboardData?.files), true);
  input.addEventListener("change", tell);
}

function take(event) {
  if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
  event.preventDefault();
  event.stopPropagation(); // the listener of every page would make drafts of them
  drop.classList.toggle("is-over", event.type === "dragenter" || event.type === "dragover");
  if (event.type === "drop") choose(event, event.dataTransfer.files);
}

function choose(event, files) {
  if (!files?.length) return;
  event.preventDefault();
  event.stopPropagation();
  input.files = files;
  tell();
  form.querySelector("button:not([type=button])").focus();
}

function tell() {
  const n = input.files.length;
  const said = n === 1 ? form.dataset.sayOne : form.dataset.sayMany.replace("{n}", n);
  form.querySelector("[data-says]").textContent = n ? said : "";
}
