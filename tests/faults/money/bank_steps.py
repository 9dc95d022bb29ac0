"""银行的步子: sent, sent again, answered as the bank pleases; and what was held back ends."""

from collections.abc import Callable, Sequence

from opendibao.payment import actions as pay
from opendibao.payment.bank_return import Result, render_results
from opendibao.payment.models import Attempt, Hold
from opendibao.payment.sending import send_now, sent_bytes
from tests.faults.money.bank import foreign, result
from tests.faults.money.books import FINAL, Line, Month
from tests.faults.money.county import AUDITOR, officer
from tests.faults.money.ground import Ended, Ground


class BankSteps(Ground):
    """To the bank and back."""

    def send(self, who: str, month: Month) -> Ended:
        """Sent again it is the same file, and nothing moves."""
        these = self.books.to_send(month) if month.state == "approved" else []
        run = self.runs[month.month]
        before = sent_bytes_of(run) if month.is_out else None

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
        must = month.is_out and bool(these) != is_again

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

    def _held(self, pick: int) -> tuple[Hold, Line] | None:
        held = [one for one in self.books.every() if one.is_held and self.of_its_run(one).state != "computed"]
        if not held:
            return None
        one = held[pick % len(held)]
        hold = Hold.objects.get(
            run_id=self.runs[one.run], line__household__number=one.home, line__month=one.month, line__kind=one.kind,
            line__supplement_no=one.number, outcome="",
        )  # fmt: skip
        return hold, one

    def release(self, who: str, pick: int) -> Ended | None:
        """Whatever the money is for, another officer lets it go once there is an account and the month is granted."""
        if (found := self._held(pick)) is None:
            return None
        hold, one = found
        home = self.books.homes[one.home]
        is_owed = bool(home.account) and home.grant_for(one.month) is not None
        must = self.of_its_run(one).is_out and is_owed and who != hold.held_by
        return self.step(
            "release", who, must, lambda: pay.release_hold(hold.pk, note="已查明", on=self.today, at=self.now()),
            lambda: self.books.release(one),
        )  # fmt: skip

    def cancel(self, who: str, pick: int) -> Ended | None:
        if (found := self._held(pick)) is None:
            return None
        hold, one = found
        must = self.of_its_run(one).is_out and not self.books.homes[one.home].grant_for(one.month)
        return self.step(
            "cancel", who, must, lambda: pay.cancel_hold(hold.pk, note="已停发", on=self.today, at=self.now()),
            lambda: self.books.cancel(one),
        )  # fmt: skip


def sent_bytes_of(run: int) -> bytes:
    """The first file of a run as it is generated now."""
    with officer(AUDITOR):
        return sent_bytes(run, 1).data
