// Files may be dropped on their form; the page would take them for photos otherwise.

for (const form of document.querySelectorAll("[data-drop-file]")) {
  const input = form.querySelector('input[type="file"]');
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    event.stopPropagation();
    form.classList.add("is-over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("is-over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    event.stopPropagation();
    form.classList.remove("is-over");
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
}
