"""What follows a publication, at once or in a queue; `rebuild_citations` repairs what failed."""

from django_tasks import task
from wagtail.models import Page

from ..models import Citation, DocumentType
from . import services
from .extraction import extractor_of


@task()
def record_page(page: int) -> None:
    """Reads a page that was published, and stores what it cites."""
    found = Page.objects.filter(pk=page).first()
    if found is None:  # Deleted since.
        return
    model = found.specific_class
    pages = extractor_of(model).prepare(model.objects.filter(pk=page))
    services.record_citations(pages=list(pages))


@task()
def resolve_documents(numbers: list[tuple[str, str]], documents: list[str]) -> None:
    """Resolves the citations that documents concern: a page was published, renumbered or removed."""
    services.resolve_documents(numbers=numbers, documents=documents)


@task()
def retitle_documents(document_type: int, former_name: str) -> None:
    """Makes the titles anew that were made of the former name of a type."""
    if found := DocumentType.objects.filter(pk=document_type).first():
        services.retitle_documents(document_type=found, former_name=former_name)


@task()
def resolve_below(path: str) -> None:
    """Resolves what a part of the page tree concerns: it has moved, or its readers changed."""
    services.resolve_below(path=path)


@task()
def resolve_all() -> None:
    """Resolves every citation: where a site or a body is has changed."""
    services.resolve_citations(citations=Citation.objects.all())
