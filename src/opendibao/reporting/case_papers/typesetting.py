"""排版: papers become one PDF with the font embedded; texts travel as data, never as source."""

import io
import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from opendibao.reporting import glyphs
from opendibao.reporting.case_papers.sheet import Sheet
from opendibao.reporting.cover import SYNTHETIC_MARK

FORM = Path(__file__).parent.parent / "templates" / "case_papers" / "papers.typ"


class NoPapers(ValueError):
    """There is nothing to print."""


def typeset(sheets: Sequence[Sheet], *, title: str, office: str) -> bytes:
    """One PDF of the papers in their order, A4, each with its own page numbers. Raises NoPapers for none."""
    import typst

    if not sheets:
        raise NoPapers("没有可以打印的文书，请至少选一种")
    numbers = sorted({one.number for one in sheets if one.number})
    data = {
        "title": title,
        "author": office,
        "mark": SYNTHETIC_MARK if settings.OPENDIBAO_SYNTHETIC else "",
        "codes": {number: qr_code(number) for number in numbers},
        "papers": [_drawable(one) for one in sheets],
    }
    said = json.dumps(data, ensure_ascii=False)
    said = glyphs.replaced(said, glyphs.missing(said))
    pdf = typst.compile(FORM.read_bytes(), font_paths=glyphs.fonts(), sys_inputs={"papers": said})
    assert isinstance(pdf, bytes)
    return pdf


def _drawable(sheet: Sheet) -> dict[str, Any]:
    """The paper's data; characters that the font lacks are named on the paper where they stand."""
    data = sheet.as_data()
    lacking = glyphs.missing(json.dumps(data, ensure_ascii=False))
    named = "、".join(f"U+{ord(one):04X}" for one in lacking)
    told = f"缺字说明：字库没有收录编码为{named}的字，请在“{glyphs.GETA}”处手写原字。" if named else ""
    return {**data, "missing": told}


@lru_cache(maxsize=256)
def qr_code(number: str) -> str:
    """The number as a QR code, drawn as SVG; a scanner types it into the search box."""
    import segno

    drawn = io.BytesIO()
    segno.make(number, error="m", micro=False, encoding="utf-8").save(drawn, kind="svg", border=1, xmldecl=False)
    return drawn.getvalue().decode()
