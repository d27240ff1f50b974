"""Counters of visits and page views."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site


class DailyVisits(models.Model):
    """
    Page views, visits and visitors of a site on one day.

    Separate from `PageViews`, so that deleting a page keeps the site's totals. The database has no
    foreign key constraint on `site`: a hit for a site being deleted must not fail a batch of
    others.
    """

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    day = models.DateField(_("day"))
    views = models.PositiveBigIntegerField(_("page views"), default=0)
    visits = models.PositiveBigIntegerField(_("visits"), default=0)
    visitors = models.PositiveBigIntegerField(_("visitors"), default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("visits of a day")
        verbose_name_plural = _("visits of a day")
        constraints = [
            models.UniqueConstraint(fields=["site", "day"], name="widgets_one_row_a_site_and_day")
        ]

    def __str__(self):
        return f"{self.site_id}: {self.day}"


class PageViews(models.Model):
    """
    Page views of a page on one day; older days are rolled up into January 1 of their year.

    Not a foreign key: a hit for a page being deleted must not fail a batch of others.
    """

    page_id = models.BigIntegerField(_("page"))
    day = models.DateField(_("day"), db_index=True)
    views = models.PositiveBigIntegerField(_("page views"), default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("page views of a day")
        verbose_name_plural = _("page views of a day")
        constraints = [
            models.UniqueConstraint(
                fields=["page_id", "day"], name="widgets_one_row_a_page_and_day"
            )
        ]

    def __str__(self):
        return f"{self.page_id}: {self.day}"


class Visitor(models.Model):
    """When a visitor of today was last seen; forgotten with the day's secret."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    day = models.DateField(_("day"))
    key = models.CharField(_("hash"), max_length=20)
    last_seen_at = models.DateTimeField(_("last seen at"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("visitor of today")
        verbose_name_plural = _("visitors of today")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "day", "key"], name="widgets_one_row_a_site_day_and_visitor"
            )
        ]
        indexes = [models.Index(fields=["site", "last_seen_at"], name="widgets_visitors_online")]

    def __str__(self):
        return self.key
