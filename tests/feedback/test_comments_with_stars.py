"""A comment may bring stars: one form, one challenge, one transaction."""

import json
import re
from unittest.mock import patch

import pytest

from feedback.models import Comment, FeedbackMode, PageRating, Rating
from feedback.services import decide
from tests.factories import make_article, publish
from tests.feedback.test_comment_forms import ReaderTestCase, solve

pytestmark = pytest.mark.vendor


class CommentWithStarsTests(ReaderTestCase):
    def api(self, method, what, token="", **body):
        return self.client.generic(
            method,
            f"/api/v3/pages/{self.article.pk}/{what}/",
            json.dumps(body),
            content_type="application/json",
            headers={"X-Portal-Visitor": token} if token else {},
        )

    def test_stars_of_a_comment_are_its_visitor_s_rating_and_show_beside_it(self):
        self.send(stars="4")

        comment, rating = Comment.objects.get(), Rating.objects.get()
        assert (comment.stars, rating.stars, rating.visitor) == (4, 4, comment.visitor)
        assert PageRating.objects.get().average == 4.0
        decide(decisions={comment.pk: "approved"}, moderator=None)
        html = self.client.get(self.article.url).content.decode()
        assert 'class="comment__stars"' in html

    def test_other_stars_replace_those_given_before_on_all_comments_of_the_visitor(self):
        self.rate(2)
        self.send(body="Lần đầu.")
        assert Comment.objects.get().stars == 2

        self.send(stars="5", body="Nay đã khác.")

        assert set(Comment.objects.values_list("stars", flat=True)) == {5}
        assert (PageRating.objects.get().count, Rating.objects.get().stars) == (1, 5)

    def test_a_visitor_rates_each_page_for_itself(self):
        other = make_article(self.portal.news, title="Bài khác")
        self.rate(2)

        self.send(page=other, stars="5")

        assert set(Rating.objects.values_list("translation_key", "stars")) == {
            (self.article.translation_key, 2),
            (other.translation_key, 5),
        }

    def test_one_challenge_is_enough_and_serves_nothing_else(self):
        code = solve(self.client)

        assert self.send(altcha=code, stars="4").status_code == 302

        self.client.cookies.clear()
        assert self.rate(1, code=False, altcha=code).status_code == 422
        assert PageRating.objects.get().count == 1

    def test_without_stars_nothing_is_rated(self):
        for stars in ({}, {"stars": ""}):
            self.send(body=f"Không chấm {len(stars)}", **stars)

        assert Comment.objects.count() == 2
        assert not Rating.objects.exists()

    def test_odd_stars_are_refused_and_the_choice_is_kept(self):
        for stars in ("6", "0", "4.5", "x", "4\0"):
            assert self.send(stars=stars, code=False).status_code == 422
        again = self.send(stars="3", name="").content.decode()

        form = again[again.index('id="comment-form"') :]
        assert re.search(r'value="3" checked', form)
        assert not Comment.objects.exists()
        assert not Rating.objects.exists()

    def test_a_comment_that_is_not_saved_leaves_no_stars(self):
        broken = patch.object(Comment.objects, "create", side_effect=RuntimeError)
        with broken, self.assertRaises(RuntimeError):
            self.send(stars="5")

        assert not Rating.objects.exists()
        assert not PageRating.objects.filter(count__gt=0).exists()

    def test_without_script_one_comment_a_network_and_day_brings_stars_that_count(self):
        first = self.send(code=False, stars="5")
        self.client.cookies.clear()
        second = self.send(code=False, stars="1", body="Từ cùng một mạng.")

        assert first["Location"].endswith("?posted=waiting#comments")
        assert second["Location"].endswith("?posted=unrated#comments")
        self.assertContains(self.client.get(second["Location"]), "không được tính")
        assert Comment.objects.get(body="Từ cùng một mạng.").stars is None
        assert PageRating.objects.get().average == 5.0

    def test_stars_are_offered_where_the_page_is_rated_and_refused_elsewhere(self):
        self.assertContains(self.client.get(self.article.url), "stars__none")
        self.article.feedback_modes.add(FeedbackMode(ratings="closed"))
        publish(self.article)

        self.assertNotContains(self.client.get(self.article.url), "stars__none")
        assert self.send(stars="5").status_code == 403
        assert self.send().status_code == 302
        assert not Rating.objects.exists()

    def test_the_honeypot_s_stars_do_not_count(self):
        self.send(stars="1", website="https://seo.example")

        assert Comment.objects.get().status == "spam"
        assert not Rating.objects.exists()

    def test_the_api_takes_them_too(self):
        body = {"name": "Lan", "body": "Cảm ơn phường.", "altcha": solve(self.client)}

        posted = self.api("POST", "comments", stars=4, **body)

        assert posted.status_code == 201, posted.content
        mine = self.api("GET", "rating", token=posted.json()["visitor"]).json()
        assert (mine["mine"], mine["count"], mine["average"]) == (4, 1, 4.0)
        for stars in (0, 6, 4.5, "x"):
            assert self.api("POST", "comments", stars=stars, **body).status_code == 422
