"""发放日历: the working days by which a month's money is frozen, confirmed, checked, approved, sent and there."""

from dataclasses import dataclass
from datetime import date, timedelta

from opendibao.kernel.workdays import add_workdays, on_or_before
from opendibao.rulemaking.queries import pack_in_force
from opendibao.rules.deadlines import pay_by

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class PayCalendar:
    """The days of one month's money; each is the last on which its step is in time."""

    month: date
    freeze_on: date
    confirm_by: date
    check_by: date
    finance_by: date
    send_by: date
    due_on: date


def pay_calendar(month: date) -> PayCalendar:
    """The calendar of a pay month (its first day), by the county's parameters. Raises RuleGap where one is missing."""
    pack = pack_in_force()
    freeze = _working_day_from_the_end(month, pack.value("pay.freeze_workdays", month))

    def after(path: str) -> date:
        return add_workdays(freeze, pack.value(path, month))

    return PayCalendar(
        month,
        freeze_on=freeze,
        confirm_by=after("pay.confirm_workdays"),
        check_by=after("pay.check_workdays"),
        finance_by=after("pay.finance_workdays"),
        send_by=after("pay.send_workdays"),
        due_on=pay_by(month, pack),
    )


def _working_day_from_the_end(month: date, count: int) -> date:
    """The count-th working day from the end of the month before; the last one is the first."""
    day = on_or_before(month - ONE_DAY)
    for _ in range(count - 1):
        day = on_or_before(day - ONE_DAY)
    return day
