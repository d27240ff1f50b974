"""Builds the demo portal from the files in `content/`, through models and services."""

import json
import uuid
from collections.abc import Callable
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.db.models import QuerySet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Site, WorkflowPage
from wagtail.signal_handlers import disable_reference_index_auto_update

from articles.models import (
    ArticleDirective,
    ArticleIndexPage,
    ArticlePage,
    Category,
    RelatedArticle,
)
from directives.models import (
    DirectiveAttachment,
    DirectiveIndexPage,
    DirectivePage,
    DirectiveRelation,
    DirectiveSettings,
    DocumentType,
    IssuingBody,
)
from directives.vocabularies.seed_data import seed_terms
from home.models import AgencySettings, AgencyText, FeaturedArticle, HomePage, SocialLink
from home.services import create_site_groups, site_collection
from widgets.maps.geojson import normalise_boundaries
from widgets.models import (
    AdministrativeMapPage,
    MapArea,
    MapPlace,
    SidebarCard,
    StatisticsPage,
    WebsiteLinksPage,
    WidgetIndexPage,
    WidgetSettings,
)

from .activity import load_ratings, load_visits
from .comments import load_comments
from .files import CONTENT, PICTURES, papers_of, read_content
from .stream_values import NAMESPACE, StreamValues, link_group
from .translation import point_to_translations, text_pairs, translate

HOSTS = {"ben-nga": "localhost", "go-say": "go-say.localhost"}
VIEWS_PER_DAY = {"ben-nga": 1450, "go-say": 380}
# What the demo made is known by the keys of its home pages, nobody else's page has them.
HOME_KEYS = {key: uuid.uuid5(NAMESPACE, f"home:{key}") for key in HOSTS}


def is_loaded() -> bool:
    """Whether the demo is there, whole: the workflow of its second site is assigned last."""
    return WorkflowPage.objects.filter(page__translation_key=HOME_KEYS["go-say"]).exists()


def other_content() -> QuerySet:
    """Home pages and the like that the demo did not make; Wagtail's page of welcome aside."""
    welcome = Page.objects.filter(depth=2, slug="home", content_type__model="page", numchild=0)
    pages = Page.objects.filter(depth=2).exclude(translation_key__in=HOME_KEYS.values())
    return pages.exclude(pk__in=welcome.values("pk"))


