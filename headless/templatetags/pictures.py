"""Template tags for images."""

from django import template
from wagtail.images.models import Filter, ResponsiveImage

from ..content.files.renditions import get_renditions

register = template.Library()


@register.simple_tag
def picture(image, specs, **attributes):
    """
    Return renditions of `image` to print as an `<img srcset>`; None if it cannot be rendered.

        {% picture page.cover "width-{480,960} format-webp" sizes="100vw" alt="" as cover %}
        {% if cover %}<figure>{{ cover }}</figure>{% endif %}

    Wagtail's `srcset_image` prints a broken image for a missing file.
    """
    renditions = get_renditions(image or None, *Filter.expand_spec(specs))
    if not renditions:
        return None
    return ResponsiveImage({each.filter_spec: each for each in renditions}, attributes)
