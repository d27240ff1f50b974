from django.db import models
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail import blocks
from wagtail.api import APIField
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.models import Orderable, Page
from wagtail.snippets.blocks import SnippetChooserBlock

from articles.models import Category


class TeaserBlock(blocks.StructBlock):
    """A page, a picture and some words."""

    page = blocks.PageChooserBlock(required=False)
    picture = ImageChooserBlock(required=False)
    words = blocks.CharBlock(default="")


class TopicBlock(blocks.StructBlock):
    """A topic by its category."""

    category = SnippetChooserBlock(Category, required=False)


class BulletinPage(Page):
    """A page of an app that knows nothing of the portal's ways: Wagtail's fields and blocks alone."""

    lead = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    picture = models.ForeignKey(
        "wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    file = models.ForeignKey(
        "wagtaildocs.Document", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    categories = ParentalManyToManyField(Category, blank=True, related_name="+")
    urgency = models.CharField(choices=[("low", "low"), ("high", "high")], max_length=5, blank=True)
    amount = models.DecimalField(max_digits=6, decimal_places=2, default=0)
    on = models.DateField(null=True, blank=True)
    note = RichTextField(blank=True)
    body = StreamField(
        [
            ("text", blocks.CharBlock()),
            ("long", blocks.TextBlock()),
            ("rich", blocks.RichTextBlock()),
            ("raw", blocks.RawHTMLBlock()),
            ("yes", blocks.BooleanBlock(required=False)),
            ("whole", blocks.IntegerBlock()),
            ("part", blocks.FloatBlock()),
            ("sum", blocks.DecimalBlock()),
            ("day", blocks.DateBlock()),
            ("hour", blocks.TimeBlock()),
            ("instant", blocks.DateTimeBlock()),
            ("mail", blocks.EmailBlock()),
            ("link", blocks.URLBlock()),
            ("code", blocks.RegexBlock(regex="^a")),
            ("one", blocks.ChoiceBlock(choices=[("a", "A"), ("b", "B")])),
            ("some", blocks.MultipleChoiceBlock(choices=[("a", "A"), ("b", "B")])),
            ("said", blocks.BlockQuoteBlock()),
            ("line", blocks.StaticBlock()),
            ("page", blocks.PageChooserBlock()),
            ("picture", ImageChooserBlock()),
            ("figure", ImageBlock()),
            ("file", DocumentChooserBlock()),
            ("category", SnippetChooserBlock(Category)),
            ("optional", SnippetChooserBlock(Category, required=False)),
            ("topics", blocks.ListBlock(TopicBlock())),
            ("video", EmbedBlock()),
            ("grid", TableBlock()),
            (
                "table",
                TypedTableBlock([("words", blocks.CharBlock()), ("n", blocks.IntegerBlock())]),
            ),
            ("teaser", TeaserBlock()),
            ("teasers", blocks.ListBlock(TeaserBlock())),
            ("pair", blocks.StructBlock([("a", blocks.CharBlock()), ("b", TeaserBlock())])),
            ("columns", blocks.StreamBlock([("teaser", TeaserBlock()), ("w", blocks.CharBlock())])),
        ],
        blank=True,
    )

    parent_page_types = ["home.HomePage"]
    api_fields = [
        APIField("lead"),
        APIField("picture"),
        APIField("file"),
        APIField("category"),
        APIField("categories"),
        APIField("urgency"),
        APIField("amount"),
        APIField("on"),
        APIField("note"),
        APIField("body"),
        APIField("rows"),
        APIField("length"),
    ]

    @property
    def length(self) -> int:
        return len(self.note)


class BulletinRow(Orderable):
    """A row of a bulletin."""

    bulletin = ParentalKey(BulletinPage, on_delete=models.CASCADE, related_name="rows")
    words = models.CharField(max_length=50, blank=True)
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    file = models.ForeignKey(
        "wagtaildocs.Document", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    api_fields = [APIField("words"), APIField("page"), APIField("file")]

    def __str__(self):
        return self.words
