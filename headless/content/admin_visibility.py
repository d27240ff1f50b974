"""
What a user of the admin may be told of and may refer to.

Where an installation has several sites, Wagtail 8 confines an editor's rights to pages and
collections, but not what its choosers, reports and messages tell of the others.
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

from .visibility import has_view_restriction

FILES = (AbstractImage, AbstractDocument)
FILE_ACTIONS = ["choose", "change"]

_current = Local()


class Viewer:
    """
    A user, with the pages and files that they may be told of.

    Public pages are everybody's. Drafts, scheduled and restricted pages are told to those who
    have a right on them or on a page above; who has one on the root of the tree, and superusers,
    are told of all. On an installation of one site nobody is confined. Costs one query for the
    rights and one for the restrictions, however many pages are judged.
    """

    def __init__(self, user: AbstractBaseUser | AnonymousUser):
        self.user = user

    @cached_property
    def is_confined(self) -> bool:
        """Whether there are pages that the user may not be told of."""
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
    def _closed_paths(self) -> tuple[str, ...]:
        return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))

    @cached_property
    def _pages_above(self) -> set[str]:
        """The paths of the pages above those that the user has rights on."""
        return {
            path[:end]
            for path in self._own_paths
            for end in range(Page.steplen, len(path), Page.steplen)
        }

    def has_rights_on(self, page: Page) -> bool:
        """Whether the user has a right on `page` or on a page above it."""
        # A page that is being created has no path yet.
        return not self.is_confined or not page.path or page.path.startswith(self._own_paths)

    def may_explore(self, page: Page) -> bool:
        """Whether the user has a right on `page`, on one above it or on one below it."""
        return self.has_rights_on(page) or page.path in self._pages_above

    def may_see(self, page: Page) -> bool:
        """Whether the user may be told that `page` is there."""
        if self.may_explore(page):
            return True
        return page.live and not page.path.startswith(self._closed_paths)

    def pages(self, pages: PageQuerySet) -> PageQuerySet:
        """Those of `pages` that the user may be told of."""
        if not self.is_confined:
            return pages
        seen = Q(live=True) & ~Q(has_view_restriction()) | Q(path__in=self._pages_above)
        # As a list of ids: searches filter by nothing more intricate.
        return pages.filter(pk__in=Page.objects.filter(seen | self._is_own()).values("pk"))

    def own_pages(self) -> PageQuerySet:
        """The pages that the user has rights on; for a user who is confined."""
        return Page.objects.filter(self._is_own())

    def people(self) -> QuerySet:
        """Those whom the user works with: in a group of theirs, or on pages of theirs."""
        on_own_pages = PageLogEntry.objects.filter(page__in=self.own_pages())
        colleague = Q(groups__in=self.user.groups.all()) | Q(pk__in=on_own_pages.values("user"))
        return get_user_model().objects.filter(colleague | Q(pk=self.user.pk)).order_by()

    def _is_own(self) -> Q:
        return _starts_with("path", self._own_paths)

    @cached_property
    def _closed_collections(self) -> tuple[str, ...]:
        restrictions = CollectionViewRestriction.objects.values_list("collection__path", flat=True)
        return tuple(restrictions)

    def may_see_file(self, file: AbstractImage | AbstractDocument) -> bool:
        """Whether the user may be told of an image or document: theirs, or public."""
        policy = policy_registry.get_by_type(type(file))
        if policy.user_has_any_permission_for_instance(self.user, FILE_ACTIONS, file):
            return True
        return not file.collection.path.startswith(self._closed_collections)

    def files(self, model: type[AbstractImage] | type[AbstractDocument]) -> QuerySet:
        """The images or documents that the user may be told of."""
        policy = policy_registry.get_by_type(model)
        own = policy.instances_user_has_any_permission_for(self.user, FILE_ACTIONS)
        closed = _starts_with("collection__path", self._closed_collections)
        return model.objects.filter(~closed | Q(pk__in=own.order_by().values("pk")))

    def rows(self, model: type[Model]) -> QuerySet:
        """The rows of any model that the user may be told of."""
        if issubclass(model, Page):
            return self.pages(model.objects.all())
        return self.files(model) if issubclass(model, FILES) else model.objects.all()

    def may_see_object(self, instance: Model) -> bool:
        """Whether the user may be told of `instance`, whatever it is."""
        if isinstance(instance, Page):
            return self.may_see(instance)
        if isinstance(instance, FILES):
            return self.may_see_file(instance)
        policy = policy_registry.get_by_type(type(instance))
        return policy.user_has_any_permission_for_instance(self.user, ["view", "change"], instance)

    def refused(self, model: type[Model], keys: Iterable[str]) -> set[str]:
        """
        Those of `keys` of rows of `model` that the user may not refer to.

        They are what no chooser offers: pages that the user may not be told of, and files of
        collections without the right to choose from them. A public file of the root collection
        belongs to no site and may be referred to by all.
        """
        if not issubclass(model, (Page, *FILES)):
            return set()
        asked = {key: _row_id(key) for key in keys}
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


def _row_id(key: str) -> int | None:
    """The id that `key`, perhaps from the markup of a text, is read as; None for what is none."""
    try:
        number = int(key)
    except ValueError:
        return None
    return number if 0 < number < 2**63 else None


def _ids(rows: QuerySet) -> set[int]:
    return set(rows.order_by().values_list("pk", flat=True))


@contextmanager
def viewed_by(viewer: Viewer):
    """Within the block, what the admin renders is for `viewer`."""
    before = current_viewer()
    _current.viewer = viewer
    try:
        yield
    finally:
        _current.viewer = before


def current_viewer() -> Viewer | None:
    """Whom the admin renders for; None outside of requests to the admin."""
    return getattr(_current, "viewer", None)
