"""Admin views of categories, and the chooser of articles."""

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, LocaleColumn
from wagtail.models import Page
from wagtail.snippets.views.snippets import SnippetViewSet

from headless.content.admin.page_choosers import PageChooserViewSet, page_status

from .models import ArticlePage, Category


class CategoryViewSet(SnippetViewSet):
    """List, create and edit categories of articles in the admin."""

    model = Category
    icon = "folder-inverse"
    menu_label = gettext_lazy("Categories")
    menu_order = 300
    add_to_admin_menu = False
    list_display = ["name", LocaleColumn(label=gettext_lazy("Language")), "slug", "order"]
    ordering = ["order", "name"]


def publication_day(article: ArticlePage) -> str:
    """Return the day an article was published, empty for one that never was."""
    moment = article.published_at
    return f"{timezone.localtime(moment):%d/%m/%Y}" if moment else ""


class ArticleChooserViewSet(PageChooserViewSet):
    """Choose an article by words of its text."""

    model = ArticlePage
    icon = "doc-full-inverse"
    page_title = gettext_lazy("Choose an article")
    choose_one_text = gettext_lazy("Choose an article")
    choose_another_text = gettext_lazy("Choose another article")
    edit_item_text = gettext_lazy("Edit this article")
    # Articles that were never published have no date, and are the newest.
    ordering = [F("published_at").desc(nulls_first=True), "-pk"]
    columns = [
        Column("section", label=gettext_lazy("Section"), accessor="_parent_page.title"),
        Column(
            "published_at",
            label=gettext_lazy("Published on"),
            accessor=publication_day,
        ),
        Column("category", label=gettext_lazy("Category")),
        Column("status", label=gettext_lazy("Status"), accessor=page_status),
    ]

    def rows(self, keys):
        """Return the articles with their sections, which take one query more."""
        articles = super().rows(keys)
        Page.objects.annotate_parent_page(articles)
        return articles

    def for_rows(self, pages):
        return super().for_rows(pages.select_related("category").defer("body"))


article_chooser = ArticleChooserViewSet("choose_article", url_prefix="choose-article")
