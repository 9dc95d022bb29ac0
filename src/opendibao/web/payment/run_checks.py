"""发放前核对: what each check found, what was done about it, and the settling of one or many findings."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.audit.actions import record_view
from opendibao.payment.precheck_queries import FindingRow, findings
from opendibao.payment.prechecks import settle_findings
from opendibao.web.access import PAYERS, may, takes_a_form
from opendibao.web.act_fields import ActForm, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import now_in_county, today_in_county
from opendibao.web.decision.fields import Ticks
from opendibao.web.labels import CHECKS, FINDINGS, RUNS
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.payment.here import here
from opendibao.web.payment.run_acts import NothingForm
from opendibao.web.payment.run_asked import Run, check_table, gates, run_asked, way
from opendibao.web.places import Places, places
from opendibao.web.table_files import table_file
from opendibao.web.tables import Crumb, Table, day, heads, household, money, text
from opendibao.web.viewing import Viewer

MOST, REASON, MARK = 5000, 200, 12
SETTLED = {"accepted": gettext_lazy("核实无误，照发"), "held": gettext_lazy("暂缓发放，查清再发")}


class FindingTicks(Ticks):
    """Which findings are meant, each as it stood when the page was opened: what somebody settled since is refused."""

    def __init__(self, found: Sequence[FindingRow]) -> None:
        said = [(stamped(row), f"{row.head or row.household} {CHECKS[row.kind]}：{row.detail}") for row in found]
        super().__init__(gettext_lazy("要处理的家庭"), said)
        self.widget.attrs["class"] = "checks long-words"
        self.by_id = {str(row.id): row for row in found}

    def validate(self, value: list[str]) -> None:
        """Refuse none at all, and name who was faster."""
        for each in value:
            row = self.by_id.get(each.partition("-")[0])
            if row and row.outcome and stamped(row) != each:
                told = {"who": row.head or row.household, "officer": row.officer, "outcome": FINDINGS[row.outcome],
                        "reason": row.reason}  # fmt: skip
                said = _("您勾选以后，%(who)s 已由%(officer)s处理为“%(outcome)s”（%(reason)s），请看过再勾")
                raise ValidationError(said % told)
        super().validate(value)


def stamped(row: FindingRow) -> str:
    """A finding as it stands: its number with a mark of its outcome, reason and officer."""
    said = repr((row.outcome, row.reason, row.officer, str(row.settled_on)))
    return f"{row.id}-{hashlib.sha256(said.encode()).hexdigest()[:MARK]}"


class SettleForm(ActForm):
    """What becomes of the ticked findings, and why."""

    outcome = Pick(gettext_lazy("怎么处理"), SETTLED)
    reason = Words(
        gettext_lazy("处理说明"), REASON, hint=gettext_lazy("写清怎么核实的，如“电话核实，监护人代领协议已备案”")
    )


def run_checks(request: HttpRequest, month: str) -> HttpResponse:
    """All checks of a run, and what they found, first what waits."""
    return _page(request, month, "")


def run_check(request: HttpRequest, month: str, check: str) -> HttpResponse:
    """What one check found."""
    if check not in CHECKS:
        raise Http404(f"没有核对项“{check}”")
    return _page(request, month, check)


def _page(request: HttpRequest, month: str, check: str) -> HttpResponse:
    run = run_asked(month)
    found = _found(run, check)
    paged, names = pager(request, len(found)), places()
    is_whole = request.viewer.sees_county  # type: ignore[attr-defined]
    may_settle = run.state == "computed" and may(request, PAYERS)
    stand = gates(run.pk)
    may_sign = may_settle and not stand.waiting and not stand.is_signed
    form = here(reverse("sign-checks", args=[month]), _("签认核对"), NothingForm, "", name="sign")
    settle = here(reverse("settle-findings", args=[month]), _("处理勾选的"), SettleForm, "")
    rows = found[paged.offset : paged.offset + ROWS_A_PAGE]
    shown = {
        "run": run, "month": run.month, "check": check, "checks": check_table(run.pk), "is_whole": is_whole,
        "rows": [(row, names.full(row.division), stamped(row)) for row in rows],
        "pager": paged, "waiting": sum(not row.outcome for row in found), "number": len(found),
        "settle": settle if may_settle and found else None, "sign": form if may_sign else None,
        "state": RUNS[run.state], "crumbs": _way(month, check), "is_signed": stand.is_signed,
        "may_look": may_settle,
    }  # fmt: skip
    return render(request, "web/run_checks.html", shown)


def _way(month: str, check: str) -> list[Crumb]:
    if not check:
        return [*way(month), Crumb(_("发放前核对"))]
    return [*way(month), Crumb(_("发放前核对"), reverse("run-checks", args=[month])), Crumb(CHECKS[check])]


def _found(run: Run, check: str) -> list[FindingRow]:
    """The findings, those that wait first."""
    return sorted(findings(run.pk, check, limit=MOST, offset=0), key=lambda row: bool(row.outcome))


@takes_a_form
def settled_findings(request: HttpRequest, month: str) -> HttpResponse:
    """处理核对发现: several of one run with one outcome and one reason; settled again while the run is computed."""
    run = run_asked(month)
    found = _found(run, "")

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        chosen = [int(each.partition("-")[0]) for each in given["findings"]]
        settle_findings(chosen, outcome=given["outcome"], reason=given["reason"], on=today_in_county(), at=at)
        said = _("已处理 %(n)s 项：%(outcome)s。复核以前可以改。")
        told = said % {"n": len(chosen), "outcome": FINDINGS[given["outcome"]]}
        settled = {row.kind for row in found if row.id in chosen}
        waiting = {row.kind for row in found if not row.outcome and row.id not in chosen}
        return Done(_next_list(month, settled, waiting), told if waiting else told + _("都处理完了，请签认。"))

    state = _("这个批次现在是“%(state)s”，不在这一步。") % {"state": RUNS[run.state]}
    return answer(
        request,
        Act(
            title=_("处理 %(month)s 核对发现") % {"month": month}, button=_("处理勾选的"),
            form=_form(_ticked(request, found)), do=do,
            way=[*way(month), Crumb(_("发放前核对"), reverse("run-checks", args=[month]))],
            closed="" if run.state == "computed" else state,
            notes=[_("没有银行账户的不能照发，只能暂缓，补了账户再编制。暂缓的钱留着，查清后解除，下批发放。")],
        ),
    )  # fmt: skip


def _next_list(month: str, settled: set[str], waiting: set[str]) -> str:
    """Where one goes on: the same kind's list where that alone still waits, else all kinds."""
    is_same = len(settled) == 1 and settled == waiting
    return reverse("run-check", args=[month, *settled]) if is_same else reverse("run-checks", args=[month])


