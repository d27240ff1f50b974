from rest_framework.fields import Field

from headless.api.fields import PortalFeedback

from .counts.figures import figures_of
from .pages import policy_of


class FeedbackField(Field):
    """Serialize the numbers of comments and ratings of a page."""

    def __init__(self):
        super().__init__(source="*")

    def to_representation(self, value) -> PortalFeedback:
        return figures_of(value).describe()


class CommentsOpenField(Field):
    """Serialize whether a page is open to comments now."""

    def __init__(self):
        super().__init__(source="*")

    def to_representation(self, value) -> bool:
        return policy_of(value).accepts_comments(value, figures_of(value).mode)


class RatingsOpenField(Field):
    """Serialize whether a page is open to ratings now."""

    def __init__(self):
        super().__init__(source="*")

    def to_representation(self, value) -> bool:
        return policy_of(value).accepts_ratings(value, figures_of(value).mode)
