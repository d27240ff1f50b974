"""
Wagtail 8 tells every user of the admin the titles of all pages of the installation: choosers list
drafts and restricted pages of sites on which they have no rights, bulk actions name whatever is
asked for by its id, the report of page types counts and names pages of all sites, tags are
completed from all, filters list the users of all, and snippets of all are counted. No issue is
reported yet; it would say that these views need the policy by which the explorer lists pages.
"""

import json

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from django_filters.filters import QuerySetRequestMixin
from taggit.models import CommonGenericTaggedItemBase, ItemBase, Tag, TagBase, TaggedItem
from wagtail.admin import filters, navigation, site_summary
from wagtail.admin.models import popular_tags_for_model
from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.admin.views import chooser, home, tags
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.reports import page_types_usage
from wagtail.admin.widgets import BaseChooser
from wagtail.documents import wagtail_hooks as document_hooks
from wagtail.images import wagtail_hooks as image_hooks
from wagtail.images.views import chooser as image_chooser
from wagtail.models import Page
from wagtail.snippets.views.snippets import ModelIndexView

from ..content.admin.viewers import FILES, Viewer, current_viewer


def install() -> None:
    """Hold the views of the admin to what their user may be told of."""
    _name_pages()
    _browse_pages()
    _convert_addresses()
    _show_chosen_files()
    _name_selected()
    _count_page_types()
    _count_pages()
    _count_snippets()
    _name_site()
    _complete_tags()
    _list_popular_tags()
    _list_people()


def _name_pages():
    """Titles in lists, messages, breadcrumbs and choosers."""
    title_of = Page.get_admin_display_title

    def get_admin_display_title(page):
        viewer = current_viewer()
        if viewer is None or viewer.has_rights_on(page):
            return title_of(page)
        # The title of a draft may differ from what readers see.
        return page.title if viewer.may_see(page) else _("(Page that is not public)")

    Page.get_admin_display_title = get_admin_display_title


def _browse_pages():
    """The page that a chooser begins at; what it lists is filtered by a hook."""
    browse = chooser.BrowseView.get

    def get(view, request, parent_page_id=None):
        viewer = Viewer(request.user)
        if (
            parent_page_id is None
            and viewer.is_confined
            and (kinds := request.GET.get("page_type"))
        ):
            try:
                models = chooser.page_models_from_string(kinds)
            except (ValueError, LookupError) as error:
                raise Http404 from error
            pages = viewer.pages(Page.objects.type(*models))
            parent_page_id = pages.first_common_ancestor().pk
        return browse(view, request, parent_page_id)

    chooser.BrowseView.get = get


def _convert_addresses():
    """The page found behind an address that is typed as a link's."""
    convert = chooser.ExternalLinkView.post

    def post(view, request):
        response = convert(view, request)
        answer = json.loads(response.content)
        found = answer.get("internal") or answer.get("result") or {}
        if "id" not in found:
            return response
        page, viewer = Page.objects.get(pk=found["id"]), Viewer(request.user)
        if viewer.has_rights_on(page):
            return response
        # Kept as the address that it is.
        return chooser.BaseLinkFormView.post(view, request)

    chooser.ExternalLinkView.post = post


def _show_chosen_files():
    """What a form shows of an image or document that is chosen or was sent."""
    describe = BaseChooser.get_value_data

    def get_value_data(widget, value):
        viewer, file = current_viewer(), widget.get_instance(value)
        if viewer is None or not isinstance(file, FILES) or viewer.may_see_file(file):
            return describe(widget, value)
        return {
            "id": file.pk,
            "edit_url": None,
            widget.display_title_key: _("(File that is not public)"),
            "preview": {"url": "", "width": 0, "height": 0},
            "default_alt_text": "",
        }

    BaseChooser.get_value_data = get_value_data


def _name_selected():
    """What a bulk action names of the things that its user may not act on."""
    select = BulkAction.get_actionable_objects

    def get_actionable_objects(action):
        objects, context = select(action)
        viewer = Viewer(action.request.user)
        without_access = context["items_with_no_access"]
        seen = [each for each in without_access if viewer.may_see_object(each)]
        return objects, context | {"items_with_no_access": seen}

    BulkAction.get_actionable_objects = get_actionable_objects


def _count_page_types():
    """How many pages of a type there are, and which was edited last."""
    annotate = page_types_usage._annotate_last_edit_info

    def _annotate_last_edit_info(types, language_code, site_root_path):
        viewer = current_viewer()
        if viewer is None or not viewer.is_confined:
            return annotate(types, language_code, site_root_path)
        pages = viewer.own_pages().filter(content_type=OuterRef("pk"))
        if language_code:
            pages = pages.filter(locale__language_code=language_code)
        if site_root_path:
            pages = pages.filter(path__startswith=site_root_path)
        number = pages.order_by().values("content_type").annotate(number=Count("pk"))
        latest = pages.order_by(
            F("latest_revision_created_at").desc(nulls_last=True), "title", "-pk"
        )
        return types.annotate(
            count=Coalesce(Subquery(number.values("number"), output_field=IntegerField()), 0),
            last_edited_page_id=Subquery(latest.values("pk")[:1]),
        ).distinct()

    page_types_usage._annotate_last_edit_info = _annotate_last_edit_info


