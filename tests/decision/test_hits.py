"""核对影响: what a hit would change by the rules; its answer is taken back until the case goes on."""

from datetime import date

import pytest

from opendibao.decision.first_opinion import give_opinion
from opendibao.decision.hit_effects import HitEffect, case_hits
from opendibao.intake.models import Case
from opendibao.intake.states import ForbiddenMove
from opendibao.verification.actions import VerificationRefused, dispose_match, record_survey
from opendibao.verification.models import MatchResult
from opendibao.verification.undoing import undo_disposition
from tests.decision.builders import SURVEYORS, confirm
from tests.decision.reported import MARCH, MONTHLY, accepted, answered, facts_of, meet, post_and_report, verified
from tests.decision.waiting import answer_late
from tests.registry.builders import at

pytestmark = pytest.mark.usefixtures("places")
DAY = date(2024, 3, 20)


def reported_but(source: str) -> Case:
    """A reported case about which one department is still silent."""
    case = verified(1, but=(source,))
    meet(case)
    return post_and_report(case)[0]


def hit(detail: dict[str, object], source: str = "bank_deposits") -> HitEffect:
    case = reported_but(source)
    person = MatchResult.objects.filter(case=case).values_list("person_id", flat=True)[0]
    answer_late(case.pk, person, source, detail, DAY)
    [found] = case_hits(case.pk, DAY).hits
    return found


def test_savings_above_the_limit_take_everything() -> None:
    found = hit({"found": "存款86000元", "property": {"financial_assets": 86_000}})

    assert found.before
    assert found.after
    assert (found.before.monthly_fen, found.after.monthly_fen, found.after.outcome) == (MONTHLY, 0, "none")
    assert found.difference_fen == -MONTHLY


def test_savings_below_it_change_nothing() -> None:
    found = hit({"found": "存款3000元", "property": {"financial_assets": 3_000}})

    assert (found.difference_fen, found.after is None) == (0, False)


def test_a_wage_nobody_declared_lowers_it() -> None:
    found = hit({"found": "有工资", "income": [{"kind": "wages", "amount": 500, "per": "month"}]}, "social_insurance")

    # (500 − 200) a month less than 740
    assert found.after
    assert found.after.monthly_fen == 44_000


def test_a_death_leaves_nobody_to_be_paid_for() -> None:
    found = hit({"found": "2024-02-10 死亡", "died": "2024-02-10"}, "civil_registry")

    assert found.after
    assert (found.after.persons, found.after.monthly_fen) == (0, 0)


def test_words_alone_cannot_be_computed() -> None:
    found = hit({"found": "名下有旧摩托车"}, "vehicles")

    assert (found.said, found.after, found.difference_fen) == ("名下有旧摩托车", None, 0)


class TestTakingBack:
    def answered_hit(self) -> tuple[Case, int]:
        case = accepted(1)
        answered(case, but=("bank_deposits",))
        person = MatchResult.objects.filter(case=case).values_list("person_id", flat=True)[0]
        match = answer_late(case.pk, person, "bank_deposits", {"found": "存款3000元"}, MARCH.asked)
        dispose_match(match, disposition="keep_declaration", reason="申报里有", at=at(MARCH.asked))
        return case, match

    def test_the_hit_waits_again(self) -> None:
        _case, match = self.answered_hit()

        undo_disposition(match, at=at(MARCH.asked))

        row = MatchResult.objects.get(pk=match)
        assert (row.disposition, row.reason) == ("", "")
        dispose_match(match, disposition="propose_end", reason="是他的", at=at(MARCH.asked))

    def test_once_the_case_went_on_it_stays(self) -> None:
        case, match = self.answered_hit()
        record_survey(
            case.pk, on=MARCH.surveyed, at=at(MARCH.surveyed), surveyors=SURVEYORS, respondent="独居1",
            found=facts_of(1),
        )  # fmt: skip
        give_opinion(case.pk, on=MARCH.met, at=at(MARCH.met))

        with pytest.raises(VerificationRefused, match="处置后已经“入户调查”，不能撤回"):
            undo_disposition(match, at=at(MARCH.met))

    def test_what_was_not_answered_is_not_taken_back(self) -> None:
        _case, match = self.answered_hit()
        undo_disposition(match, at=at(MARCH.asked))

        with pytest.raises(VerificationRefused, match="还没有处置"):
            undo_disposition(match, at=at(MARCH.asked))


def test_a_department_may_answer_until_the_decision_and_not_after() -> None:
    case = reported_but("bank_deposits")
    person = MatchResult.objects.filter(case=case).values_list("person_id", flat=True)[0]
    confirm(case, on=date(2024, 3, 19))

    with pytest.raises(ForbiddenMove, match="办结前才能登记部门答复"):
        answer_late(case.pk, person, "bank_deposits", {"found": "存款"}, DAY)
