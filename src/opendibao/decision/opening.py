"""存量建账: the roster of existing households comes in, waits, and is opened by an act that two officers sign.

57号 第二十八条 forbids any new entry without acceptance, survey and confirmation; a household that had its decision
before keeps it as its ground, and the act attests the roster, not the household.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.timezone import localdate

from opendibao.audit.actions import record, record_many
from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import execute, over_whole_tables, read
from opendibao.decision.dual_track import DualTrackCounts, DualTrackRow, dual_track, dual_track_counts
from opendibao.decision.models import OpeningAct, RosterFile, StagedHousehold
from opendibao.decision.refusal import RosterRefused
from opendibao.decision.roster_checks import check_roster
from opendibao.decision.roster_reader import Roster, read_roster
from opendibao.decision.roster_returns import write_rejects
from opendibao.decision.staging import check_against_known, keep_rejects, keep_staged, recompute
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import reach_of
from opendibao.registry.actions import register_households
from opendibao.registry.entries import AccountEntry, HouseholdEntry, MemberEntry
from opendibao.registry.queries import divisions

__all__ = [
    "DualTrackCounts",
    "DualTrackRow",
    "RosterResult",
    "bring_in_roster",
    "dual_track",
    "dual_track_counts",
    "sign_opening_act",
    "write_rejects",
]

LEGACY = """
INSERT INTO decision_decision (number, household_id, opening_act_id, division, area, kind, cause, outcome, decided_on,
  maker, approver, persons, amount_fen, supplement_fen, gap_fen, facts, rule_set, first_month)
SELECT s.old_number, h.id, %(act)s, s.division, s.area, 'legacy', 'opening', 'dibao', s.decided_on, %(first)s,
  %(second)s, s.persons, s.amount_fen, s.supplement_fen, s.gap_fen, s.facts, s.rule_set, s.first_month
FROM decision_rosterfile f JOIN decision_stagedhousehold s ON s.file_id = f.id
JOIN registry_household h ON h.number = s.number
WHERE f.act_id = %(act)s ORDER BY s.number
"""
UNCORRECTED = """
SELECT count(DISTINCT r.household)::int FROM decision_rejectedrow r
WHERE starts_with(r.division, %(reach)s) AND r.sheet = '户'
  AND NOT EXISTS (SELECT 1 FROM decision_stagedhousehold s WHERE s.number = r.household)
