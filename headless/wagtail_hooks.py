import re
from collections import defaultdict

from django import forms
from django.db.models import SlugField
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import SlugInput

from .content import term_translations
from .content.admin_visibility import Viewer
from .content.link_handlers import (
    PublicDocumentLinkHandler,
    PublishedPageLinkHandler,
)
from .content.search import fold
from .content.slugs import readable_slug
from .webhooks import viewsets

# Latin letters with marks, up to the last of the Vietnamese ones (Latin Extended Additional).
MARKED_LETTERS = [chr(code) for code in range(0xC0, 0x1EFA) if chr(code).isalpha()]


def folding_formatters() -> list[tuple[re.Pattern, str]]:
    """What Wagtail's slug script has to replace: it drops đ, and every letter with two marks."""
    marked = defaultdict(str)
    for letter in MARKED_LETTERS:
        plain = fold(letter)
        if plain.isascii() and plain.isalpha():
            marked[plain] += letter
    return [(re.compile(f"[{letters}]"), plain) for plain, letters in sorted(marked.items())]


class FoldingSlugInput(SlugInput):
    """Wagtail's slug field, which writes «Đường bộ» as `duong-bo` while the editor types a title."""

    def __init__(self, attrs=None, **kwargs):
        kwargs.setdefault("formatters", folding_formatters())
        super().__init__(attrs, **kwargs)


class FoldingSlugField(forms.SlugField):
    """Does to a slug that is posted with diacritics what the script does to one that is typed."""

    def to_python(self, value):
        value = super().to_python(value)
        return value if value.isascii() else readable_slug(value)


register_form_field_override(
    SlugField, override={"form_class": FoldingSlugField, "widget": FoldingSlugInput}
)


@hooks.register("register_rich_text_features", order=10)
def link_what_readers_may_see(features):
    """In the place of Wagtail's own, which tells the addresses of drafts and restricted pages."""
    features.register_link_type(PublishedPageLinkHandler)
    features.register_link_type(PublicDocumentLinkHandler)


@hooks.register("construct_page_chooser_queryset")
def choose_what_may_be_seen(pages, request):
    """Wagtail's own choosers list drafts and restricted pages of sites that are not the user's."""
    return Viewer(request.user).pages(pages)


@hooks.register("register_admin_viewset")
def webhooks():
    """Endpoints and deliveries of webhooks."""
    return [viewsets.endpoints, viewsets.deliveries]


@hooks.register("register_reports_menu_item")
def webhook_deliveries_in_the_menu():
    """Endpoints are settings; what became of the messages is a report."""
    return viewsets.deliveries.get_menu_item()


@hooks.register("register_log_actions")
def name_webhook_actions(actions):
    """What operators do with webhooks, under names a person reads in the history."""
    for name, label, message in (
        ("renew_secret", _("Renew the secret"), _("Secret renewed")),
        ("send_again", _("Send again"), _("Sent again")),
    ):
        actions.register_action(f"headless.webhook.{name}", label, message)


# Before wagtail-localize's, which answers with an editor of its own.
@hooks.register("before_edit_page", order=-1)
def warn_of_untranslated_terms(request, page):
    """Tells translators which categories and the like have no translation yet."""
    term_translations.warn_of_untranslated_terms(request, page)
