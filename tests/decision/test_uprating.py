"""提标: amounts worked out by hand, who goes to review, two hands, all or none, and the walls behind it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from opendibao.audit.models import Event
from opendibao.audit.session import acting
from opendibao.config import embedded
from opendibao.decision.explaining import explained
from opendibao.decision.models import Decision, Letter, OutboxEvent, Uprating, UpratingLine
from opendibao.decision.queries import explain, recomputed_amounts
from opendibao.decision.refusal import DecisionRefused
from opendibao.decision.standards_ahead import standards_ahead
from opendibao.decision.uprating import approve_uprating, prepare_uprating, withdraw_uprating
from opendibao.decision.uprating_delivery import deliver_uprating
from opendibao.decision.uprating_preview import uprate_preview
from opendibao.decision.uprating_queries import (
    difference,
    uprating,
    uprating_line_count,
    uprating_lines,
    uprating_sums,
    uprating_villages,
    upratings,
    waiting_for_review,
)
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.rulemaking.queries import archived_law, policy_in_force
from opendibao.rules.law import law_of
from tests.decision.builders import AMOUNT, earning, family
from tests.decision.uprated import (
    APPROVER,
    EARLY,
    JULY,
    LATE,
    PREPARER,
    RAISED,
    RAISED_GAP,
    RAISED_SUPPLEMENT,
    approved,
    prepared,
    raised_standard,
    stock,
)
from tests.registry.builders import VILLAGE, at
from tests.rulemaking.builders import scheduled


@pytest.fixture(autouse=True)
def confirmed(county: None) -> Decision:
    return raised_standard()


def result_of(decision: Decision, on: date = EARLY) -> tuple[str, str]:
    (line,) = [one for one in uprate_preview(JULY, on=on).lines if one.standing.pk == decision.pk]
    return str(line.result), line.reason


def settle() -> None:
    """Have the walls that look at the end of a transaction look now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class TestPreview:
    def test_it_tells_each_amount_and_the_sum_and_stores_nothing(self, confirmed: Decision) -> None:
        before = list(Decision.objects.values())
        found = uprate_preview(JULY, on=EARLY)

        (line,) = found.lines
        assert (line.standing.pk, str(line.result), line.held_fen, line.amount_fen) == (
            confirmed.pk, "increase", AMOUNT, RAISED,
        )  # fmt: skip
        assert (line.supplement_fen, line.gap_fen, line.persons) == (RAISED_SUPPLEMENT, RAISED_GAP, 3)
        assert (found.before_fen, found.after_fen, found.households) == (AMOUNT, RAISED, 1)
        (change,) = found.changes
        assert (change.path, change.before, change.after) == ("standard.rural", 74_000, 78_000)
        assert (found.first_month, found.late_months) == (JULY, [])
        assert list(Decision.objects.values()) == before
        assert not Uprating.objects.exists()

    def test_approved_late_it_names_the_months_paid_at_the_old_amount(self) -> None:
        found = uprate_preview(JULY, on=LATE)

        assert found.first_month == date(2024, 10, 1)
        assert found.late_months == [JULY, date(2024, 8, 1), date(2024, 9, 1)]

    def test_another_area_is_not_concerned(self) -> None:
        stock("U1", {**family(), "area": "urban"})

        assert len(uprate_preview(JULY, on=EARLY).lines) == 1

    def test_a_month_without_a_new_standard_is_refused(self) -> None:
        with pytest.raises(DecisionRefused, match="2024-08起没有标准调整"):
            uprate_preview(date(2024, 8, 1), on=LATE)

    def test_before_the_month_that_goes_before_it_is_too_early(self) -> None:
        with pytest.raises(DecisionRefused, match="2024-06起才能办提标"):
            uprate_preview(JULY, on=date(2024, 5, 31))

    def test_a_month_is_its_first_day(self) -> None:
        with pytest.raises(DecisionRefused, match="第一天"):
            uprate_preview(date(2024, 7, 2), on=EARLY)

    def test_a_late_document_has_numbers_owed_from_an_earlier_month(self) -> None:
        found = uprate_preview(date(2024, 5, 1), on=LATE, since=JULY)

        assert [one.amount_fen for one in found.lines] == [RAISED]
        assert found.late_months[0] == date(2024, 5, 1)
        assert len(found.late_months) == 5