def _ticked(request: HttpRequest, found: Sequence[FindingRow]) -> Sequence[FindingRow]:
    """What was ticked, so that a form that comes back shows that alone; all where nothing was."""
    ids = {each.partition("-")[0] for each in request.POST.getlist("findings")}
    return [row for row in found if str(row.id) in ids] or found


def _form(found: Sequence[FindingRow]) -> type[ActForm]:
    """The form with a box for every finding of the run."""
    return type("Settling", (ActForm,), {
        "findings": FindingTicks(found), "outcome": SettleForm.base_fields["outcome"],
        "reason": SettleForm.base_fields["reason"],
    })  # fmt: skip


def run_checks_file(request: HttpRequest, month: str) -> HttpResponse:
    """The findings of a run as a workbook."""
    run, names = run_asked(month), places()
    said = f"发放前核对 {month}"
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    record_view(said, viewer.division, "核对发现名单", at=now_in_county())
    return table_file(said, _table(_found(run, ""), names))


def _table(found: Sequence[FindingRow], names: Places) -> Table:
    rows = [
        [household(row.household), text(row.head), text(names.full(row.division)), text(CHECKS[row.kind]),
         text(row.detail), money(row.fen), text(FINDINGS[row.outcome]), text(row.reason), text(row.officer),
         day(row.settled_on)]
        for row in found
    ]  # fmt: skip
    named = heads(
        _("户编号"), _("户主"), _("村社区"), _("查什么"), _("发现"), "#" + _("金额（元）"), _("处理"), _("处理说明"),
        _("处理人"), "!" + _("处理日期"),
    )  # fmt: skip
    return Table(named, rows, caption=_("核对发现"))
