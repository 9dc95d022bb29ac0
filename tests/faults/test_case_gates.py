"""程序的关口: what a decision still lacks, whose hand it may not be, and what was said once, by plain SQL."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from tests.faults.promises import insert

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
APPLIED, SURVEYED, POSTED, ENDS = date(2024, 3, 1), date(2024, 3, 6), date(2024, 3, 11), date(2024, 3, 17)
DECIDED, HEARD_FROM = date(2024, 3, 18), date(2026, 7, 1)
LONG_AGO = date(2023, 5, 10)
Row = dict[str, Any]


@pytest.fixture(autouse=True)
def _nothing_stays() -> Iterator[None]:
    """What a row points to need not exist, for it is gone before anybody asks."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def run(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def add(model: str, **given: Any) -> int:
    """One row by SQL; its id."""
    with transaction.atomic(), connection.cursor() as cursor:
        insert(model, given)
        cursor.execute(f"SELECT max(id) FROM {apps.get_model(model)._meta.db_table}")
        return int(cursor.fetchone()[0])


def an_accepted_case(gates: str = "{}", number: str = "案1", **given: Any) -> int:
    """A case of household 1, accepted under a procedure that asks something."""
    row: Row = {"household": 1, "state": "reported", "applied_on": APPLIED, "accepted_on": APPLIED}
    row |= {"accepted_by": "王经办", "procedure": "试行程序", "gates": gates, "number": number}
    return add("intake.Case", **(row | given))


def visited(case: int, on: date = SURVEYED, sequence: int = 1, **given: Any) -> None:
    row: Row = {"first_surveyor": "陈走访", "second_surveyor": "黄走访", "entered_by": "陈走访", "surveyed_on": on}
    add("verification.Survey", case=case, sequence=sequence, **(row | given))


def posted(case: int, sequence: int = 1) -> int:
    return add("decision.PublicNotice", case=case, sequence=sequence, posted_on=POSTED, ends_on=ENDS)


def voted(case: int, on: date = SURVEYED, *, is_contested: bool = False) -> int:
    meeting = add("decision.ReviewMeeting", villagers=7, party_members=3, cadres=3, township=0, held_on=on)
    add("decision.ReviewVote", meeting=meeting, case=case, issued=13, votes_for=12, votes_against=0, spoiled=0,
        not_returned=1, recused="{}", is_contested=is_contested)  # fmt: skip
    return meeting


def objected(case: int, outcome: str) -> None:
    row: Row = {"settled_on": date(2024, 3, 14), "outcome": outcome, "answer": "已答复", "settled_by": "王经办"}
    add("decision.Objection", notice=posted(case, sequence=2), case=case, received_on=POSTED, **row)


def decide(case: int, kind: str = "confirm", on: date = DECIDED, **given: Any) -> int:
    """A decision by SQL: what an intruder, or a faulty program, would write."""
    is_granting = kind not in ("stop", "refuse")
    row: Row = {"number": "决1", "household": 1, "case": case, "opening_act": None, "kind": kind, "decided_on": on}
    row |= {"cause": "application", "maker": "周编制", "approver": "李审核", "persons": 3 * is_granting}
    row |= {"amount_fen": 62_000 * is_granting, "supplement_fen": 0, "gap_fen": 0}
    row |= {"first_month": date(on.year, on.month + 1, 1) if is_granting else None, "ended_on": None}
    return add("decision.Decision", **(row | given))


def covered(household: int = 1, *, ended_on: date | None = None, act: int = 1, number: str = "旧1") -> int:
    """An old decision of the opening stock, in force until `ended_on`."""
    row: Row = {"kind": "legacy", "cause": "opening", "opening_act": act, "maker": "甲", "approver": "乙", "persons": 3}
    row |= {"amount_fen": 62_000, "supplement_fen": 0, "gap_fen": 0, "decided_on": LONG_AGO, "ended_on": ended_on}
    row |= {"first_month": date(2023, 6, 1), "last_month": ended_on and ended_on.replace(day=1)}
    return add("decision.Decision", number=number, household=household, **row)


def ready(gates: str = "{}") -> int:
    """A case with everything that every procedure asks: survey and a notice that has run out."""
    case = an_accepted_case(gates)
    visited(case)
    posted(case)
    return case


