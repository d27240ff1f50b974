from .comments import Comment, CommentCount, CommentReport
from .modes import FeedbackMode
from .ratings import PageRating, Rating
from .settings import CommentSettings

__all__ = [
    "Comment",
    "CommentCount",
    "CommentReport",
    "CommentSettings",
    "FeedbackMode",
    "PageRating",
    "Rating",
]
