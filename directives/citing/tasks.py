"""Background tasks that keep citations up to date; `rebuild_citations` repairs failed ones."""

from django_tasks import task
from wagtail.models import Page

from ..models import Citation, DocumentType
from . import services
from .extraction import get_extractor


@task()
def record_page(page: int) -> None:
    """
    Extract, resolve and store the citations of a published page; does nothing if it was deleted.
    """
    found = Page.objects.filter(pk=page).first()
    if found is None:  # Deleted after the task was enqueued.
        return
    model = found.specific_class
    pages = get_extractor(model).prepare(model.objects.filter(pk=page))
    services.record_citations(pages=list(pages))


@task()
def resolve_documents(numbers: list[tuple[str, str]], documents: list[str]) -> None:
    """
    Resolve the citations of documents whose pages were published, renumbered or removed.

    Takes pairs of number key and type code, and translation keys of pages.
    """
    services.resolve_documents(numbers=numbers, documents=documents)


@task()
def retitle_documents(document_type: int, former_name: str) -> None:
    """Regenerate titles that contain the former name of a document type."""
    if found := DocumentType.objects.filter(pk=document_type).first():
        services.retitle_documents(document_type=found, former_name=former_name)


@task()
def resolve_subtree(path: str) -> None:
    """Resolve the citations in and of a subtree that was moved or whose visibility changed."""
    services.resolve_subtree(path=path)


@task()
def resolve_all() -> None:
    """Resolve every citation, after the locality of a site or an issuing body changed."""
    services.resolve_citations(citations=Citation.objects.all())
