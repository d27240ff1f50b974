from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import TestCase
from django.utils import timezone
from wagtail.models import ModelLogEntry, ReferenceIndex

from feedback import services
from feedback.counts.aggregates import recount
from feedback.models import (
    Comment,
    CommentCount,
    CommentReport,
    CommentSettings,
    FeedbackMode,
    Rating,
)
from feedback.moderation.erasure import (
    erase_comments,
    erase_ratings,
    find_comments_of_reader,
    forget_readers,
)
from feedback.services import decide, save_comment, save_rating
from feedback.submission.networks import network_of
from feedback.submission.refusals import LimitReached, ParentRefused
from headless.models import DailySecret
from tests.changes import version_now
from tests.factories import make_article, make_portal, make_superuser
from tests.feedback.test_ratings import in_threads

Status = Comment.Status


def make_comment(article, **fields):
    """A comment in the database with figures that know of it."""
    fields = {
        "name": "Lan",
        "body": "Cảm ơn phường.",
        "status": Status.APPROVED,
        "visitor": uuid4(),
        "verified": True,
    } | fields
    comment = Comment.objects.create(page=article, **fields)
    recount(repair=True)
    return comment


def post(article, **fields):
    fields = {
        "policy": CommentSettings(),
        "visitor": uuid4(),
        "network": "",
        "verified": True,
        "name": "Lan",
        "email": "",
        "body": "Cảm ơn phường.",
    } | fields
    return save_comment(page=article, **fields)


def count_of(article):
    row = CommentCount.objects.get(page=article)
    return row.comments, row.threads


class PolicyTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news)
        cls.moderator = make_superuser()

    def test_a_comment_waits_for_a_moderator_by_default(self):
        comment = post(self.article)

        assert comment.status == Status.PENDING
        assert count_of(self.article) == (0, 0)

    def test_published_first_it_shows_at_once_and_is_counted(self):
        policy = CommentSettings(policy="publish_first")

        thread = post(self.article, policy=policy)
        post(self.article, policy=policy, parent=thread, body="Đồng ý")

        assert thread.status == Status.APPROVED
        assert count_of(self.article) == (2, 1)

    def test_without_the_code_it_waits_in_any_case(self):
        policy = CommentSettings(policy="publish_first")

        assert post(self.article, policy=policy, verified=False).status == Status.PENDING

    def test_only_a_few_wait_without_the_code(self):
        for number in range(services.UNVERIFIED_WAITING):
            post(self.article, verified=False, body=f"Lời {number}")

        with pytest.raises(LimitReached):
            post(self.article, verified=False)

        assert post(self.article).status == Status.PENDING

    def test_a_held_word_waits_whatever_its_case_and_only_as_a_word(self):
        policy = CommentSettings(policy="publish_first", held_words="cờ bạc\nvay nhanh\n")

        assert post(self.article, policy=policy, body="Chơi CỜ BẠC nào").status == Status.PENDING
        assert post(self.article, policy=policy, name="Vay nhanh 24h").status == Status.PENDING
        assert post(self.article, policy=policy, body="lá cờ bạch kim").status == Status.APPROVED

    def test_who_has_enough_approved_comments_is_trusted(self):
        policy = CommentSettings(trusted_after=2)
        visitor = uuid4()
        make_comment(self.article, visitor=visitor)
        assert post(self.article, policy=policy, visitor=visitor, body="a").status == Status.PENDING
        make_comment(self.article, visitor=visitor)

        assert (
            post(self.article, policy=policy, visitor=visitor, body="b").status == Status.APPROVED
        )

    def test_a_site_trusts_only_whom_its_own_moderators_approved(self):
        elsewhere = make_article(make_portal("go-say.localhost", "Phường Gò Sậy").news)
        policy, visitor = CommentSettings(trusted_after=1), uuid4()
        make_comment(elsewhere, visitor=visitor)

        assert post(self.article, policy=policy, visitor=visitor).status == Status.PENDING
        assert post(elsewhere, policy=policy, visitor=visitor).status == Status.APPROVED

    def test_who_fills_in_the_trap_is_spam_and_told_nothing(self):
        assert post(self.article, is_honeypot_filled=True).status == Status.SPAM

    def test_a_double_click_is_one_comment(self):
        visitor = uuid4()

        first = post(self.article, visitor=visitor)

        assert post(self.article, visitor=visitor) == first
        assert Comment.objects.count() == 1

    def test_replies_go_one_level_deep_to_shown_comments_of_the_same_article(self):
        thread = make_comment(self.article)
        refused = [
            make_comment(self.article, parent=thread),
            make_comment(self.article, status=Status.PENDING),
            make_comment(make_article(self.portal.news)),
        ]

        for parent in refused:
            with pytest.raises(ParentRefused):
                post(self.article, parent=parent)

    def test_comments_close_by_page_by_site_and_after_days(self):
        article = make_article(self.portal.news, published_at=timezone.now() - timedelta(days=10))

        assert CommentSettings().accepts_comments(article, None)
        assert CommentSettings(close_after_days=11).accepts_comments(article, None)
        assert not CommentSettings(close_after_days=10).accepts_comments(article, None)
        assert not CommentSettings(comments_open=False).accepts_comments(article, None)
        closed = FeedbackMode(comments="closed")
        assert not CommentSettings().accepts_comments(article, closed)

    def test_the_database_refuses_what_no_service_writes(self):
        for fields in ({"status": "loved"}, {"stars": 6}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Comment.objects.create(page=self.article, name="x", body="x", **fields)


class DecisionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news)
        cls.moderator = make_superuser()

    def test_a_decision_is_counted_and_logged(self):
        comment = post(self.article)

        changed = decide(decisions={comment.pk: Status.APPROVED}, moderator=self.moderator)

        comment.refresh_from_db()
        assert changed == {comment.pk: ("pending", "approved", 0)}
        assert comment.moderator == self.moderator
        assert comment.decided_at is not None
        assert count_of(self.article) == (1, 1)
        entry = ModelLogEntry.objects.get(action="civic_feedback.comment.approve")
        assert entry.user == self.moderator
        assert entry.data == {"status": {"old": "pending", "new": "approved"}}

    def test_the_log_holds_no_words_of_the_reader(self):
        comment = post(self.article, name="Nguyễn Thị Kín", email="kin@example.org")

        decide(decisions={comment.pk: Status.SPAM}, moderator=self.moderator)

        entry = ModelLogEntry.objects.get()
        assert "Kín" not in f"{entry.label} {entry.data}"

    def test_replies_vanish_and_come_back_with_their_thread(self):
        thread = make_comment(self.article)
        make_comment(self.article, parent=thread)
        assert count_of(self.article) == (2, 1)

        decide(decisions={thread.pk: Status.REJECTED}, moderator=self.moderator)
        assert count_of(self.article) == (0, 0)
        decide(decisions={thread.pk: Status.APPROVED}, moderator=self.moderator)

        assert count_of(self.article) == (2, 1)

    def test_a_report_counts_once_a_visitor_and_is_settled_by_a_decision(self):
        comment = make_comment(self.article)
        visitor = uuid4()
        for _ in range(2):
            services.save_report(comment=comment, visitor=visitor)
        services.save_report(comment=comment, visitor=uuid4())
        assert Comment.objects.get().reports == 2
        assert list(Comment.objects.waiting()) == [comment]

        decide(decisions={comment.pk: Status.APPROVED}, moderator=self.moderator)

        assert not Comment.objects.waiting().exists()
        assert count_of(self.article) == (1, 1)


class CareTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news)

    def test_comments_go_with_their_article_stay_when_it_moves_and_are_not_copied(self):
        make_comment(self.article)
        elsewhere = make_portal("go-say.localhost", "Phường Gò Sậy")

        copy = self.article.copy(update_attrs={"slug": "ban-sao"})
        self.article.move(elsewhere.news, pos="last-child")

        assert Comment.objects.of_page(self.article).count() == 1
        assert not Comment.objects.of_page(copy).exists()
        self.article.refresh_from_db()
        self.article.delete()
        assert not Comment.objects.exists()
        assert not CommentCount.objects.exists()

    def test_neither_content_version_nor_reference_index_notice_readers(self):
        before = version_now()
        rows = ReferenceIndex.objects.count()

        with self.captureOnCommitCallbacks(execute=True):
            comment = post(self.article, policy=CommentSettings(policy="publish_first"))
            save_rating(page=self.article, visitor=uuid4(), stars=4)
            decide(decisions={comment.pk: Status.REJECTED}, moderator=None)

        assert version_now() == before
        assert ReferenceIndex.objects.count() == rows

    def test_no_address_is_stored_and_a_hash_dies_with_the_day(self):
        hashes = [network_of(address="203.0.113.5") for _ in range(2)]
        same = network_of(address="2001:db8:1:2::1") == network_of(address="2001:db8:1:2:ffff::9")
        DailySecret.objects.update(day=timezone.localdate() - timedelta(days=1))

        tomorrow = network_of(address="203.0.113.5")

        assert hashes[0] == hashes[1] != tomorrow
        assert same
        assert network_of(address="::ffff:203.0.113.5") == tomorrow
        assert network_of(address="") == network_of(address="unknown") == ""
        assert DailySecret.objects.count() == 1

    def test_a_person_is_found_and_erased_but_not_what_others_replied(self):
        visitor = uuid4()
        mine = make_comment(self.article, visitor=visitor, email="lan@example.org")
        answered = make_comment(self.article, visitor=visitor)
        reply = make_comment(self.article, parent=answered, name="Minh")
        save_rating(page=self.article, visitor=visitor, stars=1)
        other = make_comment(self.article)

        assert list(find_comments_of_reader(email="LAN@example.org ")) == [mine]
        erase_comments(comments=find_comments_of_reader(visitor=visitor))
        erase_ratings(visitors=[visitor], translation_keys=None)

        assert set(Comment.objects.all()) == {answered, reply, other}
        answered.refresh_from_db()
        assert answered.is_erased
        assert (answered.name, answered.email, answered.visitor) == ("", "", None)
        assert not Rating.objects.exists()
        assert count_of(self.article) == (3, 2)
        assert recount(repair=True) == []

    def test_old_comments_lose_what_is_known_of_their_readers(self):
        old = timezone.now() - timedelta(days=366)
        known = {"email": "lan@example.org", "network": "ab" * 16}
        make_comment(self.article, created_at=old, **known)
        fresh = make_comment(self.article, **known)
        elsewhere = make_portal("go-say.localhost", "Phường Gò Sậy")
        foreign = make_comment(make_article(elsewhere.news), created_at=old, **known)

        cleared = forget_readers(policy=CommentSettings.for_site(self.portal.site))

        assert cleared == 1
        assert set(Comment.objects.exclude(email="")) == {fresh, foreign}
        assert set(Comment.objects.exclude(visitor=None)) == {fresh, foreign}

    def test_a_recount_mends_the_figures_of_comments(self):
        make_comment(self.article)
        CommentCount.objects.update(comments=7)

        assert recount(repair=False) == [f"comments {self.article.pk}"]
        assert count_of(self.article) == (7, 1)
        recount(repair=True)

        assert count_of(self.article) == (1, 1)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestRaces:
    def test_posts_decisions_and_replies_at_once_stay_exact(self):
        article = make_article(make_portal().news)
        policy = CommentSettings(policy="publish_first")
        threads = [post(article, policy=policy, body=f"Lời {n}") for n in range(4)]

        def act(number):
            thread = threads[number % 4]
            if number % 3 == 0:
                status = Status.REJECTED if number % 2 else Status.APPROVED
                decide(decisions={each.pk: status for each in threads}, moderator=None)
            elif number % 3 == 1:
                post(article, policy=policy, body=f"Mới {number}")
            else:
                try:
                    thread.refresh_from_db()
                    post(article, policy=policy, parent=thread, body=f"Đáp {number}")
                except ParentRefused:
                    pass

        in_threads(24, act)

        shown = Comment.objects.of_page(article).shown()
        assert count_of(article) == (shown.count(), shown.threads().count())
        assert recount(repair=False) == []

    def test_reports_at_once_count_each_visitor_once(self):
        comment = make_comment(make_article(make_portal().news))
        visitors = [uuid4() for _ in range(5)]

        in_threads(20, lambda n: services.save_report(comment=comment, visitor=visitors[n % 5]))

        assert Comment.objects.get().reports == CommentReport.objects.count() == 5
