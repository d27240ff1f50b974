import csv
import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from smtplib import SMTPException
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.core import mail
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import TestCase
from django.utils import timezone
from openpyxl import load_workbook

from feedback.models import Comment, CommentSettings, PageRating, Rating
from feedback.services import save_rating
from tests.factories import make_article, make_portal
from tests.feedback.test_comments import make_comment, post


def run(name, *args, **options):
    out = StringIO()
    call_command(name, *args, stdout=out, **options)
    return out.getvalue()


class CommandTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news)

    def test_figures_are_compared_and_mended(self):
        save_rating(page=self.article, visitor=uuid4(), stars=4)
        assert "right" in run("recount_feedback")
        PageRating.objects.update(count=2, stars_4=2)

        assert "Differs" in run("recount_feedback", dry_run=True)
        assert "Mended" in run("recount_feedback")

        assert PageRating.objects.get().count == 1

    def test_a_reader_is_found_before_anything_is_erased(self):
        visitor = uuid4()
        make_comment(self.article, email="lan@example.org", visitor=visitor)
        make_comment(self.article, visitor=visitor)
        make_comment(self.article)
        save_rating(page=self.article, visitor=visitor, stars=4)

        found = run("erase_reader", email="Lan@example.org", same_visitor=True)
        assert Comment.objects.count() == 3
        run("erase_reader", email="Lan@example.org", same_visitor=True, erase=True)

        assert "2 comments" in found
        assert Comment.objects.count() == 1
        assert not Rating.objects.exists()
        with pytest.raises(CommandError):
            run("erase_reader")

    def test_a_reader_is_erased_whole_or_not_at_all(self):
        visitor = uuid4()
        make_comment(self.article, email="lan@example.org", visitor=visitor)
        save_rating(page=self.article, visitor=visitor, stars=4)
        options = {"email": "lan@example.org", "same_visitor": True, "erase": True}

        broken = patch("feedback.moderation.erasure.erase_comments", side_effect=OperationalError)
        with broken, pytest.raises(OperationalError):
            run("erase_reader", **options)
        assert (Comment.objects.count(), Rating.objects.count()) == (1, 1)

        run("erase_reader", **options)
        assert (Comment.objects.count(), Rating.objects.count()) == (0, 0)
        assert PageRating.objects.get().count == 0

    def test_old_data_is_forgotten_site_by_site(self):
        make_comment(self.article, email="a@b.vn", created_at=timezone.now() - timedelta(days=400))

        out = run("forget_readers")

        assert "localhost: 1 comments" in out
        assert Comment.objects.get().email == ""

    def test_spam_is_deleted_after_a_month_but_not_what_others_replied_to(self):
        ago = timezone.now() - timedelta(days=31)
        make_comment(self.article, status="spam", created_at=ago)
        answered = make_comment(self.article, status="spam", created_at=ago)
        reply = make_comment(self.article, parent=answered, created_at=ago)
        new = make_comment(self.article, status="spam")
        marked_now = make_comment(
            self.article, status="spam", created_at=ago, decided_at=timezone.now()
        )
        shown = make_comment(self.article, created_at=ago)

        out = run("forget_readers")

        assert "1 spam deleted" in out
        left = set(Comment.objects.values_list("pk", flat=True))
        assert left == {each.pk for each in (answered, reply, new, marked_now, shown)}

    def test_comments_are_written_as_tables_and_json(self):
        make_comment(self.article, name="=1+1", body="Dòng một\nDòng hai", email="a@b.vn")
        with self.subTest("json"):
            path = self.path("comments.json")
            run("export_comments", path)
            (row,) = json.loads(Path(path).read_text("utf-8"))
            assert (row["name"], row["body"]) == ("=1+1", "Dòng một\nDòng hai")
        with self.subTest("csv"):
            path = self.path("comments.csv")
            run("export_comments", path)
            with open(path, encoding="utf-8", newline="") as file:
                (row,) = csv.DictReader(file)
            assert row["name"] == "'=1+1"
        with self.subTest("xlsx"):
            path = self.path("comments.xlsx")
            run("export_comments", path)
            cells = [cell.value for cell in list(load_workbook(path).active.iter_rows())[1]]
            assert "'=1+1" in cells
        with pytest.raises(CommandError):
            run("export_comments", self.path("comments.pdf"))

    @pytest.fixture(autouse=True)
    def _directory(self, tmp_path):
        self.path = lambda name: str(tmp_path / name)


class NoticeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news)

    def setUp(self):
        caches["default"].clear()

    def send(self, **fields):
        with self.captureOnCommitCallbacks(execute=True):
            return post(self.article, **fields)

    def test_moderators_are_told_once_in_the_set_time(self):
        CommentSettings.objects.create(
            site=self.portal.site, notify_emails="a@benga.example\nb@benga.example"
        )
        for number in range(3):
            self.send(body=f"Bí mật {number}")

        assert sorted(message.to for message in mail.outbox) == [
            ["a@benga.example"],
            ["b@benga.example"],
        ]
        assert "/admin/snippets/civic_feedback/comment/?waiting=true" in mail.outbox[0].body
        assert "Bí mật" not in mail.outbox[0].body

    def test_a_mail_that_fails_keeps_it_from_nobody_and_the_next_comment_tries_again(self):
        CommentSettings.objects.update_or_create(
            site=self.portal.site,
            defaults={"notify_emails": "an@benga.example\nbinh@benga.example"},
        )
        sent = []

        def send(subject, text, sender, addresses):
            if failing & set(addresses):
                raise SMTPException("550")
            sent.extend(addresses)

        with patch("feedback.moderation.notifications.send_mail", side_effect=send):
            failing = {"an@benga.example", "binh@benga.example"}
            with self.captureOnCommitCallbacks(execute=True):
                post(self.article, body="Một")
            failing = {"an@benga.example"}
            with self.captureOnCommitCallbacks(execute=True):
                post(self.article, body="Hai")

        assert sent == ["binh@benga.example"]

    def test_nobody_is_told_without_an_address_or_of_what_is_shown_or_spam(self):
        self.send()
        policy = CommentSettings.for_site(self.portal.site)
        policy.notify_emails, policy.policy = "a@benga.example", "publish_first"
        policy.save()
        self.send(policy=policy, body="Hiện ngay")
        self.send(is_honeypot_filled=True, body="Rác")

        assert mail.outbox == []
