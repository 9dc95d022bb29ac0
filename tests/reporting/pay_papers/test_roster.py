"""花名册: every line once by village, sums that add up, what may be read by whom, and names of any length."""

import re
from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from opendibao.payment.models import PayRun
from opendibao.registry.models import Person
from opendibao.reporting.pay_papers import NoSuchRun, roster_pdf, roster_xlsx
from tests.conftest import ActAs
from tests.payment.builders import family
from tests.payment.months import JANUARY, approved, computed
from tests.reporting.case_papers.reading import pages, sizes, text
from tests.reporting.pay_papers.builders import four_households, named

pytestmark = pytest.mark.usefixtures("county")
TODAY, OFFICER = date(2024, 1, 4), "孙伟"
ACROSS = (842, 595)
LONG = "买买提·阿卜杜热合曼·图尔荪江·依明巴拉提"
PAGE_SUM = re.compile(r"本页小计：(\d+)行(\d+)户(\d+)人保障金([\d,.]+)分类施保金([\d,.]+)发放合计([\d,.]+)")


def printed(run: PayRun, *, full: bool = False) -> bytes:
    return roster_pdf(run.pk, on=TODAY, officer=OFFICER, full=full)


def cells(run: PayRun, *, full: bool = False) -> list[list[object]]:
    data = roster_xlsx(run.pk, on=TODAY, officer=OFFICER, full=full)
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()


class TestSums:
    def test_villages_townships_and_the_county_are_summed(self) -> None:
        four_households()

        said = text(printed(computed(JANUARY)))

        assert "东村小计2户3861.5074.00935.50" in said  # 620.00 + 315.50, less the 74.00
        assert "西村小计1户31,000.000.001,000.00" in said
        assert "镇100合计：3户6人保障金1,861.50分类施保金74.00发放合计1,935.50元" in said
        assert "大写：壹仟玖佰叁拾伍元伍角整" in said
        assert "全县合计471,949.5174.002,023.51" in said  # 1,935.50 + 88.01
        assert "发放合计（大写）：贰仟零贰拾叁元伍角壹分" in said

    def test_every_line_stands_once_and_in_the_order_of_the_villages(self) -> None:
        four_households()

        lines = [row for row in cells(computed(JANUARY), full=True) if str(row[0]).isdigit()]

        assert [row[0] for row in lines] == ["1", "2", "3", "4"]
        heads = Person.objects.filter(memberships__relation="head")
        ids = [heads.get(memberships__household__number=number).id_number for number in ("A1", "A2", "B1", "C1")]
        assert [row[4] for row in lines] == ids

    def test_the_pages_add_up_to_the_roster(self) -> None:
        for number in range(60):
            family(f"A{number:02d}", fen=50000 + number, persons=1 + number % 2)

        found = pages(printed(computed(JANUARY)))
        sums = [PAGE_SUM.search(page) for page in found]

        listed = [[int(part.replace(",", "").replace(".", "")) for part in one.groups()] for one in sums if one]
        assert len(listed) >= 2
        assert [sum(column) for column in zip(*listed, strict=True)] == [60, 60, 90, 3001770, 0, 3001770]
        assert sums[-1] is None  # the last page has no lines, only sums
        assert all(f"第{place}页共{len(found)}页" in page for place, page in enumerate(found, 1))

    def test_a_village_that_goes_on_says_its_name_again(self) -> None:
        for number in range(40):
            family(f"A{number:02d}")

        second = pages(printed(computed(JANUARY)))[1]

        assert "序号户主身份证号" in second
        assert "东村" in second.split("序号户主")[1]


