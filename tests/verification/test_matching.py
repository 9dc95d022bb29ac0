"""提请核对: every department is asked about everybody who signed; answers come in one by one, silence stays silence."""

from datetime import date

import pytest

from opendibao.intake.actions import NoConsent
from opendibao.intake.consents import revoke_consent
from opendibao.intake.models import Consent
from opendibao.intake.states import ForbiddenMove
from opendibao.registry.queries import person_id
from opendibao.verification.actions import Answer, VerificationRefused, file_match_results, request_match
from opendibao.verification.queries import matches_of
from opendibao.verification.sources import sources_on
from tests.intake.builders import ACCEPTED, ASKED, VISITED, accepted, authorised, submitted
from tests.registry.builders import CHILD, FATHER, LONER, MOTHER, at, household

pytestmark = pytest.mark.usefixtures("places")
WIFE = MOTHER.id_number


def no_hit(id_number: str = WIFE, source: str = "tax") -> Answer:
    return Answer(person_id(id_number), source, "no_hit")


def test_everybody_is_asked_about_everywhere_and_the_day_is_kept() -> None:
    case = authorised()

    assert request_match(case.pk, on=ASKED, at=at(ASKED)) == 3 * len(sources_on(ASKED)) == 42

    asked = matches_of(case.pk)
    assert {(row.person, row.source) for row in asked} == {
        (member.name, source) for member in (MOTHER, FATHER, CHILD) for source in sources_on(ASKED)
    }
    assert {(row.requested_on, row.answered_on, row.outcome) for row in asked} == {(ASKED, None, "not_checked")}


def test_an_answer_keeps_the_day_of_the_question() -> None:
    case = authorised()
    request_match(case.pk, on=ASKED, at=at(ASKED))

    file_match_results(case.pk, [no_hit()], requested_on=VISITED, answered_on=VISITED, at=at(VISITED))

    (row,) = [row for row in matches_of(case.pk) if row.outcome == "no_hit"]
    assert (row.person, row.source, row.requested_on, row.answered_on) == ("王秀英", "tax", ASKED, VISITED)
    with pytest.raises(VerificationRefused, match="王秀英在“税务”的核对结果已有"):
        file_match_results(case.pk, [no_hit()], requested_on=ASKED, answered_on=VISITED, at=at(VISITED))


def test_nobody_answers_before_the_question() -> None:
    case = authorised()
    request_match(case.pk, on=VISITED, at=at(VISITED))

    with pytest.raises(VerificationRefused, match="2024-03-06才提请，答复日期2024-03-05请改正"):
        file_match_results(case.pk, [no_hit()], requested_on=ASKED, answered_on=ASKED, at=at(ASKED))


def test_a_question_is_asked_once() -> None:
    case = authorised()
    request_match(case.pk, on=ASKED, at=at(ASKED))

    with pytest.raises(VerificationRefused, match="已经提请过"):
        request_match(case.pk, on=VISITED, at=at(VISITED))


def test_who_has_not_signed_is_not_asked_about() -> None:
    with pytest.raises(NoConsent, match="李建国、王秀英没有签核对授权书"):
        request_match(accepted().pk, on=ASKED, at=at(ASKED))


def test_who_took_his_consent_back_is_not_asked_about() -> None:
    case = authorised()
    consent = Consent.objects.get(case=case, person=person_id(FATHER.id_number))
    revoke_consent(consent.pk, reason="不同意了", on=ASKED, at=at(ASKED))

    with pytest.raises(NoConsent, match="李建国没有签核对授权书，或授权已过期、已撤回"):
        request_match(case.pk, on=ASKED, at=at(ASKED))
    with pytest.raises(NoConsent, match="李建国"):
        file_match_results(case.pk, [no_hit(FATHER.id_number)], requested_on=ASKED, answered_on=VISITED, at=at(VISITED))


def test_an_expired_consent_lets_nobody_ask() -> None:
    case = authorised()
    late = date(2026, 3, 4)

    with pytest.raises(NoConsent, match="李建国、王秀英"):
        request_match(case.pk, on=late, at=at(late))


def test_only_an_accepted_case_is_asked_about() -> None:
    with pytest.raises(ForbiddenMove, match="已申请"):
        request_match(submitted().pk, on=ASKED, at=at(ASKED))
    with pytest.raises(VerificationRefused, match="早于受理日期2024-03-04"):
        request_match(authorised(household("999999-00077", LONER)).pk, on=date(2024, 3, 3), at=at(ACCEPTED))
