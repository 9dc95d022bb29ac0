"""一年的案件: a county that lived a year has every paper of every case, and cases at every step when it ends."""

import pytest

from opendibao.demo.pending import STAGES
from tests.built import BuiltCounty

DECIDED = "SELECT d.id FROM decision_decision d JOIN intake_case c ON c.id = d.case_id WHERE c.kind = 'application'"


def count(county: BuiltCounty, sql: str) -> int:
    return int(county.one(f"SELECT count(*) FROM ({sql}) found"))


class TestEveryDecidedApplication:
    @pytest.mark.parametrize(
        ("what", "lacks"),
        [
            ("everybody of age signed", """
SELECT FROM registry_membership m JOIN registry_person p ON p.id = m.person_id
WHERE m.household_id = c.household_id AND m.valid @> c.accepted_on AND p.born <= c.accepted_on - interval '18 years'
  AND NOT EXISTS (SELECT FROM intake_consent s WHERE s.case_id = c.id AND s.person_id = p.id)"""),
            ("a letter says it was taken", """
SELECT WHERE NOT EXISTS (SELECT FROM intake_caseletter l WHERE l.case_id = c.id AND l.kind = 'accepted'
  AND l.delivered_on IS NOT NULL)"""),
            ("two were sent and went in time", """
SELECT WHERE NOT EXISTS (SELECT FROM verification_surveyorder o JOIN verification_survey s ON s.case_id = o.case_id
  AND s.surveyed_on BETWEEN o.from_day AND o.to_day WHERE o.case_id = c.id)"""),
            ("a neighbour was asked", """
SELECT WHERE NOT EXISTS (SELECT FROM verification_neighbourinterview i WHERE i.case_id = c.id)"""),
            ("the village voted, everybody by name", """
SELECT WHERE NOT EXISTS (SELECT FROM decision_reviewvote v JOIN decision_reviewmeeting m ON m.id = v.meeting_id
  WHERE v.case_id = c.id AND m.minutes <> '' AND 13 = (
    SELECT count(*) FROM decision_meetingmember p WHERE p.meeting_id = m.id AND p.is_signed))"""),
            ("the township gave its opinion and reported", """
SELECT WHERE NOT EXISTS (SELECT FROM decision_firstopinion o
  WHERE o.case_id = c.id AND o.reported_on <= d.decided_on)"""),
            ("whoever decided had no hand in it", """
SELECT FROM verification_survey s WHERE s.case_id = c.id
  AND d.approver IN (s.first_surveyor, s.second_surveyor, s.entered_by, c.accepted_by)"""),
            ("its letter has arrived", """
SELECT FROM decision_letter l WHERE l.decision_id = d.id
  AND (l.delivered_on IS NULL OR l.delivered_on > d.decided_on + 6)"""),
        ],
        ids=lambda value: value if " FROM " not in value and "SELECT" not in value else "",
    )  # fmt: skip
    def test_it_is_whole(self, small_county: BuiltCounty, what: str, lacks: str) -> None:
        found = small_county.rows(
            "SELECT d.number FROM decision_decision d JOIN intake_case c ON c.id = d.case_id"
            f" WHERE c.kind = 'application' AND EXISTS ({lacks})"
        )
        assert found == [], what

    def test_a_granted_one_hung_for_seven_days_and_was_taken_down(self, small_county: BuiltCounty) -> None:
        granted = count(small_county, f"{DECIDED} AND d.kind = 'confirm'")
        hung = count(
            small_county,
            f"{DECIDED} AND d.kind = 'confirm' AND EXISTS (SELECT FROM decision_publicnotice n WHERE n.case_id = c.id"
            " AND n.places <> '{}' AND n.taken_down_on > n.ends_on AND n.ends_on < d.decided_on)",
        )
        assert granted == hung == 16  # so many households the targets of the small county have enter


class TestWhatHappensNowAndThen:
    @pytest.mark.parametrize(
        ("sql", "least"),
        [
            ("SELECT FROM intake_supplementnotice WHERE sequence = 1", 2),
            ("SELECT FROM intake_mandate", 1),
            ("SELECT FROM intake_onlineapplication WHERE case_id IS NULL", 1),
            ("SELECT FROM verification_itemsheet WHERE kind = 'seasonal_wages'", 1),
            ("SELECT FROM intake_officialrelative", 2),
            ("SELECT FROM decision_countyvisit WHERE ground = 'relative'", 1),
            ("SELECT FROM decision_objection WHERE outcome = 'groundless'", 1),
            ("SELECT FROM decision_objection WHERE outcome = 'review'", 1),
            ("SELECT FROM decision_objection WHERE settled_on IS NULL", 1),
            ("SELECT FROM decision_reviewvote WHERE is_contested", 1),
            ("SELECT FROM verification_survey WHERE sequence = 2", 1),
            ("SELECT FROM decision_publicnotice WHERE sequence = 2", 1),
            ("SELECT FROM decision_reviewvote WHERE recused <> '{}'", 1),
        ],
    )
    def test_it_is_there(self, small_county: BuiltCounty, sql: str, least: int) -> None:
        assert count(small_county, sql) >= least

    def test_nobody_was_told_twice(self, small_county: BuiltCounty) -> None:
        assert count(small_county, "SELECT FROM intake_supplementnotice WHERE sequence > 1") == 0

    def test_surveyors_change(self, small_county: BuiltCounty) -> None:
        pairs = small_county.one("SELECT count(DISTINCT (first_surveyor, second_surveyor)) FROM verification_survey")
        assert pairs > 10


def test_every_villages_list_hangs_anew_every_month(small_county: BuiltCounty) -> None:
    villages = small_county.one("SELECT count(*) FROM registry_division WHERE level = 'village'")
    months = small_county.rows("SELECT month, count(*) FROM decision_publication GROUP BY 1 ORDER BY 1")

    assert len(months) == 12
    assert {hung for _, hung in months} == {villages}


def test_cases_stand_at_every_step_when_the_year_is_over(small_county: BuiltCounty) -> None:
    states = dict(
        small_county.rows(
            "SELECT state, count(*) FROM intake_case WHERE closed_on IS NULL AND kind = 'application' GROUP BY 1"
        )
    )

    assert set(states) == {"submitted", "returned", "accepted", "verified", "reviewed", "noticed", "reported"}
    assert sum(states.values()) == len(STAGES) - 1  # one lies at the door and is no case yet


def test_none_of_them_is_in_force_or_paid(small_county: BuiltCounty) -> None:
    undecided = (
        "SELECT FROM intake_case c WHERE c.closed_on IS NULL AND c.kind = 'application' AND EXISTS"
        " (SELECT FROM decision_decision d WHERE d.household_id = c.household_id)"
    )
    assert count(small_county, undecided) == 0


def test_two_re_verifications_wait_for_the_county(small_county: BuiltCounty) -> None:
    waiting = "SELECT FROM intake_case WHERE closed_on IS NULL AND kind = 'review' AND state = 'verified'"
    assert count(small_county, waiting) == 2
