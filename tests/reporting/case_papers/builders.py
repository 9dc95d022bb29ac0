"""A family's whole file: every step of an application with everything that its papers can print."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from opendibao.decision.actions import hold_meeting, post_notice
from opendibao.intake.actions import accept_case, sign_consents, submit_case
from opendibao.intake.mandates import give_mandate
from opendibao.intake.models import Case
from opendibao.registry.queries import members_on
from opendibao.verification.actions import Answer, dispose_match, file_match_results, open_hits, record_survey
from opendibao.verification.evidence_letters import send_evidence_letter
from opendibao.verification.item_sheets import Sheet
from opendibao.verification.neighbours import record_interview
from opendibao.verification.sources import SOURCES
from opendibao.verification.surveying import Visit
from tests.decision.builders import DECIDED, MET, POSTED, SURVEYED, SURVEYORS, confirm, family
from tests.intake.builders import ACCEPTED, APPLIED, ASKED
from tests.registry.builders import at, household

PRINTED = date(2024, 4, 1)
ARRIVED = datetime(2024, 3, 6, 9, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
SUPPORTER = {"name": "王大力", "relation": "child", "of": "王秀英", "born": "1960-01-01", "household_size": 3,
             "income": {"amount": 20000, "per": "year"}, "supports": 1}  # fmt: skip
HOME = {
    "housing": "砖混两间，漏雨一处",
    "appliances": "电视机、电风扇",
    "members": [{"name": "李小红", "seen": False, "note": "在校住宿"}],
}


def declared(**changes: Any) -> dict[str, Any]:
    """What the family declares: everything that is found later but a day's work of the father."""
    facts = family()
    facts["supporters"] = [SUPPORTER]
    return {**facts, **changes}


def found() -> dict[str, Any]:
    """What two surveyors find: the declaration, and odd jobs of the father."""
    facts = declared()
    facts["members"][1]["income"].append(
        {"kind": "odd_jobs", "trade": "construction", "days": 20, "day_wage": "150", "evidence": "B"}
    )
    return facts


def applied(home: int | None = None, facts: dict[str, Any] | None = None) -> Case:
    """A family applies through a neighbour; it is accepted, every adult signs."""
    case = submit_case(
        home or household(), kind="application", channel="helper", declared=facts or declared(), on=APPLIED,
        at=at(APPLIED),
    )  # fmt: skip
    Case.objects.filter(pk=case.pk).update(applicant="王秀英")
    give_mandate(case.pk, helper="邻好心", relation="neighbour", phone="00013900000", reason="行动不便", on=APPLIED,
                 at=at(APPLIED))  # fmt: skip
    accept_case(case.pk, on=ACCEPTED, at=at(ACCEPTED))
    sign_consents(case.pk, on=ACCEPTED, at=at(ACCEPTED))
    case.refresh_from_db()
    return case


def matched(case: Case) -> None:
    """Departments answer of every member; one deposit is found and accepted."""
    answers = [
        Answer(member.person_id, source, *(("hit", {"found": "存款6000元"}) if (place, source) == (0, "bank_deposits")
                                           else ("no_hit", {})))
        for place, member in enumerate(members_on(case.household_id, ASKED))
        for source in SOURCES
    ]  # fmt: skip
    file_match_results(case.pk, answers, requested_on=ASKED, answered_on=ASKED, at=at(ASKED))
    for hit in open_hits(case.pk):
        dispose_match(hit.pk, disposition="accept_record", reason="与申报一致", at=at(ASKED))


def visited(case: Case) -> None:
    """The home is visited, a neighbour asked, the employer written to."""
    sheet = Sheet("odd_jobs", "李建国", {"trade": "construction", "days": 20, "day_wage": "150"}, "B",
                  "用工方书面证明", method="用工方证明的天数乘日工资")  # fmt: skip
    visit = Visit(started_at=ARRIVED, place="月亮村3组12号", home=HOME, conclusion="与申报基本一致，另查明零工。",
                  sheets=[sheet])  # fmt: skip
    record_survey(case.pk, on=SURVEYED, at=at(SURVEYED), surveyors=SURVEYORS, respondent="王秀英", found=found(),
                  visit=visit)  # fmt: skip
    record_interview(case.pk, interviewer="陈走访", neighbour="赵邻居", words="家里种几亩田，男的偶尔做小工。",
                     view="agrees", on=SURVEYED, at=at(SURVEYED))  # fmt: skip
    send_evidence_letter(case.pk, addressee="演示建筑队", asks="李建国做工的天数和日工资", on=SURVEYED, at=at(SURVEYED))


def posted(case: Case) -> None:
    """The village votes and the first opinion is posted."""
    hold_meeting(
        case.division, on=MET, at=at(MET), chair="邓主持", recorder="方记录", villagers=7, party_members=3, cadres=3,
        votes=[(case.pk, 12, 0, 0, 1)],
    )  # fmt: skip
    post_notice(case.pk, on=POSTED, at=at(POSTED), places=["村委会公示栏"])


def whole() -> Case:
    """A case from the application to the confirmation with every paper there is."""
    case = applied()
    matched(case)
    visited(case)
    posted(case)
    confirm(case, DECIDED)
    case.refresh_from_db()
    return case
