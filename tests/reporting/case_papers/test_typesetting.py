"""排版: letters in parts, one page where it can be, codes that a scanner reads, nothing printed of nothing."""

import io
import subprocess
from pathlib import Path

import pytest
import segno
from PIL import Image

from opendibao.reporting.case_papers.letters import parted
from opendibao.reporting.case_papers.sheet import LETTER, Fields, Letter, Receipt, Sheet, known
from opendibao.reporting.case_papers.typesetting import NoPapers, typeset
from tests.reporting.case_papers.reading import pages

NUMBER = "受〔2024〕00001号"
TEXT = """最低生活保障确认通知书
王秀英：
一、结果：同意你家享受最低生活保障：保障3人。
二、金额：每月1378.00元（壹仟叁佰柒拾捌元整）。

另起一行的话。
决定文号：低保决〔2024〕00001号
决定日期：2024年3月18日
"""


def letter(parts: list[tuple[str, str]]) -> bytes:
    body = Letter("王秀英：", parts, ["案号：" + NUMBER], "演示县民政局", "2024年3月18日", ["电话：0"], Receipt())
    return typeset([Sheet("letters", "告知书", [body], number=NUMBER, layout=LETTER)], title="告知书", office="演示县")


def test_a_letter_falls_into_its_parts() -> None:
    title, to, parts, tail = parted(TEXT)

    assert (title, to) == ("最低生活保障确认通知书", "王秀英：")
    assert parts == [
        ("结果", "同意你家享受最低生活保障：保障3人。"), ("金额", "每月1378.00元（壹仟叁佰柒拾捌元整）。"),
        ("", "另起一行的话。"),
    ]  # fmt: skip
    assert tail == ["决定文号：低保决〔2024〕00001号"]  # its day stands beside the seal


def test_a_text_without_form_loses_no_word() -> None:
    assert parted("只有一句话") == ("只有一句话", "", [], [])
    assert parted("告知书\n没有称呼的话。\n又一句。")[2] == [("", "没有称呼的话。"), ("", "又一句。")]


@pytest.mark.parametrize("sentences", [1, 20, 45])
def test_a_letter_is_made_smaller_before_it_takes_a_second_page(sentences: int) -> None:
    assert len(pages(letter([("结果", "同意。"), ("理由", "收入低于标准，财产符合规定。" * sentences)]))) == 1


def test_a_very_long_letter_goes_on_and_loses_nothing() -> None:
    found = pages(letter([("结果", "同意。"), ("理由", "收入低于标准，财产符合规定。" * 200)]))

    assert len(found) > 1
    assert "".join(found).count("财产符合规定") == 200
    assert "送达回证" in found[-1]


def test_nothing_is_not_printed() -> None:
    with pytest.raises(NoPapers, match="没有可以打印的文书"):
        typeset([], title="", office="")


def test_the_code_on_the_paper_is_the_number(tmp_path: Path) -> None:
    """The modules of the drawn code are those of the number, looked at on the page as it is printed."""
    sheet = Sheet("promise", "承诺书", [Fields([[known("案号", NUMBER)]])], number=NUMBER)
    (tmp_path / "a.pdf").write_bytes(typeset([sheet], title="承诺书", office="演示县"))
    drawn = subprocess.run(
        ["pdftoppm", "-r", "600", "-gray", "-singlefile", "-x", "3600", "-y", "0", "-W", "1200", "-H", "900",
         str(tmp_path / "a.pdf")], check=True, capture_output=True,
    )  # fmt: skip
    wanted = [list(row) for row in segno.make(NUMBER, error="m", micro=False, encoding="utf-8").matrix]
    seen = _modules(Image.open(io.BytesIO(drawn.stdout)), len(wanted))

    assert seen == wanted


def _modules(page: Image.Image, count: int) -> list[list[int]]:
    """The dark box of the page cut into `count` by `count` squares, the middle of each looked at."""
    dark = page.point(lambda level: 255 if level < 128 else 0)
    # the code is what lies to the right of the last wide white column
    box = dark.crop(_code_box(dark))
    side = box.width / count
    return [
        [int(bool(box.getpixel((round((x + 0.5) * side), round((y + 0.5) * side))))) for x in range(count)]
        for y in range(count)
    ]


def _code_box(dark: Image.Image) -> tuple[int, int, int, int]:
    """Where the code is: the words of the header stand left of it and are less high."""
    columns = [any(dark.getpixel((x, y)) for y in range(360)) for x in range(dark.width)]
    right = max(x for x, full in enumerate(columns) if full)
    left = right
    while left > 0 and any(columns[max(0, left - 24) : left]):
        left -= 1
    found = dark.crop((left, 0, right + 1, 560)).getbbox()
    assert found
    return left + found[0], found[1], left + found[2], found[3]
