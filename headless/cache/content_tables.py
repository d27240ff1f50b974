"""Determine which SQL statements change content that readers can see."""

import re
from functools import cache

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    CollectionViewRestriction,
    Comment,
    Locale,
    Page,
    PageViewRestriction,
    Revision,
    Site,
    get_page_models,
)
from wagtail.snippets.models import get_snippet_models

WRITE = re.compile(
    r"\s*(INSERT|REPLACE|UPDATE|DELETE|TRUNCATE)\b"
    r"(?:\s+OR\s+\w+)?(?:\s+INTO|\s+FROM|\s+TABLE)?\s+[\"`]?(\w+)[\"`]?(.*)",
    re.IGNORECASE | re.DOTALL,
)
COLUMNS = re.compile(r"\s*\(([^)]*)\)\s*VALUES", re.IGNORECASE)
ASSIGNED = re.compile(r"[\"`]?(\w+)[\"`]?\s*=")

# The columns of a page that change when a draft of it is saved or added below it.
DRAFT_COLUMNS = {
    "draft_title",
    "has_unpublished_changes",
    "latest_revision_created_at",
    "latest_revision_id",
    "locked",
    "locked_at",
    "locked_by_id",
    "numchild",
}
# Models that pages refer to and that readers do not see.
EXCLUDED_MODELS = (Comment, ContentType, Group, Revision)


@cache
def content_models() -> frozenset[type[models.Model]]:
    """
    Return the models whose rows are visible to readers in some form.

    These are pages, images, documents, settings, snippets, sites, locales, redirects and view
    restrictions; their child models (`ParentalKey`) and tags; and the models these refer to. A
    model that every visit changes opts out with `content_version_ignore = True`, one that no
    content refers to opts in with `content_version_counts = True`.
    """
    unread = (*EXCLUDED_MODELS, get_user_model())
    found: set[type[models.Model]] = set()
    waiting = [
        *get_page_models(),
        *get_snippet_models(),
        *(model for model in apps.get_models() if _is_declared_content(model)),
        get_document_model(),
        get_image_model(),
        CollectionViewRestriction,
        Locale,
        Page,
        PageViewRestriction,
        Site,
    ]
    if apps.is_installed("wagtail.contrib.redirects"):
        waiting.append(apps.get_model("wagtailredirects", "Redirect"))
    while waiting:
        model = waiting.pop()
        ignored = getattr(model, "content_version_ignore", False)
        if model in found or ignored or issubclass(model, unread):
            continue
        found.add(model)
        waiting += _related_models(model)
    return frozenset(found)


def _is_declared_content(model):
    return getattr(model, "content_version_counts", False) or issubclass(
        model, (BaseGenericSetting, BaseSiteSetting)
    )


def _related_models(model):
    for field in model._meta.get_fields(include_hidden=True):
        if isinstance(field, GenericRelation):
            # Revisions, search index and workflows are not published content.
            continue
        if field.auto_created and not field.concrete:
            if isinstance(getattr(field, "field", None), ParentalKey):
                yield field.related_model
        elif field.is_relation and isinstance(field.related_model, type):
            yield field.related_model
            if through := getattr(field.remote_field, "through", None):
                yield through


@cache
def _tables():
    """Return each content table, with whether it is the table of a specific page type."""
    return {
        model._meta.db_table: issubclass(model, Page) and model is not Page
        for model in content_models()
    }


def changes_content(sql: str, params, many: bool = False) -> bool:
    """
    Return whether a SQL statement changes content that readers can see.

    `many` is true for `executemany`, whose parameters are not examined.
    """
    match = WRITE.match(sql)
    if match is None:
        return False
    verb, table, rest = match[1].upper(), match[2], match[3]
    if table not in _tables():
        return False
    if _tables()[table]:
        # The row in wagtailcore_page is inserted with it and says whether the page is a draft.
        return verb != "INSERT"
    if table != Page._meta.db_table:
        return True
    if verb == "INSERT":
        return not (_only_drafts(rest, params) if not many else False)
    if verb == "UPDATE":
        assigned = ASSIGNED.findall(re.split(r"\sWHERE\s", rest, maxsplit=1)[0])
        return not assigned or not DRAFT_COLUMNS.issuperset(assigned)
    return True


def _only_drafts(rest, params):
    """Return whether all rows of an INSERT into the table of pages are drafts."""
    columns = COLUMNS.match(rest)
    if columns is None:
        return False
    names = [name.strip(' "`') for name in columns[1].split(",")]
    params = list(params or ())
    if "live" not in names or len(params) % len(names) or rest.count("%s") != len(params):
        return False
    return not any(params[names.index("live") :: len(names)])