class Demo:
    """One run of the loader; `report` is told of each step, for a person to watch."""

    def __init__(self, *, port: int, report: Callable[[str], None]):
        self.port = port
        self.report = report
        self.files = read_content()
        self.locale = Locale.objects.get(language_code="vi")
        self.english, _ = Locale.objects.get_or_create(language_code="en")
        # Its editors find the demo's files there.
        self.collection = site_collection(self.files["site"]["sites"]["ben-nga"]["name"]["vi"])
        self.images, self.documents = {}, {}
        self.articles, self.directives = {}, {}

    def load(self):
        """Everything, in an order in which what is referred to is there already."""
        self.report("Terms and categories")
        self.make_terms()
        self.report("Pictures")
        self.make_images()
        self.report("Documents")
        self.make_documents()
        # The index of references is built once at the end, not at every save.
        with disable_reference_index_auto_update():
            for key, site in self.files["site"]["sites"].items():
                self.report(f"Pages of {site['name']['vi']}")
                self.make_site(key, site)
        self.report("Visits, ratings and comments")
        for key, views in VIEWS_PER_DAY.items():
            load_visits(Site.objects.get(hostname=HOSTS[key]), views_per_day=views)
        rows = self.files["comments"]["articles"]
        stars = {row["article"]: row["stars"] for row in rows if "stars" in row}
        load_ratings(self.articles | self.directives, stars, NAMESPACE)
        load_comments(self.articles, rows, NAMESPACE)
        self.report("Index of references")
        call_command("rebuild_references_index", verbosity=0)

    # Terms

    def make_terms(self):
        seed_terms(document_type=DocumentType, issuing_body=IssuingBody, locale=self.english)
        for order, row in enumerate(self.files["articles"]["categories"], start=1):
            self._term(Category, "slug", row, {"order": order * 10}, row["slug"])
        for row in self.files["directives"]["issuing_bodies"]:
            party = row["code"].startswith(("tinh-uy", "dang-uy"))
            front = row["code"].startswith("mttq")
            facts = {
                "level": row["level"],
                "branch": "party" if party else "organisation" if front else "state",
                "locality": row["locality"]["vi"],
            }
            self._term(IssuingBody, "code", row, facts, dict.fromkeys(("vi", "en"), row["code"]))
        self.categories = {
            row["key"]: Category.objects.get(locale=self.locale, slug=row["slug"]["vi"])
            for row in self.files["articles"]["categories"]
        }

    def _term(self, model, field, row, facts, names):
        source, _ = model.objects.get_or_create(
            **{field: names["vi"]},
            locale=self.locale,
            defaults={"name": row["name"]["vi"], **facts},
        )
        model.objects.get_or_create(
            locale=self.english,
            translation_key=source.translation_key,
            defaults={field: names["en"], "name": row["name"]["en"], **facts},
        )

    # Files

    def make_images(self):
        model = get_image_model()
        for path in sorted(PICTURES.glob("*.webp")):
            name = path.stem
            image = model.objects.filter(title=name, collection=self.collection).first()
            if image is None:
                image = model(
                    title=name, collection=self.collection, description=name.replace("-", " ")
                )
                image.file = ImageFile(BytesIO(path.read_bytes()), path.name)
                image.file_size = path.stat().st_size
                image.save()
            self.images[name] = image

    def make_documents(self):
        for row, render in papers_of(self.files):
            self._document(row, render)

    def _document(self, row, render):
        model = get_document_model()
        title = row["title"]["vi"]
        document = model.objects.filter(title=title).first()
        if document is None:
            content = render()
            document = model(
                title=title,
                collection=self.collection,
                file=ContentFile(content, f"{row['key']}.pdf"),
            )
            document.file_size = len(content)
            document._set_document_file_metadata()
            document.save()
        self.documents[row["key"]] = document

    # Pages

    def make_site(self, key, row):
        """One site with all its pages; what is there already stays."""
        root = Page.get_first_root_node()
        texts = dict(text_pairs(row["home"]))
        home = self._page(
            root,
            HomePage,
            row["home"],
            introduction=row["home"]["intro"]["vi"],
            translation_key=HOME_KEYS[key],
        )
        site = self._site(key, row, home)
        news = self._page(
            home,
            ArticleIndexPage,
            row["articles_index"],
            introduction=row["articles_index"]["intro"]["vi"],
            show_in_menus=True,
        )
        register = self._page(
            home,
            DirectiveIndexPage,
            row["directives_index"],
            introduction=row["directives_index"]["intro"]["vi"],
            show_in_menus=True,
        )
        texts |= text_pairs(row["articles_index"]) | text_pairs(row["directives_index"])
        sections = [(home, texts), (news, texts), (register, texts)]
        directive_rows = row.get("directives") or self.files["directives"]["directives"]
        article_rows = row.get("articles") or self.files["articles"]["articles"]
        # All are made before any is published, since they refer to each other.
        directives = [self.make_directive(register, each) for each in directive_rows]
        for page, each in zip(directives, directive_rows, strict=True):
            self._relate(page, each)
        articles = [self.make_article(news, each) for each in article_rows]
        for page, each in zip(articles, article_rows, strict=True):
            self._link(page, each)
        sections += zip(directives, map(self.directive_texts, directive_rows), strict=True)
        sections += zip(articles, map(text_pairs, article_rows), strict=True)
        if key == "ben-nga":
            sections += self.make_widgets(home)
        self._compose_home(home, row["home"])
        for page, _strings in sections:
            if not page.latest_revision_id:
                page.save_revision().publish()
        self.report(f"English of {row['name']['vi']}")
        for page, strings in sections:
            translate(page, strings, self.english)
        for page, _strings in sections:
            point_to_translations(page, self.english)
        create_site_groups(site=site)
        for article in ArticlePage.objects.filter(
            translation_key__in=[page.translation_key for page in articles]
        ):
            # The demo's articles are as old as they say, in every language.
            at = article.published_at
            Page.objects.filter(pk=article.pk).update(first_published_at=at, last_published_at=at)

    def _page(self, parent, model, row, **fields):
        """The page at its slug below `parent`, made if it is not there; published later."""
        slug = row["slug"]["vi"] if isinstance(row.get("slug"), dict) else row.get("slug", "")
        if slug and (found := model.objects.child_of(parent).filter(slug=slug).first()):
            return found
        title = row["title"]["vi"] if "title" in row else ""
        page = model(title=title, slug=slug, locale=self.locale, **fields)
        parent.add_child(instance=page)
        return page

    def _site(self, key, row, home):
        default = key == "ben-nga"
        if default:
            # The page and site that Wagtail makes for a newcomer.
            welcome = Page.objects.filter(depth=2).exclude(translation_key__in=HOME_KEYS.values())
            Site.objects.filter(root_page__in=welcome).delete()
            for page in welcome:
                page.delete()
            home.refresh_from_db()
        site, _ = Site.objects.update_or_create(
            hostname=HOSTS[key],
            defaults={
                "port": self.port,
                "root_page": home,
                "is_default_site": default,
                "site_name": row["name"]["vi"],
            },
        )
        settings = AgencySettings.for_site(site)
        settings.mark = self.images.get(row["mark"])
        settings.colour = row["colour"]
        settings.telephone = row["telephone"]
        settings.email = row["email"]
        fields = ("address", "responsible", "footer_text")
        settings.texts = [
            AgencyText(
                locale=locale,
                name=row["agency"][code],
                motto=row["province"][code],
                **{field: row[field][code] for field in fields},
            )
            for code, locale in (("vi", self.locale), ("en", self.english))
        ]
        settings.social_links = [SocialLink(**link) for link in row["social_links"]]
        settings.save()
        ward = row["name"]["vi"].removeprefix("Phường ")
        DirectiveSettings.objects.update_or_create(
            site=site, defaults={"commune": f"phường {ward}", "province": "tỉnh Lam Giang"}
        )
        if default:
            WidgetSettings.objects.update_or_create(site=site, defaults={"starting_value": 243_211})
        return site

    def make_directive(self, register, row):
        facts = {
            name: row[name]
            for name in ("document_number", "issued_on", "effective_on", "expires_on", "signer")
            if name in row
        }
        made = DirectivePage.objects.child_of(register).filter(
            document_number=row["document_number"],
            issued_on=row["issued_on"],
            issuing_body__code=row["issuing_body"],
        )
        page = made.first() or self._page(
            register,
            DirectivePage,
            {},
            document_type=DocumentType.objects.get(locale=self.locale, code=row["document_type"]),
            issuing_body=IssuingBody.objects.get(locale=self.locale, code=row["issuing_body"]),
            signer_title=row.get("signer_title", {}).get("vi", ""),
            subject=row["subject"]["vi"],
            body=row.get("body", {}).get("vi", "").strip(),
            status_override=row.get("status", ""),
            **facts,
        )
        self.directives[row["key"]] = page
        return page

    def directive_texts(self, row):
        page = self.directives[row["key"]]
        kind = page.document_type.get_translation(self.english)
        return text_pairs(row) | {page.title: f"{kind.name} No. {page.document_number}"}

    def _relate(self, page, row):
        if page.latest_revision_id:
            return
        page.attachments = [
            DirectiveAttachment(
                document=self.documents[each["key"]], title=each["title"]["vi"], sort_order=order
            )
            for order, each in enumerate(row["attachments"])
        ]
        page.relations = [
            DirectiveRelation(
                kind=each["kind"],
                target=self.directives[each["target"]],
                partly=each["partly"] and each["kind"] in DirectiveRelation.ENDING,
                sort_order=order,
            )
            for order, each in enumerate(row["relations"])
        ]

    def make_article(self, news, row):
        values = StreamValues(self.images, self.documents, self.directives)
        page = self._page(
            news,
            ArticlePage,
            row,
            summary=row["summary"]["vi"],
            cover=self.images[row["cover"]],
            cover_alt=row["cover_alt"]["vi"],
            byline=row.get("byline", ""),
            source=row.get("source", ""),
            published_at=row["published_at"],
            first_published_at=row["published_at"],
            category=self.categories[row["category"]],
            body=json.dumps([values.stream_child(row["key"], block) for block in row["body"]]),
        )
        self.articles[row["key"]] = page
        return page

    def _link(self, page, row):
        if page.latest_revision_id:
            return
        page.tags.set(row["tags"])
        page.related_directives = [
            ArticleDirective(directive=self.directives[key], sort_order=order)
            for order, key in enumerate(row.get("directives", []))
        ]
        page.related_articles = [
            RelatedArticle(article=self.articles[key], sort_order=order)
            for order, key in enumerate(row.get("related", []))
        ]

    def make_widgets(self, home):
        """The three widgets, as (page, texts to translate it with)."""
        rows = self.files["widgets"]
        shelf = self._page(home, WidgetIndexPage, rows["index"])
        boundaries = json.loads((CONTENT / rows["map"]["boundaries"]).read_text("utf-8"))
        area_map = self._page(
            shelf,
            AdministrativeMapPage,
            rows["map"],
            introduction=rows["map"]["intro"]["vi"],
            boundaries=normalise_boundaries(boundaries),
        )
        if not area_map.latest_revision_id:
            area_map.areas = [
                MapArea(
                    feature_key=each["key"],
                    label=each["label"]["vi"],
                    colour=each["colour"],
                    text=each["text"]["vi"],
                    sort_order=order,
                )
                for order, each in enumerate(rows["map"]["areas"])
            ]
            area_map.places = [
                MapPlace(
                    name=each["name"]["vi"],
                    kind=each["kind"],
                    address=each["address"]["vi"],
                    telephone=each.get("telephone", ""),
                    hours=each.get("hours", {}).get("vi", ""),
                    latitude=round(each["latitude"], 6),
                    longitude=round(each["longitude"], 6),
                    sort_order=order,
                )
                for order, each in enumerate(rows["map"]["places"])
            ]
        links = self._page(
            shelf,
            WebsiteLinksPage,
            rows["links"],
            introduction=rows["links"]["intro"]["vi"],
            groups=json.dumps(
                [link_group(n, each) for n, each in enumerate(rows["links"]["groups"])]
            ),
        )
        statistics = self._page(
            shelf,
            StatisticsPage,
            rows["statistics"],
            introduction=rows["statistics"]["intro"]["vi"],
        )
        if not home.latest_revision_id:
            home.sidebar_cards = [
                SidebarCard(widget=page, sort_order=order)
                for order, page in enumerate([area_map, links, statistics])
            ]
        return [
            (shelf, text_pairs(rows["index"])),
            (area_map, text_pairs(rows["map"])),
            (links, text_pairs(rows["links"])),
            (statistics, text_pairs(rows["statistics"])),
        ]

    def _compose_home(self, home, row):
        if not home.latest_revision_id:
            home.lead = self.articles[row["lead"]]
            home.featured_articles = [
                FeaturedArticle(article=self.articles[key], sort_order=order)
                for order, key in enumerate(row["featured"])
            ]
