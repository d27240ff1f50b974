import datetime
import json
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils import WagtailPageTestCase
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from articles.models import ArticleIndexPage, ArticlePage, RelatedArticle
from tests.factories import (
    language,
    link_directive,
    log_in,
    make_article,
    make_category,
    make_directive,
    make_document,
    make_english,
    make_image,
    make_portal,
    paragraph,
    restrict,
    translate,
)
from tests.forms import article_form, preview_new
from tests.queries import queries_of


class ArticlePageTests(WagtailPageTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news, title="Nước sạch cho mọi khu phố")

    def test_lives_only_under_a_news_section(self):
        self.assertAllowedParentPageTypes(ArticlePage, {ArticleIndexPage})
        self.assertAllowedSubpageTypes(ArticlePage, {})

    def test_an_editor_can_create_it(self):
        log_in(self.client)

        self.assertCanCreate(
            self.portal.news, ArticlePage, nested_form_data(article_form(title="Đường bộ mới"))
        )

    def test_can_be_previewed_before_its_first_save(self):
        unsaved = ArticlePage(
            title="Bản nháp",
            summary="Chưa lưu",
            body=[paragraph("Chữ đầu tiên")],
            locale=language("vi"),
        )

        response = unsaved.make_preview_request()

        self.assertContains(response, "Chữ đầu tiên")

    def test_the_editor_previews_a_page_that_has_every_kind_of_row_and_no_id(self):
        log_in(self.client)
        directive = make_directive(self.portal.register, subject="Cấp nước sạch")
        data = article_form(
            related_directives=inline_formset([{"directive": directive.pk}]),
            related_articles=inline_formset([{"article": self.article.pk}]),
            tags="nước, hạ tầng",
        )

        response = preview_new(self.client, self.portal.news, ArticlePage, data)
        self.assertContains(response, "Cấp nước sạch")
        self.assertContains(response, self.article.title)

    def test_more_of_everything_costs_no_more_queries(self):
        category = make_category()
        article = make_article(self.portal.news, category=category, cover=make_image())
        counts = []
        for size in (10, 20):
            self._fill(article, size)
            counts.append(queries_of(self.client, article.url))

        assert counts[0] == counts[1]

    def _fill(self, article, size):
        """Makes the article have `size` blocks of each costly kind, tags, documents and so on."""
        images = [make_image() for _ in range(size)]
        directives = [make_directive(self.portal.register) for _ in range(size)]
        others = [
            make_article(self.portal.news, category=article.category, cover=images[n])
            for n in range(size)
        ]
        figures = [{"image": image, "alt_text": "", "caption": "Ảnh"} for image in images]
        article.body = [
            *(("image", figure) for figure in figures),
            ("gallery", figures),
            *(("directive", {"directive": page, "note": ""}) for page in directives),
            *(("download", {"document": make_document(), "description": ""}) for _ in images),
            *(paragraph() for _ in images),
        ]
        article.tags.set([f"thẻ {number}" for number in range(size)])
        article.related_articles = [
            RelatedArticle(article=page, locale=article.locale) for page in others
        ]
        article.related_directives.all().delete()
        for directive in directives:
            link_directive(article, directive, save=False)
        article.save()

    def test_shows_what_an_editor_wrote(self):
        article = make_article(
            self.portal.news,
            category=make_category("Đời sống"),
            byline="Lan Chi",
            source="Báo Lam Giang",
            cover=make_image(),
            cover_alt="Đường ống nước",
        )
        article.tags.add("nước sạch")
        article.save()

        response = self.client.get(article.url)

        for text in ("Đời sống", "Lan Chi", "Báo Lam Giang", "nước sạch", 'alt="Đường ống nước"'):
            self.assertContains(response, text)

    def test_a_cover_without_text_of_its_own_has_the_images_description(self):
        article = make_article(self.portal.news, cover=make_image(description="Bể nước công cộng"))

        response = self.client.get(article.url)

        self.assertContains(response, 'alt="Bể nước công cộng"')

    def test_a_draft_is_not_found(self):
        draft = make_article(self.portal.news, live=False)

        assert self.client.get(draft.url).status_code == 404

    def test_says_when_its_text_changed_a_day_or_more_after_it_was_published(self):
        old = timezone.make_aware(datetime.datetime(2024, 1, 1, 8))

        def updated(changed):
            return ArticlePage(published_at=old, last_published_at=changed).updated_at

        assert updated(old + timedelta(hours=2)) is None
        assert updated(None) is None
        assert updated(old + timedelta(days=3)) == old + timedelta(days=3)

    def test_lists_the_documents_it_rests_on_but_no_draft_and_no_private_one(self):
        shown = make_directive(self.portal.register, subject="Công khai ngân sách")
        draft = make_directive(self.portal.register, subject="Còn là nháp", live=False)
        private = make_directive(self.portal.register, subject="Chỉ nội bộ")
        restrict(private)
        for directive in (shown, draft, private):
            link_directive(self.article, directive)

        response = self.client.get(self.article.url)

        self.assertContains(response, "Công khai ngân sách")
        self.assertNotContains(response, "Còn là nháp")
        self.assertNotContains(response, "Chỉ nội bộ")

    def test_shows_a_linked_document_in_the_readers_language(self):
        english = make_english(self.portal)
        directive = make_directive(self.portal.register, subject="Cấp nước")
        translate(directive, subject="Water supply")
        link_directive(self.article, directive)
        translated = translate(self.article, title="Clean water")

        response = self.client.get(translated.url)

        assert translated.get_parent().pk == english.news.pk
        self.assertContains(response, "Water supply")
        self.assertNotContains(response, "Cấp nước")

    def test_cannot_be_related_to_itself(self):
        log_in(self.client)
        data = nested_form_data(
            article_form(
                related_articles=inline_formset(
                    [{"article": self.article.pk}],
                ),
                slug=self.article.slug,
            )
        )

        response = self.client.post(
            reverse("wagtailadmin_pages:edit", args=[self.article.pk]), data
        )

        formset = response.context["form"].formsets["related_articles"]
        assert "article" in formset.errors[0]

    def test_a_title_with_markup_is_printed_as_text_everywhere(self):
        evil = "</script><script>alert(1)</script><b>đậm</b>"
        article = make_article(self.portal.news, title=evil, slug="xau", summary=evil, byline=evil)

        for address in (article.url, self.portal.news.url, self.portal.home.url):
            html = self.client.get(address).content.decode()
            assert "alert(1)" in html
            assert "<script>alert(1)" not in html
            assert "<b>đậm" not in html

    def test_json_ld_survives_a_title_that_would_end_the_script(self):
        evil = "Tin </script><script>alert(1)</script> & <!-- nóng"
        article = make_article(self.portal.news, title=evil, slug="xau")

        soup = self.get_soup(self.client.get(article.url).content)

        blocks = [
            json.loads(each.string)
            for each in soup.find_all("script", {"type": "application/ld+json"})
        ]
        assert {block["@type"] for block in blocks} == {"NewsArticle", "BreadcrumbList"}
        news = next(block for block in blocks if block["@type"] == "NewsArticle")
        assert news["headline"] == evil

    def test_json_ld_describes_the_article(self):
        article = make_article(self.portal.news, cover=make_image(), byline="Lan Chi")

        soup = self.get_soup(self.client.get(article.url).content)

        data = next(
            data
            for each in soup.find_all("script", {"type": "application/ld+json"})
            if (data := json.loads(each.string))["@type"] == "NewsArticle"
        )
        assert data["author"]["name"] == "Lan Chi"
        assert data["datePublished"] == article.published_at.isoformat()
        assert data["inLanguage"] == "vi"
        assert data["image"][0].startswith("http")

    def test_an_article_that_was_made_live_by_sql_is_shown_without_its_date(self):
        article = make_article(self.portal.news)
        dates = ["published_at", "first_published_at", "last_published_at"]
        ArticlePage.objects.filter(pk=article.pk).update(**dict.fromkeys(dates))

        self.assertNotContains(self.client.get(article.url), "datePublished")
        assert self.client.get(f"/api/v3/resolve/?path={article.url}").status_code == 200
        assert self.client.get("/api/v3/articles/").status_code == 200

    def test_a_social_network_is_shown_title_summary_and_cover(self):
        article = make_article(self.portal.news, cover=make_image())

        soup = self.get_soup(self.client.get(article.url).content)

        def meta(name):
            return soup.find("meta", {"property": name})["content"]

        assert meta("og:title") == article.title
        assert meta("og:description") == article.summary
        assert meta("og:type") == "article"
        assert meta("og:image").startswith("http")


