"""一步: one act by one officer, on a day of a run's month."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from opendibao.payment.models import PayRun
from tests.faults.money.county import officer


@dataclass(frozen=True)
class Step:
    """One act by one officer."""

    name: str
    who: str
    act: Callable[[], object]
    reach: str = "360429"

    def do(self) -> object:
        with officer(self.who, self.reach):
            return self.act()


def day(run: PayRun, number: int) -> date:
    return run.month.replace(day=number)
