"""低收入家庭: refused dibao, recognised on the same facts, looked at again, ended; never beside dibao."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from opendibao.audit.models import Event
from opendibao.audit.session import acting, current_session
from opendibao.decision.actions import confirm_case, hold_meeting, post_notice
from opendibao.decision.assessing import answer_on
from opendibao.decision.beyond_queries import candidates, low_income, low_income_count
from opendibao.decision.first_opinion import report_case
from opendibao.decision.low_income import end_low_income, recheck_low_income, recognise_low_income, valid_days
from opendibao.decision.low_income_letter import also_words
from opendibao.decision.models import LowIncomeEntry
from opendibao.decision.refusal import DecisionRefused
from opendibao.intake.actions import accept_case, sign_consents, submit_case
from opendibao.intake.models import Case, CaseLetter
from opendibao.registry.actions import record_death
from opendibao.registry.queries import members_on
from opendibao.verification.actions import record_survey
from tests.decision.beyond import PAY, RECOGNISED, edge_refused, recognised
from tests.decision.builders import HANDS, SURVEYORS, checking, covered, earning, refuse, surveyed
from tests.registry.builders import VILLAGE, at

pytestmark = pytest.mark.usefixtures("places")
# twelve months from 2024-03-20 end on 2025-03-19; thirty days before that is 2025-02-17
UNTIL, RECHECK = date(2025, 3, 19), date(2025, 2, 17)
WORDS = "陈走访、黄走访入户，打工单位出具工资条，情况没有变"


def recognise(case_id: int, on: date = RECOGNISED) -> LowIncomeEntry:
    with checking():
        return recognise_low_income(case_id, on=on, at=at(on))


def recheck(entry: LowIncomeEntry, on: date = RECHECK, words: str = WORDS) -> LowIncomeEntry | None:
    with checking():
        return recheck_low_income(entry.pk, words=words, on=on, at=at(on))


class TestTheStory:
    def test_a_refused_family_waits_to_be_recognised_and_then_stands_in_the_register(self) -> None:
        decision = edge_refused()
        assert [row.decision_id for row in candidates()] == [decision.pk]

        entry = recognise(decision.case_id or 0)

        assert candidates() == []
        assert (entry.kind, entry.persons, entry.number) == ("edge", 3, "低收〔2024〕00001号")
        assert (entry.valid_until, entry.recheck_by) == (UNTIL, RECHECK)
        assert entry.facts["members"] == decision.facts["members"]
        assert "refusal" not in entry.facts
        assert entry.rule_set == decision.rule_set

    def test_the_family_is_told_in_writing_until_when_and_what_else_it_may_ask_for(self) -> None:
        entry = recognised()

        letter = CaseLetter.objects.get(case=entry.case, kind="low_income").text
        for words in ("低收入家庭认定告知书", "认定你家为低保边缘家庭，共3人", "到2025年3月19日为止",
                      "现在没有查到别的项目", "没有按月的低保金", "行政复议"):  # fmt: skip
            assert words in letter
        assert "社会救助法第二十一条" not in letter  # in force from 2026-07-01 only

    def test_the_law_of_2026_offers_it_more(self) -> None:
        said = also_words(answer_on(earning(PAY), date(2026, 7, 15)))
        assert said.startswith("医疗救助（本次结果是低保边缘家庭")
        assert "低保边缘家庭认定" not in said  # it is recognised as that already

    def test_looked_at_again_it_goes_on_anew_by_the_numbers_of_the_day(self) -> None:
        entry = recognised()
        assert low_income_count("recheck", date(2025, 2, 16)) == 0
        assert [row.id for row in low_income("recheck", RECHECK)] == [entry.pk]

        later = recheck(entry)

        assert later is not None
        entry.refresh_from_db()
        assert (entry.ended_on, entry.end_reason) == (RECHECK, "renewed")
        assert (later.former_id, later.recognised_on, later.words) == (entry.pk, RECHECK, WORDS)
        assert low_income_count("recheck", RECHECK) == 0

    def test_an_entry_past_its_days_is_not_in_force_but_waits_to_be_looked_at(self) -> None:
        recognised()
        day = date(2025, 3, 20)
        assert (low_income_count("now", day), low_income_count("recheck", day)) == (0, 1)

    def test_who_applies_again_is_entered_on_the_new_facts(self) -> None:
        entry = recognised()
        day = date(2024, 8, 5)
        case = review_refused(entry.household_id, 2600, day)

        later = recognise(case, day)

        entry.refresh_from_db()
        assert (entry.end_reason, later.former_id) == ("renewed", entry.pk)

    def test_who_comes_into_payment_leaves_the_register(self) -> None:
        entry = recognised()
        day = date(2024, 8, 5)
        case = reported_again(entry.household_id, 1200, day)
        with checking():
            confirm_case(case, on=date(2024, 8, 15), at=at(date(2024, 8, 15)), **HANDS)

        entry.refresh_from_db()
        assert (entry.ended_on, entry.end_reason) == (date(2024, 8, 15), "dibao")


def _applied(home: int, pay: int, on: date) -> int:

    case = submit_case(home, kind="application", channel="counter", declared=earning(pay), on=on, at=at(on))
    accept_case(case.pk, on=on, at=at(on))
    sign_consents(case.pk, on=on, at=at(on))
    record_survey(case.pk, on=on, at=at(on), surveyors=SURVEYORS, respondent="王秀英", found=earning(pay))
    return case.pk


def review_refused(home: int, pay: int, on: date) -> int:
    """The family applies once more and is refused again."""
    case = _applied(home, pay, on)
    refuse(Case.objects.get(pk=case), on)
    return case


def reported_again(home: int, pay: int, on: date) -> int:
    """The family applies once more, now with little; the village votes, the notice hangs, the county has it."""
    case = _applied(home, pay, on)
    hold_meeting(
        VILLAGE, on=on, at=at(on), chair="邓主持", recorder="方记录", villagers=7, party_members=3, cadres=3,
        votes=[(case, 12, 0, 0, 1)],
    )  # fmt: skip
    post_notice(case, on=on, at=at(on))
    ends = date(2024, 8, 12)
    report_case(case, on=ends, at=at(ends))
    return case


class TestRefused:
    def test_without_such_a_decision(self) -> None:
        decision = covered()
        with pytest.raises(DecisionRefused, match="没有按规则认定为低保边缘家庭或刚性支出困难家庭的决定"):
            recognise(decision.case_id or 0, date(2024, 5, 20))

    def test_when_the_rules_said_neither(self) -> None:
        decision = refuse(surveyed(earning(6000)))
        assert decision.outcome == "none"
        with pytest.raises(DecisionRefused, match="没有按规则认定"):
            recognise(decision.case_id or 0)

    def test_twice_for_one_case(self) -> None:
        entry = recognised()
        with pytest.raises(DecisionRefused, match="已认定（低收〔2024〕00001号），请勿重复"):
            recognise(entry.case_id)

    def test_before_the_decision(self) -> None:
        decision = edge_refused()
        with pytest.raises(DecisionRefused, match="早于决定"):
            recognise(decision.case_id or 0, date(2024, 3, 17))

    def test_by_who_surveyed_or_accepted(self) -> None:
        decision = edge_refused()
        with checking(SURVEYORS[0]), pytest.raises(DecisionRefused, match="参加了入户调查"):
            recognise_low_income(decision.case_id or 0, on=RECOGNISED, at=at(RECOGNISED))

    def test_of_another_township(self) -> None:
        entry, now = recognised(), current_session()
        with acting("远审核", "360429101", now.duties), pytest.raises(DecisionRefused, match="不在本人可见的区划内"):
            recheck_low_income(entry.pk, words=WORDS, on=RECHECK, at=at(RECHECK))

    @pytest.mark.parametrize(
        ("on", "words", "said"),
        [
            (RECOGNISED, WORDS, "应晚于认定日期"),
            (RECHECK, " ", "请用200字以内"),
            (RECHECK, "长" * 201, "请用200字以内"),
        ],
    )
    def test_a_recheck_without_its_words_or_day(self, on: date, words: str, said: str) -> None:
        with pytest.raises(DecisionRefused, match=said):
            recheck(recognised(), on, words)

    def test_ended_before_its_days_are_over_or_while_somebody_lives(self) -> None:
        entry = recognised()
        for reason, said in (("expired", "还没有满"), ("death", "仍登记在世"), ("dibao", "不在可选项内")):
            with checking(), pytest.raises(DecisionRefused, match=said):
                end_low_income(entry.pk, reason=reason, on=RECHECK, at=at(RECHECK))


class TestEnded:
    def test_its_days_are_over(self) -> None:
        entry, day = recognised(), date(2025, 3, 20)
        with checking():
            end_low_income(entry.pk, reason="expired", on=day, at=at(day))
        assert [row.end_reason for row in low_income("ended", day)] == ["expired"]
        with checking(), pytest.raises(DecisionRefused, match="已于2025-03-20失效"):
            end_low_income(entry.pk, reason="moved", on=day, at=at(day))

    def test_nobody_lives_any_more(self) -> None:
        entry, died, day = recognised(), date(2024, 6, 3), date(2024, 6, 4)
        for member in members_on(entry.household_id, died):
            record_death(member.person_id, died=died, at=at(day))
        with checking():
            assert end_low_income(entry.pk, reason="death", on=day, at=at(day)).end_reason == "death"

    def test_every_act_stands_in_the_audit_chain(self) -> None:
        entry = recognised()
        recheck(entry)
        said = Event.objects.filter(action__in=["认定低收入家庭", "终止低收入家庭登记"]).order_by("pk")
        assert [event.action for event in said] == ["认定低收入家庭", "终止低收入家庭登记", "认定低收入家庭"]


@pytest.mark.parametrize(
    ("on", "until"),
    [(date(2024, 3, 20), UNTIL), (date(2024, 2, 29), date(2025, 2, 27)), (date(2024, 1, 31), date(2025, 1, 30))],
)
def test_a_year_ends_the_day_before_it_began(on: date, until: date) -> None:
    assert valid_days(VILLAGE, on)[0] == until


COPY = """
INSERT INTO decision_lowincomeentry (number, household_id, case_id, division, area, kind, persons, facts, rule_set,
  recognised_on, recognised_by, former_id, words, valid_until, recheck_by, ended_on, end_reason)
