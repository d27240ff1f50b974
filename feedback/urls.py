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

app_name = "civic_feedback"

urlpatterns = [
    path("readers/<key:page>/comments/", views.post_comment, name="post_comment"),
    path("readers/<key:page>/comments/feed/", CommentFeed(), name="comment_feed"),
    path("readers/<key:page>/rating/", views.rate_page, name="rate_page"),
    path("readers/comments/<key:comment>/", views.show_comment, name="comment"),
    path("readers/comments/<key:comment>/report/", views.report_comment, name="report_comment"),
    path("readers/challenge/", views.ReaderChallengeView.as_view(), name="reader_challenge"),
]