"""


@dataclass(frozen=True)
class RosterResult:
    """What became of a roster: households read, accepted and returned; `is_repeat` when its bytes came before."""

    file_id: int
    households_read: int
    accepted: int
    rejected: int
    is_repeat: bool


@needs(Duty.CONFIRM)
@transaction.atomic
def bring_in_roster(path: Path, *, division: str, at: datetime) -> RosterResult:
    """接收花名册: check every row; good households wait for the act, bad ones can go back by `write_rejects`.

    The same bytes a second time change nothing. Raises RosterRefused when the file is no roster at all.
    """
    roster = read_roster(path)
    known = RosterFile.objects.filter(sha256=roster.sha256).first()
    if known:
        return _result(known, is_repeat=True)
    if OpeningAct.objects.filter(division=division).exists():
        raise RosterRefused("本县存量建账确认书已签署，不能再接收存量名册；新的家庭请按申请办理（57号第二十八条）")
    file = _keep(roster, division, at)
    payload = {"file": file.name, "sha256": file.sha256, "read": file.households_read}
    payload |= {"accepted": file.households_accepted, "rejected": file.households_rejected}
    record("接收花名册", f"花名册 {file.name}"[:120], division=division, at=at, payload=payload)
    return _result(file, is_repeat=False)


def _result(file: RosterFile, *, is_repeat: bool) -> RosterResult:
    counts = file.households_read, file.households_accepted, file.households_rejected
    return RosterResult(file.pk, *counts, is_repeat)


def _keep(roster: Roster, division: str, at: datetime) -> RosterFile:
    reach = reach_of(division)
    villages = frozenset(d.code for d in divisions() if d.level == "village" and d.code.startswith(reach))
    households, orphans = check_roster(roster, villages, localdate(at))
    check_against_known(households)
    answers = recompute(households)
    good, bad = [h for h in households if not h.faults], [h for h in households if h.faults]
    file = RosterFile.objects.create(
        division=division, name=roster.name, sha256=roster.sha256, received_at=at, households_read=len(households),
        households_accepted=len(good), households_rejected=len(bad),
    )  # fmt: skip
    keep_staged(file, good, answers)
    if bad or orphans:
        keep_rejects(file, bad, orphans)
    return file


@needs(Duty.CONFIRM)
@transaction.atomic
def sign_opening_act(division: str, *, on: date, first: str, second: str, at: datetime) -> OpeningAct:
    """签署存量建账确认书: two officers attest the roster; its households enter with their old decisions as ground.

    Raises RosterRefused when one officer signs twice, nothing waits, or the act is signed already; RegistryRefused
    when a household can no longer be registered. Then nothing is entered.
    """
    if not first.strip() or not second.strip() or first.strip() == second.strip():
        raise RosterRefused("存量建账确认书应由两名不同的人员签署，请换人签署")
    if OpeningAct.objects.filter(division=division).exists():
        raise RosterRefused("本县存量建账确认书已签署，不能再签")
    staged = _waiting(division)
    if not staged:
        raise RosterRefused("没有待建账的家庭，请先接收花名册")
    if late := next((s for s in staged if s.decided_on > on), None):
        raise RosterRefused(f"户{late.number}的原决定日期{late.decided_on}晚于签署日期{on}，请核对签署日期")
    act = OpeningAct.objects.create(
        division=division, signed_on=on, first_officer=first.strip(), second_officer=second.strip(),
        households=len(staged), persons=sum(s.persons for s in staged), monthly_fen=sum(s.amount_fen for s in staged),
    )  # fmt: skip
    _open(act, staged, at)
    return act


def _waiting(division: str) -> list[StagedHousehold]:
    """The households of a division's rosters; the files are held until the transaction ends."""
    files = RosterFile.objects.select_for_update().filter(division=division, act=None)
    columns = ("number", "division", "decided_on", "persons", "amount_fen", "entry", "old_number")
    return list(StagedHousehold.objects.filter(file__in=list(files)).only(*columns).order_by("number"))


def _open(act: OpeningAct, staged: Sequence[StagedHousehold], at: datetime) -> None:
    register_households([(_entry(s), s.decided_on) for s in staged], at=at)
    RosterFile.objects.filter(act=None, division=act.division).update(act=act)
    with over_whole_tables():
        execute(LEGACY, {"act": act.pk, "first": act.first_officer, "second": act.second_officer})
    record_many("存量建账", [_event(s) for s in staged], at=at)
    payload = {"on": str(act.signed_on), "households": act.households, "persons": act.persons}
    payload |= {"monthly_fen": act.monthly_fen, "second": act.second_officer, "uncorrected": _uncorrected(act.division)}
    record("签署存量建账确认书", "存量建账确认书", division=act.division, at=at, payload=payload)


def _event(staged: StagedHousehold) -> tuple[str, str, dict[str, object]]:
    payload: dict[str, object] = {"decision": staged.old_number, "amount_fen": staged.amount_fen}
    return f"家庭 {staged.number}", staged.division, payload


def _entry(staged: StagedHousehold) -> HouseholdEntry:
    kept = staged.entry
    members = tuple(MemberEntry(**member) for member in kept["members"])
    return HouseholdEntry(**{**kept, "members": members, "account": AccountEntry(**kept["account"])})


def _uncorrected(division: str) -> int:
    """Households that went back and did not come again."""
    return read(int, UNCORRECTED, {"reach": reach_of(division)})[0]
