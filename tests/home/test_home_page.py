from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils import WagtailPageTestCase
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from articles.models import ArticleIndexPage
from directives.models import DirectiveIndexPage
from home.models import FeaturedArticle, HomePage
from tests.factories import (
    add_card,
    log_in,
    make_article,
    make_category,
    make_directive,
    make_english,
    make_image,
    make_links,
    make_map,
    make_place,
    make_portal,
    make_statistics,
    publish,
    restrict,
    translate,
)
from tests.forms import NO_SIDEBAR, preview_new
from tests.queries import queries_of
from widgets.models import WidgetIndexPage


class HomePageTests(WagtailPageTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.home = cls.portal.home
        now = timezone.now()
        # The newest first: articles[0] is the youngest.
        cls.articles = [
            make_article(cls.portal.news, title=f"Tin {n}", published_at=now - timedelta(days=n))
            for n in range(12)
        ]

    def feature(self, *articles, lead=None):
        self.home.lead = lead
        self.home.featured_articles = [
            FeaturedArticle(article=article, sort_order=order, locale=self.home.locale)
            for order, article in enumerate(articles)
        ]
        self.home.save()

    def shown(self):
        context = self.client.get(self.home.url).context
        return context["lead"], context["featured"], context["latest"]

    def test_holds_every_section(self):
        for section in (ArticleIndexPage, DirectiveIndexPage, WidgetIndexPage):
            self.assertCanCreateAt(HomePage, section)

    def test_an_editor_can_create_it(self):
        log_in(self.client)
        data = {
            "title": "Phường mới",
            "introduction": "",
            "lead": "",
            "featured_articles": inline_formset([{"article": self.articles[3].pk}]),
            **NO_SIDEBAR,
        }

        self.assertCanCreate(self.home.get_parent(), HomePage, nested_form_data(data))

    def test_can_be_previewed_before_its_first_save(self):
        log_in(self.client)
        data = {
            "title": "Phường mới",
            "introduction": "",
            "lead": "",
            "featured_articles": inline_formset([]),
            **NO_SIDEBAR,
        }

        response = preview_new(self.client, self.home.get_parent(), HomePage, data)

        self.assertContains(response, "Phường mới")

    def test_the_editor_previews_a_choice_that_is_not_saved(self):
        log_in(self.client)
        data = {
            "title": self.home.title,
            "slug": self.home.slug,
            "introduction": "",
            "lead": self.articles[9].pk,
            "featured_articles": inline_formset([{"article": self.articles[11].pk}]),
            **NO_SIDEBAR,
        }
        address = reverse("wagtailadmin_pages:preview_on_edit", args=[self.home.pk])
        self.client.get(self.home.url)

        valid = self.client.post(address, nested_form_data(data))
        context = self.client.get(address).context

        assert valid.json()["is_valid"], valid.json()
        assert context["lead"] == self.articles[9]
        assert context["featured"] == [self.articles[11]]

    def test_costs_at_most_twelve_queries_with_warm_caches(self):
        for _ in range(6):
            make_directive(self.portal.register)
        article_map = make_map(self.portal.shelf)
        make_place(article_map)
        for widget in (
            article_map,
            make_links(self.portal.shelf),
            make_statistics(self.portal.shelf),
        ):
            add_card(self.home, widget)
        for article in self.articles:
            article.cover = make_image()
            article.category = make_category(f"Mục {article.pk}")
            article.save()

        assert queries_of(self.client, self.home.url) <= 12

    def test_more_of_everything_costs_no_more_queries(self):
        # The first look of all writes down the site's settings.
        self.client.get(self.home.url)
        counts = []
        for _ in range(2):
            for _ in range(10):
                article = make_article(
                    self.portal.news, cover=make_image(), category=make_category(f"{_} {counts}")
                )
                make_directive(self.portal.register)
            self.feature(article, lead=article)
            counts.append(queries_of(self.client, self.home.url))

        assert counts[0] == counts[1]

    def test_without_a_choice_the_newest_article_leads(self):
        lead, featured, latest = self.shown()

        assert lead == self.articles[0]
        assert featured == []
        assert latest == self.articles[1:7]

    def test_the_editors_choice_stands_on_top_and_nothing_twice(self):
        self.feature(self.articles[1], self.articles[8], lead=self.articles[10])

        lead, featured, latest = self.shown()

        assert lead == self.articles[10]
        assert featured == [self.articles[1], self.articles[8]]
        assert latest == [self.articles[n] for n in (0, 2, 3, 4, 5, 6)]

    def test_featured_articles_without_a_lead_stand_beside_the_newest(self):
        self.feature(self.articles[5])

        lead, featured, latest = self.shown()

        assert lead == self.articles[0]
        assert featured == [self.articles[5]]
        assert latest == [self.articles[n] for n in (1, 2, 3, 4, 6, 7)]

    def test_an_article_chosen_twice_is_shown_once(self):
        self.feature(self.articles[0], self.articles[4], lead=self.articles[0])

        lead, featured, latest = self.shown()

        everything = [lead, *featured, *latest]
        assert lead == self.articles[0]
        assert len(everything) == len(set(everything))

    def test_the_newest_article_featured_alone_leads_and_is_shown_once(self):
        self.feature(self.articles[0])

        lead, featured, latest = self.shown()

        assert lead == self.articles[0]
        assert featured == []
        assert latest == self.articles[1:7]

    def test_a_chosen_article_that_is_taken_back_vanishes(self):
        self.feature(self.articles[2], self.articles[3], lead=self.articles[4])
        self.articles[4].unpublish()
        restrict(self.articles[2])

        lead, featured, latest = self.shown()

        everything = [lead, *featured, *latest]
        assert self.articles[2] not in everything
        assert self.articles[4] not in everything
        assert self.articles[3] in everything

    def test_drafts_are_not_among_the_latest(self):
        draft = make_article(self.portal.news, live=False)
        future = make_directive(self.portal.register, live=False)

        html = self.client.get(self.home.url).content.decode()

        assert draft.title not in html
        assert future.document_number not in html

    def test_the_newest_documents_are_shown_with_their_status(self):
        directives = [make_directive(self.portal.register) for _ in range(7)]

        response = self.client.get(self.home.url)

        shown = response.context["directives"]
        assert shown == directives[::-1][: HomePage.DOCUMENTS]
        self.assertContains(response, shown[0].legal_status_label)

    def test_each_language_shows_its_own_articles(self):
        english = make_english(self.portal)
        translated = translate(self.articles[7], title="Item seven")
        self.feature(lead=self.articles[7])
        english.home.lead = self.articles[7]
        publish(english.home)

        context = self.client.get(english.home.url).context

        assert context["lead"] == translated
        assert context["latest"] == []

    def test_a_site_of_nothing_says_so(self):
        make_portal("go-say.localhost", "Phường Gò Sậy")

        response = self.client.get("/", headers={"host": "go-say.localhost"})

        assert response.status_code == 200
        assert response.context["lead"] is None
