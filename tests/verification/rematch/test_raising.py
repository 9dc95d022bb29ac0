"""起预警: each kind by hand, the exact limit and one fen above it, and what the county knows already."""

from datetime import date

import pytest

from opendibao.registry.actions import record_death
from opendibao.verification.models import Alert
from opendibao.verification.rematch.kinds import KINDS
from opendibao.verification.sources.alerts import ALERTS
from tests.registry.builders import FATHER, LONER, MOTHER, at
from tests.verification.delivered import deposit, row
from tests.verification.rematch.county import (
    AS_OF,
    DECIDED,
    LIMIT,
    ON,
    STANDARD,
    brought,
    couple,
    facts,
    person,
    raised,
    run,
)

pytestmark = pytest.mark.usefixtures("places")
NOTHING = -2 * STANDARD  # 1,480 yuan a month are lost
ONE_LESS = -STANDARD  # 740


def test_every_kind_that_a_source_may_raise_is_known() -> None:
    assert set(ALERTS) == set(KINDS)


class TestMoney:
    def test_the_limit_itself_is_no_warning(self) -> None:
        couple()
        brought("bank_deposits", deposit(MOTHER, LIMIT, as_of="2024-05-10"))

        assert raised() == []

    def test_a_fen_above_the_limit_is(self) -> None:
        couple()
        brought("bank_deposits", deposit(MOTHER, LIMIT + 1, as_of="2024-05-10"))

        words = "名下银行存款1笔，截至2024-05-10合计35,520.01元：农商银行尾号0001定期35,520.01元"
        assert raised() == [("deposits_over_limit", words, LIMIT + 1, NOTHING)]

    def test_what_man_and_wife_have_counts_together_and_is_one_warning(self) -> None:
        couple()
        mine = deposit(MOTHER, LIMIT, as_of="2024-05-10")
        brought("bank_deposits", mine, deposit(FATHER, 1, account="6217000002", as_of="2024-05-10"))

        ((kind, _words, measure, effect),) = raised()
        assert (kind, measure, effect) == ("deposits_over_limit", LIMIT + 1, NOTHING)

    def test_money_in_two_sources_counts_together(self) -> None:
        couple()
        brought("bank_deposits", deposit(MOTHER, LIMIT, as_of="2024-05-10"))
        fund = row(FATHER, company="某证券", account="A1", kind="fund", balance=1, value=1, as_of="2024-05-10")
        brought("securities", fund)

        assert {(kind, measure) for kind, _words, measure, _effect in raised()} == {("deposits_over_limit", LIMIT + 1)}

    def test_money_that_the_decision_counted_is_no_news(self) -> None:
        couple(facts(financial_assets={"deposits": "98000"}))
        brought("bank_deposits", deposit(MOTHER, 98_000_00, as_of="2024-05-10"))

        assert raised() == []


class TestStanding:
    def test_a_death_takes_one_off_and_is_due_in_three_working_days(self) -> None:
        couple()
        brought("public_security", row(FATHER, status="died", died_on="2024-05-01"))

        assert raised() == [("death", "户籍登记：2024-05-01死亡", None, ONE_LESS)]
        assert Alert.objects.get().due_on == date(2024, 5, 23)  # Monday 20 May: 21, 22, 23

    def test_who_is_dead_on_our_register_is_not_asked_about(self) -> None:
        couple()
        brought("public_security", row(FATHER, status="died", died_on="2024-05-01"))
        record_death(person(FATHER).pk, died=date(2024, 5, 1), at=at(ON))

        assert raised() == []

    def test_who_is_in_prison_is_not_counted(self) -> None:
        couple()
        brought("prisons", row(FATHER, kind="prison", place="某监狱", since="2024-03-01"))

        assert raised() == [("prison", "2024-03-01起在监狱服刑（某监狱）", None, ONE_LESS)]

    def test_a_prison_that_the_decision_knows_is_no_news(self) -> None:
        decided = facts()
        decided["members"][1]["absent"] = "prison"
        couple(decided)
        brought("prisons", row(FATHER, kind="prison", place="某监狱", since="2023-03-01"))

        assert raised() == []

    @pytest.mark.parametrize(
        ("code", "kind", "words"),
        [
            ("tekun", "tekun", "2024-02起在演示县享受特困人员救助供养"),
            ("dibao_elsewhere", "other_county", "2024-02起在演示县享受最低生活保障"),
        ],
    )
    def test_help_elsewhere_takes_one_off(self, code: str, kind: str, words: str) -> None:
        couple()
        brought("other_assistance", row(FATHER, kind=code, place="演示县", since="2024-02"))

        assert raised() == [(kind, words, None, ONE_LESS)]

    def test_who_moved_away_is_told_without_an_amount(self) -> None:
        couple()
        brought("public_security", row(FATHER, status="moved_out", moved_on="2024-04-02", moved_to="外县"))

        assert raised() == [("moved_away", "户口2024-04-02迁出本县，迁往外县", None, None)]

    def test_a_marriage_to_somebody_else_after_the_decision_is_told(self) -> None:
        couple()
        stranger = row(FATHER, kind="married", since="2024-04-02", spouse="外人")
        brought("civil_registry", stranger, row(MOTHER, kind="married", since="2005-04-02", spouse=FATHER.name))

        assert raised() == [("married", "2024-04-02登记结婚，配偶：外人", None, None)]

    def test_a_marriage_before_the_decision_is_no_news(self) -> None:
        couple()
        brought("civil_registry", row(FATHER, kind="married", since=DECIDED.isoformat(), spouse="外人"))

        assert raised() == []


