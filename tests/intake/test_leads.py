"""主动发现: a lead is told once and answered once."""

from datetime import date

import pytest

from opendibao.audit.queries import events_of
from opendibao.intake.actions import IntakeRefused, contact_lead, record_lead
from opendibao.intake.models import Lead
from opendibao.intake.queries import leads, leads_count
from tests.conftest import ActAs
from tests.registry.builders import FAR_VILLAGE, NEW_YEAR, OTHER_TOWN, TOWN, VILLAGE, at, divisions, household

MARCH = date(2024, 3, 15)


def lead(division: str = VILLAGE, *, on: date = NEW_YEAR) -> Lead:
    return record_lead(division, source="grid", on=on, at=at(on), summary="走访发现生活困难")


@pytest.mark.usefixtures("places")
class TestLeads:
    def test_a_lead_that_applies_names_its_household(self) -> None:
        found, home = lead(), household()

        contact_lead(found.pk, outcome="applied", household_id=home, on=MARCH, at=at(MARCH))

        (row,) = leads()
        assert (row.outcome, row.contacted_on, row.household) == ("applied", MARCH, "999999-00001")
        assert [event.action for event in events_of(f"线索 {found.pk}")] == ["登记线索", "联系线索"]

    @pytest.mark.parametrize(
        ("outcome", "on", "reason"),
        [
            ("applied", MARCH, "请选定家庭"),
            ("lost", MARCH, "不在可选项内"),
            ("informed", date(2024, 1, 1), "早于发现日期"),
        ],
    )
    def test_a_faulty_answer_is_refused(self, outcome: str, on: date, reason: str) -> None:
        found = lead()

        with pytest.raises(IntakeRefused, match=reason):
            contact_lead(found.pk, outcome=outcome, on=on, at=at(MARCH))
        assert leads()[0].contacted_on is None

    def test_a_lead_is_answered_once(self) -> None:
        found = lead()
        contact_lead(found.pk, outcome="informed", on=MARCH, at=at(MARCH))

        with pytest.raises(IntakeRefused, match="已于2024-03-15联系过"):
            contact_lead(found.pk, outcome="informed", on=MARCH, at=at(MARCH))

    @pytest.mark.parametrize(
        ("division", "source", "summary", "reason"),
        [
            (TOWN, "grid", "困难", "不是村"),
            ("360429100999", "grid", "困难", "不存在"),
            (VILLAGE, "radio", "困难", "来源"),
            (VILLAGE, "grid", " ", "写明情况"),
            (VILLAGE, "grid", "长" * 201, "200字以内"),
        ],
    )
    def test_a_faulty_lead_is_refused(self, division: str, source: str, summary: str, reason: str) -> None:
        with pytest.raises(IntakeRefused, match=reason):
            record_lead(division, source=source, on=NEW_YEAR, at=at(NEW_YEAR), summary=summary)
        assert leads_count() == 0

    def test_the_list_is_paged_with_the_latest_first(self) -> None:
        lead(), lead(on=MARCH), lead(FAR_VILLAGE)

        assert [row.found_on for row in leads(limit=2)] == [MARCH, NEW_YEAR]
        assert leads_count() == 3
        assert (leads_count(division=TOWN), leads_count(division=OTHER_TOWN)) == (2, 1)
        assert len(leads(limit=None, offset=1)) == 2


def test_another_township_neither_sees_nor_answers_a_lead(act_as: ActAs) -> None:
    with act_as("360429"):
        divisions()
        found = lead(FAR_VILLAGE)
    with act_as("360429100"):
        assert leads_count() == 0
        with pytest.raises(IntakeRefused, match="没有这条线索"):
            contact_lead(found.pk, outcome="informed", on=MARCH, at=at(MARCH))
        with pytest.raises(IntakeRefused, match="不在本人办理"):
            lead(FAR_VILLAGE)
