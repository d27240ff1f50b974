"""
Render the demo's documents and forms as PDF files, in the layout of Vietnamese official documents.

Pages of annexes are plain text: `# ` begins a heading, `- ` a list item, `[ ] ` a checkbox; every
other line is a paragraph.
"""

import tomllib
from datetime import UTC, datetime
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

import fontpkg_be_vietnam_pro
from fpdf import FPDF
from fpdf.enums import XPos, YPos

CONTENT = Path(__file__).parent / "content"
FONTS = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
FONT = "Be Vietnam Pro"
NOTE = "Tài liệu minh họa – cơ quan, con người và nội dung đều là hư cấu."
LEFT, RIGHT, TOP, BOTTOM = 30, 20, 20, 22
LINE = 6.2
PARTY = {"tinh-uy-lam-giang", "dang-uy-phuong-ben-nga"}
LETTER = "cong-van"
CONSOLIDATED = "van-ban-hop-nhat"


@lru_cache(maxsize=1)
def terms():
    """Return document types and issuing bodies as two dicts by code."""
    data = tomllib.loads((CONTENT / "directives.toml").read_text(encoding="utf-8"))
    return tuple(
        {row["code"]: row for row in data[name]} for name in ("document_types", "issuing_bodies")
    )


class Paragraphs(HTMLParser):
    """Parse rich text into `blocks`: a list of (tag name, text)."""

    def __init__(self, html):
        super().__init__()
        self.blocks, self.kind, self.ordered, self.item = [], None, False, 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag in {"ol", "ul"}:
            self.ordered, self.item = tag == "ol", 0
        elif tag in {"p", "h2", "h3", "li"}:
            self.kind, text = tag, ""
            if tag == "li":
                self.item += 1
                text = f"{self.item}. " if self.ordered else "– "
            self.blocks.append((tag, text))

    def handle_endtag(self, tag):
        if tag == self.kind:
            self.kind = None

    def handle_data(self, data):
        if self.kind:
            kind, text = self.blocks[-1]
            self.blocks[-1] = (kind, text + data)


class Paper(FPDF):
    """An A4 PDF with the margins, font and footer of an official document."""

    def __init__(self, title, author, day=None):
        super().__init__(format="A4")
        self.set_margins(LEFT, TOP, RIGHT)
        self.set_auto_page_break(True, BOTTOM)
        for style, weight in (
            ("", "Regular"),
            ("B", "SemiBold"),
            ("I", "Italic"),
            ("BI", "SemiBoldItalic"),
        ):
            self.add_font(FONT, style, FONTS / f"BeVietnamPro-{weight}.ttf")
        self.set_title(title)
        self.set_author(author)
        self.set_lang("vi")
        moment = (
            datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
            if day
            else datetime(2026, 1, 1, 2, tzinfo=UTC)
        )
        self.set_creation_date(moment)
        self.add_page()

    def header(self):
        """Write the page number, from the second page on."""
        if self.page_no() > 1:
            self.write_at(self.l_margin, 11, self.epw, str(self.page_no()), size=9)
            self.set_y(TOP)

    def footer(self):
        """Write the note that the document is fictional."""
        self.set_draw_color(201, 151, 63)
        self.line(LEFT, 281, 210 - RIGHT, 281)
        self.set_text_color(110, 100, 90)
        self.write_at(LEFT, 282.5, self.epw, NOTE, style="I", size=7.5)
        self.set_text_color(0)

    def write_at(self, x, y, width, text, *, style="", size=11, align="C", leading=None):
        """Write a text block into a column; return its lower edge."""
        self.set_font(FONT, style, size)
        self.set_xy(x, y)
        self.multi_cell(
            width, leading or size * 0.47, text, align=align, new_x=XPos.LEFT, new_y=YPos.NEXT
        )
        return self.get_y()

    def rule(self, centre, y, width):
        """Draw a horizontal rule around `centre`."""
        self.set_draw_color(0)
        self.set_line_width(0.25)
        self.line(centre - width / 2, y, centre + width / 2, y)

    def paragraph(self, text, *, style="", align="J", indent=10.0, before=1.6, size=11):
        """Write a paragraph with a first-line indent; keep headings with the next paragraph."""
        self.set_y(self.get_y() + before)
        if style and self.will_page_break(3 * LINE):
            self.add_page()
        self.set_font(FONT, style, size)
        self.set_x(self.l_margin)
        spacing = LINE / self.font_size
        with (
            self.text_columns(line_height=spacing) as columns,
            columns.paragraph(text_align=align, first_line_indent=indent) as words,
        ):
            words.write(text)
        self.set_x(self.l_margin)

    def blocks(self, html):
        """Write the blocks of a rich text."""
        for kind, text in Paragraphs(html).blocks:
            self.paragraph(text, style="B" if kind in {"h2", "h3"} else "")

    def page_of_text(self, text):
        """Write a page in the plain-text markup of annexes and forms."""
        for line in text.strip().splitlines():
            if line.startswith("# "):
                self.paragraph(line[2:], style="B", indent=0, before=4, align="L")
            elif line.startswith("- "):
                self.paragraph("– " + line[2:], indent=5, align="L")
            elif line.startswith("[ ] "):
                self.set_y(self.get_y() + 1.6)
                self.set_draw_color(0)
                self.rect(self.l_margin + 5, self.get_y() + 1.2, 3.6, 3.6)
                self.set_font(FONT, "", 11)
                self.set_x(self.l_margin + 11)
                self.multi_cell(
                    self.epw - 11, LINE, line[4:], align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT
                )
            elif line.strip():
                self.paragraph(line, indent=0, align="L")


