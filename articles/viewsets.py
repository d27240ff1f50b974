"""Admin views of the app's snippets."""

from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import LocaleColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Category


class CategoryViewSet(SnippetViewSet):
    """List, create and edit categories of articles in the admin."""

    model = Category
    icon = "folder-inverse"
    menu_label = gettext_lazy("Categories")
    menu_order = 300
    add_to_admin_menu = False
    list_display = ["name", LocaleColumn(label=gettext_lazy("Language")), "slug", "order"]
    ordering = ["order", "name"]
