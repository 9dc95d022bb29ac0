"""任何一条路: random steps by random officers on random days, and SQL past all of them, bring nobody in unlawfully.

Longer: OPENDIBAO_ANY_WAY=200 (walks) pytest tests/faults/test_any_way.py; the same walks again: OPENDIBAO_SEED=….
"""

import os
import random
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from opendibao.intake.models import Case
from opendibao.kernel.month import add_months, month_of
from opendibao.payment.actions import compute_run
from opendibao.payment.queries import pay_calendar
from opendibao.policy.pack import RuleGap
from opendibao.registry.entries import MemberEntry
from opendibao.reviews.actions import open_review_case
from tests.decision.builders import FAMILY
from tests.faults.crossroads import CHECKER, FOUND, OFFICERS, PAIRS, STEPS, Choice, Officer, Step, lawful, meet, void
from tests.faults.footing import asked, decided_after, faults, lacking
from tests.faults.promises import insert
from tests.faults.ways_by_sql import WAYS
from tests.intake.builders import submitted
from tests.registry.builders import FAR_VILLAGE, LONER, at, divisions, household, number

WALKS, STEPS_OF_A_WALK = int(os.environ.get("OPENDIBAO_ANY_WAY", "24")), 50
MONTH_IN_STEPS = 12
SEED = int(os.environ.get("OPENDIBAO_SEED") or random.SystemRandom().randrange(1_000_000))
STARTS = (date(2024, 3, 4), date(2025, 12, 15), date(2026, 6, 15))
"""The last one walks into the law that wants families heard before less or nothing."""
CLOSE = """
UPDATE payment_finding SET outcome = 'held', reason = '另查', officer = '甲', settled_on = CURRENT_DATE
  WHERE outcome = '';
UPDATE payment_payrun SET state = 'checked', checker = '甲' WHERE state = 'computed';
UPDATE payment_payrun SET state = 'approved', finance = '乙' WHERE state = 'checked';
UPDATE payment_payrun SET state = 'sent' WHERE state = 'approved';
UPDATE payment_payrun SET state = 'closed' WHERE state = 'sent'
"""
HOMES = st.integers(0, 3)
CHOICES = st.builds(
    Choice,
    found=st.sampled_from(["poor", "poor", *FOUND]),
    pair=st.sampled_from([PAIRS[0], *PAIRS]),
    outcome=st.sampled_from(["groundless", "survey", "review"]),
    is_hit=st.booleans(),
    is_contested=st.sampled_from([False, False, False, True]),
    is_objected=st.sampled_from([False, False, True]),
    is_voided=st.sampled_from([False, False, True]),
)
FAR = MemberEntry(number(date(1955, 2, 3), 13), "远有福", "head")
OLD = MemberEntry(number(date(1956, 4, 5), 15), "旧有福", "head")
REFUSALS = (ValueError, PermissionError, RuleGap, DatabaseError)
tried: Counter[str] = Counter()


