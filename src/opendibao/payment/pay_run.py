"""发放批次: freeze a month's lines, check them, have finance approve them, and close the month."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Sum

from opendibao.audit.actions import record, record_many
from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import execute, over_whole_tables, read, read_whole
from opendibao.kernel.duties import Duty
from opendibao.kernel.month import add_months, month_text
from opendibao.kernel.workdays import pay_due
from opendibao.payment.booking import book_approval
from opendibao.payment.models import Attempt, PayLine, PayRun
from opendibao.payment.refusal import PaymentRefused, named
from opendibao.payment.states import AttemptState, RunState, move_run

# the place and the account of a household as they are on the freeze day, by what is known now
FROZEN = """
FROM decision_decision d
JOIN registry_household h ON h.id = d.household_id
LEFT JOIN registry_householdplace p
  ON p.household_id = h.id AND p.valid @> %(on)s::date AND upper_inf(p.recorded)
LEFT JOIN registry_bankaccount a
  ON a.household_id = h.id AND a.valid @> %(on)s::date AND upper_inf(a.recorded)
"""
LACKING = f"""
SELECT h.number {FROZEN}
WHERE d.months @> %(month)s::date AND {{lacks}}.id IS NULL ORDER BY h.number
"""
LINES = f"""
INSERT INTO payment_payline (run_id, household_id, decision_id, month, kind, supplement_no, division, area, persons,
  amount_fen, supplement_fen, snapshot)
SELECT %(run)s, d.household_id, d.id, %(month)s::date, 'regular', 0, d.division, d.area, d.persons, d.amount_fen,
  d.supplement_fen, jsonb_build_object(
    'frozen_on', %(on)s::date, 'household', h.number, 'head', member.head, 'division', p.division, 'area', p.area,
    'address', p.address, 'members', coalesce(member.members, '[]'),
    'account', jsonb_build_object('holder', a.holder, 'bank', a.bank, 'number', a.number),
    'decision', d.number, 'decided_on', d.decided_on, 'amount_fen', d.amount_fen,
    'supplement_fen', d.supplement_fen, 'rule_set', d.rule_set)
{FROZEN}
LEFT JOIN (
  SELECT m.household_id, max(person.name) FILTER (WHERE m.relation = 'head') AS head,
    jsonb_agg(jsonb_build_object('name', person.name, 'id_number', person.id_number, 'relation', m.relation)
      ORDER BY m.relation <> 'head', person.born, person.id_number) AS members
  FROM registry_membership m JOIN registry_person person ON person.id = m.person_id
  WHERE m.valid @> %(on)s::date AND upper_inf(m.recorded) GROUP BY m.household_id
) AS member ON member.household_id = d.household_id
WHERE d.months @> %(month)s::date
ORDER BY h.number
"""
WAITING = """
SELECT h.number FROM payment_payline line JOIN registry_household h ON h.id = line.household_id
WHERE line.run_id = %(run)s AND NOT EXISTS (
  SELECT 1 FROM payment_attempt a WHERE a.line_id = line.id AND a.state IN ('paid', 'returned'))
