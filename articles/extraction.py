"""What an article says that may cite official documents."""

from directives.extraction import CitationExtractor, TextFragment

from .conf import conf
from .tables import cells_as_html, normalise_table


class ArticleExtractor(CitationExtractor):
    """The texts of an article's blocks, and the documents an editor linked."""

    PLAIN = {"quote": "text", "image": "caption", "download": "description", "directive": "note"}

    def prepare(self, pages):
        return pages.prefetch_related("related_directives")

    def texts(self, page):
        yield TextFragment(page.summary)
        # Raw values: pictures and files need not be read to know what the text says.
        for block in page.body.raw_data:
            yield from self._texts_of_block(block["type"], block["value"])
        yield from map(TextFragment, self._texts_of_project_blocks(page.body))

    def directives(self, page):
        yield from (row.directive_id for row in page.related_directives.all())
        for block in page.body.raw_data:
            if block["type"] == "directive" and block["value"].get("directive"):
                yield block["value"]["directive"]

    def _texts_of_block(self, kind, value):
        if kind == "paragraph":
            yield TextFragment(value or "", html=True)
        elif kind == "callout":
            yield TextFragment(value.get("title") or "")
            yield TextFragment(value.get("text") or "", html=True)
        elif kind in self.PLAIN:
            yield TextFragment(value.get(self.PLAIN[kind]) or "")
        elif kind == "gallery":
            yield from (TextFragment(item["value"].get("caption") or "") for item in value)
        elif kind == "table" and (table := normalise_table(value)):
            # As one text: a look into thousands of short ones takes seconds.
            yield TextFragment(cells_as_html(table), html=True)

    def _texts_of_project_blocks(self, body):
        if not conf.ARTICLE_BLOCKS:
            return
        for child in body:
            if child.block_type in conf.ARTICLE_BLOCKS:
                yield from child.block.get_searchable_content(child.value)
