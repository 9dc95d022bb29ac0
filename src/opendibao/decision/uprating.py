"""提标办理: everybody in force is taken to a new standard in one batch that another officer approves, or nobody is."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction

from opendibao.audit.actions import record, record_many
from opendibao.audit.bulk import copy_rows
from opendibao.audit.duties import needs
from opendibao.audit.session import current_session, officer_name
from opendibao.audit.sql_rows import execute, over_whole_tables
from opendibao.decision.assessing import in_favour, keep_rules
from opendibao.decision.entering import Office
from opendibao.decision.ground import COUNTY_REACH
from opendibao.decision.models import (
    Decision,
    Letter,
    OutboxEvent,
    Uprating,
    UpratingLine,
    UpratingResult,
    UpratingState,
)
from opendibao.decision.numbering import next_numbers
from opendibao.decision.refusal import DecisionRefused
from opendibao.decision.standard_change import change_from, month_from
from opendibao.decision.uprating_letter import uprating_letter
from opendibao.decision.uprating_preview import DECIDED, Uprated, UpratingPreview, read_case, uprate_preview
from opendibao.kernel.duties import Duty
from opendibao.kernel.month import month_of, month_text
from opendibao.kernel.workdays import add_workdays
from opendibao.rulemaking.queries import pack_in_force, policy_in_force
from opendibao.rules.assess import assess
from opendibao.rules.case import Case
from opendibao.rules.vocabulary import HEAD

REASON_LENGTH = 200
COLUMNS = (
    "uprating_id", "former_id", "household_id", "division", "area", "result", "reason", "outcome", "persons",
    "former_fen", "held_fen", "amount_fen", "supplement_fen", "gap_fen",
)  # fmt: skip
IDS = "SELECT nextval(pg_get_serial_sequence('decision_decision', 'id')) FROM generate_series(1, %s)"
# the month of the new decision is the last one that the former pays
END = """
UPDATE decision_decision d SET ended_on = %(on)s, last_month = least(%(last)s::date, d.last_month), ended_by_id = n.id
FROM unnest(%(formers)s::bigint[], %(ids)s::bigint[]) AS n(former_id, id) WHERE d.id = n.former_id
"""
ENTER = """
INSERT INTO decision_decision (id, number, household_id, division, area, kind, cause, outcome, decided_on, maker,
  approver, persons, amount_fen, supplement_fen, gap_fen, facts, rule_set, first_month, void_reason, uprating_id,
  reckoned_on)
SELECT n.id, n.number, l.household_id, l.division, l.area, l.result, 'standard', l.outcome, u.approved_on,
  u.prepared_by, u.approver, l.persons, l.amount_fen, l.supplement_fen, l.gap_fen, f.facts, u.rule_set, u.first_month,
  '', u.id, u.reckoned_on
