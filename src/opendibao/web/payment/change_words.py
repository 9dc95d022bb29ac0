"""变动的写法: how an approval, a month and an act stand in the lists of changes."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.kernel.month import month_text
from opendibao.payment.recovery_queries import OrderedRow
from opendibao.web.labels import LINES, SETTLED
from opendibao.web.payment.run_asked import officer
from opendibao.web.tables import Cell, Table, heads, household, money, text

TONES = {"": "warn", "approved": "ok", "refused": ""}


def act(matter: str, number: int, step: str, words: str, *, shown: bool) -> Cell:
    """A link to what can be done; empty where the viewer cannot."""
    return Cell(words, reverse("settle-change", args=[matter, number, step])) if shown else Cell("")


def approval(
    request: HttpRequest, matter: str, number: int, made_by: str, *, may_settle: bool
) -> tuple[Cell, Cell]:  # fmt: skip
    """批准 and 不批准; whoever asked, or has another duty, sees who must do it."""
    if matter == "waiver" and not may_settle:
        return Cell(_("等财政审批")), Cell("")
    if may_settle and made_by == officer(request):
        return Cell(_("等另一人批准")), Cell("")
    return (
        act(matter, number, "approve", _("批准"), shown=may_settle),
        act(matter, number, "refuse", _("不批准"), shown=may_settle),
    )


def outcome(found: str) -> Cell:
    """How an approval went."""
    return Cell(SETTLED[found], tone=TONES[found])


def by_whom(made_by: str, made_on: object) -> Cell:
    """Who asked, and when."""
    return text(f"{made_by} {made_on}")


def letter(matter: str, number: int, *, shown: bool) -> Cell:
    """A link to the letter of what was approved."""
    return Cell(_("告知书"), reverse("change-letter", args=[matter, number])) if shown else Cell("")


def order_table(rows: list[OrderedRow]) -> Table:
    """Orders with how their approval went and on which list they are."""
    cells = [
        [household(row.household), text(LINES[row.kind]), text(month_text(row.month)), money(row.fen), text(row.cause),
         by_whom(row.made_by, row.made_on), outcome(row.outcome), _listed(row),
         letter("order", row.id, shown=row.outcome == "approved")]
        for row in rows
    ]  # fmt: skip
    return Table(
        heads("!" + _("家庭"), _("种类"), "!" + _("所属月"), "#" + _("金额（元）"), _("事由"), _("提出"), _("审批"),
              "!" + _("编入批次"), "!" + _("告知书")),
        cells, caption=_("补发、物价补贴、提标补差"), nothing=_("还没有补发"),
        empty=_("少发的月份，在家庭主页提出补发。"),
    )  # fmt: skip


def _listed(row: OrderedRow) -> Cell:
    """The list it is on; approved and on none, it goes into the next one."""
    if row.run_month:
        return Cell(month_text(row.run_month), reverse("pay-run", args=[month_text(row.run_month)]))
    return text(_("编入下一批") if row.outcome == "approved" else "")
