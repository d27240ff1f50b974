"""Page types of news: the index and the article."""

import math

from django import forms
from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.images import get_image_model_string
from wagtail.models import Orderable, Page, PageManager, TranslatableMixin, get_page_models
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from directives.citing.links import CitedDocuments
from directives.citing.panels import CitationsPanel
from directives.models import DirectivePage
from headless.api.fields import PagesField, TermField, describe_image
from headless.cache.response_cache import count_by_version, get_or_compute
from headless.content.admin.panels import (
    FEEDBACK_PANELS,
    MENU_PANELS,
    SECTION_PROMOTE_PANELS,
    SIDEBAR_PANELS,
)
from headless.content.client_preview import ClientPreviewMixin
from headless.content.links.page_urls import cache_site_roots
from headless.content.page_tree import descendants_of_type
from headless.content.pagination import LAST_NUMBERED_PAGE, paginate
from headless.content.term_translations import term_in_page_language
from headless.content.texts.slugs import ReadableSlugMixin
from headless.content.texts.stream_fields import OpenStreamField
from headless.content.translation import published_translations

from ..alternative_texts.panels import AlternativeTextPanel
from ..blocks import ArticleBodyBlock, project_blocks
from ..conf import conf
from ..fields import CoverField, TagsField
from ..forms import ArticleFilterForm, ArticleForm
from ..querysets import ArticleQuerySet
from .taxonomy import Category, Tag


class ArticleIndexPage(ClientPreviewMixin, ReadableSlugMixin, Page):
    """List the articles below it, filtered by category, tag, year and month."""

    introduction = models.TextField(_("introduction"), blank=True, max_length=500)

    PER_PAGE = 12

    class Meta:
        verbose_name = _("news section")
        verbose_name_plural = _("news sections")

    content_panels = [*Page.content_panels, *MENU_PANELS, "introduction", *SIDEBAR_PANELS]
    promote_panels = SECTION_PROMOTE_PANELS
    search_fields = [*Page.search_fields, index.FilterField("alias_of_id")]
    api_fields = [APIField("introduction", writable=True)]

    @classmethod
    def clean_subpage_models(cls):
        """Return `ArticlePage` and its subclasses, including those of the host project."""
        return [model for model in get_page_models() if issubclass(model, ArticlePage)]

    def get_context(self, request, *args, **kwargs):
        """
        Add the paginated list, its filters and the values to filter by.

        `articles` is a paginated page of cards, `categories` are those with at least one article
        here, `months` the first days of months that have articles, newest first. `category`, `tag`,
        `year` and `month` are the active filters, each None when not set. Raises 404 for an invalid
        filter.
        """
        context = super().get_context(request, *args, **kwargs)
        published = descendants_of_type(self, ArticlePage).published()
        form = ArticleFilterForm(request.GET)
        if not form.is_valid():
            raise Http404("; ".join(f"{name}: {errors[0]}" for name, errors in form.errors.items()))
        asked, articles = form.cleaned_data, published
        context |= {"category": None, "tag": None, "year": asked["year"], "month": asked["month"]}
        if asked["category"]:
            context["category"] = get_object_or_404(
                Category, slug=asked["category"], locale=self.locale
            )
            articles = articles.filter(category=context["category"])
        if asked["tag"]:
            context["tag"] = get_object_or_404(Tag, slug=asked["tag"])
            articles = articles.filter(tagged_items__tag=context["tag"])
        if asked["year"]:
            articles = articles.published_in(asked["year"], asked["month"])
        context["articles"] = paginate(
            request,
            articles.newest_first().for_cards(),
            self.PER_PAGE,
            asked,
            count=count_by_version(request, f"articles:{self.pk}", asked, articles),
            # A month is not longer than numbered pages reach elsewhere.
            last_page=None if asked["month"] else LAST_NUMBERED_PAGE,
        )
        return context | get_or_compute(
            request, f"archive:{self.pk}", lambda: self._archive(published)
        )

    def _archive(self, published):
        return {
            "categories": list(
                Category.objects.filter(pk__in=published.values("category"), locale=self.locale_id)
            ),
            "months": list(published.datetimes("published_at", "month", order="DESC")),
        }


