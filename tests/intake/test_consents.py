"""核对授权: each adult signs for himself, it ends, it is taken back; a duty-bearer outside the family agrees apart."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from opendibao.audit.queries import events_of
from opendibao.intake.actions import sign_consents, submit_case
from opendibao.intake.consent_queries import (
    consent_ends,
    consents_in_force,
    consents_of,
    unsigned_adults,
)
from opendibao.intake.consents import revoke_consent, sign_consent, sign_supporter_consent
from opendibao.intake.ending import withdraw_case
from opendibao.intake.models import Case, Consent
from opendibao.intake.refusal import IntakeRefused
from opendibao.intake.states import ForbiddenMove
from tests.intake.builders import ACCEPTED, APPLIED, authorised, submitted
from tests.registry.builders import COUNTY, at, household

LATER, NEW_LAW = date(2024, 3, 8), date(2026, 7, 1)


def adults(case: Case) -> dict[str, int]:
    return {one.name: one.person_id for one in unsigned_adults(case.pk, case.household_id, case.division, APPLIED)}


def signs(case: Case, name: str, *, on: date = APPLIED) -> Consent:
    return sign_consent(case.pk, person_id=adults(case)[name], on=on, at=at(on))


@pytest.mark.usefixtures("places")
class TestSigning:
    def test_one_signs_for_himself_and_for_nobody_else(self) -> None:
        case = submitted()

        mother = signs(case, "王秀英")

        assert consents_in_force(case.pk, APPLIED) == {mother.person_id}
        assert set(adults(case)) == {"李建国"}  # his daughter is nine
        assert (mother.signer, mother.valid_until) == ("王秀英", date(2025, 2, 28))

    def test_an_authorisation_in_force_is_not_signed_twice(self) -> None:
        case = submitted()
        person = signs(case, "王秀英").person_id

        with pytest.raises(IntakeRefused, match="王秀英已于2024-03-01签过授权书，现在有效"):
            sign_consent(case.pk, person_id=person, on=LATER, at=at(LATER))  # type: ignore[arg-type]

    def test_a_child_or_a_stranger_does_not_sign(self) -> None:
        case = submitted()

        with pytest.raises(IntakeRefused, match="不是这一户2024-03-01的成年成员"):
            sign_consent(case.pk, person_id=999999, on=APPLIED, at=at(APPLIED))

    def test_nobody_signs_before_the_application_or_after_its_end(self) -> None:
        case = submitted()
        with pytest.raises(IntakeRefused, match="签字日期2024-02-01早于申请日期"):
            signs(case, "王秀英", on=date(2024, 2, 1))
        person = adults(case)["王秀英"]
        withdraw_case(case.pk, reason="不再申请", on=LATER, at=at(LATER))

        with pytest.raises(ForbiddenMove, match="已撤回"):
            sign_consent(case.pk, person_id=person, on=LATER, at=at(LATER))

    def test_a_paper_of_another_case_is_not_taken(self) -> None:
        case = submitted()

        with pytest.raises(IntakeRefused, match="没有这张授权书照片"):
            sign_consent(case.pk, person_id=adults(case)["王秀英"], on=APPLIED, at=at(APPLIED), paper_id=1)

    @pytest.mark.parametrize(
        ("signed", "ends"),
        [
            (date(2024, 3, 1), date(2025, 2, 28)),
            (date(2024, 2, 29), date(2025, 2, 27)),
            (date(2023, 2, 28), date(2024, 2, 27)),
            (date(2024, 12, 31), date(2025, 12, 30)),
        ],
    )
    def test_it_holds_a_year(self, signed: date, ends: date) -> None:
        assert consent_ends(COUNTY, signed) == ends


@pytest.mark.usefixtures("places")
class TestEnding:
    def test_after_its_last_day_nobody_may_be_asked_about(self) -> None:
        case = authorised()

        assert len(consents_in_force(case.pk, date(2025, 3, 3))) == 2
        assert consents_in_force(case.pk, date(2025, 3, 4)) == frozenset()
        assert consents_in_force(case.pk, date(2024, 3, 3)) == frozenset()  # nor before it was signed

    def test_what_is_taken_back_ends_that_day_and_may_be_signed_anew(self) -> None:
        case = submitted()
        consent = signs(case, "王秀英")
        revoke_consent(consent.pk, reason="不想查了", on=LATER, at=at(LATER))

        assert consents_in_force(case.pk, date(2024, 3, 7)) == {consent.person_id}
        assert consents_in_force(case.pk, LATER) == frozenset()

        sign_consent(case.pk, person_id=consent.person_id or 0, on=date(2024, 3, 11), at=at(date(2024, 3, 11)))
        (row,) = consents_of(case.pk)
        last = events_of(f"案件 {case.number}")[-1].payload

        assert (row.signed_on, row.revoked_on) == (date(2024, 3, 11), None)
        assert last["before"] == "2024-03-01至2024-03-08"

    def test_signing_them_all_leaves_alone_who_took_his_word_back(self) -> None:
        case = submitted()
        revoke_consent(signs(case, "王秀英").pk, reason="不想查了", on=LATER, at=at(LATER))

        fresh = sign_consents(case.pk, on=LATER, at=at(LATER))

        assert [one.signer for one in fresh] == ["李建国"]
        assert {one.name for one in unsigned_adults(case.pk, case.household_id, case.division, LATER)} == {"王秀英"}

    @pytest.mark.parametrize(
        ("on", "reason", "said"),
        [
            (date(2024, 2, 1), "不想查了", "撤回日期2024-02-01早于签字日期"),
            (LATER, " ", "写明撤回的原因"),
            (LATER, "长" * 121, "写明撤回的原因"),
        ],
    )
    def test_a_revocation_has_its_day_and_reason(self, on: date, reason: str, said: str) -> None:
        consent = signs(submitted(), "王秀英")

        with pytest.raises(IntakeRefused, match=said):
            revoke_consent(consent.pk, reason=reason, on=on, at=at(LATER))

    def test_nothing_is_taken_back_twice_or_where_it_is_not(self) -> None:
        consent = signs(submitted(), "王秀英")
        revoke_consent(consent.pk, reason="不想查了", on=LATER, at=at(LATER))

        with pytest.raises(IntakeRefused, match="已于2024-03-08撤回"):
            revoke_consent(consent.pk, reason="不想查了", on=LATER, at=at(LATER))
        with pytest.raises(IntakeRefused, match="没有这份授权书"):
            revoke_consent(0, reason="不想查了", on=LATER, at=at(LATER))


def application(on: date) -> Case:
    return submit_case(
        household(on=date(2026, 1, 5)), kind="application", channel="counter", declared={}, on=on, at=at(on)
    )


@pytest.mark.usefixtures("places")
class TestSupporter:
    """社会救助法 第四十一条, in force from 2026-07-01."""

    def test_he_agrees_apart_from_the_family_for_what_the_new_law_names(self) -> None:
        case = application(NEW_LAW)

        made = sign_supporter_consent(case.pk, signer=" 李大 ", on=NEW_LAW, at=at(NEW_LAW))

        assert [one.signer for one in consents_of(case.pk) if one.is_in_force(NEW_LAW)] == ["李大"]
        assert consents_in_force(case.pk, NEW_LAW) == frozenset()  # the family signs for itself
        assert (made.person_id, made.scope[-1]) == (None, "非银行支付账户")

    def test_before_the_law_there_is_nothing_to_sign(self) -> None:
        with pytest.raises(IntakeRefused, match="2026-06-30还没有规定"):
            sign_supporter_consent(
                application(date(2026, 6, 30)).pk, signer="李大", on=date(2026, 6, 30), at=at(NEW_LAW)
            )

    def test_one_agrees_once(self) -> None:
        case = application(NEW_LAW)
        sign_supporter_consent(case.pk, signer="李大", on=NEW_LAW, at=at(NEW_LAW))

        with pytest.raises(IntakeRefused, match="李大已于2026-07-01签过"):
            sign_supporter_consent(case.pk, signer="李大", on=NEW_LAW, at=at(NEW_LAW))
        with pytest.raises(IntegrityError, match="one_consent_per_supporter_and_case"), transaction.atomic():
            Consent.objects.create(
                case=case, division=case.division, signer="李大", role="supporter", signed_on=NEW_LAW, scope=["户籍"]
            )

    @pytest.mark.parametrize("name", ["", "  ", "长" * 61])
    def test_he_has_a_name(self, name: str) -> None:
        with pytest.raises(IntakeRefused, match="写明签字的义务人"):
            sign_supporter_consent(application(NEW_LAW).pk, signer=name, on=NEW_LAW, at=at(NEW_LAW))


@pytest.mark.usefixtures("places")
def test_the_table_refuses_a_consent_that_ends_before_it_begins() -> None:
    consent = signs(submitted(), "王秀英")
    consent.revoked_on = date(2024, 2, 1)

    with pytest.raises(IntegrityError, match="a_consent_ends_after_it_begins"), transaction.atomic():
        consent.save()


@pytest.mark.usefixtures("places")
def test_the_table_refuses_a_consent_of_nobody() -> None:
    case = submitted()

    with pytest.raises(IntegrityError, match="a_consent_has_its_signer"), transaction.atomic():
        Consent.objects.create(case=case, division=case.division, role="supporter", signed_on=ACCEPTED, scope=["户籍"])
