from django.db.models import Prefetch, Q, QuerySet
from wagtail.models import Page, PageQuerySet

from headless.fields import RENDITIONS
from headless.paths import published


class ArticleQuerySet(PageQuerySet):
    """Reads of articles that chain."""

    CARD_RENDITIONS = (
        "fill-480x320|format-webp",
        "fill-960x640|format-webp",
    )

    def published(self):
        """What a reader may see in a list: live, public and nobody's alias."""
        return published(self)

    def newest_first(self):
        return self.order_by("-published_at", "-pk")

    def for_cards(self):
        """With what a card prints: category, cover and its two renditions, in two more queries."""
        covers = self.model._meta.get_field("cover").related_model.objects.all()
        covers = covers.prefetch_renditions(*self.CARD_RENDITIONS)
        return self.select_related("category").prefetch_related(Prefetch("cover", covers))

    def for_clients(self):
        """With what a card over the API tells but for readers' figures, in two more queries."""
        tags = self.model._meta.get_field("tagged_items").related_model
        tags = tags.objects.select_related("tag").order_by("tag__name")
        renditions = self.model._meta.get_field("cover").related_model.get_rendition_model()
        renditions = renditions.objects.filter(filter_spec__in=RENDITIONS)
        return self.select_related("category", "locale", "cover").prefetch_related(
            Prefetch("cover__renditions", renditions, to_attr="prefetched_renditions"),
            Prefetch("tagged_items", tags),
        )


class CommentQuerySet(QuerySet):
    """Reads of readers' comments that chain."""

    def of_article(self, article):
        """Those on an article; none on one that is not saved yet."""
        return self.filter(article_id=article.pk) if article.pk else self.none()

    def of_site(self, site):
        """Those on the pages of a site, in all its languages."""
        pages = Page.objects.none()
        for home in Page.objects.filter(translation_key=site.root_page.translation_key):
            pages |= Page.objects.descendant_of(home)
        return self.filter(article__in=pages.values("pk"))

    def approved(self):
        return self.filter(status="approved")

    def waiting(self):
        """What a moderator should look at: undecided, or reported by readers."""
        return self.filter(Q(status="pending") | Q(reports__gt=0))

    def threads(self):
        """Comments that are no replies."""
        return self.filter(parent__isnull=True)

    def shown(self):
        """What readers see: approved, and no reply to one that is not."""
        return self.approved().filter(Q(parent__isnull=True) | Q(parent__status="approved"))

    def containing(self, words):
        """Those with all `words` in the comment, its author's name or address, or the article's title."""
        found = self
        for word in words.split()[:10]:
            found = found.filter(
                Q(body__icontains=word)
                | Q(name__icontains=word)
                | Q(email__icontains=word)
                | Q(article__title__icontains=word)
            )
        return found

    def newest_first(self):
        return self.order_by("-created_at", "-pk")

    def oldest_first(self):
        return self.order_by("created_at", "pk")

    def with_replies(self):
        """Each with `shown_replies`, oldest first, in one more query."""
        replies = self.model.objects.approved().oldest_first()
        return self.prefetch_related(Prefetch("replies", replies, to_attr="shown_replies"))
