"""对账差异: what does not agree after the bank's answer is put down, gets an owner and a decision, and ends."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record_many
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.audit.sql_rows import execute, over_whole_tables
from opendibao.kernel.duties import Duty
from opendibao.kernel.month import month_text
from opendibao.payment.bank_file import e2e_household
from opendibao.payment.fitting import FOREIGN, Fit
from opendibao.payment.models import BankFile, ExceptionKind, PayRun, ReconException, Resolution
from opendibao.payment.refusal import PaymentRefused, named
from opendibao.payment.run_record import locked, note

# a line that is not ours comes again with every corrected file, and is one exception
NOTED = """
INSERT INTO payment_reconexception (run_id, division, kind, attempt_id, inbound_id, fen, detail, found_on, owner,
  resolution, note, decided_by)
SELECT %(run)s, line.division, found.kind, line.attempt_id, line.id, found.fen, found.detail, %(on)s::date,
  '', '', '', ''
FROM unnest(%(rows)s::int[], %(kinds)s::text[], %(fens)s::bigint[], %(details)s::text[])
  AS found (row, kind, fen, detail)
JOIN payment_inboundline line ON line.file_id = %(file)s AND line.row = found.row
WHERE line.attempt_id IS NOT NULL OR NOT EXISTS (
  SELECT FROM payment_reconexception x JOIN payment_inboundline former ON former.id = x.inbound_id
  WHERE x.run_id = %(run)s AND x.kind = 'foreign' AND former.e2e = line.e2e AND former.fen = line.fen)
ON CONFLICT (run_id, attempt_id, kind) WHERE attempt_id IS NOT NULL
  DO UPDATE SET detail = excluded.detail, inbound_id = excluded.inbound_id
"""
ABSENT = """
INSERT INTO payment_reconexception (run_id, division, kind, attempt_id, fen, detail, found_on, owner, resolution, note,
  decided_by)
SELECT a.run_id, a.division, 'absent', a.e2e, a.amount_fen,
  '送出后银行没有回这一笔（送银行日期' || a.sent_on || '）', %(on)s::date, '', '', '', ''
FROM payment_attempt a
WHERE a.run_id = %(run)s AND a.state = 'sent' AND (%(e2es)s::text[] IS NULL OR a.e2e = ANY(%(e2es)s))
ON CONFLICT (run_id, attempt_id, kind) WHERE attempt_id IS NOT NULL DO NOTHING
"""
ENDED = """
UPDATE payment_reconexception x SET settled_on = %(on)s::date,
  owner = CASE x.resolution WHEN '' THEN coalesce(nullif(x.owner, ''), %(officer)s) ELSE x.owner END,
  note = CASE x.resolution WHEN '' THEN %(note)s ELSE x.note END,
  decided_by = CASE x.resolution WHEN '' THEN %(officer)s ELSE x.decided_by END,
  decided_on = CASE x.resolution WHEN '' THEN %(on)s::date ELSE x.decided_on END,
  resolution = CASE x.resolution WHEN '' THEN 'explained' ELSE x.resolution END
"""
# what the answer says now stands; whatever was open about the same sending before is over
ANSWERED = (
    ENDED
    + """
FROM unnest(%(e2es)s::text[], %(kinds)s::text[], %(moved)s::bool[]) AS answer (e2e, kind, moved)
WHERE x.attempt_id = answer.e2e AND x.settled_on IS NULL AND x.kind <> answer.kind
  AND (x.kind = 'absent' OR answer.moved AND x.kind IN ('differs', 'name', 'unknown'))
"""
)
# money that came back and was sent again is the later sending's matter, in whichever month's file that went
AGAIN = (
    ENDED
    + """
FROM payment_attempt former
JOIN payment_attempt later ON later.line_id = former.line_id AND later.number > former.number
WHERE x.attempt_id = former.e2e AND x.kind = 'returned' AND x.settled_on IS NULL AND later.e2e = ANY(%(e2es)s)
"""
)
# a difference in money stays on the list, with its explanation, as long as it is there
DECIDED = """
UPDATE payment_reconexception SET owner = %(owner)s, resolution = %(resolution)s, note = %(note)s,
  decided_by = %(officer)s, decided_on = %(on)s::date,
  settled_on = CASE WHEN %(resolution)s = 'explained' AND kind = 'foreign' THEN %(on)s::date END
