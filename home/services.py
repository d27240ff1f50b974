"""The agency of a site, and the groups, collections and workflow of its editors."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from headless.content.files.renditions import get_renditions

from .models import AgencySettings


@dataclass(frozen=True)
class Agency:
    """
    The agency that runs a site, in one language; `mark` is the URL of its square emblem, or "".
    """

    name: str
    motto: str
    address: str
    responsible: str
    footer_text: str
    telephone: str
    email: str
    colour: str
    mark: str
    social_links: list[dict]


def describe_agency(settings: AgencySettings, locale: Locale) -> Agency:
    """Return the agency in `locale`, or in its first language if it has no texts in that one."""
    texts = list(settings.texts.all())
    text = next((each for each in texts if each.locale_id == locale.pk), None)
    text = text or (texts[0] if texts else None)
    fields = ("motto", "address", "responsible", "footer_text")
    marks = get_renditions(settings.mark, "fill-160x160|format-webp")
    return Agency(
        name=text.name if text else settings.site.site_name or settings.site.hostname,
        telephone=settings.telephone,
        email=settings.email,
        colour=settings.colour,
        mark=marks[0].url if marks else "",
        social_links=list(settings.social_links.values("name", "url")),
        **{field: getattr(text, field, "") for field in fields},
    )


EDITOR_PAGE_RIGHTS = ["add_page", "change_page"]
MODERATOR_PAGE_RIGHTS = [*EDITOR_PAGE_RIGHTS, "publish_page", "lock_page", "unlock_page"]
EDITOR_RIGHTS = ["wagtailadmin.access_admin", "wagtail_localize.submit_translation"]
MODERATOR_RIGHTS = [
    *EDITOR_RIGHTS,
    *(
        f"{app}.{action}_{model}"
        for app, model in (
            ("civic_articles", "category"),
            ("civic_directives", "documenttype"),
            ("civic_directives", "issuingbody"),
        )
        for action in ("add", "change")
    ),
]
FILE_RIGHTS = [
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
]
# Settings with a row for each site; Wagtail grants permission for each site separately.
MODERATOR_SETTING_RIGHTS = [
    "home.change_agencysettings",
    "civic_directives.change_directivesettings",
    "civic_feedback.change_commentsettings",
    "civic_widgets.change_widgetsettings",
]
UNPUBLISHED = "Chưa công bố"


def create_site_groups(*, site: Site) -> tuple[Group, Group]:
    """
    Create the groups of editors and moderators of a site with least privilege; return both.

    Editors create pages in every language of the site and submit them. Moderators publish them,
    edit the shared terms and change the settings of the site: agency and footer, locality of
    documents, comment policy, statistics. Both manage files in the site's own collection, which has
    a private child collection. Idempotent: running it again adds what is missing, such as
    permissions for a new language.
    """
    name = site.site_name or site.hostname
    if Site.objects.filter(site_name=name).exclude(pk=site.pk).exists():
        # Sites with equal names must not share groups.
        name = f"{name} ({site.hostname})"
    editors = _group(f"{name} – biên tập", EDITOR_RIGHTS)
    moderators = _group(f"{name} – duyệt bài", MODERATOR_RIGHTS)
    homes = Page.objects.filter(translation_key=site.root_page.translation_key)
    for home in homes:
        for group, rights in ((editors, EDITOR_PAGE_RIGHTS), (moderators, MODERATOR_PAGE_RIGHTS)):
            for permission in _permissions(f"wagtailcore.{right}" for right in rights):
                GroupPagePermission.objects.get_or_create(
                    group=group, page=home, permission=permission
                )
    for permission in _permissions(MODERATOR_SETTING_RIGHTS):
        GroupSitePermission.objects.get_or_create(
            group=moderators, site=site, permission=permission
        )
    collection = site_collection(name)
    hidden = _collection(collection, UNPUBLISHED)
    for group in (editors, moderators):
        for permission in _permissions(FILE_RIGHTS):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )
    restriction, made = CollectionViewRestriction.objects.get_or_create(
        collection=hidden, restriction_type=CollectionViewRestriction.GROUPS
    )
    restriction.groups.add(editors, moderators)
    _assign_workflow(name, moderators, homes)
    return editors, moderators


def _group(name, rights):
    group, made = Group.objects.get_or_create(name=name)
    group.permissions.add(*_permissions(rights))
    return group


def _permissions(names):
    """
    Return the permissions named “app.codename”, in that order; raise `DoesNotExist` for others.
    """
    found = []
    for name in names:
        app, codename = name.split(".")
        found.append(Permission.objects.get(content_type__app_label=app, codename=codename))
    return found


def site_collection(site_name: str) -> Collection:
    """
    Return the collection of a site's files, named after the site; create it if it does not exist.
    """
    return _collection(Collection.get_first_root_node(), site_name)


def _collection(parent, name):
    found = parent.get_children().filter(name=name).first()
    return found or parent.add_child(instance=Collection(name=name))


def _assign_workflow(name, moderators, homes):
    """Make moderators of the site approve what its editors submit."""
    workflow, _made = Workflow.objects.get_or_create(name=f"{name} – duyệt bài")
    # A workflow without tasks would publish submissions immediately.
    if not workflow.workflow_tasks.exists():
        task = GroupApprovalTask.objects.create(name=f"{name} – duyệt bài")
        task.groups.add(moderators)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    for home in homes:
        WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})
