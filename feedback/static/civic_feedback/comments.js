// Readers' forms: solves the verification code in the background, from the moment a reader turns to a form, and sends
// none twice. Without this script the forms work too; the code is then missing, and the server treats them with more care.
const place = document.querySelector("[data-code]");
let library = null;

const load = () => (library ??= import(new URL(place.dataset.code, document.baseURI).href).then(() => customElements.whenDefined("altcha-widget")));

const solve = (form) => {
    form.solving ??= load().then(async () => {
        const widget = form.querySelector("altcha-widget");
        const verified = await widget.verify();
        if (!verified || !form.querySelector("input[name=altcha]")?.value) throw new Error("unsolved");
        // The server takes a code for half an hour; one that lies longer is solved anew.
        form.solvedAt = Date.now();
    });
    form.solving.catch(() => {});
    return form.solving;
};

const prepare = (form) => {
    // A project may verify its readers in another way.
    if (!form.querySelector("altcha-widget")) return;
    const status = form.querySelector("[data-proof-status]");
    const begin = () => solve(form);
    // The code's element holds a required box that nobody sees; the server says what is wrong with the rest.
    form.noValidate = true;
    form.addEventListener("focusin", begin, { once: true });
    form.addEventListener("pointerdown", begin, { once: true });
    form.addEventListener("submit", async (event) => {
        if (form.sent) return event.preventDefault();
        const stale = form.solvedAt && Date.now() - form.solvedAt > 25 * 60 * 1000;
        if (form.unsolvable || (form.solvedAt && !stale)) {
            form.sent = true;
            return;
        }
        event.preventDefault();
        if (form.waiting) return;
        form.waiting = true;
        if (stale) {
            form.querySelector("altcha-widget").reset();
            form.solving = form.solvedAt = null;
        }
        status.textContent = status.dataset.working;
        try {
            await solve(form);
            form.requestSubmit(event.submitter);
        } catch {
            form.unsolvable = true;
            status.textContent = status.dataset.failed;
        } finally {
            form.waiting = false;
        }
    });
};

document.querySelectorAll("form[data-proof]").forEach(prepare);

// The form to report a comment stands below each: it gets its code when somebody opens it.
const parts = document.querySelector("template[data-proof-parts]");
for (const report of document.querySelectorAll(".comment__report")) {
    const fill = () => {
        const form = report.querySelector("form");
        form.append(parts.content.cloneNode(true));
        prepare(form);
    };
    report.addEventListener("toggle", fill, { once: true });
}

// Coming back with the browser's button, the form may be sent again.
addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-proof]")) form.sent = false;
});

document.querySelector("[data-focus]")?.focus();