def spoken_date(day):
    """Return a date in words; days below 10 and months below 3 are zero-padded, as is the rule."""
    month = f"{day.month:02}" if day.month < 3 else day.month
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def head(pdf, directive, body):
    """Write the two-column heading: issuer and number; national or Party motto and date."""
    letterhead, party = body["letterhead"], body["code"] in PARTY
    left, right, gap = 66, pdf.epw - 66, 1.2
    y = TOP
    if letterhead["above"]:
        y = pdf.write_at(LEFT, y, left, letterhead["above"].upper(), size=9.5)
    y = pdf.write_at(LEFT, y, left, letterhead["name"].upper(), style="B", size=10)
    if party:
        y = pdf.write_at(LEFT, y, left, "*", size=10)
    else:
        pdf.rule(LEFT + left / 2, y + gap, 22)
    number = (
        f"Số {directive['document_number']}" if party else f"Số: {directive['document_number']}"
    )
    low = pdf.write_at(LEFT, y + 3.2, left, number, size=10.5)
    if directive["document_type"] == LETTER:
        low = pdf.write_at(LEFT, low + 1, left, directive["subject"]["vi"], size=9)
    x, centre = LEFT + left, LEFT + left + right / 2
    if party:
        top = pdf.write_at(x, TOP, right, "ĐẢNG CỘNG SẢN VIỆT NAM", style="B", size=10.5)
        pdf.rule(centre, top + gap, 52)
    else:
        top = pdf.write_at(x, TOP, right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", style="B", size=9.8)
        top = pdf.write_at(x, top, right, "Độc lập – Tự do – Hạnh phúc", style="B", size=10.5)
        pdf.rule(centre, top + gap, 52)
    line = f"{body['place']}, {spoken_date(directive['issued_on'])}"
    low = max(low, pdf.write_at(x, max(top, y) + 3.2, right, line, style="I", size=10.5))
    pdf.set_y(low + 7)


def title(pdf, directive, kind):
    """Write type and subject, or the addressee of a letter."""
    if directive["document_type"] == LETTER:
        pdf.paragraph("Kính gửi: Ủy ban nhân dân các phường, xã.", align="C", indent=0, before=2)
        pdf.set_y(pdf.get_y() + 2)
        return
    pdf.write_at(LEFT, pdf.get_y(), pdf.epw, kind["name"]["vi"].upper(), style="B", size=14)
    y = pdf.write_at(
        LEFT + 12,
        pdf.get_y() + 1,
        pdf.epw - 24,
        directive["subject"]["vi"],
        style="B",
        size=11.5,
        leading=6,
    )
    pdf.rule(LEFT + pdf.epw / 2, y + 2, 36)
    pdf.set_y(y + 5)


def signature(pdf, directive, body):
    """Write recipients and signature, kept together on a page."""
    if pdf.will_page_break(52):
        pdf.add_page()
    y = pdf.get_y() + 7
    half = pdf.epw / 2
    low = pdf.write_at(LEFT, y, half - 6, "Nơi nhận:", style="BI", size=9, align="L")
    for line in (
        "– Như trên;"
        if directive["document_type"] == LETTER
        else "– Các cơ quan, khu phố liên quan;",
        "– Cổng thông tin điện tử;",
        "– Lưu: VT.",
    ):
        low = pdf.write_at(LEFT, low, half - 6, line, size=8.5, align="L")
    for line in directive["signer_title"]["vi"].split(" – "):
        y = pdf.write_at(LEFT + half, y, half, line.upper(), style="B", size=10.5)
    y = pdf.write_at(LEFT + half, y + 6, half, "(đã ký)", style="I", size=10)
    y = pdf.write_at(LEFT + half, y + 7, half, directive["signer"], style="B", size=11)
    pdf.set_y(max(low, y))


def annex_head(pdf, directive, body, kind, name):
    """Write the title of an annex and the document it belongs to."""
    pdf.write_at(LEFT, TOP, pdf.epw, name, style="B", size=13, leading=6.8)
    source = f"{kind['name']['vi']} số {directive['document_number']}"
    line = f"(Kèm theo {source} {short_date(directive['issued_on'])} của {body['name']['vi']})"
    y = pdf.write_at(LEFT, pdf.get_y() + 1, pdf.epw, line, style="I", size=9.5)
    pdf.rule(LEFT + pdf.epw / 2, y + 2.5, 36)
    pdf.set_y(y + 6)


def short_date(day):
    """Return a date as `ngày dd/mm/yyyy`, zero-padded as in `spoken_date`."""
    month = f"{day.month:02}" if day.month < 3 else day.month
    return f"ngày {day.day:02}/{month}/{day.year}"


def paper(directive, attachment):
    """Return the PDF of an attachment: the document, or an annex if it has pages of its own."""
    types, bodies = terms()
    kind, body = types[directive["document_type"]], bodies[directive["issuing_body"]]
    name, pages = attachment["title"]["vi"], attachment.get("pages", [])
    pdf = Paper(name, body["name"]["vi"], directive["issued_on"])
    whole = not pages or directive["document_type"] == CONSOLIDATED
    if whole:
        head(pdf, directive, body)
        title(pdf, directive, kind)
        pdf.blocks(directive["body"]["vi"])
    else:
        annex_head(pdf, directive, body, kind, name)
    for index, text in enumerate(pages):
        if index:
            pdf.add_page()
        pdf.page_of_text(text)
    if whole:
        signature(pdf, directive, body)
    return bytes(pdf.output())


def form(blank):
    """Return the PDF of a form to fill in by hand."""
    pdf = Paper(blank["title"]["vi"], "UBND phường Bến Ngà")
    pdf.write_at(LEFT, TOP, pdf.epw, "ỦY BAN NHÂN DÂN PHƯỜNG BẾN NGÀ", style="B", size=10)
    pdf.rule(LEFT + pdf.epw / 2, pdf.get_y() + 1.2, 22)
    pdf.set_y(pdf.get_y() + 4)
    for index, text in enumerate(blank["pages"]):
        if index:
            pdf.add_page()
        pdf.page_of_text(text)
    return bytes(pdf.output())
