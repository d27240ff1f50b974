"""Permission policies of comments and ratings, derived from permissions on their pages."""

from django.contrib.auth import get_user_model
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

PAGES = PagePermissionPolicy()


class FeedbackPermissionPolicy(BasePermissionPolicy):
    """
    Who may publish a page decides on its comments and knows what addresses they came from; who may
    edit it reads them without those (`CommentQuerySet.with_contact_for`).

    Nobody adds or deletes one in the admin: readers write, and what is erased is erased by
    `erasure.erase_comments`, which keeps the figures right.
    """

    PAGE_ACTIONS = {"view": {"change", "publish"}, "change": {"publish"}}

    def _page_actions(self, actions):
        wanted = [self.PAGE_ACTIONS.get(action, set()) for action in actions]
        return set().union(*wanted)

    def user_has_permission(self, user, action):
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user, actions):
        wanted = self._page_actions(actions)
        return bool(wanted) and PAGES.user_has_any_permission(user, wanted)

    def users_with_any_permission(self, actions):
        wanted = self._page_actions(actions)
        if not wanted:
            return get_user_model().objects.none()
        return PAGES.users_with_any_permission(wanted)

    def user_has_permission_for_instance(self, user, action, instance):
        found = self.instances_user_has_any_permission_for(user, [action])
        return found.filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user, actions):
        wanted = self._page_actions(actions)
        if not wanted or not user.is_active:
            return self.model.objects.none()
        if user.is_superuser:
            return self.model.objects.all()
        pages = PAGES.instances_user_has_any_permission_for(user, wanted)
        return self.of_pages(pages)

    def of_pages(self, pages):
        return self.model.objects.filter(page__in=pages.order_by().values("pk"))


class RatingPermissionPolicy(FeedbackPermissionPolicy):
    """Let users view ratings of pages they may edit; nobody may change or delete one."""

    PAGE_ACTIONS = {"view": {"change", "publish"}}

    def of_pages(self, pages):
        keys = pages.order_by().values("translation_key")
        return self.model.objects.filter(translation_key__in=keys)
