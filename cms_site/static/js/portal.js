/* Progressive enhancement of pages that work without scripts. No framework, no inline handlers, and no third-party
   requests without a click. Each feature is one function that finds its own data attribute. */
(() => {
    "use strict";

    const root = document.documentElement;
    root.classList.add("has-script");

    const say = (text) => {
        let region = document.getElementById("portal-announcer");
        if (!region) {
            region = document.createElement("p");
            region.id = "portal-announcer";
            region.className = "visually-hidden";
            region.setAttribute("role", "status");
            document.body.append(region);
        }
        region.textContent = "";
        setTimeout(() => { region.textContent = text; }, 50);
    };

    /* <button data-print hidden>: show the button and print on a click. */
    const enablePrinting = (scope) => {
        for (const button of scope.querySelectorAll("[data-print]")) {
            button.hidden = false;
            button.addEventListener("click", () => window.print());
        }
    };

    /* <button data-copy="text" data-copied="Copied." hidden>; an empty data-copy copies the page's canonical URL. */
    const enableCopying = (scope) => {
        if (!navigator.clipboard) return;
        for (const button of scope.querySelectorAll("[data-copy]")) {
            button.hidden = false;
            const label = button.querySelector("[data-label]") || button;
            const original = label.textContent;
            button.addEventListener("click", async () => {
                const canonical = document.querySelector('link[rel="canonical"]');
                const text = button.dataset.copy || (canonical ? canonical.href : location.href);
                try {
                    await navigator.clipboard.writeText(text);
                } catch {
                    return;
                }
                label.textContent = button.dataset.copied;
                say(button.dataset.copied);
                setTimeout(() => { label.textContent = original; }, 2500);
            });
        }
    };

    /* <a data-embed="https://…/embed" data-title="…">: replace the link with the player on a click. */
    const enableEmbeds = (scope) => {
        for (const link of scope.querySelectorAll("a[data-embed]")) {
            link.addEventListener("click", (event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                const frame = document.createElement("iframe");
                frame.src = link.dataset.embed;
                frame.title = link.dataset.title || link.textContent.trim();
                frame.allow = "autoplay; fullscreen; picture-in-picture";
                frame.referrerPolicy = "strict-origin-when-cross-origin";
                frame.className = "embed__frame";
                link.replaceWith(frame);
                frame.focus();
            });
        }
    };

    /* <form data-live="#results">: on a changed filter fetch the page and replace the named parts. The URL stays shareable,
       and a failed request falls back to a normal submit. */
    const enableLiveForms = (scope) => {
        for (const form of scope.querySelectorAll("form[data-live]")) {
            let running = null;
            const refresh = async () => {
                const query = new URLSearchParams();
                for (const [name, value] of new FormData(form)) if (value) query.append(name, value);
                const address = new URL(form.action || location.href);
                address.search = query.toString();
                running?.abort();
                running = new AbortController();
                try {
                    const response = await fetch(address, { signal: running.signal, headers: { Accept: "text/html" } });
                    if (!response.ok) throw new Error(response.statusText);
                    const fresh = document.createElement("template");
                    fresh.innerHTML = await response.text();
                    for (const selector of form.dataset.live.split(",")) {
                        const from = fresh.content.querySelector(selector.trim());
                        const to = document.querySelector(selector.trim());
                        if (!from || !to) throw new Error(selector);
                        to.replaceWith(from);
                        enhance(from);
                    }
                    history.replaceState(null, "", address);
                    const count = document.querySelector("[data-count]");
                    if (count) say(count.textContent.trim());
                } catch (error) {
                    if (error.name !== "AbortError") form.submit();
                }
            };
            form.addEventListener("change", (event) => {
                if (event.target.matches("select, input[type=checkbox], input[type=radio]")) refresh();
            });
        }
    };

    /* Highlight a place on the map while it is hovered or focused in the list, and vice versa. */
    const enableMaps = (scope) => {
        for (const map of scope.querySelectorAll("[data-map]")) {
            const mark = (on) => (event) => {
                const place = event.target.closest("[data-place]");
                if (!place) return;
                for (const other of map.querySelectorAll(`[data-place="${CSS.escape(place.dataset.place)}"]`)) {
                    other.classList.toggle("is-marked", on);
                }
            };
            for (const type of ["pointerover", "focusin"]) map.addEventListener(type, mark(true));
            for (const type of ["pointerout", "focusout"]) map.addEventListener(type, mark(false));
        }
    };

    /* The menu is a popover on narrow screens only: close it when the window grows. */
    const enableMenu = () => {
        const menu = document.getElementById("menu");
        if (!menu || !menu.hidePopover) return;
        matchMedia("(width >= 64rem)").addEventListener("change", (query) => {
            if (query.matches && menu.matches(":popover-open")) menu.hidePopover();
        });
    };

    const enhance = (scope) => {
        enablePrinting(scope);
        enableCopying(scope);
        enableEmbeds(scope);
        enableLiveForms(scope);
        enableMaps(scope);
    };

    enhance(document);
    enableMenu();
})();
