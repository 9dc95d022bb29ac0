"""行文: fills the sentences of a report's template from its content; templates lie in folders with a report.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from jinja2 import Environment, StrictUndefined, Template

from opendibao.kernel.discovery import folders
from opendibao.reporting import tables
from opendibao.reporting.blocks import Block, figure_mark, mark_leads, parse
from opendibao.reporting.charts.album import pictures
from opendibao.reporting.content import FigureContent, FindingContent, ReportContent, RowContent
from opendibao.reporting.drafting.edited import with_texts
from opendibao.reporting.problems import Practice, practices, problems

NO_TEXTS: Mapping[str, str] = {}
DEPARTMENT_EVALUATION = "department_evaluation"
_JINJA = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False)  # plain text


class UnknownFigureInText(LookupError):
    """A sentence names a figure that the year does not have."""


def template_text(report: str, name: str) -> str:
    """One text file of a report's template folder."""
    return (folders("opendibao.reporting", "report.yaml")[report] / name).read_text("utf-8")


def template_bytes(report: str, name: str) -> bytes:
    """One binary file of a report's template folder."""
    return (folders("opendibao.reporting", "report.yaml")[report] / name).read_bytes()


@cache
def words_of(report: str = DEPARTMENT_EVALUATION) -> Any:
    """The wording file of a report: table heads, practices, problems."""
    return yaml.safe_load(template_text(report, "report.yaml"))


@dataclass(frozen=True)
class _Speech:
    """What a template may ask of the content."""

    content: ReportContent

    def figure(self, figure_id: str) -> FigureContent:
        found = self.content.figure(figure_id)
        if found is None:
            raise UnknownFigureInText(f"行文里用到的数字“{figure_id}”不在当年的数字清单里")
        return found

    def with_unit(self, figure_id: str) -> str:
        one = self.figure(figure_id)
        return figure_mark(one.value, one.id) + (one.unit if one.is_measured else "")

    def rate(self, figure_id: str) -> str:
        one = self.figure(figure_id)
        return figure_mark(one.value, one.id) + (f"（{one.n}/{one.d}）" if one.is_measured else "")

    def has(self, figure_id: str) -> bool:
        return self.content.figure(figure_id) is not None

    def finding(self, finding_id: str) -> FindingContent | None:
        return next((one for one in self.content.findings if one.id == finding_id), None)


def _actual(one: RowContent | Practice) -> str:
    first, *others = one.figures
    return figure_mark(one.actual, first) + _evidence(tuple(others))


def _evidence(figures: tuple[str, ...]) -> str:
    return "".join(figure_mark("", one) for one in figures)


def _captions(content: ReportContent) -> dict[str, str]:
    return {name: one.caption for name, one in pictures(content).items()}


def day_text_of(iso: str) -> str:
    """An ISO day as an official document writes it; empty stays empty."""
    if not iso:
        return ""
    year, month, day = (int(part) for part in iso.split("-"))
    return f"{year}年{month}月{day}日"


@cache
def _compiled(text: str) -> Template:
    return _JINJA.from_string(mark_leads(text))


def write_body(
    content: ReportContent, report: str = DEPARTMENT_EVALUATION, texts: Mapping[str, str] = NO_TEXTS
) -> tuple[Block, ...]:
    """The body of a report in order, with an officer's words (`texts`) by place.

    Raises UnknownFigureInText, UnknownMark.
    """
    words, speech = words_of(report), _Speech(content)
    template = _compiled(template_text(report, "body.md"))
    filled = template.render(
        c=content, u=speech.with_unit, rate=speech.rate, has=speech.has, finding=speech.finding,
        indicator=content.row, actual=_actual, evidence=_evidence,
        practices=practices(content, words), problems=problems(content, words),
        signed=[one for one in content.findings if one.note], picture=_captions(content).get, day=day_text_of,
    )  # fmt: skip
    return with_texts(parse(filled, tables.all_tables(content, words)), texts, content)
