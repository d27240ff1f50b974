"""What happens when the database has been migrated."""

from modelsearch.index import insert_or_update_object

from .models import DocumentType, IssuingBody


def index_seeded_terms(sender, **kwargs):
    """
    Receiver of `post_migrate`: puts the terms that a migration made into the search index.

    A migration's models send no signal that would, and choosers find nothing else.
    """
    for model in (DocumentType, IssuingBody):
        for term in model.objects.filter(index_entries=None):
            insert_or_update_object(term)
