"""Files on the shelf and an entry that came back, so that their pages have rows."""

from dataclasses import dataclass
from datetime import date

from opendibao.decision.models import OutboxEvent
from opendibao.decision.outbox import make_reporting_file
from opendibao.decision.receipts import RECEIPT_COLUMNS, take_receipt_file
from opendibao.intake.archive import FiledPaper, lend_archive, open_archive, put_in
from opendibao.registry.models import Household
from tests.registry.builders import at

SENT, BACK, OPENED = date(2024, 12, 2), date(2024, 12, 3), date(2024, 12, 4)


@dataclass(frozen=True)
class Shelved:
    """Ids: a file in hand with a paper, one that is lent, a decision that the superior system returned."""

    shelf: int
    lent_shelf: int
    filed_paper: int
    sent_back: int


def whole() -> Shelved:
    """Needs two households and a decision that was not sent."""
    homes = Household.objects.order_by("pk")[:2]
    shelf, lent = (open_archive(home.pk, on=OPENED, at=at(OPENED)).pk for home in homes)
    (paper,) = put_in(shelf, [FiledPaper("情况说明", OPENED, 2)], on=OPENED, at=at(OPENED))
    lend_archive(
        lent, borrower="赵审计", unit="县审计局", purpose="专项审计", due_on=BACK.replace(day=20), on=OPENED,
        at=at(OPENED),
    )  # fmt: skip
    made = make_reporting_file(upto=SENT, on=SENT, at=at(SENT))
    assert made
    event = OutboxEvent.objects.filter(file=made.name).select_related("decision").order_by("pk")[0]
    line = f"{event.decision.number},退回,{BACK},,户主证件影像不清"
    content = "\n".join([",".join(RECEIPT_COLUMNS), line, ""]).encode()
    take_receipt_file(content, "回执.csv", on=BACK, at=at(BACK))
    return Shelved(shelf, lent, paper.pk, event.decision_id)
