"""上报的词和页签: who sends, the lists that belong together, and how a state is said."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.decision.outbox_queries import EntryLine
from opendibao.kernel.duties import Duty
from opendibao.kernel.workdays import workdays_between
from opendibao.web import choices
from opendibao.web.tables import Cell, Choices, Crumb

SENDERS = frozenset({Duty.CONFIRM})
"""Who makes the files and takes the receipts."""
CORRECTORS = frozenset({Duty.ACCEPT, Duty.CONFIRM})
"""Who puts right what was returned."""
STATES = {
    "": gettext_lazy("全部"), "waiting": gettext_lazy("等上报"), "returned": gettext_lazy("退回待改正"),
    "sent": gettext_lazy("等回执"), "accepted": gettext_lazy("已接收"),
}  # fmt: skip
TABS = (
    ("opening", gettext_lazy("花名册")),
    ("outbox", gettext_lazy("上报清单")), ("reporting-files", gettext_lazy("文件和回执")),
    ("entry-lag", gettext_lazy("录入用时")),
)  # fmt: skip


def tabs(current: str) -> Choices:
    """The pages of this section, the current one marked."""
    return choices.pages(_("上报上级系统"), TABS, current)


def way(*further: Crumb) -> list[Crumb]:
    """Back to the list."""
    return [Crumb(_("上报上级系统"), reverse("outbox")), *further]


def state_cell(line: EntryLine, today: date) -> Cell:
    """How it stands, and whether its day is over."""
    if line.accepted_on:
        said = _("%(day)s 已接收") % {"day": line.accepted_on}
        return Cell(said, tone="ok" if line.accepted_on <= line.due_on else "warn")
    words = str(STATES[line.state])
    if line.due_on < today:
        return Cell(_("%(state)s，已超期") % {"state": words}, tone="bad")
    return Cell(words, tone="bad" if line.state == "returned" else "warn")


def left_words(line: EntryLine, today: date) -> str:
    """How many working days are left of the clock, or how many it is late."""
    if line.accepted_on:
        return ""
    if line.due_on < today:
        return _("超 %(n)d 个工作日") % {"n": workdays_between(line.due_on, today)}
    left = workdays_between(today, line.due_on)
    return _("剩 %(n)d 个工作日") % {"n": left} if left else _("今天到期")
