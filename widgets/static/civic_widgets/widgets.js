/* Widgets in a browser. Pages work without it: a picture reports the visit, figures are those of the rendering, link lists
   unfold. Figures and links are found by their data attributes, so that scripts of a host can add cards later. */
(() => {
    "use strict";

    const script = document.currentScript;

    /* Says once which page is read, when it is really shown; back from the browser's memory is a page view too. */
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

    /* <div data-figures="/…json"><strong data-figure="total">: a cached page shows what is true now. */
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
                // The figures of the rendering stay.
            }
        }
    };

    /* <form data-links hidden>: a drop-down whose button follows the choice; the list it stands for is put away. */
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