class TestReview:
    def test_facts_that_are_not_known(self) -> None:
        assert result_of(stock("B1", {"lacks": ["收入"], "area": "rural"})) == (
            "review", "存量核定情况不全，按新标准算不出来，请先复核补齐",
        )  # fmt: skip

    def test_who_is_no_longer_entitled(self) -> None:
        rich = earning(9000)
        result, reason = result_of(stock("R1", rich))
        assert result == "review"
        assert "不是调整金额" in reason

    def test_an_amount_that_the_rules_never_gave(self) -> None:
        result, reason = result_of(stock("X1", fen=100_000))
        assert result == "review"
        assert "原决定1000.00元，按当时的规则应是1378.00元" in reason

    def test_another_number_of_persons(self) -> None:
        assert "应保3人，原决定是2人" in result_of(stock("P1", persons=2))[1]

    def test_less_that_is_not_the_standards(self) -> None:
        result, reason = result_of(stock("L1", fen=200_000))
        assert result == "review"
        assert "减少不是新标准带来的" in reason

    def test_the_batch_never_touches_them(self) -> None:
        rich = stock("R1", earning(9000))
        approved()
        rich.refresh_from_db()
        assert rich.ended_on is None
        assert rich.last_month is None


class TestAge:
    def test_what_age_does_is_told_apart_from_the_standard(self) -> None:
        """Seventy in May: 2,044 + 74 in January, 2,044 + 148 by the former numbers in July, 2,204 + 156 by the new."""
        facts = family()
        facts["members"].append({"name": "王老人", "born": "1954-05-01", "sex": "male", "relation": "parent"})
        old = stock("A1", facts, fen=211_800, persons=4)
        made = approved()

        line = UpratingLine.objects.get(uprating=made, former=old)
        assert (line.result, line.reason) == ("increase", "")
        assert (line.former_fen, line.held_fen, line.amount_fen) == (211_800, 219_200, 236_000)
        total = uprating_sums(made.pk)[0]
        parts = (total.before_fen, total.by_standard_fen, total.by_age_fen, total.after_fen)
        assert parts == (AMOUNT + 211_800, RAISED - AMOUNT + 16_800, 7_400, RAISED + 236_000)
        assert (total.result, total.area, total.households, total.persons) == ("increase", "rural", 2, 7)


class TestQueries:
    def test_a_familys_difference_is_told_step_by_step(self) -> None:
        made = approved()
        (row,) = uprating_lines(made.pk)
        told = difference(row.id)

        assert told is not None
        steps = {step.name: (step.before_fen, step.after_fen) for step in told.steps}
        assert steps["standard_fen"] == (74_000, 78_000)
        assert steps["gap_before_fen"] == (130_333, RAISED_GAP)
        assert steps["supplement_fen"] == (7_400, RAISED_SUPPLEMENT)
        assert steps["monthly_benefit_fen"] == (AMOUNT, RAISED)
        assert (row.by_standard_fen, row.by_age_fen) == (RAISED - AMOUNT, 0)
        assert row.decision == made.decisions.get().number

    def test_lines_by_result_and_who_waits(self) -> None:
        stock("R1", earning(9000))
        made = approved()

        assert uprating_line_count(made.pk) == 2
        assert uprating_line_count(made.pk, result="review") == 1
        (waits,) = waiting_for_review(made.pk)
        assert (waits.household, waits.decision_id) == ("R1", None)
        assert difference(waits.id) is None
        (row,) = upratings()
        assert (row.state, row.difference_fen, row.changes[0].after) == ("approved", RAISED - AMOUNT, 78_000)
        assert uprating(row.id + 1) is None


