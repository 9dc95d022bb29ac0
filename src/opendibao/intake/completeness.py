"""材料审查: what an application needs, what is here, and the one notice that lists everything missing (57号 第十条)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.intake.actions import accept_case, locked_case, move_case
from opendibao.intake.case_letter_words import supplement_words
from opendibao.intake.case_letters import write_letter
from opendibao.intake.consent_queries import unsigned_adults
from opendibao.intake.models import Case, Mandate, SupplementNotice
from opendibao.intake.paper_lists import PaperKind, never_asked, paper_kinds
from opendibao.intake.refusal import IntakeRefused
from opendibao.intake.states import CaseState
from opendibao.kernel.duties import Duty
from opendibao.registry.queries import account_on

ITEM_LENGTH, MOST_ITEMS, REASON_LENGTH = 120, 30, 200
HERE, MISSING, LOOK = "here", "missing", "look"


@dataclass(frozen=True)
class PaperCheck:
    """A paper of a case: it is here, it is missing, or the officer must look; `says` names whose is missing."""

    kind: PaperKind
    state: str
    says: str = ""

    @property
    def item(self) -> str:
        """What the notice calls it."""
        return f"{self.kind.zh}：{self.says}" if self.says else self.kind.zh


def papers_of(case_id: int | Case, on: date) -> list[PaperCheck]:
    """Every paper this application needs, in the order of the list; what a match can verify is not among them.

    Raises IntakeRefused where there is no such case or it is another township's, RuleGap.
    """
    case = case_id if isinstance(case_id, Case) else Case.objects.filter(pk=case_id).first()
    if case is None:
        raise IntakeRefused("没有这个案件，或不在本人可见的区划内")
    return [_checked(case, kind, on) for kind in papers_asked(case.channel, case.declared)]


def papers_asked(channel: str, declared: Mapping[str, Any]) -> list[PaperKind]:
    """The papers that an application needs which came by this way and declares this, in the order of the list."""
    asked = {
        "always": True,
        "helper": channel == "helper",
        "spending": _says(declared, "members", "spending"),
        "illness": _says(declared, "members", "severe_illness"),
        "support": _says(declared, "supporters", "pays"),
    }
    return [kind for kind in paper_kinds() if asked[kind.asked]]


def _says(declared: Mapping[str, Any], name: str, what: str) -> bool:
    return any(isinstance(one, Mapping) and one.get(what) for one in declared.get(name, ()))


def _checked(case: Case, kind: PaperKind, on: date) -> PaperCheck:
    if kind.known == "consents":
        lacking = [one.name for one in unsigned_adults(case.pk, case.household_id, case.division, on)]
        return PaperCheck(kind, MISSING if lacking else HERE, "、".join(lacking))
    if kind.known == "account":
        return PaperCheck(kind, HERE if account_on(case.household_id, on) else MISSING)
    if kind.known == "mandate":
        return PaperCheck(kind, HERE if Mandate.objects.filter(case=case).exists() else MISSING)
    return PaperCheck(kind, LOOK)


@needs(Duty.ACCEPT)
@transaction.atomic
def take_case(case_id: int, *, seen: Collection[str], on: date, at: datetime) -> Case:
    """审查受理: all papers are here (`seen` are the keys of those the officer looked at), so the case is accepted.

    Raises IntakeRefused naming everything that is missing.
    """
    case = locked_case(case_id)
    missing = [one.item for one in papers_of(case, on) if not _is_here(one, seen)]
    if missing:
        raise IntakeRefused(f"材料不齐，不能受理，还缺：{'；'.join(missing)}。请补齐，或者一次性告知补正")
    return accept_case(case, on=on, at=at)


def _is_here(paper: PaperCheck, seen: Collection[str]) -> bool:
    return paper.state == HERE or (paper.state == LOOK and paper.kind.key in seen)


@needs(Duty.ACCEPT, Duty.REVIEW, Duty.CONFIRM)
@transaction.atomic
def return_for_supplement(
    case_id: int, *, items: Sequence[str], on: date, at: datetime, supervisor_reason: str = ""
) -> Case:
    """一次性告知补正: the one notice lists all that is missing, with its letter (57号 第十条).

    A second one is given by another officer than the one who told the family first, and says why it was needed.
    Raises IntakeRefused, also for an item that departments can verify (社会救助法 第六十二条).
    """
    case = locked_case(case_id)
    wanted = _items(case, items)
    former = SupplementNotice.objects.filter(case=case).order_by("sequence").last()
    notice = SupplementNotice(
        case=case, division=case.division, sequence=1, items=wanted, told_on=on, told_by=officer_name()
    )
    if former:
        _supervised(notice, former, supervisor_reason.strip())
    if on < (former.told_on if former else case.applied_on):
        raise IntakeRefused(f"告知日期{on}早于申请或上次告知的日期，请改正")
    move_case(case, CaseState.RETURNED)
    notice.save()
    record(
        "告知补正", f"案件 {case.number}", division=case.division, at=at,
        payload={"on": str(on), "reason": "；".join(wanted), "turn": notice.sequence},
    )  # fmt: skip
    write_letter(case, "supplement", supplement_words(case, wanted, on), on=on, at=at)
    return case


def _items(case: Case, items: Sequence[str]) -> list[str]:
    """What is missing, each once; nothing that may not be asked for."""
    wanted = list(dict.fromkeys(item.strip() for item in items if item.strip()))
    if not wanted:
        raise IntakeRefused(f"案件{case.number}：请列出缺哪些材料，一次告知全部")
    if len(wanted) > MOST_ITEMS or max(map(len, wanted)) > ITEM_LENGTH:
        raise IntakeRefused(f"案件{case.number}：最多列{MOST_ITEMS}项，每项{ITEM_LENGTH}字以内，请改短")
    for item in wanted:
        for one in never_asked():
            if word := next((word for word in one.words if word in item), ""):
                raise IntakeRefused(
                    f"“{item}”里的“{word}”由{one.by}核对就能查到，不得要求家庭提供（{one.source}），请从清单里去掉"
                )
    return wanted


def _supervised(notice: SupplementNotice, former: SupplementNotice, reason: str) -> None:
    """The law knows one notice: a further one needs another officer and his reason."""
    if officer_name() == former.told_by:
        raise IntakeRefused(
            f"已于{former.told_on}一次性告知过（57号第十条），再次告知要由另一名工作人员批准，请找负责初审或审核的人"
        )
    if not 0 < len(reason) <= REASON_LENGTH:
        raise IntakeRefused(f"再次告知要写明理由，{REASON_LENGTH}字以内")
    notice.sequence, notice.told_by = former.sequence + 1, former.told_by
    notice.supervisor, notice.supervisor_reason = officer_name(), reason


@needs(Duty.ACCEPT)
@transaction.atomic
def resubmit_case(case_id: int, *, on: date, at: datetime) -> Case:
    """补正: the family brought what was missing; the papers are looked at again. Raises IntakeRefused."""
    case = locked_case(case_id)
    told = SupplementNotice.objects.filter(case=case).order_by("sequence").last()
    if told and on < told.told_on:
        raise IntakeRefused(f"补正日期{on}早于告知日期{told.told_on}，请改正")
    move_case(case, CaseState.SUBMITTED)
    record("补正材料", f"案件 {case.number}", division=case.division, at=at, payload={"on": str(on)})
    return case
