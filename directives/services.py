from collections import Counter
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from headless.content.page_tree import root_path

from .citations import Reference, citation_key, ordinal_of
from .extraction import extractor_of, references_of
from .models import Citation, CitationDecision, DirectivePage, DocumentType, title_of
from .resolution import Resolution, resolve

BATCH = 500
FACTS = ["key", "number", "document_type", "date", "year", "issuer", "count", "order"]
OUTCOME = ["status", "directive_id"]


def check_move(page: Page, destination: Page) -> None:
    """
    Raise `ValidationError` if `page`, or a page below it, would be a document's second page.

    That is on the site of `destination`, in its language, where `page` is to be moved.
    """
    root = root_path(destination)
    if root == root_path(page):
        return
    for moved in DirectivePage.objects.descendant_of(page, inclusive=True).filter(alias_of=None):
        if twin := moved.find_twin(root):
            message = _("“%(title)s” cannot be moved there: the document has the page “%(twin)s”.")
            raise ValidationError(message % {"title": moved.title, "twin": twin.title})


def read_citations(*, pages: Sequence[Page]) -> list[Citation]:
    """
    What `pages` cite, by their texts and by hand, as rows that are not stored.

    A constant number of queries, if the pages come as their extractor prepared them.
    """
    asked = [
        (page, order, reference)
        for page in pages
        for order, reference in enumerate(references_of(page, remember=False))
    ]
    resolutions = resolve((page, reference) for page, order, reference in asked)
    found = [
        _row_of_text(page, order, reference, resolution)
        for (page, order, reference), resolution in zip(asked, resolutions, strict=True)
    ]
    return found + list(_rows_by_hand(pages))


def record_citations(*, pages: Sequence[Page]) -> Counter[str]:
    """
    Stores what published pages cite; says how many citations have which status.

    What was stored before and is cited no more goes. Does nothing twice.
    """
    rows = read_citations(pages=[page for page in pages if page.live and not page.alias_of_id])
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


def forget_citations(*, source: Page) -> None:
    """Removes what a page cited: it is no longer published. What editors decided stays."""
    Citation.objects.filter(source=source).delete()


def resolve_citations(*, citations: QuerySet) -> int:
    """
    Resolves stored citations again, in batches; says how many led elsewhere before.

    The citing pages and their revisions are not touched.
    """
    changed, last = 0, 0
    citations = citations.filter(origin=Citation.Origin.TEXT).select_related("source")
    while batch := list(citations.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        resolutions = resolve((row.source, row.reference) for row in batch)
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
    Resolves what some documents concern: every citation of their numbers, in full or in short,
    and whatever led to their pages.

    `numbers` are pairs of key and type, `documents` translation keys of pages.
    """
    cited = Citation.objects.filter(directive__translation_key__in=set(documents))
    _correct_links_by_hand(cited)
    changed = resolve_citations(citations=cited)
    for start in range(0, len(numbers), BATCH // 5):
        part = numbers[start : start + BATCH // 5]
        wanted = Q(key__in={key for key, kind in part})
        for short in {citation_key(ordinal_of(key), kind) for key, kind in part}:
            wanted |= Q(key=short) | Q(key__startswith=f"{short}/")
        changed += resolve_citations(citations=Citation.objects.filter(wanted))
    return changed


def retitle_documents(*, document_type: DocumentType, former_name: str) -> int:
    """
    Make the titles anew that were made of a type's former name; say how many of published pages.

    Their addresses stay: what readers kept of them is right as it was.
    """
    former, changed = DocumentType(name=former_name, locale=document_type.locale), 0
    pages = DirectivePage.objects.filter(document_type=document_type)
    for page in pages.select_related("latest_revision"):
        made = title_of(former, page.document_number)
        if page.title == made:
            page.title = page.default_title
            changed += 1
        revision = page.latest_revision
        content = revision.content if revision else {"document_number": page.document_number}
        if page.draft_title == title_of(former, content["document_number"]):
            page.draft_title = title_of(document_type, content["document_number"])
            if revision:
                revision.content |= {"title": page.draft_title}
                type(revision).objects.filter(pk=revision.pk).update(content=revision.content)
        page.save(clean=False, update_fields=["title", "draft_title"])
    return changed


def resolve_below(*, path: str) -> int:
    """Resolves what a part of the page tree concerns: it has moved, or who may read it changed."""
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
    Keeps an editor's word: the citation means `directive`, or with None is not to be linked.

    It holds over every new reading of the page, and at once.
    """
    decision, _ = CitationDecision.objects.update_or_create(
        source=source, identity=reference.identity, defaults={"directive": directive}
    )
    _resolve_one(source, reference)
    return decision


@transaction.atomic
def withdraw_decision(*, source: Page, reference: Reference) -> None:
    """Lets the rules decide about a citation again."""
    CitationDecision.objects.filter(source=source, identity=reference.identity).delete()
    _resolve_one(source, reference)


def _resolve_one(source, reference):
    resolve_citations(citations=Citation.objects.filter(source=source, identity=reference.identity))


def _facts(row):
    return [getattr(row, name) for name in (*FACTS, *OUTCOME)]


def _row_of_text(page: Page, order: int, reference: Reference, resolution: Resolution) -> Citation:
    return Citation(
        source_id=page.pk,
        origin=Citation.Origin.TEXT,
        identity=reference.identity,
        key=_cut(reference.key, "key"),
        number=_cut(reference.number, "number"),
        document_type=reference.document_type or "",
        date=reference.date,
        year=reference.year,
        issuer=_cut(reference.issuer, "issuer"),
        count=reference.count,
        order=order,
        status=resolution.status,
        directive=resolution.directive,
    )


def _rows_by_hand(pages):
    """The documents that editors linked, each by its page in the default language."""
    linked = {}
    for page in pages:
        if extractor := extractor_of(type(page)):
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
            yield _row_by_hand(source, order, originals[key])


def _row_by_hand(source: int, order: int, directive: DirectivePage) -> Citation:
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


def _correct_links_by_hand(citations: QuerySet) -> None:
    """Stores the number, type, date and body that linked documents have now."""
    rows = citations.filter(origin=Citation.Origin.HAND)
    rows = list(rows.select_related("directive__document_type", "directive__issuing_body"))
    changed = []
    for row in rows:
        now = _row_by_hand(row.source_id, row.order, row.directive)
        if _facts(row) != _facts(now):
            now.pk = row.pk
            changed.append(now)
    Citation.objects.bulk_update(changed, FACTS, batch_size=BATCH)


def _cut(text: str, name: str) -> str:
    return text[: Citation._meta.get_field(name).max_length]
