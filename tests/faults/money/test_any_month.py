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
from contextlib import ExitStack
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from tests.faults.money.bank import VERDICTS
from tests.faults.money.books import Month
from tests.faults.money.county import CHECKER, CLERKS, FINANCE, HOMES, MAKER, SECOND_FINANCE, six_homes
from tests.faults.money.steps import County, Ended, came_back, is_unanswered
from tests.payment.builders import VILLAGE, Family, family

STEPS = int(os.environ.get("OPENDIBAO_STEPS", "3000"))
SEED = int(os.environ.get("OPENDIBAO_SEED") or random.SystemRandom().randrange(1_000_000))
RULES_OF_A_WALK = 150
STARTS = (date(2023, 8, 2), date(2023, 11, 30), date(2024, 1, 8))
OFFICERS = st.sampled_from([MAKER, CHECKER, FINANCE, SECOND_FINANCE])
PICK = st.integers(0, 5)
NUMBERS = st.sampled_from([number for number, *_ in HOMES])
ANSWERS = st.lists(st.sampled_from(VERDICTS), min_size=1, max_size=7)
HELD_OFTEN = st.sampled_from(["accepted", "accepted", "held"])
BIG = 900_000_000
counted: Counter[str] = Counter()
families: dict[str, Family] = {}


class AnyMonth(RuleBasedStateMachine):
    """Six households, and sometimes a seventh whose money needs two officers of finance."""

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
            if not self._note(self._next(answers, outcome, pick)):
                return

    def _next(self, answers: list[str], outcome: str, pick: int) -> Ended:
        county, month = self.county, self.county.month
        if month is None or month.state == "closed":
            return county.build(MAKER)
        if month.state == "computed":
            return self._listed(month, outcome, pick)
        if month.state in ("checked", "reviewed"):
            free = [who for who in (FINANCE, SECOND_FINANCE, CHECKER, MAKER) if who not in (month.maker, *month.hands)]
            return county.approve(free[0], month)
        if month.state == "approved":
            county.today += timedelta(1)
            return county.send(MAKER, month)
        return self._answered(month, answers)

    def _listed(self, month: Month, outcome: str, pick: int) -> Ended:
        county = self.county
        if county.books.is_overtaken(month):
            return county.build_again(month.maker, month)
        if month.unconfirmed:
            return county.confirm(min(month.unconfirmed), month)
        if waiting := county.waiting(month):
            lacking = {home for _, kind, home in waiting if kind == "account_missing"}
            if lacking:
                return county.settle(CHECKER, month, "held", lambda home: home in lacking)
            chosen = sorted({home for *_, home in waiting})[pick % 3 :][:2] or [waiting[0][2]]
            return county.settle(MAKER, month, outcome, lambda home: home in chosen)
        if not self._is_signed(month):
            return county.sign(MAKER, month)
        return county.check(next(who for who in (CHECKER, SECOND_FINANCE) if who != month.maker), month)

    def _is_signed(self, month: Month) -> bool:
        from opendibao.payment.models import CheckKind, CheckSigned

        return CheckSigned.objects.filter(run=self.county.runs[month.month]).count() == len(CheckKind)

    def _answered(self, month: Month, answers: list[str]) -> Ended:
        county = self.county
        if is_unanswered(month, county.books) and set(answers) != {"absent"} and county.count % 5:
            county.today += timedelta(1)
            ended = county.answer(MAKER, month, answers, 0)
            if ended.is_done:
                return ended
        if (back := came_back(county.books)) and county.count % 3:
            return county.change_account(back[0][0].home)
        if county.books.to_reissue(month) and month.reissued_on != county.today:
            return county.reissue(MAKER, month)
        county.look_over(MAKER, month)
        county.decide(MAKER, month)
        return county.close(MAKER, month)

    # --- anybody tries anything

    @precondition(lambda self: self.county.month is None or self.county.month.state in ("sent", "closed"))
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
        county = self.county
        act = {"sign": county.sign, "check": county.check, "go_back": county.go_back, "approve": county.approve,
               "send": county.send}[what]  # fmt: skip
        self._note(act(who, self.month))

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

    @rule(home=NUMBERS, what=st.sampled_from(["more", "less", "stop", "stop late"]))
    def decide(self, home: str, what: str) -> None:
        county = self.county
        if what.startswith("stop"):
            self._note(county.stop(home, is_late=what == "stop late"))
            return
        fen = county.books.homes[home].amounts[-1][1]
        self._note(county.change_amount(home, fen + 1_001 if what == "more" else max(9_000, fen - 501)))

    @precondition(lambda self: self.county.month)
    @rule(who=OFFICERS, pick=PICK, delta=st.sampled_from([0, 0, 1, -1]), is_voucher=st.booleans())
    def others_speak(self, who: str, pick: int, delta: int, is_voucher: bool) -> None:
        month = self._former(pick)
        self._note((self.county.enter_voucher if is_voucher else self.county.take_statement)(who, month, delta))

    @precondition(lambda self: self.county.month)
    @rule(who=OFFICERS, pick=PICK, what=st.sampled_from(["look_over", "decide", "close"]))
    def end(self, who: str, pick: int, what: str) -> None:
        month = self._former(pick)
        county = self.county
        self._note({"look_over": county.look_over, "decide": county.decide, "close": county.close}[what](who, month))

    @rule(days=st.integers(1, 9))
    def days_pass(self, days: int) -> None:
        self.county.today += timedelta(days)


def _memory() -> str | None:
    """Files that nobody keeps need no disk."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


@pytest.mark.usefixtures("county")
def test_the_ledger_is_what_the_model_says_after_any_steps(capsys: pytest.CaptureFixture[str]) -> None:
    families.clear()
    families.update(six_homes())
    counted.clear()
    began, walks = time.monotonic(), 0
    with capsys.disabled():
        print(f"\n[any month] seed {SEED}")
        while sum(counted.values()) < STEPS:
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

    # a walk that reached nothing would have proven nothing; what is rare is asked of the long walks alone
    often = ("close", "take_return", "recompute", "send")
    rare = ("reissue", "release", "cancel", "return") if STEPS >= 10_000 else ()
    assert min(counted[f"{step} done"] for step in (*often, *rare)) > 0
