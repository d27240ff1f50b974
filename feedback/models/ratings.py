from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

STARS = (1, 2, 3, 4, 5)
STAR_FIELDS = {stars: f"stars_{stars}" for stars in STARS}


class Rating(models.Model):
    """
    The stars that a visitor gives a page, for all its translations together.

    `network` is set only for a vote without proof of work, of which one a network and day counts.
    """

    translation_key = models.UUIDField(_("page"))
    visitor = models.UUIDField(_("visitor"))
    stars = models.PositiveSmallIntegerField(_("stars"))
    network = models.CharField(_("hash of the network"), max_length=32, blank=True)
    created_at = models.DateTimeField(_("rated at"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)

    wagtail_reference_index_ignore = True
    content_version_ignore = True

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "visitor"], name="rating_once_per_visitor"
            ),
            models.UniqueConstraint(
                fields=["translation_key", "network"],
                condition=~Q(network=""),
                name="rating_once_per_network_and_day",
            ),
            models.CheckConstraint(condition=Q(stars__in=STARS), name="rating_from_one_to_five"),
        ]
        indexes = [
            models.Index(fields=["visitor"], name="rating_visitor"),
            models.Index(fields=["created_at"], condition=~Q(network=""), name="rating_unverified"),
        ]

    def __str__(self):
        return f"#{self.pk}"


class PageRating(models.Model):
    """
    Counts of the ratings of a page in all its languages, by stars.

    `version` rises with every vote; cached responses that show the counts depend on it.
    """

    translation_key = models.UUIDField(_("page"), unique=True)
    count = models.PositiveIntegerField(_("ratings"), default=0)
    stars_1 = models.PositiveIntegerField(_("one star"), default=0)
    stars_2 = models.PositiveIntegerField(_("two stars"), default=0)
    stars_3 = models.PositiveIntegerField(_("three stars"), default=0)
    stars_4 = models.PositiveIntegerField(_("four stars"), default=0)
    stars_5 = models.PositiveIntegerField(_("five stars"), default=0)
    version = models.PositiveBigIntegerField(_("version number"), default=0, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ratings of a page")
        verbose_name_plural = _("ratings of pages")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    count=F("stars_1") + F("stars_2") + F("stars_3") + F("stars_4") + F("stars_5")
                ),
                name="pagerating_count_is_the_sum_of_stars",
            )
        ]

    def __str__(self):
        return f"{self.translation_key}: {self.count}"

    @property
    def distribution(self) -> dict[int, int]:
        """The number of ratings by stars, five first."""
        return {stars: getattr(self, STAR_FIELDS[stars]) for stars in reversed(STARS)}

    @property
    def average(self) -> float | None:
        """The mean to one decimal place, None without ratings."""
        if not self.count:
            return None
        total = sum(stars * count for stars, count in self.distribution.items())
        return round(total / self.count, 1)
