"""Writes of citations: extraction, resolution and editors' decisions."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Locale, Page

from ..citations import Reference, citation_key, ordinal_of
from ..models import Citation, CitationDecision, DirectivePage, DocumentType, build_title
from .extraction import extract_references, get_extractor
from .resolution import Resolution, resolve_references

BATCH = 500
FACTS = ["key", "number", "document_type", "date", "year", "issuer", "count", "order"]
OUTCOME = ["status", "directive_id"]


def build_citations(*, pages: Sequence[Page]) -> list[Citation]:
    """
    Return the citations of `pages` as unsaved rows, from their texts and from editors' links.

    Takes pages prepared by their extractor; the number of queries is then constant.
    """
    asked = [
        (page, order, reference)
        for page in pages
        for order, reference in enumerate(extract_references(page, use_cache=False))
    ]
    resolutions = resolve_references((page, reference) for page, order, reference in asked)
    found = [
        _text_row(page, order, reference, resolution)
        for (page, order, reference), resolution in zip(asked, resolutions, strict=True)
    ]
    return found + list(_manual_rows(pages))


def record_citations(*, pages: Sequence[Page]) -> Counter[str]:
    """
    Store the citations of published pages; return the number of citations by status.

    Rows of citations that no longer occur are deleted. Idempotent: unchanged rows are not written.
    """
    rows = build_citations(pages=[page for page in pages if page.live and not page.alias_of_id])
    with transaction.atomic():
        stored = {
            (row.source_id, row.origin, row.identity): row
            for row in Citation.objects.filter(source__in=[page.pk for page in pages])
        }
        changed = []
        for row in rows:
            before = stored.pop((row.source_id, row.origin, row.identity), None)
            if before is None or _facts(before) != _facts(row):
                changed.append(row)
        if stored:
            Citation.objects.filter(pk__in=[row.pk for row in stored.values()]).delete()
        if changed:
            Citation.objects.bulk_create(
                changed,
                update_conflicts=True,
                unique_fields=["source", "origin", "identity"],
                update_fields=[*FACTS, "status", "directive"],
            )
    return Counter(row.status for row in rows)


def delete_citations(*, source: Page) -> None:
    """Delete the citations of an unpublished page; editors' decisions are kept."""
    Citation.objects.filter(source=source).delete()


