"""报送页: what the county scored and what finance scored, side by side; questions and replies; what was mended."""

from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opendibao.evaluation.queries import final_snapshot
from opendibao.evaluation.reviewed import Correction, Reviewed, ReviewedRow, correction, reviewed
from opendibao.evaluation.scored_rows import ScoredRow
from opendibao.evaluation.states import SubmissionState
from opendibao.evaluation.submissions import CLOSED, ReviewQuestion, Submission, submissions
from opendibao.web.access import EVALUATORS, FINANCE, may
from opendibao.web.asking import BadQuestion
from opendibao.web.county import asked_of
from opendibao.web.evaluation_tabs import evaluation_tabs
from opendibao.web.receiving_words import (
    found_submission,
    receiving_parts,
    state_cell,
    subject_options,
    submission_page,
    way_to_submission,
)
from opendibao.web.tables import Cell, Choice, Choices, Crumb, Table, heads, text
from opendibao.web.templatetags.figures import MINUS, grouped


@dataclass(frozen=True)
class Line:
    """A row of the comparison, its difference in words."""

    both: ReviewedRow
    difference: str
    asked: int


@dataclass(frozen=True)
class Asked:
    """A question with what it is about, in words."""

    question: ReviewQuestion
    about: str


def submissions_page(request: HttpRequest) -> HttpResponse:
    """The newest submission of a year, or the one that is asked for by number."""
    question, county = asked_of(request), settings.OPENDIBAO_COUNTY
    sent = submissions(question.year, county)
    chosen = _chosen(sent, request.GET.get("number", ""))
    shown: dict[str, object] = {
        "asked": question,
        "tabs": evaluation_tabs(request, "submissions", question.year),
        "parts": receiving_parts("submissions", question.year),
        "crumbs": [*way_to_submission(question.year)[:1], Crumb(_("报送"))],
        "final": final_snapshot(question.year, county),
        "may_submit": may(request, EVALUATORS),
        "sent": chosen,
    }
    if chosen:
        shown |= _shown(request, chosen, sent)
    return render(request, "web/submissions.html", shown)


def _chosen(sent: list[Submission], number: str) -> Submission | None:
    if not number:
        return next(iter(sent), None)
    if not number.isascii() or not number.isdigit():
        raise BadQuestion(_("第几次报送应是数字，现在是“%(number)s”") % {"number": number})
    for one in sent:
        if str(one.number) == number:
            return one
    raise Http404(f"没有第 {number} 次报送")


def _shown(request: HttpRequest, chosen: Submission, sent: list[Submission]) -> dict[str, object]:
    seen, is_newest = reviewed(chosen), chosen == sent[0]
    former = next((one for one in sent if one.number == chosen.number - 1), None)
    options = subject_options(seen.said)
    is_open = chosen.state not in CLOSED
    return {
        "seen": seen,
        "lines": lines_of(seen),
        "state": state_cell(chosen.state),
        "difference": signed(seen.difference),
        "rows_difference": signed(seen.finance.rows - seen.own.rows),
        "lead": lead_words(seen),
        "questions": [Asked(one, options.get(one.subject, one.subject)) for one in seen.questions],
        "numbers": _numbers(sent, chosen),
        "is_closed": not is_open,
        "is_accepted": chosen.state == SubmissionState.ACCEPTED,
        "may_review": is_open and may(request, FINANCE),
        "may_reply": is_open and may(request, EVALUATORS),
        "is_asked": chosen.state == SubmissionState.ASKED,
        "may_send_again": is_newest and chosen.state == SubmissionState.RETURNED and may(request, EVALUATORS),
        "mended": _mended(correction(former, chosen)) if former else None,
        "former": former,
    }


def lines_of(seen: Reviewed) -> list[Line]:
    """The rows of the comparison in the order of the sheet."""
    subjects = [one.subject for one in seen.questions]
    return [
        Line(row, signed(row.difference), subjects.count(f"indicator:{row.row.code}")) for row in seen.rows
    ]  # fmt: skip


