"""Extract the texts of articles that may cite official documents."""

from directives.citing.extraction import CitationExtractor, TextFragment

from .blocks.table_values import cells_as_html, normalise_table
from .conf import conf


class ArticleExtractor(CitationExtractor):
    """Extract the texts of an article's blocks and the documents that an editor linked."""

    PLAIN = {"quote": "text", "image": "caption", "download": "description", "directive": "note"}

    def prepare(self, pages):
        """Prefetch the documents linked to each article."""
        return pages.prefetch_related("related_directives")

    def texts(self, page):
        """
        Yield the summary, then the texts of blocks in order, then those of the project's blocks.
        """
        yield TextFragment(page.summary)
        # Raw values save the queries for images and files that blocks refer to.
        for block in page.body.raw_data:
            yield from self._texts_of_block(block["type"], block["value"])
        yield from map(TextFragment, self._texts_of_project_blocks(page.body))

    def directives(self, page):
        """Yield the primary keys of documents linked by a related row or a document block."""
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
            # One fragment for all cells: recognising thousands of short ones takes seconds.
            yield TextFragment(cells_as_html(table), html=True)

    def _texts_of_project_blocks(self, body):
        if not conf.ARTICLE_BLOCKS:
            return
        for child in body:
            if child.block_type in conf.ARTICLE_BLOCKS:
                yield from child.block.get_searchable_content(child.value)
