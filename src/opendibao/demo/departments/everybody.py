"""全县复核比对: after the last data everybody covered is looked up; some of the warnings are answered in time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from opendibao.demo.departments.delivering import Departments
from opendibao.demo.officers import COUNTY_CHECKER, COUNTY_MAKER, Step, Windows, by
from opendibao.kernel.ids import township_of
from opendibao.kernel.workdays import add_workdays
from opendibao.verification.rematch.answering import explain_alert, settle_alert
from opendibao.verification.rematch.queries import AlertQuestion, AlertRow, alerts
from opendibao.verification.rematch.running import perform_rematch, start_rematch

ORDER = 60
ASKED_AFTER, SETTLED_AFTER = 4, 7
"""Working days after the run on which townships have asked the families, and the county settles."""
TRUE, KNOWN = ("admitted", "家庭承认，说没有想到要报告"), ("known_before", "家庭说认定时已经报过")
PER_ASKED, PER_SETTLED = 2, 2
"""One warning in so many is asked about by then, and one in so many of these settled: the others still wait."""


@dataclass(frozen=True)
class Everybody:
    """The county's run over everybody and what is made of its warnings."""

    departments: Departments
    offices: Windows

    def steps(self) -> Iterator[Step]:
        """Day, order within the day, act: the day after the last data, after the pay list of the month is made."""
        county = self.departments.plan.county_code
        day = add_workdays(self.departments.days[-1], 1)
        yield day, ORDER, by(COUNTY_MAKER, county, self._look_up)
        yield add_workdays(day, ASKED_AFTER), ORDER, by(COUNTY_MAKER, county, self._ask)
        yield add_workdays(day, SETTLED_AFTER), ORDER, by(COUNTY_CHECKER, county, self._settle)

    def _look_up(self, at: datetime) -> None:
        run = start_rematch(self.departments.plan.county_code, is_monthly=True, on=at.date(), at=at)
        perform_rematch(run.pk, at=at)

    def _ask(self, at: datetime) -> None:
        """The townships hear what families say; the graver ones come first."""
        for alert in _standing("open", at.date())[::PER_ASKED]:
            with self.offices.acting_in(township_of(alert.division)):
                _, words = TRUE if self._is_true(alert) else KNOWN
                explain_alert(alert.id, words=words, on=at.date(), at=at)

    def _settle(self, at: datetime) -> None:
        """The county holds to be true what the family did not report."""
        for alert in _standing("explained", at.date())[::PER_SETTLED]:
            is_true = self._is_true(alert)
            code, words = TRUE if is_true else KNOWN
            settle_alert(alert.id, is_true=is_true, reason_code=code, words=words, on=at.date(), at=at)

    def _is_true(self, alert: AlertRow) -> bool:
        """Whether it is so and nobody told: the police's word of a death always, else what was kept from the town."""
        return alert.kind == "death" or any(
            home.secrets for home in self.departments.homes if home.household.number == alert.household
        )


def _standing(state: str, on: date) -> list[AlertRow]:
    return alerts(AlertQuestion(standing=state, today=on))
