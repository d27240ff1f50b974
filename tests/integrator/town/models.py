from django.db import models
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page

from articles.models import ArticlePage
from directives.citing.links import CitedDocuments
from headless.api.fields import PagesField


class NoticePage(Page):
    """A notice on the town's board, which may cite official documents."""

    text = RichTextField()

    content_panels = [*Page.content_panels, "text"]
    api_fields = [APIField("text"), APIField("documents", serializer=PagesField())]

    @cached_property
    def cited(self):
        return CitedDocuments(self)

    @property
    def documents(self):
        return self.cited.documents


class Sponsor(Orderable):
    """Who paid for what an article tells of: a field of its own by a related model."""

    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="sponsors")
    name = models.CharField(max_length=100)

    panels = ["name"]
    api_fields = [APIField("name")]


class EventPage(ArticlePage):
    """An article on something that takes place: a subclass with a field of its own."""

    template = "civic_articles/article_page.html"
    starts_at = models.DateTimeField()

    content_panels = [*ArticlePage.content_panels, "starts_at"]
    api_fields = [APIField("starts_at"), *ArticlePage.api_fields]