def resolve_citations(*, citations: QuerySet) -> int:
    """
    Resolve stored citations again, in batches; return how many changed.

    Neither the citing pages nor their revisions are modified.
    """
    changed, last = 0, 0
    citations = citations.filter(origin=Citation.Origin.TEXT).select_related("source")
    while batch := list(citations.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        resolutions = resolve_references((row.source, row.reference) for row in batch)
        moved = []
        for row, resolution in zip(batch, resolutions, strict=True):
            before = row.status, row.directive_id
            row.status, row.directive = resolution.status, resolution.directive
            if before != (row.status, row.directive_id):
                moved.append(row)
        Citation.objects.bulk_update(moved, ["status", "directive"])
        changed += len(moved)
    return changed


def resolve_documents(*, numbers: Sequence[tuple[str, str]], documents: Iterable = ()) -> int:
    """
    Resolve every citation that concerns some documents; return how many changed.

    `numbers` are pairs of number key and type code, cited in full or in short form; `documents` are
    translation keys of pages that citations are linked to, or that editors decided on.
    """
    documents = set(documents)
    cited = Citation.objects.filter(directive__translation_key__in=documents)
    _update_manual_rows(cited)
    changed = resolve_citations(citations=cited)
    decisions = CitationDecision.objects.filter(directive__translation_key__in=documents)
    # Told apart by their sources first, which have an index; a condition on both kinds has none.
    decided = Citation.objects.filter(
        Exists(decisions.filter(source=OuterRef("source"), identity=OuterRef("identity"))),
        source__in=decisions.values("source"),
    )
    changed += resolve_citations(citations=decided)
    for start in range(0, len(numbers), BATCH // 5):
        part = numbers[start : start + BATCH // 5]
        wanted = Q(key__in={key for key, kind in part})
        for short in {citation_key(ordinal_of(key), kind) for key, kind in part}:
            wanted |= Q(key=short) | Q(key__startswith=f"{short}/")
        changed += resolve_citations(citations=Citation.objects.filter(wanted))
    return changed


def retitle_documents(*, document_type: DocumentType, former_name: str) -> int:
    """
    Regenerate titles that contain a type's former name; return the number of pages changed.

    Slugs stay, so that existing links keep working.
    """
    former, changed = DocumentType(name=former_name, locale=document_type.locale), 0
    pages = DirectivePage.objects.filter(document_type=document_type)
    for page in pages.select_related("latest_revision"):
        made = build_title(former, page.document_number)
        if page.title == made:
            page.title = page.default_title
            changed += 1
        revision = page.latest_revision
        content = revision.content if revision else {"document_number": page.document_number}
        if page.draft_title == build_title(former, content["document_number"]):
            page.draft_title = build_title(document_type, content["document_number"])
            if revision:
                revision.content |= {"title": page.draft_title}
                type(revision).objects.filter(pk=revision.pk).update(content=revision.content)
        page.save(clean=False, update_fields=["title", "draft_title"])
    return changed


def resolve_subtree(*, path: str) -> int:
    """
    Resolve citations in and of a page tree that was moved or restricted; return how many changed.
    """
    numbers, documents = [], set()
    directives = DirectivePage.objects.filter(path__startswith=path)
    for key, kind, document in directives.values_list(
        "number_key", "document_type__code", "translation_key"
    ):
        numbers.append((key, kind))
        documents.add(document)
    changed = resolve_citations(citations=Citation.objects.filter(source__path__startswith=path))
    return changed + resolve_documents(numbers=numbers, documents=documents)


@transaction.atomic
def decide_citation(
    *, source: Page, reference: Reference, directive: DirectivePage | None
) -> CitationDecision:
    """
    Store an editor's decision: the citation means `directive`, or None for no link.

    It applies at once, and survives re-extraction.
    """
    decision, _ = CitationDecision.objects.update_or_create(
        source=source, identity=reference.identity, defaults={"directive": directive}
    )
    _resolve_one(source, reference)
    return decision


@transaction.atomic
def withdraw_decision(*, source: Page, reference: Reference) -> None:
    """Delete an editor's decision, so that the rules apply again."""
    CitationDecision.objects.filter(source=source, identity=reference.identity).delete()
    _resolve_one(source, reference)


def _resolve_one(source, reference):
    resolve_citations(citations=Citation.objects.filter(source=source, identity=reference.identity))


def _facts(row):
    return [getattr(row, name) for name in (*FACTS, *OUTCOME)]


def _text_row(page: Page, order: int, reference: Reference, resolution: Resolution) -> Citation:
    return Citation(
        source_id=page.pk,
        origin=Citation.Origin.TEXT,
        identity=reference.identity,
        key=_truncate(reference.key, "key"),
        number=_truncate(reference.number, "number"),
        document_type=reference.document_type or "",
        date=reference.date,
        year=reference.year,
        issuer=_truncate(reference.issuer, "issuer"),
        count=reference.count,
        order=order,
        status=resolution.status,
        directive=resolution.directive,
    )


def _manual_rows(pages):
    """Yield rows for documents that editors linked, each with its page in the default language."""
    linked = {}
    for page in pages:
        if extractor := get_extractor(type(page)):
            linked[page.pk] = list(dict.fromkeys(extractor.directives(page)))
    wanted = {pk for chosen in linked.values() for pk in chosen}
    if not wanted:
        return
    keys = DirectivePage.objects.filter(pk__in=wanted).values("translation_key")
    translations = DirectivePage.objects.filter(translation_key__in=keys).defer("body")
    translations = translations.select_related("document_type", "issuing_body").order_by("pk")
    default = Locale.get_default().pk
    originals, key_of = {}, {}
    for page in translations:
        key_of[page.pk] = page.translation_key
        if page.translation_key not in originals or page.locale_id == default:
            originals[page.translation_key] = page
    for source, chosen in linked.items():
        found = dict.fromkeys(key_of[pk] for pk in chosen if pk in key_of)
        for order, key in enumerate(found):
            yield _manual_row(source, order, originals[key])


def _manual_row(source: int, order: int, directive: DirectivePage) -> Citation:
    return Citation(
        source_id=source,
        origin=Citation.Origin.HAND,
        identity=directive.translation_key.hex,
        key=directive.number_key,
        number=directive.document_number,
        document_type=directive.document_type.code,
        date=directive.issued_on,
        year=directive.issued_on.year,
        issuer=directive.issuing_body.name,
        count=1,
        order=order,
        status=Citation.Status.LINKED,
        directive=directive,
    )


def _update_manual_rows(citations: QuerySet) -> None:
    """Update number, type, date and body in rows of documents that editors linked."""
    rows = citations.filter(origin=Citation.Origin.HAND)
    rows = list(rows.select_related("directive__document_type", "directive__issuing_body"))
    changed = []
    for row in rows:
        now = _manual_row(row.source_id, row.order, row.directive)
        if _facts(row) != _facts(now):
            now.pk = row.pk
            changed.append(now)
    Citation.objects.bulk_update(changed, FACTS, batch_size=BATCH)


def _truncate(text: str, name: str) -> str:
    return text[: Citation._meta.get_field(name).max_length]
