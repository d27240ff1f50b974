// Load the list of citations in the latest draft, again after each save.
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
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", showAll);
    else showAll();
})();
