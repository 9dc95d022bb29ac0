"""案件的程序: a case keeps the procedure it was accepted under, whatever comes into force later."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from opendibao.intake.actions import accept_case
from opendibao.intake.models import Case
from opendibao.intake.queries import procedure_of_case
from opendibao.intake.refusal import IntakeRefused
from tests.intake.builders import ACCEPTED, accepted, submitted
from tests.registry.builders import at

pytestmark = pytest.mark.usefixtures("places")
OLD_DAY, NEW_DAY = date(2026, 6, 30), date(2026, 7, 1)


def test_acceptance_keeps_it() -> None:
    case = accepted()

    assert case.procedure == "hukou-2024"
    assert procedure_of_case(case.pk).clock("decide") == 30
    assert case.gates["democratic_review"] == "ALWAYS"


def test_before_acceptance_it_is_that_of_the_day_of_application() -> None:
    assert procedure_of_case(submitted().pk).name == "hukou-2024"


def test_a_case_of_the_last_day_keeps_the_old_one_and_the_next_gets_the_new() -> None:
    case = accept_case(submitted(on=OLD_DAY).pk, on=OLD_DAY, at=at(OLD_DAY))
    Case.objects.filter(pk=case.pk).update(state="withdrawn", closed_on=NEW_DAY)
    later = accept_case(submitted(case.household_id, on=NEW_DAY).pk, on=NEW_DAY, at=at(NEW_DAY))

    kept, new = procedure_of_case(case.pk), procedure_of_case(later.pk)

    assert (kept.name, kept.has_hearing) == ("hukou-2024", False)
    assert (new.name, new.has_hearing) == ("hukou-2026", True)


@pytest.mark.parametrize("change", [{"procedure": "national-2021"}, {"gates": {"democratic_review": "NEVER"}}])
def test_the_database_lets_nobody_change_it(change: dict[str, object]) -> None:
    case = accepted()

    with pytest.raises(IntegrityError, match="程序不能改换"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**change)


def test_another_case_is_not_there() -> None:
    with pytest.raises(IntakeRefused, match="没有这个案件"):
        procedure_of_case(0)
    assert accepted().accepted_on == ACCEPTED
