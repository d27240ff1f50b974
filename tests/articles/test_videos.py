import pytest
from django.urls import reverse
from django.utils.html import escape
from wagtail.blocks import StructBlockValidationError
from wagtail.models import Page
from wagtail.test.utils import WagtailPageTestCase
from wagtail.test.utils.form_data import nested_form_data, streamfield

from articles.blocks.media import VideoBlock
from articles.models import ArticlePage
from tests.api.test_writing import WritingTests
from tests.factories import log_in, make_article, make_portal
from tests.forms import article_form

YOUTUBE = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"
YOUTUBE_PLAYER = "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"
YOUTUBE_LIST = "PLabcdefghijklmnop"
VIMEO = "https://vimeo.com/823141156"
VIMEO_PLAYER = "https://player.vimeo.com/video/823141156?dnt=1"
UNLISTED = f"{VIMEO}/90e6d75118"
UNLISTED_PLAYER = "https://player.vimeo.com/video/823141156?h=90e6d75118&dnt=1"


@pytest.mark.parametrize(
    ("typed", "page", "player"),
    [
        (YOUTUBE, YOUTUBE, YOUTUBE_PLAYER),
        ("http://www.youtube.com/watch?v=aqz-KE-bpKQ", YOUTUBE, YOUTUBE_PLAYER),
        ("  youtube.com/watch?v=aqz-KE-bpKQ&si=abc \n", YOUTUBE, YOUTUBE_PLAYER),
        ("\u200ehttps://YOUTU.BE/aqz-KE-bpKQ\u200b", YOUTUBE, YOUTUBE_PLAYER),
        ("HTTPS://WWW.YOUTUBE.COM/WATCH?V=aqz-KE-bpKQ", YOUTUBE, YOUTUBE_PLAYER),
        ("https://www.youtube.com/embed/aqz-KE-bpKQ", YOUTUBE, YOUTUBE_PLAYER),
        ("https://m.youtube.com/shorts/aqz-KE-bpKQ", YOUTUBE, YOUTUBE_PLAYER),
        ("https://www.youtube.com/live/aqz-KE-bpKQ?feature=share", YOUTUBE, YOUTUBE_PLAYER),
        ("https://music.youtube.com/watch?v=aqz-KE-bpKQ&list=RDAMVMaq", YOUTUBE, YOUTUBE_PLAYER),
        (YOUTUBE_PLAYER, YOUTUBE, YOUTUBE_PLAYER),
        ("Họp báo - https://youtu.be/aqz-KE-bpKQ?si=abc", YOUTUBE, YOUTUBE_PLAYER),
        ("https://youtu.be/aqz-KE-bpKQ?t=90", f"{YOUTUBE}&t=90s", f"{YOUTUBE_PLAYER}?start=90"),
        ("https://youtu.be/aqz-KE-bpKQ&t=1m30s", f"{YOUTUBE}&t=90s", f"{YOUTUBE_PLAYER}?start=90"),
        (f"{YOUTUBE}#t=1m30s", f"{YOUTUBE}&t=90s", f"{YOUTUBE_PLAYER}?start=90"),
        (f"{YOUTUBE_PLAYER}?start=90", f"{YOUTUBE}&t=90s", f"{YOUTUBE_PLAYER}?start=90"),
        (
            f"{YOUTUBE}&list={YOUTUBE_LIST}&index=2",
            f"{YOUTUBE}&list={YOUTUBE_LIST}",
            f"{YOUTUBE_PLAYER}?list={YOUTUBE_LIST}",
        ),
        (
            f"https://www.youtube.com/embed/videoseries?list={YOUTUBE_LIST}",
            f"https://www.youtube.com/playlist?list={YOUTUBE_LIST}",
            f"https://www.youtube-nocookie.com/embed/videoseries?list={YOUTUBE_LIST}",
        ),
        (
            f'<iframe width="560" src="{YOUTUBE_PLAYER}?si=x&amp;start=12"></iframe>',
            f"{YOUTUBE}&t=12s",
            f"{YOUTUBE_PLAYER}?start=12",
        ),
        (VIMEO, VIMEO, VIMEO_PLAYER),
        (f"{VIMEO}?share=copy", VIMEO, VIMEO_PLAYER),
        ("https://vimeo.com/channels/staffpicks/823141156", VIMEO, VIMEO_PLAYER),
        ("https://vimeo.com/groups/film/videos/823141156", VIMEO, VIMEO_PLAYER),
        ("https://vimeo.com/showcase/7008490/video/823141156", VIMEO, VIMEO_PLAYER),
        (f"{VIMEO}#t=1m30s", f"{VIMEO}#t=90s", f"{VIMEO_PLAYER}#t=90s"),
        (UNLISTED, UNLISTED, UNLISTED_PLAYER),
        (f"{VIMEO}?h=90e6d75118", UNLISTED, UNLISTED_PLAYER),
        ("https://player.vimeo.com/video/823141156?h=90e6d75118", UNLISTED, UNLISTED_PLAYER),
        (
            '<div><iframe src="https://player.vimeo.com/video/823141156?h=90e6d75118&amp;badge=0">'
            '</iframe></div><script src="https://player.vimeo.com/api/player.js"></script>',
            UNLISTED,
            UNLISTED_PLAYER,
        ),
    ],
)
def test_a_video_is_recognised_however_its_address_was_copied(typed, page, player):
    block = VideoBlock()
    value = block.clean(block.to_python({"url": typed, "caption": ""}))

    assert value["url"] == page
    answer = block.get_api_representation(value)
    assert (answer["url"], answer["player"]) == (page, player)
    assert block.get_api_representation({"url": typed, "caption": ""}) == answer
    assert f'data-embed="{escape(player)}"' in block.render(value)


