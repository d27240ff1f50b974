"""
The faults that `headless.upstream` mends are still there: when a test passes, a module can go.

Each runs in a process without our apps, since theirs replace the methods at fault.
"""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import wagtail.admin

PRELUDE = """
import os, tempfile
from io import BytesIO
import django
from django.conf import settings
settings.configure(
    INSTALLED_APPS=[
        "wagtail.images", "wagtail.documents", "wagtail.users", "wagtail.admin", "wagtail.search",
        "wagtail", "taggit", "modelsearch", "django.contrib.auth", "django.contrib.contenttypes",
    ],
    MEDIA_ROOT=tempfile.mkdtemp(),
    STATIC_URL="/static/",
    USE_TZ=True,
)
django.setup()
from PIL import Image as Picture
"""


def run_stock(code: str) -> None:
    """Runs `code` with the stock libraries; raises if it does."""
    program = textwrap.dedent(PRELUDE) + textwrap.dedent(code)
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)  # noqa: S603


def test_the_stock_libraries_run_without_our_apps():
    run_stock("from wagtail.images.models import AbstractImage")


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_wagtail_refuses_a_truncated_image_with_a_word():
    run_stock(
        """
        from django.core.exceptions import ValidationError
        from django.core.files.uploadedfile import SimpleUploadedFile
        from wagtail.images.fields import WagtailImageField
        content = BytesIO()
        Picture.frombytes("RGB", (200, 200), os.urandom(120_000)).save(content, "JPEG")
        try:
            WagtailImageField().clean(SimpleUploadedFile("a.jpg", content.getvalue()[:-2000]))
        except ValidationError:
            pass
        """
    )


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_wagtail_tells_the_measures_of_a_turned_photo():
    run_stock(
        """
        from django.core.files.images import ImageFile
        from wagtail.images.models import Image
        content, exif = BytesIO(), Picture.Exif()
        exif[0x0112] = 6
        Picture.new("RGB", (120, 80)).save(content, "JPEG", exif=exif)
        image = Image(title="x", file=ImageFile(content, "a.jpg"))
        assert (image.width, image.height) == (80, 120)
        """
    )


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_willow_saves_an_image_of_sixteen_bits_as_jpeg():
    run_stock(
        """
        import willow
        content = BytesIO()
        Picture.new("I;16", (120, 80)).save(content, "PNG")
        willow.Image.open(content).resize((60, 40)).save_as_jpeg(BytesIO())
        """
    )


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_django_shortens_a_long_name_with_an_early_dot():
    run_stock(
        """
        from django.core.files.storage import default_storage
        default_storage.get_available_name("documents/V.v " + "a" * 100 + ".pdf", max_length=100)
        """
    )


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_django_keeps_a_stem_for_a_name_of_signs():
    run_stock(
        """
        from django.core.files.storage import default_storage
        assert default_storage.get_valid_name("….pdf") != ".pdf"
        """
    )


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_django_leaves_nothing_of_a_file_it_cannot_write():
    run_stock(
        """
        from django.core.files.base import ContentFile
        from django.core.files.storage import default_storage
        class Half(ContentFile):
            def chunks(self, chunk_size=None):
                yield b"half"
                raise OSError("full")
        try:
            default_storage.save("a.txt", Half(b"whole"))
        except OSError:
            pass
        assert not default_storage.exists("a.txt")
        """
    )


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_taggit_cuts_a_slug_to_its_column():
    run_stock(
        """
        from taggit.models import Tag
        slug = Tag(name="ﷺ" * 100).slugify("ﷺ" * 100)
        assert len(slug) <= Tag._meta.get_field("slug").max_length
        """
    )


WRITE_SPREADSHEET = """
from types import SimpleNamespace
from wagtail.admin.views.mixins import SpreadsheetExportMixin
class Report(SpreadsheetExportMixin):
    list_export = ["title"]
    export_headings = {"title": "Title"}
Report().write_xlsx([SimpleNamespace(title=%r)], BytesIO())
"""


def test_wagtail_writes_a_spreadsheet():
    run_stock(WRITE_SPREADSHEET % "Kế hoạch")


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_wagtail_writes_a_control_character_into_a_spreadsheet():
    run_stock(WRITE_SPREADSHEET % "Kế\x0bhoạch")


@pytest.mark.xfail(strict=True, reason="https://github.com/wagtail/wagtail/issues/8056")
def test_wagtails_date_picker_keeps_what_it_cannot_read():
    scripts = Path(wagtail.admin.__file__).parent / "static/wagtailadmin/js/vendor"
    assert "validateOnBlur:!0" not in (scripts / "jquery.datetimepicker.js").read_text()
