"""提标告知书: what a family is told when the standard changes: the numbers before and after, its own, and arrears."""

from collections.abc import Sequence
from datetime import date

from opendibao.decision.entering import Office
from opendibao.decision.letter import Told, hotline, letter_text
from opendibao.decision.models import Decision
from opendibao.decision.standard_change import StandardChange, value_text
from opendibao.kernel.month import add_months
from opendibao.rules.answer import Reason

CLAUSE = "社会救助暂行办法第十条、第十二条；最低生活保障审核确认办法第二十三条"
LATER_CLAUSE = "社会救助法第十八条、第十九条；最低生活保障审核确认办法第二十三条"
"""From 2026-07-01 on (社会救助法 第七十八条)."""


def uprating_letter(
    decision: Decision,
    *,
    head: str,
    before_fen: int,
    changes: Sequence[StandardChange],
    favour: Sequence[Reason],
    effective_month: date,
    office: Office,
) -> str:
    """The text of the letter; `before_fen` a month is what the household got until now."""
    regime = office.pack.word("regime.name", decision.decided_on)
    concerned = [one for one in changes if decision.area in one.areas]
    told = Told(
        head, office.town(decision.division), [*map(reason_of, concerned), *favour], before_fen, regime,
        hotline(decision.decided_on, office.pack), LATER_CLAUSE if regime == "R3" else CLAUSE,
        _arrears(decision, effective_month),
    )  # fmt: skip
    return letter_text(decision, told)


def reason_of(change: StandardChange) -> Reason:
    """A changed number as a reason, with the paper that it stands in."""
    before, after = value_text(change.before, change.unit), value_text(change.after, change.unit)
    return Reason("standard", f"{change.zh}从{_day(change.since)}起由{before}调整为{after}", change.source)


def _arrears(decision: Decision, effective_month: date) -> str:
    """The months gone by that are owed by the new numbers; what was paid short is paid besides (补差)."""
    if decision.first_month is None or effective_month >= decision.first_month:
        return ""
    last = add_months(decision.first_month, -1)
    months = _month(effective_month) if last == effective_month else f"{_month(effective_month)}至{_month(last)}"
    return f"{months}已按原标准发放的，少发的部分另行补发。"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _month(month: date) -> str:
    return f"{month.year}年{month.month}月"