class TestApproval:
    def test_each_gets_a_decision_from_the_month_and_the_former_ends(self, confirmed: Decision) -> None:
        made = approved()
        settle()

        (new,) = made.decisions.all()
        confirmed.refresh_from_db()
        assert (new.kind, new.cause, new.amount_fen, new.first_month) == ("increase", "standard", RAISED, JULY)
        assert (new.maker, new.approver, new.decided_on, new.reckoned_on) == (PREPARER, APPROVER, EARLY, JULY)
        assert (new.supplement_fen, new.gap_fen, new.persons) == (RAISED_SUPPLEMENT, RAISED_GAP, 3)
        assert new.case_id is None
        assert new.facts == confirmed.facts
        assert (confirmed.ended_on, confirmed.last_month, confirmed.ended_by_id) == (EARLY, date(2024, 6, 1), new.pk)
        assert OutboxEvent.objects.get(decision=new).due_on > EARLY
        assert (made.households, made.increased, made.before_fen, made.after_fen) == (1, 1, AMOUNT, RAISED)

    def test_the_letter_tells_the_standard_and_both_amounts(self) -> None:
        text = Letter.objects.get(decision=approved().decisions.get()).text

        assert text.startswith("最低生活保障金增发告知书")
        assert "农村最低生活保障标准（每人每月）从2024年7月1日起由740.00元调整为780.00元" in text
        assert "每月1502.00元" in text
        assert "原来每月1378.00元" in text
        assert "社会救助暂行办法第十条、第十二条" in text
        assert "从2024年7月起" in text
        assert "另行补发" not in text

    def test_late_the_letter_tells_the_arrears(self) -> None:
        text = Letter.objects.get(decision=approved(LATE).decisions.get()).text

        assert "从2024年10月起" in text
        assert "2024年7月至2024年9月已按原标准发放的，少发的部分另行补发。" in text

    def test_decided_early_it_is_computed_again_by_the_numbers_of_its_month(self) -> None:
        new = approved().decisions.get()

        again = explain(new.pk)
        assert again is not None
        assert again.monthly_benefit_fen == RAISED
        assert recomputed_amounts(paid_from=JULY, paid_to=JULY)[new.pk] == RAISED

    def test_its_facts_are_those_of_the_survey_before_it(self, confirmed: Decision) -> None:
        told = explained(approved().decisions.get().pk)
        assert told is not None
        assert told.document == "2024年3月6日入户调查表"

    def test_it_is_on_record(self) -> None:
        made = approved()

        said = list(Event.objects.filter(action__contains="提标").values_list("action", "actor").order_by("id"))
        assert said[-3:] == [("编制提标", PREPARER), ("提标决定", APPROVER), ("批准提标", APPROVER)]
        assert Event.objects.get(action="批准提标").payload["after_fen"] == made.after_fen

    def test_nobody_is_taken_there_twice(self) -> None:
        approved()

        with pytest.raises(DecisionRefused, match="没有要按2024-07起的新标准调整的家庭"):
            prepared(LATE)

    def test_who_enters_by_the_old_numbers_after_it_comes_with_the_next(self) -> None:
        approved()
        stock("N1")

        assert [one.standing.number for one in uprate_preview(JULY, on=LATE).lines] == ["旧N1"]

    def test_who_left_since_is_listed_for_the_difference(self, confirmed: Decision) -> None:
        Decision.objects.filter(pk=confirmed.pk).update(ended_on=date(2024, 8, 20), last_month=date(2024, 8, 1))
        made = approved(LATE)

        line = UpratingLine.objects.get(uprating=made)
        assert (line.result, line.amount_fen) == ("ended", RAISED)
        assert (made.households, made.ended, made.before_fen) == (0, 1, 0)
        assert not made.decisions.exists()