class TestWhoMayRead:
    def test_numbers_are_masked_unless_they_are_asked_for(self) -> None:
        made = family("A1234567890")
        run, number = computed(JANUARY), made.people[0].id_number

        masked, full = text(printed(run)), text(printed(run, full=True))

        assert number not in masked
        assert f"{number[:6]}********{number[-4:]}" in masked
        assert "62A1234567890" not in masked
        assert "*********7890" in masked
        assert number in full
        assert "62A1234567890" in full

    def test_the_workbook_masks_too(self) -> None:
        made = family("A1234567890")
        run = computed(JANUARY)

        assert made.people[0].id_number not in str(cells(run))
        assert made.people[0].id_number in str(cells(run, full=True))

    def test_who_took_it_and_when_is_on_every_page(self) -> None:
        four_households()
        run = computed(JANUARY)

        for page in pages(printed(run)):
            assert page.count(f"{OFFICER}2024年1月4日") >= 4  # across the page, and at its foot
        assert f"取用：{OFFICER}　2024年1月4日" in str(cells(run)[1][0])

    def test_a_township_gets_its_own_lines_and_no_sum_of_the_county(self, act_as: ActAs) -> None:
        four_households()
        run = computed(JANUARY)

        with act_as("360429101"):
            said, rows = text(printed(run)), cells(run)

        assert "镇101合计：1户1人保障金88.01" in said
        assert "镇100" not in said
        assert "全县合计" not in said
        assert "全县合计" not in str(rows)

    def test_another_county_gets_nothing(self, act_as: ActAs) -> None:
        four_households()
        run = computed(JANUARY)

        with act_as("980101"), pytest.raises(NoSuchRun, match="本人可见"):
            printed(run)
        with pytest.raises(NoSuchRun):
            roster_pdf(0, on=TODAY, officer=OFFICER)


class TestHeld:
    def test_what_is_held_back_is_marked_and_counted_beside_the_sums(self) -> None:
        family("A1", fen=62000)
        family("A2", fen=31550, has_account=False)

        run = approved(JANUARY)
        said = text(printed(run))

        assert "暂缓发放" in said
        assert "东村小计2户2935.500.00935.50其中暂缓1户，315.50元" in said
        row = next(row for row in cells(run) if row[12] == "暂缓发放")
        assert row[9:12] == ["", "", ""]  # no account is known: nothing is invented

    def test_townships_that_confirmed_are_named_and_others_have_a_line_to_sign(self) -> None:
        four_households()

        assert "乡镇（街道）确认：确认日期：盖章" in text(printed(computed(JANUARY)))

    def test_the_township_that_confirmed_is_named(self) -> None:
        four_households()

        assert "乡镇（街道）确认：陈乡镇确认日期：2024年1月3日" in text(printed(approved(JANUARY)))


class TestForm:
    def test_it_is_a4_across(self) -> None:
        four_households()

        assert sizes(printed(computed(JANUARY))) == {ACROSS}

    def test_long_names_and_ten_digits_are_printed_whole(self) -> None:
        named(family("A1", fen=9_999_999_999), LONG)

        said = text(printed(computed(JANUARY)))

        assert LONG in said
        assert "99,999,999.99" in said
        assert "大写：玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分" in said

    def test_rare_characters_are_printed_or_named(self) -> None:
        named(family("A1"), "张㛃")
        named(family("A2"), "王\U00020bb7祥")

        said = text(printed(computed(JANUARY)))

        assert "张㛃" in said
        assert "王〓祥" in said
        assert "U+20BB7" in said

    def test_the_workbook_keeps_every_character_and_takes_nothing_for_a_formula(self) -> None:
        named(family("A1"), "=1+1")
        named(family("A2"), "王\U00020bb7祥")

        rows = cells(computed(JANUARY))

        assert [row[3] for row in rows if row[0] in ("1", "2")] == ["=1+1", "王\U00020bb7祥"]

    def test_every_cell_of_the_workbook_is_text(self) -> None:
        four_households()

        rows = cells(computed(JANUARY))

        assert {type(cell) for row in rows for cell in row} == {str}
        (village,) = (row for row in rows if row[3] == "东村小计")
        assert village[4:9] == ["2户", "3", "861.50", "74.00", "935.50"]
        assert rows[-2][0] == "发放合计（大写）：贰仟零贰拾叁元伍角壹分"

    def test_texts_are_never_taken_for_source(self) -> None:
        named(family("A1"), "#panic(1) $x$ \\")

        assert "#panic(1)$x$\\" in text(printed(computed(JANUARY)))