ORDER BY h.number
"""
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(57202108)::text"


def locked(run_id: int) -> PayRun:
    """The run, held until the transaction ends. Raises PaymentRefused when there is none."""
    run = PayRun.objects.select_for_update().filter(pk=run_id).first()
    if run is None:
        raise PaymentRefused("没有这个发放批次，或不在本人可见的区划内")
    return run


def _refuse_out_of_order(month: date) -> None:
    """Months are paid one after another; the first month of all has none before it."""
    read(str, ONE_AT_A_TIME, {})  # two clerks at once: the second waits and then reads what the first did
    if month.day != 1:
        raise PaymentRefused(f"发放月应写当月第一天，收到的是{month}")
    if PayRun.objects.filter(month=month).exists():
        raise PaymentRefused(f"{month_text(month)}已有发放批次，一个月只发一次")
    former = add_months(month, -1)
    if PayRun.objects.exists() and not PayRun.objects.filter(month=former, state=RunState.CLOSED).exists():
        raise PaymentRefused(f"{month_text(former)}还没有关账，不能编制{month_text(month)}的发放，请先关账")


def _refuse_lacking(month: date, on: date) -> None:
    for lacks, what in (("a", "银行账户"), ("p", "户籍地与适用标准")):
        if lacking := read_whole(str, LACKING.format(lacks=lacks), {"month": month, "on": on}):
            raise PaymentRefused(f"以下家庭在{on}没有{what}，请先登记：{named(lacking)}")


@needs(Duty.PAY)
@transaction.atomic
def compute_run(month: date, *, on: date, at: datetime, maker: str) -> PayRun:
    """编制: freeze on a day and put down what every household with a decision for the month is owed.

    Raises PaymentRefused when the former month is open, the month has a run, or a household has no account.
    """
    _refuse_out_of_order(month)
    _refuse_lacking(month, on)
    run = PayRun.objects.create(
        month=month,
        division=settings.OPENDIBAO_COUNTY,
        due_on=pay_due(month),
        frozen_on=on,
        state=RunState.COMPUTED,
        maker=maker,
    )
    with over_whole_tables():
        run.lines_count = execute(LINES, {"run": run.pk, "month": month, "on": on})
    if not run.lines_count:
        raise PaymentRefused(f"{month_text(month)}没有一户有应发的决定，不能编制空的发放批次")
    run.lines_count, run.total_fen = _totals(run)
    run.save(update_fields=["lines_count", "total_fen"])
    note(run, "编制发放", at, on=on, maker=maker)
    return run


def _totals(run: PayRun) -> tuple[int, int]:
    sums = PayLine.objects.filter(run=run).aggregate(count=Count("id"), fen=Sum("amount_fen"))
    return sums["count"], sums["fen"] or 0


@needs(Duty.PAY, Duty.FINANCE)
def note(run: PayRun, action: str, at: datetime, *, on: date, **more: object) -> None:
    """The audit event of a step of a run."""
    payload = {"on": str(on), "lines": run.lines_count, "total_fen": run.total_fen, **more}
    record(action, f"发放批次 {month_text(run.month)}", division=run.division, at=at, payload=payload)


def _refuse_same(name: str, *others: str) -> None:
    if not name or name in others:
        raise PaymentRefused("编制、复核、财政审核应由三人分别办理，请换人办理")


@needs(Duty.PAY)
@transaction.atomic
def check_run(run_id: int, *, on: date, at: datetime, checker: str) -> PayRun:
    """复核: a second officer counts the lines again; whoever made the run cannot check it."""
    run = locked(run_id)
    run.state = move_run(RunState(run.state), RunState.CHECKED)
    _refuse_same(checker, run.maker)
    if _totals(run) != (run.lines_count, run.total_fen):
        raise PaymentRefused("发放明细与批次合计不符，不能复核通过，请报系统运行人员")
    run.checker = checker
    run.save(update_fields=["state", "checker"])
    note(run, "复核发放", at, on=on, checker=checker)
    return run


@needs(Duty.FINANCE)
@transaction.atomic
def approve_run(run_id: int, *, on: date, at: datetime, finance: str) -> PayRun:
    """财政审核: finance, who is neither maker nor checker, releases the money; the budget is bound."""
    run = locked(run_id)
    run.state = move_run(RunState(run.state), RunState.APPROVED)
    _refuse_same(finance, run.maker, run.checker)
    run.finance = finance
    run.save(update_fields=["state", "finance"])
    book_approval(run, on)
    note(run, "财政审核发放", at, on=on, finance=finance)
    return run


def _waiting(run: PayRun) -> list[str]:
    """Numbers of households whose line has neither a booking nor a return."""
    return read_whole(str, WAITING, {"run": run.pk})


def _returned(run: PayRun) -> list[Attempt]:
    """Sendings that came back."""
    with over_whole_tables():
        found = Attempt.objects.filter(line__run=run, state=AttemptState.RETURNED)
        return list(found.select_related("line__household"))


@needs(Duty.PAY)
@transaction.atomic
def close_run(run_id: int, *, on: date, at: datetime, follower: str = "") -> PayRun:
    """关账: every line has its outcome; each returned one gets a person who follows it up (the maker if none is named).

    Raises PaymentRefused naming the households that the bank has not answered yet.
    """
    run = locked(run_id)
    run.state = move_run(RunState(run.state), RunState.CLOSED)
    if waiting := _waiting(run):
        raise PaymentRefused(f"银行还没有这些家庭的结果，不能关账：{named(waiting)}")
    run.closed_on = on
    run.save(update_fields=["state", "closed_on"])
    owner = follower or run.maker
    events: list[tuple[str, str, dict[str, object]]] = [
        (f"家庭 {each.line.household.number}", each.division, {"e2e": each.e2e, "reason": each.reason, "owner": owner})
        for each in _returned(run)
    ]
    record_many("退回款交人跟进", events, at=at)
    note(run, "发放关账", at, on=on, returned=len(events))
    return run
