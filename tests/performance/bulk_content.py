"""
Insert a portal with any number of articles and documents by bulk SQL, search index included.

The rows are those that Wagtail would store: a template of each type is made as a page, and its
values are repeated with other titles, texts and dates. 100,000 articles take about a minute.
"""

import json
import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from directives.models import Citation, DirectiveRelation
from headless.content.texts.slugs import readable_slug
from headless.upstream.search_folding import fold_words
from tests.factories import (
    Portal,
    document_type,
    issuing_body,
    make_article,
    make_category,
    make_directive,
    make_english,
    make_portal,
)

SYLLABLES = (
    "an ba bảo biên bình bộ bước cảng cấp chính chợ công cơ cử đạo đất điện định đoàn đô đường "
    "gia giá giáo gió hà hải hàng hành hạ học hội hồ huyện khai khu kinh kỳ làng lễ liên lý mùa "
    "năm ngân nghị nhà nhân nông nước phát phòng phố phường quân quản quy quyết sản sinh sông sở "
    "tài tân tế thành thi thôn thông thu thủ tỉnh tổ tra trường tuyển tư vận văn vệ viên vụ xã xây"
)
SENTENCE = "Con đường bộ qua phường được nâng cấp, người dân đi lại an toàn hơn mỗi ngày."
BATCH = 5_000


@dataclass
class BulkPortal:
    """The portal that was filled, in Vietnamese, and in English if it was asked for."""

    vi: Portal
    en: Portal | None
    articles: int
    documents: int


