from rest_framework.fields import Field

from headless.api.fields import PortalImage, describe_image


class CoverField(Field):
    """The cover with its renditions; its own alternative text before the image's."""

    def __init__(self):
        super().__init__(source="*")

    def to_representation(self, value) -> PortalImage | None:
        return describe_image(value.cover, value.cover_alt)


class TagsField(Field):
    """Names of the tags, in alphabetical order."""

    def __init__(self):
        super().__init__(source="*")

    def to_representation(self, value) -> list[str]:
        return value.tag_names
