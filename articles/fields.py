"""Serializer fields of articles for both APIs."""

from rest_framework.fields import Field

from headless.api.fields import PortalImage, describe_image


class CoverField(Field):
    """
    Serialize the cover with its renditions; the article's alternative text overrides the image's.
    """

    def __init__(self):
        super().__init__(source="*")

    def to_representation(self, value) -> PortalImage | None:
        return describe_image(value.cover, value.cover_alt)


class TagsField(Field):
    """Serialize the names of the tags in alphabetical order."""

    def __init__(self):
        super().__init__(source="*")

    def to_representation(self, value) -> list[str]:
        return value.tag_names
