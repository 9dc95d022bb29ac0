"""核算说明PDF: typesets either form with an embedded font; the texts travel as data, never as source."""

import json
from collections.abc import Mapping
from pathlib import Path

from opendibao.decision.explaining import Explained
from opendibao.reporting import glyphs
from opendibao.reporting.note_audit import audit_note
from opendibao.reporting.note_family import family_note

FOLDER = Path(__file__).parent / "templates" / "calculation_note"
FAMILY, AUDIT = "family", "audit"
FORMS = {FAMILY: family_note, AUDIT: audit_note}
TITLES = {FAMILY: "核算说明（给家庭）", AUDIT: "核算说明（给审计）"}
"""What each is called in the view log, on the page and as a file."""


def note_pdf(found: Explained, form: str) -> bytes:
    """The note of a decision as PDF, for the family or for the auditor; raises KeyError for another form."""
    return _typeset(form, FORMS[form](found))


def _typeset(form: str, data: Mapping[str, object]) -> bytes:
    import typst

    lacking = glyphs.missing(json.dumps(data, ensure_ascii=False))
    said = json.dumps({**data, "missing": glyphs.told(lacking)}, ensure_ascii=False)
    text = (FOLDER / f"{form}.typ").read_bytes()
    pdf = typst.compile(text, font_paths=glyphs.fonts(), sys_inputs={"note": glyphs.replaced(said, lacking)})
    assert isinstance(pdf, bytes)
    return pdf
