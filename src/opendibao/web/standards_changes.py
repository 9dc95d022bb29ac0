"""参数调整: changes of the law's numbers with their state and whose turn it is, and the page of one change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from opendibao.rulemaking.proving import Effects, effects
from opendibao.rulemaking.queries import ChangeRow, changes
from opendibao.rulemaking.queries import change as change_of
from opendibao.rules.golden_gate import Move
from opendibao.web.access import CONFIRMERS, RULERS, may
from opendibao.web.clock import COUNTY_TIME
from opendibao.web.context import today_in_county
from opendibao.web.labels import Labels
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.standards_law import amount_words, tabs
from opendibao.web.tables import Cell, Crumb, Table, day, heads, money, more, text

STATES = Labels({
    "draft": gettext_noop("已起草"), "approved": gettext_noop("已批准"), "scheduled": gettext_noop("已排定"),
    "withdrawn": gettext_noop("已撤回"),
})  # fmt: skip
TONES = {"draft": "warn", "approved": "warn", "scheduled": "ok", "withdrawn": ""}
NOBODY = gettext_lazy("没有要办的")


@dataclass(frozen=True)
class Done:
    """A step that was taken: what, who, when, and the words given for it."""

    words: str
    who: str
    at: datetime
    said: str = ""


def changes_page(request: HttpRequest) -> HttpResponse:
    """All changes, the newest first."""
    found = changes()
    pages = pager(request, len(found))
    shown = {
        "tabs": tabs(request, "standards-changes"),
        "table": changes_table(found[pages.offset : pages.offset + ROWS_A_PAGE]),
        "pager": pages,
        "waiting": sum(row.state in ("draft", "approved") for row in found),
        "total": len(found),
    }
    return render(request, "web/standards_changes.html", shown)


def changes_table(found: list[ChangeRow]) -> Table:
    """Changes as rows, each with its page."""
    rows = [
        [Cell(row.zh, reverse("change", args=[row.pk])), day(row.since), *values_of(row), text(row.source),
         Cell(STATES[row.state], tone=TONES[row.state]), Cell(turn_of(row)), text(row.drafted_by),
         Cell(row.approved_by)]
        for row in found
    ]  # fmt: skip
    named = heads(
        _("改什么"), "!" + _("从哪天起"), "#" + _("原来"), "#" + _("改成"), _("依据"), "!" + _("状态"), _("轮到谁"),
        "!" + _("起草"), "!" + _("批准"),
    )  # fmt: skip
    return Table(
        named, rows, caption=_("标准的改动"), nothing=_("还没有改动"), empty=_("打开一个数的页面，按“起草改动”。")
    )


def hands() -> dict[tuple[str, date], str]:
    """Through whose hands a scheduled number went, by path and first day."""
    said = _("%(first)s起草，%(second)s批准")
    return {
        (row.path, row.since): said % {"first": row.drafted_by, "second": row.approved_by}
        for row in reversed(changes())
        if row.state == "scheduled"
    }


def values_of(row: ChangeRow) -> tuple[Cell, Cell]:
    """The number before and after."""
    before = Cell(amount_words(row.before, row.unit)) if row.before is not None else Cell(_("没有"))
    return before, Cell(amount_words(row.value, row.unit))


def turn_of(row: ChangeRow) -> str:
    """Whose turn it is, in words."""
    if row.state == "draft":
        return _("另一名审核确认人员批准（不能是 %(name)s）") % {"name": row.drafted_by}
    if row.state == "approved":
        return _("审核确认人员排定，先过全部例题")
    if row.state == "scheduled" and row.since > today_in_county():
        return _("到 %(day)s 自动生效") % {"day": row.since}
    return str(NOBODY)


def found_change(change_id: int) -> ChangeRow:
    """One change; raises Http404."""
    row = change_of(change_id)
    if row is None:
        raise Http404(f"没有参数调整 {change_id}")
    return row


def change(request: HttpRequest, change_id: int) -> HttpResponse:
    """One change: what, why, who, and what the worked families would get."""
    row = found_change(change_id)
    before, after = values_of(row)
    run = effects(change_id) if row.state in ("draft", "approved") else None
    name = request.viewer.name  # type: ignore[attr-defined]
    shown = {
        "row": row,
        "before": before.text,
        "after": after.text,
        "state": Cell(STATES[row.state], tone=TONES[row.state]),
        "turn": turn_of(row),
        "steps": list(_steps(row)),
        "run": run.golden if run else None,
        "moves": _moves(run) if run else None,
        "may_approve": row.state == "draft" and row.drafted_by != name and may(request, CONFIRMERS),
        "may_schedule": row.state == "approved" and may(request, CONFIRMERS),
        "may_withdraw": is_open(row) and may(request, RULERS),
        "crumbs": [Crumb(_("规则与标准"), reverse("standards")), Crumb(_("改动"), reverse("standards-changes")),
                   Crumb(row.zh)],
    }  # fmt: skip
    return render(request, "web/standards_change.html", shown)


def is_open(row: ChangeRow) -> bool:
    """Whether it may still be withdrawn: before its day."""
    return row.state in ("draft", "approved") or (row.state == "scheduled" and row.since > today_in_county())


def _steps(row: ChangeRow) -> Iterator[Done]:
    yield Done(_("起草"), row.drafted_by, row.drafted_at.astimezone(COUNTY_TIME), row.reason)
    if row.approved_at:
        yield Done(_("批准"), row.approved_by, row.approved_at.astimezone(COUNTY_TIME))
    if row.scheduled_at:
        said = _("过了 %(n)s 道例题") % {"n": row.golden_cases}
        if row.moved:
            said = _("%(said)s；%(names)s 的答复随之改变，正是本意") % {"said": said, "names": row.moved}
        yield Done(_("排定"), row.scheduled_by, row.scheduled_at.astimezone(COUNTY_TIME), said)
    if row.withdrawn_at:
        yield Done(_("撤回"), row.withdrawn_by, row.withdrawn_at.astimezone(COUNTY_TIME), row.withdrawn_reason)


def _moves(run: Effects) -> Table:
    rows = [
        [Cell(move.name), Cell(_outcomes(move)), money(move.before_fen), money(move.after_fen),
         more(move.after_fen - move.before_fen)]
        for move in run.moves
    ]  # fmt: skip
    named = heads(_("例题家庭"), _("结果"), "#" + _("原来（元/月）"), "#" + _("改后（元/月）"), "#" + _("相差"))
    return Table(named, rows, caption=_("例题家庭在生效那天"), nothing=_("例题家庭都不受影响"))


def _outcomes(move: Move) -> str:
    """The outcome, or both where they differ."""
    return move.after_zh if move.before_zh == move.after_zh else f"{move.before_zh} → {move.after_zh}"
