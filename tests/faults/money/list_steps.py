"""名册的步子: frozen, frozen again, confirmed, settled, signed, checked, given back, approved."""

from collections.abc import Callable

from opendibao.kernel.month import add_months
from opendibao.payment import actions as pay
from opendibao.payment.models import CheckKind, CheckSigned, Finding
from tests.faults.money.books import Month
from tests.faults.money.county import AUDITOR, CLERKS, officer
from tests.faults.money.ground import LIMIT, Ended, Ground
from tests.faults.money.never import frozen


class ListSteps(Ground):
    """From the freeze to finance."""

    def build(self, who: str) -> Ended:
        month = add_months(self.month.month, 1) if self.month else self.first
        self.today = max(self.today, month.replace(day=2))
        must = (self.month is None or self.month.state == "closed") and bool(self.books.listed(month))

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
        """Frozen anew; frozen once more, where nothing has happened between, it is the same to the last word."""
        must = month.state == "computed" and bool(self.books.listed(month.month))
        run = self.runs[month.month]

        def act() -> None:
            pay.recompute_run(run, on=self.today, at=self.now(), maker=who)
            with officer(AUDITOR):
                once = frozen(run)
            pay.recompute_run(run, on=self.today, at=self.now(), maker=who)
            with officer(AUDITOR):
                assert frozen(run) == once, "frozen twice, the list is another"

        def then() -> None:
            month.maker = who
            self.books.build_again(month)

        return self.step("recompute", who, must, act, then)

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

    def is_signed(self, month: Month) -> bool:
        return CheckSigned.objects.filter(run=self.runs[month.month]).count() == len(CheckKind)

    def sign(self, who: str, month: Month) -> Ended:
        must = month.state == "computed" and not self.waiting(month)
        return self.step(
            "sign", who, must, lambda: pay.sign_checks(self.runs[month.month], on=self.today, at=self.now())
        )

    def check(self, who: str, month: Month) -> Ended:
        run = self.runs[month.month]
        is_ready = self.is_signed(month) and not month.unconfirmed and not self.waiting(month)
        held = set(Finding.objects.filter(run=run, outcome="held").values_list("household__number", flat=True))
        is_ready = is_ready and not self.books.is_overtaken(month)
        is_ready = is_ready and bool(self.books.to_send(month, held))
        must = month.state == "computed" and is_ready and who != month.maker
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
