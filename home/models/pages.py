"""The home page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail.search import index

from articles.models import ArticleIndexPage, ArticlePage
from directives.models import DirectiveIndexPage, DirectivePage
from headless.api.fields import PagesField
from headless.cache.response_cache import get_or_compute
from headless.content.admin.panels import SIDEBAR_PANELS
from headless.content.client_preview import ClientPreviewMixin
from headless.content.page_tree import descendants_of_type
from headless.content.texts.slugs import ReadableSlugMixin
from headless.content.translation import published_translations
from headless.content.visibility import published


class HomePage(ClientPreviewMixin, ReadableSlugMixin, Page):
    """The home page of a site in one language, with the lead story and the newest articles."""

    parent_page_types = ["wagtailcore.Page"]

    introduction = models.TextField(
        _("introduction"),
        blank=True,
        max_length=500,
        help_text=_("For search engines and readers."),
    )
    lead = models.ForeignKey(
        ArticlePage,
        verbose_name=_("lead story"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Leave empty to lead with the newest article."),
    )

    LATEST = 6
    DOCUMENTS = 5

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            ["lead", InlinePanel("featured_articles", label=_("featured article"), max_num=4)],
            heading=_("On top of the page"),
        ),
        "introduction",
        *SIDEBAR_PANELS,
    ]
    search_fields = [*Page.search_fields, index.FilterField("alias_of_id")]
    api_fields = [
        APIField("introduction", writable=True),
        APIField("top_stories", serializer=PagesField()),
    ]
    api_write_only = ["lead", "featured_articles"]

    def top_stories(self):
        """
        Return the chosen lead and featured articles that are live and public, in this language.
        """
        rows = self.featured_articles.select_related("article")
        chosen = [self.lead, *(row.article for row in rows)]
        return list(dict.fromkeys(published_translations(chosen, self.locale_id)))

    def get_context(self, request, *args, **kwargs):
        """
        Add `lead`, `featured` and `latest` (article cards without duplicates), `directives` (the
        newest documents with `legal_status`), and `news` and `register` (the index pages, or None).
        """
        context = super().get_context(request, *args, **kwargs)
        return context | get_or_compute(request, f"home:{self.pk}", self._front_page)

    def _front_page(self):
        chosen = [page.pk for page in self.top_stories()]
        articles = descendants_of_type(self, ArticlePage).published().newest_first()
        # One query for both the chosen articles and enough of the newest.
        newest = list(articles.values_list("pk", flat=True)[: self.LATEST + len(chosen) + 1])
        cards = ArticlePage.objects.for_cards().in_bulk({*chosen, *newest})
        top = chosen if self.lead_id and chosen else [*newest[:1], *chosen]
        ordered = list(dict.fromkeys([*top, *newest]))
        shown = [cards[pk] for pk in ordered]
        top = len(dict.fromkeys(top))
        directives = descendants_of_type(self, DirectivePage).published().newest_first()
        return {
            "lead": shown[0] if shown else None,
            "featured": shown[1:top],
            "latest": shown[max(top, 1) : max(top, 1) + self.LATEST],
            "directives": list(directives.for_list()[: self.DOCUMENTS]),
            "news": published(descendants_of_type(self, ArticleIndexPage)).order_by("path").first(),
            "register": published(descendants_of_type(self, DirectiveIndexPage))
            .order_by("path")
            .first(),
        }


class FeaturedArticle(TranslatableMixin, Orderable):
    """An article that an editor features beside the lead story."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="featured_articles")
    article = models.ForeignKey(
        ArticlePage, verbose_name=_("article"), on_delete=models.CASCADE, related_name="+"
    )

    panels = ["article"]
    api_fields = [APIField("article", writable=True)]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("featured article")
        verbose_name_plural = _("featured articles")

    def __str__(self):
        return str(self.article)
