"""
Keep the original filename of an uploaded document, and offer the download under it.

Storage backends change filenames: they shorten long ones and drop spaces and punctuation.
"""

from django.core.files import File
from django.db.models import QuerySet
from wagtail.documents.models import AbstractDocument

from ..models import GivenName


def keep_given_name(sender, instance: AbstractDocument, **kwargs) -> None:
    """
    Prepare the original filename of a file that is about to be stored (receiver of `pre_save`).
    """
    if instance.file and not instance.file._committed:
        set_given_name(instance, instance.file)


def set_given_name(document: AbstractDocument, file: File) -> None:
    """
    Set the original filename of `document` from `file`; it is stored when the document is saved.
    """
    document.given_name = GivenName(name=file.name.rpartition("/")[2][-255:])


def save_given_name(sender, instance: AbstractDocument, **kwargs) -> None:
    """Store the prepared filename (receiver of `post_save`)."""
    if not GivenName.document.field.remote_field.is_cached(instance):
        return
    prepared = instance.given_name
    if prepared is None or not prepared._state.adding:
        return
    instance.given_name, _made = GivenName.objects.update_or_create(
        document=instance, defaults={"name": prepared.name}
    )


def given_name(document: AbstractDocument) -> str:
    """Return the name to offer the file of `document` under; no query if it is `with_given_names`."""
    try:
        return document.given_name.name
    except GivenName.DoesNotExist:
        return document.filename


def with_given_names(documents: QuerySet) -> QuerySet:
    """Prefetch the names that the files of `documents` are offered under."""
    return documents.select_related("given_name")
