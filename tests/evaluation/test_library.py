"""指标库: every indicator tells all that a card must say, and what it said stays as it was locked."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from opendibao.evaluation import queries
from opendibao.evaluation.actions import lock_year
from opendibao.evaluation.evidence import open_figure
from opendibao.evaluation.figure import Figure, Measured, Total, without_order
from opendibao.evaluation.indicator import Indicator, plain
from opendibao.evaluation.indicators.average_benefit.indicator import BOOKED
from opendibao.evaluation.library import UnknownIndicator, library, library_card, worked_cases
from opendibao.evaluation.models import SheetRow
from opendibao.evaluation.queries import figure_at, figures, indicators, measure_year, places, read_sheet
from opendibao.evaluation.rows import measure, page
from opendibao.kernel.discovery import folders
from tests.conventions import citations
from tests.evaluation import small_county
from tests.evaluation.year import LOCKED, YEAR, year
from tests.payment.builders import COUNTY

ALL = sorted(indicators().items())
MEASURED = [one for _, one in ALL if not one.is_judged]
WAYS = {code for code, _ in SheetRow._meta.get_field("scoring").flatchoices}


@pytest.mark.parametrize(("code", "one"), ALL, ids=[code for code, _ in ALL])
class TestEveryIndicator:
    def test_says_where_it_stands_and_who_asks_for_it(self, code: str, one: Indicator) -> None:
        assert all((one.level1, one.level2, one.name, one.source, one.definition))
        assert set(one.scorings) <= WAYS
        assert (one.scorings == ("judged",)) is one.is_judged
        known = citations.laws()
        article = re.compile(r"57号")
        for cited in citations.cited(article.sub("民发〔2021〕57号", one.source), known):
            assert citations.faults(cited, known) == ""

    def test_has_a_case_for_what_was_not_measured(self, code: str, one: Indicator) -> None:
        said = [(case.text, case.note) for case in worked_cases(one)]
        assert [1 for text, note in said if text in ("未测得", "未评定") or note.endswith("按零计")]

    def test_the_folder_has_its_name(self, code: str, one: Indicator) -> None:
        assert code in folders("opendibao.evaluation.indicators", "indicator.py")


@pytest.mark.parametrize("one", MEASURED, ids=[one.code for one in MEASURED])
def test_a_rate_names_what_is_over_what(one: Indicator) -> None:
    assert one.unit
    for figure in one.figures:
        if figure.has_denominator:
            assert figure.numerator
            assert figure.denominator


def test_a_judged_indicator_has_points_to_look_at_and_no_figure() -> None:
    judged = [one for _, one in ALL if one.is_judged]
    assert len(judged) == 9
    assert all(len(one.points) >= 2 for one in judged)


BROKEN = Figure("broken", "坏的", "%", Total.RATIO, "SELECT moon FROM nowhere", ("月亮",), "问不出来", "甲", "乙")
NO_NUMBER = replace(BROKEN, id="gap", sql="SELECT %(tolerance_fen)s AS said, 1 AS n, 1 AS d", columns=("数",))


@pytest.mark.usefixtures("county")
class TestAQueryWithoutAnswer:
    def test_is_said_in_words_and_ends_nothing_else(self) -> None:
        small_county.live()
        told = measure(BROKEN, year())
        assert (told.value, told.text, told.rows) == (None, "未测得", 0)
        assert "查询出错" in told.why
        assert "请检查指标的查询" in told.why
        assert page(BROKEN, year(), limit=5) == []
        assert measure(figure_at("paid", {}), year()).n == 128000  # the transaction goes on

    def test_a_number_that_no_law_gives_is_named(self) -> None:
        asked = queries.period(1990, known_at=LOCKED, division=COUNTY)
        told = measure(NO_NUMBER, asked)
        assert told.value is None
        assert "没有测得：参数" in told.why
        assert "1990-12-31" in told.why

    def test_scores_as_not_measured_whatever_the_indicator_says_of_emptiness(self) -> None:
        one = Indicator("x", "产出指标", "质量指标", "坏的", (BROKEN,), plain, source="甲")
        reading = one.reading([measure(BROKEN, year())])
        assert (reading.text, reading.value) == ("未测得", None)
        assert "查询出错" in reading.note


class TestWhy:
    def test_nothing_was_found_no_record_is_kept_or_it_cannot_be_divided(self) -> None:
        kept = replace(BROKEN, missing="拨款单")
        assert Measured(BROKEN, 0, 0, 0).why == "查询没有返回任何行"
        assert Measured(BROKEN, 3, 0, 0).why == "分母是零，算不出来"
        assert Measured(kept, 3, 0, 0).why == "没有记录：拨款单"
        assert Measured(replace(BROKEN, total=Total.COUNT), 0, 0, 0).why == "查询没有返回任何行，按零计"
        assert Measured(BROKEN, 3, 1, 2).why == ""

    def test_an_average_is_yuan_rounded_half_up_once(self) -> None:
        assert Measured(BOOKED, 2, 162050, 3).value == Decimal("540.17")
        assert Measured(BOOKED, 1, 50001, 2).value == Decimal("250.01")  # 250.005
        assert Measured(BOOKED, 1, 0, 0).value is None


@pytest.mark.parametrize(
    ("sql", "kept"),
    [
        ("SELECT 1 AS n, 1 AS d FROM t ORDER BY n DESC, a.b", "SELECT 1 AS n, 1 AS d FROM t "),
        ("SELECT row_number() OVER (ORDER BY a) AS n, 1 AS d FROM t", None),
        ("SELECT 1 AS n, 1 AS d FROM t ORDER BY a LIMIT 5", None),
        ("SELECT 1 AS n, 1 AS d FROM t", None),
    ],
)
def test_only_the_order_of_the_rows_is_left_out_where_they_are_counted(sql: str, kept: str | None) -> None:
    assert without_order(sql) == (kept or sql)


@pytest.mark.usefixtures("county")
class TestAYear:
    def test_every_indicator_is_measured_on_the_sheet_or_not(self) -> None:
        small_county.whole()
        ids = [one.id for one in figures(YEAR, COUNTY)]
        assert len(ids) == len(set(ids))
        on_sheet = places(YEAR, COUNTY)
        for code, one in ALL:
            head = f"indicator.{on_sheet[code]:02d}" if code in on_sheet else f"indicator.{code}"
            assert (head in ids) is not one.is_judged
        assert {one.figure.id for one in measure_year(year())} == set(ids)

    def test_the_sheet_is_read_from_what_was_measured(self) -> None:
        small_county.whole()
        read = {one.row.indicator: one.reading.text for one in read_sheet(year(), measure_year(year()))}
        assert read["rural_benefit_paid"] == "0.06万元"
        assert read["target_accuracy"] == "未测得"

    def test_before_a_lock_the_library_says_so(self) -> None:
        small_county.whole()
        found = library(YEAR, COUNTY)
        assert len(found) == len(ALL)
        assert {one.reading.note for one in found if not one.indicator.is_judged} == {"这一年还没有锁定快照"}

    def test_the_library_says_what_was_locked(self) -> None:
        small_county.whole()
        lock_year(YEAR, COUNTY, at=LOCKED)
        found = {one.indicator.code: one for one in library(YEAR, COUNTY)}
        assert (found["paid_in_full"].reading.text, found["paid_in_full"].place) == ("100.00%", None)
        assert found["paid_in_full"].figure_id == "indicator.paid_in_full"
        assert (found["urban_persons"].reading.text, found["urban_persons"].figure_id) == ("1人", "indicator.02")
        assert found["project_basis"].reading.text == "未评定"

    def test_an_indicator_that_came_after_the_lock_was_not_measured(self, monkeypatch: pytest.MonkeyPatch) -> None:
        small_county.whole()
        snapshot = lock_year(YEAR, COUNTY, at=LOCKED)
        figures_then = [one for one in snapshot.content["figures"] if one["id"] != "indicator.paid_in_full"]
        snapshot.content = {**snapshot.content, "figures": figures_then}
        monkeypatch.setattr("opendibao.evaluation.library.latest_snapshot", lambda *_: snapshot)
        told = library_card("paid_in_full", YEAR, COUNTY)
        assert (told.reading.value, told.reading.note) == (None, "锁定快照时还没有这个指标")

    def test_an_unknown_code_is_refused(self) -> None:
        with pytest.raises(UnknownIndicator, match="没有名为“moon”的指标"):
            library_card("moon", YEAR, COUNTY)

    def test_a_figure_is_opened_by_its_place_by_its_code_and_off_the_sheet(self) -> None:
        small_county.whole()
        lock_year(YEAR, COUNTY, at=LOCKED)
        assert open_figure("indicator.urban_persons", YEAR).as_json()["id"] == "indicator.02"
        told = open_figure("indicator.paid_in_full", YEAR).as_json()
        assert {"value": "100.00%", "rows": 2, "count": 2, "denominator": 2}.items() <= told.items()
        assert open_figure("indicator.arrived_rate", YEAR).as_json()["why"].startswith("没有记录")  # type: ignore[attr-defined]
        average = open_figure("indicator.average_benefit", YEAR).as_json()
        # 640.00 yuan for two persons and 640.00 for one: 1280.00 ÷ 3
        assert {"value": "426.67", "sum_fen": 128000, "denominator": 3}.items() <= average.items()
