"""上级系统: what the demonstration's superior system answers to each file; now and then it returns a row."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from opendibao.decision.outbox import correct_return, open_returns, send_outbox
from opendibao.decision.receipts import ACCEPTED, RECEIPT_COLUMNS, RETURNED, take_receipts
from opendibao.demo.officers import COUNTY_MAKER, Step, by
from opendibao.demo.plan import CountyPlan
from opendibao.kernel.workdays import add_workdays, is_workday

SENDING_DAYS = (1, 4)  # Tuesday and Friday
SENDING_ORDER, RECEIPT_ORDER = 31, 0  # after the decisions of the day; before anything else of the next
RETURNED_PER_THOUSAND = 12
CORRECTION = "已按退回原因核对并补正"
REASONS = ("户主证件影像不清", "家庭成员关系待补充", "区划代码与上级目录不一致")


def superior(plan: CountyPlan, out: Path) -> Iterator[Step]:
    """Twice a week a file goes up, and on the next working day its receipts come down."""
    link = _Link(plan, out / "outbox")
    day = date(plan.year, 1, 1)
    while (answered := add_workdays(day, 1)).year == plan.year:
        if is_workday(day) and day.weekday() in SENDING_DAYS:
            yield day, SENDING_ORDER, by(COUNTY_MAKER, plan.county_code, link.send)
            yield answered, RECEIPT_ORDER, by(COUNTY_MAKER, plan.county_code, link.receive)
        day += timedelta(days=1)


class _Link:
    """The line to the superior system: the file that waits for its receipts."""

    def __init__(self, plan: CountyPlan, folder: Path) -> None:
        self.folder = folder
        self.rng = Random(f"superior {plan.year} {len(plan.opening)}")
        self.sent: Path | None = None

    def send(self, at: datetime) -> None:
        """What came back is put right; what was decided and is not reported yet goes up."""
        for decision_id in open_returns():
            correct_return(decision_id, correction=CORRECTION, on=at.date(), at=at)
        self.sent = send_outbox(upto=at.date(), on=at.date(), at=at, out_dir=self.folder)

    def receive(self, at: datetime) -> None:
        """Each row is accepted with a number of its own, or returned with a reason."""
        if self.sent is None:
            return
        with self.sent.open(encoding="utf-8", newline="") as file:
            file.readline()  # how many rows there are, and their hash
            numbers = [row["决定文号"] for row in csv.DictReader(file)]
        answer = self.folder / self.sent.name.replace("上报", "回执")
        with answer.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(RECEIPT_COLUMNS)
            writer.writerows(self._answer(number, at.date()) for number in numbers)
        take_receipts(answer, on=at.date(), at=at)
        self.sent = None

    def _answer(self, number: str, on: date) -> tuple[str, str, str, str, str]:
        if self.rng.randrange(1000) < RETURNED_PER_THOUSAND:
            return number, RETURNED, on.isoformat(), "", self.rng.choice(REASONS)
        return number, ACCEPTED, on.isoformat(), f"{on:%Y%m%d}{self.rng.randrange(10**6):06d}", ""
