"""边填边算: what the rules say of what is on the page so far, with each person's standing and every step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from opendibao.decision.assessing import answer_on
from opendibao.decision.refusal import DecisionRefused
from opendibao.policy.pack import RuleGap
from opendibao.rules.answer import Answer, Reason
from opendibao.web.intake.new_application_people import Applicant
from opendibao.web.intake.new_application_reading import Reading
from opendibao.web.labels import OUTCOMES
from opendibao.web.why import Line, why_of

MONTHS = 12
MEMBER, NOT_MEMBER = "member_", "not_member_"


@dataclass(frozen=True)
class Standing:
    """Whether somebody counts, why, and the clause."""

    is_in: bool
    reason: Reason


@dataclass(frozen=True)
class Computed:
    """The answer for the page; money in fen a month."""

    answer: Answer
    outcome: str
    income_fen: int
    per_head_fen: int
    line_fen: int
    lines: Sequence[Line]
    reasons: Sequence[Reason]
    standings: Mapping[str, Standing] = field(default_factory=dict)


def computed(reading: Reading, on: date) -> Computed | str:
    """The answer of a day for what can be read; why not, where the rules cannot say."""
    if not reading.can_be_computed:
        return _("填了户主的姓名、身份证号和关系，这里就开始算。")
    try:
        answer = answer_on(reading.facts, on, trace=True)
    except (DecisionRefused, RuleGap) as refusal:
        return str(refusal)
    income, members = answer.income_year_fen, max(1, answer.members)
    usable = [one for one in reading.people if one.is_usable]
    return Computed(
        answer, OUTCOMES[answer.outcome], _share(income, MONTHS), _share(income, MONTHS * members),
        _share(answer.line_year_fen, MONTHS), why_of(answer).lines, [r for r in answer.reasons if not _is_standing(r)],
        _standings(answer, usable),
    )  # fmt: skip


def _is_standing(reason: Reason) -> bool:
    return reason.code.startswith((MEMBER, NOT_MEMBER))


def _standings(answer: Answer, usable: Sequence[Applicant]) -> dict[str, Standing]:
    """By the row on the page; the sentences stand in the order of the members."""
    told = [reason for reason in answer.reasons if _is_standing(reason)]
    if len(told) != len(usable):
        return {}
    return {
        one.row.id: Standing(not reason.code.startswith(NOT_MEMBER), reason)
        for one, reason in zip(usable, told, strict=True)
    }


def _share(fen: int, parts: int) -> int:
    """One of so many equal parts, half up, in fen."""
    return (2 * fen + parts) // (2 * parts)
