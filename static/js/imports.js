// A file may be dropped on the form; columns that are left out step back a little.

const form = document.querySelector("[data-drop-file]");
if (form) {
  const input = form.querySelector('input[name="file"]');
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    event.stopPropagation(); // or the page would take the file for a photo
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

for (const select of document.querySelectorAll("[data-columns] select")) {
  const mark = () => select.closest(".column-row").classList.toggle("is-out", !select.value);
  select.addEventListener("change", mark);
  mark();
}
