"""敏感度页: for each reading, how far the next grade is and which rows could carry the grade there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.evaluation.conclusion import reaches_of
from opendibao.evaluation.queries import latest_snapshot
from opendibao.evaluation.sensitivity import Carry, Reach, Step
from opendibao.evaluation.snapshot import conclusion_of
from opendibao.web.county import asked_of
from opendibao.web.evaluation_tabs import evaluation_tabs
from opendibao.web.labels import READINGS
from opendibao.web.tables import Cell, Crumb, Table, heads, text

SHOWN = 6


@dataclass(frozen=True)
class Way:
    """One reading as the page shows it: where it stands, and the sentences of the way up and down with their rows."""

    name: str
    points: str
    grade: str
    up: str
    down: str
    up_rows: Table | None
    down_rows: Table | None


def sensitivity(request: HttpRequest) -> HttpResponse:
    """How firm the grade of the locked conclusion is."""
    question = asked_of(request)
    snapshot = latest_snapshot(question.year, settings.OPENDIBAO_COUNTY)
    shown = {
        "asked": question,
        "tabs": evaluation_tabs(request, "sensitivity", question.year),
        "crumbs": [Crumb(_("绩效评价"), f"{reverse('evaluation')}?year={question.year}"), Crumb(_("敏感度"))],
        "snapshot": snapshot,
    }
    if snapshot is not None:
        said = conclusion_of(snapshot)
        ways = [_way(one) for one in reaches_of(said)]
        shown |= {"ways": ways, "agree": len({one.grade for one in ways}) == 1, "found": said}
    return render(request, "web/sensitivity.html", shown)


def _way(one: Reach) -> Way:
    return Way(
        READINGS[one.key], str(one.points), _(one.grade), _up(one), _down(one),
        _rows(one.better, _("还差的分"), _("最多还能加")), _rows(one.worse, _("可失的分"), _("最多会失去")),
    )  # fmt: skip


def _up(one: Reach) -> str:
    step = one.better
    if step is None:
        return _("已经是最高一等。")
    said = {"grade": _(step.grade), "points": step.points, "cut": step.cut, "n": step.least}
    if not step.least:
        return _("离“%(grade)s”（%(cut)s 分起）还差 %(points)s 分；各项全部加满也到不了。") % said
    alone = _alone(step.rows)
    if alone:
        return _("离“%(grade)s”（%(cut)s 分起）还差 %(points)s 分；这些项一项就够：%(names)s。") % {
            **said,
            "names": alone,
        }
    return _("离“%(grade)s”（%(cut)s 分起）还差 %(points)s 分；一项不够，最少要 %(n)s 项一起加满。") % said


def _down(one: Reach) -> str:
    step = one.worse
    if step is None:
        return _("已经是最低一等。")
    said = {"grade": _(step.grade), "points": step.points, "cut": step.cut, "n": step.least}
    if not step.least:
        return _("再失 %(points)s 分才降到“%(grade)s”；各项的分加起来也没有这么多。") % said
    alone = _alone(step.rows)
    if alone:
        return _("再失 %(points)s 分就降到“%(grade)s”；这些项一项不得分就会降：%(names)s。") % {**said, "names": alone}
    return _("再失 %(points)s 分就降到“%(grade)s”；一项不够，最少要 %(n)s 项全失。") % said


def _alone(rows: Sequence[Carry]) -> str:
    return _("、").join(_(row.name) for row in rows if row.alone)


def _rows(step: Step | None, words: str, head: str) -> Table | None:
    if step is None or not step.rows:
        return None
    rows = [
        [Cell(_(row.name)), Cell(f"{row.points:f}"), text(_remark(row))]
        for row in step.rows[:SHOWN]
    ]  # fmt: skip
    return Table(heads(_("指标"), "#" + head, _("说明")), rows, caption=words)


def _remark(row: Carry) -> str:
    if not row.is_measured:
        return _("未测得：先把数量出来，不是加分")
    return _("一项就够") if row.alone else ""
