"""Atom feeds that stay valid XML for any stored text."""

from django.utils.feedgenerator import Atom1Feed

from .text_normalisation import normalise_data


class NormalisedAtomFeed(Atom1Feed):
    """
    An Atom feed without the characters that XML 1.0 cannot contain.

    Django raises `UnserializableContentError` for such characters.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*normalise_data(args), **normalise_data(kwargs))

    def add_item(self, *args, **kwargs):
        super().add_item(*normalise_data(args), **normalise_data(kwargs))
