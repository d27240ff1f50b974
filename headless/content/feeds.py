"""Atom feeds that stay valid XML for any stored text, with ids that outlive addresses."""

from uuid import UUID, uuid5

from django.utils.feedgenerator import Atom1Feed

from .texts.text_normalisation import normalise_data


class NormalisedAtomFeed(Atom1Feed):
    """
    An Atom feed without the characters that XML 1.0 cannot contain.

    Django raises `UnserializableContentError` for such characters.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*normalise_data(args), **normalise_data(kwargs))

    def add_item(self, *args, **kwargs):
        super().add_item(*normalise_data(args), **normalise_data(kwargs))


def permanent_id(key: UUID, *parts: object) -> str:
    """
    Return the id of a feed or an entry, which Atom demands to stay the same for ever (RFC 4287).

    `key` is the translation key of a page, `parts` say what of it is meant: its language, and what
    else. Neither may change with the page's address, or with that of its site.
    """
    return uuid5(key, "/".join(map(str, parts))).urn
