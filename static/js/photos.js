// What was added shows at once: on the coin's page in its place, on the page of drafts by loading it anew.

document.addEventListener("photos:added", async (event) => {
  if (!event.detail.stored) return;
  const section = document.getElementById("photos");
  const dialog = event.target.closest("dialog");
  if (!section && event.detail.coin && event.detail.quiet && document.getElementById("drafts")) return location.reload();
  if (!section?.dataset.photos) return;
  const response = await fetch(section.dataset.photos, { headers: { "HX-Request": "true" } });
  if (!response.ok) return;
  section.outerHTML = await response.text();
  window.htmx?.process(document.getElementById("photos"));
  if (dialog && event.detail.quiet) setTimeout(() => dialog.close(), 1800);
});
