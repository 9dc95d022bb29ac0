"""取卷: everything that the papers of one case print, read once from the queries of each stage."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from opendibao.decision.assessing import answer_on
from opendibao.decision.hearing import hearing_of
from opendibao.decision.paper_queries import (
    decision_letters_of,
    opinion_of,
    visits_of,
)
from opendibao.decision.queries import DecisionRow, decisions_of, explain
from opendibao.decision.refusal import DecisionRefused
from opendibao.decision.relatives_register import relatives_of
from opendibao.decision.village_queries import (
    meeting,
    meetings_of,
    no_objection,
    notice_sheet,
    notices_of,
    objections_of,
    read_outs,
    sheet_of,
)
from opendibao.intake.case_queries import CaseFile, case_file, letters_of, mandate_of, supplements_of
from opendibao.intake.consent_queries import consents_of
from opendibao.intake.draft_queries import application_of
from opendibao.intake.paper_lists import match_scope
from opendibao.intake.queries import declared, procedure_of_case
from opendibao.kernel.ids import county_of, township_of
from opendibao.registry.queries import account_on, division_names, members_on, place_on
from opendibao.reporting.case_papers.folder import County, Folder, Places, Survey, Village
from opendibao.reporting.case_papers.match_report import match_report
from opendibao.reporting.case_papers.people import persons_of
from opendibao.reporting.case_papers.wording import Wording, wording
from opendibao.reviews.queries import open_reviews
from opendibao.rulemaking.queries import pack_in_force
from opendibao.rules.answer import Answer
from opendibao.verification.queries import matches_of
from opendibao.verification.survey_queries import (
    evidence_letters_of,
    interviews_of,
    orders_of,
    refused_visits_of,
    surveys_of,
)

AREAS = {"rural": "农村", "urban": "城镇"}


class NoSuchCase(LookupError):
    """There is no such case, or it is another township's."""


NOWHERE = Places()


def blank_folder(on: date, places: Places = NOWHERE) -> Folder:
    """The folder of nobody; its papers are forms to fill in, worded for the law of a day."""
    return Folder(places=places, on=on, words=wording_on(on), scope=match_scope(on))


def wording_on(day: date) -> Wording:
    """What papers say on a day."""
    return wording(pack_in_force().word("regime.name", day))


def gather(case_id: int, *, on: date) -> Folder:
    """The folder of a case as it stands; `on` is the day of printing. Raises NoSuchCase."""
    case = case_file(case_id)
    if case is None:
        raise NoSuchCase("没有这个案件，或不在本人可见的区划内")
    since = case.accepted_on or case.applied_on
    survey = _survey(case.id)
    found = survey.form.found if survey.form else None
    said = declared(case.id)
    county = _county(case, found, on)
    registered = members_on(case.household_id, case.applied_on)
    members = persons_of(registered, said if found is None else found, case.applied_on, county.answer)
    return Folder(
        number=case.number, case=case, household=case.household, area=AREAS[case.area],
        applicant=case.applicant or next((one.name for one in members), ""), places=places_of(case.division),
        place=place_on(case.household_id, case.applied_on), account=account_on(case.household_id, on),
        members=members, applied=persons_of(registered, said, case.applied_on, None), declared=said, found=found,
        consents=consents_of(case.id), mandate=mandate_of(case.id), relatives=relatives_of(case.id),
        supplements=supplements_of(case.id), letters=letters_of(case.id),
        survey=survey, village=_village(case, on), county=county, words=wording_on(since), scope=match_scope(since),
        hardship=application_of(case.id).get("reason", ""), on=on,
        is_reviewed=case.kind == "application" and procedure_of_case(case.id).democratic_review == "ALWAYS",
        matched=match_report(case, on=on),
    )  # fmt: skip


def gather_for_visit(case_id: int, places: Places, *, on: date) -> Folder:
    """What the form of a case's next visit needs, and no more: sixty of them are printed at once. Raises NoSuchCase."""
    case = case_file(case_id)
    if case is None:
        raise NoSuchCase("没有这个案件，或不在本人可见的区划内")
    forms, orders = surveys_of(case.id), orders_of(case.id)
    facts = forms[-1].found if forms else declared(case.id)
    members = persons_of(members_on(case.household_id, case.applied_on), facts, case.applied_on, None)
    return Folder(
        number=case.number, case=case, household=case.household, area=AREAS[case.area],
        applicant=case.applicant or next((one.name for one in members), ""), places=places,
        place=place_on(case.household_id, case.applied_on), members=members, applied=members, declared=facts,
        survey=Survey(order=orders[-1] if orders else None), words=wording_on(case.accepted_on or case.applied_on),
        on=on,
    )  # fmt: skip


def gather_household(household_id: int, number: str, places: Places, *, on: date) -> Folder:
    """The folder of a household whose periodic review is due and has no case yet, from its decision in force."""
    place = place_on(household_id, on)
    decision = next((row for row in decisions_of(household_id) if row.amount_fen and row.ended_on is None), None)
    facts = decision.facts if decision else {}
    members = persons_of(members_on(household_id, on), facts, on, None)
    return Folder(
        number=number, household=number, area=AREAS.get(place.area if place else "", ""),
        applicant=next((one.name for one in members), ""), places=places, place=place,
        account=account_on(household_id, on), members=members, applied=members, declared=facts, on=on,
        words=wording_on(on), county=County(decision=decision),
    )  # fmt: skip


def places_of(division: str, names: Mapping[str, str] | None = None) -> Places:
    """The names of a village code's county, township and village; who asks for many reads the names once."""
    names = names or division_names()
    return Places(
        names.get(county_of(division), ""), names.get(township_of(division), ""),
        "" if division.endswith("000") else names.get(division, division), division,
    )  # fmt: skip


def _survey(case_id: int) -> Survey:
    forms, orders = surveys_of(case_id), orders_of(case_id)
    return Survey(
        forms[-1] if forms else None, forms[:-1], orders[-1] if orders else None, refused_visits_of(case_id),
        interviews_of(case_id), evidence_letters_of(case_id), matches_of(case_id),
    )  # fmt: skip


def _village(case: CaseFile, on: date) -> Village:
    held, ballot = next(iter(meetings_of(case.id)[::-1]), (None, None))
    file = meeting(held.id) if held else None
    told = read_outs({case.id: case.household_id}, held.held_on if held else on)
    posted = notices_of(case.id)
    sheet = notice_sheet([row.id for row in sheet_of(posted[-1].id)]) if posted else None
    return Village(
        held, ballot, file.seats if file else (), told.get(case.id), posted[-1] if posted else None, sheet,
        objections_of(case.id), no_objection(case.id, on) if posted else None,
    )  # fmt: skip


def _county(case: CaseFile, found: Mapping[str, Any] | None, on: date) -> County:
    mine = [row for row in decisions_of(case.household_id) if row.case_id == case.id and row.voided_on is None]
    decision = mine[0] if mine else None
    return County(
        opinion_of(case.id), visits_of(case.id), hearing_of(case.id), decision, decision_letters_of(case.id),
        _answer(decision, found, on), next((row.review_class for row in open_reviews(case.household_id)), ""),
    )  # fmt: skip


def _answer(decision: DecisionRow | None, found: Mapping[str, Any] | None, on: date) -> Answer | None:
    """What the rules say: of the decision on its day, else of the survey on the day of printing; None where neither."""
    try:
        if decision:
            return explain(decision.pk)
        return answer_on(found, on, trace=True) if found and found.get("members") else None
    except DecisionRefused:
        return None  # facts that the rules cannot read leave the calculation empty; the page of the case says why
