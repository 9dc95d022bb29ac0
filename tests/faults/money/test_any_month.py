"""钱的任何一条路: random steps of the county's money by random officers; the ledger is always what a small model says.

Longer: make test-simulate STEPS=1000000; the same walks again: OPENDIBAO_SEED=….
"""

import os
import pathlib
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from tests.faults.money.bank import VERDICTS
from tests.faults.money.books import Month
from tests.faults.money.county import (
    CHECKER,
    CLERKS,
    FINANCE,
    HOMES,
    MAKER,
    SECOND_FINANCE,
    TILLING,
    few_homes,
    new_standard,
)
from tests.faults.money.ground import Ended
from tests.faults.money.lawful import beside_the_month, next_of_the_month
from tests.faults.money.steps import County
from tests.payment.builders import VILLAGE, Family, family

STEPS = int(os.environ.get("OPENDIBAO_STEPS", "3000"))
SEED = int(os.environ.get("OPENDIBAO_SEED") or random.SystemRandom().randrange(1_000_000))
RULES_OF_A_WALK, STEPS_TO_A_CLOSE = 150, 40
STARTS = (date(2023, 8, 2), date(2023, 11, 30), date(2024, 1, 8))
OFFICERS = st.sampled_from([MAKER, CHECKER, FINANCE, SECOND_FINANCE])
PICK = st.integers(0, 5)
NUMBERS = st.sampled_from([*(number for number, *_ in HOMES), *TILLING])
ANSWERS = st.lists(st.sampled_from(VERDICTS), min_size=1, max_size=7)
HELD_OFTEN = st.sampled_from(["accepted", "accepted", "held"])
MOSTLY = st.sampled_from([True, True, True, False])
BIG = 900_000_000
counted: Counter[str] = Counter()
families: dict[str, Family] = {}


