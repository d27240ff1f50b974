from directives.citing.extraction import CitationExtractor, TextFragment


class NoticeExtractor(CitationExtractor):
    """What a notice says that may cite official documents."""

    def texts(self, page):
        yield TextFragment(page.text, html=True)