def fill(
    articles: int, documents: int | None = None, *, english: bool = False, seed: int = 1
) -> BulkPortal:
    """
    Make a portal with this many articles and documents (a fifth of them by default).

    With `english`, half of each are translations of the other half. All texts have `SENTENCE`, so
    «duong bo» matches all, and a word `hiem<number>` that no other has. A tenth of the articles
    cites a document, and every fiftieth document repeals the one before it.
    """
    documents = articles // 5 if documents is None else documents
    portal = make_portal()
    sections = [portal]
    if english:
        sections.append(make_english(portal))
    chance = random.Random(seed)  # noqa: S311
    with transaction.atomic():
        share = len(sections)
        # Made before the rows, whose ids follow theirs.
        of_articles = [_prepare_articles(each, articles // share, chance) for each in sections]
        of_articles = _insert_in_turns(of_articles)
        of_documents = [_prepare_documents(each, documents // share, chance) for each in sections]
        of_documents = _insert_in_turns(of_documents)
        for each, citing, cited in zip(sections, of_articles, of_documents, strict=True):
            _insert_citations(citing, cited)
            _insert_relations(cited, each)
    for page in Page.objects.filter(pk__in=[s.pk for p in sections for s in (p.news, p.register)]):
        Page.objects.filter(pk=page.pk).update(numchild=page.get_descendant_count())
    analyse()
    return BulkPortal(portal, sections[1] if english else None, articles, documents)


def _insert_in_turns(prepared):
    """Insert what was prepared of each language, whose ids take turns."""
    ids = [_Ids(place, len(prepared)) for place in range(len(prepared))]
    return [_insert_pages(*each, its) for each, its in zip(prepared, ids, strict=True)]


class _Ids:
    """Ids of pages and of index entries: languages take turns, as their pages are published."""

    GAP = 1_000  # for what is made one by one meanwhile

    def __init__(self, place: int, step: int):
        self.page = _highest(Page) + self.GAP + place
        self.entry = _highest(IndexEntry) + self.GAP + place
        self.step = step


def analyse() -> None:
    """Let the database collect statistics, as an operator or autovacuum does."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _prepare_articles(portal, count, chance):
    language = portal.home.locale.language_code
    categories = [
        make_category(f"Chuyên mục {number} {language}", locale=portal.home.locale)
        for number in range(5)
    ]
    template = make_article(portal.news, title="Mẫu", slug="mau", category=categories[0])
    template.refresh_from_db()
    newest = timezone.now() - timedelta(days=1)

    def rows():
        for number in range(count):
            text = _text(chance)
            moment = newest - timedelta(minutes=37 * (count - number))
            yield {
                "title": f"Bài {number} {text[:40]}",
                "slug": f"bai-{number}",
                "summary": f"Tóm tắt hiem{number}. {text[40:140]}",
                "body": json.dumps(
                    [{"type": "paragraph", "value": f"<p>{text}</p>", "id": str(uuid4())}]
                ),
                "published_at": moment,
                "first_published_at": moment,
                "last_published_at": moment,
                "category_id": categories[number % 5].pk,
                "_text": text,
            }

    return template, portal.news, rows()


def _prepare_documents(portal, count, chance):
    locale = portal.home.locale
    types = [document_type(code, locale=locale) for code in ("ke-hoach", "quyet-dinh", "thong-bao")]
    bodies = [issuing_body(locale=locale), issuing_body("ubnd-tinh", locale=locale, name="Tỉnh")]
    template = make_directive(
        portal.register, document_number="0/KH-UBND", document_type=types[0], issuing_body=bodies[0]
    )
    template.refresh_from_db()
    today = timezone.localdate()

    def rows():
        for number in range(count):
            text = _text(chance)
            kind = types[number % 3]
            written = f"{number + 1}/{('KH', 'QĐ', 'TB')[number % 3]}-UBND"
            yield {
                "title": f"{kind.name} số {written}",
                "slug": f"van-ban-{readable_slug(written)}-{number}",
                "document_number": written,
                "number_key": written.upper(),
                "document_type_id": kind.pk,
                "issuing_body_id": bodies[number % 2].pk,
                "subject": f"Về việc {text[:100]} {SENTENCE}",
                "issued_on": today - timedelta(days=(count - number) * 7300 // count),
                "_text": f"{written} {written.replace('/', ' ').replace('-', ' ')}",
            }

    return template, portal.register, rows()


def _text(chance):
    words = chance.choices(SYLLABLES.split(), cum_weights=WEIGHTS, k=90)
    return f"{' '.join(words)}. {SENTENCE}"


# As in any language, the first words are the most common ones.
WEIGHTS = list(accumulate(1 / (place + 1) for place in range(len(SYLLABLES.split()))))


def _insert_pages(template, parent, rows, ids) -> list[tuple[int, object]]:
    """Insert pages like `template` below `parent`; return their ids and translation keys."""
    own = type(template)
    values = {
        field.column: getattr(template, field.attname)
        for model in (Page, own)
        for field in model._meta.local_concrete_fields
    }
    kind = ContentType.objects.get_for_model(own).pk
    made, batch = [], []

    def store():
        _insert(Page, batch)
        _insert(own, batch)
        _insert_entries(kind, batch)
        batch.clear()

    for number, row in enumerate(rows):
        key = uuid4()
        row = values | row
        row |= {
            "id": ids.page + number * ids.step,
            "page_ptr_id": ids.page + number * ids.step,
            "translation_key": key,
            "draft_title": row["title"],
            "depth": parent.depth + 1,
            "path": Page._get_path(parent.path, parent.depth + 1, number + 2),
            "url_path": f"{parent.url_path}{row['slug']}/",
            "latest_revision_id": None,
            "live_revision_id": None,
            "_entry": ids.entry + number * ids.step,
        }
        made.append((row["id"], key))
        batch.append(row)
        if len(batch) == BATCH:
            store()
    store()
    _reset_sequences()
    return made


def _insert_entries(kind, rows):
    """Insert what the search backends store for pages."""
    entries = []
    for row in rows:
        texts = row["summary"] if "summary" in row else row["subject"]
        entries.append(
            {
                "id": row["_entry"],
                "content_type_id": kind,
                "object_id": str(row["id"]),
                "title_norm": 1.0,
                "title": fold_words(row["title"]),
                "body": fold_words(f"{texts} {row['_text']}"),
                "autocomplete": fold_words(f"{row['title']} {row.get('subject', '')}"),
            }
        )
    if connection.vendor == "sqlite":
        _insert(IndexEntry, entries)
        return
    columns = ["id", "content_type_id", "object_id", "title_norm", "title", "body", "autocomplete"]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {IndexEntry._meta.db_table} ({', '.join(columns)}, title_text, body_text)"  # noqa: S608
            " VALUES (%s, %s, %s, %s, setweight(to_tsvector(%s), 'D'), to_tsvector(%s),"
            " to_tsvector('simple', %s), %s, %s)",
            [(*(each[name] for name in columns), each["title"], each["body"]) for each in entries],
        )


def _insert_citations(articles, documents):
    if not documents:
        return
    template = {
        "origin": "text",
        "key": "1/KH-UBND",
        "number": "1/KH-UBND",
        "document_type": "ke-hoach",
        "issuer": "",
        "count": 1,
        "order": 0,
        "status": "linked",
        "date": None,
        "year": None,
    }
    rows = [
        {
            **template,
            "source_id": article,
            "identity": f"{number:032}",
            "directive_id": documents[number % len(documents)][0],
        }
        for number, (article, _key) in enumerate(articles[::10])
    ]
    _insert(Citation, rows)


def _insert_relations(documents, portal):
    rows = [
        {
            "page_id": documents[number][0],
            "target_id": documents[number - 1][0],
            "kind": "repeals",
            "partly": False,
            "sort_order": 0,
            "locale_id": portal.home.locale_id,
            "translation_key": uuid4(),
        }
        for number in range(1, len(documents), 50)
    ]
    _insert(DirectiveRelation, rows)


def _highest(model):
    return model._default_manager.aggregate(highest=models.Max("pk"))["highest"] or 0


def _insert(model, rows):
    """Insert rows by column, all of which have those of the first one that the model has."""
    if not rows:
        return
    fields = [f for f in model._meta.local_concrete_fields if f.column in rows[0]]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    values = [[_prepared(field, row[field.column]) for field in fields] for row in rows]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(fields))
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", values)  # noqa: S608


def _prepared(field, value):
    if isinstance(value, datetime | date) or value is None or isinstance(value, str | int | float):
        if connection.vendor == "postgresql":
            return value
        return field.get_db_prep_save(value, connection) if isinstance(value, datetime) else value
    if connection.vendor == "sqlite":
        return field.get_db_prep_save(value, connection)
    return json.dumps(value) if isinstance(value, dict | list) else value


def _reset_sequences():
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in (Page, IndexEntry):
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608
            )
