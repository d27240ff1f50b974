// Let the link dialog of rich texts open the registered page choosers, in the language of the page that is edited.
(() => {
    const handlers = window.PAGE_CHOOSER_MODAL_ONLOAD_HANDLERS;
    const { choose } = new window.ChooserModalOnloadHandlerFactory().getOnLoadHandlers();

    handlers.choose = (modal, data) => {
        choose(modal, data);
        modal.body[0].querySelectorAll(".link-types a").forEach((link) => {
            link.addEventListener("click", (event) => {
                event.preventDefault();
                modal.loadUrl(link.href);
            });
        });
    };
    // A Draftail field opens the dialog without the language, which Wagtail's other choosers are given.
    for (const [step, show] of Object.entries(handlers)) {
        handlers[step] = (modal, data) => {
            const language = window.wagtailConfig.ACTIVE_CONTENT_LOCALE;
            if (language) {
                modal.body[0].querySelectorAll("[data-link-chooser]").forEach((link) => {
                    const address = new URL(link.href);
                    address.searchParams.set("locale", language);
                    link.href = address;
                });
            }
            show(modal, data);
        };
    }
})();
