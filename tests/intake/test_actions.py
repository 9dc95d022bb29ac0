"""受理办理: one open case per household, days in order, every adult signs."""

from datetime import date

import pytest

from opendibao.audit.queries import events_of
from opendibao.intake.actions import (
    IntakeRefused,
    accept_case,
    move_case,
    record_lead,
    sign_consents,
    submit_case,
)  # fmt: skip
from opendibao.intake.ending import withdraw_case
from opendibao.intake.models import Case, Consent
from opendibao.intake.queries import signed
from opendibao.intake.states import CaseState, ForbiddenMove
from opendibao.registry.actions import move_household
from tests.conftest import ActAs
from tests.intake.builders import ACCEPTED, APPLIED, DECLARED, accepted, authorised, submitted
from tests.registry.builders import FAR_VILLAGE, LONER, NEW_YEAR, VILLAGE, at, divisions, household

LATER = date(2024, 3, 8)


@pytest.mark.usefixtures("places")
class TestSubmission:
    def test_a_case_takes_place_and_standard_of_its_day(self) -> None:
        home = household()
        move_household(home, division=VILLAGE, area="urban", address="街1号", on=LATER, at=at(LATER))

        case = submitted(home, on=date(2024, 3, 7))

        assert (case.division, case.area, case.state) == (VILLAGE, "rural", "submitted")
        assert case.declared == DECLARED

    def test_numbers_of_a_year_follow_on_one_another_by_kind(self) -> None:
        first, second = household(), household("999999-00002", LONER)

        numbers = [submitted(first).number, submitted(second, kind="review").number]
        withdraw_case(Case.objects.get(household=first).pk, reason="不再申请", on=LATER, at=at(LATER))
        numbers.append(submitted(first, on=LATER).number)
        withdraw_case(Case.objects.get(household=first, state="submitted").pk, reason="同上", on=LATER, at=at(LATER))
        numbers.append(submitted(first, on=date(2025, 1, 6)).number)

        assert numbers == ["受〔2024〕00001号", "复〔2024〕00001号", "受〔2024〕00002号", "受〔2025〕00001号"]

    def test_a_household_has_one_open_case(self) -> None:
        case = submitted()

        with pytest.raises(IntakeRefused, match="户999999-00001已有未办结的案件受〔2024〕00001号"):
            submitted(case.household_id)

    def test_a_household_without_a_place_that_day_cannot_apply(self) -> None:
        with pytest.raises(IntakeRefused, match="在2024-01-01没有登记住址"):
            submitted(household(), on=date(2024, 1, 1))

    @pytest.mark.parametrize(("kind", "channel"), [("complaint", "counter"), ("application", "pigeon")])
    def test_kind_and_channel_are_of_the_list(self, kind: str, channel: str) -> None:
        with pytest.raises(IntakeRefused, match="不在可选项内"):
            submit_case(household(), kind=kind, channel=channel, declared={}, on=APPLIED, at=at(APPLIED))

    def test_a_lead_that_nobody_knows_leads_nowhere(self) -> None:
        with pytest.raises(IntakeRefused, match="没有这条线索"):
            submit_case(
                household(), kind="application", channel="lead", declared={}, on=APPLIED, at=at(APPLIED), lead_id=99
            )

    def test_a_case_may_come_from_a_lead(self) -> None:
        lead = record_lead(VILLAGE, source="grid", on=NEW_YEAR, at=at(NEW_YEAR), summary="独居老人")

        case = submit_case(
            household(), kind="application", channel="lead", declared={}, on=APPLIED, at=at(APPLIED), lead_id=lead.pk
        )

        lead.refresh_from_db()
        assert case.lead_id == lead.pk
        assert (lead.outcome, lead.contacted_on, lead.household_id) == ("applied", APPLIED, case.household_id)


def test_case_numbers_are_the_countys_though_a_township_sees_only_its_own(act_as: ActAs) -> None:
    with act_as("360429"):
        divisions()
        here, there = household(), household("999999-00002", LONER, division=FAR_VILLAGE)
    with act_as("360429100"):
        first = submitted(here).number
    with act_as("360429101"):
        second = submitted(there).number

    assert (first, second) == ("受〔2024〕00001号", "受〔2024〕00002号")


@pytest.mark.usefixtures("places")
class TestAcceptance:
    def test_the_clock_starts_on_the_day_of_acceptance(self) -> None:
        case = accepted()

        assert (case.state, case.accepted_on) == ("accepted", ACCEPTED)
        assert [event.action for event in events_of(f"案件 {case.number}")] == ["提出申请", "受理", "制作程序文书"]

    def test_nothing_is_accepted_before_it_was_asked_for(self) -> None:
        with pytest.raises(IntakeRefused, match="受理日期2024-02-29早于申请日期2024-03-01"):
            accept_case(submitted().pk, on=date(2024, 2, 29), at=at(ACCEPTED))

    def test_nothing_is_accepted_twice(self) -> None:
        with pytest.raises(ForbiddenMove, match="已受理"):
            accept_case(accepted().pk, on=LATER, at=at(LATER))

    def test_a_withdrawn_case_is_closed_and_makes_room_for_another(self) -> None:
        case = withdraw_case(accepted().pk, reason="已有收入", on=LATER, at=at(LATER))

        assert (case.state, case.closed_on) == ("withdrawn", LATER)
        assert submitted(case.household_id, on=LATER).state == "submitted"

    def test_an_open_state_has_no_closing_day(self) -> None:
        assert move_case(accepted().pk, CaseState.VERIFIED, on=LATER).closed_on is None

    def test_an_unknown_case_is_said_so(self) -> None:
        with pytest.raises(IntakeRefused, match="没有这个案件"):
            accept_case(0, on=ACCEPTED, at=at(ACCEPTED))


@pytest.mark.usefixtures("places")
class TestConsent:
    def test_every_adult_signs_for_what_article_17_names(self) -> None:
        case = accepted()

        signatures = sign_consents(case.pk, on=ACCEPTED, at=at(ACCEPTED))

        assert [consent.person.name for consent in signatures] == ["王秀英", "李建国"]  # 李小红 is nine
        assert signatures[0].valid_until == date(2025, 3, 3)
        assert signatures[0].scope == [
            "户籍", "纳税记录", "社会保险缴纳", "不动产登记", "市场主体登记", "住房公积金缴纳", "车船登记", "银行存款",
            "商业保险", "证券", "互联网金融资产",
        ]  # fmt: skip

    def test_nobody_signs_twice(self) -> None:
        case = authorised()

        assert sign_consents(case.pk, on=LATER, at=at(LATER)) == []
        assert len(signed(case.pk)) == Consent.objects.count() == 2

    def test_after_the_end_nobody_signs(self) -> None:
        case = accepted()
        withdraw_case(case.pk, reason="不再申请", on=LATER, at=at(LATER))

        with pytest.raises(ForbiddenMove, match="已撤回"):
            sign_consents(case.pk, on=LATER, at=at(LATER))
