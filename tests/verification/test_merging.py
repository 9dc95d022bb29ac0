"""并入申报: deposits of two members add up, one home of two counts once, and nothing is counted beside itself."""

from typing import Any

from opendibao.verification.merging import Said, merged

WANG, LI = "王秀英", "李建国"
TOLD: dict[str, Any] = {
    "members": [
        {"name": WANG, "relation": "head", "income": [{"kind": "wages", "amount": "300", "per": "month"}]},
        {"name": LI, "relation": "spouse"},
    ],
    "property": {"financial_assets": 5000, "dwellings": 1},
}


def said(person: str = WANG, source: str = "bank_deposits", *things: str, **facts: Any) -> Said:
    return Said(person, source, facts, frozenset(things))


def deposits(yuan: str) -> dict[str, Any]:
    return {"financial_assets": {"deposits": yuan}}


class TestMoney:
    def test_members_add_up_and_replace_what_was_declared(self) -> None:
        """60,000 of hers and 38,000.50 of his are 98,000.50; the 5,000 declared are among them."""
        found = merged(
            TOLD, [said(WANG, "bank_deposits", "a", property=deposits("60000")),
                   said(LI, "bank_deposits", "b", property=deposits("38000.50"))],
        )  # fmt: skip
        assert found["property"]["financial_assets"] == {"deposits": "98000.50"}

    def test_what_the_family_declared_beyond_it_stays(self) -> None:
        assert merged(TOLD, [said(property=deposits("3000"))])["property"]["financial_assets"] == {
            "deposits": "5000.00"
        }

    def test_another_kind_stands_beside_it(self) -> None:
        funds = {"financial_assets": {"funds": "20000"}}
        assert merged(TOLD, [said(source="securities", property=funds)])["property"]["financial_assets"] == {
            "deposits": "5000.00", "funds": "20000.00",
        }  # fmt: skip

    def test_two_departments_that_know_of_the_same_kind_are_not_added(self) -> None:
        found = merged(TOLD, [said(property=deposits("60000")), said(source="payment_apps", property=deposits("9000"))])
        assert found["property"]["financial_assets"] == {"deposits": "60000.00"}

    def test_an_account_of_both_counts_once(self) -> None:
        joint = [said(who, "bank_deposits", "joint", property=deposits("40000")) for who in (WANG, LI)]
        assert merged(TOLD, joint)["property"]["financial_assets"] == {"deposits": "40000.00"}


class TestThings:
    def test_the_spouses_one_home_is_one(self) -> None:
        both = [said(who, "real_estate", "unit", property={"dwellings": 1}) for who in (WANG, LI)]
        assert merged(TOLD, both)["property"]["dwellings"] == 1

    def test_a_second_home_of_his_is_a_second(self) -> None:
        two = [
            said(WANG, "real_estate", "unit", property={"dwellings": 1}),
            said(LI, "real_estate", "unit", "other", property={"dwellings": 2}),
        ]
        assert merged(TOLD, two)["property"]["dwellings"] == 2

    def test_a_declared_home_that_nobody_registered_stays(self) -> None:
        assert merged(TOLD, [said(source="real_estate", property={"companies": 1})])["property"] == {
            "financial_assets": 5000, "dwellings": 1, "companies": 1,
        }  # fmt: skip

    def test_a_car_beside_the_declared_tricycle(self) -> None:
        tricycle, car = {"kind": "tricycle"}, {"kind": "car", "use": "private"}
        told = {**TOLD, "property": {"vehicles": [tricycle]}}
        found = merged(told, [said(source="vehicles", property={"vehicles": [tricycle, car]})])
        assert found["property"]["vehicles"] == [tricycle, car]


class TestPersons:
    def test_a_higher_wage_replaces_the_declared_one(self) -> None:
        wage = {"kind": "wages", "amount": "1800", "per": "month"}
        (head, _spouse) = merged(TOLD, [said(source="tax", income=[wage])])["members"]
        assert head["income"] == [wage]

    def test_two_departments_on_one_wage_are_not_added(self) -> None:
        """18,000 a year is less than 1,800 a month: the larger counts, once."""
        month, year = (
            {"kind": "wages", "amount": "1800", "per": "month"},
            {"kind": "wages", "amount": "18000", "per": "year"},
        )
        (head, _spouse) = merged(
            TOLD, [said(source="tax", income=[year]), said(source="social_insurance", income=[month])]
        )["members"]
        assert head["income"] == [month]

    def test_a_pension_stands_beside_the_wage(self) -> None:
        pension = {"kind": "resident_pension", "amount": "163", "per": "month"}
        (head, spouse) = merged(TOLD, [said(LI, "social_insurance", income=[pension])])["members"]
        assert (len(head["income"]), spouse["income"]) == (1, [pension])

    def test_who_died_is_no_member_and_the_next_is_head(self) -> None:
        assert merged(TOLD, [said(died="2024-02-10")])["members"] == [{"name": LI, "relation": "head"}]

    def test_who_is_in_prison_or_helped_elsewhere_is_marked(self) -> None:
        (head, spouse) = merged(TOLD, [said(source="prisons", absent="prison"), said(LI, "x", already="tekun")])[
            "members"
        ]
        assert (head["absent"], spouse["already"]) == ("prison", "tekun")

    def test_nothing_of_it_touches_what_was_declared(self) -> None:
        before = repr(TOLD)
        merged(
            TOLD, [said(died="2024-02-10"), said(LI, property=deposits("1"), income=[{"kind": "wages", "amount": 1}])]
        )
        assert repr(TOLD) == before


def test_words_alone_cannot_be_weighed() -> None:
    assert not said(found="有旧车").is_computable
    assert said(property={"dwellings": 1}).is_computable