@pytest.mark.parametrize(
    "typed",
    [
        "https://youtube.com.evil.example/watch?v=aqz-KE-bpKQ",
        "https://evil@youtube.com/watch?v=aqz-KE-bpKQ",
        "https://www.youtube.com:8000/watch?v=aqz-KE-bpKQ",
        "https://www.youtube.com/@phuongbenga",
        "https://www.youtube.com/BenNgaRadio",
        "https://www.youtube.com/embed/live_stream?channel=UC1",
        "https://www.youtube.com/watch?v=aqz-KE-bpK",
        "https://vimeo.com/showcase/7008490",
        "https://vimeo.com/user823141156",
        "https://[::1",
        "<iframe></iframe>",
        "javascript:alert(1)",
    ],
)
def test_an_address_of_no_video_is_refused_with_what_to_do(typed):
    with pytest.raises(StructBlockValidationError) as refused:
        VideoBlock().clean(VideoBlock().to_python({"url": typed, "caption": ""}))

    [message] = refused.value.block_errors["url"].messages
    assert "YouTube" in message
    assert VideoBlock().render(VideoBlock().to_python({"url": typed, "caption": ""})).strip() == ""


class VideoBlockTests(WagtailPageTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()

    def test_a_video_of_an_unknown_site_is_refused_at_its_field(self):
        log_in(self.client)
        body = streamfield([("embed", {"url": "https://evil.example/v/1", "caption": ""})])
        address = reverse(
            "wagtailadmin_pages:add", args=["civic_articles", "articlepage", self.portal.news.pk]
        )

        response = self.client.post(address, nested_form_data(article_form(body=body)))

        assert "body" in response.context["form"].errors
        assert not Page.objects.type(ArticlePage).exists()

    def test_an_embed_code_is_stored_as_the_address_of_its_video(self):
        log_in(self.client)
        code = f'<iframe src="{UNLISTED_PLAYER}" title="{"Phường Bến Ngà " * 40}"></iframe>'
        body = streamfield([("embed", {"url": code, "caption": ""})])
        address = reverse(
            "wagtailadmin_pages:add", args=["civic_articles", "articlepage", self.portal.news.pk]
        )

        form = article_form(body=body) | {"action-publish": "1"}
        self.client.post(address, nested_form_data(form))

        [article] = ArticlePage.objects.all()
        assert article.body[0].value["url"] == UNLISTED
        link = self.get_soup(self.client.get(article.url).content).find(attrs={"data-embed": True})
        assert (link["href"], link["data-embed"]) == (UNLISTED, UNLISTED_PLAYER)

    def test_nothing_of_the_other_site_is_loaded_before_the_reader_asks(self):
        video = {"url": "https://www.youtube.com/watch?v=aqz-KE-bpKQ", "caption": "Nộp hồ sơ"}
        article = make_article(self.portal.news, body=[("embed", video)])

        soup = self.get_soup(self.client.get(article.url).content)

        assert not soup.find("iframe")
        link = soup.find(attrs={"data-embed": True})
        assert link["data-embed"] == "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"
        assert link["href"] == video["url"]


class WrittenVideoTests(WritingTests):
    def test_a_client_writes_any_address_and_reads_page_and_player(self):
        video = [{"type": "embed", "value": {"url": "http://YOUTU.BE/aqz-KE-bpKQ?t=90"}}]

        page = self.written(self.editor.create(self.article(body=video)), 201)

        [block] = page["body"]
        assert block["value"]["url"] == f"{YOUTUBE}&t=90s"
        assert block["value"]["player"] == f"{YOUTUBE_PLAYER}?start=90"