class RelatedArticlesTests(WagtailPageTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.category = make_category()
        cls.article = make_article(cls.portal.news, category=cls.category)

    def related_of(self, article):
        return list(self.client.get(article.url).context["related"])

    def test_without_a_choice_are_the_newest_three_of_the_category(self):
        now = timezone.now()
        days = [3, 1, 4, 2]
        others = {
            day: make_article(
                self.portal.news, category=self.category, published_at=now - timedelta(days=day)
            )
            for day in days
        }
        make_article(self.portal.news, category=make_category("Văn hóa"))
        make_article(self.portal.news, category=self.category, live=False)

        assert self.related_of(self.article) == [others[1], others[2], others[3]]

    def test_begin_with_those_an_editor_chose_in_that_order_without_drafts(self):
        first, second = make_article(self.portal.news), make_article(self.portal.news)
        draft = make_article(self.portal.news, live=False)
        similar = make_article(self.portal.news, category=self.category)
        self.article.related_articles = [
            RelatedArticle(article=page, sort_order=order, locale=language("vi"))
            for order, page in enumerate([second, draft, first])
        ]
        self.article.save()

        assert self.related_of(self.article) == [second, first, similar]
        api = self.client.get(f"/api/v3/articles/{self.article.pk}/related/").json()
        assert [card["id"] for card in api] == [second.pk, first.pk, similar.pk]

    def test_all_that_an_editor_chose_are_shown(self):
        chosen = [make_article(self.portal.news) for _number in range(5)]
        self.article.related_articles = [
            RelatedArticle(article=page, sort_order=order, locale=language("vi"))
            for order, page in enumerate(chosen)
        ]
        self.article.save()

        assert self.related_of(self.article) == chosen

    def test_are_filled_up_by_shared_tags_and_then_by_the_newest_of_the_section(self):
        now = timezone.now()
        tagged, older, newer = (
            make_article(self.portal.news, published_at=now - timedelta(days=day))
            for day in (30, 20, 10)
        )
        alone = make_article(self.portal.news)
        for page in (alone, tagged):
            page.tags.add("thư viện")
            page.save()

        assert self.related_of(alone)[0] == tagged
        assert self.related_of(alone)[1:] == [self.article, newer]

    def test_more_articles_cost_no_more_queries(self):
        counts = []
        for _round in range(2):
            for _number in range(4):
                make_article(self.portal.news, category=self.category)
            self.client.get(self.article.url)
            counts.append(queries_of(self.client, self.article.url))

        assert counts[0] == counts[1]


class SlugTests(WagtailPageTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()

    def create(self, **changes):
        log_in(self.client)
        data = nested_form_data(article_form(**changes)) | {"action-publish": "yes"}
        address = reverse(
            "wagtailadmin_pages:add", args=["civic_articles", "articlepage", self.portal.news.pk]
        )
        return self.client.post(address, data)

    def test_a_slug_made_of_the_title_keeps_every_vietnamese_letter(self):
        article = make_article(self.portal.news, title="Đường bộ Đặng Văn Ngữ: sửa từ 30/4")

        assert article.slug == "duong-bo-dang-van-ngu-sua-tu-30-4"

    def test_the_same_title_twice_gets_an_address_of_its_own(self):
        slugs = [make_article(self.portal.news, title="Họp dân").slug for _ in range(2)]

        assert slugs == ["hop-dan", "hop-dan-2"]

    def test_a_slug_typed_with_diacritics_is_stored_without(self):
        self.create(slug="đường-bộ")

        assert ArticlePage.objects.get().slug == "duong-bo"

    def test_a_slug_that_is_taken_is_refused_at_its_field(self):
        make_article(self.portal.news, slug="duong-bo")

        response = self.create(slug="đường-bộ")

        assert "slug" in response.context["form"].errors

    def test_the_forms_script_is_told_to_write_d_for_đ(self):
        log_in(self.client)
        address = reverse(
            "wagtailadmin_pages:add", args=["civic_articles", "articlepage", self.portal.news.pk]
        )

        soup = self.get_soup(self.client.get(address).content)

        field = soup.find("input", {"name": "slug"})
        formatters = json.loads(field["data-w-slug-formatters-value"])
        written = {letter: plain for [letters, *_], plain in formatters for letter in letters}
        assert (written["đ"], written["ữ"]) == ("d", "u")
