"""Samples of the small county: one drawn for each purpose, one family asked, one talk kept."""

from dataclasses import dataclass
from datetime import date

from opendibao.evaluation.interviews import Talk, record_interview
from opendibao.evaluation.questionnaires import Questionnaire, record_answers
from opendibao.evaluation.sampled import members
from opendibao.evaluation.sampling import Plan, draw_sample
from tests.evaluation.year import YEAR
from tests.payment.builders import COUNTY, at

DAY = date(YEAR, 12, 19)


@dataclass(frozen=True)
class Sampled:
    """A questionnaire that waits, and a talk."""

    unit: int
    talk: int


def whole() -> Sampled:
    """Everybody is in the questionnaire, one of them said something; one payment is asked after."""
    made = draw_sample("satisfaction", YEAR, Plan(seed=1, size=2), on=DAY, at=at(DAY))
    draw_sample("accuracy", YEAR, Plan(seed=1, size=1), on=DAY, at=at(DAY))
    draw_sample("arrival", YEAR, Plan("pps", seed=1, size=1), on=DAY, at=at(DAY))
    first, *others = members("satisfaction", made.year)
    record_answers(
        YEAR, [Questionnaire(first.household_id, "satisfied", "eased", "knows", "phone")], on=DAY, at=at(DAY)
    )
    talk = record_interview(COUNTY, Talk("case_study", DAY, "一户的户主", "先买米油和药。", first.number), at=at(DAY))
    return Sampled(others[0].id, talk.pk)
