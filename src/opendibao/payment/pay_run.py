"""发放批次: freeze a month's lines, check them, give them back to their maker, have finance approve them."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Sum

from opendibao.audit.duties import needs
from opendibao.kernel.duties import Duty
from opendibao.kernel.month import add_months, month_text
from opendibao.payment.booking import book_approval
from opendibao.payment.calendar import pay_calendar
from opendibao.payment.confirming import drop_stale, listed
from opendibao.payment.freezing import freeze, thaw
from opendibao.payment.holds import hold_lines
from opendibao.payment.joining import joining
from opendibao.payment.models import CheckSigned, Hold, PayLine, PayRun
from opendibao.payment.offsetting import drop_offsets, place_offsets
from opendibao.payment.precheck_queries import gates, towns_waiting
from opendibao.payment.prechecks import look_over, refuse_overtaken
from opendibao.payment.recovery_booking import book_offsets
from opendibao.payment.refusal import PaymentRefused, named
from opendibao.payment.run_record import locked, note, refuse_unless_computed, wait_for_turn
from opendibao.payment.states import RunState, move_run
from opendibao.payment.trial_file import unwritable_lines
from opendibao.rulemaking.queries import pack_in_force

__all__ = [
    "approve_run",
    "check_run",
    "compute_run",
    "locked",
    "note",
    "recompute_run",
    "return_run",
]
REASON_LENGTH = 200


def _refuse_out_of_order(month: date) -> None:
    """Months are paid one after another; the first month of all has none before it."""
    wait_for_turn()  # two clerks at once: the second waits and then reads what the first did
    if month.day != 1:
        raise PaymentRefused(f"发放月应写当月第一天，收到的是{month}")
    if PayRun.objects.filter(month=month).exists():
        raise PaymentRefused(f"{month_text(month)}已有发放批次，一个月只发一次")
    former = add_months(month, -1)
    if PayRun.objects.exists() and not PayRun.objects.filter(month=former, state=RunState.CLOSED).exists():
        raise PaymentRefused(f"{month_text(former)}还没有关账，不能编制{month_text(month)}的发放，请先关账")


def _refuse_early(month: date, on: date) -> None:
    """Before the freeze day decisions for the month are still made: an early list would pay whoever is stopped by then.

    A late list is late money, and goes out all the same.
    """
    freeze_on = pay_calendar(month).freeze_on
    if on < freeze_on:
        raise PaymentRefused(
            f"{month_text(month)}的名册从{freeze_on}起冻结，今天是{on}，还不能编制；要提前发放（例如春节前），"
            "请先按程序改参数“冻结名册（上月倒数第几个工作日）”"
        )


@needs(Duty.PAY)
@transaction.atomic
def compute_run(month: date, *, on: date, at: datetime, maker: str) -> PayRun:
    """编制: freeze on a day, put down what every household with a decision for the month is owed, and look it over.

    Raises PaymentRefused when the former month is open, the month has a run, its freeze day has not come, or no
    household is owed anything.
    """
    _refuse_out_of_order(month)
    _refuse_early(month, on)
    run = PayRun.objects.create(
        month=month,
        division=settings.OPENDIBAO_COUNTY,
        due_on=pay_calendar(month).due_on,
        frozen_on=on,
        state=RunState.COMPUTED,
        maker=maker,
    )
    _freeze(run, on)
    note(run, "编制发放", at, on=on, maker=maker)
    return run


@needs(Duty.PAY)
@transaction.atomic
def recompute_run(run_id: int, *, on: date, at: datetime, maker: str) -> PayRun:
    """重新编制: freeze again, as decisions and accounts stand now, while the list is not checked.

    What was decided about findings that are found again stays; a township confirms anew where a household, its persons
    or its amount changed; the checks are signed anew. Raises PaymentRefused once the run is checked.
    """
    wait_for_turn()
    run = locked(run_id)
    refuse_unless_computed(run, "重新编制")
    before = listed(run)
    thaw(run)
    CheckSigned.objects.filter(run=run).delete()
    run.frozen_on, run.maker = on, maker
    _freeze(run, on)
    dropped = drop_stale(run, before)
    note(run, "重新编制发放", at, on=on, maker=maker, townships_anew=dropped)
    return run


def _freeze(run: PayRun, on: date) -> None:
    """Lines, totals and findings of a run as of a day."""
    if not freeze(run, on):
        raise PaymentRefused(f"{month_text(run.month)}没有一户有应发的决定，不能编制空的发放批次")
    run.lines_count, run.total_fen = _totals(run)
    run.save(update_fields=["lines_count", "total_fen", "frozen_on", "maker"])
    place_offsets(run)
    look_over(run, on=on)


def _totals(run: PayRun) -> tuple[int, int]:
    sums = PayLine.objects.filter(run=run).aggregate(count=Count("id"), fen=Sum("amount_fen"))
    return sums["count"], sums["fen"] or 0


def _refuse_same(name: str, *others: str) -> None:
    if not name or name in others:
        raise PaymentRefused("编制、复核、财政审核应由三人分别办理，请换人办理")


@needs(Duty.PAY)
@transaction.atomic
def check_run(run_id: int, *, on: date, at: datetime, checker: str) -> PayRun:
    """复核: a second officer counts the lines again; whoever made the run cannot check it.

    Raises PaymentRefused while a township has not confirmed, a finding is not settled or a check not signed, where a
    death or a decision has overtaken the list, and where nothing is left to send. Lines whose finding was held are
    held back from here on.
    """
    wait_for_turn()
    run = locked(run_id)
    run.state = move_run(RunState(run.state), RunState.CHECKED)
    _refuse_same(checker, run.maker)
    _refuse_unready(run, on)
    if _totals(run) != (run.lines_count, run.total_fen):
        raise PaymentRefused("发放明细与批次合计不符，不能复核通过，请报系统运行人员")
    drop_offsets(run)  # what is held is not set off, and a family may have paid in cash since
    run.held_count, run.held_fen = hold_lines(run, on)
    _refuse_empty(run, on)
    place_offsets(run)
    run.checker = checker
    run.save(update_fields=["state", "checker", "held_count", "held_fen"])
    note(run, "复核发放", at, on=on, checker=checker, held=run.held_count, held_fen=run.held_fen)
    return run


def _refuse_unready(run: PayRun, on: date) -> None:
    """Everybody has looked at the list who must, nothing happened since, and the bank's file can be written."""
    stand = gates(run.pk)
    if stand.waiting:
        raise PaymentRefused(f"发放前核对还有{stand.waiting}项没有处理，请经办先逐项核实或暂缓")
    if not stand.is_signed:
        raise PaymentRefused("发放前核对还没有签认，请经办先签认")
    if towns := towns_waiting(run.pk):
        raise PaymentRefused(f"这些乡镇还没有确认名册，请先确认：{named(towns)}")
    refuse_overtaken(run)
    if unwritable := unwritable_lines(run.pk, on):
        raise PaymentRefused(unwritable)