class TestWhatTheProcedureOfACaseAsks:
    def test_nothing_more_than_asked(self) -> None:
        assert decide(ready('{"democratic_review": "ON_OBJECTION", "confirming_authority": "township"}'))

    def test_a_vote_where_every_case_is_voted_on(self) -> None:
        case = ready('{"democratic_review": "ALWAYS"}')

        with pytest.raises(IntegrityError, match="没有民主评议"):
            decide(case)

        voted(case)
        assert decide(case)

    def test_a_vote_that_nobody_contests(self) -> None:
        case = ready('{"democratic_review": "ALWAYS"}')
        voted(case, is_contested=True)

        with pytest.raises(IntegrityError, match="没有民主评议"):
            decide(case)

    @pytest.mark.parametrize("reported_on", [None, date(2024, 3, 19)])
    def test_the_report_of_the_township_where_the_county_confirms(self, reported_on: date | None) -> None:
        case = ready('{"confirming_authority": "county"}')
        opinion: Row = {"view": "grant", "persons": 3, "proposed_fen": 62_000, "given_on": SURVEYED}
        add("decision.FirstOpinion", case=case, reported_on=reported_on, **opinion)

        with pytest.raises(IntegrityError, match="还没有提出初审意见并报县"):
            decide(case)

        add("decision.FirstOpinion", case=case, sequence=2, reported_on=DECIDED, **opinion)
        assert decide(case)

    @pytest.mark.parametrize("visited_on", [None, date(2024, 3, 19)])
    def test_the_visit_of_the_county_to_a_relative_of_an_official(self, visited_on: date | None) -> None:
        case = ready('{"democratic_review": "ON_OBJECTION"}')
        add("intake.OfficialRelative", case=case)
        visit: Row = {"case": case, "first_visitor": "甲", "second_visitor": "乙"}
        if visited_on:
            add("decision.CountyVisit", visited_on=visited_on, **visit)

        with pytest.raises(IntegrityError, match="县民政局还没有入户核查"):
            decide(case)

        add("decision.CountyVisit", visited_on=DECIDED, **visit)
        assert decide(case)

    def test_a_new_survey_where_an_objection_led_to_one(self) -> None:
        case = ready('{"democratic_review": "ON_OBJECTION"}')
        objected(case, "survey")

        with pytest.raises(IntegrityError, match="还没有新的入户调查"):
            decide(case)

        visited(case, date(2024, 3, 15), sequence=2)
        assert decide(case)

    def test_a_new_vote_where_an_objection_led_to_one(self) -> None:
        case = ready('{"democratic_review": "ALWAYS"}')
        voted(case)
        objected(case, "review")

        with pytest.raises(IntegrityError, match="还没有新的评议"):
            decide(case)

        voted(case, date(2024, 3, 15))
        assert decide(case)

    def test_a_groundless_objection_asks_for_nothing_new(self) -> None:
        case = ready('{"democratic_review": "ON_OBJECTION"}')
        objected(case, "groundless")

        assert decide(case)

    def test_it_stays_with_the_case(self) -> None:
        case = an_accepted_case('{"democratic_review": "ALWAYS"}')

        for change in ("gates = '{}'", "procedure = '别的程序'", "procedure = '', gates = '{}'"):
            with pytest.raises(IntegrityError, match="程序不能改换"):
                run(f"UPDATE intake_case SET {change} WHERE id = %s", case)

    @pytest.mark.parametrize(
        "change", ["accepted_on = NULL", "accepted_on = '2024-03-02'", "household_id = 2", "accepted_by = '别人'"]
    )
    def test_an_accepted_case_keeps_its_day_and_its_family(self, change: str) -> None:
        with pytest.raises(IntegrityError, match="受理日期、受理人和家庭不能改换"):
            run(f"UPDATE intake_case SET {change} WHERE id = %s", an_accepted_case())


class TestWhoseHandsMayNotMeet:
    @pytest.mark.parametrize("approver", ["王经办", "陈走访", "黄走访", "录入员"])
    def test_who_accepted_surveyed_or_typed_does_not_approve(self, approver: str) -> None:
        case = an_accepted_case()
        visited(case, entered_by="录入员")
        posted(case)

        with pytest.raises(IntegrityError, match="受理、调查的人不能审核确认"):
            decide(case, approver=approver)

    def test_a_surveyor_of_an_earlier_visit_does_not_approve_either(self) -> None:
        case = ready()
        visited(case, date(2024, 3, 15), sequence=2, first_surveyor="吴", second_surveyor="徐", entered_by="吴")

        with pytest.raises(IntegrityError, match="受理、调查的人不能审核确认"):
            decide(case, approver="黄走访")


