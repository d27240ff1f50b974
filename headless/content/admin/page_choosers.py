"""Choosers of the admin for pages of one type: what they list, find and show as chosen."""

from collections.abc import Callable, Sequence

from django import forms
from django.core.paginator import InvalidPage
from django.db.models import Case, Q, QuerySet, When
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import chooser as views
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import BaseChooser
from wagtail.coreutils import resolve_model_string
from wagtail.models import Locale, Page, PageQuerySet, Site

from ..links.page_urls import cache_site_roots
from ..search import filter_by_search
from ..sites import home_pages_of
from .viewers import Viewer, row_id

# What Wagtail's dialog of a rich text's links asks for, in the order in which it shows its kinds.
LINK_PARAMETERS = [
    "page_type",
    "link_text",
    "allow_external_link",
    "allow_email_link",
    "allow_phone_link",
    "allow_anchor_link",
]


class PageFilterForm(BaseFilterForm):
    """Filter a chooser's list by words and, in an installation of several languages, by language."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200, widget=forms.TextInput)
    locale = forms.ChoiceField(
        label=_("Language"),
        required=False,
        widget=forms.Select(attrs={"data-chooser-modal-search-filter": True}),
    )

    def __init__(self, *args, chooser: "PageChooserViewSet", **kwargs):
        super().__init__(*args, **kwargs)
        self.chooser = chooser
        languages = [(each.language_code, each.get_display_name()) for each in Locale.objects.all()]
        self.fields["locale"].choices = [("", _("All languages")), *languages]
        self.fields["q"].widget.attrs["placeholder"] = chooser.search_placeholder
        if len(languages) < 2:
            del self.fields["locale"]

    def filter(self, objects):
        if code := self.cleaned_data.get("locale"):
            objects = objects.filter(locale__language_code=code)
        if words := self.cleaned_data["q"].strip():
            objects = self.chooser.find(objects, words)
            self.is_searching, self.search_query = True, words
        return objects


class ChoiceColumn(TitleColumn):
    """The title of a page, which chooses it, or labels its checkbox, with a note in small type."""

    cell_template_name = "civic_headless/admin/page_choice_cell.html"

    def __init__(self, chooser: "PageChooserViewSet", chosen_url: Callable[[Page], str] | None):
        choice = {"get_url": chosen_url, "link_attrs": {"data-chooser-modal-choice": True}}
        super().__init__(
            "title",
            label=chooser.title_label,
            accessor=chooser.title_of,
            **(choice if chosen_url else {"label_prefix": "chooser-modal-select"}),
        )
        self.chooser = chooser

    def get_cell_context_data(self, instance, parent_context):
        """Add `note`."""
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"note": self.chooser.note_of(instance)}


class OfferedPagesMixin:
    """A view on the pages that a chooser offers to the user; a link dialog may have opened it."""

    chooser: "PageChooserViewSet | None" = None

    @property
    def is_link_dialog(self) -> bool:
        """Return whether a link of a rich text is chosen, not the value of a field."""
        return "allow_external_link" in self.request.GET

    def get_object_list(self) -> PageQuerySet:
        """Return the pages that the user may choose from."""
        return self.chooser.offered(self.request.user)


class PageListMixin(OfferedPagesMixin):
    """A paginated list of offered pages: those of the user's own site first, then by the chooser."""

    template_name = "civic_headless/admin/page_chooser.html"
    results_template_name = "civic_headless/admin/page_chooser_results.html"

    def get_filter_form(self):
        return PageFilterForm(self.request.GET, chooser=self.chooser)

    def get_results_page(self, request):
        """
        Return the page of results that `?p=` names; raise `Http404` if there is none.

        Sorts primary keys only, and reads the rows of one page of results by them.
        """
        offered = self.filter_object_list(self.get_object_list())
        words = self.filter_form.search_query
        ordered = offered.order_by(
            *self._own_first(),
            *(self.chooser.best_first(words) if words else ()),
            *self.chooser.ordering,
        )
        keys = ordered.values_list("pk", flat=True)
        self.paginator = self.paginator_class(keys, per_page=self.per_page)
        try:
            results = self.paginator.page(request.GET.get("p", 1))
        except InvalidPage as error:
            raise Http404 from error
        results.object_list = self.chooser.rows(list(results.object_list))
        return results

    def _own_first(self) -> list:
        if len({root.site_id for root in Site.get_site_root_paths()}) < 2:
            return []
        own = own_pages(self.request)
        return [Case(When(own, then=0), default=1)]

    @property
    def columns(self) -> list[Column]:
        """Return the column that chooses, the chooser's, and the site's name if there are several."""
        columns = [self.title_column, *self.chooser.columns]
        names = dict(Site.objects.values_list("pk", "site_name"))
        if len(names) > 1:
            columns.append(
                Column("site", label=_("Site"), accessor=lambda page: names.get(_site_id(page)))
            )
        return columns

    @property
    def title_column(self) -> "ChoiceColumn":
        return ChoiceColumn(
            chooser=self.chooser,
            chosen_url=None if self.is_multiple_choice else self._chosen_url,
        )

    def _chosen_url(self, page):
        address = reverse(self.chosen_url_name, args=[page.pk])
        return self.append_preserved_url_parameters(address)

    def can_create(self) -> bool:
        return False

    def get_context_data(self, **kwargs):
        """Add `link_chooser`, the name of this chooser among those of the link dialog, if it is one."""
        context = super().get_context_data(**kwargs)
        if self.is_link_dialog:
            context["link_chooser"] = self.chooser.get_url_name("choose")
            context |= {name: self.request.GET.get(name) for name in LINK_PARAMETERS}
            context["parent_page_id"] = None
        return context


