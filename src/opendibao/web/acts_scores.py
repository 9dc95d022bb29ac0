"""评分和评定: a person gives a row another score than the rule's, or judges a qualitative row."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from opendibao.evaluation.actions import give_score, judge_row
from opendibao.evaluation.given_scores import score_subject
from opendibao.evaluation.queries import indicators, latest_snapshot
from opendibao.evaluation.scored_rows import ScoredRow
from opendibao.evaluation.scoring import short
from opendibao.evaluation.snapshot import conclusion_of
from opendibao.evaluation.year_sheets import SheetRow, judgement_history, score_history
from opendibao.web.access import takes_a_form
from opendibao.web.acts import Act, Done, answer
from opendibao.web.acts_sheet import name_of, place_of, sheet_page, version_of, way_to
from opendibao.web.sheet_form import BANDS, JUDGED, JudgeForm, ScoreForm

HUNDRED = Decimal(100)


def _row(year: int, code: str) -> SheetRow:
    version = version_of(year)
    return version.rows[place_of(version, code)]


def locked_row(year: int, code: str) -> ScoredRow | None:
    """The row as the newest snapshot scored it; None where it did not."""
    snapshot = latest_snapshot(year, settings.OPENDIBAO_COUNTY)
    said = conclusion_of(snapshot) if snapshot else None
    return next((row for row in (*said.rows, *said.beside) if row.code == code), None) if said else None


@takes_a_form
def scored_row(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """人工评分."""
    row = _row(year, code)
    former = score_history(year, settings.OPENDIBAO_COUNTY, code)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        give_score(year, settings.OPENDIBAO_COUNTY, code, given["score"], reason=given["reason"], at=at)
        said = _("“%(name)s”评为 %(score)s 分；锁定新快照后写进报告。")
        return Done(sheet_page(year), said % {"name": name_of(code), "score": short(given["score"])})

    closed = "" if row.weight else _("这一项只测不评，没有分值，不能评分。")
    return answer(
        request,
        Act(
            title=_("评分：%(name)s") % {"name": name_of(code)}, button=_("评分"), form=ScoreForm, do=do,
            way=way_to(year), subject=score_subject(year, code), closed=closed, facts=_facts(year, row),
            notes=_told(
                [_("%(officer)s 评过 %(score)s 分：%(reason)s") % {
                    "officer": one.officer, "score": short(one.score), "reason": one.reason} for one in former],
            ),
            values=lambda: _score_values(year, code),
        ),
    )  # fmt: skip


def _score_values(year: int, code: str) -> dict[str, str]:
    newest = next(iter(score_history(year, settings.OPENDIBAO_COUNTY, code)), None)
    return {"score": short(newest.score), "reason": newest.reason} if newest else {}


def _facts(year: int, row: SheetRow) -> list[tuple[str, str]]:
    facts = [(_("目标"), row.target_text), (_("分值"), short(row.weight))]
    if found := locked_row(year, row.indicator):
        ruled = _("%(points)s 分：%(formula)s") % {"points": found.by_rule, "formula": found.formula}
        facts += [(_("实际（快照）"), found.actual), (_("按规则"), ruled)]
    return facts


def _told(said: Sequence[str]) -> list[str]:
    """What was said before, the newest first; it stays whatever is said now."""
    return [*said, _("以前评的都留着，以最新的为准。")] if said else []


@takes_a_form
def judged_row(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """定性评定."""
    row, county = _row(year, code), settings.OPENDIBAO_COUNTY
    if row.scoring != JUDGED:
        raise Http404(f"“{code}”按量出的数给分，不用定性评定")

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        judge_row(
            year, county, code, band=given["band"], ratio=given["percent"] / HUNDRED, text=given["text"],
            evidence=given["evidence"], at=at,
        )  # fmt: skip
        said = _("“%(name)s”评定为 %(percent)s%%；锁定新快照后写进报告。")
        return Done(sheet_page(year), said % {"name": name_of(code), "percent": short(given["percent"])})

    former = judgement_history(year, county, code)
    said = _("%(officer)s 评过%(band)s，%(percent)s%%：%(text)s")
    points = indicators()[code].points
    return answer(
        request,
        Act(
            title=_("评定：%(name)s") % {"name": name_of(code)}, button=_("评定"), form=JudgeForm, do=do,
            way=way_to(year), subject=score_subject(year, code),
            facts=[*_facts(year, row), *((_("要点 %(n)s") % {"n": n}, point) for n, point in enumerate(points, 1))],
            notes=_told(
                [said % {"officer": one.officer, "band": BANDS[one.band], "percent": short(one.ratio * 100),
                         "text": one.text} for one in former]
            ),
            values=lambda: _judge_values(year, code),
        ),
    )  # fmt: skip


def _judge_values(year: int, code: str) -> dict[str, str]:
    newest = next(iter(judgement_history(year, settings.OPENDIBAO_COUNTY, code)), None)
    if newest is None:
        return {}
    return {
        "band": BANDS[newest.band], "percent": short(newest.ratio * HUNDRED), "text": newest.text,
        "evidence": newest.evidence,
    }  # fmt: skip
