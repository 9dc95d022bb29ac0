"""暂缓发放: what a check held back stays owed until another officer releases it, or a decision ends it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.audit.sql_rows import execute, first_row, over_whole_tables, read
from opendibao.kernel.duties import Duty
from opendibao.kernel.money import yuan_text
from opendibao.kernel.month import month_text
from opendibao.payment.booking import book_cancelled_hold, book_released_hold
from opendibao.payment.models import Hold, PayRun
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.run_record import locked
from opendibao.payment.states import RunState

NOTE_LENGTH = 200
# one hold of a line, whichever checks held it: each reason once, in the checks' order; the first names the officer
HELD = """
INSERT INTO payment_hold (line_id, run_id, division, amount_fen, reason, held_by, held_on, outcome, settled_by, note)
SELECT l.id, l.run_id, l.division, l.amount_fen, left(string_agg(said.reason, '；' ORDER BY said.first), 200),
  (array_agg(said.officer ORDER BY said.first))[1], %(on)s::date, '', '', ''
FROM (SELECT household_id, reason, min(id) AS first, (array_agg(officer ORDER BY id))[1] AS officer
  FROM payment_finding WHERE run_id = %(run)s AND outcome = 'held' GROUP BY household_id, reason) AS said
JOIN payment_payline l ON l.run_id = %(run)s AND l.household_id = said.household_id GROUP BY l.id
"""
SUMS = "SELECT count(*), coalesce(sum(amount_fen), 0)::bigint FROM payment_hold WHERE run_id = %(run)s"
STANDS = """
SELECT
  EXISTS (SELECT FROM decision_decision d WHERE d.household_id = l.household_id AND d.months @> l.month),
  -- back-pay rests on a later decision than the month's own
  EXISTS (SELECT FROM decision_decision d WHERE d.id = l.decision_id AND d.voided_on IS NULL
    AND (l.kind = 'backpay' OR d.months @> l.month)),
  EXISTS (SELECT FROM registry_membership m JOIN registry_person p ON p.id = m.person_id
    WHERE m.household_id = l.household_id AND m.valid @> r.frozen_on AND upper_inf(m.recorded)
      AND (p.died IS NULL OR p.died > r.frozen_on)),
  EXISTS (SELECT FROM registry_bankaccount a
    WHERE a.household_id = l.household_id AND a.valid @> %(on)s::date AND upper_inf(a.recorded))
FROM payment_payline l JOIN payment_payrun r ON r.id = l.run_id WHERE l.id = %(line)s
"""


@dataclass(frozen=True)
class _Standing:
    """Whether a decision grants the month, whether it is the one that the line obeys, a member was living on the
    freeze day, and an account is there on a day.
    """

    granted: bool
    by_its_own: bool
    lives: bool
    has_account: bool


@needs(Duty.PAY)
def hold_lines(run: PayRun, on: date) -> tuple[int, int]:
    """Hold every line with a finding that was settled so; returns how many and their fen."""
    with over_whole_tables():
        execute(HELD, {"run": run.pk, "on": on})
    row = first_row(SUMS, {"run": run.pk})
    assert row
    return int(str(row[0])), int(str(row[1]))


@needs(Duty.PAY)
@transaction.atomic
def release_hold(hold_id: int, *, note: str, on: date, at: datetime) -> Hold:
    """解除暂缓: by another officer than the one who held it; the money goes out with the next file.

    Raises PaymentRefused while the hold's own run is not sent, for the same officer, a household without account or
    without a living member, a month that is no longer granted or granted by another decision, or a missing note.
    """
    hold = _open_hold(hold_id, note)
    if hold.held_by == officer_name():
        raise PaymentRefused("暂缓和解除应由两人分别办理，请换人解除")
    stands = _standing(hold, on)
    if not stands.granted or not stands.lives:
        raise PaymentRefused("这笔钱按决定不再发放（决定已不含该月，或家中已无在世的成员），请办理“不再发放”")
    if not stands.by_its_own:
        raise PaymentRefused("编制以后这一家该月的决定换了，名册上的金额不再有依据，不能按旧金额解除；请留在暂缓里")
    if not stands.has_account:
        raise PaymentRefused("这一家还没有银行账户，请先登记账户再解除暂缓")
    _settle(hold, "released", note, on)
    book_released_hold(hold.run, on, hold.pk)
    _tell("解除暂缓发放", hold, at)
    return hold


@needs(Duty.PAY)
@transaction.atomic
def cancel_hold(hold_id: int, *, note: str, on: date, at: datetime) -> Hold:
    """不再发放: the money goes back to the budget, only where it is owed no longer.

    That is where no decision grants the household the month any more, or where no member was living on the freeze
    day. Everything else is stopped by a decision, not here: then PaymentRefused is raised.
    """
    hold = _open_hold(hold_id, note)
    stands = _standing(hold, on)
    if stands.granted and stands.lives:
        raise PaymentRefused("这一家的决定仍含该月，也有在世的成员，不能不发；要停发请先作出停发决定")
    _settle(hold, "cancelled", note, on)
    book_cancelled_hold(hold.run, on, hold.pk)
    _tell("暂缓后不再发放", hold, at)
    return hold


def _open_hold(hold_id: int, note: str) -> Hold:
    found = Hold.objects.filter(pk=hold_id).first()
    if found is None:
        raise PaymentRefused("没有这笔暂缓，或不在本人可见的区划内")
    run = locked(found.run_id)
    if not note.strip() or len(note.strip()) > NOTE_LENGTH:
        raise PaymentRefused(f"“解除说明”要填，最多{NOTE_LENGTH}个字")
    if run.state not in (RunState.SENT, RunState.CLOSED):
        raise PaymentRefused(f"{month_text(run.month)}的批次还没有送银行；送出以前要改，请退回经办")
    hold = Hold.objects.select_for_update(of=("self",)).select_related("line__household", "run").get(pk=hold_id)
    if hold.outcome:
        raise PaymentRefused(f"这笔暂缓已由{hold.settled_by}在{hold.settled_on}办结：{hold.get_outcome_display()}")
    return hold


def _standing(hold: Hold, on: date) -> _Standing:
    (found,) = read(_Standing, STANDS, {"line": hold.line_id, "on": on})
    return found


def _settle(hold: Hold, outcome: str, note: str, on: date) -> None:
    hold.outcome, hold.settled_by, hold.settled_on, hold.note = outcome, officer_name(), on, note.strip()
    hold.save(update_fields=["outcome", "settled_by", "settled_on", "note"])


def _tell(action: str, hold: Hold, at: datetime) -> None:
    payload: dict[str, object] = {
        "month": month_text(hold.line.month), "yuan": yuan_text(hold.amount_fen), "note": hold.note,
    }  # fmt: skip
    record(action, f"家庭 {hold.line.household.number}", division=hold.division, at=at, payload=payload)
