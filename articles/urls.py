from django.urls import path, register_converter

from . import views
from .feeds import CommentFeed


class KeyConverter:
    """A primary key that every database can hold."""

    regex = "[0-9]{1,18}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return str(value)


register_converter(KeyConverter, "key")

urlpatterns = [
    path("readers/<key:article>/comments/", views.post_comment, name="post_comment"),
    path("readers/<key:article>/comments/feed/", CommentFeed(), name="comment_feed"),
    path("readers/<key:article>/rating/", views.rate_article, name="rate_article"),
    path("readers/comments/<key:comment>/", views.show_comment, name="comment"),
    path("readers/comments/<key:comment>/report/", views.report_comment, name="report_comment"),
    path("readers/challenge/", views.ReaderChallengeView.as_view(), name="reader_challenge"),
]
