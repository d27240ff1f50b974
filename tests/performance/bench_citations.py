"""Print how fast the recogniser reads: `python -m tests.performance.bench_citations`."""

import random
import re
import sys
import time
import unicodedata
from collections.abc import Callable, Sized
from functools import partial

from directives.citations import find_citations

PROSE = """\
Sáng ngày 25/10/2021, Ủy ban nhân dân xã tổ chức hội nghị triển khai nhiệm vụ phát triển kinh tế -
xã hội 6 tháng cuối năm với sự tham dự của 120 đại biểu. Phát biểu tại hội nghị, đồng chí Chủ tịch
xã nhấn mạnh kết quả đạt được: tổng giá trị sản xuất ước đạt 152,5 tỷ đồng, tăng 12,3% so với cùng
kỳ; thu ngân sách đạt 8,2 tỷ đồng; tỷ lệ hộ nghèo giảm còn 2,1%. Thực hiện Kết luận số 21-KL/TW,
ngày 25/10/2021 của Ban Chấp hành Trung ương Đảng khóa XIII về đẩy mạnh xây dựng, chỉnh đốn Đảng và
hệ thống chính trị, Đảng ủy xã đã ban hành Kế hoạch số 65-KH/ĐU ngày 12/1/2022. Các thôn đã huy động
hơn 1.200 ngày công, tu sửa 4,5 km đường giao thông nông thôn, trồng mới 3.000 cây xanh và phát
quang 12 km kênh mương nội đồng. Công tác an sinh xã hội được quan tâm, các gia đình chính sách được
thăm hỏi kịp thời, đời sống nhân dân từng bước được nâng lên, an ninh trật tự được giữ vững.

"""
# No two of these have the same number or date: `#` stands for what is drawn anew.
CITATIONS = """\
Căn cứ Luật Tổ chức chính quyền địa phương số #/#year/QH15 ngày #day tháng #month năm #year; Nghị
định số #/#year/NĐ-CP ngày #day/#month/#year của Chính phủ; Quyết định số #/QĐ-TTg
(#day/#month/#year); các Nghị quyết số #, #, #/NQ-HĐND ngày #day/#month/#year của HĐND tỉnh; Công
văn số #/UBND-VX và Kết luận #day.

"""
# How a decision begins: citations with the names of what they cite.
PREAMBLE = """\
Căn cứ Luật Ban hành văn bản quy phạm pháp luật số #/#year/QH15 ngày #day tháng #month năm #year;
Căn cứ Nghị định số #/#year/NĐ-CP ngày #day tháng #month năm #year của Chính phủ quy định chi tiết
một số điều và biện pháp thi hành Luật Đất đai;
Căn cứ Quyết định số #/QĐ-UBND ngày #day/#month/#year của Ủy ban nhân dân tỉnh Hà Tĩnh về việc phê
duyệt kế hoạch sử dụng đất;
Theo đề nghị của Trưởng phòng Kinh tế tại Tờ trình số #/TTr-KT ngày #day/#month/#year.

"""
NUMBER = re.compile(r"\d+[\w/-]*")
_BLANK = re.compile("#(day|month|year|)")
_DRAWN = {"day": (1, 28), "month": (1, 12), "year": (2005, 2025), "": (1, 4999)}


def fill_in(text: str, times: int) -> str:
    """Repeat `text` with other numbers and dates each time, the same ones in every run."""
    draw = random.Random(1).randint  # noqa: S311
    return _BLANK.sub(lambda blank: str(draw(*_DRAWN[blank[1]])), text * times)


def best_of_five(read: Callable[[str], Sized], text: str) -> tuple[float, int]:
    """Return the fewest seconds that `read` needs for `text`, and how much it finds."""
    seconds = []
    found = 0
    for _ in range(5):
        start = time.process_time()
        found = len(read(text))
        seconds.append(time.process_time() - start)
    return min(seconds), found


def measure(name: str, text: str, *, html: bool = False) -> None:
    """
    Print how fast `text` is read, and how much longer that takes than searching it for numbers.

    The latter can be compared between machines, and on a busy one.
    """
    size = len(text.encode()) / 1e6
    seconds, found = best_of_five(partial(find_citations, html=html), text)
    reference, _numbers = best_of_five(NUMBER.findall, text)
    letters = len(unicodedata.normalize("NFC", text)) / 1e6
    sys.stdout.write(
        f"{name:<18}{size / seconds:6.1f} MB/s {letters / seconds:6.1f} M letters/s "
        f"{seconds / reference:6.1f} times a search {found:8} citations\n"
    )


def main() -> None:
    """Measure prose, its variants, and texts that are little or nothing but citations."""
    prose = PROSE * 1000
    measure("prose", prose)
    measure("prose, NFD", unicodedata.normalize("NFD", prose))
    measure("prose, HTML", prose.replace("Kết", "<b>Kết</b>").replace("\n\n", "</p><p>"), html=True)
    citations = fill_in(CITATIONS, 2000)
    measure("citations only", citations)
    measure("citations, NFD", unicodedata.normalize("NFD", citations))
    measure("preambles", fill_in(PREAMBLE, 1000))
    measure("no digits", "".join(letter for letter in prose if not letter.isdigit()))


if __name__ == "__main__":
    main()