def _refuse_empty(run: PayRun, on: date) -> None:
    """A list of which nothing can go out stays with its maker: once approved it could go neither on nor back."""
    if run.held_count == run.lines_count and not any(row.goes for row in joining(run.pk, on)):
        raise PaymentRefused(
            f"{month_text(run.month)}的名册全部暂缓，没有一笔可以送银行，不能复核通过；请经办查清后至少定一户照发，再送复核"
        )


@needs(Duty.PAY, Duty.FINANCE)
@transaction.atomic
def return_run(run_id: int, *, reason: str, on: date, at: datetime) -> PayRun:
    """退回经办: the checker or finance sends the list back, with a reason; nothing is held or signed for any more.

    The findings keep what was decided about them. Raises PaymentRefused once finance has approved.
    """
    run = locked(run_id)
    given = reason.strip()
    if not given or len(given) > REASON_LENGTH:
        raise PaymentRefused(f"“退回原因”要填，最多{REASON_LENGTH}个字，请写明要改什么")
    before = (run.checker, run.finance)
    if run.state == RunState.COMPUTED:
        raise PaymentRefused(f"{month_text(run.month)}的名册还在经办手里，不用退回")
    run.state = move_run(RunState(run.state), RunState.COMPUTED)
    run.checker, run.finance, run.held_count, run.held_fen = "", "", 0, 0
    run.save(update_fields=["state", "checker", "finance", "held_count", "held_fen"])
    Hold.objects.filter(run=run).delete()
    note(run, "退回发放经办", at, on=on, reason=given, checker=before[0], finance=before[1])
    return run


@needs(Duty.FINANCE)
@transaction.atomic
def approve_run(run_id: int, *, on: date, at: datetime, finance: str) -> PayRun:
    """财政审核: finance, who is neither maker nor checker, releases the money; the budget is bound.

    Above an amount (a parameter of the month) a second officer of finance must approve as well: the first makes the
    run reviewed, the second approved. Raises PaymentRefused where a death or a decision has overtaken the list.
    """
    run = locked(run_id)
    refuse_overtaken(run)
    limit = pack_in_force().value("pay.second_finance_above", run.month)
    is_first = run.state == RunState.CHECKED and run.total_fen > limit
    run.state = move_run(RunState(run.state), RunState.REVIEWED if is_first else RunState.APPROVED)
    if run.finance:
        _refuse_same_finance(finance, run)
        run.second_finance = finance
    else:
        _refuse_same(finance, run.maker, run.checker)
        run.finance = finance
    run.save(update_fields=["state", "finance", "second_finance"])
    if is_first:
        note(run, "财政初审发放", at, on=on, finance=finance)
        return run
    book_approval(run, on)
    book_offsets(run, on)
    note(run, "财政审核发放", at, on=on, finance=finance)
    return run


def _refuse_same_finance(name: str, run: PayRun) -> None:
    if not name or name in (run.maker, run.checker, run.finance):
        raise PaymentRefused("金额超过复审线，财政复审要由另一人办，不能与编制、复核、财政初审是同一人")
