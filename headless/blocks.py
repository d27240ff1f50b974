"""Stream fields whose blocks are the code's matter alone."""

from wagtail.fields import StreamField


class OpenStreamField(StreamField):
    """
    A stream field that writes no block into a migration.

    Wagtail freezes the definitions of all blocks each time one changes, though no column does: the
    migrations grow, and a block that a project adds would need a migration in an app of ours.
    """

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, "wagtail.fields.StreamField", [[]], kwargs | {"block_lookup": {}}
