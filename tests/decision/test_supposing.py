"""全县试算: every decision in force under the day's rules, with assumed numbers; amounts as worked out by hand."""

from datetime import date

import pytest

from opendibao.decision.models import Decision
from opendibao.decision.supposing import Unknown, families_on, unknown_on
from opendibao.rules.case import CaseError
from tests.decision.builders import AMOUNT, covered
from tests.payment.builders import family
from tests.registry.builders import divisions

DAY = date(2025, 1, 6)
RAISED = {"standard.rural": [{"from": "2025-01-06", "value": "799.20"}]}


@pytest.fixture(autouse=True)
def home(county: None) -> None:
    divisions()
    covered()


def test_without_assumptions_a_decision_gives_what_it_pays() -> None:
    (one,) = families_on(DAY, {})

    assert (one.area, one.paid_fen, one.due_fen, one.outcome) == ("rural", AMOUNT, AMOUNT, "dibao")


def test_an_assumed_standard_changes_what_is_due_and_nothing_that_is_stored() -> None:
    before = list(Decision.objects.values())

    (one,) = families_on(DAY, RAISED)

    # 799.20 × 3 × 12 = 28,771.20; less 11,000 = 17,771.20; ÷ 12 = 1,480.93 → 1,481; the child 79.92 → 80
    assert (one.paid_fen, one.due_fen) == (AMOUNT, 156_100)
    assert list(Decision.objects.values()) == before


def test_a_decision_whose_facts_are_not_known_is_counted_apart() -> None:
    family("B1", fen=62000)

    assert len(families_on(DAY, {})) == 1
    assert unknown_on(DAY) == Unknown(1, 62000)


def test_before_the_decision_nobody_is_covered() -> None:
    assert families_on(date(2024, 1, 1), {}) == []
    assert unknown_on(date(2024, 1, 1)) == Unknown(0, 0)


def test_an_assumed_number_that_does_not_exist_is_refused() -> None:
    with pytest.raises(CaseError, match=r"standard\.moon"):
        families_on(DAY, {"standard.moon": [{"from": "2025-01-06", "value": "1"}]})
