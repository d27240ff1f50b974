from directives.citing.extraction import Extractor, Text


class NoticeExtractor(Extractor):
    """What a notice says that may cite official documents."""

    def texts(self, page):
        yield Text(page.text, html=True)
