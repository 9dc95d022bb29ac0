"""原稿与复算: a filed report is kept once as it was read, and stands row by row beside what is measured."""

from datetime import date
from decimal import Decimal

import pytest

from opendibao.audit.models import Event
from opendibao.evaluation.checkup.reading import read_bytes
from opendibao.evaluation.conclusion import conclude
from opendibao.evaluation.filed_comparison import Beside, Comparison, compare
from opendibao.evaluation.filed_reports import BadFiled, document_of, file_report, filed_report, filed_reports
from opendibao.evaluation.models import FiledReport
from tests.evaluation import small_county
from tests.evaluation.year import LOCKED, YEAR, year
from tests.payment.builders import COUNTY

pytestmark = pytest.mark.usefixtures("county")
DAY = date(2025, 1, 6)
FILED = """# 某县2024年度低保项目绩效评价报告

## 三、综合评价情况及评价结论

| 一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
|---|---|---|---|---|---|---|---|
| 成本指标 | 经济成本指标 | 农村低保金 | ≤0.05万元 | 0.05万元 | 10 | 10 | |
| 产出指标 | 数量指标 | 低保经办人员培训次数 | ≥4次 | 4次 | 20 | 20 | |
| 产出指标 | 质量指标 | 档案规范率 | ≥95% | 96% | 30 | 30 | |
| 合计 | | | | | 60 | 60 | |
"""


def kept(text: str = FILED, name: str = "报送稿.md") -> FiledReport:
    return file_report(YEAR, COUNTY, name, text.encode(), on=DAY, at=LOCKED)


@pytest.fixture
def compared(county: None) -> Comparison:
    small_county.whole()
    return compare(document_of(kept()), conclude(year()))


def row(compared: Comparison, name: str) -> Beside:
    return next(one for one in compared.rows if one.filed and one.filed.name == name)


class TestKept:
    def test_as_it_was_read(self) -> None:
        made = kept()
        read = filed_report(YEAR, COUNTY, made.pk)
        assert read is not None
        assert document_of(read) == read_bytes("报送稿.md", FILED.encode())
        assert (read.name, read.officer, read.filed_on) == ("报送稿.md", "张经办", DAY)
        assert Event.objects.filter(action="登记原报送稿").count() == 1

    def test_the_same_file_is_kept_once_another_beside_it(self) -> None:
        first = kept()
        with pytest.raises(BadFiled, match=r"已经登记过（报送稿\.md，2025-01-06，张经办）"):
            kept(name="换个名字.md")
        second = kept(FILED.replace("60 | 60", "60 | 59"))
        assert [one.pk for one in filed_reports(YEAR, COUNTY)] == [second.pk, first.pk]

    @pytest.mark.parametrize(
        ("name", "text", "said"),
        [("稿.pdf", "%PDF-1.4", "PDF"), ("稿.txt", "  ", "文件是空的"), ("稿.docm", "PK", "宏")],
    )
    def test_what_cannot_be_read_is_refused_in_words(self, name: str, text: str, said: str) -> None:
        with pytest.raises(BadFiled, match=said):
            kept(text, name)
        assert not FiledReport.objects.exists()


class TestCompared:
    def test_rows_stand_beside_ours_with_the_difference(self, compared: Comparison) -> None:
        money = row(compared, "农村低保金")
        assert money.own is not None
        assert (money.own.code, money.score_gap, money.actual_gap) == (
            "rural_benefit_paid", Decimal(-5), Decimal("0.01"),
        )  # fmt: skip

    def test_a_name_a_little_different_is_the_same_row(self, compared: Comparison) -> None:
        training = row(compared, "低保经办人员培训次数")
        assert training.own is not None
        assert (training.own.code, training.score_gap, training.actual_gap) == ("staff_trainings", Decimal(-5), -1)

    def test_a_row_that_only_one_side_has_is_named_alone(self, compared: Comparison) -> None:
        assert row(compared, "档案规范率").own is None
        only_ours = [one.own.code for one in compared.rows if one.filed is None and one.own]
        assert only_ours == ["urban_persons", "target_accuracy", "rural_persons", "standard_conformity"]

    def test_the_totals_are_those_printed_there(self, compared: Comparison) -> None:
        assert compared.totals is not None
        assert (compared.totals.weight, compared.totals.score) == ("60", "60")
        assert (compared.totals.weights, compared.totals.scores) == ("60", "60")

    def test_what_is_wrong_in_it_is_found_at_its_row(self) -> None:
        small_county.whole()
        wrong = FILED.replace("| 4次 | 20 | 20 |", "| 3次 | 20 | 20 |")
        found = compare(document_of(kept(wrong)), conclude(year()))
        assert "C03" in {one.id for one in row(found, "低保经办人员培训次数").findings}

    def test_a_report_without_a_table_shows_ours_alone(self) -> None:
        small_county.whole()
        found = compare(document_of(kept("# 报告\n\n没有表。\n")), conclude(year()))
        assert found.totals is None
        assert all(one.filed is None for one in found.rows)
        assert len(found.rows) == 6
