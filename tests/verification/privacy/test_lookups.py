"""查询登记: each question rests on an authorisation or on a family in force, and stays on record as it was asked."""

from datetime import date

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from opendibao.intake.consents import revoke_consent
from opendibao.intake.models import Case, Consent
from opendibao.registry.queries import person_id
from opendibao.verification.models import Lookup
from opendibao.verification.privacy.lookups import Question, log_lookups
from opendibao.verification.privacy.rights import NoAuthorisation, Right, rights
from tests.conftest import ActAs
from tests.decision.builders import DECIDED, covered
from tests.faults.promises import insert
from tests.intake.builders import ACCEPTED, ASKED, accepted, authorised
from tests.registry.builders import CHILD, FAR_VILLAGE, FATHER, LONER, MOTHER, VILLAGE, at, household

pytestmark = pytest.mark.usefixtures("places")


def whom(id_number: str) -> int:
    found = person_id(id_number)
    assert found
    return found


def asked(case: Case | None, *members: str, source: str = "tax", purpose: str = "match") -> int:
    case_id = case.pk if case else None
    questions = [Question(whom(one), source, purpose, case_id) for one in members]
    return log_lookups(questions, on=ASKED, at=at(ASKED))


def consent_of(case: Case, id_number: str) -> int:
    return Consent.objects.get(case=case, person=whom(id_number)).pk


class TestWithAnAuthorisation:
    def test_one_row_a_person_names_the_sources_the_case_and_who_asked(self) -> None:
        case = authorised()
        questions = [
            Question(whom(one.id_number), source, "match", case.pk)
            for one in (MOTHER, FATHER)
            for source in ("vehicles", "tax")
        ]

        assert log_lookups(questions, on=ASKED, at=at(ASKED)) == 2

        mother, father = Lookup.objects.order_by("person_id")
        assert (mother.person.name, sorted(mother.sources)) == ("王秀英", ["tax", "vehicles"])
        assert (mother.case_id, mother.consent_id) == (case.pk, consent_of(case, MOTHER.id_number))
        assert (father.consent_id, father.ground) == (consent_of(case, FATHER.id_number), "")
        assert (mother.officer, mother.asked_on, mother.at) == ("张经办", ASKED, at(ASKED))
        assert (mother.division, mother.purpose) == (VILLAGE, "match")

    def test_a_childs_family_has_signed_for_it(self) -> None:
        case = authorised()

        asked(case, CHILD.id_number)

        (child,) = Lookup.objects.all()
        parents = {consent_of(case, MOTHER.id_number), consent_of(case, FATHER.id_number)}
        assert (child.person.name, child.consent_id in parents) == ("李小红", True)

    def test_nobody_who_has_not_signed_is_asked_about(self) -> None:
        with pytest.raises(NoAuthorisation, match="王秀英、李建国：2024-03-05没有有效的核对授权书"):
            asked(accepted(), MOTHER.id_number, FATHER.id_number)

        assert not Lookup.objects.exists()

    def test_one_who_lacks_the_right_keeps_back_the_whole_question(self) -> None:
        case = authorised()
        revoke_consent(consent_of(case, FATHER.id_number), reason="不同意了", on=ASKED, at=at(ASKED))

        with pytest.raises(NoAuthorisation, match=r"^李建国："):
            asked(case, MOTHER.id_number, FATHER.id_number)

        assert not Lookup.objects.exists()

    def test_a_stranger_is_not_asked_about_in_anothers_case(self) -> None:
        case = authorised()
        household("999999-00002", LONER)

        with pytest.raises(NoAuthorisation, match="单有福"):
            asked(case, LONER.id_number)

    def test_an_authorisation_that_has_run_out_lets_nobody_ask(self) -> None:
        case = authorised()  # signed on 2024-03-04 for twelve months
        whose = (case.pk, whom(MOTHER.id_number))

        assert set(rights({whose}, date(2025, 3, 3))) == {whose}
        assert rights({whose}, date(2025, 3, 4)) == {}

    def test_the_day_before_the_signature_lets_nobody_ask(self) -> None:
        whose = (authorised().pk, whom(MOTHER.id_number))

        assert rights({whose}, date(2024, 3, 3)) == {}
        assert set(rights({whose}, ACCEPTED)) == {whose}


class TestAFamilyInForce:
    def test_it_is_asked_about_without_a_case(self) -> None:
        covered()

        log_lookups([Question(whom(MOTHER.id_number), "tax", "rematch")], on=DECIDED, at=at(DECIDED))

        (row,) = Lookup.objects.all()
        assert (row.ground, row.case_id, row.consent_id, row.division) == ("review", None, None, VILLAGE)

    def test_a_family_that_is_not_in_force_is_left_alone(self) -> None:
        household("999999-00002", LONER, division=FAR_VILLAGE)

        with pytest.raises(NoAuthorisation, match="单有福：2024-03-05没有有效的核对授权书，也不是在保家庭成员"):
            asked(None, LONER.id_number, purpose="rematch")

    def test_the_day_before_the_decision_it_is_not_in_force(self) -> None:
        covered()
        whose = (None, whom(MOTHER.id_number))

        assert rights({whose}, date(2024, 3, 17)) == {}
        assert rights({whose}, DECIDED) == {whose: Right(VILLAGE, None)}


