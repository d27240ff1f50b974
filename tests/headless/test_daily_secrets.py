import datetime

from django.test import TestCase

from headless.content.requests.daily_secrets import daily_hash, delete_old_secrets
from headless.models import DailySecret

TODAY = datetime.date(2026, 3, 3)
TOMORROW = TODAY + datetime.timedelta(days=1)


class DailySecretTests(TestCase):
    def hash(self, **facts):
        return daily_hash("203.0.113.5", **{"purpose": "votes", "day": TODAY, **facts})

    def test_a_hash_is_the_same_all_day_and_another_one_the_next(self):
        assert self.hash() == self.hash() != self.hash(day=TOMORROW)

    def test_hashes_for_different_purposes_cannot_be_compared(self):
        assert self.hash() != self.hash(purpose="visits")

    def test_a_hash_needs_the_secret_of_the_installation(self):
        before = self.hash()

        with self.settings(SECRET_KEY="of another installation"):
            assert self.hash() != before

    def test_the_first_use_of_a_day_deletes_earlier_secrets(self):
        self.hash()
        self.hash(day=TOMORROW)

        assert DailySecret.objects.get().day == TOMORROW

    def test_a_secret_is_deleted_with_its_day_where_nobody_came_since(self):
        self.hash()

        delete_old_secrets(TOMORROW)

        assert not DailySecret.objects.exists()

    def test_a_secret_that_may_be_rolled_back_is_not_remembered(self):
        before = self.hash()
        DailySecret.objects.all().delete()

        assert self.hash() != before
