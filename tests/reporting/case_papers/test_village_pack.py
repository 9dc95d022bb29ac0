"""村表册: one walk through the village: everybody whom somebody must visit, in the order of the houses, prefilled."""

from datetime import date

import pytest

from opendibao.registry.actions import register_household
from opendibao.registry.entries import HouseholdEntry, MemberEntry
from opendibao.reporting.case_papers import NoPapers, village_pack
from opendibao.reviews.actions import schedule_for_entry
from opendibao.verification.survey_orders import order_survey
from tests.decision.builders import covered
from tests.intake.builders import accepted
from tests.registry.builders import NEXT_VILLAGE, VILLAGE, at, number
from tests.reporting.case_papers.reading import pages, text

pytestmark = pytest.mark.usefixtures("places")
DAY, DUE = date(2024, 3, 5), date(2025, 3, 10)
HOUSES = ("10组1号", "2组30号", "2组4号")


def waiting() -> None:
    """Three families of a village whose applications were accepted."""
    for place, address in enumerate(HOUSES):
        who = MemberEntry(number(date(1950 + place, 1, 20), 11), f"户主{'甲乙丙'[place]}", "head")
        made = HouseholdEntry(f"999999-0010{place}", VILLAGE, "rural", address, "", (who,), None)
        accepted(register_household(made, on=date(2024, 1, 2), at=at(date(2024, 1, 2))).pk)


def test_houses_stand_in_the_order_of_groups_and_numbers() -> None:
    waiting()

    first, *forms = pages(village_pack(VILLAGE, DAY))

    assert "共3户" in first
    assert first.index("2组4号") < first.index("2组30号") < first.index("10组1号")
    assert [name for page in forms if "入户调查表依据" in page and "第1页" in page
            for name in ("户主甲", "户主乙", "户主丙") if name in page] == ["户主丙", "户主乙", "户主甲"]  # fmt: skip
    assert sum("邻里访问表依据" in page for page in forms) == 3


def test_who_is_sent_and_when_stands_on_list_and_form() -> None:
    case = accepted()
    order_survey(case.pk, surveyors=("陈走访", "黄走访"), from_day=DAY, to_day=date(2024, 3, 8), on=DAY, at=at(DAY))

    found = pages(village_pack(VILLAGE, DAY))

    assert "陈走访、黄走访03-05至03-08" in found[0]
    assert "调查人陈走访第二调查人黄走访" in found[1]


def test_a_family_whose_review_is_due_is_there_with_its_last_facts() -> None:
    decision = covered()
    schedule_for_entry(decision.household_id, VILLAGE, "yearly", on=date(2024, 3, 18), at=at(date(2024, 3, 18)))

    said = text(village_pack(VILLAGE, DUE))

    assert "共1户" in said
    assert "复核" in said
    assert "李建国工资薪金每月1,200.00元，8个月□是□否" in said


def test_a_village_where_nobody_waits_has_no_pack() -> None:
    waiting()

    with pytest.raises(NoPapers):
        village_pack(NEXT_VILLAGE, DAY)


def test_a_township_has_the_packs_of_its_villages_in_one() -> None:
    waiting()

    assert "共3户" in text(village_pack("360429100000", DAY))
