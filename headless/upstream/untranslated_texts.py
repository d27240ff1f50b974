"""
Texts of Wagtail 8's admin that are English, or odd, in every language.

They are the names of the roots of pages and collections, labels of forms, columns and permissions,
languages, what the search for pages calls its results («18 None»), and names of page types in title
case («Văn Bản»). Breadcrumbs of snippets and a column are translated once, into the language of
whoever comes first. No issue is reported yet.

The templates in `headless/templates/wagtailadmin` replace three with such texts.
"""

from django.contrib.auth.models import Permission
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import choosers
from wagtail.admin.forms.workflows import WorkflowPageForm
from wagtail.admin.ui import tables
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import DefaultPageForm
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.models import Collection, Locale, Page
from wagtail.sites.views import IndexView as SitesView
from wagtail.snippets.views import snippets
from wagtail.users.forms import PagePermissionsForm
from wagtail.users.views.bulk_actions.assign_role import RoleForm

# Labels of forms that are made of the names of their fields.
LABELS = {
    DefaultPageForm: {"include_descendants": _("Include the pages below")},
    RoleForm: {"role": _("Role")},
    PagePermissionsForm: {"page": _("Page")},
    WorkflowPageForm: {"page": _("Page")},
    choosers.ExternalLinkChooserForm: {"link_text": _("Link text")},
    choosers.AnchorLinkChooserForm: {"link_text": _("Link text")},
    choosers.EmailLinkChooserForm: {
        "email_address": _("E-mail address"),
        "link_text": _("Link text"),
        "subject": _("Subject"),
        "body": _("Message"),
    },
    choosers.PhoneLinkChooserForm: {
        "phone_number": _("Telephone number"),
        "link_text": _("Link text"),
    },
}
SITE_COLUMNS = {"port": _("Port"), "site_name": _("Site name"), "root_page": _("Home page")}
# Django stores the names of these permissions in English: “Can add article”.
PERMISSIONS = {
    "add": _("Can add: %(object)s"),
    "change": _("Can change: %(object)s"),
    "delete": _("Can delete: %(object)s"),
    "view": _("Can view: %(object)s"),
}


def install() -> None:
    """Give each text a translation."""
    # These two modules translate when their views are made, not when they are shown.
    snippets._ = tables.gettext = _
    _name_root()
    _name_root_collection()
    for form, labels in LABELS.items():
        for field, label in labels.items():
            form.base_fields[field].label = label
    SearchView.verbose_name = Page._meta.verbose_name
    SearchView.verbose_name_plural = Page._meta.verbose_name_plural
    for column in SitesView.columns:
        if column.name in SITE_COLUMNS:
            column.label = SITE_COLUMNS[column.name]
    Locale._meta.verbose_name = _("locale")
    Locale._meta.verbose_name_plural = _("locales")
    Permission.__str__ = _describe_permission
    _label_language_filter()
    PageTypesUsageReportView.results_template_name = "civic_headless/admin/page_types_usage.html"


def _name_root():
    """The title of the root, which a migration writes in English."""
    title_of = Page.get_admin_display_title

    def get_admin_display_title(page):
        title = title_of(page)
        return gettext("All sites") if page.depth == 1 and title == "Root" else title

    Page.get_admin_display_title = get_admin_display_title


def _name_root_collection():
    """The name of the collection above all others, in lists of choices and where it is shown alone."""
    indent = Collection.get_indented_name

    def name_of(collection):
        is_root = collection.depth == 1 and collection.name == "Root"
        return gettext("All collections") if is_root else collection.name

    def get_indented_name(collection, *args, **options):
        name = name_of(collection)
        return indent(collection, *args, **options) if name == collection.name else name

    Collection.__str__ = name_of
    Collection.get_indented_name = get_indented_name


def _label_language_filter():
    """The field that choosers of snippets are filtered by."""
    make = choosers.LocaleFilterMixin.__init__

    def __init__(form, *args, **options):
        make(form, *args, **options)
        if "locale" in form.fields:
            form.fields["locale"].label = _("Language")

    choosers.LocaleFilterMixin.__init__ = __init__


def _describe_permission(permission):
    """What a permission allows, after the kind of objects it is for."""
    kind, action = permission.content_type.name, permission.codename.partition("_")[0]
    if action in PERMISSIONS and permission.name.startswith(f"Can {action} "):
        return f"{kind} | {PERMISSIONS[action] % {'object': kind}}"
    return f"{kind} | {gettext(permission.name)}"