class AnyMonth(RuleBasedStateMachine):
    """Eight households, two of whom a new standard raises, and sometimes one whose money needs two of finance."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = ExitStack()
        self.undone.enter_context(transaction.atomic())
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=_memory()))
        self.county = County(dict(families), STARTS[0], self.folder)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.close()
        shutil.rmtree(self.folder)

    @initialize(start=st.sampled_from(STARTS), is_big=st.sampled_from([False, False, True]))
    def begin(self, start: date, is_big: bool) -> None:
        homes = dict(families)
        if is_big:
            homes["C1"] = family("C1", fen=BIG, division=VILLAGE)
        self.county = County(homes, start, self.folder)

    def _note(self, ended: Ended | None) -> bool:
        """Count what was tried; None is where there was nothing to try."""
        if ended is None:
            return False
        counted[f"{ended.name} {'done' if ended.is_done else 'refused'}"] += 1
        return ended.is_done

    @property
    def month(self) -> Month:
        found = self.county.month
        assert found
        return found

    def _former(self, pick: int) -> Month:
        months = list(self.county.books.months.values())
        return months[-1 - pick % min(3, len(months))]

    # --- the lawful way, so that the walks come far

    @rule(steps=st.integers(3, 8), answers=ANSWERS, outcome=HELD_OFTEN, pick=PICK)
    def go_on(self, steps: int, answers: list[str], outcome: str, pick: int) -> None:
        for _ in range(steps):
            if not self._note(next_of_the_month(self.county, answers, outcome, pick)):
                return

    @rule(answers=ANSWERS, outcome=HELD_OFTEN, pick=PICK)
    def go_to_the_close(self, answers: list[str], outcome: str, pick: int) -> None:
        for _ in range(STEPS_TO_A_CLOSE):
            if not self._note(next_of_the_month(self.county, answers, outcome, pick)) or self.month.state == "closed":
                return

    @rule(pick=PICK)
    def go_on_beside(self, pick: int) -> None:
        for ended in beside_the_month(self.county, pick):
            self._note(ended)

    # --- anybody tries anything

    @precondition(lambda self: self.county.month is None or self.county.month.is_out)
    @rule(who=OFFICERS)
    def build(self, who: str) -> None:
        self._note(self.county.build(who))

    @precondition(lambda self: self.county.month)
    @rule(who=OFFICERS, pick=PICK)
    def build_again(self, who: str, pick: int) -> None:
        self._note(self.county.build_again(who, self._former(pick)))
        self._note(self.county.build_twice(who, self._former(pick)))

    @precondition(lambda self: self.county.month)
    @rule(town=st.sampled_from(sorted(CLERKS)), by=st.sampled_from([None, None, *sorted(CLERKS)]))
    def confirm(self, town: str, by: str | None) -> None:
        self._note(self.county.confirm(town, self.month, by=by))

    @precondition(lambda self: self.county.month)
    @rule(who=OFFICERS, outcome=HELD_OFTEN, home=NUMBERS)
    def settle(self, who: str, outcome: str, home: str) -> None:
        self._note(self.county.settle(who, self.month, outcome, lambda one: one == home))

    @precondition(lambda self: self.county.month)
    @rule(who=OFFICERS, what=st.sampled_from(["sign", "check", "check", "go_back", "approve", "approve", "send"]))
    def move(self, who: str, what: str) -> None:
        self._note(getattr(self.county, what)(who, self.month))

    @precondition(lambda self: self.county.month)
    @rule(who=OFFICERS, pick=PICK)
    def reissue(self, who: str, pick: int) -> None:
        self._note(self.county.reissue(who, self._former(pick)))

    @precondition(lambda self: self.county.month)
    @rule(who=OFFICERS, pick=PICK, answers=ANSWERS, foreigners=st.sampled_from([0, 0, 0, 1, 9]))
    def answer(self, who: str, pick: int, answers: list[str], foreigners: int) -> None:
        self._note(self.county.answer(who, self._former(pick), answers, foreigners))

    @precondition(lambda self: self.county.month)
    @rule(who=OFFICERS, pick=PICK, is_same=st.booleans())
    def answer_again(self, who: str, pick: int, is_same: bool) -> None:
        month = self._former(pick)
        if is_same:
            self._note(self.county.answer_again(who, month))
        else:
            self._note(self.county.answer_otherwise(who, month, pick))

    @precondition(lambda self: any(one.is_held for one in self.county.books.every()))
    @rule(who=OFFICERS, pick=PICK, is_released=st.booleans())
    def hold_ends(self, who: str, pick: int, is_released: bool) -> None:
        self._note((self.county.release if is_released else self.county.cancel)(who, pick))

    @rule(home=NUMBERS, share_with=st.one_of(st.just(""), st.just(""), NUMBERS))
    def change_account(self, home: str, share_with: str) -> None:
        self._note(self.county.change_account(home, share_with=share_with))

    @precondition(lambda self: self.county.month)
    @rule()
    def enter_late(self) -> None:
        self._note(self.county.enter_late())

    @rule(home=NUMBERS, what=st.sampled_from(["more", "less", "less", "stop", "stop late"]))
    def decide(self, home: str, what: str) -> None:
        county = self.county
        if what.startswith("stop"):
            self._note(county.stop(home, is_late=what == "stop late"))
            return
        fen = county.books.homes[home].fen
        self._note(county.change_amount(home, fen + 1_001 if what == "more" else max(9_000, fen * 2 // 3)))

    @precondition(lambda self: self.county.month)
    @rule(who=OFFICERS, pick=PICK, delta=st.sampled_from([0, 0, 1, -1]), is_voucher=st.booleans())
    def others_speak(self, who: str, pick: int, delta: int, is_voucher: bool) -> None:
        month = self._former(pick)
        self._note((self.county.enter_voucher if is_voucher else self.county.take_statement)(who, month, delta))

    @precondition(lambda self: self.county.month)
    @rule(who=OFFICERS, pick=PICK, what=st.sampled_from(["look_over", "decide", "close"]))
    def end(self, who: str, pick: int, what: str) -> None:
        self._note(getattr(self.county, what)(who, self._former(pick)))

    # --- beside the list

    @rule(who=OFFICERS, home=NUMBERS, ahead=st.sampled_from([0, 0, 0, 1, -1]))
    def suspend(self, who: str, home: str, ahead: int) -> None:
        self._note(self.county.ask_suspension(who, home, ahead))

    @rule(who=OFFICERS, pick=PICK, what=st.sampled_from(["approve", "approve", "refuse", "lift", "lift"]))
    def suspension_goes_on(self, who: str, pick: int, what: str) -> None:
        county = self.county
        self._note(
            county.lift(who, pick) if what == "lift"
            else county.settle_suspension(who, pick, is_approved=what == "approve")
        )  # fmt: skip

    @precondition(lambda self: self.county.month)
    @rule(who=OFFICERS, home=NUMBERS, back=st.integers(-1, 9))
    def order(self, who: str, home: str, back: int) -> None:
        late = [number for number in self.county.books.homes if number.startswith("L")]
        self._note(self.county.order(who, late[back % len(late)] if late else home, self.month, back))

    @precondition(lambda self: any(one.state == "asked" for one in self.county.books.orders))
    @rule(who=OFFICERS, pick=PICK, is_approved=MOSTLY)
    def orders_end(self, who: str, pick: int, is_approved: bool) -> None:
        self._note(self.county.settle_orders(who, pick, is_approved=is_approved))

    @precondition(lambda self: self.county.month)
    @rule(who=OFFICERS, home=NUMBERS, pick=st.sampled_from([0, 0, 0, 1, 2]), back=st.integers(0, 5))
    def claim(self, who: str, home: str, pick: int, back: int) -> None:
        self._note(self.county.ask_claim(who, home, pick, back))

    @precondition(lambda self: self.county.books.owing.receivables)
    @rule(who=OFFICERS, pick=PICK, is_approved=MOSTLY)
    def claim_ends(self, who: str, pick: int, is_approved: bool) -> None:
        self._note(self.county.settle_claim(who, pick, is_approved=is_approved))

    @precondition(lambda self: self.county.books.owing.receivables)
    @rule(who=OFFICERS, pick=PICK, monthly=st.sampled_from([None, None, 1, 2_500]), is_set_off=MOSTLY)
    def agree(self, who: str, pick: int, monthly: int | None, is_set_off: bool) -> None:
        self._note(self.county.agree_way(who, pick, monthly=monthly, is_set_off=is_set_off))

    @precondition(lambda self: self.county.books.owing.receivables)
    @rule(who=OFFICERS, pick=PICK, part=st.sampled_from([0, 1, 3, 10, 11]))
    def give_back(self, who: str, pick: int, part: int) -> None:
        self._note(self.county.give_back(who, pick, part))

    @precondition(lambda self: self.county.books.owing.receivables)
    @rule(who=OFFICERS, pick=PICK, what=st.sampled_from(["ask", "approve", "refuse"]))
    def let_off(self, who: str, pick: int, what: str) -> None:
        county = self.county
        self._note(
            county.ask_waiver(who, pick) if what == "ask"
            else county.settle_waiver(who, pick, is_approved=what == "approve")
        )  # fmt: skip

    @rule(who=OFFICERS, what=st.sampled_from(["prepare", "approve", "approve", "withdraw", "back_pay"]), pick=PICK)
    def raise_all(self, who: str, what: str, pick: int) -> None:
        county = self.county
        self._note(county.back_pay(who, pick) if what == "back_pay" else getattr(county, f"{what}_uprating")(who))

    @rule(days=st.integers(1, 9))
    def days_pass(self, days: int) -> None:
        self.county.today += timedelta(days)


def _memory() -> str | None:
    """Files that nobody keeps need no disk."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