class TestNobodyEntersUnderAnotherName:
    """57号 第二十八条: a change is a change of something that was confirmed."""

    @pytest.mark.parametrize("kind", ["increase", "reduce", "grace"])
    def test_a_change_of_nothing(self, kind: str) -> None:
        with pytest.raises(IntegrityError, match="没有在保的决定"):
            decide(ready(), kind, cause="income")

    def test_a_change_of_what_ended_before(self) -> None:
        covered(ended_on=date(2024, 3, 17))

        with pytest.raises(IntegrityError, match="没有在保的决定"):
            decide(ready(), "increase", cause="income")

    def test_a_change_on_the_day_on_which_the_former_ends(self) -> None:
        covered(ended_on=DECIDED)

        assert decide(ready(), "increase", cause="income")

    def test_a_change_that_nobody_surveyed(self) -> None:
        covered(ended_on=DECIDED)

        with pytest.raises(IntegrityError, match="没有入户调查"):
            decide(an_accepted_case(), "increase", cause="income")


class TestTheOpeningActInventsNone:
    def test_as_many_households_as_it_attests(self) -> None:
        act = add("decision.OpeningAct", households=2, second_officer="乙")
        covered(1, act=act)
        covered(2, act=act, number="旧2")

        with pytest.raises(IntegrityError, match="存量建账确认书没有这么多户"):
            covered(3, act=act, number="旧3")

    def test_who_left_makes_no_room_for_another(self) -> None:
        act = add("decision.OpeningAct", households=1, second_officer="乙")
        covered(1, act=act, ended_on=DECIDED)

        with pytest.raises(IntegrityError, match="存量建账确认书没有这么多户"):
            covered(2, act=act, number="旧2")


class TestHeardBeforeLess:
    """社会救助法 第四十八条, from 2026-07-01."""

    @pytest.mark.parametrize("kind", ["reduce", "stop", "grace"])
    def test_not_without_a_hearing(self, kind: str) -> None:
        covered(ended_on=HEARD_FROM)

        with pytest.raises(IntegrityError, match="没有听取家庭意见"):
            decide(ready(), kind, HEARD_FROM, cause="income")

    @pytest.mark.parametrize("kind", ["reduce", "stop", "grace"])
    def test_not_before_it_took_place(self, kind: str) -> None:
        covered(ended_on=HEARD_FROM)
        case = ready()
        self._hear(case, date(2026, 7, 2))

        with pytest.raises(IntegrityError, match="没有听取家庭意见"):
            decide(case, kind, HEARD_FROM, cause="income")

    @pytest.mark.parametrize("kind", ["reduce", "stop", "grace"])
    def test_after_it(self, kind: str) -> None:
        covered(ended_on=HEARD_FROM)
        case = ready()
        self._hear(case, HEARD_FROM)

        assert decide(case, kind, HEARD_FROM, cause="income")

    @pytest.mark.parametrize(
        ("on", "cause"),
        [(date(2026, 6, 30), "income"), (HEARD_FROM, "death"), (HEARD_FROM, "voluntary")],
    )
    def test_not_asked_before_the_law_nor_of_the_dead_or_those_who_leave(self, on: date, cause: str) -> None:
        covered(ended_on=on)

        assert decide(ready(), "stop", on, cause=cause)

    def _hear(self, case: int, on: date) -> None:
        add("decision.Hearing", case=case, told_on=date(2026, 6, 20), heard_on=on, way="meeting", words="我们不同意",
            considered="不采纳", heard_by="王经办")  # fmt: skip


class TestBallots:
    BALLOTS = {"votes_for": 12, "votes_against": 0, "spoiled": 0, "not_returned": 1, "recused": "{}", "issued": 13}

    @pytest.mark.parametrize(
        "more",
        [{"issued": 14, "votes_for": 13}, {"recused": "{吴代表}"}],
        ids=["one each of those present", "none for who is recused"],
    )
    def test_not_more_than_those_present_who_stay(self, more: Row) -> None:
        case = an_accepted_case()
        meeting = add("decision.ReviewMeeting", villagers=7, party_members=3, cadres=3, township=0)
        add("decision.ReviewVote", meeting=meeting, case=case, **self.BALLOTS)

        with pytest.raises(IntegrityError, match="发出的票多于到会而不回避的人数"):
            add("decision.ReviewVote", meeting=meeting, case=case + 1, **(self.BALLOTS | more))

    @pytest.mark.parametrize("change", ["votes_for = 11, spoiled = 1", "facts_read = NOT facts_read"])
    def test_what_was_cast_stays(self, change: str) -> None:
        voted(an_accepted_case())

        with pytest.raises(IntegrityError, match="内容不能改写"):
            run(f"UPDATE decision_reviewvote SET {change}")

    @pytest.mark.parametrize("change", ["held_on = held_on - 1", "villagers = 6", "chair = '别人'"])
    def test_who_met_and_when_stays(self, change: str) -> None:
        voted(an_accepted_case())

        with pytest.raises(IntegrityError, match="内容不能改写"):
            run(f"UPDATE decision_reviewmeeting SET {change}")


