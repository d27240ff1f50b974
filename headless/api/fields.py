"""
Representation of pages, documents, images and terms for API clients, in v2 and v3.

`api_fields` name the serializer classes; v3 takes their types from the return annotation of
`to_representation`. Stream blocks use the functions.
"""

from rest_framework.fields import Field
from typing_extensions import TypedDict
from wagtail.models import Page

from ..content.files.download_names import given_name
from ..content.files.renditions import display_size, get_renditions
from ..content.links.absolute_urls import absolute_url
from ..content.texts.stream_prefetch import current_prefetch


class PortalPage(TypedDict):
    """A live, public page that another page refers to."""

    id: int
    type: str
    title: str
    url: str | None


class PortalTerm(TypedDict):
    """A category, document type, issuing body or other term."""

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
    """A rendition of an image; width and height are in pixels."""

    url: str
    width: int
    height: int


class PortalImage(TypedDict):
    """
    An image with its alternative text and its renditions in order of width.

    `srcset` is the value of the HTML attribute of that name.
    """

    id: int
    alt: str
    width: int
    height: int
    renditions: list[PortalRendition]
    srcset: str


class PortalFeedback(TypedDict):
    """The number of ratings and comments of a page; `average` is null without a rating."""

    ratings: int
    average: float | None
    comments: int


RENDITIONS = ("width-480|format-webp", "width-960|format-webp", "width-1600|format-webp")


def describe_page(page: Page) -> PortalPage:
    """Return `page` for API clients; the caller must have checked that it is live and public."""
    return {
        "id": page.pk,
        "type": page.specific_class._meta.label,
        "title": page.title,
        "url": page.full_url,
    }


def describe_term(term) -> PortalTerm:
    """Return a snippet with a `name` and a `code` or `slug` for API clients."""
    return {"id": term.pk, "code": getattr(term, "code", None) or term.slug, "name": term.name}


def _prefetched(document):
    """Return the document as read with the StreamField that refers to it, if it was."""
    prefetched = current_prefetch()
    if prefetched is None:
        return document
    return prefetched.files(type(document), {document.pk}).get(document.pk, document)


def describe_file(document, title: str = "") -> PortalFile:
    """Return a Wagtail document for API clients, with `title` in place of its own if given."""
    return {
        "id": document.pk,
        "title": title or document.title,
        "url": absolute_url(document.url),
        "filename": given_name(_prefetched(document)),
        "extension": document.file_extension.lower(),
        "size": document.file_size,
    }


def describe_image(image, alt: str = "") -> PortalImage | None:
    """
    Return a Wagtail image for API clients; `alt` falls back on the image's description.

    Return None without an image, and for one that cannot be rendered.
    """
    renditions = [
        {"url": absolute_url(each.url), "width": each.width, "height": each.height}
        for each in get_renditions(image, *RENDITIONS)
    ]
    if not renditions:
        return None
    renditions.sort(key=lambda each: each["width"])
    # Renditions are not enlarged: those of a small image have equal widths, of which one is kept.
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
    """Serialise a snippet with a `name` and a `code` or `slug`."""

    def to_representation(self, value) -> PortalTerm:
        """Return the term as `describe_term` does."""
        return describe_term(value)


class PagesField(Field):
    """Serialise live, public pages, which the model's method of the same name returns."""

    def to_representation(self, value) -> list[PortalPage]:
        """Return each page as `describe_page` does."""
        return [describe_page(page) for page in value]