class TestThings:
    def test_a_car_that_nobody_declared_ends_the_claim(self) -> None:
        couple()
        brought("vehicles", row(FATHER, plate="赣Z1A234", kind="car", use="private", registered_on="2023-05-12"))

        words = "小客车赣Z1A234（非营运，2023-05-12登记）"
        assert raised() == [("new_vehicle", words, None, NOTHING)]

    def test_a_truck_to_live_by_is_told_and_changes_nothing(self) -> None:
        couple()
        brought("vehicles", row(FATHER, plate="赣Z66601", kind="truck", use="livelihood", registered_on="2024-04-01"))

        assert raised() == [("new_vehicle", "货车赣Z66601（营运或生产用，2024-04-01登记）", None, 0)]

    def test_a_car_that_the_decision_knows_is_no_news_but_a_new_one_is(self) -> None:
        couple(facts(vehicles=[{"kind": "truck", "use": "livelihood"}]))
        old = row(FATHER, plate="赣Z66601", kind="truck", use="livelihood", registered_on="2019-08-01")
        brought("vehicles", old)
        assert raised() == []

        new = row(FATHER, plate="赣Z66602", kind="truck", use="livelihood", registered_on="2024-05-02")
        brought("vehicles", new, as_of=date(2024, 5, 11))
        assert raised() == [("new_vehicle", "货车赣Z66602（营运或生产用，2024-05-02登记）", None, None)]

    def test_a_company_and_a_second_home(self) -> None:
        couple()
        brought("business_registration", row(
            MOTHER, credit_code="91360429MA00000001", company="某某超市", kind="trader", role="operator",
            state="active", established_on="2023-01-05",
        ))  # fmt: skip
        homes = [row(MOTHER, unit_no=f"360429-{n}", use="dwelling", address=f"{n}号") for n in (1, 2)]
        brought("real_estate", *homes)

        found = {kind: (measure, effect) for kind, _words, measure, effect in raised()}
        assert found["company"] == (None, NOTHING)
        assert found["second_home"][0] == 2

    def test_the_home_that_is_declared_is_no_news(self) -> None:
        couple()
        brought("real_estate", row(MOTHER, unit_no="360429-1", use="dwelling", address="1号"),
                row(FATHER, unit_no="360429-1", use="dwelling", address="1号"))  # fmt: skip

        assert raised() == []


class TestIncome:
    def test_a_pension_that_nobody_declared_lowers_the_money(self) -> None:
        couple()
        brought("social_insurance", row(
            MOTHER, kind="resident_pension", since="2015-03", amount=15_000, basic=12_300,
        ))  # fmt: skip

        # 150 a month are 1,800 a year; 27 a month count, so 1,480 become 1,453
        ((kind, _words, measure, effect),) = raised()
        assert (kind, measure, effect) == ("pension", 180_000, -2_700)

    def test_a_pension_as_declared_is_no_news(self) -> None:
        decided = facts()
        decided["members"][0]["income"] = [
            {"kind": "resident_pension", "amount": "150", "per": "month", "basic": "123"}
        ]
        couple(decided)
        brought("social_insurance", row(
            MOTHER, kind="resident_pension", since="2015-03", amount=15_000, basic=12_300,
        ))  # fmt: skip

        assert raised() == []

    def test_a_job_without_a_stated_wage_is_a_lead(self) -> None:
        couple()
        brought("social_insurance", row(FATHER, kind="employee", since="2023-06", employer="某某服装有限公司"))

        assert raised() == [("wages", "2023-06起由某某服装有限公司参加职工社会保险", None, None)]


def test_facts_that_cannot_be_computed_leave_the_effect_open() -> None:
    couple({"lacks": "旧系统没有"})
    brought("public_security", row(FATHER, status="died", died_on="2024-05-01"))

    assert raised() == [("death", "户籍登记：2024-05-01死亡", None, None)]


def test_a_death_of_the_only_one_left_ends_all_that_is_paid() -> None:
    alone = {
        "area": "rural",
        "members": [{"name": LONER.name, "born": "1950-01-20", "sex": "male", "relation": "head"}],
    }
    couple(alone, "999999-00009", LONER)
    brought("public_security", row(LONER, status="died", died_on="2024-05-01"))

    assert [effect for _kind, _words, _measure, effect in raised()] == [-2 * STANDARD]


def test_where_the_rules_do_not_give_what_is_paid_the_effect_stays_open() -> None:
    decided = facts()
    decided["members"][0]["income"] = [{"kind": "other", "amount": "100", "per": "month"}]  # 1,380 and not 1,480
    couple(decided)
    brought("public_security", row(FATHER, status="died", died_on="2024-05-01"))

    assert [effect for _kind, _words, _measure, effect in raised()] == [None]


def test_where_it_was_read_stands_with_the_warning() -> None:
    couple()
    delivery = brought(
        "public_security", row(MOTHER, status="registered"), row(FATHER, status="died", died_on="2024-05-01")
    )

    found = run()

    alert = Alert.objects.get()
    assert (alert.delivery_id, alert.row_no, alert.as_of, alert.person.name) == (delivery, 3, AS_OF, FATHER.name)
    assert (alert.monthly_fen, alert.severity, alert.state, alert.rematch_id) == (2 * STANDARD, 3, "open", found.pk)
    assert alert.link.person_id == alert.person_id
