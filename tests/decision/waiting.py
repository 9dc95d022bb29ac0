"""One case of each kind that the county's pages show: clean, doubtful, decided, in a batch, to be reviewed."""

from dataclasses import dataclass
from datetime import date

from opendibao.decision.actions import post_notice
from opendibao.decision.batches import approve_batch
from opendibao.decision.models import Decision
from opendibao.intake.models import Case
from opendibao.verification.actions import Answer, dispose_match, file_match_results
from opendibao.verification.models import MatchResult
from tests.decision.builders import checking, confirm, review
from tests.decision.reported import DECEMBER, clean, facts_of, meet, post_and_report, verified
from tests.registry.builders import at

FIRST = 801
DECIDED = date(2024, 12, 31)
LATE = date(2025, 1, 2)


@dataclass(frozen=True)
class Waiting:
    """The ids of these cases, hits and decisions."""

    clean_case: int
    doubtful_case: int
    open_hit: int
    settled_hit: int
    decided: int
    batch: int
    batched: int
    review_case: int
    verified_case: int
    noticed_case: int


def answer_late(case_id: int, person_id: int, source: str, detail: dict[str, object], day: date = LATE) -> int:
    """A department that had not answered finds something after the report; the id of the hit."""
    asked = Case.objects.get(pk=case_id).accepted_on
    assert asked
    answer = Answer(person_id, source, "hit", detail)
    file_match_results(case_id, [answer], requested_on=asked, answered_on=day, at=at(day))
    return MatchResult.objects.get(case=case_id, person=person_id, source=source).pk


def whole() -> Waiting:
    """Enter them; the year's figures are locked before."""
    doubtful = verified(FIRST + 1, days=DECEMBER, but=("bank_deposits", "vehicles"))
    meet(doubtful, days=DECEMBER)
    post_and_report(doubtful, days=DECEMBER)
    person = MatchResult.objects.filter(case=doubtful).values_list("person_id", flat=True)[0]
    found = {"found": "银行存款合计86000元", "property": {"financial_assets": 86_000}}
    hit = answer_late(doubtful.pk, person, "bank_deposits", found)
    settled = answer_late(doubtful.pk, person, "vehicles", {"found": "摩托车一辆"})
    dispose_match(settled, disposition="keep_declaration", reason="同名不同人", at=at(LATE))
    one, *two = clean(3, first=FIRST + 2, days=DECEMBER)
    decision = confirm(one, on=DECIDED)
    with checking():
        batch = approve_batch([case.pk for case in two], on=DECIDED, at=at(DECIDED))
    again = review(decision, facts_of(FIRST + 2), on=LATE)
    surveyed = verified(FIRST + 5, days=DECEMBER)
    noticed = verified(FIRST + 6, days=DECEMBER)
    meet(noticed, days=DECEMBER)
    post_notice(noticed.pk, on=DECEMBER.posted, at=at(DECEMBER.posted))
    return Waiting(
        clean(1, first=FIRST, days=DECEMBER)[0].pk, doubtful.pk, hit, settled, decision.pk, batch.pk,
        Decision.objects.filter(batch=batch).earliest("pk").pk, again.pk, surveyed.pk, noticed.pk,
    )  # fmt: skip