FROM unnest(%(formers)s::bigint[], %(ids)s::bigint[], %(numbers)s::text[]) AS n(former_id, id, number)
JOIN decision_upratingline l ON l.former_id = n.former_id AND l.uprating_id = %(uprating)s
JOIN decision_uprating u ON u.id = l.uprating_id JOIN decision_decision f ON f.id = l.former_id
"""


@needs(Duty.CONFIRM)
@transaction.atomic
def prepare_uprating(month: date, *, on: date, at: datetime, since: date | None = None) -> Uprating:
    """编制提标: put down what the numbers owed from a month on make of every decision in force; nothing is decided.

    `since`: the day of the numbers where a late document has them owed from an earlier month. Raises DecisionRefused
    where no number changes, nobody is concerned, or another uprating waits for its approval.
    """
    _refuse_township()
    if waiting := Uprating.objects.filter(state=UpratingState.PREPARED).first():
        raise DecisionRefused(
            f"{waiting.prepared_on}编制的提标（{month_text(waiting.effective_month)}起）还没有批准，请先批准或撤回"
        )
    found = uprate_preview(month, on=on, since=since)
    if not found.lines:
        raise DecisionRefused(f"没有要按{month_text(month)}起的新标准调整的家庭")
    made = Uprating.objects.create(
        division=current_session().reach.ljust(12, "0"), effective_month=month, since=found.since,
        reckoned_on=found.reckoned_on, basis=[one.as_json() for one in found.changes], rule_set=found.rule_set,
        prepared_on=on, prepared_by=officer_name(), before_fen=found.before_fen, after_fen=found.after_fen,
        households=found.households, **_counts(found),
    )  # fmt: skip
    copy_rows("decision_upratingline", COLUMNS, (_columns(made.pk, one) for one in found.lines))
    _record("编制提标", made, at, on)
    return made


def _refuse_township() -> None:
    if len(current_session().reach) > COUNTY_REACH:
        raise DecisionRefused("提标由县民政局统一办理，乡镇不能办")


def _counts(found: UpratingPreview) -> dict[str, int]:
    names = {"increased": "INCREASE", "reduced": "REDUCE", "kept": "KEEP", "to_review": "REVIEW", "ended": "ENDED"}
    return {name: found.counts[UpratingResult[key]] for name, key in names.items()}


def _columns(uprating_id: int, one: Uprated) -> tuple[object, ...]:
    was = one.standing
    return (
        uprating_id, was.pk, was.household_id, was.division, was.area, str(one.result), one.reason, one.outcome,
        one.persons, was.amount_fen, one.held_fen, one.amount_fen, one.supplement_fen, one.gap_fen,
    )  # fmt: skip


@needs(Duty.CONFIRM)
@transaction.atomic
def approve_uprating(uprating_id: int, *, on: date, at: datetime) -> Uprating:
    """批准提标: former decisions end, the new ones begin with the month after; who goes to review stays as he is.

    The approver is whoever acts, and did not prepare it. Raises DecisionRefused where the list is no longer what was
    prepared; then nothing is decided.
    """
    made = _prepared(uprating_id)
    _refuse_approver(made, on)
    lines = {one.former_id: one for one in UpratingLine.objects.filter(uprating=made)}
    list(Decision.objects.select_for_update(of=("self",)).filter(pk__in=lines).order_by("pk").values_list("pk"))
    found = _as_prepared(made, lines, on)
    keep_rules(made.rule_set, on)
    made.state, made.approved_on, made.approver = UpratingState.APPROVED, on, officer_name()
    made.first_month = found.first_month
    try:
        with transaction.atomic():
            made.save(update_fields=["state", "approved_on", "approver", "first_month"])
    except IntegrityError as wall:  # the lists stand above this stage, and their wall speaks
        raise DecisionRefused(f"不能批准：{str(wall).splitlines()[0]}") from None
    decided = [one for one in found.lines if one.result in DECIDED]
    if decided:
        _enter(made, decided, at)
    _record("批准提标", made, at, on)
    return made


def _prepared(uprating_id: int) -> Uprating:
    _refuse_township()
    made = Uprating.objects.select_for_update(of=("self",)).filter(pk=uprating_id).first()
    if made is None:
        raise DecisionRefused("没有这次提标，或不在本人可见的区划内")
    if made.state != UpratingState.PREPARED:
        raise DecisionRefused(f"这次提标现在是“{UpratingState(made.state).label}”，不能再批准或撤回")
    return made


def _refuse_approver(made: Uprating, on: date) -> None:
    if officer_name() == made.prepared_by:
        raise DecisionRefused(f"这次提标由{made.prepared_by}编制，应由另一人批准")
    if on < made.prepared_on:
        raise DecisionRefused(f"批准日期{on}早于编制日期{made.prepared_on}，请改正")


def _as_prepared(made: Uprating, lines: dict[int, UpratingLine], on: date) -> UpratingPreview:
    """The list as it is now, which must be what the approver was shown."""
    is_late = month_from(made.since) > made.effective_month
    found = uprate_preview(made.effective_month, on=on, since=made.since if is_late else None)
    if found.rule_set != made.rule_set:
        raise DecisionRefused("编制以后参数或规则有调整，请撤回后重新编制")
    now = {one.standing.pk: (str(one.result), one.amount_fen, one.held_fen) for one in found.lines}
    then = {pk: (one.result, one.amount_fen, one.held_fen) for pk, one in lines.items()}
    changed = sum(now.get(pk) != then.get(pk) for pk in now.keys() | then.keys())
    if changed:
        raise DecisionRefused(f"编制以后有{changed}户的决定有变化，请撤回后重新编制，核对后再批准")
    return found


def _enter(made: Uprating, decided: Sequence[Uprated], at: datetime) -> None:
    """Decisions, letters, entries for the superior system and events of the batch, each kind in one go."""
    assert made.approved_on is not None
    on = made.approved_on
    asked: dict[str, object] = {"uprating": made.pk, "on": on, "last": month_of(on)}
    asked["formers"] = [one.standing.pk for one in decided]
    asked["numbers"] = next_numbers(on.year, len(decided))
    asked["ids"] = _ids(len(decided))
    execute(END, asked)
    with over_whole_tables():
        execute(ENTER, asked)
    office = Office(pack_in_force())
    due_on = add_workdays(on, office.pack.value("clock.outbox", on))
    entered = Decision.objects.filter(uprating=made).defer("facts").order_by("pk")
    of_household = {one.standing.household_id: one for one in decided}
    pairs = [(decision, of_household[decision.household_id]) for decision in entered]
    Letter.objects.bulk_create(_letters(made, pairs, office))
    OutboxEvent.objects.bulk_create(
        OutboxEvent(decision=decision, division=decision.division, happened_on=on, due_on=due_on)
        for decision, _ in pairs
    )
    record_many("提标决定", (_event(decision, one) for decision, one in pairs), at=at)


def _ids(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(IDS, [count])
        return [int(row[0]) for row in cursor.fetchall()]


def _letters(made: Uprating, pairs: Sequence[tuple[Decision, Uprated]], office: Office) -> Iterator[Letter]:
    policy, changes = policy_in_force(), [change_from(one) for one in made.basis]
    for decision, one in pairs:
        case = read_case(one.standing.facts, made.reckoned_on, policy)
        assert isinstance(case, Case)  # whose facts cannot be read went to review
        text = uprating_letter(
            decision, head=head_of(case), before_fen=one.standing.amount_fen, changes=changes,
            favour=in_favour(assess(case, trace=False)), effective_month=made.effective_month, office=office,
        )  # fmt: skip
        yield Letter(decision=decision, division=decision.division, sent_on=decision.decided_on, text=text)


def head_of(case: Case) -> str:
    """The name that a letter is addressed to."""
    return next((person.name for person in case.members if person.row[0] == HEAD), "户主")


def _event(decision: Decision, one: Uprated) -> tuple[str, str, dict[str, object]]:
    payload: dict[str, object] = {"on": str(decision.decided_on), "decision": decision.number, "kind": decision.kind}
    payload |= {
        "before_fen": one.standing.amount_fen,
        "amount_fen": decision.amount_fen,
        "uprating": decision.uprating_id,
    }
    return f"家庭 {one.standing.household}", decision.division, payload


@needs(Duty.CONFIRM)
@transaction.atomic
def withdraw_uprating(uprating_id: int, *, reason: str, on: date, at: datetime) -> Uprating:
    """撤回提标: what was prepared is not to be approved; it stays on record. Raises DecisionRefused."""
    made = _prepared(uprating_id)
    if not 0 < len(reason.strip()) <= REASON_LENGTH:
        raise DecisionRefused(f"请用{REASON_LENGTH}字以内写明撤回的理由")
    if on < made.prepared_on:
        raise DecisionRefused(f"撤回日期{on}早于编制日期{made.prepared_on}，请改正")
    made.state, made.withdrawn_on = UpratingState.WITHDRAWN, on
    made.withdrawn_by, made.withdrawn_reason = officer_name(), reason.strip()
    made.save(update_fields=["state", "withdrawn_on", "withdrawn_by", "withdrawn_reason"])
    _record("撤回提标", made, at, on, reason=made.withdrawn_reason)
    return made


def _record(action: str, made: Uprating, at: datetime, on: date, **more: object) -> None:
    payload: dict[str, object] = {"on": str(on), "month": str(made.effective_month), "households": made.households}
    payload |= {"increased": made.increased, "reduced": made.reduced, "to_review": made.to_review}
    payload |= {"before_fen": made.before_fen, "after_fen": made.after_fen, **more}
    record(action, f"提标 {made.pk}", division=made.division, at=at, payload=payload)