def _count_pages():
    """The number of pages on the admin's home."""
    describe = PagesSummaryItem.get_context_data

    def get_context_data(item, parent_context):
        context = describe(item, parent_context)
        viewer = Viewer(item.request.user)
        if viewer.is_confined:
            context["total_pages"] = viewer.own_pages().count()
        return context

    PagesSummaryItem.get_context_data = get_context_data


def _count_snippets():
    """How many snippets of each kind there are, in the list of kinds."""
    list_types = ModelIndexView._get_snippet_types

    def _get_snippet_types(view):
        found = list_types(view)
        for each in found:
            listed = each["model"].snippet_viewset.get_queryset(view.request)
            if listed is not None:
                each["count"] = listed.count()
        return found

    ModelIndexView._get_snippet_types = _get_snippet_types


def _name_site():
    """The site on the admin's home; only the root is above its pages in all languages."""
    describe = navigation.get_site_for_user

    def get_site_for_user(user):
        details = describe(user)
        sites = [] if details["root_site"] else Viewer(user).own_sites()[:2]
        if len(sites) != 1:
            return details
        [site] = sites
        name = site.site_name or site.hostname
        return {"root_page": site.root_page, "root_site": site, "site_name": name}

    for module in (site_summary, home, image_hooks, document_hooks):
        module.get_site_for_user = get_site_for_user


def _complete_tags():
    """What tags a field proposes while somebody types."""
    complete = tags.autocomplete

    def autocomplete(request, app_name=None, model_name=None):
        viewer = Viewer(request.user)
        response = complete(request, app_name, model_name)
        if not viewer.is_confined:
            return response
        model = apps.get_model(app_name, model_name) if app_name else Tag
        begun = Q(name__istartswith=term) if (term := request.GET.get("term")) else Q(pk__in=())
        found = model.objects.filter(begun, _is_on_something_seen(viewer, model)).order_by("name")
        names = found.values_list("name", flat=True)[: tags.TAGS_AUTOCOMPLETE_LIMIT]
        return JsonResponse(list(names), safe=False)

    tags.autocomplete = autocomplete


def _list_popular_tags():
    """The tags that lists of images and documents are filtered by."""
    most_used = popular_tags_for_model

    def popular_tags(model, count=10):
        viewer = current_viewer()
        if viewer is None or not viewer.is_confined:
            return most_used(model, count)
        items = TaggedItem.objects.filter(
            content_type=ContentType.objects.get_for_model(model),
            object_id__in=viewer.rows(model).values("pk"),
        )
        used = Count("taggit_taggeditem_items", filter=Q(taggit_taggeditem_items__in=items))
        tagged = Tag.objects.annotate(item_count=used).filter(item_count__gt=0)
        return tagged.order_by("-item_count")[:count]

    for module in (filters, image_chooser):
        module.popular_tags_for_model = popular_tags


def _list_people():
    """The users by whom reports and lists are filtered."""
    look_up = QuerySetRequestMixin.get_queryset

    def get_queryset(choice, request):
        viewer = current_viewer()
        # Some filters are given theirs only when they are made.
        found = look_up(choice, request)
        found = choice.extra.get("queryset") if found is None else found
        if viewer is None or found is None or found.model is not get_user_model():
            return found
        return found.filter(pk__in=viewer.people().values("pk")) if viewer.is_confined else found

    QuerySetRequestMixin.get_queryset = get_queryset


def _is_on_something_seen(viewer: Viewer, model: type[TagBase]) -> Q:
    """Whether a tag of `model` is on anything that `viewer` may be told of."""
    condition = Q(pk__in=())
    for relation in model._meta.related_objects:
        through = relation.related_model
        if issubclass(through, CommonGenericTaggedItemBase):
            used = ContentType.objects.filter(pk__in=through.objects.values("content_type"))
            for kind in used:
                seen = viewer.rows(kind.model_class())
                items = through.objects.filter(content_type=kind, object_id__in=seen.values("pk"))
                condition |= Q(pk__in=items.values("tag"))
        elif issubclass(through, ItemBase):
            seen = viewer.rows(through._meta.get_field("content_object").related_model)
            items = through.objects.filter(content_object__in=seen.values("pk"))
            condition |= Q(pk__in=items.values("tag"))
    return condition
