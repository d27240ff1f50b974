"""
Slugs of tags that are longer than their column, an error on PostgreSQL.

taggit 6 makes a tag's slug of its name in NFKC, which may grow, and adds a number if it is taken
(https://github.com/jazzband/django-taggit/issues/747).
"""

from taggit.models import TagBase

slugify = TagBase.slugify
NUMBER_LENGTH = len("_999")


def install() -> None:
    """Cut the slug of every tag to its column, with room for a number."""
    TagBase.slugify = fitting_slug


def fitting_slug(self, tag, i=None):
    """Return the slug of a name, the `i`-th of those that begin alike."""
    longest = self._meta.get_field("slug").max_length - NUMBER_LENGTH
    return slugify(self, tag)[:longest] + ("" if i is None else f"_{i}")
