import re
from collections import Counter

from django.core.cache import caches
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from articles.models import ArticlePage
from tests.factories import *
from tests.forms import *


class T(TestCase):
    def diff(self, address, add):
        res = []
        for n in range(2):
            for _ in range(4):
                add()
            for alias in ("local", "renditions"):
                caches[alias].clear()
            self.client.get(address)
            with CaptureQueriesContext(connection) as c:
                r = self.client.get(address)
            res.append(Counter(re.sub(r"\d+", "N", q["sql"])[:400] for q in c))
        print("=====", address, r.status_code)
        for k, v in res[1].items():
            if v != res[0].get(k):
                print(res[0].get(k), v, k)

    def test_x(self):
        p = make_portal()
        home = p.home
        cat = make_category()

        def add():
            a = make_article(p.news, category=cat, cover=make_image())
            a.tags.add("x")

        self.diff("/api/v2/pages/?type=articles.ArticlePage&limit=20", add)
        page = make_map(p.shelf)
        page.boundaries = None
        page.save()

        def add():
            make_place(page)
            make_area(page, link_page=make_article(p.news))

        for v in ("v2", "v3"):
            self.diff(f"/api/{v}/pages/{page.pk}/", add)
        from home.models import FeaturedArticle

        def add():
            article = make_article(p.news)
            home.featured_articles.add(FeaturedArticle(article=article, locale=home.locale))
            home.save()
            add_card(home, make_links(p.shelf))

        for v in ("v2", "v3"):
            self.diff(f"/api/{v}/pages/{home.pk}/", add)
        a = ArticlePage.objects.first()
        for v in ("v2", "v3"):
            for q in (
                "type=articles.ArticlePage",
                f"child_of={p.news.pk}",
                "search=bai",
                f"slug={a.slug}",
            ):
                r = self.client.get(f"/api/{v}/pages/?{q}")
                print(v, q, r.status_code, r.content[:300] if r.status_code != 200 else "")
        from tests.api.test_endpoints import operations

        print(*operations(), sep="\n")
        from home.services import create_site_groups

        editors, moderators = create_site_groups(site=p.site)
        log_in(self.client, make_user("e", editors))
        d = make_article(p.news, live=False)
        r = self.client.post(
            f"/admin/pages/{d.pk}/edit/",
            nested_form_data(article_form(title=d.title, slug=d.slug)) | {"action-submit": "yes"},
        )
        d.refresh_from_db()
        print(r.status_code, d.current_workflow_state, d.has_workflow, d.get_workflow())