class TestEnded:
    """Decisions that ended after the standard's first month are listed for what that month was paid short."""

    def ended(self, number: str, **more: Any) -> Decision:
        made = stock(number, **more)
        Decision.objects.filter(pk=made.pk).update(ended_on=date(2024, 8, 20), last_month=date(2024, 8, 1))
        return made

    def listed(self, decision: Decision) -> list[tuple[str, str, int]]:
        found = uprate_preview(JULY, on=LATE).lines
        return [(str(one.result), one.reason, one.amount_fen) for one in found if one.standing.pk == decision.pk]

    def test_what_is_owed_is_known_where_the_rules_gave_what_was_paid(self) -> None:
        assert self.listed(self.ended("E1")) == [("ended", "", RAISED)]

    def test_where_nobody_can_tell_the_reason_is_told(self) -> None:
        ((result, reason, fen),) = self.listed(self.ended("E1", facts={"lacks": ["收入"], "area": "rural"}))
        assert (result, fen) == ("ended", 0)
        assert "核定情况不全" in reason
        ((result, reason, fen),) = self.listed(self.ended("E2", fen=100_000))
        assert (result, fen) == ("ended", RAISED)
        assert "原金额不是按规则算出的" in reason
        ((result, reason, _fen),) = self.listed(self.ended("E3", persons=2))
        assert (result, reason) == ("ended", "按核定情况应保3人，原决定是2人，请逐户复核")

    def test_who_was_owed_nothing_is_not_listed(self) -> None:
        assert self.listed(self.ended("E1", facts=earning(9000))) == []
        assert self.listed(self.ended("E2", fen=RAISED)) == []

    def test_they_are_no_households_of_the_month_before_and_after(self) -> None:
        self.ended("E1", fen=100_000)
        made = approved(LATE)
        assert (made.households, made.to_review, made.ended, made.before_fen) == (1, 0, 1, AMOUNT)
        assert sum(one.before_fen for one in uprating_sums(made.pk)) == made.before_fen
        assert sum(one.households for one in uprating_villages(made.pk)) == made.households
        assert waiting_for_review(made.pk) == []

    def test_a_family_with_two_decisions_has_its_new_one_on_the_right_line(self) -> None:
        """A document of July has its numbers owed from May on; the family's decision changed on 20 May."""
        old, may = self.ended("E1"), date(2024, 5, 20)
        Decision.objects.filter(pk=old.pk).update(ended_on=may, last_month=date(2024, 5, 1))
        now = stock("E1x")
        with past_walls():
            Decision.objects.filter(pk=now.pk).update(
                household=old.household_id, decided_on=may, first_month=date(2024, 6, 1)
            )
        made = approved(LATE, month=date(2024, 5, 1), since=JULY)
        rows = {row.former: row.decision for row in uprating_lines(made.pk)}
        assert rows["旧E1"] == ""
        assert rows["旧E1x"] == made.decisions.get(household=old.household_id).number

    def test_it_comes_again_until_it_is_clear(self) -> None:
        gone = self.ended("E1", facts={"lacks": ["收入"], "area": "rural"})
        approved(LATE)
        assert len(self.listed(gone)) == 1
        with past_walls():
            Decision.objects.filter(pk=gone.pk).update(facts=family())
        approved(LATE)
        assert self.listed(gone) == []


class TestAhead:
    """A new standard that nobody has carried out is told of in time, with how many families are behind it."""

    def ahead(self, on: date) -> list[tuple[date, date, int]]:
        return [(one.since, one.month, one.households) for one in standards_ahead(on, days=45)]

    def test_before_its_day_and_after_until_everybody_was_taken_there(self) -> None:
        assert self.ahead(date(2024, 5, 10)) == []
        assert self.ahead(date(2024, 5, 20)) == [(JULY, JULY, 1)]
        assert self.ahead(LATE) == [(JULY, JULY, 1)]
        made = prepared()
        assert self.ahead(EARLY) == []
        withdraw_uprating(made.pk, reason="重编", on=EARLY, at=at(EARLY))
        assert self.ahead(EARLY) == [(JULY, JULY, 1)]
        approved()
        assert self.ahead(LATE) == []

    def test_who_came_by_the_old_numbers_since_is_behind(self) -> None:
        approved()
        stock("N1")
        assert self.ahead(LATE) == [(JULY, JULY, 1)]

    def test_who_was_sent_to_review_is_not(self) -> None:
        stock("R1", earning(9000))
        approved()
        assert self.ahead(LATE) == []


def test_a_decision_made_before_explains_itself_by_the_rules_that_it_was_made_by(confirmed: Decision) -> None:
    """Numbers that came into the law since change its hash, and neither the kept rule set nor the answer."""
    before = explain(confirmed.pk)
    kept = confirmed.rule_set
    scheduled("price.least", since=date(2024, 8, 1), value=2_000)
    assert law_of(policy_in_force()).rule_set != kept
    assert archived_law(kept) is not None
    again = explain(confirmed.pk)
    assert again is not None
    assert before is not None
    assert again.monthly_benefit_fen == AMOUNT
    assert [str(reason.zh) for reason in again.reasons] == [reason.zh for reason in before.reasons]
    assert len(again.trace) == len(before.trace)


class TestDelivery:
    def test_a_villages_letters_are_handed_over_together(self) -> None:
        made = approved()
        assert deliver_uprating(made.pk, division=VILLAGE, how="village", on=LATE, at=at(LATE)) == 1

        letter = Letter.objects.get(decision__uprating=made)
        assert (letter.delivered_on, letter.delivered_how, letter.receiver) == (LATE, "village", "王秀英")
        assert Event.objects.filter(action="送达告知书").count() == 1
        with pytest.raises(DecisionRefused, match="没有等送达的提标告知书"):
            deliver_uprating(made.pk, division=VILLAGE, how="village", on=LATE, at=at(LATE))

    def test_what_is_wrong_is_named(self) -> None:
        made = approved()
        with pytest.raises(DecisionRefused, match="不在可选项内"):
            deliver_uprating(made.pk, division=VILLAGE, how="鸽子", on=LATE, at=at(LATE))
        with pytest.raises(DecisionRefused, match="早于告知书日期"):
            deliver_uprating(made.pk, division=VILLAGE, how="home", on=date(2024, 6, 19), at=at(LATE))
        assert Letter.objects.get(decision__uprating=made).delivered_on is None


