// Delay the submission of a form in Wagtail's admin while an autosave of it is running. Otherwise both
// requests create a page, or the autosave leaves a draft after the published version.
(() => {
    const announced = new Map();
    let submitted = new WeakSet();
    // A form restored by the browser's back button can be submitted again.
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
            // The progress state has disabled the button, so the browser would not submit its name.
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
