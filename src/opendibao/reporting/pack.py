"""证据包: one offline page in which every figure unfolds to its question, its counts and a few masked rows."""

import base64
import hashlib
from collections.abc import Iterable

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from opendibao.reporting.blocks import Block
from opendibao.reporting.content import FigureContent, ReportContent
from opendibao.reporting.cover import cover
from opendibao.reporting.sentences import DEPARTMENT_EVALUATION, template_text

_JINJA = Environment(undefined=StrictUndefined, autoescape=True)
OF_THE_SHEET = "indicator."


def pack_bytes(content: ReportContent, blocks: Iterable[Block], report: str = DEPARTMENT_EVALUATION) -> bytes:
    """The page as UTF-8; it loads nothing, and its policy allows its own script and style only."""
    style, script = template_text(report, "pack.css"), template_text(report, "pack.js")
    page = _JINJA.from_string(template_text(report, "pack.html")).render(
        c=content, cover=cover(content, report), lead=_lead(blocks), groups=_groups(content.figures),
        style=Markup(style), script=Markup(script), style_hash=_policy_hash(style), script_hash=_policy_hash(script),
    )  # fmt: skip
    return page.encode()


def _lead(blocks: Iterable[Block]) -> Block:
    return next(block for block in blocks if block.kind == "paragraph" and block.figures)


def _groups(figures: Iterable[FigureContent]) -> list[tuple[str, list[FigureContent]]]:
    of_text = [one for one in figures if not one.id.startswith(OF_THE_SHEET)]
    of_sheet = [one for one in figures if one.id.startswith(OF_THE_SHEET)]
    return [(name, found) for name, found in (("正文的数字", of_text), ("指标表的数字", of_sheet)) if found]


def _policy_hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