class TestOpeningAnAnswer:
    def test_whoever_opens_the_rows_of_a_case_needs_no_authorisation_but_the_case(self) -> None:
        case = accepted()

        about = Question(whom(MOTHER.id_number), "bank_deposits", "opening", case.pk, "核对结果 7")
        log_lookups([about], on=ASKED, at=at(ASKED))

        (row,) = Lookup.objects.all()
        assert (row.consent_id, row.ground, row.about) == (None, "", "核对结果 7")

    def test_a_stranger_is_not_looked_up_by_way_of_a_case(self) -> None:
        case = authorised()
        household("999999-00002", LONER)

        with pytest.raises(NoAuthorisation, match="单有福"):
            asked(case, LONER.id_number, purpose="opening")


def test_a_township_asks_about_its_own_people_only(act_as: ActAs) -> None:
    case, person = authorised(), whom(MOTHER.id_number)

    with act_as("360429101"), pytest.raises(NoAuthorisation, match="所查人员"):
        log_lookups([Question(person, "tax", "match", case.pk)], on=ASKED, at=at(ASKED))


def test_a_source_that_does_not_exist_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError, match="moon"):
        asked(authorised(), MOTHER.id_number, source="moon")


def test_a_thousand_questions_cost_as_many_queries_as_one(django_assert_max_num_queries: object) -> None:
    case = authorised()
    person = whom(MOTHER.id_number)
    many = [Question(person, "tax", "opening", case.pk, f"核对结果 {n}") for n in range(1000)]

    with django_assert_max_num_queries(11):  # type: ignore[operator]
        assert log_lookups(many, on=ASKED, at=at(ASKED)) == 1000


KEEPS = {"purpose": "match", "ground": "", "about": "", "asked_on": ASKED, "sources": ["tax"], "officer": "张经办"}


def refused_by(**row: object) -> str | None:
    """The name under which the database itself refuses a row."""
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        insert("verification.Lookup", KEEPS | row)
    cause = refusal.value.__cause__
    assert isinstance(cause, psycopg.errors.IntegrityError)
    return cause.diag.constraint_name


class TestTheDatabaseItself:
    @pytest.mark.parametrize(
        ("breaks", "constraint"),
        [
            ({"officer": " "}, "a_lookup_names_who_asked"),
            ({"sources": []}, "a_lookup_names_its_sources"),
            ({"consent": None}, "a_lookup_has_its_right"),
            ({"case": None, "consent": None}, "a_lookup_has_its_right"),
            ({"ground": "review"}, "a_lookup_has_its_right"),
            ({"purpose": "rematch"}, "a_lookup_has_its_right"),
            ({"purpose": "opening"}, "a_lookup_has_its_right"),
            ({"asked_on": date(2024, 3, 3)}, "lookup_has_a_right"),
            ({"asked_on": date(2025, 3, 4)}, "lookup_has_a_right"),
        ],
    )
    def test_refuses_a_question_without_its_right(self, breaks: dict[str, object], constraint: str) -> None:
        case = authorised()
        keeps = {"person": whom(MOTHER.id_number), "case": case.pk, "consent": consent_of(case, MOTHER.id_number)}
        insert("verification.Lookup", KEEPS | keeps)  # whole, it stands

        assert refused_by(**keeps | breaks) == constraint

    def test_refuses_the_authorisation_of_somebody_else(self) -> None:
        case = authorised()

        row = {"person": whom(MOTHER.id_number), "case": case.pk, "consent": consent_of(case, FATHER.id_number)}

        assert refused_by(**row) == "lookup_has_a_right"

    def test_refuses_an_authorisation_that_was_taken_back(self) -> None:
        case = authorised()
        consent = consent_of(case, MOTHER.id_number)
        revoke_consent(consent, reason="不同意了", on=ASKED, at=at(ASKED))

        assert refused_by(person=whom(MOTHER.id_number), case=case.pk, consent=consent) == "lookup_has_a_right"

    def test_refuses_a_family_that_is_not_in_force(self) -> None:
        household()

        row = {"person": whom(MOTHER.id_number), "case": None, "consent": None}

        assert refused_by(**row, purpose="rematch", ground="review") == "lookup_has_a_right"

    def test_refuses_to_open_the_rows_of_a_stranger(self) -> None:
        case = authorised()
        household("999999-00002", LONER)

        row = {"person": whom(LONER.id_number), "case": case.pk, "consent": None}

        assert refused_by(**row, purpose="opening") == "lookup_has_a_right"

    @pytest.mark.parametrize("change", ["UPDATE {} SET officer = '别人'", "DELETE FROM {}"])
    def test_keeps_what_was_asked(self, change: str) -> None:
        asked(authorised(), MOTHER.id_number)

        with pytest.raises(DatabaseError, match="只能追加"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change.format("verification_lookup"))

        assert Lookup.objects.get().officer == "张经办"

    def test_another_township_does_not_see_who_was_asked_about(self, act_as: ActAs) -> None:
        asked(authorised(), MOTHER.id_number)

        with act_as("360429101"):
            assert not Lookup.objects.exists()
