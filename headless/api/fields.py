"""
How a page, a file, a picture or a term looks to an API client, in v2 and v3 alike.

The classes are named in `api_fields`; v3 types them from what `to_representation` returns. The
functions serve StreamField blocks too.
"""

from rest_framework.fields import Field
from typing_extensions import TypedDict
from wagtail.models import Page

from ..content.absolute_urls import absolute_url
from ..content.download_names import given_name
from ..content.renditions import display_size, render


class PortalPage(TypedDict):
    """A live, public page that another one refers to."""

    id: int
    type: str
    title: str
    url: str | None


class PortalTerm(TypedDict):
    """A category, document type or issuing body, by the name readers know."""

    id: int
    code: str
    name: str


class PortalFile(TypedDict):
    """
    A file to download; `size` in bytes, `extension` in lower case without a dot.

    `filename` is the name that it was uploaded under, and is saved under.
    """

    id: int
    title: str
    url: str
    filename: str
    extension: str
    size: int | None


class PortalRendition(TypedDict):
    """One size of a picture, in pixels."""

    url: str
    width: int
    height: int


class PortalImage(TypedDict):
    """
    A picture with the text that stands for it, and its renditions from small to large.

    `srcset` is what the attribute of that name in HTML says of them.
    """

    id: int
    alt: str
    width: int
    height: int
    renditions: list[PortalRendition]
    srcset: str


class PortalFeedback(TypedDict):
    """What readers make of a page, in numbers; `average` is null without a rating."""

    ratings: int
    average: float | None
    comments: int


RENDITIONS = ("width-480|format-webp", "width-960|format-webp", "width-1600|format-webp")


def describe_page(page: Page) -> PortalPage:
    """`page` for a client; the caller has made sure that it is live and public."""
    return {
        "id": page.pk,
        "type": page.specific_class._meta.label,
        "title": page.title,
        "url": page.full_url,
    }


def describe_term(term) -> PortalTerm:
    """A snippet with a name and a code or slug."""
    return {"id": term.pk, "code": getattr(term, "code", None) or term.slug, "name": term.name}


def describe_file(document, title: str = "") -> PortalFile:
    """A Wagtail document, under `title` if one is given."""
    return {
        "id": document.pk,
        "title": title or document.title,
        "url": absolute_url(document.url),
        "filename": given_name(document),
        "extension": document.file_extension.lower(),
        "size": document.file_size,
    }


def describe_image(image, alt: str = "") -> PortalImage | None:
    """
    Return a Wagtail image for clients; `alt` falls back on the image's own description.

    None stands for no image, and for one that cannot be rendered.
    """
    renditions = [
        {"url": absolute_url(each.url), "width": each.width, "height": each.height}
        for each in render(image, *RENDITIONS)
    ]
    if not renditions:
        return None
    renditions.sort(key=lambda each: each["width"])
    # Of a picture that is small, several are as wide as itself: one of each width is enough.
    by_width = {each["width"]: each["url"] for each in renditions}
    width, height = display_size(image)
    return {
        "id": image.pk,
        "alt": alt or image.description,
        "width": width,
        "height": height,
        "renditions": renditions,
        "srcset": ", ".join(f"{url} {width}w" for width, url in by_width.items()),
    }


class TermField(Field):
    """A snippet by name and code."""

    def to_representation(self, value) -> PortalTerm:
        return describe_term(value)


class PagesField(Field):
    """Live, public pages, as the model's method of the field's name gives them."""

    def to_representation(self, value) -> list[PortalPage]:
        return [describe_page(page) for page in value]
