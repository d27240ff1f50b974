"""Atom feeds of what was stored by whatever wrote it."""

from django.utils.feedgenerator import Atom1Feed

from .text_normalisation import normalise_data


class NormalisedAtomFeed(Atom1Feed):
    """An Atom feed that leaves out of its texts what XML cannot hold and Django refuses to write."""

    def __init__(self, *args, **kwargs):
        super().__init__(*normalise_data(args), **normalise_data(kwargs))

    def add_item(self, *args, **kwargs):
        super().add_item(*normalise_data(args), **normalise_data(kwargs))
