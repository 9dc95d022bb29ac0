"""坏名册: what is written into a roster comes back as text, in the workbook that goes back and on its page."""

import re
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from opendibao.decision.opening import write_rejects
from tests.decision.rosters import bring_rows, family
from tests.registry.builders import divisions
from tests.web.conftest import Reader

CELL = re.compile(r'<c r="\w+"[^>]*?(?: t="(\w+)")?>')
HOSTILE = (
    '=HYPERLINK("http://x","点我")', "+cmd|' /C calc'!A0", "@SUM(1)", "-1+1", "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "长" * 10_000, "😀", "a\x07b", "王\u202e英", "http://x",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_cell_goes_back_as_the_text_it_is(read: Reader, tmp_path: Path, text: str) -> None:
    divisions()
    rows = family()
    rows.household["户主"] = rows.household["开户银行"] = rows.members[0]["姓名"] = text
    rows.household["账号"] = ""

    found = bring_rows(tmp_path, rows)

    assert (found.accepted, found.rejected) == (0, 1)
    path = write_rejects(found.file_id, tmp_path / "退回.xlsx")
    sheets = CalamineWorkbook.from_path(str(path))
    assert sheets.get_sheet_by_name("户").to_python()[1][3] == text
    with zipfile.ZipFile(path) as parts:
        for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
            sheet = parts.read(name).decode()
            assert {kind for kind in CELL.findall(sheet) if kind} == {"s"}
            assert "<f>" not in sheet
            assert "<hyperlink" not in sheet
    page = read(f"/opening/{found.file_id}/")
    assert page.status == 200
    assert "<script>alert" not in page.html
    assert "<img src=x" not in page.html
