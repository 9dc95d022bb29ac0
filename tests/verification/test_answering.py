"""开始核对: three outcomes and why, consent looked at again, nothing answered twice, late data, many cases at once."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opendibao.audit.queries import events_of
from opendibao.intake.consents import revoke_consent
from opendibao.intake.models import Case, Consent
from opendibao.intake.states import ForbiddenMove
from opendibao.registry.queries import person_id
from opendibao.verification.actions import Answer, file_match_results, request_match
from opendibao.verification.answering import MatchCounts, run_matching
from opendibao.verification.models import HitLink, Link, MatchResult, NotSamePerson
from opendibao.verification.queries import MatchRow, matches_of, open_faults
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.settling import settle_link, undo_settlement
from opendibao.verification.sources import sources_on
from tests.intake.builders import ACCEPTED, ASKED, VISITED, authorised, submitted
from tests.registry.builders import CHILD, FATHER, LONER, MOTHER, MemberEntry, at, household, number
from tests.verification.delivered import delivered, deposit

pytestmark = pytest.mark.usefixtures("places")
LATER = date(2024, 3, 20)


def asked(home: int | None = None) -> Case:
    """A case whose departments were asked on 5 March."""
    case = authorised(home)
    request_match(case.pk, on=ASKED, at=at(ASKED))
    return case


def run(*cases: Case, on: date = VISITED) -> MatchCounts:
    return run_matching([case.pk for case in cases], on=on, at=at(on))


def said(case: Case, who: MemberEntry, source: str = "bank_deposits") -> MatchRow:
    (found,) = [row for row in matches_of(case.pk) if (row.person, row.source) == (who.name, source)]
    return found


class TestOutcomes:
    def test_hit_no_hit_and_not_checked(self) -> None:
        case = asked()
        delivery = delivered("bank_deposits", [deposit(MOTHER), deposit(MOTHER, 200_000, "6217000002")])

        counts = run(case)

        sources = len(sources_on(ASKED))
        assert counts == MatchCounts(1, 3 * sources, hits=1, no_hits=2, unchecked={"no_data": 3 * (sources - 1)})
        hit = said(case, MOTHER)
        assert (hit.outcome, hit.answered_on, hit.begun_on, hit.as_of) == ("hit", VISITED, VISITED, date(2024, 2, 29))
        assert (hit.delivery_id, len(hit.file), hit.expires_on) == (delivery, 12, date(2024, 9, 2))
        row = MatchResult.objects.get(pk=hit.id)
        assert row.detail["property"] == {"financial_assets": {"deposits": "100000"}}
        assert "100,000" in row.detail["found"]
        assert list(HitLink.objects.filter(match=row).values_list("link__row_no", flat=True)) == [2, 3]
        assert (said(case, FATHER).outcome, said(case, CHILD).outcome) == ("no_hit", "no_hit")
        silent = said(case, MOTHER, "vehicles")
        assert (silent.outcome, silent.why, silent.answered_on, silent.begun_on) == (
            "not_checked", "no_data", None, VISITED,
        )  # fmt: skip
        assert events_of(f"案件 {case.number}")[-1].payload == {
            "on": "2024-03-06", "hits": 1, "no_hits": 2, "not_checked": 3 * (sources - 1),
        }  # fmt: skip

    def test_data_of_long_ago_say_nothing(self) -> None:
        """Deposits are fresh for 62 days: data of 29 February until 1 May."""
        case = asked()
        delivered("bank_deposits", [deposit(MOTHER)])

        run(case, on=date(2024, 5, 2))
        assert said(case, MOTHER).why == "stale"
        assert said(case, MOTHER).as_of == date(2024, 2, 29)
        run(case, on=date(2024, 5, 1))
        assert said(case, MOTHER).outcome == "hit"

    def test_who_was_not_on_the_list_is_not_checked(self) -> None:
        case = asked()
        delivered("bank_deposits", [deposit(MOTHER)], list_of=ACCEPTED)
        run(case)
        assert said(case, FATHER).why == "not_covered"

    def test_who_was_on_the_list_is_checked(self) -> None:
        case = asked()
        delivered("bank_deposits", [deposit(MOTHER)], list_of=ASKED, came=VISITED)
        run(case)
        assert (said(case, FATHER).outcome, said(case, MOTHER).outcome) == ("no_hit", "hit")

    def test_a_row_with_nothing_but_the_name_is_no_record_of_nobody(self) -> None:
        case = asked()
        delivered("bank_deposits", [deposit(None, name="李建国"), deposit(MOTHER), deposit(None, name="王秀英")])

        run(case)

        assert (said(case, FATHER).outcome, said(case, FATHER).why) == ("not_checked", "no_key")
        assert said(case, MOTHER).outcome == "hit"
        assert said(case, CHILD).outcome == "no_hit"

    def test_a_row_that_was_sent_back_may_be_his(self) -> None:
        case = asked()
        delivered("bank_deposits", [deposit(MOTHER)], rejected=[deposit(FATHER, balance="十万")])

        run(case)

        assert (said(case, FATHER).outcome, said(case, FATHER).why) == ("not_checked", "returned")

    def test_a_closed_account_bears_on_nothing(self) -> None:
        case = asked()
        delivered("bank_deposits", [deposit(MOTHER, closed_on="2024-01-10")])
        run(case)
        assert said(case, MOTHER).outcome == "no_hit"

    def test_who_took_his_consent_back_is_not_looked_for(self) -> None:
        case = asked()
        delivered("bank_deposits", [deposit(FATHER), deposit(CHILD)])
        revoke_consent(Consent.objects.get(case=case, person=person_id(FATHER.id_number)).pk, reason="不同意了",
                       on=VISITED, at=at(VISITED))  # fmt: skip

        counts = run(case)

        assert (said(case, FATHER).outcome, said(case, FATHER).why) == ("not_checked", "no_consent")
        assert said(case, CHILD).outcome == "hit"  # his mother's signature still serves
        assert counts.unchecked["no_consent"] == len(sources_on(ASKED))
        assert not Link.objects.filter(person__name="李建国").exists()


class TestDoubtful:
    def doubtful(self) -> tuple[Case, int]:
        case = asked()
        delivered("bank_deposits", [deposit(FATHER, name="赵大海")])
        run(case)
        return case, Link.objects.get().pk

    def test_the_case_waits_and_the_settled_row_is_a_hit(self) -> None:
        case, link = self.doubtful()
        assert said(case, FATHER).why == "doubtful"
        assert open_faults(case.pk) == "还有1条记录没有认定是不是本人，请县里先认定（57号第十七条）"

        settle_link(link, is_same=True, note="曾用名，有户口簿", on=VISITED, at=at(VISITED))
        run(case)

        assert said(case, FATHER).outcome == "hit"
        assert open_faults(case.pk) == "还有1条核到的信息没有处置，请先逐条处置"
        with pytest.raises(VerificationRefused, match="已经照这个认定出了核对结果"):
            undo_settlement(link, on=VISITED, at=at(VISITED))

    def test_not_his_is_no_hit_and_may_be_taken_back(self) -> None:
        case, link = self.doubtful()
        settle_link(link, is_same=False, note="派出所查无此名", on=VISITED, at=at(VISITED))
        run(case)
        assert said(case, FATHER).outcome == "no_hit"
        assert open_faults(case.pk) == ""

        undo_settlement(link, on=VISITED, at=at(VISITED))

        assert (said(case, FATHER).outcome, said(case, FATHER).why) == ("not_checked", "doubtful")
        assert NotSamePerson.objects.get().taken_back_on == VISITED


class TestRunningAgain:
    def test_late_data_answer_what_was_open_and_nothing_else(self) -> None:
        case = asked()
        delivered("bank_deposits", [deposit(MOTHER)])
        run(case)
        delivered("bank_deposits", [deposit(FATHER)], as_of=date(2024, 3, 10), came=date(2024, 3, 12))
        delivered("vehicles", [], as_of=date(2024, 3, 10), came=date(2024, 3, 12))

        counts = run(case, on=LATER)

        assert (counts.hits, counts.no_hits) == (0, 3)
        assert (said(case, MOTHER).answered_on, said(case, FATHER).outcome) == (VISITED, "no_hit")
        late = said(case, MOTHER, "vehicles")
        assert (late.outcome, late.answered_on, late.begun_on) == ("no_hit", LATER, VISITED)

    def test_what_was_entered_from_paper_stays(self) -> None:
        case = asked()
        paper = Answer(person_id(MOTHER.id_number), "bank_deposits", "no_hit")
        file_match_results(case.pk, [paper], requested_on=ASKED, answered_on=ASKED, at=at(ASKED))
        delivered("bank_deposits", [deposit(MOTHER)])

        run(case)

        assert (said(case, MOTHER).outcome, said(case, MOTHER).delivery_id) == ("no_hit", None)

    def test_nothing_is_open(self) -> None:
        assert run(authorised()) == MatchCounts(cases=1)

    def test_a_case_that_cannot_be_matched_stops_all(self) -> None:
        case = asked()
        delivered("bank_deposits", [deposit(MOTHER)])
        other = submitted(household("999999-00002", LONER))

        with pytest.raises(ForbiddenMove, match="现在是“已申请”，受理后、办结前才能核对，请去掉这一件"):
            run(case, other)
        with pytest.raises(VerificationRefused, match="有案件不存在"):
            run_matching([case.pk, 0], on=VISITED, at=at(VISITED))
        assert said(case, MOTHER).begun_on is None


def test_many_cases_take_no_more_questions_to_the_database_than_one() -> None:
    def family(place: int) -> Case:
        head = MemberEntry(number(date(1960, 1, 1 + place), 21), "独居" + "甲乙丙丁戊己庚辛"[place], "head")
        return asked(household(f"999999-000{20 + place}", head))

    delivered("bank_deposits", [deposit(MOTHER)])
    run(family(0))  # what is read once a process is read
    case, cases = family(1), [family(place) for place in range(2, 8)]
    with CaptureQueriesContext(connection) as few:
        run(case)
    with CaptureQueriesContext(connection) as many:
        run(*cases)
    assert len(many) == len(few)
