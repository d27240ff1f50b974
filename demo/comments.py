"""Load what invented readers say of the demo's articles."""

import uuid
from datetime import timedelta

from django.utils import timezone

from articles.models import ArticlePage
from feedback.models import Comment, CommentSettings
from feedback.services import decide, save_comment


def load_comments(articles: dict[str, ArticlePage], rows: list[dict], namespace: uuid.UUID) -> None:
    """Create comments, some with stars, on articles (by key); skip articles that have comments."""
    for row in rows:
        article = articles[row["article"]]
        if Comment.objects.of_page(article).exists():
            continue
        thread = None
        for number, each in enumerate(row["comments"]):
            comment = _post(
                article, each, thread, uuid.uuid5(namespace, f"{article.slug}:{number}")
            )
            thread = thread if each.get("reply") else comment


def _post(article, row, thread, visitor):
    comment = save_comment(
        page=article,
        policy=CommentSettings(),
        visitor=visitor,
        network="",
        verified=True,
        name=row["name"],
        email="",
        body=row["body"],
        stars=row.get("stars"),
        parent=thread if row.get("reply") else None,
    )
    decide(decisions={comment.pk: row["status"]}, moderator=None)
    written = article.published_at + timedelta(days=row["days"], minutes=17 * (comment.pk % 50))
    # Nothing is written in the future, though an article of the demo may be of today.
    written = min(written, timezone.now() - timedelta(minutes=5))
    Comment.objects.filter(pk=comment.pk).update(created_at=written)
    comment.refresh_from_db()
    return comment
