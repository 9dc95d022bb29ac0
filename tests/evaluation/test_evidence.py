"""凭据: a figure is opened as its snapshot knew it; the workbook holds text cells, masked."""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from opendibao.evaluation.actions import lock_year
from opendibao.evaluation.evidence import known_ids, open_figure, write_rows
from opendibao.evaluation.queries import UnknownFigure
from tests.evaluation import small_county
from tests.evaluation.year import LATER, LOCKED, YEAR, dies
from tests.payment.builders import COUNTY


@pytest.fixture
def locked(county: None) -> None:
    rural, _ = small_county.whole()
    lock_year(YEAR, COUNTY, at=LOCKED)
    dies(rural, 1, LOCKED.date().replace(year=2024, month=12, day=20), known=LATER)


@pytest.mark.usefixtures("locked")
class TestOpen:
    def test_a_sum_of_money_comes_in_fen_with_its_rows(self) -> None:
        told = open_figure("paid", YEAR).as_json()
        assert {"id": "paid", "value": "0.13", "unit": "万元", "rows": 2, "sum_fen": 128000}.items() <= told.items()

    def test_a_count_is_as_the_snapshot_knew_it(self) -> None:
        told = open_figure("rural.persons", YEAR).as_json()
        assert {"value": "2", "rows": 2, "count": 2}.items() <= told.items()

    def test_a_rate_comes_with_its_denominator_and_an_indicator_by_its_place(self) -> None:
        told = open_figure("indicator.04", YEAR).as_json()
        assert {"value": "未测得", "rows": 0, "count": 0, "denominator": 0}.items() <= told.items()
        assert told["definition"]

    def test_the_same_question_has_the_same_hash(self) -> None:
        assert open_figure("paid", YEAR).query_hash == open_figure("paid", YEAR).query_hash
        assert open_figure("paid", YEAR).query_hash != open_figure("paid.rural", YEAR).query_hash

    def test_an_unknown_figure_is_refused_with_the_remedy(self) -> None:
        with pytest.raises(UnknownFigure, match="evidence --list"):
            open_figure("paid.moon", YEAR)

    def test_the_list_names_the_indicators_of_the_sheet(self) -> None:
        ids = [one.split("\t")[0] for one in known_ids(YEAR)]
        assert {"opening.households", "entered.persons", "left.persons", "urban.households", "paid"} <= set(ids)
        assert {f"indicator.{place:02d}" for place in range(1, 7)} <= set(ids)
        assert "indicator.07" not in ids
        assert "indicator.paid_in_full" in ids  # what is not on the sheet is measured too

    def test_the_workbook_holds_masked_text(self, tmp_path: Path) -> None:
        path = tmp_path / "rows.xlsx"
        write_rows("rural.persons", YEAR, path)
        heads, first, _second = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        assert heads[:3] == ["姓名", "身份证号", "户编号"]
        assert first[0] == "成**"
        assert isinstance(first[1], str)
        assert "********" in first[1]


@pytest.mark.usefixtures("county")
def test_before_a_snapshot_there_is_nothing_to_open() -> None:
    with pytest.raises(UnknownFigure, match="还没有锁定的快照"):
        open_figure("paid", YEAR)
