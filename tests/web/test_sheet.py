"""指标表页: an evaluator takes a form, weighs, judges, scores, exports and imports; who only looks may not change."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opendibao.evaluation.actions import SheetEntry, SheetTerms, load_sheet, lock_year
from opendibao.evaluation.conclusion import conclude
from opendibao.evaluation.queries import given_scores, sheet
from opendibao.evaluation.year_sheets import judgements, year_sheet
from opendibao.kernel.duties import Duty
from tests.evaluation import small_county
from tests.evaluation.year import LOCKED, YEAR, year
from tests.payment.builders import COUNTY
from tests.web.conftest import Page, Reader, page_of
from tests.web.desk import Desk, hired

PAGE, ACTS = f"/evaluation/sheet/?year={YEAR}", f"/evaluation/sheet/{YEAR}"
MEASURED = {"scoring": "proportional", "direction": "at_most", "target": "9000", "target_text": "", "weight": "40"}


@pytest.fixture
def desk(county: None) -> Desk:
    """The county's evaluator."""
    return Desk(hired("eval09", "陈评价", division=COUNTY, duties=(Duty.EVALUATE,)))


@pytest.fixture
def entered(county: None) -> None:
    """The small county with its sheet of ninety points."""
    small_county.live()
    small_county.load()
    small_county.plan_budget()


def weights() -> dict[str, str]:
    return {row.indicator: str(row.weight) for row in sheet(YEAR, COUNTY)}


def refused(page: Page, words: str) -> None:
    assert page.status == 422, page.words
    assert words in page.words


class TestStart:
    def test_an_empty_year_says_what_a_sheet_is_and_which_forms_there_are(self, desk: Desk) -> None:
        page = desk.reads(PAGE)
        assert "这一年还没有指标表" in page.words
        assert "项目支出绩效自评表（10／50／30／10）" in page.words
        assert {href for _, href in page.links if href.startswith(ACTS)} == {
            f"{ACTS}/from-province/", f"{ACTS}/start/", f"{ACTS}/import/",
        }  # fmt: skip

    def test_it_is_begun_with_a_form_and_its_first_row(self, desk: Desk) -> None:
        done = desk.does(f"{ACTS}/start/", form="classic", indicator="rural_persons", **MEASURED)
        page = desk.follows(done)
        assert "已立表，第一项是“农村低保对象人数”，存为第 1 版。" in page.words
        assert "分值合计 40 ≠ 100" in page.words
        assert "产出指标现在合计40分，表样要求50分，还差10分" in page.words
        assert (sheet(YEAR, COUNTY)[0].target_text, year_sheet(YEAR, COUNTY).terms.form) == ("≤9000人", "classic")  # type: ignore[union-attr]

    def test_the_province_s_rows_ask_for_the_year_s_numbers(self, desk: Desk) -> None:
        numbers = {"rural_paid": "5330", "urban_paid": "960", "trainings": "4", "rural_persons": "9000"}
        page = desk.does(f"{ACTS}/from-province/", form="ninety", **numbers)
        refused(page, "请填写“城镇低保对象人数的年度指标值（人）”")
        assert not sheet(YEAR, COUNTY)

        desk.does(f"{ACTS}/from-province/", form="ninety", urban_persons="1500", **numbers)
        assert len(sheet(YEAR, COUNTY)) == 15
        assert sum(row.weight for row in sheet(YEAR, COUNTY)) == 90
        assert "≤5,330万元" in desk.reads(PAGE).words

    def test_last_year_s_rows_are_taken_over_with_targets_looked_at_again(self, desk: Desk, entered: None) -> None:
        page = desk.reads(f"/evaluation/sheet/{YEAR + 1}/from-last-year/")
        assert "上年写作 ≤9人" in page.words
        targets = {row.indicator: str(row.target) for row in sheet(YEAR, COUNTY)}
        desk.does(f"/evaluation/sheet/{YEAR + 1}/from-last-year/", **{**targets, "rural_persons": "12"})

        now = {row.indicator: (row.target_text, row.weight) for row in sheet(YEAR + 1, COUNTY)}
        assert (now["rural_persons"][0], now["urban_persons"][0]) == ("≤12人", "≤2人")
        assert [row.target_text for row in sheet(YEAR, COUNTY)][4] == "≤9人"

    def test_a_year_that_has_a_sheet_is_not_begun_again(self, desk: Desk, entered: None) -> None:
        assert "这一年的指标表已经录入" in desk.reads(f"{ACTS}/start/").words
        assert desk.reads(f"/evaluation/sheet/{YEAR}/from-last-year/").status == 404


