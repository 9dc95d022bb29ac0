"""复查: a sampled household is decided again by the rules of the decision's day; ten yuan are within tolerance."""

from datetime import date

import pytest

from opendibao.decision.models import Decision
from opendibao.evaluation.actions import draw_accuracy_sample, record_accuracy_check
from opendibao.evaluation.models import AccuracyCheck
from opendibao.evaluation.reached import NotSampled, note_missed
from opendibao.evaluation.resurveys import BadFacts, facts_on_file, with_more
from tests.evaluation.year import measured, ratio
from tests.payment.builders import VILLAGE, Family, at, opening_act

pytestmark = pytest.mark.usefixtures("county")
NOVEMBER, DECEMBER = date(2024, 11, 4), date(2024, 12, 2)
# one man of fifty alone on no income: the whole rural standard of 740.00, no supplement
ALONE = {
    "area": "rural",
    "members": [{"name": "甲", "born": "1974-01-01", "sex": "male", "relation": "head"}],
    "property": {"financial_assets": 0, "dwellings": 1},
}


def decided(number: str, fen: int, facts: dict[str, object] | None = None) -> None:
    made = Family(number).enter()
    Decision.objects.create(
        number=f"旧{number}", household=made.household, opening_act=opening_act(), division=VILLAGE, area="rural",
        kind="legacy", cause="opening", outcome="dibao", decided_on=date(2024, 1, 2), maker="甲签", approver="乙签",
        persons=1, amount_fen=fen, first_month=date(2024, 2, 1), facts=facts or {},
    )  # fmt: skip


def earning(yuan: int) -> dict[str, object]:
    """The same man with another income of so many yuan a month."""
    member = {**ALONE["members"][0], "income": [{"kind": "other", "amount": yuan, "per": "month"}]}  # type: ignore[index]
    return {**ALONE, "members": [member]}


def drawn() -> int:
    (check,) = draw_accuracy_sample(2024, size=1, seed=1, on=NOVEMBER, at=at(NOVEMBER))
    return check


def checked(facts: dict[str, object], fen: int = 74000) -> AccuracyCheck:
    decided("A1", fen)
    return record_accuracy_check(drawn(), facts=facts, on=DECEMBER, at=at(DECEMBER))


def test_the_same_facts_give_the_same_outcome_and_amount() -> None:
    found = checked(ALONE)
    assert (found.outcome, found.amount_fen) == ("dibao", 74000)
    assert ratio("target_accuracy") == (1, 1)


@pytest.mark.parametrize(("yuan", "agrees"), [(10, 1), (11, 0), (700, 0), (740, 0)])
def test_ten_yuan_are_within_tolerance_and_eleven_are_not(yuan: int, agrees: int) -> None:
    # 740 − income; at 740 the income is no longer below the standard
    assert checked(earning(yuan)).amount_fen == (740 - yuan) * 100
    assert ratio("target_accuracy") == (agrees, 1)


def test_what_is_drawn_and_not_yet_checked_is_not_measured() -> None:
    decided("A1", 74000)
    assert note_missed("accuracy", drawn(), on=DECEMBER, at=at(DECEMBER)) == 1
    assert measured("target_accuracy").value is None


def test_a_check_is_recorded_once() -> None:
    found = checked(ALONE)
    with pytest.raises(NotSampled, match="已经登记"):
        record_accuracy_check(found.pk, facts=ALONE, on=DECEMBER, at=at(DECEMBER))
    with pytest.raises(NotSampled, match="不存在"):
        record_accuracy_check(0, facts=ALONE, on=DECEMBER, at=at(DECEMBER))


def test_facts_that_cannot_be_are_refused_by_field_and_leave_the_check_open() -> None:
    decided("A1", 74000)
    check = drawn()
    with pytest.raises(BadFacts, match=r"members\[0\]\.income"):
        record_accuracy_check(check, facts=earning(-1), on=DECEMBER, at=at(DECEMBER))
    with pytest.raises(BadFacts, match="早于抽取日期"):
        record_accuracy_check(check, facts=ALONE, on=date(2024, 11, 3), at=at(DECEMBER))
    assert AccuracyCheck.objects.get().checked_on is None


def test_what_was_found_more_is_added_to_the_facts_on_file() -> None:
    decided("A1", 74000, ALONE)
    check = drawn()
    assert facts_on_file(check) == ALONE
    found = record_accuracy_check(
        check, facts=with_more(ALONE, income_fen=25000, assets_fen=0), on=DECEMBER, at=at(DECEMBER)
    )
    assert (found.outcome, found.amount_fen) == ("dibao", 49000)  # 740 − 250


@pytest.mark.parametrize(
    ("assets", "more"),
    [
        (0, "17760.01"),
        ("10000", "27760.01"),
        ({"deposits": 5000, "funds": 1000}, {"deposits": "22760.01", "funds": 1000}),
    ],
)
def test_undeclared_deposits_are_added_however_the_file_writes_them(assets: object, more: object) -> None:
    facts = {**ALONE, "property": {"financial_assets": assets, "dwellings": 1}}
    assert with_more(facts, income_fen=0, assets_fen=1776001)["property"]["financial_assets"] == more
    assert facts["property"]["financial_assets"] == assets  # type: ignore[index]


def test_a_deposit_above_the_limit_ends_the_entitlement() -> None:
    decided("A1", 74000, ALONE)  # limit: 24 × 740 × 1 = 17,760.00; equality passes
    found = record_accuracy_check(
        drawn(), facts=with_more(ALONE, income_fen=0, assets_fen=1776001), on=DECEMBER, at=at(DECEMBER)
    )
    assert found.outcome != "dibao"
    assert ratio("target_accuracy") == (0, 1)


def test_a_decision_whose_facts_were_not_recorded_has_none_on_file() -> None:
    decided("A1", 74000, {"lacks": "存量名册没有收入"})
    assert facts_on_file(drawn()) == {}
    assert facts_on_file(0) == {}
