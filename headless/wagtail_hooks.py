"""Register hooks, slug fields and rich text handlers with Wagtail."""

import re
from collections import defaultdict

from django import forms
from django.db.models import SlugField
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import SlugInput

from .content import term_translations
from .content.admin import returned_pages
from .content.admin.viewers import Viewer
from .content.links.link_handlers import PublicDocumentLinkHandler, PublishedPageLinkHandler
from .content.search import fold
from .content.texts.slugs import readable_slug
from .webhooks import viewsets

# Latin letters with diacritics, up to the Vietnamese ones in Latin Extended Additional.
MARKED_LETTERS = [chr(code) for code in range(0xC0, 0x1EFA) if chr(code).isalpha()]


def folding_formatters() -> list[tuple[re.Pattern, str]]:
    """
    Return the replacements for Wagtail's slug script, which drops đ and letters with two
    diacritics.
    """
    marked = defaultdict(str)
    for letter in MARKED_LETTERS:
        plain = fold(letter)
        if plain.isascii() and plain.isalpha():
            marked[plain] += letter
    return [(re.compile(f"[{letters}]"), plain) for plain, letters in sorted(marked.items())]


class FoldingSlugInput(SlugInput):
    """
    Wagtail's slug field, which transliterates a title while it is typed: «Đường bộ» to `duong-bo`.
    """

    def __init__(self, attrs=None, **kwargs):
        kwargs.setdefault("formatters", folding_formatters())
        super().__init__(attrs, **kwargs)


class FoldingSlugField(forms.SlugField):
    """A slug field that transliterates a posted slug, as the script does for a typed one."""

    def to_python(self, value):
        value = super().to_python(value)
        return value if value.isascii() else readable_slug(value)


register_form_field_override(
    SlugField, override={"form_class": FoldingSlugField, "widget": FoldingSlugInput}
)


@hooks.register("register_rich_text_features", order=10)
def register_link_handlers(features):
    """Replace Wagtail's link handlers, which reveal the URLs of drafts and restricted pages."""
    features.register_link_type(PublishedPageLinkHandler)
    features.register_link_type(PublicDocumentLinkHandler)


@hooks.register("register_rich_text_features", order=10)
def open_link_choosers(features):
    """Load the script by which Wagtail's link dialog opens the choosers registered with it."""
    link = features.plugins_by_editor["draftail"]["link"]
    link.js = [*link.js, "wagtailadmin/js/chooser-modal.js", "civic_headless/link_choosers.js"]


@hooks.register("construct_page_chooser_queryset")
def restrict_page_chooser(pages, request):
    """Remove pages hidden from the user from choosers; Wagtail lists those of other sites too."""
    return Viewer(request.user).pages(pages)


@hooks.register("register_admin_viewset")
def webhooks():
    """Register the viewsets of webhook endpoints and deliveries."""
    return [viewsets.endpoints, viewsets.deliveries]


@hooks.register("register_reports_menu_item")
def register_deliveries_report():
    """Return the menu item of deliveries for *Reports*; endpoints are under *Settings*."""
    return viewsets.deliveries.get_menu_item()


@hooks.register("register_log_actions")
def register_webhook_log_actions(actions):
    """Register the log actions of webhooks with their labels."""
    for name, label, message in (
        ("renew_secret", _("Renew the secret"), _("Secret renewed")),
        ("send_again", _("Send again"), _("Sent again")),
    ):
        actions.register_action(f"civic_headless.webhook.{name}", label, message)


# Before the hook of wagtail-localize, which returns its own editor.
@hooks.register("before_edit_page", order=-1)
def warn_of_untranslated_terms(request, page):
    """Warn translators of categories and other terms that are not translated yet."""
    term_translations.warn_of_untranslated_terms(request, page)


@hooks.register("before_edit_page", order=-1)
def tell_why_returned(request, page):
    """Show the moderator's comment on a returned page."""
    returned_pages.tell_why_returned(request, page)
