from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page, Site, Task, Workflow

from home.demo.drawings import NAMES
from home.demo.loader import HOSTS, Demo, document_titles, is_loaded
from home.models import HomePage

# Name, site and groups of each account: what a visitor of the demo may try.
ACCOUNTS = {
    "bien-tap": ("Phường Bến Ngà", ["biên tập", "duyệt bài"]),
    "cong-tac-vien": ("Phường Bến Ngà", ["biên tập"]),
    "bien-tap-go-say": ("Phường Gò Sậy", ["biên tập", "duyệt bài"]),
}
DEVELOPMENT_PASSWORD = "demo-ben-nga"  # noqa: S105


class Command(BaseCommand):
    help = "Loads the portal of an invented ward, in Vietnamese and English; once is enough."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000, help="Port in the sites' addresses.")
        parser.add_argument("--reset", action="store_true", help="Deletes the demo first.")
        parser.add_argument(
            "--password",
            help="Password of the demo's accounts; without it, accounts are made in development only.",
        )

    def handle(self, *, port, reset, password, **options):
        if reset:
            self.remove()
        if is_loaded():
            Site.objects.filter(hostname__in=HOSTS.values()).exclude(port=port).update(port=port)
        else:
            if HomePage.objects.exclude(slug__in=["ben-nga", "ben-nga-en"]).exists():
                raise CommandError(
                    "This installation has content of its own; the demo would stand beside it. "
                    "Load it into an empty database."
                )
            Demo(port=port, report=self.stdout.write).load()
        password = password or (DEVELOPMENT_PASSWORD if settings.DEBUG else None)
        if password:
            self.make_accounts(password)

    def make_accounts(self, password):
        """The demo's accounts, with this password if they are new."""
        users = get_user_model().objects
        accounts = {"admin": None, **ACCOUNTS}
        for name, rights in accounts.items():
            if users.filter(username=name).exists():
                continue
            user = users.create_user(name, f"{name}@benga.example", password)
            if rights is None:
                user.is_superuser = user.is_staff = True
                user.save()
            else:
                site, groups = rights
                names = [f"{site} – {group}" for group in groups]
                user.groups.set(Group.objects.filter(name__in=names))
        if settings.DEBUG:
            self.stdout.write(f"Accounts: {', '.join(accounts)}; password: {DEVELOPMENT_PASSWORD}")

    def remove(self):
        """Takes the demo away: its sites, pages, files, accounts and groups."""
        sites = Site.objects.filter(hostname__in=HOSTS.values())
        keys = [site.root_page.translation_key for site in sites]
        names = [site.site_name for site in sites]
        sites.delete()
        for home in Page.objects.filter(translation_key__in=keys):
            home.delete()
        get_image_model().objects.filter(title__in=NAMES).delete()
        get_document_model().objects.filter(title__in=document_titles()).delete()
        for name in names:
            Group.objects.filter(name__startswith=f"{name} – ").delete()
            Workflow.objects.filter(name__startswith=f"{name} – ").delete()
            Task.objects.filter(name__startswith=f"{name} – ").delete()
            for collection in Collection.objects.filter(name=name):
                collection.delete()
        get_user_model().objects.filter(username__in=["admin", *ACCOUNTS]).delete()
