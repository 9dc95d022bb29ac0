"""听取意见: a family is told what is proposed and heard before less or nothing is decided (社会救助法 第四十八条)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.decision.models import Hearing
from opendibao.decision.refusal import DecisionRefused
from opendibao.intake.actions import locked_case
from opendibao.intake.case_letters import letter_text, write_letter
from opendibao.intake.models import Case
from opendibao.intake.states import ENDED, CaseState
from opendibao.kernel.duties import Duty
from opendibao.policy.procedures import procedure_of
from opendibao.policy.reader import pack_of_division
from opendibao.rules.deadlines import counted

SILENT = "silent"
WAYS = dict(Hearing._meta.get_field("way").flatchoices)
PROPOSAL_LENGTH, WORDS_LENGTH, CONSIDERED_LENGTH = 200, 500, 300
RIGHTS = (
    "您可以当面、打电话或者书面说明情况、提交材料；到期没有提出的，按现有情况作出决定。"
    "决定作出后会书面告知您并说明理由；不服的，可以依法申请行政复议或者提起行政诉讼。"
)


@dataclass(frozen=True)
class HearingRow:
    """The hearing of a case; `until` is the last day for the family's words, `heard_on` is None until it was heard."""

    told_on: date
    proposal: str
    until: date
    heard_on: date | None
    way: str
    words: str
    considered: str
    heard_by: str


def hearing_needed(division: str, on: date) -> bool:
    """Whether a reduction or stop decided on a day needs a hearing: the law of that day, not of the acceptance.

    From 2026-07-01 on the law asks it of every place, whatever a place's own procedure says.
    """
    return pack_of_division(division).word("regime.name", on) == "R3" or procedure_of(division, on).has_hearing


def hearing_days(division: str, on: date) -> int:
    """How many working days a family has for its words. Raises RuleGap where no number is in force."""
    return procedure_of(division, on).clock("hearing")


def is_heard(case_id: int, on: date) -> bool:
    """Whether the family of a case was heard on or before a day, or its time for words has run out and was noted."""
    return Hearing.objects.filter(case=case_id, heard_on__lte=on).exists()


def hearing_of(case_id: int) -> HearingRow | None:
    """The hearing of a case; None before the family was told."""
    found = Hearing.objects.filter(case=case_id).first()
    if found is None:
        return None
    return HearingRow(
        found.told_on, found.proposal, _until(found), found.heard_on, found.way, found.words, found.considered,
        found.heard_by,
    )  # fmt: skip


def _until(hearing: Hearing) -> date:
    return counted(hearing.told_on, hearing_days(hearing.division, hearing.told_on))


@needs(Duty.REVIEW, Duty.CONFIRM)
@transaction.atomic
def tell_of_hearing(case_id: int | Case, *, proposal: str, on: date, at: datetime) -> Hearing:
    """告知拟作决定: the family is told in writing what is proposed, why, and until when it may speak.

    Raises DecisionRefused naming what is wrong, RuleGap where no number of days is in force.
    """
    case = locked_case(case_id)
    _refuse_telling(case, proposal.strip(), on)
    hearing = Hearing(case=case, division=case.division, told_on=on, proposal=proposal.strip())
    until = _until(hearing)
    parts = [
        ("拟作决定", hearing.proposal),
        ("这还不是决定", f"作决定以前要先听取您家的意见（社会救助法第四十八条）。请在{until}前（含当日）提出。"),
        ("您的权利", RIGHTS),
    ]
    hearing.save()
    write_letter(case, "hearing", letter_text(case, "hearing", parts, on=on), on=on, at=at)
    payload: dict[str, object] = {"on": str(on), "until": str(until), "proposal": hearing.proposal}
    record("告知听取意见", f"案件 {case.number}", division=case.division, at=at, payload=payload)
    return hearing


def _refuse_telling(case: Case, proposal: str, on: date) -> None:
    number = case.number
    if case.accepted_on is None or case.state in ENDED:
        raise DecisionRefused(f"案件{number}现在是“{CaseState(case.state).label}”，受理后、办结前才能听取意见")
    if on < case.accepted_on:
        raise DecisionRefused(f"案件{number}的告知日期{on}早于受理日期{case.accepted_on}，请改正")
    if not 0 < len(proposal) <= PROPOSAL_LENGTH:
        raise DecisionRefused(f"请用{PROPOSAL_LENGTH}字以内写明拟作什么决定、为什么")
    if before := Hearing.objects.filter(case=case).first():
        raise DecisionRefused(f"案件{number}已于{before.told_on}告知过，请勿重复；请登记家庭意见")


@needs(Duty.REVIEW, Duty.CONFIRM)
@transaction.atomic
def record_hearing(case_id: int | Case, *, way: str, words: str, considered: str, on: date, at: datetime) -> Hearing:
    """登记家庭意见: what the family said and what was made of it; or that its days ran out without a word.

    Raises DecisionRefused naming what is wrong.
    """
    case = locked_case(case_id)
    hearing = Hearing.objects.select_for_update(of=("self",)).filter(case=case).first()
    if hearing is None:
        raise DecisionRefused(f"案件{case.number}还没有告知拟作决定，请先告知")
    if fault := _hearing_fault(hearing, way, words.strip(), considered.strip(), on):
        raise DecisionRefused(f"案件{case.number}：{fault}")
    hearing.heard_on, hearing.way, hearing.heard_by = on, way, officer_name()
    hearing.words, hearing.considered = words.strip(), considered.strip()
    hearing.save(update_fields=["heard_on", "way", "heard_by", "words", "considered"])
    payload: dict[str, object] = {"on": str(on), "way": WAYS[way], "considered": hearing.considered}
    record("听取意见", f"案件 {case.number}", division=case.division, at=at, payload=payload)
    return hearing


def _hearing_fault(hearing: Hearing, way: str, words: str, considered: str, on: date) -> str:
    until = _until(hearing)
    if hearing.heard_on:
        return f"家庭意见已于{hearing.heard_on}登记，不能改写"
    if way not in WAYS:
        return f"听取方式“{way}”不在可选项内，请在{'、'.join(WAYS.values())}中选一项"
    if on < hearing.told_on:
        return f"听取日期{on}早于告知日期{hearing.told_on}，请改正"
    if way == SILENT and on <= until:
        return f"家庭可以提意见到{until}为止，第二天起才能登记“到期未提意见”"
    return _words_fault(way, words, considered)


def _words_fault(way: str, words: str, considered: str) -> str:
    if way == SILENT and words:
        return "选了“到期未提意见”，就不要填家庭意见；家庭说了什么，请改选当面、电话或书面"
    if way != SILENT and not 0 < len(words) <= WORDS_LENGTH:
        return f"请用{WORDS_LENGTH}字以内写明家庭说了什么"
    return "" if 0 < len(considered) <= CONSIDERED_LENGTH else f"请用{CONSIDERED_LENGTH}字以内写明是否采纳和理由"
