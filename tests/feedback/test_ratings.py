import threading
from collections import Counter
from random import Random
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import TestCase

from feedback.counts.aggregates import recount
from feedback.models import Comment, CommentSettings, PageRating, Rating
from feedback.services import delete_rating, save_comment, save_rating
from feedback.submission.networks import network_of
from feedback.submission.refusals import LimitReached
from tests.factories import make_article, make_english, make_portal, translate

pytestmark = pytest.mark.vendor


def in_threads(count, work):
    """Runs `work(number)` in as many threads at once; what one of them raises is raised here."""
    barrier = threading.Barrier(count)
    errors = []

    def run(number):
        try:
            barrier.wait(timeout=30)
            work(number)
        except Exception as error:  # noqa: BLE001
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def true_figures(article):
    votes = Rating.objects.filter(translation_key=article.translation_key)
    return Counter(votes.values_list("stars", flat=True))


def figures(article):
    return PageRating.objects.get(translation_key=article.translation_key)


class RatingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news)

    def test_a_visitor_has_one_rating_and_may_change_it(self):
        visitor = uuid4()
        save_rating(page=self.article, visitor=visitor, stars=2)

        result = save_rating(page=self.article, visitor=visitor, stars=5)

        assert result.count == 1
        assert result.average == 5.0
        assert Rating.objects.get().stars == 5

    def test_the_average_is_of_all_visitors(self):
        for stars in (5, 4, 4):
            save_rating(page=self.article, visitor=uuid4(), stars=stars)

        result = figures(self.article)

        assert (result.count, result.average) == (3, 4.3)
        assert result.distribution == {5: 1, 4: 2, 3: 0, 2: 0, 1: 0}

    def test_a_page_shows_its_average_and_the_form_to_rate_it(self):
        save_rating(page=self.article, visitor=uuid4(), stars=4)
        save_rating(page=self.article, visitor=uuid4(), stars=5)

        page = BeautifulSoup(self.client.get(self.article.url).content, "html.parser")

        assert page.select_one(".rating__average strong").text in {"4.5", "4,5"}
        assert len(page.select(".rating__form input[type=radio]")) == 5

    def test_a_rating_can_be_withdrawn_once(self):
        visitor = uuid4()
        save_rating(page=self.article, visitor=visitor, stars=2)

        delete_rating(page=self.article, visitor=visitor)
        result = delete_rating(page=self.article, visitor=visitor)

        assert result.count == 0
        assert result.average is None

    def test_only_one_to_five_stars_count(self):
        for stars in (0, 6, -1, 10**30):
            with pytest.raises(ValidationError):
                save_rating(page=self.article, visitor=uuid4(), stars=stars)
        with pytest.raises(IntegrityError), transaction.atomic():
            Rating.objects.create(translation_key=uuid4(), visitor=uuid4(), stars=6)

    def test_translations_share_their_ratings(self):
        make_english(self.portal)
        english = translate(self.article, title="Water")
        visitor = uuid4()
        save_rating(page=self.article, visitor=visitor, stars=1)

        result = save_rating(page=english, visitor=visitor, stars=4)

        assert (result.count, result.average) == (1, 4.0)

    def test_without_the_code_one_vote_a_network_and_day_counts(self):
        network = network_of(address="203.0.113.5")
        first = uuid4()
        save_rating(page=self.article, visitor=first, stars=1, network=network)

        with pytest.raises(LimitReached):
            save_rating(page=self.article, visitor=uuid4(), stars=1, network=network)

        other = save_rating(
            page=make_article(self.portal.news), visitor=uuid4(), stars=1, network=network
        )
        changed = save_rating(page=self.article, visitor=first, stars=3, network=network)
        assert (other.count, changed.count, changed.average) == (1, 1, 3.0)

    def test_a_reader_s_comments_show_the_stars_they_give_now(self):
        visitor = uuid4()
        save_rating(page=self.article, visitor=visitor, stars=2)
        comment = save_comment(
            page=self.article,
            policy=CommentSettings(),
            visitor=visitor,
            network="",
            verified=True,
            name="Lan",
            email="",
            body="Cảm ơn",
        )
        assert comment.stars == 2

        save_rating(page=self.article, visitor=visitor, stars=5)

        assert Comment.objects.get().stars == 5

    def test_ratings_go_with_the_last_translation(self):
        make_english(self.portal)
        english = translate(self.article, title="Water")
        save_rating(page=self.article, visitor=uuid4(), stars=4)

        self.article.delete()
        assert Rating.objects.count() == 1
        english.refresh_from_db()
        english.delete()

        assert not Rating.objects.exists()
        assert not PageRating.objects.exists()

    def test_a_copy_starts_without_ratings(self):
        save_rating(page=self.article, visitor=uuid4(), stars=4)

        copy = self.article.copy(update_attrs={"slug": "ban-sao"})

        assert not Rating.objects.filter(translation_key=copy.translation_key).exists()

    def test_a_recount_finds_and_mends_wrong_figures(self):
        save_rating(page=self.article, visitor=uuid4(), stars=4)
        PageRating.objects.update(count=3, stars_4=3)

        found = recount(repair=False)
        assert figures(self.article).count == 3
        mended = recount(repair=True)

        assert found == mended == [f"ratings {self.article.translation_key}"]
        assert figures(self.article).count == 1
        assert recount(repair=True) == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestRaces:
    @pytest.fixture
    def article(self):
        return make_article(make_portal().news)

    def test_fifty_visitors_at_once_are_fifty_votes(self, article):
        in_threads(50, lambda n: save_rating(page=article, visitor=uuid4(), stars=n % 5 + 1))

        assert figures(article).count == 50
        assert figures(article).distribution == dict.fromkeys((5, 4, 3, 2, 1), 10)

    def test_a_visitor_who_votes_fifty_times_at_once_has_one_vote(self, article):
        visitor = uuid4()

        in_threads(50, lambda n: save_rating(page=article, visitor=visitor, stars=n % 5 + 1))

        assert figures(article).count == 1
        assert Counter(+Counter(figures(article).distribution)) == true_figures(article)

    def test_votes_changes_and_withdrawals_at_once_stay_exact(self, article):
        visitors = [uuid4() for _ in range(12)]

        def act(number):
            chance = Random(number)  # noqa: S311
            for _ in range(4):
                visitor = chance.choice(visitors)
                if chance.random() < 0.3:
                    delete_rating(page=article, visitor=visitor)
                else:
                    save_rating(page=article, visitor=visitor, stars=chance.randint(1, 5))

        in_threads(20, act)

        true = true_figures(article)
        assert +Counter(figures(article).distribution) == true
        assert figures(article).count == sum(true.values())

    def test_one_network_gets_one_unverified_vote_even_at_once(self, article):
        network = network_of(address="203.0.113.5")
        refused = []

        def vote(number):
            try:
                save_rating(page=article, visitor=uuid4(), stars=1, network=network)
            except LimitReached:
                refused.append(number)

        in_threads(20, vote)

        assert figures(article).count == 1
        assert len(refused) == 19