def signed(points: Decimal) -> str:
    """A difference of points with its sign, to two decimals."""
    if not points:
        return "0.00"
    return f"+{points:.2f}" if points > 0 else f"{MINUS}{-points:.2f}"


def lead_words(seen: Reviewed) -> str:
    """How far the two scores lie apart and on how many rows, in a sentence."""
    if not seen.differing:
        return _("财政评分和自评没有不同的行。")
    rows = ngettext("%(n)d 行评分不同", "%(n)d 行评分不同", len(seen.differing)) % {"n": len(seen.differing)}
    total = _("总分 %(own)s → %(finance)s（%(difference)s）") % {
        "own": f"{seen.own.score:.2f}", "finance": f"{seen.finance.score:.2f}", "difference": signed(seen.difference),
    }  # fmt: skip
    if seen.own.grade == seen.finance.grade:
        grade = _("等级相同：%(grade)s") % {"grade": _(seen.own.grade)}
    else:
        grade = _("等级 %(own)s → %(finance)s") % {"own": _(seen.own.grade), "finance": _(seen.finance.grade)}
    return _("，").join((rows, total, grade)) + _("。")


def _numbers(sent: list[Submission], chosen: Submission) -> Choices | None:
    """The submissions of the year, where there are several."""
    if len(sent) < 2:
        return None
    options = [
        Choice(_("第 %(n)d 次") % {"n": one.number}, submission_page(one), one == chosen) for one in reversed(sent)
    ]
    return Choices(_("第几次报送"), options)


def _mended(found: Correction) -> dict[str, object]:
    """What was corrected since the return: rows, total, findings."""
    rows = [
        [Cell(one.name), *_pair(one.before, one.after, "target"), *_pair(one.before, one.after, "actual"),
         *_pair(one.before, one.after, "weight"), *_pair(one.before, one.after, "score"),
         text(_reason(one.after) or _reason(one.before))]
        for one in found.rows
    ]  # fmt: skip
    before, after = found.before, found.after
    sums = [Cell(_("合计")), *(Cell("") for _n in range(4)), Cell(before.weights), Cell(after.weights),
            Cell(before.score), Cell(after.score), Cell("")]  # fmt: skip
    return {
        "table": Table(
            heads(_("指标"), "#" + _("指标值：前"), "#" + _("后"), "#" + _("实际：前"), "#" + _("后"),
                  "#" + _("分值：前"), "#" + _("后"), "#" + _("得分：前"), "#" + _("后"), _("理由和依据")),
            rows, sums, caption=_("两次报送的不同"), nothing=_("评分表各行都和上次一样"),
            empty=_("改的是报告文字或说明。"),
        ),
        "gone": found.gone, "new": found.new,
    }  # fmt: skip


def _pair(before: ScoredRow | None, after: ScoredRow | None, field: str) -> list[Cell]:
    return [text(grouped(getattr(row, field)) if row else "") for row in (before, after)]


def _reason(row: ScoredRow | None) -> str:
    return (row.reason or row.evidence) if row else ""


def opinion_page(request: HttpRequest, submission_id: int) -> HttpResponse:
    """财政审核意见表: one submission for paper, with places to sign."""
    sent = found_submission(submission_id)
    seen = reviewed(sent)
    options = subject_options(seen.said)
    shown = {
        "sent": sent,
        "seen": seen,
        "lines": lines_of(seen),
        "state": state_cell(sent.state),
        "difference": signed(seen.difference),
        "rows_difference": signed(seen.finance.rows - seen.own.rows),
        "questions": [Asked(one, options.get(one.subject, one.subject)) for one in seen.questions],
        "crumbs": way_to_submission(sent.year, Crumb(_("审核意见表"))),
        "file": reverse("opinion-file", args=[sent.pk]),
    }
    return render(request, "web/submission_opinion.html", shown)
