"""审核确认: amounts come from the rules on what was surveyed; two hands; a decision ends the one before it."""

from datetime import date

import pytest

from opendibao.audit.models import Event
from opendibao.decision.actions import (
    DecisionRefused,
    HearingMissing,
    RulesDisagree,
    change_benefit,
    stop_benefit,
)
from opendibao.decision.models import Decision, OutboxEvent
from opendibao.decision.queries import decision_in_force, decisions_of, households_in_force_ids
from opendibao.intake.models import Case
from opendibao.intake.queries import case as case_row
from opendibao.registry.actions import record_death
from opendibao.registry.queries import members_on
from tests.decision.builders import (
    AMOUNT,
    DECIDED,
    GAP,
    HANDS,
    LATER,
    SUPPLEMENT,
    Facts,
    checking,
    confirm,
    covered,
    earning,
    family,
    noticed,
    object_to,
    refuse,
    review,
    reviewed,
    surveyed,
    with_baby,
)
from tests.intake.builders import authorised
from tests.registry.builders import at

pytestmark = pytest.mark.usefixtures("places")


def change(case: Case, facts: Facts, cause: str = "members", on: date = LATER) -> Decision | None:
    with checking():
        return change_benefit(case.pk, cause=cause, facts=facts, on=on, at=at(on), **HANDS)


def stop(case: Case, cause: str, on: date = LATER) -> Decision:
    with checking():
        return stop_benefit(case.pk, cause=cause, on=on, at=at(on), **HANDS)


class TestConfirming:
    def test_the_rules_amount_is_paid_from_the_month_after(self) -> None:
        decision = covered()

        assert (decision.amount_fen, decision.supplement_fen, decision.gap_fen) == (AMOUNT, SUPPLEMENT, GAP)
        assert (decision.persons, decision.outcome, decision.kind) == (3, "dibao", "confirm")
        assert decision.first_month == date(2024, 4, 1)
        assert decision.number == "低保决〔2024〕00001号"

    def test_the_case_is_closed_and_the_step_audited(self) -> None:
        decision = covered()

        case = case_row(int(decision.case_id or 0))
        assert (case.state, case.closed_on) == ("confirmed", DECIDED)
        event = Event.objects.get(action="确认同意")
        assert (event.payload["amount_fen"], event.payload["decision"]) == (AMOUNT, decision.number)

    def test_the_entry_for_the_superior_system_is_due_in_five_working_days(self) -> None:
        event = OutboxEvent.objects.get(decision=covered())

        assert (event.happened_on, event.due_on) == (DECIDED, date(2024, 3, 25))  # Monday to Monday

    def test_the_household_is_in_force_from_the_day_of_decision(self) -> None:
        decision = covered()

        assert households_in_force_ids(DECIDED) == {decision.household_id}
        assert households_in_force_ids(date(2024, 3, 17)) == set()

    @pytest.mark.parametrize("day", [date(2024, 3, 16), date(2024, 3, 17)])
    def test_nobody_is_confirmed_before_the_notice_has_run_out(self, day: date) -> None:
        with pytest.raises(DecisionRefused, match="公示到2024-03-17为止"):
            confirm(noticed(), on=day)

    def test_without_a_notice_nobody_is_confirmed(self) -> None:
        with pytest.raises(DecisionRefused, match="没有报县"):
            confirm(reviewed())

    def test_an_open_objection_stands_in_the_way(self) -> None:
        case = noticed()
        object_to(case)

        with pytest.raises(DecisionRefused, match="异议"):
            confirm(case)

    def test_without_a_survey_nothing_is_decided(self) -> None:
        with pytest.raises(DecisionRefused, match="没有入户调查"):
            confirm(authorised())

    def test_one_person_cannot_make_and_approve(self) -> None:
        with pytest.raises(DecisionRefused, match="两人"):
            confirm(noticed(), maker="李审核")

    def test_whoever_surveyed_cannot_approve(self) -> None:
        with pytest.raises(DecisionRefused, match="陈走访参加了入户调查"):
            confirm(noticed(), approver="陈走访")

    def test_a_decided_case_is_not_decided_again(self) -> None:
        case = noticed()
        confirm(case)

        with pytest.raises(DecisionRefused, match="已有有效的决定"):
            confirm(case, on=date(2024, 3, 19))


class TestRefusing:
    def test_the_weightiest_reason_comes_first(self) -> None:
        # 4,000 − 200 a month and 6 mu: 48,600 a year, above 26,640 and above 1.5 times of it
        decision = refuse(reviewed(earning(4000)))

        assert (decision.kind, decision.amount_fen, decision.first_month) == ("refuse", 0, None)
        assert "家庭年收入48,600.00元" in decision.facts["refusal"][0]
        assert case_row(int(decision.case_id or 0)).state == "refused"
        assert households_in_force_ids(DECIDED) == set()

    def test_a_second_dwelling_is_named_though_the_income_is_low(self) -> None:
        facts = family()
        facts["property"]["dwellings"] = 2

        decision = refuse(reviewed(facts))

        assert "住房2套" in decision.facts["refusal"][0]

    def test_a_family_that_the_rules_grant_is_not_refused(self) -> None:
        with pytest.raises(RulesDisagree, match="低保"):
            refuse(noticed())

    def test_a_missing_rule_decides_nothing(self) -> None:
        facts = family()
        facts["members"][0]["income"].append({"kind": "resident_pension", "amount": 150, "basic": 123, "per": "month"})
        case = review(covered(), facts, on=date(2026, 1, 15))

        # the exclusion of the basic pension ended on 2025-12-31 (golden case G15)
        with pytest.raises(RulesDisagree, match="规则缺失"):
            change(case, facts, on=date(2026, 1, 15))


