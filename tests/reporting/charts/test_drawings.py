"""图: every number of a drawing is one of the content, the parts fill what they should, and nothing drawn is unsaid."""

import itertools
import re
import struct
from collections.abc import Mapping
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from opendibao.evaluation.attachment import Attached, MonthPaid, TownStock
from opendibao.reporting.charts.album import pictures, png
from opendibao.reporting.charts.picture import Picture, round_up, share
from tests.reporting.attachments import ATTACHED, TOWNS, whole
from tests.reporting.contents import NASTY, hukou

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ("months", "waterfall", "levels", "targets", "tiles")


def drawn() -> Mapping[str, Picture]:
    return pictures(whole())


def words(picture: Picture) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(picture.svg).iter(f"{SVG}text")]


def boxes(picture: Picture, fill: str) -> list[int]:
    """Heights of the boxes of a colour, in order."""
    found = ElementTree.fromstring(picture.svg).iter(f"{SVG}rect")
    return [int(one.attrib["height"]) for one in found if one.attrib["fill"] == fill]


def test_a_whole_year_has_every_drawing() -> None:
    assert tuple(drawn()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_drawing_has_a_title_words_and_its_numbers(name: str) -> None:
    picture = drawn()[name]
    root = ElementTree.fromstring(picture.svg)

    assert root.findtext(f"{SVG}title") == picture.caption
    assert picture.alt.startswith(picture.caption)
    assert picture.rows
    assert all(len(row) == len(picture.heads) for row in picture.rows)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_reaches_out_of_the_drawing(name: str) -> None:
    picture = drawn()[name]

    for one in ElementTree.fromstring(picture.svg).iter(f"{SVG}rect"):
        x, y = int(one.get("x", "0")), int(one.get("y", "0"))
        assert 0 <= x <= x + int(one.attrib["width"]) <= picture.width
        assert 0 <= y <= y + int(one.attrib["height"]) <= picture.height


@pytest.mark.parametrize("name", NAMES)
def test_the_same_numbers_draw_the_same(name: str) -> None:
    assert drawn()[name].svg == drawn()[name].svg
    assert png(drawn()[name].svg) == png.__wrapped__(drawn()[name].svg)


def test_a_month_prints_what_was_booked_and_stands_as_high() -> None:
    months = (
        MonthPaid(1, "rural", 300_000_000),
        MonthPaid(1, "urban", 100_000_000),
        MonthPaid(2, "rural", 150_000_000),
    )
    picture = pictures(replace(whole(), attached=Attached(months=months)))["months"]

    assert picture.rows == (
        ("1月", "300.00", "100.00", "400.00", "没有批复"), ("2月", "150.00", "0.00", "150.00", "没有批复"),
    )  # fmt: skip
    assert {"400.00", "150.00"} <= set(words(picture))
    rural = [height for height in boxes(picture, "#1f4e8c") if height != 12]  # 12 is the legend's
    assert rural == [172, 86]  # of 230 pixels that stand for 400.00


def test_months_without_money_are_a_dash() -> None:
    picture = pictures(replace(whole(), attached=Attached(months=(MonthPaid(3, "rural", 100),))))["months"]

    assert words(picture).count("—") == 11


def test_the_waterfall_meets_what_was_paid() -> None:
    picture = drawn()["waterfall"]

    assert picture.rows == (("批复", "6290.00"), ("标准", "＋11.59"), ("人数", "－1.22"), ("到账", "6300.37"))


def test_levels_print_score_over_weight_with_the_execution_block() -> None:
    picture = drawn()["levels"]

    assert "19.58 / 20" in words(picture)
    assert picture.rows[-1] == ("预算执行率", "10", "10.00", "100.0%")


def test_targets_print_the_share_of_the_target_and_whether_it_is_met() -> None:
    rows = {row[0]: row for row in drawn()["targets"].rows}

    assert rows["农村低保金"] == ("农村低保金", "≤5330万元", "5331.78万元", "100.03%", "未达到")
    assert rows["城镇低保金"][3] == "100.89%"


def test_every_township_is_a_tile_with_its_number() -> None:
    picture = drawn()["tiles"]

    said = words(picture)
    assert all(name in said and f"{persons} 人" in said for _, name, persons in TOWNS)
    assert "颜色越深人数越多；方格只表示大致方位，不是地图" in said
    assert len(boxes(picture, "#1f4e8c")) >= 1


def test_tiles_do_not_lie_on_each_other() -> None:
    tiles = [one for one in ElementTree.fromstring(drawn()["tiles"].svg).iter(f"{SVG}rect") if one.get("stroke")]

    assert len({(one.attrib["x"], one.attrib["y"]) for one in tiles}) == len(TOWNS)


def test_a_county_without_places_has_its_tiles_in_the_order_of_its_codes() -> None:
    towns = tuple(TownStock(f"99990110{n}000", f"{n}号镇", 1, n) for n in range(6))
    picture = pictures(replace(whole(), attached=Attached(towns=towns)))["tiles"]

    assert "颜色越深人数越多；方格按区划代码排列，不表示方位" in words(picture)


def test_rows_in_no_township_are_in_the_table_and_no_tile() -> None:
    lost = TownStock("", "没有乡镇", 1, 2)
    picture = pictures(replace(whole(), attached=replace(ATTACHED, towns=(*ATTACHED.towns, lost))))["tiles"]

    assert picture.rows[-1] == ("没有乡镇", "1", "2")
    assert "没有乡镇" not in words(picture)


def test_what_has_no_numbers_is_not_drawn() -> None:
    bare = replace(hukou(), levels=(), execution=None, deviations=(), attached=Attached())

    assert not pictures(bare)


def test_a_year_from_before_months_and_townships_were_kept_draws_the_rest() -> None:
    assert set(pictures(replace(whole(), attached=Attached()))) == {"waterfall", "levels", "targets"}


def test_signs_of_markup_stay_words() -> None:
    towns = tuple(replace(one, name=NASTY) for one in ATTACHED.towns)
    rows = tuple(replace(one, name=f"\x00{NASTY}") for one in whole().rows)

    made = pictures(replace(whole(), rows=rows, attached=replace(ATTACHED, towns=towns)))

    assert words(made["tiles"])[2] == NASTY[:6] + "…"
    assert all(ElementTree.fromstring(one.svg) is not None for one in made.values())


def test_a_drawing_in_dots_is_as_wide_as_high() -> None:

    picture = drawn()["months"]
    made = png(picture.svg)
    assert made.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", made[16:24])  # of the IHDR chunk, which comes first

    assert width == 1500  # 500 pt at 216 dots an inch
    assert abs(height - width * picture.height // picture.width) <= 2


def test_shades_differ_in_grey() -> None:
    shades = re.findall(r'fill="#(\w{6})" stroke="#4b5563"', drawn()["tiles"].svg)
    greys = sorted({sum(int(one[at : at + 2], 16) for at in (0, 2, 4)) // 3 for one in shades})

    assert len(greys) == 5
    assert min(b - a for a, b in itertools.pairwise(greys)) >= 20


@pytest.mark.parametrize(("value", "top"), [(1, 1), (5, 6), (7, 8), (9, 10), (525, 600), (4000, 4000)])
def test_the_top_of_an_axis_is_a_round_number(value: int, top: int) -> None:
    assert round_up(value) == top


def test_nothing_of_nothing_has_no_length() -> None:
    assert share(5, 0, 100) == 0
    assert share(1, 3, 100) == 33