@pytest.mark.usefixtures("entered")
class TestRows:
    def test_the_sum_that_is_no_hundred_is_said_in_red_with_words(self, desk: Desk) -> None:
        page = desk.reads(PAGE)
        assert '<span class="c-bad">● 分值合计 90 ≠ 100</span>' in page.html
        assert "加表外的预算执行率10分是100，并列各种读法，不折算" in page.words

    def test_a_row_is_added_at_the_end_of_its_block(self, desk: Desk) -> None:
        row = {**MEASURED, "direction": "equal", "target": "100", "weight": "10"}
        done = desk.does(f"{ACTS}/add/", indicator="fund_use", reason="补上资金使用率", **row)
        assert "已加入“困难群众资金使用率”，存为第 2 版。" in desk.follows(done).words
        assert list(weights())[-2:] == ["fund_use", "standard_conformity"]

    def test_a_judged_row_needs_words_and_no_target(self, desk: Desk) -> None:
        row = {"scoring": "judged", "direction": "at_least", "target": "3", "target_text": "", "weight": "5"}
        page = desk.does(f"{ACTS}/add/", indicator="lasting_effect", reason="加定性", **row)
        for words in ("不填“方向”", "不填“指标值”", "要写达到什么样"):
            refused(page, words)
        desk.does(
            f"{ACTS}/add/", indicator="lasting_effect", reason="加定性",
            **{**row, "direction": "", "target": "", "target_text": "持续改善"},
        )  # fmt: skip
        assert weights()["lasting_effect"] == "5.00"

    def test_a_target_without_direction_is_refused_at_its_field(self, desk: Desk) -> None:
        page = desk.does(f"{ACTS}/rows/rural_persons/", reason="改", **{**MEASURED, "direction": ""})
        refused(page, "指标值没有方向，请选不低于、不高于或等于")

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"target": "≤9000"}, "“指标值”填的“≤9000”不是数字"),
            ({"target": ""}, "请填写“指标值”，只写数字"),
            ({"weight": "101"}, "分值“101”应在0到100之间"),
            ({"weight": "1.005"}, "最多两位小数"),
            ({"scoring": "satisfaction"}, "只用于以%计、越高越好的指标"),
            ({"reason": ""}, "请填写“为什么改”"),
        ],
    )
    def test_what_cannot_be_is_said_at_the_field(self, desk: Desk, typed: dict[str, str], words: str) -> None:
        refused(desk.does(f"{ACTS}/rows/rural_persons/", **{**MEASURED, "reason": "改目标", **typed}), words)
        assert year_sheet(YEAR, COUNTY).sheet.version == 1  # type: ignore[union-attr]

    def test_a_change_makes_a_version_that_says_what_it_changed(self, desk: Desk) -> None:
        desk.does(f"{ACTS}/rows/rural_persons/", reason="批复变了", **{**MEASURED, "weight": "35"})
        page = desk.reads(PAGE)
        assert "第 2 版" in page.words
        assert "农村低保对象人数：≤9人 改为 ≤9000人；农村低保对象人数：40 改为 35" in page.words
        assert "批复变了" in page.words

    def test_a_row_is_moved_and_taken_out_and_both_taken_back(self, desk: Desk) -> None:
        desk.does(f"{ACTS}/rows/staff_trainings/place/", after="first", reason="成本在前")
        assert next(iter(weights())) == "staff_trainings"
        desk.does(f"{ACTS}/rows/urban_persons/remove/", reason="不再考核")
        assert "urban_persons" not in weights()
        desk.does(f"{ACTS}/undo/", reason="还要考核")
        assert "urban_persons" in weights()
        assert year_sheet(YEAR, COUNTY).sheet.version == 4  # type: ignore[union-attr]

    def test_form_and_grades_are_changed_together(self, desk: Desk) -> None:
        terms = {"form": "framework", "grade_scheme": "youxiulianghaohegebuhege", "over_completion": "linear"}
        desk.does(f"{ACTS}/terms/", execution_weight="0", reason="改按部门评价", **terms)
        page = desk.reads(PAGE)
        assert "优秀、良好、合格、不合格" in page.words
        assert "超额完成：按偏离度调减" in page.words
        page = desk.does(f"{ACTS}/terms/", execution_weight="101", reason="错", **terms)
        refused(page, "预算执行率分值“101”应在0到100")

    def test_another_officer_s_change_is_shown_before_one_s_own(self, desk: Desk) -> None:
        other = Desk(hired("eval08", "周评价", division=COUNTY, duties=(Duty.EVALUATE,)))
        opened = other.opens(f"{ACTS}/rows/rural_persons/")
        desk.does(f"{ACTS}/rows/rural_persons/", reason="先改", **{**MEASURED, "weight": "30"})

        page = other.sends(f"{ACTS}/rows/rural_persons/", **opened, **MEASURED, reason="后改")

        assert page.status == 409
        assert "陈评价" in page.words
        assert weights()["rural_persons"] == "30.00"

    def test_what_is_not_on_the_sheet_is_not_there(self, desk: Desk) -> None:
        for way in ("", "remove/", "place/", "score/", "judge/"):
            assert desk.reads(f"{ACTS}/rows/earmarked_use/{way}").status == 404
        assert desk.reads(f"{ACTS}/rows/rural_persons/judge/").status == 404
        assert desk.reads(f"/evaluation/sheet/{YEAR - 1}/add/").status == 404