class ChoosePageView(PageListMixin, views.ChooseView):
    """The dialog of a page chooser."""


class ChoosePageResultsView(PageListMixin, views.ChooseResultsView):
    """The list of a page chooser, as it is searched and paginated."""


class ChosenPageMixin(OfferedPagesMixin):
    """The response that names chosen pages; those that are not offered are not there."""

    def get_object(self, pk):
        return self.get_object_list().get(pk=row_id(pk))

    def get_objects(self, pks):
        return self.get_object_list().filter(pk__in={*map(row_id, pks)} - {None})

    def get_display_title(self, instance):
        return instance.get_admin_display_title()

    def get_chosen_response(self, item):
        """Answer a link dialog as Wagtail's own does, so that a common page link is stored."""
        if not self.is_link_dialog:
            return super().get_chosen_response(item)
        self.chosen_response_name = "page_chosen"
        link = {
            "id": item.pk,
            "parentId": item.get_parent().pk,
            "adminTitle": self.get_display_title(item),
            "editUrl": reverse("wagtailadmin_pages:edit", args=[item.pk]),
            "url": item.url,
        }
        return self._wrap_chosen_response_data(link)


class ChosenPageView(ChosenPageMixin, views.ChosenView):
    """The response that names one chosen page."""


class ChosenPagesView(ChosenPageMixin, views.ChosenMultipleView):
    """The response that names several chosen pages."""


class PageWidget(BaseChooser):
    """A form's field for one page, which a `PageChooserViewSet` lets choose."""

    def get_display_title(self, instance):
        return instance.get_admin_display_title()


class PageChooserViewSet(ChooserViewSet):
    """
    A chooser of pages of one type for forms, blocks and the links of rich texts.

    It offers what Wagtail's page chooser would offer to the user, those of the user's own site
    first, and needs a constant number of queries for a list. Return an instance from the hook
    `register_admin_viewset`; it then serves every foreign key to `model` and its subclasses.
    `headless.extending.register_link_chooser` shows it in the link dialog of rich texts.
    """

    #: The order of the list, of database fields.
    ordering: Sequence[str] = ["-first_published_at", "-pk"]
    #: The columns behind that of `title_of`.
    columns: Sequence[Column] = []
    title_label = _("Title")
    search_placeholder = _("Words, with or without diacritics")

    preserve_url_parameters = ["multiple", *LINK_PARAMETERS]
    choose_view_class = ChoosePageView
    choose_results_view_class = ChoosePageResultsView
    chosen_view_class = ChosenPageView
    chosen_multiple_view_class = ChosenPagesView
    base_widget_class = PageWidget

    def offered(self, user) -> PageQuerySet:
        """Return the pages that `user` may choose from, without aliases."""
        return Viewer(user).pages(self.model.objects.filter(alias_of=None))

    def find(self, pages: PageQuerySet, words: str) -> PageQuerySet:
        """Return those of `pages` that contain all `words`, the last of which may be begun only."""
        return filter_by_search(pages, words, as_typed=True)

    def best_first(self, words: str) -> list:
        """Return expressions that order what is found by `words`, before `ordering`."""
        return []

    def rows(self, keys: list[int]) -> list[Page]:
        """Return the pages with these primary keys in their order, as the columns need them."""
        pages = self.for_rows(self.model.objects.all()).in_bulk(keys)
        return cache_site_roots([pages[key] for key in keys if key in pages])

    def for_rows(self, pages: PageQuerySet) -> QuerySet:
        """Return `pages` with all that the columns show, in a constant number of queries."""
        return (
            pages.select_related("locale").annotate_approved_schedule().prefetch_workflow_states()
        )

    def title_of(self, page: Page) -> str:
        """Return what the first column shows, a link that chooses the page."""
        return page.get_admin_display_title()

    def note_of(self, page: Page) -> str:
        """Return what stands in small type below the title."""
        return ""

    @cached_property
    def widget_class(self) -> type[PageWidget]:
        """Return the class of the widget; wagtail-localize asks it for `target_models`."""
        widget = super().widget_class
        widget.target_models = [resolve_model_string(self.model)]
        return widget

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(chooser=self, **kwargs)

    def get_urlpatterns(self):
        """Return Wagtail's, without that which creates an object: a page needs a parent."""
        return [each for each in super().get_urlpatterns() if each.name != "create"]


def page_status(page: Page) -> str:
    """Return whether a page is published, scheduled or a draft, beginning with a capital letter."""
    return capfirst(page.status_string)


def _site_id(page: Page) -> int | None:
    parts = page.get_url_parts()
    return parts[0] if parts else None


def own_pages(request: HttpRequest) -> Q:
    """
    Return the condition for pages of the user's own site.

    These are the pages that a confined user has permissions on, and for others those of the site
    that the admin is visited at.
    """
    viewer = Viewer(request.user)
    if viewer.is_confined:
        return viewer.is_own()
    site = Site.find_for_request(request)
    own = Q(pk__in=())
    for home in home_pages_of(site) if site else ():
        own |= Q(path__startswith=home.path)
    return own