class ArticleTag(ItemBase):
    """Link an article to a tag."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_articles")
    content_object = ParentalKey(
        "civic_articles.ArticlePage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class ArticlePage(ClientPreviewMixin, ReadableSlugMixin, Page):
    """A news article with its blocks, cover, category, tags and official documents."""

    parent_page_types = ["civic_articles.ArticleIndexPage"]
    subpage_types = []

    # How many related articles are shown, unless an editor chose more.
    RELATED = 3

    summary = models.TextField(
        _("summary"),
        max_length=300,
        help_text=_("Two or three sentences for lists and search results («sapo»)."),
    )
    cover = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("cover"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_(
            "Files are public as soon as they are uploaded. Put files that must not be public yet "
            "into a private collection."
        ),
    )
    cover_alt = models.CharField(
        _("alternative text of the cover"),
        max_length=255,
        blank=True,
        help_text=_(
            "Describes the image for readers who cannot see it. Leave empty to use the image's own "
            "description."
        ),
    )
    byline = models.CharField(_("author"), max_length=100, blank=True)
    source = models.CharField(
        _("source"), max_length=150, blank=True, help_text=_("Where the text was first published.")
    )
    published_at = models.DateTimeField(
        _("published at"),
        null=True,
        blank=True,
        help_text=_(
            "Articles are sorted by this date, newest first. Left empty, it is set to the time of "
            "the first publication."
        ),
    )
    category = models.ForeignKey(
        Category,
        verbose_name=_("category"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    tags = ClusterTaggableManager(through=ArticleTag, blank=True, verbose_name=_("tags"))
    body = OpenStreamField(ArticleBodyBlock(project_blocks()), verbose_name=_("text"))

    objects = PageManager.from_queryset(ArticleQuerySet)()

    base_form_class = ArticleForm
    # A copy gets both when it is published.
    exclude_fields_in_copy = ["published_at", "first_published_at"]
    override_translatable_fields = [SynchronizedField("byline"), SynchronizedField("source")]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        # The orders of lists, which are walked from their newest end.
        indexes = [
            models.Index(fields=["published_at", "page_ptr"], name="article_newest"),
            models.Index(
                fields=["category", "published_at", "page_ptr"], name="article_newest_of_category"
            ),
        ]

    content_panels = [
        *Page.content_panels,
        "summary",
        MultiFieldPanel(["cover", AlternativeTextPanel("cover_alt")], heading=_("Cover")),
        "body",
        InlinePanel(
            "related_directives", heading=_("Official documents"), label=_("official document")
        ),
        CitationsPanel(heading=_("Documents cited in the text")),
        InlinePanel(
            "related_articles",
            heading=_("Related articles"),
            label=_("article"),
            help_text=_(
                "Fewer than three are followed by the newest articles of the category, "
                "of the same tags and of the section."
            ),
        ),
        *conf.ARTICLE_PANELS,
    ]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("category", widget=forms.Select), "tags"], heading=_("Where it is found")
        ),
        MultiFieldPanel(
            [FieldRowPanel(["byline", "source"]), "published_at"], heading=_("By whom and when")
        ),
        *Page.promote_panels,
    ]
    settings_panels = [*Page.settings_panels, *FEEDBACK_PANELS]

    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("byline"),
        index.SearchField("body"),
        index.FilterField("published_at"),
        index.FilterField("category"),
        index.FilterField("alias_of_id"),
    ]

    api_fields = [
        APIField("summary", writable=True),
        APIField("cover", serializer=CoverField(), writable=True),
        APIField("byline", writable=True),
        APIField("source", writable=True),
        APIField("published_at", writable=True),
        APIField("category", serializer=TermField(source="shown_category"), writable=True),
        APIField("tags", serializer=TagsField(), writable=True),
        APIField("body", writable=True),
        APIField("documents", serializer=PagesField()),
        APIField("related", serializer=PagesField()),
        *map(APIField, conf.ARTICLE_API_FIELDS),
    ]
    api_write_only = ["cover_alt", "related_directives", "related_articles"]

    @property
    def reading_minutes(self):
        """Return the reading time in minutes at 220 words a minute, at least 1."""
        words = self.body.stream_block.get_searchable_content(self.body)
        return max(1, math.ceil(sum(len(text.split()) for text in words) / 220))

    @property
    def updated_at(self):
        """
        Return the time of the last publication if it is on a later day than `published_at`; else
        None.
        """
        changed = self.last_published_at
        if (
            changed
            and self.published_at
            and timezone.localdate(changed) > timezone.localdate(self.published_at)
        ):
            return changed
        return None

    @property
    def shown_category(self):
        """Return the category, or None while it has no translation into the page's language."""
        return term_in_page_language(self, self.category)

    @cached_property
    def tag_names(self):
        """Return the names of the tags in alphabetical order."""
        return sorted(tag.name for tag in self.tags.all())

    @property
    def search_summary(self):
        """Return the excerpt that search results show."""
        return self.summary

    @property
    def social_image(self):
        """Return the image for Open Graph metadata, or None."""
        return self.cover

    open_graph_type = "article"

    def structured_data(self, request):
        """Return the article as a schema.org `NewsArticle`."""
        data = {
            "@type": "NewsArticle",
            "headline": self.title,
            "description": self.summary,
            "inLanguage": self.locale.language_code,
            "url": self.get_full_url(request),
            "keywords": self.tag_names,
        }
        # A row that was written to the database by other means may have neither.
        if published := self.published_at or self.first_published_at:
            data["datePublished"] = published.isoformat()
        if changed := self.last_published_at or published:
            data["dateModified"] = changed.isoformat()
        if self.byline:
            data["author"] = {"@type": "Person", "name": self.byline}
        if image := describe_image(self.cover, self.cover_alt):
            data["image"] = [rendition["url"] for rendition in image["renditions"]]
        if self.documents:
            data["citation"] = [document.legislation for document in self.documents]
        return data

    @cached_property
    def cited(self):
        """Return the `CitedDocuments` of the article, including documents linked by an editor."""
        rows = self.related_directives.select_related("directive")
        return CitedDocuments(self, lambda: [row.directive for row in rows])

    @property
    def documents(self):
        """
        Return the documents an editor linked, then those the text cites, in the page's language.
        """
        return self.cited.documents

    def related(self):
        """
        Return the articles an editor chose, filled up to three with others of the section: the newest
        of the same category, then of those with a tag of this one, then of all.
        """
        rows = self.related_articles.select_related("article")
        found = list(published_translations([row.article for row in rows], self.locale_id))
        if not self.path:
            return found
        section = ArticlePage.objects.sibling_of(self, inclusive=False).published().newest_first()
        tags = ArticleTag.objects.filter(tag__in=[row.tag_id for row in self.tagged_items.all()])
        for others in (
            section.filter(category=self.category_id) if self.category_id else section.none(),
            section.filter(pk__in=tags.values("content_object")),
            section,
        ):
            if (missing := self.RELATED - len(found)) > 0:
                found += others.exclude(pk__in=[page.pk for page in found])[:missing]
        return cache_site_roots(found)

    def serve_preview(self, request, mode_name):
        """Preview an article without a date with the one it would have if published now."""
        self.published_at = self.published_at or self.first_published_at or timezone.now()
        return super().serve_preview(request, mode_name)

    def get_context(self, request, *args, **kwargs):
        """
        Add `documents` (with `legal_status`), `related` (cards) and `index` (the parent page).
        """
        context = super().get_context(request, *args, **kwargs)
        context["documents"] = self.documents
        related = [page.pk for page in self.related()]
        cards = ArticlePage.objects.for_cards().in_bulk(related)
        context["related"] = [cards[pk] for pk in related]
        context["index"] = self.get_parent()
        return context


class ArticleDirective(TranslatableMixin, Orderable):
    """Link an article to an official document, chosen by an editor."""

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="related_directives")
    directive = models.ForeignKey(
        DirectivePage,
        verbose_name=_("official document"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    panels = ["directive"]
    api_fields = [APIField("directive", writable=True)]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("official document of an article")
        verbose_name_plural = _("official documents of an article")

    def __str__(self):
        return str(self.directive)


class RelatedArticle(TranslatableMixin, Orderable):
    """Link an article to a related one, chosen by an editor."""

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="related_articles")
    article = models.ForeignKey(
        ArticlePage, verbose_name=_("article"), on_delete=models.CASCADE, related_name="+"
    )

    panels = ["article"]
    api_fields = [APIField("article", writable=True)]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("related article")
        verbose_name_plural = _("related articles")

    def __str__(self):
        return str(self.article)
