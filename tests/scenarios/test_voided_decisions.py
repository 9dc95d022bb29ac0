"""撤销的决定: one that was taken back moves no figure of the year, of the stock, of the money or of what is due."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from opendibao.decision.models import Decision
from opendibao.decision.outbox import send_outbox
from opendibao.decision.outbox_queries import entry_lines
from opendibao.decision.queries import households_in_force_ids
from opendibao.decision.refusal import DecisionRefused
from opendibao.decision.standing import standings
from opendibao.decision.voiding import void_decision
from opendibao.decision.waiting import decided_waiting
from opendibao.evaluation.rows import measure
from opendibao.intake.models import Case
from opendibao.payment.actions import compute_run
from opendibao.payment.refusal import PaymentRefused
from opendibao.reviews.queries import due
from opendibao.statistics.queries import in_force, movements
from tests.decision.builders import checking, confirm, earning, noticed, refuse, reported, reviewed
from tests.evaluation.year import YEAR, all_figures, year
from tests.registry.builders import at, divisions

pytestmark = pytest.mark.usefixtures("county")
DAY, FREEZE, LAST = date(2024, 3, 19), date(2024, 3, 29), date(2024, 12, 31)


@pytest.fixture(autouse=True)
def places(county: None) -> None:
    """The county's townships and villages."""
    divisions()


def figures() -> dict[str, tuple[int, int, int]]:
    """Every figure of the year, of the text and of the indicators: rows, numerator, denominator."""
    asked = year()
    found = {name: measure(figure, asked) for name, figure in all_figures().items()}
    return {name: (one.rows, one.n, one.d) for name, one in found.items()}


def county() -> dict[str, object]:
    """What statistics, lists and reviews say."""
    return {
        "stock": in_force(LAST), "moves": movements(YEAR), "covered": households_in_force_ids(LAST),
        "outbox": entry_lines(), "waiting": decided_waiting(), "due": due(upto=LAST),
        "standing": {state.state for state in standings([1, 2, 3], LAST).values()},
    }  # fmt: skip


def void(decision: Decision) -> None:
    with checking():
        void_decision(decision.pk, reason="再核", on=DAY, at=at(DAY))


@pytest.mark.parametrize(
    "decided",
    [
        lambda: (reported(noticed()), confirm),
        lambda: (reported(reviewed(earning(4000))), refuse),
    ],
    ids=["granted", "refused"],
)
def test_no_figure_knows_of_a_decision_that_was_taken_back(
    decided: Callable[[], tuple[Case, Callable[[Case], Decision]]],
) -> None:
    case, decide = decided()
    before = figures(), county()

    void(decide(case))

    after = figures(), county()
    assert {name for name in before[0] if before[0][name] != after[0][name]} == set()
    assert before[1] == after[1]


def test_it_is_not_paid_and_not_sent_upwards(tmp_path: Path) -> None:
    void(confirm(noticed()))

    with pytest.raises(PaymentRefused, match="没有一户有应发的决定"):
        compute_run(date(2024, 4, 1), on=FREEZE, at=at(FREEZE), maker="周编制")
    assert send_outbox(upto=LAST, on=LAST, at=at(LAST), out_dir=tmp_path) is None


def test_what_a_pay_run_took_in_is_not_taken_back() -> None:
    decision = confirm(noticed())
    compute_run(date(2024, 4, 1), on=FREEZE, at=at(FREEZE), maker="周编制")

    with checking(), pytest.raises(DecisionRefused, match="已编入发放名册，不能撤销"):
        void_decision(decision.pk, reason="再核", on=DAY, at=at(DAY))

    decision.refresh_from_db()
    assert decision.voided_on is None
