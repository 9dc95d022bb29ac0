"""钱的每一步: what may be done to the county's money, in the product and in the model at once, and who may do it when.

Each step says whether it must be done, must be refused, or (None) may go either way; whatever it does, the model and
the ledger must agree afterwards.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from opendibao.kernel.month import add_months
from opendibao.payment import actions as pay
from opendibao.payment.bank_return import Result, render_results
from opendibao.payment.models import Attempt, CheckKind, CheckSigned, Finding, Hold, PayRun, ReconException
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.sending import send_now, sent_bytes
from opendibao.payment.statements import Movement, agreeing, write_statement
from opendibao.registry.actions import change_account
from opendibao.registry.entries import AccountEntry
from tests.faults.money.bank import foreign, result
from tests.faults.money.books import FINAL, Books, Household, Month, Owed, Sending
from tests.faults.money.county import AUDITOR, CLERKS, officer
from tests.faults.money.never import balances, broken, sendings, unkept
from tests.faults.money.walk import RESOLUTIONS
from tests.payment.builders import Family, at

LIMIT = 800_000_000
"""Above this many fen a second officer of finance is needed: the parameter of the county that the walks use."""


@dataclass
class Ended:
    """What became of a step."""

    name: str
    is_done: bool


class County:
    """The product's county and the model of it, which every step changes together."""

    def __init__(self, homes: dict[str, Family], start: date, folder: str) -> None:
        self.families = homes
        self.books = Books(_modelled(made) for made in homes.values())
        self.today, self.first, self.folder = start, start.replace(day=1), folder
        self.runs: dict[date, int] = {}
        self.said: dict[date, bytes] = {}
        self.count = 0

    # --- what every step goes through

    def now(self) -> datetime:
        """No two steps happen in the same second."""
        self.count += 1
        return at(self.today) + timedelta(seconds=self.count % 20_000)

    def step(
        self, name: str, who: str, must: bool | None, act: Callable[[], object],
        then: Callable[[], object] = lambda: None, reach: str = "360429",
    ) -> Ended:  # fmt: skip
        """Do it in the product; where it is done, do it in the model; then all must agree."""
        try:
            with officer(who, reach):  # no transaction around it: each action must undo itself where it refuses
                act()
        except PaymentRefused as refusal:
            is_done, said = False, str(refusal)
        else:
            is_done, said = True, "done"
            then()
        assert must in (None, is_done), f"{name} by {who} on {self.today}: {said}"
        self.agree(name, is_changed=is_done)
        return Ended(name, is_done)

    def agree(self, name: str, *, is_changed: bool) -> None:
        """Nothing that must never be, and every account and sending as the model has it."""
        with officer(AUDITOR):
            assert balances() == self.books.balances(), name
            if not is_changed:
                return
            assert broken() == [], name
            assert sendings() == self.books.sendings(), name
            assert unkept() == [], name

    @property
    def month(self) -> Month | None:
        return self.books.last

    def is_at(self, *states: str) -> bool:
        return self.month is not None and self.month.state in states

    # --- the list

    def build(self, who: str) -> Ended:
        month = add_months(self.month.month, 1) if self.month else self.first
        self.today = max(self.today, month.replace(day=2))
        must = (self.month is None or self.month.state == "closed") and bool(self.books.owed_for(month))

        def act() -> None:
            self.runs[month] = pay.compute_run(month, on=self.today, at=self.now(), maker=who).pk

        return self.step("compute", who, must, act, lambda: self.books.build(month, who))

    def build_twice(self, who: str, month: Month) -> Ended:
        """A month that has its run already."""
        return self.step(
            "compute twice", who, False,
            lambda: pay.compute_run(month.month, on=self.today, at=self.now(), maker=who),
        )  # fmt: skip

    def build_again(self, who: str, month: Month) -> Ended:
        must = month.state == "computed" and bool(self.books.owed_for(month.month))

        def then() -> None:
            month.maker = who
            self.books.build_again(month)

        return self.step(
            "recompute", who, must,
            lambda: pay.recompute_run(self.runs[month.month], on=self.today, at=self.now(), maker=who), then,
        )  # fmt: skip

    def confirm(self, town: str, month: Month, *, by: str | None = None) -> Ended:
        """Each township for itself."""
        clerk_of = by or town
        must = month.state == "computed" and town in month.unconfirmed and clerk_of == town

        def then() -> None:
            month.confirmed[town] = month.part(town)

        return self.step(
            "confirm", CLERKS[clerk_of], must,
            lambda: pay.confirm_township(self.runs[month.month], town, on=self.today, at=self.now()), then,
            clerk_of[:9],
        )  # fmt: skip

    def waiting(self, month: Month) -> list[tuple[int, str, str]]:
        """Findings that nobody has settled: id, kind, household."""
        found = Finding.objects.filter(run_id=self.runs[month.month], outcome="").order_by("id")
        return list(found.values_list("id", "kind", "household__number"))

    def settle(self, who: str, month: Month, outcome: str, which: Callable[[str], bool]) -> Ended:
        """What was found at some households; what has no account cannot be accepted."""
        chosen = [(id_, kind) for id_, kind, home in self.waiting(month) if which(home)]
        is_lacking = outcome == "accepted" and any(kind == CheckKind.ACCOUNT_MISSING for _, kind in chosen)
        ids = [id_ for id_, _ in chosen]
        must = month.state == "computed" and bool(ids) and not is_lacking
        return self.step(
            "settle", who, must,
            lambda: pay.settle_findings(ids, outcome=outcome, reason="已核实", on=self.today, at=self.now()),
        )  # fmt: skip

    def sign(self, who: str, month: Month) -> Ended:
        must = month.state == "computed" and not self.waiting(month)
        return self.step(
            "sign", who, must, lambda: pay.sign_checks(self.runs[month.month], on=self.today, at=self.now())
        )

    def check(self, who: str, month: Month) -> Ended:
        run = self.runs[month.month]
        is_signed = CheckSigned.objects.filter(run=run).count() == len(CheckKind)
        is_ready = is_signed and not month.unconfirmed and not self.waiting(month)
        held = set(Finding.objects.filter(run=run, outcome="held").values_list("household__number", flat=True))
        is_ready = is_ready and not self.books.is_overtaken(month)
        goes_out = any(one.month != month.month or one.home not in held for one in self.books.to_send(month))
        must = month.state == "computed" and is_ready and goes_out and who != month.maker
        return self.step(
            "check", who, must, lambda: pay.check_run(run, on=self.today, at=self.now(), checker=who),
            lambda: self.books.check(month, who, held),
        )  # fmt: skip

    def go_back(self, who: str, month: Month) -> Ended:
        return self.step(
            "return", who, month.state in ("checked", "reviewed"),
            lambda: pay.return_run(self.runs[month.month], reason="名册有误", on=self.today, at=self.now()),
            lambda: self.books.go_back(month),
        )  # fmt: skip

    def approve(self, who: str, month: Month) -> Ended:
        needs_two = month.total > LIMIT
        must = month.state in ("checked", "reviewed") and who not in (month.maker, *month.hands)
        return self.step(
            "approve", who, must,
            lambda: pay.approve_run(self.runs[month.month], on=self.today, at=self.now(), finance=who),
            lambda: self.books.approve(month, who, needs_two=needs_two),
        )  # fmt: skip

    # --- to the bank and back

    def send(self, who: str, month: Month) -> Ended:
        """Sent again it is the same file, and nothing moves."""
        these = self.books.to_send(month) if month.state == "approved" else []
        run = self.runs[month.month]
        before = sent_bytes_of(run) if month.state in ("sent", "closed") else None

        def act() -> None:
            data = send_now(run, on=self.today, at=self.now())
            assert before in (None, data.data), "sent again, the file is another"

        def then() -> None:
            if before is None:
                self.books.send(month, these)

        return self.step("send", who, bool(these) or before is not None, act, then)

    def reissue(self, who: str, month: Month) -> Ended:
        """What came back of a month and has another account goes out in a file of its own, one a day."""
        these, is_again = self.books.to_reissue(month), month.reissued_on == self.today
        must = month.state in ("sent", "closed") and bool(these) != is_again

        def then() -> None:
            if not is_again:
                self.books.send(month, these)
                month.reissued_on = self.today

        return self.step(
            "reissue", who, must,
            lambda: pay.reissue(self.runs[month.month], on=self.today, at=self.now(), out_dir=self.folder), then,
        )  # fmt: skip

    def answer(self, who: str, month: Month, verdicts: Sequence[str], foreigners: int) -> Ended:
        """The bank says of each sending that is open what it pleases, and of some strangers too."""
        open_ = [(one, s) for one, s in self.books.sent_with(month.month) if s.state not in FINAL]
        told = [(one, s, verdicts[n % len(verdicts)]) for n, (one, s) in enumerate(open_)]
        told = [(one, s, verdict) for one, s, verdict in told if verdict != "absent"]
        rows = {row.e2e: row for row in Attempt.objects.filter(e2e__in=[s.e2e for _, s, _ in told])}
        results = [result(n, rows[s.e2e], verdict, self.today) for n, (_, s, verdict) in enumerate(told, 2)]
        results += [foreign(len(results) + 2 + n, self.today) for n in range(foreigners)]

        def then() -> None:
            for one, sending, verdict in told:
                self.books.answer(one, sending, verdict)

        must = None if not results or not told else 2 * foreigners <= len(results)
        return self._take("take_return", who, month, must, results, then)

    def answer_otherwise(self, who: str, month: Month, pick: int) -> Ended | None:
        """The bank says of something that is final that it went otherwise."""
        final = [(one, s) for one, s in self.books.sent_with(month.month) if s.state in FINAL]
        if not final:
            return None
        _, sending = final[pick % len(final)]
        row = Attempt.objects.get(e2e=sending.e2e)
        results = [result(2, row, "returned" if sending.state == "paid" else "paid", self.today)]
        return self._take("contradict", who, month, False, results, lambda: None)

    def _take(
        self, name: str, who: str, month: Month, must: bool | None, results: Sequence[Result],
        then: Callable[[], object],
    ) -> Ended:  # fmt: skip
        data = render_results(results)

        def kept() -> None:
            self.said[month.month] = data
            then()

        return self.step(
            name, who, must,
            lambda: pay.take_return(self.runs[month.month], data, on=self.today, at=self.now()), kept,
        )  # fmt: skip

    def answer_again(self, who: str, month: Month) -> Ended | None:
        """The last file of a month once more."""
        data = self.said.get(month.month)
        if data is None:
            return None
        return self.step(
            "take again", who, True,
            lambda: pay.take_return(self.runs[month.month], data, on=self.today, at=self.now()),
        )  # fmt: skip

    # --- what was held back

    def _held(self, pick: int) -> tuple[Hold, Owed] | None:
        held = [one for one in self.books.every() if one.is_held and self.books.months[one.month].state != "computed"]
        if not held:
            return None
        one = held[pick % len(held)]
        return Hold.objects.get(run_id=self.runs[one.month], line__household__number=one.home, outcome=""), one

    def release(self, who: str, pick: int) -> Ended | None:
        if (found := self._held(pick)) is None:
            return None
        hold, one = found
        home = self.books.homes[one.home]
        is_out = self.books.months[one.month].state in ("sent", "closed")
        must = is_out and bool(home.account) and bool(home.fen_for(one.month)) and who != hold.held_by
        return self.step(
            "release", who, must, lambda: pay.release_hold(hold.pk, note="已查明", on=self.today, at=self.now()),
            lambda: self.books.release(one),
        )  # fmt: skip

    def cancel(self, who: str, pick: int) -> Ended | None:
        if (found := self._held(pick)) is None:
            return None
        hold, one = found
        is_out = self.books.months[one.month].state in ("sent", "closed")
        must = is_out and not self.books.homes[one.home].fen_for(one.month)
        return self.step(
            "cancel", who, must, lambda: pay.cancel_hold(hold.pk, note="已停发", on=self.today, at=self.now()),
            lambda: self.books.cancel(one),
        )  # fmt: skip

    # --- what happens meanwhile

    def change_account(self, home: str, *, share_with: str = "") -> Ended:
        """To a new account, or to another household's."""
        number = self.books.homes[share_with].account if share_with else ""
        number = number or f"6299{self.count:09}"
        entry = AccountEntry(f"户主{home}", "农商银行", number)

        def then() -> None:
            self.books.homes[home].account = number

        family = self.families[home].household.pk
        return self.step(
            "change account", "钱乡镇", True,
            lambda: change_account(family, entry, on=self.today, at=self.now()), then,
        )  # fmt: skip

    def stop(self, home: str, *, is_late: bool) -> Ended | None:
        """The household is owed nothing after this month, or (too late) already not for this month."""
        until = add_months(self.today.replace(day=1), -1 if is_late else 0)
        household = self.books.homes[home]
        active = [one for one in self.books.homes.values() if one.until is None]
        if household.until is not None or len(active) <= 3 or until < household.amounts[-1][0]:
            return None
        # what is on its way is paid: taking it back is another walk; what is held may end
        if any(
            month > until and home in run.owed and run.state != "computed" and not run.owed[home].is_held
            for month, run in self.books.months.items()
        ):
            return None

        decided_on = self.today.replace(day=1) - timedelta(1) if is_late else self.today

        def then() -> None:
            household.until = until

        return self.step("stop", AUDITOR, True, lambda: self.families[home].decide("stop", decided_on), then)

    def change_amount(self, home: str, fen: int) -> Ended | None:
        """From the next month on it is owed another amount."""
        household, since = self.books.homes[home], add_months(self.today.replace(day=1), 1)
        if household.until is not None or household.amounts[-1][0] >= since:
            return None
        kind = "increase" if fen > household.amounts[-1][1] else "reduce"
        return self.step(
            "change amount", AUDITOR, True,
            lambda: self.families[home].decide(kind, self.today, fen=fen, first_month=since),
            lambda: household.amounts.append((since, fen)),
        )  # fmt: skip

    # --- the books of others, and the end of the month

    def enter_voucher(self, who: str, month: Month, delta: int) -> Ended:
        fen = sum(one.fen for one, s in self.books.sent_with(month.month) if s.e2e.endswith("-1")) + delta
        number = f"财{self.count}"
        return self.step(
            "voucher", who, bool(fen),
            lambda: pay.enter_voucher(
                self.runs[month.month], number=number, issued_on=self.today, fen=fen, on=self.today, at=self.now()
            ),
        )  # fmt: skip

    def take_statement(self, who: str, month: Month, delta: int) -> Ended | None:
        """As the bank's books should be, or a little off."""
        movements = agreeing(self.runs[month.month])
        if not movements:
            return None
        movements.append(Movement(self.today, "out", 1_000 + delta, f"第{self.count}份"))
        if delta == 0:
            movements.append(Movement(self.today, "back", 1_000))
        data = write_statement(movements)
        return self.step(
            "statement", who, True,
            lambda: pay.take_statement(self.runs[month.month], data, on=self.today, at=self.now()),
        )  # fmt: skip

    def look_over(self, who: str, month: Month) -> Ended:
        return self.step(
            "look over", who, None, lambda: pay.look_over(self.runs[month.month], on=self.today, at=self.now())
        )

    def decide(self, who: str, month: Month) -> Ended:
        """Everything that waits, each kind in its way."""
        open_ = ReconException.objects.filter(run_id=self.runs[month.month], resolution="")
        kinds = sorted(set(open_.values_list("kind", flat=True)))

        def act() -> None:
            for kind in kinds:
                ids = list(open_.filter(kind=kind).values_list("id", flat=True))
                pay.decide_exceptions(
                    ids, owner=who, resolution=RESOLUTIONS[kind], note="已问", on=self.today, at=self.now()
                )

        return self.step("decide", who, True, act)

    def close(self, who: str, month: Month) -> Ended:
        """A month ends when nothing is left without an owner."""
        run = self.runs[month.month]
        with officer(who), transaction.atomic():
            left = pay.look_over(run, on=self.today, at=self.now())
            transaction.set_rollback(True)

        def then() -> None:
            month.state = "closed"

        return self.step(
            "close", who, month.state == "sent" and left == "",
            lambda: pay.close_run(run, on=self.today, at=self.now()), then,
        )  # fmt: skip


def sent_bytes_of(run: int) -> bytes:
    """The first file of a run as it is generated now."""
    with officer(AUDITOR):
        return sent_bytes(run, 1).data


def _modelled(made: Family) -> Household:
    account = f"62{made.number}" if made.has_account else ""
    town = f"{made.division[:9]}000"
    return Household(made.number, town, made.area, [(made.first_month, made.fen)], account)


def is_unanswered(month: Month, books: Books) -> bool:
    """Whether the bank has said nothing yet of something that went out with a month's files."""
    return any(s.state == "sent" for _, s in books.sent_with(month.month))


def came_back(books: Books) -> list[tuple[Owed, Sending]]:
    """What came back and waits for another account."""
    return [
        (one, one.last) for one in books.every()
        if one.last and one.last.state == "returned" and one.last.account == books.homes[one.home].account
    ]  # fmt: skip


def run_of(month: Month) -> PayRun:
    """The product's run of a month."""
    return PayRun.objects.get(month=month.month)
