"""System checks refuse unsupported databases, histories and shadowed packages before `migrate`."""

from io import StringIO
from pathlib import Path
from unittest import mock

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import TestCase

from headless.checks import check_shadowed_packages

pytestmark = pytest.mark.vendor


def check_database():
    call_command("check", databases=["default"], stderr=StringIO())


class DatabaseChecksTests(TestCase):
    def test_a_database_of_today_passes(self):
        check_database()

    def test_a_database_from_before_the_first_release_is_refused_in_words(self):
        MigrationRecorder(connection).record_applied("headless", "0003_content_changes")

        with pytest.raises(SystemCheckError, match="before its first release"):
            check_database()

    def test_a_database_of_another_vendor_is_refused_by_its_name(self):
        with (
            mock.patch.object(connection, "vendor", "mysql"),
            mock.patch.object(connection, "display_name", "MariaDB"),
            pytest.raises(SystemCheckError, match="does not support MariaDB"),
        ):
            check_database()


def test_a_package_of_the_project_that_shadows_one_of_ours_is_named():
    config = apps.get_app_config("civic_widgets")

    assert check_shadowed_packages(None) == []
    with mock.patch.object(config, "path", str(Path("/srv/town/widgets"))):
        [warning] = check_shadowed_packages(None)

    assert warning.id == "civic_headless.W015"
    assert "/srv/town/widgets" in warning.msg
