"""Find the pictures of articles that have no alternative text."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, Replace
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from ..models import ArticlePage

# «IMG_0412.JPG», also where the file was renamed since.
FILE_NAME = r"^\S+\.(jpe?g|jfif|png|gif|webp|avif|heic|svg)$"


def without_description(images: QuerySet) -> QuerySet:
    """Return the `images` whose description is empty, or no more than the name of their file."""
    # Spaces are underscores in the storage.
    name = Replace(F("description"), Value(" "), Value("_"))
    return images.filter(
        Q(description="")
        | Q(description__iregex=FILE_NAME)
        | Q(file__icontains=Concat(Value("/"), name, Value(".")))
    )


def undescribed_pictures(articles: Iterable[int]) -> list[int]:
    """
    Return the ids of references from `articles` to pictures that have no alternative text there.

    Such a picture has no description of its own, or only the name of its file, and the cover or
    block that shows it has no text either. Logos beside a name and other fields without a text are
    not concerned. A reference is a row of Wagtail's index, which knows the published page, or the
    first draft. `articles` is a QuerySet of page ids; the number of queries is constant.
    """
    images = without_description(get_image_model().objects.all())
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(get_image_model()),
        to_object_id__in=images.values_list(Cast("pk", CharField())),
        object_id__in=articles.values_list(Cast("pk", CharField())),
    )
    rows = list(references.values_list("pk", "object_id", "content_path"))
    pages = ArticlePage.objects.in_bulk({int(page) for _pk, page, _path in rows})
    bodies = {pk: page.body.get_prep_value() for pk, page in pages.items()}
    return [
        pk
        for pk, page, path in rows
        if int(page) in pages and _lacks_text(pages[int(page)], bodies[int(page)], path)
    ]


def _lacks_text(article, body, path):
    """Return whether the cover, or the block at `path` in the body, is without alternative text."""
    field, *steps = path.split(".")
    if field == "cover":
        return not article.cover_alt
    if field != "body":
        return False
    block = _block_at(body, steps[:-1])
    return isinstance(block, dict) and "alt_text" in block and not block["alt_text"]


def _block_at(value, steps):
    """Return the stored value below `value` at the ids and names `steps`, None if there is none."""
    for step in steps:
        if isinstance(value, list):
            value = next((each["value"] for each in value if each.get("id") == step), None)
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value
