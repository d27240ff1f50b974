"""What an article says that may cite official documents."""

from directives.citing.extraction import Extractor, Text

from .blocks.table_values import cells_as_html, normalise_table
from .conf import conf


class ArticleExtractor(Extractor):
    """The texts of an article's blocks, and the documents an editor linked."""

    PLAIN = {"quote": "text", "image": "caption", "download": "description", "directive": "note"}

    def prepare(self, pages):
        return pages.prefetch_related("related_directives")

    def texts(self, page):
        yield Text(page.summary)
        # Raw values: pictures and files need not be read to know what the text says.
        for block in page.body.raw_data:
            yield from self._texts_of_block(block["type"], block["value"])
        yield from map(Text, self._texts_of_project_blocks(page.body))

    def directives(self, page):
        yield from (row.directive_id for row in page.related_directives.all())
        for block in page.body.raw_data:
            if block["type"] == "directive" and block["value"].get("directive"):
                yield block["value"]["directive"]

    def _texts_of_block(self, kind, value):
        if kind == "paragraph":
            yield Text(value or "", html=True)
        elif kind == "callout":
            yield Text(value.get("title") or "")
            yield Text(value.get("text") or "", html=True)
        elif kind in self.PLAIN:
            yield Text(value.get(self.PLAIN[kind]) or "")
        elif kind == "gallery":
            yield from (Text(item["value"].get("caption") or "") for item in value)
        elif kind == "table" and (table := normalise_table(value)):
            # As one text: a look into thousands of short ones takes seconds.
            yield Text(cells_as_html(table), html=True)

    def _texts_of_project_blocks(self, body):
        if not conf.ARTICLE_BLOCKS:
            return
        for child in body:
            if child.block_type in conf.ARTICLE_BLOCKS:
                yield from child.block.get_searchable_content(child.value)
