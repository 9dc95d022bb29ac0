"""表单: each form says the content's numbers and no other, in Word and PDF alike, on the pages it should take."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from pypdf import PdfReader

from opendibao.evaluation.attachment import FundSources
from opendibao.reporting.charts.album import pictures
from opendibao.reporting.content import ReportContent, cleaned, texts
from opendibao.reporting.forms.form_pdf import form_pdf
from opendibao.reporting.forms.form_word import form_word
from opendibao.reporting.forms.goal_form import goal_form
from opendibao.reporting.forms.grid import Form, Grid
from opendibao.reporting.forms.one_page import one_page
from opendibao.reporting.forms.self_evaluation import self_evaluation
from tests.reporting.attachments import whole
from tests.reporting.contents import NASTY, hukou

MADE: tuple[Callable[[ReportContent], Form], ...] = (self_evaluation, goal_form, one_page)
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def cells(form: Form) -> list[list[str]]:
    return [[cell.text for cell in row] for part in form.parts if isinstance(part, Grid) for row in part.rows]


def row_of(form: Form, first: str) -> list[str]:
    return next(row for row in cells(form) if first in row)


def word_texts(form: Form) -> Iterator[str]:
    document = Document(io.BytesIO(form_word(form)))
    yield from (one.text or "" for one in document.element.body.iter(qn("w:t")))


def pages(form: Form) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(form_pdf(form))).pages]


class TestSelfEvaluation:
    def test_funds_are_planned_executed_weight_rate_and_score(self) -> None:
        found = row_of(self_evaluation(whole()), "年度资金总额")

        assert found == ["年度资金总额", "6290.00", "6290.00", "6300.38", "10", "100.17%", "10.00"]

    def test_areas_stand_under_it(self) -> None:
        assert row_of(self_evaluation(whole()), "其中：农村低保金")[1:4] == ["5330.00", "5330.00", "5331.78"]

    def test_where_the_money_came_from_is_said_as_the_entries_have_it(self) -> None:
        sources = FundSources(6_290_000_000, 199_000_000, 6_300_380_000, 188_620_000)
        known = replace(whole(), attached=replace(whole().attached, sources=sources))

        assert "没有登记资金来源" in row_of(self_evaluation(whole()), "其中：当年财政拨款")[1]
        assert row_of(self_evaluation(known), "其中：当年财政拨款")[1].startswith(
            "登记到位的当年财政拨款6290.00万元，上年结转199.00万元，没有其他资金，年末可用188.62万元结转下年；"
        )

    def test_without_a_budget_that_is_said(self) -> None:
        bare = replace(whole(), execution=None, attached=replace(whole().attached, funds=()))

        assert row_of(self_evaluation(bare), "年度资金总额")[1:] == [
            "没有批复预算",
            "没有批复预算",
            "6300.38",
            "—",
            "—",
            "—",
        ]

    def test_the_total_is_the_printed_rows_and_the_execution_block(self) -> None:
        total = row_of(self_evaluation(whole()), "总分")

        assert total[1:3] == ["100", "93.83"]
        assert "指标83.83/90，预算执行率10.00/10" in total[3]

    def test_every_scored_row_is_there_and_no_other(self) -> None:
        form = self_evaluation(whole())
        names = [row.name for row in whole().rows if row.is_scored]

        assert [name for row in cells(form) for name in names if name in row] == names
        assert "补助标准合规性" not in [cell for row in cells(form) for cell in row]

    def test_a_row_without_full_score_says_why_and_what_will_be_done(self) -> None:
        reason = row_of(self_evaluation(whole()), "低保经办人按照岗位要求进行招聘")[-1]

        assert "原因：" in reason
        assert "措施：" in reason

    def test_an_unmeasured_row_scores_nothing_and_says_so(self) -> None:
        found = row_of(self_evaluation(whole()), "城乡低保对象录入数字民政系统率")

        assert "未测得" in found
        assert "0.00" in found
        assert "没有上级系统的回执" in found[-1]

    def test_a_score_that_a_person_gave_names_him(self) -> None:
        assert "陈评价评定：城镇新增超出预计" in row_of(self_evaluation(whole()), "困难群众资金使用率")[-1]

    def test_goals_stand_beside_what_was_reached(self) -> None:
        wanted, reached = row_of(self_evaluation(whole()), whole().overall_goal + "\n（1）按月在10日前把钱发到账上")

        assert wanted.endswith("（1）按月在10日前把钱发到账上")
        assert "（1）资金每月10号发放到位100.00%（达到）" in reached

    def test_the_page_lies_on_its_side(self) -> None:
        section = Document(io.BytesIO(form_word(self_evaluation(whole())))).sections[0]

        assert section.page_width > section.page_height
        edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert [round(edge / Mm(1)) for edge in edges] == [28, 26, 35, 37]


class TestGoalForm:
    def test_a_year_without_stage_goals_says_so(self) -> None:
        assert ["还没有录入阶段目标"] in cells(goal_form(replace(whole(), goals=())))

    def test_the_targets_add_up_to_the_weights(self) -> None:
        assert row_of(goal_form(whole()), "合计") == ["合计", "90"]

    def test_a_goal_has_its_unit_its_day_and_how_far_it_is(self) -> None:
        goal = replace(whole().goals[0].items[0], unit="民政局", due="2024-12-31", state="进行中", progress="已到11月")
        stage = replace(whole().goals[0], items=(goal,))

        found = row_of(goal_form(replace(whole(), goals=(stage,))), "按月在10日前把钱发到账上")

        assert found[-2:] == ["民政局", "2024年12月31日，进行中，已到11月"]


class TestOnePage:
    def test_it_is_one_page(self) -> None:
        assert len(pages(one_page(whole()))) == 1

    def test_it_stays_one_page_whatever_is_written(self) -> None:
        rows = tuple(
            replace(
                row,
                name="长" * 200,
                note="记" * 300,
                is_met=False,
                is_measured=False,
                actual="未测得",
                reason="由" * 300,
            )
            for row in whole().rows
        )
        long = replace(whole(), rows=rows, county="县" * 60, department="局" * 60, basis="据" * 300, grade="优" * 20)

        assert len(pages(one_page(cleaned(long)))) == 1

    def test_it_stays_one_page_without_anything(self) -> None:
        bare = replace(hukou(), figures=(), rows=(), levels=(), execution=None, deviations=(), findings=())

        (page,) = pages(one_page(bare))

        assert "没有发现未达标、未测得或未说明的事项" in page.replace("\n", "")

    def test_it_has_six_numbers_and_three_problems_each_with_a_suggestion(self) -> None:
        found = cells(one_page(whole()))

        assert found[1] + found[3] == ["5277户", "9737人", "6300.38万元", "100.17%", "8／14项", "93.14分（优）"]
        assert [row[0] for row in found[5:]] == ["1", "2", "3"]
        assert all(row[2] for row in found[5:])

    @pytest.mark.parametrize("length", range(5, 60, 6))
    def test_it_stays_one_page_at_every_length(self, length: int) -> None:
        rows = tuple(replace(row, name="长" * length, is_met=False, reason="由" * length) for row in whole().rows)

        assert len(pages(one_page(replace(whole(), rows=rows, basis="据" * length)))) == 1

    def test_every_problem_is_counted_at_the_foot(self) -> None:
        assert "共发现问题" in one_page(whole()).foot


@pytest.mark.parametrize("made", MADE)
class TestEvery:
    def test_each_number_is_one_of_the_content(self, made: Callable[[ReportContent], Form]) -> None:
        content = whole()
        drawn = [text for one in pictures(content).values() for text in (one.svg, *texts(one.rows))]
        known = set(NUMBER.findall(" ".join([*texts(content), *drawn])))
        counted = {"14", "8", "5", "4", "1", "2", "3", "93.83", "100", "6290.00", "5330.00", "960.00"}  # worked by hand

        said = {number for text in word_texts(made(content)) for number in NUMBER.findall(text)}

        assert said - known - counted <= {str(n) for n in range(1, 20)}

    def test_the_same_content_gives_the_same_bytes(self, made: Callable[[ReportContent], Form]) -> None:
        assert form_word(made(whole())) == form_word(made(whole()))
        assert form_pdf(made(whole())) == form_pdf(made(whole()))

    def test_word_and_pdf_say_the_same(self, made: Callable[[ReportContent], Form]) -> None:
        form = made(whole())
        printed = re.sub(r"\s", "", "".join(pages(form)))

        for row in cells(form):
            for cell in row:
                assert re.sub(r"\s", "", cell) in printed or len(cell) > 20  # a long cell may break over pages

    def test_synthetic_data_are_marked(self, made: Callable[[ReportContent], Form]) -> None:
        header = Document(io.BytesIO(form_word(made(whole())))).sections[0].header
        assert header.paragraphs[0].text == "合成数据　非真实人员和资金"
        assert not made(replace(whole(), is_synthetic=False)).mark

    def test_signs_of_markup_stay_text(self, made: Callable[[ReportContent], Form]) -> None:
        rows = tuple(replace(row, name=NASTY, actual=NASTY, reason=NASTY, given="1.00") for row in whole().rows)
        content = cleaned(replace(whole(), rows=rows, county=NASTY, overall_goal=NASTY, project=NASTY))

        said = "".join(word_texts(made(content)))

        assert NASTY in said or NASTY[:20] in said
        assert pages(made(content))

    def test_heads_repeat_and_no_row_is_split(self, made: Callable[[ReportContent], Form]) -> None:
        document: Any = Document(io.BytesIO(form_word(made(whole()))))

        for table in document.tables:
            assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert any(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in document.tables)

    def test_characters_that_the_font_lacks_are_named(self, made: Callable[[ReportContent], Form]) -> None:
        content = replace(whole(), county="\U00030000县")

        assert "U+30000" in "".join(pages(made(content)))
        assert "\U00030000县" in "".join(word_texts(made(content)))