class TestSaidOnce:
    def test_what_came_of_an_objection(self) -> None:
        objected(an_accepted_case(), "groundless")

        with pytest.raises(IntegrityError, match="已经办结的记录不能改写"):
            run("UPDATE decision_objection SET answer = '另一个答复'")

    def test_an_opinion_that_the_county_has(self) -> None:
        add("decision.FirstOpinion", case=an_accepted_case(), view="refuse", proposed_fen=0,
            given_on=SURVEYED, reported_on=DECIDED)  # fmt: skip

        with pytest.raises(IntegrityError, match="已经办结的记录不能改写"):
            run("UPDATE decision_firstopinion SET reason = '补一个理由'")

    def test_what_the_family_said(self) -> None:
        TestHeardBeforeLess()._hear(an_accepted_case(), HEARD_FROM)

        with pytest.raises(IntegrityError, match="已经办结的记录不能改写"):
            run("UPDATE decision_hearing SET words = '我们同意'")

    def test_a_notice_that_was_taken_down(self) -> None:
        notice = posted(an_accepted_case())
        run("UPDATE decision_publicnotice SET taken_down_on = %s WHERE id = %s", DECIDED, notice)

        with pytest.raises(IntegrityError, match="已经办结的记录不能改写"):
            run("UPDATE decision_publicnotice SET taken_down_on = NULL WHERE id = %s", notice)

    @pytest.mark.parametrize("change", ["ends_on = ends_on + 1", "posted_on = posted_on - 9", "proposed_fen = 9"])
    def test_what_was_posted(self, change: str) -> None:
        posted(an_accepted_case())

        with pytest.raises(IntegrityError, match="内容不能改写"):
            run(f"UPDATE decision_publicnotice SET {change}")


VOID = "UPDATE decision_decision SET voided_on = '2024-03-19', void_reason = '金额录错', ended_on = decided_on"
NEVER_PAID = f"{VOID}, last_month = first_month - interval '1 month'"


class TestVoiding:
    def test_before_anybody_was_told_it_was_never_in_force(self) -> None:
        decision = decide(ready())
        run(NEVER_PAID)

        with connection.cursor() as cursor:
            cursor.execute("SELECT isempty(in_force), isempty(months) FROM decision_decision WHERE id = %s", [decision])
            assert cursor.fetchone() == (True, True)

    def test_not_while_it_would_still_pay(self) -> None:
        decide(ready())

        with pytest.raises(IntegrityError, match="撤销的决定不能再发放"):
            run(VOID)

    def test_not_twice(self) -> None:
        decide(ready())
        run(NEVER_PAID)

        with pytest.raises(IntegrityError, match="决定不能改写"):
            run("UPDATE decision_decision SET void_reason = '又一个理由'")

    def test_not_after_the_family_has_its_letter(self) -> None:
        add("decision.Letter", decision=decide(ready()), sent_on=DECIDED, delivered_on=DECIDED,
            delivered_how="counter", receiver="王秀英")  # fmt: skip

        with pytest.raises(IntegrityError, match="已经送达或上报"):
            run(NEVER_PAID)

    def test_not_after_it_was_reported_upwards(self) -> None:
        add("decision.OutboxEvent", decision=decide(ready()), sent_on=DECIDED)

        with pytest.raises(IntegrityError, match="已经送达或上报"):
            run(NEVER_PAID)

    def test_not_after_a_pay_run_has_it(self) -> None:
        decision = decide(ready())
        run_id = add("payment.PayRun", month=date(2024, 4, 1), state="computed")
        add("payment.PayLine", run=run_id, household=1, decision=decision, month=date(2024, 4, 1), kind="regular",
            persons=3, amount_fen=62_000, supplement_fen=0)  # fmt: skip

        with pytest.raises(IntegrityError, match="已编入发放名册"):
            run(NEVER_PAID)