class AnyWay(RuleBasedStateMachine):
    """Four households: two that apply in one township, one in another, one of the old stock."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = ExitStack()
        self.undone.enter_context(transaction.atomic())
        self.cases = list(Case.objects.order_by("id"))
        self.last = 0
        self.since_paid = 0
        self.today = STARTS[0]

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.close()

    @initialize(start=st.sampled_from(STARTS))
    def begin(self, start: date) -> None:
        self.today = start

    def _case(self, home: int) -> Case:
        """The latest case of a household."""
        first = self.cases[home]
        return Case.objects.filter(household=first.household_id).last() or Case.objects.get(pk=first.pk)

    def _try(self, name: str, act: Callable[[], object]) -> bool:
        """Do it; a refusal leaves no trace in the chain, and what was done is in force from the day it was done."""
        head = asked("SELECT max(id) FROM audit_event")
        try:
            act()
        except REFUSALS:
            assert asked("SELECT max(id) FROM audit_event") == head, f"{name} was refused and still left an event"
            tried[f"{name} refused"] += 1
            return False
        tried[f"{name} done"] += 1
        return True

    def _by(self, officer: Officer, step: Step, home: int, on: date, choice: Choice) -> bool:
        case = self._case(home)

        def act() -> None:
            with officer.acts():
                step(case, on, choice)

        return self._try(step.__name__, act)

    @rule(home=HOMES, choice=CHOICES, steps=st.integers(4, 12))
    def go_on(self, home: int, choice: Choice, steps: int) -> None:
        """The lawful next steps, one day after another; a vote is contested once."""
        for _ in range(steps):
            step, on, officer = lawful(self._case(home), self.today, choice)
            self.today = on
            if not self._by(officer, step, home, on, choice):
                return
            self.nothing_is_wrong()
            choice = replace(choice, is_contested=choice.is_contested and step is not meet,
                             is_voided=choice.is_voided and step is not void)  # fmt: skip

    @rule(home=HOMES, step=st.sampled_from(STEPS), officer=st.sampled_from(OFFICERS), days=st.integers(-3, 9),
          choice=CHOICES)  # fmt: skip
    def somebody_tries(self, home: int, step: Step, officer: Officer, days: int, choice: Choice) -> None:
        self._by(officer, step, home, self.today + timedelta(days), choice)

    @rule(home=HOMES, way=st.sampled_from(sorted(WAYS)), days=st.integers(-3, 9))
    def somebody_writes_sql(self, home: int, way: str, days: int) -> None:
        case = self._case(home)
        values = {"case": case.pk, "day": self.today + timedelta(days)}

        touched = 0

        def act() -> None:
            nonlocal touched
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute(WAYS[way], {key: value for key, value in values.items() if f"%({key})s" in WAYS[way]})
                touched = cursor.rowcount
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")

        if self._try("SQL", act):
            tried[f"SQL {way}" if touched else "SQL of nothing"] += 1

    @precondition(lambda self: self.since_paid >= MONTH_IN_STEPS)
    @rule()
    def a_month_is_paid(self) -> None:
        """The next month's run is computed; the bank's part is another story, so former runs are simply closed."""
        self.since_paid = 0
        with connection.cursor() as cursor:
            for step in CLOSE.split(";"):
                cursor.execute(step)
        ((last,),) = asked("SELECT max(month) FROM payment_payrun")
        month = add_months(last, 1) if last else add_months(month_of(self.today), 1)

        self.today = max(self.today, pay_calendar(month).freeze_on)  # earlier it is refused

        def act() -> None:
            with CHECKER.acts():
                compute_run(month, on=self.today, at=at(self.today), maker=CHECKER.name)

        self._try("compute_run", act)

    @rule(days=st.integers(1, 20))
    def days_pass(self, days: int) -> None:
        self.today += timedelta(days)

    @invariant()
    def nothing_is_wrong(self) -> None:
        self.since_paid += 1
        assert faults() == []
        for decided in decided_after(self.last):
            assert lacking(decided) == [], f"{decided.number} ({decided.kind}) lacks something"
            self.last = decided.id


def old_household() -> int:
    """A household of the opening stock, in force under the act of two officers."""
    home = household("999999-00004", OLD)
    insert("decision.OpeningAct", {"division": "360429000000", "signed_on": date(2024, 1, 2), "first_officer": "甲",
                                   "second_officer": "乙"})  # fmt: skip
    ((act,),) = asked("SELECT max(id) FROM decision_openingact")
    insert("decision.Decision", {
        "number": "旧1", "household": home, "opening_act": act, "kind": "legacy", "cause": "opening", "maker": "甲",
        "approver": "乙", "persons": 3, "amount_fen": 137_800, "supplement_fen": 7_400, "gap_fen": 0,
        "decided_on": date(2023, 6, 1), "first_month": date(2023, 7, 1),
    })  # fmt: skip
    return home


@pytest.mark.usefixtures("county")
def test_no_way_leads_past_acceptance_survey_and_confirmation(capsys: pytest.CaptureFixture[str]) -> None:
    divisions()
    submitted(household())
    submitted(household("999999-00002", LONER))
    submitted(household("999999-00003", FAR, division=FAR_VILLAGE))
    open_review_case(old_household(), on=date(2024, 3, 1), at=at(date(2024, 3, 1)), declared=FAMILY)
    tried.clear()
    with capsys.disabled():
        print(f"\n[any way] seed {SEED}")

    run_state_machine_as_test(
        seed(SEED)(AnyWay),
        settings=settings(
            max_examples=WALKS, stateful_step_count=STEPS_OF_A_WALK, deadline=None, database=None,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate, Phase.shrink], print_blob=False,
        ),
    )  # fmt: skip

    with capsys.disabled():
        print(f"[any way] {sum(tried.values())} steps: {dict(sorted(tried.items()))}")
    # a walk that reached nothing would have proven nothing
    assert min(tried[f"{step} done"] for step in ("confirm", "change", "compute_run")) > 0
    assert tried["SQL refused"]
