"""预警的话: kinds, states, effects and ends of warnings in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from opendibao.kernel.duties import READ_ONLY, Duty
from opendibao.kernel.money import yuan_text
from opendibao.verification.rematch.queries import AlertRow
from opendibao.web.access import CASES
from opendibao.web.labels import Labels

ALERT_READERS = CASES | {Duty.PAY}
"""Who pays sees what is proposed to be held, and why."""
LOOKERS = frozenset({Duty.ACCEPT, Duty.SURVEY})
DECIDERS = frozenset({Duty.CONFIRM})
SETTLERS = frozenset({Duty.ACCEPT, Duty.CONFIRM})
OPENERS = frozenset({Duty.ACCEPT})
UNDOERS = LOOKERS | DECIDERS
RUNNERS, RUN_READERS = DECIDERS, DECIDERS | READ_ONLY

ALERT_KINDS = Labels({
    "death": gettext_noop("死亡"), "prison": gettext_noop("服刑或者强制隔离戒毒"),
    "tekun": gettext_noop("已享受特困供养"),
    "other_county": gettext_noop("在外县享受低保"), "moved_away": gettext_noop("户籍迁出本县"),
    "deposits_over_limit": gettext_noop("金融资产超过限额"), "second_home": gettext_noop("另有住房"),
    "new_vehicle": gettext_noop("新有机动车"), "company": gettext_noop("名下有经营主体"),
    "pension": gettext_noop("养老金没有申报"), "wages": gettext_noop("工资没有申报"),
    "married": gettext_noop("婚姻变化"),
})  # fmt: skip
ALERT_STATES = Labels({
    "open": gettext_noop("待核实"), "explained": gettext_noop("家庭已说明"), "visited": gettext_noop("已入户核实"),
    "confirmed": gettext_noop("属实"), "refuted": gettext_noop("不属实"), "not_same": gettext_noop("不是本人"),
    "ended": gettext_noop("已终结"),
})  # fmt: skip
STATE_TONES = {"open": "warn", "explained": "warn", "visited": "warn", "confirmed": "bad", "refuted": "ok"}
REMATCH_STATES = Labels({
    "running": gettext_noop("正在比对"), "finished": gettext_noop("已完成"), "interrupted": gettext_noop("中断"),
})  # fmt: skip


def effect_words(row: AlertRow) -> str:
    """What the rules would make of it, with both amounts a month; said plainly where they cannot compute it."""
    before = yuan_text(row.monthly_fen, grouped=True)
    if row.effect_fen is None:
        return _("不能直接计算，要看核实结果；现在每月 %(before)s 元") % {"before": before}
    if row.effect_fen == 0:
        return _("不影响金额：每月 %(before)s 元") % {"before": before}
    after = yuan_text(row.monthly_fen + row.effect_fen, grouped=True)
    return _("每月 %(before)s → %(after)s 元") % {"before": before, "after": after}


def rate_words(settled: int, found: int) -> str:
    """处置率, exact: both numbers, and the share in hundredths of a percent cut off, never rounded up."""
    if not found:
        return "—"
    share = settled * 10_000 // found
    return _("%(settled)s/%(found)s（%(share)s%%）") % {
        "settled": f"{settled:,}", "found": f"{found:,}", "share": f"{share // 100}.{share % 100:02d}",
    }  # fmt: skip
