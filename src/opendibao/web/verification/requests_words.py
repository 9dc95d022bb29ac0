"""跨省请求的词: who asks, sends and reads, the views of the list, and how a state is said."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from opendibao.kernel.duties import READ_ONLY, Duty
from opendibao.kernel.money import yuan_text
from opendibao.verification.requests.provinces import province_zh
from opendibao.verification.requests.queries import AnswerRow, RequestRow
from opendibao.web.access import CONFIRMERS
from opendibao.web.labels import DEPARTMENTS, OUTCOMES, Labels
from opendibao.web.tables import Cell, Crumb

ASKERS = frozenset({Duty.ACCEPT})
"""Who drafts a question to another province."""
CANCELLERS = frozenset({Duty.ACCEPT, Duty.CONFIRM})
"""Who withdraws one, and who re-checks what stayed unchecked."""
SENDERS = CONFIRMERS
"""Who sends them and takes the answers."""
MESSAGE_READERS = CONFIRMERS | READ_ONLY
STATES = Labels({
    "draft": gettext_noop("待发送"), "sent": gettext_noop("已发出"), "acknowledged": gettext_noop("已签收"),
    "partly": gettext_noop("部分答复"), "answered": gettext_noop("已答复"), "expired": gettext_noop("到期未答复"),
    "cancelled": gettext_noop("已撤销"),
})  # fmt: skip
TONES = {"answered": "ok", "expired": "bad", "partly": "warn", "draft": "warn"}
VIEWS = {
    "": gettext_lazy("全部"), "draft": gettext_lazy("待发送"), "again": gettext_lazy("该再发"),
    "waiting": gettext_lazy("等答复"), "overdue": gettext_lazy("逾期"), "over": gettext_lazy("该清理"),
    "answered": gettext_lazy("已答复"), "expired": gettext_lazy("到期未答复"), "recheck": gettext_lazy("该复查"),
    "late": gettext_lazy("重新核对"), "cancelled": gettext_lazy("已撤销"),
}  # fmt: skip
BEARINGS = Labels({
    "unchanged": gettext_noop("结果不变"), "changes": gettext_noop("结果会变，重新核对"),
    "unknown": gettext_noop("不能按规则计算，重新核对"),
})  # fmt: skip
SHORT = Labels({
    "unchanged": gettext_noop("结果不变"), "changes": gettext_noop("结果会变"), "unknown": gettext_noop("不能计算"),
})  # fmt: skip
KINDS = Labels({
    "request": gettext_noop("请求"), "acknowledgement": gettext_noop("签收"), "answer": gettext_noop("答复"),
})  # fmt: skip


def way(*further: Crumb) -> list[Crumb]:
    """Back to the list."""
    return [Crumb(_("跨省核对请求"), reverse("region-requests")), *further]


def source_words(source: str) -> str:
    """The name of a source."""
    return str(DEPARTMENTS.get(source, source))


def question_words(row: RequestRow) -> str:
    """Who is asked about, where: 李建国 · 广东省 银行存款."""
    said = {"who": row.person, "province": province_zh(row.province), "source": source_words(row.source)}
    return _("%(who)s · %(province)s %(source)s") % said


def state_cell(row: RequestRow, today: date) -> Cell:
    """How it stands, and whether the other side is late."""
    words = STATES[row.state]
    if row.is_overdue(today):
        return Cell(_("%(state)s，已逾期") % {"state": words}, tone="bad")
    if row.state == "expired" and row.answered_on:
        return Cell(_("%(day)s 迟到答复") % {"day": row.answered_on}, tone="warn")
    return Cell(words, tone=TONES.get(row.state, ""))


def late_words(row: AnswerRow) -> str:
    """What a late answer would make of the result: 低保 1,378.00 元 → 不符合条件 0.00 元."""
    if row.before_fen is None or row.after_fen is None:
        return BEARINGS[row.bearing]
    said = {
        "bearing": BEARINGS[row.bearing], "before": OUTCOMES.get(row.outcome_before, row.outcome_before),
        "after": OUTCOMES.get(row.outcome_after, row.outcome_after),
        "was": yuan_text(row.before_fen, grouped=True), "is": yuan_text(row.after_fen, grouped=True),
    }  # fmt: skip
    if row.bearing == "unchanged":
        return _("%(bearing)s：%(before)s，每月 %(was)s 元") % said
    return _("%(bearing)s：%(before)s 每月 %(was)s 元 → %(after)s 每月 %(is)s 元") % said
