from rest_framework.fields import Field

from headless.api.fields import PortalFeedback

from .counts.figures import figures_of
from .pages import policy_of


class FeedbackField(Field):
    """How often a page was rated and commented on."""

    def __init__(self):
        super().__init__(source="*")

    def to_representation(self, value) -> PortalFeedback:
        return figures_of(value).describe(value)


class CommentsOpenField(Field):
    """Whether readers may comment on a page now."""

    def __init__(self):
        super().__init__(source="*")

    def to_representation(self, value) -> bool:
        return policy_of(value).accepts_comments(value, figures_of(value).mode)


class RatingsOpenField(Field):
    """Whether readers may rate a page now."""

    def __init__(self):
        super().__init__(source="*")

    def to_representation(self, value) -> bool:
        return policy_of(value).accepts_ratings(value, figures_of(value).mode)
