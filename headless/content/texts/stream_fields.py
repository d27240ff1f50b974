"""Stream fields whose block definitions are not part of migrations."""

from django.db import models
from wagtail.fields import StreamField


class OpenStreamField(StreamField):
    """
    A stream field that migrations see as a plain JSON field.

    Wagtail freezes all block definitions into a migration each time one changes, although no column
    does: migrations grow, and a block added by a project would need a migration in an app of ours.
    Unlike a stream field without blocks, JSON loses no data when a data migration saves a row.
    """

    def deconstruct(self):
        _no_name, path, args, kwargs = self.clone().deconstruct()
        return self.name, path, args, kwargs

    def clone(self):
        """Return the field for the state of migrations."""
        return models.JSONField(verbose_name=self.verbose_name)
