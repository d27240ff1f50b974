// Load a chosen GeoJSON file into the text area named by `data-fills`.
document.addEventListener("change", async ({ target }) => {
  if (!(target instanceof HTMLInputElement) || !target.dataset.fills) return;
  const area = document.getElementById(target.dataset.fills);
  if (!area || !target.files.length) return;
  area.value = await target.files[0].text();
  area.dispatchEvent(new Event("input", { bubbles: true }));
});
