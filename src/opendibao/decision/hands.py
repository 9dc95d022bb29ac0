"""办理的手: who accepted, surveyed, entered and reported a case, so that nobody of them approves it."""

from collections.abc import Iterable
from dataclasses import dataclass

from opendibao.decision.models import FirstOpinion
from opendibao.intake.models import Case
from opendibao.verification.models import Survey


@dataclass(frozen=True)
class Hands:
    """The officers of a case by what they did; `handler` gave the first opinion that counts ("" before it)."""

    clerk: str
    surveyors: frozenset[str]
    enterers: frozenset[str]
    handler: str

    def unfit(self, officer: str, number: str) -> str:
        """Why an officer may not approve case `number`, in words; "" where he may (57号 keeps the hands apart)."""
        if officer in self.surveyors:
            return f"{officer}参加了入户调查，不能审核确认案件{number}，请换人办理"
        if officer == self.clerk:
            return f"{officer}受理了案件{number}，不能再审核确认，请换人办理"
        if officer in self.enterers:
            return f"{officer}录入了入户调查表，不能审核确认案件{number}，请换人办理"
        if officer == self.handler:
            return f"{officer}提出了初审意见，不能审核确认案件{number}，请换人办理"
        return ""


def hands_of(case: Case) -> Hands:
    """The hands of one case."""
    return hands_of_many([case])[case.pk]


def hands_of_many(cases: Iterable[Case]) -> dict[int, Hands]:
    """The hands of cases by id, every survey and the last opinion counted."""
    clerks = {case.pk: case.accepted_by for case in cases}
    went: dict[int, set[str]] = {pk: set() for pk in clerks}
    typed: dict[int, set[str]] = {pk: set() for pk in clerks}
    surveys = Survey.objects.filter(case__in=clerks)
    for pk, first, second, by in surveys.values_list("case_id", "first_surveyor", "second_surveyor", "entered_by"):
        went[pk] |= {first, second}
        typed[pk] |= {by} - {""}
    opinions = FirstOpinion.objects.filter(case__in=clerks).order_by("sequence").values_list("case_id", "handler")
    handlers = dict(opinions)  # the last one of a case stands
    return {
        pk: Hands(clerk, frozenset(went[pk]), frozenset(typed[pk]), handlers.get(pk, ""))
        for pk, clerk in clerks.items()
    }
