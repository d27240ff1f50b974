"""Tags and categories of articles."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase
from wagtail.search import index

from headless.content.models import TranslatableTerm
from headless.content.texts.slugs import readable_slug


class Tag(TagBase):
    """A tag of articles, shared by all sites and languages."""

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def slugify(self, tag, i=None):
        """Return a slug that keeps every letter of the tag, numbered as taggit does."""
        return super().slugify(readable_slug(tag), i)


class Category(TranslatableTerm, index.Indexed, models.Model):
    """A category of articles, shared by all sites; each language has a row of its own."""

    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(
        _("slug"),
        max_length=100,
        blank=True,
        help_text=_("Used in URLs. Leave empty to derive it from the name."),
    )
    order = models.PositiveSmallIntegerField(
        _("order"),
        default=100,
        help_text=_("Categories are sorted by this number, smallest first."),
    )

    panels = ["name", "slug", "order"]
    search_fields = [
        index.AutocompleteField("name"),
        index.SearchField("name"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableTerm.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["locale", "slug"], name="category_slug_per_locale")
        ]

    def __str__(self):
        return self.name

    def full_clean(self, *args, **kwargs):
        """Derive an empty slug from the name, then validate."""
        self.slug = self.slug or readable_slug(self.name)
        super().full_clean(*args, **kwargs)
