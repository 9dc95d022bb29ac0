"""报告文字: paragraphs of a report in an officer's words; all are kept, the newest counts, an empty one is none."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.audit.submissions import hold
from opendibao.evaluation.models import ReportText
from opendibao.evaluation.refusal import EvaluationRefused
from opendibao.kernel.duties import Duty

LONGEST_TEXT, LONGEST_PLACE = 4000, 60


class BadText(EvaluationRefused):
    """A paragraph cannot be kept as it was written: too long, unchanged, or of no place."""


def text_subject(year: int, place: str) -> str:
    """The audit's name of a paragraph."""
    return f"报告文字 {year} {place}"


@needs(Duty.EVALUATE)
@transaction.atomic
def write_text(year: int, division: str, report: str, place: str, text: str, *, at: datetime) -> ReportText:
    """Keep an officer's words for a paragraph, figures as marks; empty words bring the automatic text back.

    Raises BadText.
    """
    hold(text_subject(year, place))
    kept = text.strip()
    if not place or len(place) > LONGEST_PLACE:
        raise BadText(f"没有名为“{place}”的段落，请从报告页点进去改")
    if len(kept) > LONGEST_TEXT:
        raise BadText(f"这一段最多{LONGEST_TEXT}个字，现在有{len(kept)}个，请缩短")
    former = _newest(year, division, report, place)
    if kept == (former.text if former else ""):
        raise BadText("这一段没有改动，不另存")
    made = ReportText.objects.create(
        year=year, division=division, report=report, place=place, number=former.number + 1 if former else 1,
        text=kept, officer=officer_name(), written_at=at,
    )  # fmt: skip
    said: dict[str, object] = {"place": place, "number": made.number, "letters": len(kept)}
    record(
        "改写报告段落" if kept else "恢复自动文字", text_subject(year, place), division=division, at=at, payload=said
    )
    return made


def _newest(year: int, division: str, report: str, place: str) -> ReportText | None:
    found = ReportText.objects.filter(year=year, division=division, report=report, place=place)
    return found.order_by("-number").first()


def report_texts(year: int, division: str, report: str) -> Mapping[str, ReportText]:
    """The words that count, by place; where the automatic text was brought back there are none."""
    found = ReportText.objects.filter(year=year, division=division, report=report).order_by("number")
    newest = {one.place: one for one in found}
    return {place: one for place, one in newest.items() if one.text}


def text_history(year: int, division: str, report: str, place: str) -> list[ReportText]:
    """Everything that was written for a place, the newest first."""
    found = ReportText.objects.filter(year=year, division=division, report=report, place=place)
    return list(found.order_by("-number"))