class TestChanging:
    def test_a_birth_raises_the_benefit(self) -> None:
        before = covered()

        decision = change(review(before, with_baby()), with_baby())

        # 740 × 12 × 4 = 35,520; less 11,000; ÷ 12 = 2,043.33 → 2,044; two children at 74
        assert decision is not None
        assert (decision.kind, decision.amount_fen, decision.persons) == ("increase", 219_200, 4)
        before.refresh_from_db()
        assert (before.ended_on, before.last_month, before.ended_by_id) == (LATER, date(2024, 5, 1), decision.pk)
        assert decision.first_month == date(2024, 6, 1)

    def test_more_income_lowers_it(self) -> None:
        facts = earning(1500)

        decision = change(review(covered(), facts), facts, "income")

        # (1,500 − 200) × 12 + 3,000 = 18,600; (26,640 − 18,600) / 12 = 670; and 74
        assert decision is not None
        assert (decision.kind, decision.amount_fen) == ("reduce", 74_400)

    def test_nothing_changed_keeps_the_decision(self) -> None:
        before = covered()
        case = review(before, family())

        assert change(case, family()) is None

        assert case_row(case.pk).state == "kept"
        found = decision_in_force(before.household_id, LATER)
        assert found is not None
        assert found.pk == before.pk

    def test_a_change_in_the_month_of_the_decision_leaves_one_amount_for_the_next(self) -> None:
        before, day = covered(), date(2024, 3, 27)
        facts = earning(1500)

        after = change(review(before, facts, day), facts, "income", day)

        before.refresh_from_db()
        assert after is not None
        assert before.months.isempty
        assert after.first_month == date(2024, 4, 1)

    def test_facts_other_than_the_surveyed_are_refused(self) -> None:
        case = review(covered(), family())

        with pytest.raises(DecisionRefused, match="与入户调查表不一致"):
            change(case, with_baby())

    def test_a_family_no_longer_entitled_is_not_changed_but_stopped(self) -> None:
        facts = earning(4000)

        with pytest.raises(RulesDisagree, match="请办理停发"):
            change(review(covered(), facts), facts, "income")


class TestStopping:
    def test_income_above_the_line_stops_it_after_this_month(self) -> None:
        before = covered()

        decision = stop(review(before, earning(4000)), "income")

        before.refresh_from_db()
        assert (decision.kind, decision.amount_fen, decision.cause) == ("stop", 0, "income")
        assert (before.last_month, before.ended_on) == (date(2024, 5, 1), LATER)
        assert households_in_force_ids(LATER) == set()

    @pytest.mark.parametrize("cause", ["income", "property", "tekun", "employment"])
    def test_a_family_that_the_rules_still_grant_is_not_stopped(self, cause: str) -> None:
        with pytest.raises(RulesDisagree, match="低保"):
            stop(review(covered(), family()), cause)

    def test_after_a_new_job_the_former_amount_is_paid_for_six_months_more(self) -> None:
        before = covered()

        # (2,700 − 200) × 12 + 3,000 = 33,000: above 26,640, below 39,960
        decision = stop(review(before, earning(2700)), "employment")

        assert (decision.kind, decision.amount_fen) == ("grace", AMOUNT)
        assert (decision.first_month, decision.last_month) == (date(2024, 6, 1), date(2024, 11, 1))
        assert households_in_force_ids(date(2024, 11, 30)) == {before.household_id}
        assert households_in_force_ids(date(2024, 12, 1)) == set()

    def test_a_time_of_grace_can_end_earlier(self) -> None:
        grace = stop(review(covered(), earning(2700)), "employment")
        day = date(2024, 8, 5)

        stop(review(grace, earning(2700), day), "voluntary", day)

        grace.refresh_from_db()
        assert (grace.last_month, grace.ended_on) == (date(2024, 8, 1), day)

    def test_a_death_must_be_of_all(self) -> None:
        before = covered()

        with pytest.raises(DecisionRefused, match="王秀英、李建国、李小红仍登记在世"):
            stop(review(before, family()), "death")

        case = Case.objects.latest("pk")
        for member in members_on(before.household_id, LATER):
            record_death(member.person_id, died=date(2024, 5, 6), at=at(date(2024, 5, 7)))
        assert stop(case, "death").kind == "stop"

    def test_a_household_without_a_decision_cannot_be_stopped(self) -> None:
        with pytest.raises(DecisionRefused, match="没有有效的保障决定"):
            stop(surveyed(earning(4000)), "income")

    @pytest.mark.parametrize("cause", ["opening", "application", "standard", "whim"])
    def test_a_cause_that_stops_nothing_is_refused(self, cause: str) -> None:
        with pytest.raises(DecisionRefused, match="不是停发"):
            stop(review(covered(), family()), cause)

    def test_the_decisions_of_a_household_stand_latest_first(self) -> None:
        before = covered()
        stop(review(before, earning(4000)), "income")

        assert [row.kind for row in decisions_of(before.household_id)] == ["stop", "confirm"]


class TestUnderTheNewLaw:
    """社会救助法 第四十八条, in force from 2026-07-01: the household is heard before."""

    def test_a_stop_without_a_hearing_is_refused(self) -> None:
        day = date(2026, 7, 1)

        with pytest.raises(HearingMissing, match="第四十八条"):
            stop(review(covered(), earning(4000), day), "income", day)

    def test_the_day_before_it_was_not_needed(self) -> None:
        day = date(2026, 6, 30)

        assert stop(review(covered(), earning(6000), day), "income", day).kind == "stop"

    def test_a_reduction_without_a_hearing_is_refused_and_an_increase_is_not(self) -> None:
        day, before = date(2026, 7, 1), covered()
        case = review(before, earning(1500), day)

        with pytest.raises(HearingMissing):
            change(case, earning(1500), "income", day)
