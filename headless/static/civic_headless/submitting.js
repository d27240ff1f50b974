// Lets a form of Wagtail's admin be submitted only when no autosave of it is under way. Otherwise
// both requests make a page where they meet, or the autosave leaves a draft behind what was published.
(() => {
    const announced = new Map();
    let submitted = new WeakSet();
    // Who goes back to a form writes on in it.
    window.addEventListener("pageshow", () => {
        submitted = new WeakSet();
    });

    document.addEventListener("w-autosave:save", (event) => {
        if (submitted.has(event.target)) event.preventDefault();
        else announced.set(event.target, event);
    });
    const ended = ({ target }) => announced.delete(target);
    document.addEventListener("w-autosave:success", ended);
    document.addEventListener("w-autosave:error", ended);

    const submitAfterwards = (form, button) => {
        const submit = () => {
            document.removeEventListener("w-autosave:success", submit);
            document.removeEventListener("w-autosave:error", submit);
            // The button is disabled by its own progress, and would not be named.
            if (button?.name) {
                const chosen = document.createElement("input");
                Object.assign(chosen, { type: "hidden", name: button.name, value: button.value || "1" });
                form.append(chosen);
            }
            form.requestSubmit();
        };
        document.addEventListener("w-autosave:success", submit);
        document.addEventListener("w-autosave:error", submit);
    };

    document.addEventListener(
        "submit",
        (event) => {
            const form = event.target;
            const save = announced.get(form);
            if (save && !save.defaultPrevented) {
                event.preventDefault();
                event.stopImmediatePropagation();
                if (!submitted.has(form)) submitAfterwards(form, event.submitter);
            }
            if (form.matches("[data-controller~='w-autosave']")) submitted.add(form);
        },
        true,
    );
})();
