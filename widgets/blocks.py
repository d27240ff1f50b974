"""StreamField blocks of the link directory."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from typing_extensions import TypedDict
from wagtail.blocks import (
    CharBlock,
    ListBlock,
    PageChooserBlock,
    StreamBlock,
    StructBlock,
    StructBlockValidationError,
    URLBlock,
)
from wagtail.images.blocks import ImageChooserBlock

from headless.api.fields import PortalImage, describe_image
from headless.content.texts.stream_prefetch import (
    PrefetchedChooserMixin,
    current_prefetch,
    prefetch_stream,
)


class PortalLink(TypedDict):
    """A link to another website (`external` is true) or to a page of this site."""

    title: str
    url: str
    external: bool
    description: str
    logo: PortalImage | None


class PortalLinkGroup(TypedDict):
    """Links under a common heading."""

    heading: str
    links: list[PortalLink]


class LinkedPageBlock(PrefetchedChooserMixin, PageChooserBlock):
    """Choose a page of any type; all chosen pages are prefetched together."""


class LogoBlock(PrefetchedChooserMixin, ImageChooserBlock):
    """Choose a logo; all chosen images are prefetched together."""


class WebAddressBlock(URLBlock):
    """A URL with the scheme http or https, so that it cannot execute a script (XSS)."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        message = _("Write an address that begins with https:// or http://.")
        others = [each for each in self.field.validators if not isinstance(each, URLValidator)]
        self.field.validators = [*others, URLValidator(["http", "https"], message=message)]
        self.field.error_messages["invalid"] = message


class LinkBlock(StructBlock):
    """A link to a URL or a page, with an optional logo."""

    title = CharBlock(label=_("Title"), max_length=150)
    url = WebAddressBlock(label=_("Address"), required=False, default="", max_length=500)
    page = LinkedPageBlock(label=_("or page"), required=False)
    description = CharBlock(label=_("Description"), required=False, default="", max_length=250)
    logo = LogoBlock(label=_("Logo"), required=False)

    class Meta:
        label = _("Link")
        icon = "link"

    def clean(self, value):
        """Require either a URL or a page, and refuse a URL with user information."""
        cleaned = super().clean(value)
        if bool(cleaned["url"]) == bool(cleaned["page"]):
            message = _("Give either an address or a page.")
            raise StructBlockValidationError({"url": ValidationError(message)})
        # «https://tinh.example@elsewhere.example/» leads to elsewhere.example (phishing).
        if "@" in urlsplit(cleaned["url"]).netloc:
            message = _("An address must not contain a user name.")
            raise StructBlockValidationError({"url": ValidationError(message)})
        return cleaned


class LinkGroupBlock(StructBlock):
    """Links under a heading, in the editor's order."""

    heading = CharBlock(label=_("Heading"), max_length=100)
    links = ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        label = _("Group of links")
        icon = "list-ul"
        template = "civic_widgets/blocks/link_group.html"
        preview_value = {
            "heading": "Cơ quan trong tỉnh",
            "links": [{"title": "Cổng dịch vụ công", "url": "https://dichvucong.example/"}],
        }
        description = _("A heading and its links.")


class LinkGroupsBlock(StreamBlock):
    """The groups of a link directory."""

    group = LinkGroupBlock()

    def get_api_representation(self, value, context=None) -> list[PortalLinkGroup]:
        """Return the groups with their visible links."""
        return shown_groups(value)


def shown_groups(groups, locale_id=None) -> list[PortalLinkGroup]:
    """
    Return the groups with their visible links, in a constant number of queries.

    A link to a page is visible if the page is live and public; it leads to its translation into the
    locale `locale_id`.
    """
    with prefetch_stream(groups, locale_id):
        return [
            {
                "heading": group.value["heading"],
                "links": [
                    described
                    for link in group.value["links"]
                    if (described := _describe_link(link))
                ],
            }
            for group in groups
        ]


def _describe_link(link):
    chosen, page = link.get("page"), None
    if chosen:
        _chosen, page = current_prefetch().pages([chosen.pk]).get(chosen.pk, (None, None))
    if chosen and page is None:
        return None
    logo = link.get("logo")
    return {
        "title": link["title"],
        "url": page.full_url if page else link["url"],
        "external": page is None,
        "description": link["description"] or "",
        "logo": describe_image(logo, link["title"]),
    }
