// Load the list of citations in the latest draft, again after each save; in the form of a decision,
// decide on the document that is chosen.
(() => {
    const show = async (panel) => {
        if (!panel.dataset.citations) return;
        const response = await fetch(panel.dataset.citations, { headers: { "X-Requested-With": "XMLHttpRequest" } });
        if (response.ok) panel.innerHTML = await response.text();
    };
    const showAll = () => document.querySelectorAll("[data-citations]").forEach(show);

    document.addEventListener("w-autosave:success", ({ detail }) => {
        const page = detail?.data?.pk;
        document.querySelectorAll("[data-citations]").forEach((panel) => {
            if (page) panel.dataset.citations = panel.dataset.citationsPattern.replace("/0/", `/${page}/`);
        });
        showAll();
    });
    document.addEventListener("change", ({ target }) => {
        const other = target.name === "document" && target.value && target.form?.querySelector("[name=decision][value=other]");
        if (other) other.checked = true;
    });
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", showAll);
    else showAll();
})();
