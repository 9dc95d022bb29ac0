"""定性指标进报告: a row that a person judged is printed with its band, and opens no figure."""

import io
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document

from opendibao.evaluation.actions import SheetEntry, SheetTerms, judge_row, load_sheet
from opendibao.reporting.yearly import write_year
from tests.evaluation import small_county
from tests.evaluation.year import LOCKED, YEAR
from tests.payment.builders import COUNTY

ROWS = [
    SheetEntry("rural_persons", "at_most", Decimal(9), "≤9人", Decimal(80)),
    SheetEntry("lasting_effect", "", None, "持续改善", Decimal(10), "judged"),
]


@pytest.mark.usefixtures("county")
def test_a_judged_row_is_printed_with_band_and_score(tmp_path: Path) -> None:
    small_county.live()
    small_county.plan_budget()
    load_sheet(YEAR, COUNTY, ROWS, terms=SheetTerms.of_form("ninety"), at=LOCKED)
    said = {"text": "有成效", "evidence": "回访记录"}
    judge_row(YEAR, COUNTY, "lasting_effect", band="partly", ratio=Decimal("0.70"), at=LOCKED, **said)

    list(write_year(YEAR, tmp_path, at=LOCKED))

    table = Document(io.BytesIO((tmp_path / "部门评价报告-2024.docx").read_bytes())).tables[0]
    row = next(cells for line in table.rows if "可持续影响" in (cells := [cell.text for cell in line.cells]))
    assert "部分达成（0.7）" in row
    assert "7.00" in row
