"""The smallest valid thing of each kind; what a test is not about is made up here."""

import datetime
from dataclasses import dataclass
from io import BytesIO
from itertools import count

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import TestCase
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.rich_text import RichText

from articles.models import ArticleDirective, ArticleIndexPage, ArticlePage, Category
from directives.models import (
    Citation,
    DirectiveAttachment,
    DirectiveIndexPage,
    DirectivePage,
    DirectiveRelation,
    DocumentType,
    IssuingBody,
)
from headless.models import WebhookEndpoint
from headless.webhooks.signing import new_secret
from home.models import HomePage
from widgets.maps.geojson import normalise_boundaries
from widgets.models import (
    AdministrativeMapPage,
    MapArea,
    MapPlace,
    SidebarCard,
    SidebarMode,
    StatisticsPage,
    WebsiteLinksPage,
    WidgetIndexPage,
)

numbers = count(1001)  # Tests write smaller ones themselves.
PASSWORD = "only-for-tests"


@dataclass
class Portal:
    """A site and its sections in one language."""

    site: Site
    home: HomePage
    news: ArticleIndexPage
    register: DirectiveIndexPage
    shelf: WidgetIndexPage


def language(code: str) -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def make_portal(hostname: str = "localhost", name: str = "Phường Bến Ngà") -> Portal:
    """A Vietnamese site with empty sections; the one at `localhost` is the default."""
    locale = language("vi")
    root = Page.get_first_root_node()
    slug = hostname.partition(".")[0]
    home = root.add_child(instance=HomePage(title=name, slug=slug, locale=locale))
    site, _ = Site.objects.update_or_create(
        hostname=hostname,
        defaults={
            "root_page": home,
            "site_name": name,
            "is_default_site": hostname == "localhost",
        },
    )
    for welcome in Page.objects.filter(slug="home", depth=2):
        welcome.delete()
    home.refresh_from_db()

    def section(model, title, slug, **fields):
        return home.add_child(instance=model(title=title, slug=slug, locale=locale, **fields))

    return Portal(
        site=site,
        home=home,
        news=section(ArticleIndexPage, "Tin tức", "tin-tuc", show_in_menus=True),
        register=section(DirectiveIndexPage, "Văn bản", "van-ban", show_in_menus=True),
        shelf=section(WidgetIndexPage, "Tiện ích", "tien-ich"),
    )


def make_english(portal: Portal) -> Portal:
    """The same sections in English."""
    return Portal(
        site=portal.site,
        home=translate(portal.home, title="Ben Nga Ward"),
        news=translate(portal.news, title="News", slug="news"),
        register=translate(portal.register, title="Documents", slug="documents"),
        shelf=translate(portal.shelf, title="Widgets", slug="widgets"),
    )


def translate(page: Page, *, live: bool = True, **fields) -> Page:
    """The page in English, published; its parent must be there."""
    copy = page.copy_for_translation(language("en"))
    for name, value in fields.items():
        setattr(copy, name, value)
    if live:
        publish(copy)
    else:
        copy.save()
    copy.refresh_from_db()
    return copy


def publish(page: Page) -> None:
    """Publishes the page, with what follows once that is stored."""
    with committed():
        page.save_revision().publish()


def committed():
    """What is enqueued on commit is done at the end of the block, though a test never commits."""
    return TestCase.captureOnCommitCallbacks(execute=True)


def restrict(page: Page) -> None:
    """Only who is logged in may read the page and those below it."""
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def paragraph(text: str = "Từ thứ Hai, bộ phận một cửa làm việc từ 7 giờ 30."):
    return ("paragraph", RichText(f"<p>{text}</p>"))


def make_article(news: ArticleIndexPage, **fields) -> ArticlePage:
    number = next(numbers)
    fields = {
        "title": f"Bài viết {number}",
        "summary": f"Tóm tắt của bài viết {number}.",
        "body": [paragraph()],
        "locale": news.locale,
    } | fields
    return news.add_child(instance=ArticlePage(**fields))


def link_directive(article: ArticlePage, directive: DirectivePage, *, save: bool = True) -> None:
    row = ArticleDirective(
        directive=directive, locale=article.locale, sort_order=article.related_directives.count()
    )
    article.related_directives.add(row)
    if save:
        article.save()


def make_category(name: str = "Giáo dục", **fields) -> Category:
    category = Category(name=name, locale=fields.pop("locale", language("vi")), **fields)
    category.full_clean()
    category.save()
    return category


def document_type(code: str = "ke-hoach", locale: Locale | None = None) -> DocumentType:
    """One of the types that every installation starts with; in another language, translated."""
    source = DocumentType.objects.get(code=code, locale=language("vi"))
    return _term(source, locale)


def issuing_body(code: str = "ubnd-phuong-ben-nga", locale: Locale | None = None, **fields):
    defaults = {"name": "Ủy ban nhân dân phường Bến Ngà"} | fields
    source, _ = IssuingBody.objects.get_or_create(
        code=code, locale=language("vi"), defaults=defaults
    )
    return _term(source, locale)


def _term(source, locale):
    if locale in (None, source.locale):
        return source
    found = source.get_translation_or_none(locale)
    if found is None:
        found = source.copy_for_translation(locale)
        found.save()
    return found