class TestHands:
    def test_another_officer_approves(self) -> None:
        made = prepared()
        with acting(PREPARER, "360429", EVERY_DUTY), pytest.raises(DecisionRefused, match="应由另一人批准"):
            approve_uprating(made.pk, on=EARLY, at=at(EARLY))

    def test_not_before_it_was_prepared(self) -> None:
        made = prepared()
        with pytest.raises(DecisionRefused, match="早于编制日期"):
            approve_uprating(made.pk, on=date(2024, 6, 19), at=at(EARLY))

    def test_a_township_does_not_do_it(self) -> None:
        with acting("镇经办", "360429100", EVERY_DUTY), pytest.raises(DecisionRefused, match="乡镇不能办"):
            prepare_uprating(JULY, on=EARLY, at=at(EARLY))

    def test_one_at_a_time(self) -> None:
        prepared()
        with pytest.raises(DecisionRefused, match="还没有批准，请先批准或撤回"):
            prepared()

    def test_what_changed_since_is_looked_at_again(self, confirmed: Decision) -> None:
        made = prepared()
        Decision.objects.filter(pk=confirmed.pk).update(ended_on=EARLY, last_month=date(2024, 6, 1))
        with pytest.raises(DecisionRefused, match="有1户的决定有变化，请撤回后重新编制"):
            approve_uprating(made.pk, on=EARLY, at=at(EARLY))
        assert Decision.objects.count() == 1

    def test_withdrawn_it_says_why_and_is_not_approved(self) -> None:
        made = prepared()
        with pytest.raises(DecisionRefused, match="撤回的理由"):
            withdraw_uprating(made.pk, reason=" ", on=EARLY, at=at(EARLY))
        withdraw_uprating(made.pk, reason="名单要重编", on=EARLY, at=at(EARLY))
        with pytest.raises(DecisionRefused, match="已撤回"):
            approve_uprating(made.pk, on=EARLY, at=at(EARLY))
        prepared()

    def test_what_is_not_there_is_refused(self) -> None:
        with pytest.raises(DecisionRefused, match="没有这次提标"):
            approve_uprating(999_999, on=EARLY, at=at(EARLY))


def refused(match: str) -> Any:
    return pytest.raises(IntegrityError, match=match)


