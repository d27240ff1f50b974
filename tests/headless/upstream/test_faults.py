"""
The faults that `headless.upstream` mends are still there: when a test passes, a module can go.

Each runs in a process without our apps, since theirs replace the methods at fault. They fork from
one that has imported the stock libraries.
"""

import json
import subprocess
import sys
import textwrap

import pytest

pytestmark = pytest.mark.slow

PRELUDE = """
import json, os, sys, tempfile
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
for line in sys.stdin:
    child = os.fork()
    if not child:
        exec(compile(json.loads(line), "code", "exec"))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.fixture(scope="module")
def stock():
    """A process that runs a line of JSON as Python in a fork, and prints what that exits with."""
    program = [sys.executable, "-c", textwrap.dedent(PRELUDE)]
    with subprocess.Popen(  # noqa: S603
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        yield process
        process.stdin.close()


@pytest.fixture
def run_stock(stock):
    """Runs `code` with the stock libraries; raises `CalledProcessError` if it does."""

    def run(code: str) -> None:
        print(json.dumps(textwrap.dedent(code)), file=stock.stdin, flush=True)
        status = int(stock.stdout.readline())
        if status:
            raise subprocess.CalledProcessError(status, code)

    return run


def test_the_stock_libraries_run_without_our_apps(run_stock):
    run_stock("from wagtail.images.models import AbstractImage")


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_wagtail_refuses_a_truncated_image_with_a_word(run_stock):
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
def test_wagtail_tells_the_measures_of_a_turned_photo(run_stock):
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
def test_willow_saves_an_image_of_sixteen_bits_as_jpeg(run_stock):
    run_stock(
        """
        import willow
        content = BytesIO()
        Picture.new("I;16", (120, 80)).save(content, "PNG")
        willow.Image.open(content).resize((60, 40)).save_as_jpeg(BytesIO())
        """
    )


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_django_shortens_a_long_name_with_an_early_dot(run_stock):
    run_stock(
        """
        from django.core.files.storage import default_storage
        default_storage.get_available_name("documents/V.v " + "a" * 100 + ".pdf", max_length=100)
        """
    )


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_django_keeps_a_stem_for_a_name_of_signs(run_stock):
    run_stock(
        """
        from django.core.files.storage import default_storage
        assert default_storage.get_valid_name("….pdf") != ".pdf"
        """
    )


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_django_drops_spaces_and_dots_behind_an_extension(run_stock):
    run_stock(
        """
        from django.core.files.uploadedfile import SimpleUploadedFile
        assert SimpleUploadedFile("van-ban.pdf. ", b"").name == "van-ban.pdf"
        """
    )


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_django_leaves_nothing_of_a_file_it_cannot_write(run_stock):
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
def test_willow_opens_an_animated_png(run_stock):
    run_stock(
        """
        import willow
        content = BytesIO()
        frames = [Picture.new("RGB", (60, 40), colour) for colour in ("red", "green")]
        frames[0].save(content, "PNG", save_all=True, append_images=frames[1:])
        content.seek(0)
        willow.Image.open(content)
        """
    )


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_wagtail_takes_a_jpeg_image_under_all_names_that_are_allowed(run_stock):
    run_stock(
        """
        from django.core.files.uploadedfile import SimpleUploadedFile
        from django.test import override_settings
        from wagtail.images.fields import WagtailImageField
        content = BytesIO()
        Picture.new("RGB", (60, 40)).save(content, "JPEG")
        with override_settings(WAGTAILIMAGES_EXTENSIONS=["jpg", "jpeg", "jfif"]):
            WagtailImageField().clean(SimpleUploadedFile("a.jfif", content.getvalue()))
        """
    )


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_django_refuses_a_required_text_that_nobody_sees(run_stock):
    run_stock(
        """
        from django import forms
        try:
            forms.CharField().clean("\\u200b")
        except forms.ValidationError:
            pass
        else:
            raise AssertionError
        """
    )


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_wagtail_says_what_is_wrong_with_a_block_for_its_api(run_stock):
    run_stock(
        """
        from django import forms
        from wagtail.blocks import StreamBlockValidationError
        from wagtail.utils.forms import FormValidationError
        class Form(forms.Form):
            def clean(self):
                wrong = forms.ValidationError("too long")
                self._errors["body"] = self.error_class(
                    [StreamBlockValidationError(block_errors={0: wrong})]
                )
        form = Form({})
        assert "too long" in str(FormValidationError.get_form_errors_as_dict(form))
        """
    )


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_wagtail_edits_a_text_with_a_link_that_names_no_page(run_stock):
    run_stock(
        """
        from wagtail.admin.rich_text.converters.html_to_contentstate import PageLinkElementHandler
        PageLinkElementHandler("LINK").get_attribute_data({"linktype": "page"})
        """
    )


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_wagtail_edits_a_text_with_an_image_that_names_none(run_stock):
    run_stock(
        """
        from wagtail.images.rich_text.contentstate import ImageElementHandler
        ImageElementHandler().create_entity("embed", {"alt": "x"}, None, None)
        """
    )


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_wagtail_refuses_an_id_that_is_no_integer_with_a_bad_request(run_stock):
    run_stock(
        """
        from types import SimpleNamespace
        from wagtail.api.v2.utils import BadRequestError
        from wagtail.api.v2.views import BaseAPIViewSet
        from wagtail.models import Page
        try:
            BaseAPIViewSet().find_object(Page.objects.all(), SimpleNamespace(GET={"id": "abc"}))
        except BadRequestError:
            pass
        """
    )


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_wagtail_purges_an_api_that_is_not_called_wagtailapi_v2(run_stock):
    run_stock(
        """
        from types import SimpleNamespace
        from wagtail.api.v2.signal_handlers import purge_page_from_cache
        settings.WAGTAILAPI_BASE_URL = "http://a.example"
        settings.ROOT_URLCONF = "wagtail.urls"
        purge_page_from_cache(SimpleNamespace(id=1))
        """
    )


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_wagtail_exports_a_control_character(run_stock):
    run_stock(
        """
        from openpyxl import Workbook
        from wagtail.admin.views.mixins import SpreadsheetExportMixin
        value = SpreadsheetExportMixin().preprocess_field_value("title", "a\\x0bb", "xlsx")
        Workbook(write_only=True).create_sheet().append([value])
        """
    )


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_taggit_cuts_the_slug_of_a_tag_to_its_column(run_stock):
    run_stock(
        """
        from taggit.models import Tag
        assert len(Tag().slugify("㍿" * 100)) <= Tag._meta.get_field("slug").max_length
        """
    )


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_django_refuses_control_characters_in_forms(run_stock):
    run_stock(
        """
        from django import forms
        try:
            assert "\\x0b" not in forms.CharField().clean("a\\x0bb")
        except forms.ValidationError:
            pass
        """
    )


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_ninja_answers_head_where_it_answers_get(run_stock):
    run_stock(
        """
        from django.test import RequestFactory
        from django.urls import path
        from ninja import NinjaAPI
        api = NinjaAPI()
        @api.get("/a")
        def a(request):
            return 1
        views, _namespace, _name = api.urls
        view = next(each.callback for each in views if "a" == str(each.pattern))
        assert view(RequestFactory().head("/a")).status_code == 200
        """
    )


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_wagtail_labels_the_forms_of_links_in_the_editors_language(run_stock):
    run_stock(
        """
        from django.utils.translation import override
        from wagtail.admin.forms.choosers import EmailLinkChooserForm
        with override("vi"):
            assert EmailLinkChooserForm()["email_address"].label != "Email address"
        """
    )


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_wagtail_goes_on_to_addresses_alone(run_stock):
    run_stock(
        """
        from django.shortcuts import redirect
        from django.test import RequestFactory
        from wagtail.admin.utils import get_valid_next_url_from_request
        settings.ALLOWED_HOSTS = ["testserver"]
        settings.ROOT_URLCONF = "wagtail.admin.urls"
        redirect(get_valid_next_url_from_request(RequestFactory().get("/?next=abc")) or "/")
        """
    )


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_wagtail_refuses_a_former_address_that_no_parser_reads(run_stock):
    run_stock(
        """
        from django.core.exceptions import ValidationError
        from wagtail.contrib.redirects.models import Redirect
        try:
            Redirect.normalise_path("http://[::1")
        except ValidationError:
            pass
        """
    )


@pytest.mark.xfail(strict=True, raises=subprocess.CalledProcessError)
def test_wagtail_finds_a_slug_beside_the_root(run_stock):
    run_stock(
        """
        from wagtail.coreutils import find_available_slug
        assert find_available_slug(None, "root")
        """
    )