def make_directive(register: DirectiveIndexPage, **fields) -> DirectivePage:
    number = next(numbers)
    locale = register.locale
    fields = {
        "document_number": f"{number}/KH-UBND",
        "document_type": fields.pop("document_type", None) or document_type(locale=locale),
        "issuing_body": fields.pop("issuing_body", None) or issuing_body(locale=locale),
        "subject": f"Về việc thử nghiệm số {number}",
        "issued_on": datetime.date(2024, 3, 15),
        "locale": locale,
    } | fields
    return register.add_child(instance=DirectivePage(**fields))


def attach(page: DirectivePage, document=None, title: str = "") -> DirectiveAttachment:
    return DirectiveAttachment.objects.create(
        page=page, document=document or make_document(), title=title, locale=page.locale
    )


def cite(source: Page, directive: DirectivePage) -> Citation:
    return Citation.objects.create(
        source=source, directive=directive, origin="hand", status="linked"
    )


def relate(page: DirectivePage, kind: str, target: DirectivePage, *, partly: bool = False):
    row = DirectiveRelation(page=page, kind=kind, target=target, partly=partly, locale=page.locale)
    row.save()
    return row


def square(key: str = "khu-pho-1", west: float = 105.9, south: float = 18.3, size: float = 0.01):
    """A GeoJSON feature: a square with its south-western corner there."""
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "properties": {"key": key, "name": key.replace("-", " ").title()},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def boundaries(*features) -> dict:
    """As an editor uploads them."""
    return {"type": "FeatureCollection", "features": list(features) or [square()]}


def make_map(shelf: WidgetIndexPage, **fields) -> AdministrativeMapPage:
    fields = {
        "title": f"Bản đồ {next(numbers)}",
        "boundaries": boundaries(),
        "locale": shelf.locale,
    } | fields
    if fields["boundaries"]:
        fields["boundaries"] = normalise_boundaries(fields["boundaries"])
    return shelf.add_child(instance=AdministrativeMapPage(**fields))


def make_place(map_page: AdministrativeMapPage, **fields) -> MapPlace:
    fields = {"name": "Trạm y tế", "latitude": "18.305", "longitude": "105.905"} | fields
    return MapPlace.objects.create(page=map_page, locale=map_page.locale, **fields)


def make_area(map_page: AdministrativeMapPage, key: str = "khu-pho-1", **fields) -> MapArea:
    fields = {"label": key, "locale": map_page.locale} | fields
    return MapArea.objects.create(page=map_page, feature_key=key, **fields)


def link(title: str = "Cổng dịch vụ công", url: str = "https://dichvucong.example/", **fields):
    """A link as a group of links holds it."""
    return {"title": title, "url": url, "page": None, "description": "", "logo": None} | fields


def link_group(*links, heading: str = "Cơ quan trong tỉnh"):
    return ("group", {"heading": heading, "links": list(links) or [link()]})


def make_links(shelf: WidgetIndexPage, **fields) -> WebsiteLinksPage:
    fields = {
        "title": f"Liên kết {next(numbers)}",
        "groups": [link_group()],
        "locale": shelf.locale,
    } | fields
    return shelf.add_child(instance=WebsiteLinksPage(**fields))


def make_statistics(shelf: WidgetIndexPage, **fields) -> StatisticsPage:
    fields = {"title": f"Thống kê {next(numbers)}", "locale": shelf.locale} | fields
    return shelf.add_child(instance=StatisticsPage(**fields))


def add_card(page: Page, widget: Page, title: str = "") -> SidebarCard:
    order = SidebarCard.objects.filter(page=page).count()
    return SidebarCard.objects.create(
        page=page, widget=widget, title=title, sort_order=order, locale=page.locale
    )


def set_mode(page: Page, mode: str) -> SidebarMode:
    return SidebarMode.objects.create(page=page, mode=mode, locale=page.locale)


def make_endpoint(site: Site, url: str = "https://hooks.example/build", **fields):
    """Somebody who is told of the changes of a site."""
    fields = {"name": f"Máy chủ {next(numbers)}", "secret": new_secret()} | fields
    return WebhookEndpoint.objects.create(site=site, url=url, **fields)


def image_content(size=(64, 48), kind: str = "PNG") -> bytes:
    content = BytesIO()
    Picture.new("RGB", size, "teal").save(content, kind)
    return content.getvalue()


def make_image(title: str = "Cầu Bến Ngà", description: str = "Cây cầu lúc bình minh", **fields):
    file = ImageFile(BytesIO(image_content()), f"picture-{next(numbers)}.png")
    return get_image_model().objects.create(
        title=title, description=description, file=file, **fields
    )


PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def make_document(title: str = "Tờ khai", name: str | None = None, content: bytes = PDF, **fields):
    file = ContentFile(content, name or f"file-{next(numbers)}.pdf")
    return get_document_model().objects.create(
        title=title, file=file, file_size=len(content), **fields
    )


def make_user(name: str, *groups: Group):
    """Somebody who logs in with `PASSWORD`."""
    user = get_user_model().objects.create_user(name, f"{name}@benga.example", PASSWORD)
    user.groups.set(groups)
    return user


def make_superuser(name: str = "quan-tri"):
    return get_user_model().objects.create_superuser(name, f"{name}@benga.example", PASSWORD)


def log_in(client, user=None):
    """Logs `user` (a new superuser by default) in, past the throttle that counts passwords."""
    user = user or make_superuser()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user
