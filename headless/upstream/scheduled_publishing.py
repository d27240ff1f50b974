"""
Let `publish_scheduled` run several times at once.

Wagtail's command lists what is due and then publishes all of it, so that a second process which
lists in the meantime publishes it again: with a second entry in the history and a second
`published` signal. There is no issue yet.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import models, router, transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision


def publish_scheduled() -> None:
    """
    Unpublish what has expired and publish what is due, each in a transaction of its own.

    The transaction begins with an update of the row, which holds up others on any database; who
    comes second finds that it is no longer due.
    """
    for model in models_with_drafts():
        expired = model.objects.filter(live=True, expire_at__lt=timezone.now())
        for key in list(expired.order_by("expire_at").values_list("pk", flat=True)):
            unpublish_if_expired(expired, key)
    due = Revision.objects.filter(approved_go_live_at__lt=timezone.now())
    for key in list(due.order_by("approved_go_live_at").values_list("pk", flat=True)):
        publish_if_due(due, key)


def models_with_drafts() -> Iterator[type[models.Model]]:
    """Give `Page` and every other model whose instances can be scheduled."""
    yield Page
    for model in apps.get_models():
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page):
            yield model


def unpublish_if_expired(expired: models.QuerySet, key: object) -> None:
    """Unpublish the object with a primary key, if it is among `expired` still."""
    claimed = expired.filter(pk=key)
    with transaction.atomic(using=router.db_for_write(expired.model)):
        if claimed.update(expire_at=F("expire_at")):
            claimed.get().unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def publish_if_due(due: models.QuerySet, key: int) -> None:
    """Publish the revision with a primary key, if it is among `due` still."""
    claimed = due.filter(pk=key)
    with transaction.atomic(using=router.db_for_write(Revision)):
        if claimed.update(approved_go_live_at=F("approved_go_live_at")):
            claimed.get().publish(log_action="wagtail.publish.scheduled")