@pytest.mark.usefixtures("entered")
class TestScores:
    def test_a_score_takes_a_reason_and_may_be_given_again(self, desk: Desk) -> None:
        address = f"{ACTS}/rows/rural_benefit_paid/score/"
        refused(desk.does(address, score="11", reason="多给"), "得分11应在0到分值10.00之间")
        refused(desk.does(address, score="5", reason=""), "请填写“理由”")
        desk.does(address, score="5", reason="没有考虑物价")
        page = desk.reads(address)
        assert "陈评价 评过 5 分：没有考虑物价" in page.words
        desk.does(address, score="6", reason="补充了说明")
        assert str(given_scores(YEAR, COUNTY)["rural_benefit_paid"].score) == "6.00"
        assert "陈评价 评 6" in desk.reads(PAGE).words

    def test_a_row_without_weight_takes_no_score(self, desk: Desk) -> None:
        assert "这一项只测不评" in desk.reads(f"{ACTS}/rows/standard_conformity/score/").words

    def test_a_judged_row_waits_for_its_judgement_and_shows_the_points_to_look_at(self, desk: Desk) -> None:
        row = {"scoring": "judged", "direction": "", "target": "", "target_text": "持续改善", "weight": "10"}
        desk.does(f"{ACTS}/add/", indicator="lasting_effect", reason="加定性", **row)
        assert "等人评定" in desk.reads(PAGE).words
        address = f"{ACTS}/rows/lasting_effect/judge/"
        assert "要点 1" in desk.reads(address).words

        said = {"text": "有成效", "evidence": "回访记录"}
        refused(desk.does(address, band="partly", percent="85", **said), "得分比例0.85不在“部分达成”一档[0.60, 0.80)")
        refused(desk.does(address, band="partly", percent="70", text="有成效", evidence=""), "请填写“依据材料”")
        desk.does(address, band="partly", percent="70", **said)
        found = judgements(YEAR, COUNTY)["lasting_effect"]
        assert (found.band, str(found.ratio), found.evidence) == ("partly", "0.70", "回访记录")
        assert "部分达成 70% 陈评价" in desk.reads(PAGE).words
        assert conclude(year()).rows[-1].score == "7.00"


class TestWorkbook:
    def test_what_is_exported_is_imported_again_after_a_change(self, desk: Desk, entered: None) -> None:
        from python_calamine import CalamineWorkbook

        answer = desk.client.get(f"{ACTS}/workbook/")
        assert "filename*=UTF-8''2024" in answer.headers["Content-Disposition"]
        table = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_name("指标表").to_python()
        assert [row[1] for row in table[1:]] == [row.indicator for row in sheet(YEAR, COUNTY)]

        page = self.sent(desk, answer.content, reason="照旧")
        refused(page, "指标表没有改动，不存新版本")

    def test_a_broken_file_and_a_missing_one_are_refused(self, desk: Desk, entered: None) -> None:
        refused(self.sent(desk, b"no workbook", reason="导入"), "文件打不开")
        refused(desk.does(f"{ACTS}/import/", reason="导入"), "请选择“Excel 文件”")
        assert year_sheet(YEAR, COUNTY).sheet.version == 1  # type: ignore[union-attr]

    def test_a_workbook_may_begin_a_year(self, desk: Desk) -> None:
        rows = [SheetEntry("rural_persons", "at_most", small_county.Decimal(9), "≤9人", small_county.Decimal(90))]
        load_sheet(YEAR - 1, COUNTY, rows, terms=SheetTerms.of_form("ninety"), at=LOCKED)
        content = desk.client.get(f"/evaluation/sheet/{YEAR - 1}/workbook/").content
        refused(self.sent(desk, content), "文件是2023年度的，这里是2024年度")

    def sent(self, desk: Desk, content: bytes, **typed: str) -> Page:
        file = SimpleUploadedFile("表.xlsx", content)
        sent = {**desk.opens(f"{ACTS}/import/"), **typed, "workbook": file}
        return page_of(desk.client.post(f"{ACTS}/import/", sent))  # type: ignore[arg-type]


def test_who_only_looks_sees_no_way_to_change(read: Reader, entered: None) -> None:
    page = read(PAGE)
    assert page.status == 200
    assert not [href for _, href in page.links if re.search(r"/(add|score|remove|place|terms|import|undo)/", href)]


def test_the_page_tells_where_each_row_stands_and_when_the_sheet_has_changed_since(desk: Desk, entered: None) -> None:
    lock_year(YEAR, COUNTY, at=LOCKED)
    page = desk.reads(PAGE)
    assert "农村低保对象人数 ≤9人 40 按完成比例 2人 40.00" in page.words
    assert page.link("2人") == f"/figures/indicator.05/?year={YEAR}"
    assert "指标表又改过" not in page.words
    desk.does(f"{ACTS}/rows/rural_persons/remove/", reason="不再考核")
    assert "指标表又改过" in desk.reads(PAGE).words


def test_the_tabs_lead_to_the_pages_that_are_there(read: Reader, entered: None) -> None:
    page = read(PAGE)
    assert f'<a href="/evaluation/sheet/?year={YEAR}" aria-current="page">指标表</a>' in page.html
    for words in ("结论", "年度对比", "敏感度", "乡镇比较"):
        assert read(page.link(words)).status == 200