OFTEN = ("close", "take_return", "recompute", "send", "order supplement", "approve claim", "back pay", "lift")
RARE = ("reissue", "release", "approve waiver", "cash", "approve uprating")
FARTHER = 3
"""How many times as far a walk may go on until it has reached everything."""


@pytest.mark.usefixtures("county")
def test_the_ledger_is_what_the_model_says_after_any_steps(capsys: pytest.CaptureFixture[str]) -> None:
    families.clear()
    families.update(few_homes())
    new_standard()
    counted.clear()
    began, walks = time.monotonic(), 0
    # a walk that reached nothing would have proven nothing; what is rare is asked of the long walks alone
    asked = OFTEN + (RARE if STEPS >= 10_000 else ())
    with capsys.disabled():
        print(f"\n[any month] seed {SEED}")
        while sum(counted.values()) < (FARTHER * STEPS if _missed(asked) else STEPS):
            run_state_machine_as_test(
                seed(SEED + walks)(AnyMonth),
                settings=settings(
                    max_examples=5, stateful_step_count=RULES_OF_A_WALK, deadline=None, database=None,
                    suppress_health_check=list(HealthCheck), phases=[Phase.generate], print_blob=False,
                ),
            )  # fmt: skip
            walks += 1
        took = time.monotonic() - began
        told = dict(sorted(counted.items()))
        print(f"[any month] {sum(counted.values())} steps in {took:.0f} s: {told}")

    assert _missed(asked) == []


def _missed(asked: Sequence[str]) -> list[str]:
    return [step for step in asked if not counted[f"{step} done"]]
