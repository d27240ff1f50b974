"""Load or remove the demo."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page, Site, Task, Workflow

from ...files import document_titles, image_titles
from ...loader import HOME_KEYS, Demo, is_loaded, other_content

# Site and groups of each account by its username.
ACCOUNTS = {
    "bien-tap": ("Phường Bến Ngà", ["biên tập", "duyệt bài"]),
    "cong-tac-vien": ("Phường Bến Ngà", ["biên tập"]),
    "bien-tap-go-say": ("Phường Gò Sậy", ["biên tập", "duyệt bài"]),
}
MAIL_DOMAIN = "benga.example"
DEVELOPMENT_PASSWORD = "demo-ben-nga"  # noqa: S105


class Command(BaseCommand):
    """Load the demo portal and its accounts; idempotent."""

    help = "Load the portal of a fictional ward, in Vietnamese and English; idempotent."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000, help="Port of the sites.")
        parser.add_argument("--reset", action="store_true", help="Delete the demo first.")
        parser.add_argument(
            "--password",
            help="Password of the demo's accounts; default: accounts are created in development only.",
        )

    def handle(self, *, port, reset, password, **options):
        if reset:
            self.remove()
        if is_loaded():
            # Not by `update()`: saving a site invalidates Wagtail's cache of root URLs.
            for site in self.sites().exclude(port=port):
                site.port = port
                site.save()
        else:
            if other_content().exists():
                raise CommandError(
                    "This installation has content of its own; the demo would stand beside it. "
                    "Load it into an empty database."
                )
            Demo(port=port, report=self.stdout.write).load()
        if password:
            self.make_accounts(password)
        elif settings.DEBUG:
            self.make_accounts(DEVELOPMENT_PASSWORD)
            self.make_account("admin", DEVELOPMENT_PASSWORD, is_superuser=True, is_staff=True)
            names = ", ".join(["admin", *ACCOUNTS])
            self.stdout.write(f"Accounts: {names}; password unless changed: {DEVELOPMENT_PASSWORD}")

    def make_accounts(self, password):
        """Create the demo's accounts with this password and add new ones to their groups."""
        for name, (site, groups) in ACCOUNTS.items():
            if user := self.make_account(name, password):
                names = [f"{site} – {group}" for group in groups]
                user.groups.set(Group.objects.filter(name__in=names))

    def make_account(self, name, password, **rights):
        """Create an account; return None if the username exists."""
        users = get_user_model().objects
        if users.filter(username=name).exists():
            return None
        return users.create_user(name, f"{name}@{MAIL_DOMAIN}", password, **rights)

    def sites(self):
        """Return the sites of the demo."""
        return Site.objects.filter(root_page__translation_key__in=HOME_KEYS.values())

    def remove(self):
        """Delete the demo: its sites, pages, files, accounts, groups and workflows."""
        names = [site.site_name for site in self.sites()]
        self.sites().delete()
        for home in Page.objects.filter(translation_key__in=HOME_KEYS.values()):
            home.delete()
        files = {"collection__name__in": names}
        get_image_model().objects.filter(title__in=image_titles(), **files).delete()
        get_document_model().objects.filter(title__in=document_titles(), **files).delete()
        for name in names:
            Group.objects.filter(name__startswith=f"{name} – ").delete()
            Workflow.objects.filter(name__startswith=f"{name} – ").delete()
            Task.objects.filter(name__startswith=f"{name} – ").delete()
            for collection in Collection.objects.filter(name=name):
                collection.delete()
        users = get_user_model().objects.filter(email__endswith=f"@{MAIL_DOMAIN}")
        users.filter(username__in=["admin", *ACCOUNTS]).delete()
