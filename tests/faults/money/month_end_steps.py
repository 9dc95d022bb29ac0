"""月末的步子: the books of others come in, what differs is decided about, and the month is closed."""

from django.db import transaction

from opendibao.payment import actions as pay
from opendibao.payment.models import ReconException
from opendibao.payment.statements import Movement, agreeing, write_statement
from tests.faults.money.books import Month
from tests.faults.money.county import officer
from tests.faults.money.ground import Ended, Ground
from tests.faults.money.walk import RESOLUTIONS


class MonthEndSteps(Ground):
    """Vouchers, statements, differences, the close."""

    def enter_voucher(self, who: str, month: Month, delta: int) -> Ended:
        fen = sum(one.net for one, s in self.books.sent_with(month.month) if s.e2e.endswith("-1")) + delta
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