SELECT {number}, household_id, case_id, division, area, {kind}, persons, facts, rule_set, {recognised_on},
  {recognised_by}, former_id, {words}, {valid_until}, {recheck_by}, {ended_on}, {end_reason}
FROM decision_lowincomeentry
"""
SAME = {
    name: name
    for name in ("kind", "recognised_on", "recognised_by", "words", "valid_until", "recheck_by", "ended_on",
                 "end_reason")
} | {"number": "'又一号'"}  # fmt: skip


def copied(**but: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(COPY.format(**{**SAME, **but}))


@pytest.mark.parametrize(
    ("constraint", "but"),
    [
        ("one_low_income_entry_in_force", {}),
        ("low_income_days_in_order", {"recheck_by": "valid_until + 1"}),
        ("low_income_days_in_order", {"recheck_by": "recognised_on"}),
        ("low_income_days_in_order", {"valid_until": "recognised_on", "recheck_by": "recognised_on"}),
        ("low_income_recheck_has_words", {"words": "'无人复查'"}),
        ("low_income_ends_for_a_reason", {"ended_on": "recognised_on"}),
        ("low_income_ends_for_a_reason", {"end_reason": "'moved'"}),
        ("low_income_ends_for_a_reason", {"ended_on": "recognised_on - 1", "end_reason": "'moved'"}),
        ("decision_lowincomeentry_number_key", {"number": "number"}),
    ],
)
def test_the_database_itself_keeps_the_promise(constraint: str, but: dict[str, str]) -> None:
    recognised()
    with pytest.raises(IntegrityError, match=constraint):
        copied(**but)


@pytest.mark.parametrize(
    ("but", "said"),
    [
        ({"kind": "'rigid_expenditure'"}, "没有按规则认定为低收入家庭的决定"),
        ({"recognised_on": "recognised_on - 3"}, "没有按规则认定为低收入家庭的决定"),
        ({"recognised_by": "'陈走访'"}, "受理、调查的人不能认定"),
    ],
)
def test_sql_past_every_action_is_refused_too(but: dict[str, str], said: str) -> None:
    recognised()
    with pytest.raises(IntegrityError, match=said):
        copied(**{"ended_on": "recognised_on", "end_reason": "'moved'", **but})


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE decision_lowincomeentry SET kind = 'rigid_expenditure'",
        "UPDATE decision_lowincomeentry SET valid_until = valid_until + 1",
        "DELETE FROM decision_lowincomeentry",
    ],
)
def test_an_entry_is_never_rewritten(sql: str) -> None:
    recognised()
    with pytest.raises(DatabaseError, match="不能"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_what_ended_stays_ended() -> None:
    recheck(recognised())
    sql = "UPDATE decision_lowincomeentry SET ended_on = NULL, end_reason = '' WHERE ended_on IS NOT NULL"
    with pytest.raises(IntegrityError, match="已经办结"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
