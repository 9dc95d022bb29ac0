"""One case of each kind that the pages of the survey show: to be visited, matched, asked about by letter, corrected."""

from dataclasses import dataclass
from datetime import date

from opendibao.intake.actions import accept_case, sign_consents, submit_case
from opendibao.intake.attachments import keep_attachment
from opendibao.intake.models import Case
from opendibao.verification.actions import (
    Sheet,
    Visit,
    correct_survey,
    order_survey,
    record_interview,
    record_survey,
    request_match,
    send_evidence_letter,
)
from opendibao.verification.item_sheets import with_sheets
from tests.intake.pictures import jpeg
from tests.registry.builders import MemberEntry, at, household, number

ACCEPTED, ASKED, VISITED = date(2025, 1, 2), date(2025, 1, 3), date(2025, 1, 6)
PAIR = ("陈走访", "黄走访")
FIRST = 951


@dataclass(frozen=True)
class Visited:
    """The ids of these cases and of a letter that waits for its reply."""

    to_visit: int
    asked_about: int
    evidence_letter: int
    visited: int


def _case(place: int) -> Case:
    head = MemberEntry(number(date(1950, 1, place - FIRST + 1), 21), f"走访{place}", "head")
    facts = {
        "area": "rural",
        "members": [
            {"name": head.name, "born": f"1950-01-{place - FIRST + 1:02d}", "sex": "male", "relation": "head",
             "income": [{"kind": "wages", "amount": "300", "per": "month"}],
             "spending": [{"kind": "medical_self_paid", "amount": "2400", "per": "year"}]},
        ],
        "property": {"financial_assets": 500, "dwellings": 1},
    }  # fmt: skip
    home = household(f"999999-{place:05d}", head)
    case = submit_case(home, kind="application", channel="counter", declared=facts, on=ACCEPTED, at=at(ACCEPTED))
    accept_case(case.pk, on=ACCEPTED, at=at(ACCEPTED))
    sign_consents(case.pk, on=ACCEPTED, at=at(ACCEPTED))
    case.refresh_from_db()
    return case


def whole() -> Visited:
    """Enter them; the county's divisions are entered before."""
    to_visit, asked_about, visited = (_case(FIRST + place) for place in range(3))
    order_survey(to_visit.pk, surveyors=PAIR, from_day=ASKED, to_day=VISITED, on=ASKED, at=at(ASKED))
    request_match(asked_about.pk, on=ASKED, at=at(ASKED))
    letter = send_evidence_letter(asked_about.pk, addressee="某劳务公司", asks="做工几天", on=ASKED, at=at(ASKED))
    name = visited.declared["members"][0]["name"]
    record_interview(
        visited.pk, interviewer="陈走访", neighbour="周邻居", words="日子紧巴", view="agrees", on=ASKED, at=at(ASKED)
    )
    keep_attachment(visited.pk, kind="home", name="home.jpg", content=jpeg(300, 200), on=VISITED, at=at(VISITED))
    sheet = Sheet("odd_jobs", name, {"trade": "construction", "days": 60}, "C", "两名工友证言一致")
    record_survey(
        visited.pk, on=VISITED, at=at(VISITED), surveyors=PAIR, respondent=name,
        found=with_sheets(visited.declared, [sheet]),
        visit=Visit(place="3组12号", home={"housing": "两间砖房"}, conclusion="有零工收入没有申报", sheets=[sheet]),
    )  # fmt: skip
    corrected = Sheet("odd_jobs", name, {"trade": "construction", "days": 50}, "C", "工资表")
    made = visited.surveys.get()
    correct_survey(
        made.pk,
        after=with_sheets(made.found, [corrected]),
        reason="天数抄错了",
        agreed_by=name,
        on=VISITED,
        at=at(VISITED),
    )
    return Visited(to_visit.pk, asked_about.pk, letter.pk, visited.pk)