WHERE id = ANY(%(ids)s)
"""
WAYS: Mapping[ExceptionKind, Sequence[Resolution]] = {
    ExceptionKind.RETURNED: (Resolution.REISSUE, Resolution.BANK, Resolution.STOP),
    ExceptionKind.DIFFERS: (Resolution.BANK, Resolution.STOP),
    ExceptionKind.NAME: (Resolution.BANK, Resolution.STOP),
    ExceptionKind.UNKNOWN: (Resolution.BANK, Resolution.STOP),
    ExceptionKind.ABSENT: (Resolution.BANK, Resolution.STOP),
    ExceptionKind.FOREIGN: (Resolution.BANK, Resolution.EXPLAINED),
    ExceptionKind.VOUCHER: (Resolution.FINANCE, Resolution.EXPLAINED),
    ExceptionKind.STATEMENT: (Resolution.BANK, Resolution.FINANCE, Resolution.EXPLAINED),
}
"""What may be decided about each kind: money whose fate is open is never explained away."""
OWNER, NOTE = 60, 200


def ways(kinds: Sequence[str]) -> list[tuple[str, str]]:
    """The decisions (code, name) that fit all of these kinds of exception, for a form."""
    allowed = [WAYS[ExceptionKind(kind)] for kind in kinds]
    return [(way.value, str(way.label)) for way in Resolution if allowed and all(way in each for each in allowed)]


@needs(Duty.PAY)
def note_answers(run: PayRun, file: BankFile, fits: Sequence[Fit], on: date) -> int:
    """Put down what does not agree in a file just taken; returns how many exceptions that are."""
    odd = [each for each in fits if each.kind]
    found: dict[str, object] = {
        "rows": [each.result.row for each in odd],
        "kinds": [each.kind.value for each in odd if each.kind],
        "fens": [each.fen for each in odd],
        "details": [each.detail[:NOTE] for each in odd],
    }
    return execute(NOTED, {**found, "run": run.pk, "file": file.pk, "on": on}) if odd else 0


@needs(Duty.PAY)
def note_absent(run: PayRun, e2es: Sequence[str] | None, on: date) -> int:
    """Put down these sendings (None: all of the run) that the bank has not answered; returns how many are new."""
    asked = None if e2es is None else list(e2es)
    return execute(ABSENT, {"run": run.pk, "e2es": asked, "on": on}) if asked != [] else 0


@needs(Duty.PAY)
def settle_answered(run: PayRun, fits: Sequence[Fit], on: date) -> None:
    """End what was open about the sendings that a file answers, in this month and in those before it."""
    ours = [each for each in fits if each.verdict != FOREIGN]
    answers: dict[str, object] = {
        "e2es": [each.result.e2e for each in ours],
        "kinds": [each.kind.value if each.kind else "" for each in ours],
        "moved": [each.state is not None for each in ours],
    }
    ended: dict[str, object] = {"on": on, "officer": officer_name(), "note": "银行后来的回盘已经答复"}
    execute(ANSWERED, {**answers, **ended})
    if again := [each.result.e2e for each in ours if each.state and not each.result.e2e.endswith("-1")]:
        execute(AGAIN, {**ended, "e2es": again, "note": "已经再次送出，银行已答复"})


@needs(Duty.PAY)
@transaction.atomic
def find_absent(run_id: int, *, on: date, at: datetime) -> int:
    """列出逾期未回: every sending of the run without an answer becomes an exception; returns how many are new."""
    run = locked(run_id)
    with over_whole_tables():
        found = note_absent(run, None, on)
    if found:
        note(run, "列出逾期未回", at, on=on, found=found)
    return found


def _refuse_ended(chosen: Sequence[ReconException], ids: Sequence[int]) -> None:
    if not chosen or len(chosen) != len(set(ids)):
        raise PaymentRefused("有的对账差异不存在，或不在本人可见的区划内，请刷新后重选")
    if done := [each for each in chosen if each.settled_on]:
        one = f"{ExceptionKind(done[0].kind).label}，{done[0].settled_on}"
        raise PaymentRefused(f"有{len(done)}项已经了结（{one}），请刷新后重选")


def _refuse_unsaid(owner: str, way: str, note: str) -> None:
    if not owner.strip() or len(owner) > OWNER:
        raise PaymentRefused(f"责任人要写姓名，最多{OWNER}字")
    if not way or way not in Resolution.values:
        raise PaymentRefused("请选处理决定")
    if len(note) > NOTE or (way in (Resolution.EXPLAINED, Resolution.STOP) and not note.strip()):
        raise PaymentRefused(f"“{Resolution(way).label}”要写说明，最多{NOTE}字")


def _refuse_unfit(chosen: Sequence[ReconException], way: str) -> None:
    for kind in sorted({ExceptionKind(each.kind) for each in chosen}):
        if way not in WAYS[kind]:
            fitting = "、".join(str(one.label) for one in WAYS[kind])
            raise PaymentRefused(f"“{kind.label}”不能定为“{Resolution(way).label}”，可以定为：{fitting}")


@needs(Duty.PAY)
@transaction.atomic
def decide_exceptions(
    ids: Sequence[int], *, owner: str, resolution: str, note: str, on: date, at: datetime
) -> int:  # fmt: skip
    """处理对账差异: give these exceptions an owner and a decision, again as long as they are open; returns how many.

    “已查明” ends a foreign line; a difference in money ends when it is gone. Raises PaymentRefused, and then none is
    decided: unknown or ended ones, a decision that does not fit the kind, an owner or a reason left out.
    """
    chosen = list(ReconException.objects.select_for_update(of=("self",)).select_related("run").filter(pk__in=ids))
    _refuse_ended(chosen, ids)
    _refuse_unsaid(owner, resolution, note)
    _refuse_unfit(chosen, resolution)
    decision: dict[str, object] = {"owner": owner.strip(), "resolution": resolution, "note": note.strip(), "on": on}
    decided = execute(DECIDED, {**decision, "ids": list(ids), "officer": officer_name()})
    events: list[tuple[str, str, dict[str, object]]] = [
        (_subject(each), each.division, {"kind": each.kind, "e2e": each.attempt_id or "", "fen": each.fen,
                                         **{name: str(value) for name, value in decision.items()}})
        for each in chosen
    ]  # fmt: skip
    record_many("处理对账差异", events, at=at)
    return decided


def _subject(each: ReconException) -> str:
    """Whose history the decision stands in: the household's where there is one."""
    return f"家庭 {e2e_household(each.attempt_id)}" if each.attempt_id else f"发放批次 {month_text(each.run.month)}"


def undecided(run: PayRun) -> str:
    """What still lacks an owner and a decision, for a message: kind by kind with the households; empty: nothing."""
    waiting = list(ReconException.objects.filter(run=run, resolution="").order_by("kind", "attempt_id", "pk"))
    said = []
    for kind in ExceptionKind:
        mine = [each for each in waiting if each.kind == kind]
        if mine:
            what = [e2e_household(each.attempt_id) if each.attempt_id else each.detail for each in mine]
            said.append(f"{kind.label}{len(mine)}项（{named(what)}）")
    return "；".join(said)