class TestWalls:
    def test_no_decision_beside_the_approved_list(self, confirmed: Decision) -> None:
        made = approved()
        new = made.decisions.get()
        with refused("与批准的名单不符"), transaction.atomic():
            Decision.objects.create(number="伪1", **{**fields_of(new), "household_id": stock("F1").household_id})

    def test_what_was_prepared_is_not_rewritten(self) -> None:
        made = prepared()
        with refused("不能改写"), transaction.atomic():
            Uprating.objects.filter(pk=made.pk).update(after_fen=1)
        with pytest.raises(DatabaseError), transaction.atomic():
            UpratingLine.objects.filter(uprating=made).update(amount_fen=RAISED + 100)
        with pytest.raises(DatabaseError), transaction.atomic():
            Uprating.objects.filter(pk=made.pk).delete()

    def test_nobody_is_added_after_the_approval(self, confirmed: Decision) -> None:
        made, other = approved(), stock("F1")
        with refused("不能再加家庭"), transaction.atomic():
            UpratingLine.objects.create(
                uprating=made, former=other, household_id=other.household_id, division=other.division, area="rural",
                result="increase", persons=3, former_fen=1, held_fen=1, amount_fen=2,
            )  # fmt: skip

    def test_approved_without_its_decisions_it_does_not_stand(self) -> None:
        made = prepared()
        with refused("决定的户数和名单不符"), transaction.atomic():
            Uprating.objects.filter(pk=made.pk).update(
                state="approved", approved_on=EARLY, approver=APPROVER, first_month=JULY
            )
            settle()

    def test_it_begins_prepared(self) -> None:
        made = prepared()
        withdraw_uprating(made.pk, reason="重编", on=EARLY, at=at(EARLY))
        copy = {f.attname: getattr(made, f.attname) for f in Uprating._meta.concrete_fields if f.attname != "id"}
        with refused("从编制开始"), transaction.atomic():
            Uprating.objects.create(**{**copy, "state": "approved"})

    @pytest.mark.parametrize(
        ("name", "broken"),
        [
            ("one_open_uprating", {}),
            ("uprating_months_are_first_days", {"effective_month": date(2024, 7, 2), "division": "360430000000"}),
            ("uprating_counts_add_up", {"households": 9, "division": "360430000000"}),
        ],
    )
    def test_an_uprating_keeps_its_promises(self, name: str, broken: dict[str, Any]) -> None:
        made = prepared()
        copy = {f.attname: getattr(made, f.attname) for f in Uprating._meta.concrete_fields if f.attname != "id"}
        with refused(name), past_walls():
            Uprating.objects.create(**{**copy, **broken})

    @pytest.mark.parametrize(
        ("name", "changed"),
        [
            ("uprating_approver_is_another", {"state": "approved", "approver": PREPARER}),
            ("approved_uprating_says_by_whom", {"state": "approved", "approver": ""}),
            ("withdrawn_uprating_says_why", {"state": "withdrawn"}),
        ],
    )
    def test_an_uprating_moves_by_its_promises(self, name: str, changed: dict[str, Any]) -> None:
        made = prepared()
        days = {"approved_on": EARLY, "first_month": JULY} if changed["state"] == "approved" else {}
        with refused(name), transaction.atomic():
            Uprating.objects.filter(pk=made.pk).update(**{**days, **changed})

    @pytest.mark.parametrize(
        ("name", "broken"),
        [
            ("a_decision_once_in_an_uprating", {}),
            ("uprating_result_fits_amounts", {"amount_fen": AMOUNT}),
            ("uprating_result_fits_amounts", {"result": "keep"}),
            ("uprating_result_fits_amounts", {"result": "reduce"}),
            ("uprating_result_fits_amounts", {"result": "ended", "amount_fen": AMOUNT}),
            ("who_goes_to_review_is_told_why", {"result": "review"}),
            ("who_goes_to_review_is_told_why", {"reason": "无故"}),
            ("a_new_amount_is_compared_with_the_former_numbers", {"held_fen": None}),
            ("a_new_amount_is_compared_with_the_former_numbers", {"held_fen": None, "result": "ended"}),
        ],
    )
    def test_a_line_keeps_its_promises(self, name: str, broken: dict[str, Any]) -> None:
        made, other = prepared(), stock("F1")
        line = UpratingLine.objects.get(uprating=made)
        copy = {f.attname: getattr(line, f.attname) for f in UpratingLine._meta.concrete_fields if f.attname != "id"}
        with refused(name), transaction.atomic():
            UpratingLine.objects.create(**{**copy, **({"former_id": other.pk} if broken else {}), **broken})

    @pytest.mark.parametrize(
        ("name", "broken"),
        [
            ("an_uprating_raises_or_lowers", {"cause": "income"}),
            ("an_uprating_raises_or_lowers", {"reckoned_on": None}),
            ("one_decision_of_an_uprating", {}),
            ("legacy_has_act_others_a_case", {"uprating_id": None, "reckoned_on": None}),
        ],
    )
    def test_a_decision_keeps_its_promises(self, name: str, broken: dict[str, Any]) -> None:
        new = approved().decisions.get()
        # decided and ended on one later day: it was never in force and pays nothing
        ended = {"decided_on": LATE, "ended_on": LATE, "last_month": JULY, "first_month": date(2024, 10, 1)}
        with refused(name), past_walls():
            Decision.objects.create(**{**fields_of(new), "number": "伪3", **ended, **broken})


@contextmanager
def past_walls() -> Iterator[None]:
    """As the owner with every trigger off, so that nothing but the table's own promise can refuse."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
            cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = origin")
            cursor.execute(f"SET ROLE {embedded.APP}")


def fields_of(decision: Decision) -> dict[str, Any]:
    """A decision's stored columns, to be entered again under another number."""
    derived = ("id", "in_force", "months", "number")
    return {f.attname: getattr(decision, f.attname) for f in Decision._meta.concrete_fields if f.attname not in derived}
