"""Stream fields whose blocks are the code's matter alone."""

from django.db import models
from wagtail.fields import StreamField


class OpenStreamField(StreamField):
    """
    A stream field that is plain JSON to migrations, as it is to the database.

    Wagtail freezes the definitions of all blocks each time one changes, though no column does: the
    migrations grow, and a block that a project adds would need a migration in an app of ours. JSON,
    unlike a stream field without blocks, loses nothing when a migration saves what it read.
    """

    def deconstruct(self):
        _no_name, path, args, kwargs = self.clone().deconstruct()
        return self.name, path, args, kwargs

    def clone(self):
        """What the state of migrations is made of."""
        return models.JSONField(verbose_name=self.verbose_name)
