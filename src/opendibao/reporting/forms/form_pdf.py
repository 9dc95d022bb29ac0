"""表单PDF版: typesets a form with an embedded font; its texts travel as data, never as source."""

import json
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from opendibao.reporting import glyphs
from opendibao.reporting.forms.grid import Form, Grid, Part, Pictures, words_of


def form_pdf(form: Form) -> bytes:
    """The form as PDF; characters that the font lacks are marked and named under it."""
    import typst

    lacking = glyphs.missing("".join(words_of(form)).replace("\n", ""))
    data = glyphs.replaced(_said(form, glyphs.told(lacking)), lacking)
    source = (files("opendibao.reporting.forms") / "form.typ").read_bytes()
    pdf = typst.compile(source, font_paths=glyphs.fonts(), sys_inputs={"form": data})
    assert isinstance(pdf, bytes)
    return pdf


def _said(form: Form, missing: str) -> str:
    said = {name: getattr(form, name) for name in ("title", "left", "right", "foot", "is_landscape", "mark", "author")}
    return json.dumps({**said, "missing": missing, "parts": [_part(one) for one in form.parts]}, ensure_ascii=False)


def _part(part: Part) -> dict[str, Any]:
    if isinstance(part, Pictures):
        shown = [{"svg": one.svg, "alt": one.alt, "width": width} for one, width in part.shown]
        return {"kind": "pictures", "shown": shown}
    return {"kind": "grid" if isinstance(part, Grid) else "words", **asdict(part)}
