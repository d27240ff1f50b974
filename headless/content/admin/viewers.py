"""
Decide which objects an admin user may see and may refer to.

In a multi-site installation Wagtail 8 limits an editor's permissions to pages and collections, but
its choosers, reports and messages still reveal the pages and files of other sites.
"""

from collections.abc import Iterable
from contextlib import contextmanager

from asgiref.local import Local
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet
from django.utils.functional import cached_property
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageLogEntry,
    PageQuerySet,
    PageViewRestriction,
    Site,
)
from wagtail.permissions import policy_registry

from ..visibility import has_view_restriction

FILES = (AbstractImage, AbstractDocument)
FILE_ACTIONS = ["choose", "change"]

_current = Local()


class Viewer:
    """
    A user, with the pages and files whose existence may be revealed to them.

    Public pages are visible to everybody. Drafts, scheduled and restricted pages are visible to
    users with a permission on them or on an ancestor; superusers and users with a permission on the
    tree's root see all. In an installation with one site nobody is confined. Checking any number of
    pages costs one query for the permissions and one for the view restrictions.
    """

    def __init__(self, user: AbstractBaseUser | AnonymousUser):
        self.user = user

    @cached_property
    def is_confined(self) -> bool:
        """Return whether there are pages that must be hidden from the user."""
        if not self.user.is_authenticated or self.user.is_superuser:
            return False
        if len({root.site_id for root in Site.get_site_root_paths()}) < 2:
            return False
        return not any(len(path) == Page.steplen for path in self._own_paths)

    @cached_property
    def _own_paths(self) -> tuple[str, ...]:
        policy = policy_registry.get_by_type(Page)
        permissions = policy.get_cached_permissions_for_user(self.user)
        return tuple({permission.page.path for permission in permissions})

    @cached_property
    def _restricted_paths(self) -> tuple[str, ...]:
        return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))

    @cached_property
    def _pages_above(self) -> set[str]:
        """Return the paths of all ancestors of the pages that the user has permissions on."""
        return {
            path[:end]
            for path in self._own_paths
            for end in range(Page.steplen, len(path), Page.steplen)
        }

    def has_rights_on(self, page: Page) -> bool:
        """Return whether the user has a permission on `page` or on an ancestor."""
        # A page that is being created has no path yet.
        return not self.is_confined or not page.path or page.path.startswith(self._own_paths)

    def may_explore(self, page: Page) -> bool:
        """Return whether the user has a permission on `page`, an ancestor or a descendant."""
        return self.has_rights_on(page) or page.path in self._pages_above

    def may_see(self, page: Page) -> bool:
        """Return whether the existence of `page` may be revealed to the user."""
        if self.may_explore(page):
            return True
        return page.live and not page.path.startswith(self._restricted_paths)

    def pages(self, pages: PageQuerySet) -> PageQuerySet:
        """Return `pages` without those that must be hidden from the user."""
        if not self.is_confined:
            return pages
        seen = Q(live=True) & ~Q(has_view_restriction()) | Q(path__in=self._pages_above)
        # As a list of ids: search backends support no more complex filter on pages.
        return pages.filter(pk__in=Page.objects.filter(seen | self.is_own()).values("pk"))

    def own_pages(self) -> PageQuerySet:
        """Return the pages that the user has permissions on; only for a user who is confined."""
        return Page.objects.filter(self.is_own())

    def own_sites(self) -> QuerySet:
        """Return the sites on whose home page, in any language, the user has a permission."""
        homes = Page.objects.filter(path__in=self._own_paths)
        return Site.objects.filter(root_page__translation_key__in=homes.values("translation_key"))

    def people(self) -> QuerySet:
        """
        Return the users who share a group with the user or have logged an action on their pages.
        """
        on_own_pages = PageLogEntry.objects.filter(page__in=self.own_pages())
        colleague = Q(groups__in=self.user.groups.all()) | Q(pk__in=on_own_pages.values("user"))
        return get_user_model().objects.filter(colleague | Q(pk=self.user.pk)).order_by()

    def is_own(self) -> Q:
        """Return the condition for the pages that the user has permissions on."""
        return _starts_with("path", self._own_paths)

    @cached_property
    def _restricted_collections(self) -> tuple[str, ...]:
        restrictions = CollectionViewRestriction.objects.values_list("collection__path", flat=True)
        return tuple(restrictions)

    def may_see_file(self, file: AbstractImage | AbstractDocument) -> bool:
        """
        Return whether the user may see an image or document: by permission, or because it is
        public.
        """
        policy = policy_registry.get_by_type(type(file))
        if policy.user_has_any_permission_for_instance(self.user, FILE_ACTIONS, file):
            return True
        return not file.collection.path.startswith(self._restricted_collections)

    def files(self, model: type[AbstractImage] | type[AbstractDocument]) -> QuerySet:
        """Return the objects of an image or document model that the user may see."""
        policy = policy_registry.get_by_type(model)
        own = policy.instances_user_has_any_permission_for(self.user, FILE_ACTIONS)
        restricted = _starts_with("collection__path", self._restricted_collections)
        return model.objects.filter(~restricted | Q(pk__in=own.order_by().values("pk")))

    def rows(self, model: type[Model]) -> QuerySet:
        """Return the objects of any model that the user may see."""
        if issubclass(model, Page):
            return self.pages(model.objects.all())
        return self.files(model) if issubclass(model, FILES) else model.objects.all()

    def may_see_object(self, instance: Model) -> bool:
        """Return whether the user may see `instance`, an object of any model."""
        if isinstance(instance, Page):
            return self.may_see(instance)
        if isinstance(instance, FILES):
            return self.may_see_file(instance)
        policy = policy_registry.get_by_type(type(instance))
        return policy.user_has_any_permission_for_instance(self.user, ["view", "change"], instance)

    def refused(self, model: type[Model], keys: Iterable[str]) -> set[str]:
        """
        Return those of `keys`, primary keys of `model`, that the user may not refer to.

        These are the objects that no chooser offers: pages hidden from the user, and files in
        collections without the permission to choose from them. A public file of the root collection
        belongs to no site, so everybody may refer to it.
        """
        if not issubclass(model, (Page, *FILES)):
            return set()
        asked = {key: row_id(key) for key in keys}
        rows = model.objects.filter(pk__in=set(asked.values()) - {None})
        refused = self._refused_pages if issubclass(model, Page) else self._refused_files
        found = refused(rows)
        return {key for key, pk in asked.items() if pk in found}

    def _refused_pages(self, pages):
        return _ids(pages) - _ids(self.pages(pages)) if self.is_confined else set()

    def _refused_files(self, files):
        policy = policy_registry.get_by_type(files.model)
        offered = policy.instances_user_has_any_permission_for(self.user, ["choose"])
        missing = _ids(files) - _ids(offered.filter(pk__in=files.values("pk")))
        root = Collection.get_first_root_node()
        if missing and not root.get_view_restrictions():
            missing -= _ids(files.filter(collection=root))
        return missing


def _starts_with(field: str, paths: Iterable[str]) -> Q:
    condition = Q(pk__in=())
    for path in paths:
        condition |= Q(**{f"{field}__startswith": path})
    return condition


def row_id(key: str) -> int | None:
    """
    Return `key` as a primary key, None if it cannot be one; it may come from the markup of a text.
    """
    try:
        number = int(key)
    except ValueError:
        return None
    return number if 0 < number < 2**63 else None


def _ids(rows: QuerySet) -> set[int]:
    return set(rows.order_by().values_list("pk", flat=True))


@contextmanager
def viewed_by(viewer: Viewer):
    """Make `viewer` the one that the admin renders for within the block."""
    before = current_viewer()
    _current.viewer = viewer
    try:
        yield
    finally:
        _current.viewer = before


def current_viewer() -> Viewer | None:
    """Return the viewer that the admin renders for, None outside requests to the admin."""
    return getattr(_current, "viewer", None)
