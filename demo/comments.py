"""Load demo comments and ratings."""

import uuid
from datetime import timedelta

from articles.models import ArticlePage
from feedback.models import Comment, CommentSettings
from feedback.services import decide, save_comment, save_rating


def load_comments(articles: dict[str, ArticlePage], rows: list[dict], namespace: uuid.UUID) -> None:
    """Create ratings and comments on articles (by key); skip articles that have comments."""
    for row in rows:
        article = articles[row["article"]]
        if Comment.objects.of_page(article).exists():
            continue
        for stars, count in enumerate(row["stars"], start=1):
            for number in range(count):
                visitor = uuid.uuid5(namespace, f"{row['article']}:{stars}:{number}")
                save_rating(page=article, visitor=visitor, stars=stars)
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
        parent=thread if row.get("reply") else None,
    )
    decide(decisions={comment.pk: row["status"]}, moderator=None)
    written = article.published_at + timedelta(days=row["days"], minutes=17 * (comment.pk % 50))
    Comment.objects.filter(pk=comment.pk).update(created_at=written)
    comment.refresh_from_db()
    return comment
