"""Make renditions of images; an image that cannot be rendered is left out instead of an error."""

import logging

from wagtail.images.models import AbstractImage, AbstractRendition, SourceImageIOError

logger = logging.getLogger(__name__)


def get_renditions(image: AbstractImage | None, *specs: str) -> list[AbstractRendition]:
    """
    Return the renditions of `image` by `specs`, in their order.

    The list is empty without an image, and for one whose file is missing or unreadable, which is
    logged.
    """
    if image is None:
        return []
    try:
        return list(image.get_renditions(*specs).values())
    except SourceImageIOError as error:
        logger.warning("Image %s (%s) cannot be rendered: %s", image.pk, image.file.name, error)
        return []
