// Say at each alternative text of the form whether the picture chosen has one.
(() => {
    const FIELDS = 'input[name="cover_alt"], input[name$="-alt_text"]';
    const descriptions = new Map();
    let panel;

    // The field of the picture: «cover» of «cover_alt», «…-image» of «…-alt_text».
    const pictureOf = ({ name }) => name.replace(/_alt$/, "").replace(/-alt_text$/, "-image");

    const read = async (ids) => {
        const missing = ids.filter((id) => !descriptions.has(id));
        if (!missing.length) return;
        const query = new URLSearchParams(missing.map((id) => ["id", id]));
        const response = await fetch(`${panel.dataset.pictureDescriptions}?${query}`);
        if (!response.ok) return;
        const answer = await response.json();
        missing.forEach((id) => descriptions.set(id, answer.descriptions[id] ?? null));
    };

    const say = (field, picture) => {
        const description = picture && !field.value.trim() ? descriptions.get(picture) : null;
        let line = field.parentElement.querySelector(".alternative-text");
        if (description === null || description === undefined) {
            line?.remove();
            return;
        }
        if (!line) {
            line = document.createElement("p");
            line.id = `${field.id}-alternative`;
            line.setAttribute("role", "status");
            field.after(line);
            field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${line.id}`.trim());
        }
        const text = description ? `${panel.dataset.described} “${description}”` : panel.dataset.undescribed;
        const style = description ? "alternative-text" : "alternative-text alternative-text--missing";
        // Only what changes, since each change is observed.
        if (line.className !== style) line.className = style;
        if (line.textContent !== text) line.textContent = text;
    };

    const sayAll = async () => {
        const fields = [...document.querySelectorAll(FIELDS)];
        const pictures = fields.map((field) => document.getElementsByName(pictureOf(field))[0]?.value ?? "");
        await read([...new Set(pictures.filter(Boolean))]);
        fields.forEach((field, index) => say(field, pictures[index]));
    };

    const start = () => {
        panel = document.querySelector("[data-picture-descriptions]");
        const form = panel?.closest("form");
        if (!form) return;
        let timer;
        const soon = () => {
            clearTimeout(timer);
            timer = setTimeout(sayAll, 200);
        };
        // Choosers and blocks change the form without an event of their own.
        new MutationObserver(soon).observe(form, { subtree: true, childList: true, attributeFilter: ["class", "src"] });
        form.addEventListener("input", soon);
        // The description of a picture may have been written in another tab.
        window.addEventListener("focus", () => {
            descriptions.clear();
            soon();
        });
        soon();
    };
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
    else start();
})();
