// A button that copies the field whose id it names, or the one beside it. Hidden where the browser
// cannot copy: without scripts, or over plain http.

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  const label = button.lastChild;
  const words = label.textContent;
  button.addEventListener("click", async () => {
    const { copy, done } = button.dataset;
    const field = copy
      ? document.getElementById(copy)
      : button.parentElement.querySelector("input, textarea");
    await navigator.clipboard.writeText(field.value);
    label.textContent = done || "✓";
    setTimeout(() => (label.textContent = words), 1500);
  });
}
