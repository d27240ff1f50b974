/* Progressive enhancement of widgets. Without it a pixel counts the visit, figures are as rendered, and link lists are
   disclosures. Elements are found by data attributes, so that scripts of a host project can add cards. */
(() => {
    "use strict";

    const script = document.currentScript;

    /* Report the page view once, when the page becomes visible; a return from the back/forward cache counts again. */
    const report = () => {
        const { page, visits } = script.dataset;
        if (!page) return;
        const send = () => navigator.sendBeacon(visits, JSON.stringify({ page: Number(page) }));
        if (document.prerendering) {
            document.addEventListener("prerenderingchange", send, { once: true });
        } else {
            send();
        }
        addEventListener("pageshow", (event) => { if (event.persisted) send(); });
    };

    /* <div data-figures="/…json"><strong data-figure="total">: refresh the figures of a cached page. */
    const refreshFigures = async () => {
        const places = new Map();
        for (const place of document.querySelectorAll("[data-figures]")) {
            if (!place.dataset.figures) continue;
            places.set(place.dataset.figures, [...(places.get(place.dataset.figures) || []), place]);
        }
        const format = new Intl.NumberFormat(document.documentElement.lang || undefined);
        for (const [address, shown] of places) {
            try {
                const response = await fetch(address, { credentials: "omit" });
                if (!response.ok) continue;
                const figures = await response.json();
                for (const place of shown) {
                    for (const figure of place.querySelectorAll("[data-figure]")) {
                        const number = figures[figure.dataset.figure];
                        if (typeof number === "number") figure.textContent = format.format(number);
                    }
                }
            } catch {
                // Keep the rendered figures.
            }
        }
    };

    /* <form data-links hidden>: show a drop-down whose button opens the selected link, and hide the list of links. */
    const enableDropDowns = () => {
        for (const form of document.querySelectorAll("form[data-links]")) {
            const list = document.getElementById(form.dataset.links);
            if (!list) continue;
            form.hidden = false;
            list.hidden = true;
            form.addEventListener("submit", (event) => {
                event.preventDefault();
                const choice = form.querySelector("select");
                const link = list.querySelectorAll("a")[choice.selectedIndex - 1];
                if (link) link.click();
                else choice.focus();
            });
        }
    };

    report();
    refreshFigures();
    enableDropDowns();
})();
