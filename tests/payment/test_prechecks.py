"""发放前核对: each of the eleven questions by hand, and what may be done about what they find."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from opendibao.audit.models import Event
from opendibao.audit.session import acting
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.payment.actions import (
    check_run,
    compute_run,
    look_again,
    recompute_run,
    settle_finding,
    settle_findings,
    sign_checks,
)
from opendibao.payment.models import AccountAnswer, BankFile, CheckKind, Finding, PayRun
from opendibao.payment.queries import check_table, findings, gates
from opendibao.payment.refusal import PaymentRefused
from opendibao.registry.actions import record_death
from opendibao.registry.entries import AccountEntry
from opendibao.registry.models import BankAccount
from tests.payment.builders import FAR_VILLAGE, KNOWN_FROM, LONG_AGO, Family, at, family, new_account
from tests.payment.months import JANUARY, ready
from tests.registry.changed import allow

DAY = date(2024, 1, 3)
BY_TWO = "账户{}起改为尾号{}：甲经办提出，乙核实当面看存折或银行卡核实"
pytestmark = pytest.mark.usefixtures("county")


def tidy(number: str, **more: object) -> Family:
    """A family whose account is in the name of a member: no question finds anything."""
    return family(number, holder="成员1", **more)


def as_owner(sql: str, *parameters: object, table: str) -> None:
    """What no application can do: a row as another county or a fault would leave it."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql, parameters or None)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SET ROLE opendibao_app")


def compute(month: date = JANUARY, on: date = DAY) -> PayRun:
    return compute_run(month, on=on, at=at(on), maker="张经办")


def found(run: PayRun) -> dict[tuple[str, str], str]:
    return {(row.household, row.kind): row.detail for row in findings(run.pk) if row.outcome != "fixed"}


def settle(run: PayRun, household: str, kind: str, outcome: str, reason: str = "已核实") -> Finding:
    pk = Finding.objects.get(run=run, household__number=household, kind=kind).pk
    return settle_finding(pk, outcome=outcome, reason=reason, on=DAY, at=at(DAY))


class TestDead:
    def test_a_member_who_died_before_the_freeze_is_named_with_the_day(self) -> None:
        made = tidy("A1", persons=2)
        record_death(made.people[1].pk, died=date(2023, 12, 30), at=at(date(2024, 1, 2)))
        assert found(compute()) == {("A1", "dead"): "成员2（2023-12-30）已故"}

    def test_who_dies_after_the_freeze_day_is_the_next_months(self) -> None:
        made = tidy("A1", persons=2)
        record_death(made.people[1].pk, died=date(2024, 1, 4), at=at(date(2024, 1, 5)))
        assert found(compute()) == {}

    def test_a_death_that_the_decision_knew_is_no_finding(self) -> None:
        made = tidy("A1", persons=2)
        record_death(made.people[1].pk, died=date(2023, 12, 5), at=at(date(2023, 12, 6)))
        made.decide("reduce", date(2023, 12, 20), fen=31000, first_month=JANUARY, cause="death")
        assert found(compute()) == {}

    def test_a_death_before_the_decision_but_learnt_after_it_is_found(self) -> None:
        made = tidy("A1", persons=2)
        record_death(made.people[1].pk, died=date(2023, 6, 1), at=at(date(2023, 12, 6)))
        assert found(compute()) == {("A1", "dead"): "成员2（2023-06-01）已故"}

    def test_a_family_whose_only_member_died_stays_on_the_list_and_can_only_be_held(self) -> None:
        tidy("B1", fen=31550)
        made = tidy("A1", fen=62000)
        record_death(made.people[0].pk, died=date(2023, 12, 30), at=at(date(2024, 1, 2)))
        run = compute()
        assert found(run)["A1", "dead"] == "成员1（2023-12-30）已故，家中已无在世的成员"
        with pytest.raises(PaymentRefused, match=r"没有在世的成员.*A1"):
            settle(run, "A1", "dead", "accepted")
        settle(run, "A1", "dead", "held", "本人已故，待停发")
        settle(run, "A1", "name_differs", "held", "户主已故")
        ready(run.pk, DAY)
        checked = check_run(run.pk, on=DAY, at=at(DAY), checker="李复核")
        assert (checked.total_fen, checked.held_count, checked.held_fen) == (93550, 1, 62000)
        hold = checked.holds.get()
        # one hold, with what was said about each finding
        assert (hold.line.household.number, hold.reason) == ("A1", "本人已故，待停发；户主已故")
        # the family still has its line, and its name
        assert hold.line.snapshot["head"] == "成员1"


NEIGHBOUR = """
INSERT INTO registry_division (code, name, level, parent_id) VALUES ('360430000000', '邻县', 'county', NULL),
  ('360430100000', '邻镇', 'town', '360430000000'), ('360430100001', '邻村', 'village', '360430100000')
"""


class TestOtherCounty:
    @pytest.fixture(autouse=True)
    def neighbour(self, county: None) -> None:
        as_owner(NEIGHBOUR, table="registry_division")

    def test_a_place_outside_the_county_is_found_and_does_not_stop_the_others(self) -> None:
        tidy("A1")
        made = tidy("B1")
        table = "registry_householdplace"
        moved = f"UPDATE {table} SET division = '360430100001' WHERE household_id = %s"
        as_owner(moved, made.household.pk, table=table)
        run = compute()
        assert run.lines_count == 2
        assert found(run) == {("B1", "other_county"): "冻结日在本县没有户籍地登记"}

    def test_a_member_registered_in_another_county_is_found(self) -> None:
        made = tidy("A1", persons=2)
        moved = "UPDATE registry_person SET division = '360430100001' WHERE id = %s"
        as_owner(moved, made.people[1].pk, table="registry_person")
        assert found(compute()) == {("A1", "other_county"): "成员中有1人登记在外县"}


class TestAccounts:
    def test_a_household_without_account_gets_one_and_the_list_is_frozen_again(self) -> None:
        made = family("A1", has_account=False)
        run = compute()
        assert found(run) == {("A1", "account_missing"): "冻结日没有登记银行账户"}
        with pytest.raises(PaymentRefused, match=r"没有银行账户.*A1"):
            settle(run, "A1", "account_missing", "accepted")
        BankAccount.objects.create(
            household=made.household, division=made.division, holder="成员1", bank="农商银行", number="6201",
            valid=DateRange(date(2024, 1, 4), None), recorded=DateTimeTZRange(at(date(2024, 1, 4)), None),
        )  # fmt: skip
        later = date(2024, 1, 4)
        recompute_run(run.pk, on=later, at=at(later), maker="张经办")
        (row,) = findings(run.pk)
        assert (row.kind, row.outcome, row.reason, row.officer, row.settled_on) == (
            "account_missing", "fixed", "重新编制后不再出现", "张经办", later,
        )  # fmt: skip
        assert gates(run.pk).next_step == "sign"

    def test_two_households_on_one_account_are_accepted_with_a_reason(self) -> None:
        tidy("A1")
        tidy("B1", account="62 A1")  # a blank does not hide it
        tidy("C1")
        run = compute()
        assert found(run) == {
            ("A1", "account_shared"): "账号尾号62A1，同一账号另有 B1",
            ("B1", "account_shared"): "账号尾号62A1，同一账号另有 A1",
        }
        with pytest.raises(PaymentRefused, match="处理说明"):
            settle(run, "A1", "account_shared", "accepted", "  ")
        ids = [row.id for row in findings(run.pk, "account_shared")]
        assert settle_findings(ids, outcome="accepted", reason="父子同卡，已签协议", on=DAY, at=at(DAY)) == 2
        assert {(row.outcome, row.reason, row.officer) for row in findings(run.pk)} == {
            ("accepted", "父子同卡，已签协议", "张经办")
        }
        assert Event.objects.filter(action="处理核对发现", payload__reason="父子同卡，已签协议").count() == 2

    def test_a_clerk_reads_no_number_of_another_townships_family(self) -> None:
        tidy("A1")
        tidy("Z1", account="62A1", division=FAR_VILLAGE)
        assert found(compute()) == {
            ("A1", "account_shared"): "账号尾号62A1，同一账号另有 外乡镇1户",
            ("Z1", "account_shared"): "账号尾号62A1，同一账号另有 外乡镇1户",
        }

    def test_a_holder_who_is_no_member_is_found(self) -> None:
        family("A1")
        assert found(compute()) == {("A1", "name_differs"): "户名“户主A1”不是家庭成员"}

    def test_several_households_whose_accounts_bear_one_strangers_name_say_so(self) -> None:
        family("A1", holder="赵村干")
        family("B1", holder="赵村干")
        family("C1", holder="另一人")
        said = "户名“赵村干”不是家庭成员，另有1户也打入这个户名的账户"
        assert found(compute()) == {
            ("A1", "name_differs"): said,
            ("B1", "name_differs"): said,
            ("C1", "name_differs"): "户名“另一人”不是家庭成员",
        }

    def test_an_account_changed_less_than_thirty_days_ago_is_found(self) -> None:
        for number, since in (("A1", date(2023, 12, 5)), ("B1", date(2023, 12, 4)), ("C1", date(2024, 1, 4))):
            made = tidy(number)
            new_account(made, f"63{number}", since=since, known=at(since))
        assert found(compute()) == {("A1", "account_changed"): BY_TWO.format("2023-12-05", "63A1")}

    def test_a_corrected_number_counts_from_the_day_of_the_correction(self) -> None:
        made = tidy("A1")
        corrected = at(date(2023, 12, 20))
        old = BankAccount.objects.get(household=made.household)
        BankAccount.objects.filter(pk=old.pk).update(recorded=DateTimeTZRange(KNOWN_FROM, corrected))
        allow(made.household, AccountEntry("成员1", "农商银行", "6299"), date(2023, 12, 20))
        BankAccount.objects.create(
            household=made.household, division=made.division, holder="成员1", bank="农商银行", number="6299",
            valid=DateRange(LONG_AGO, None), recorded=DateTimeTZRange(corrected, None),
        )  # fmt: skip
        assert found(compute()) == {("A1", "account_changed"): BY_TWO.format("2023-12-20", "6299")}

    def test_the_banks_refusal_of_the_account_on_the_list_is_found_until_another_is_frozen(self) -> None:
        made = tidy("A1")
        run = compute()
        ready(run.pk, DAY)
        file = BankFile.objects.create(
            run=run, division=run.division, kind="account_answer", direction="in", name="答复", sha256="1" * 64,
            handled_on=DAY, lines_count=1, total_fen=0,
        )  # fmt: skip
        AccountAnswer.objects.create(
            file=file, run=run, household=made.household, division=made.division, account="62A1", holder="张三",
            result="户名不符", answered_on=DAY,
        )  # fmt: skip
        assert look_again(run.pk, on=DAY, at=at(DAY)) == 1
        (detail,) = found(run).values()
        assert detail.startswith("银行预核：")
        assert "银行登记户名“张三”" in detail
        # the signature under this check is no longer good
        assert gates(run.pk).signed == 10
        new_account(made, "6277", since=date(2024, 1, 4), known=at(date(2024, 1, 4)))
        recompute_run(run.pk, on=date(2024, 1, 4), at=at(date(2024, 1, 4)), maker="张经办")
        assert set(found(run)) == {("A1", "account_changed")}


class TestAmounts:
    # 740.00 yuan a month for a rural person, 945.00 for an urban one; the line is three times that
    @pytest.mark.parametrize(
        ("area", "persons", "fen", "is_found"),
        [
            ("rural", 1, 222000, False),
            ("rural", 1, 222001, True),
            ("rural", 2, 444000, False),
            ("urban", 1, 283500, False),
            ("urban", 1, 283501, True),
        ],
    )
    def test_an_amount_over_three_standards_is_found(self, area: str, persons: int, fen: int, is_found: bool) -> None:
        tidy("A1", area=area, persons=persons, fen=fen)
        assert (("A1", "over_standard") in found(compute())) is is_found

    def test_the_finding_says_amount_persons_and_standard(self) -> None:
        tidy("A1", fen=222001)
        assert found(compute()) == {("A1", "over_standard"): "每月2220.01元，1人，标准每人740.00元，超过3倍"}

    def test_a_decision_of_nothing_has_no_line_and_is_named(self) -> None:
        tidy("B1")
        made = tidy("A1")
        table = "decision_decision"
        emptied = (
            f"ALTER TABLE {table} DROP CONSTRAINT granting_names_amount_and_month;"
            f"UPDATE {table} SET amount_fen = 0 WHERE household_id = {made.household.pk}"
        )
        as_owner(emptied, table=table)
        run = compute()
        assert run.lines_count == 1
        assert found(run) == {("A1", "zero"): "决定旧A1的月保障金为零，没有列入名册"}


class TestSettling:
    def test_the_table_counts_every_check_and_what_became_of_it(self) -> None:
        family("A1")
        family("B1")
        family("C1", has_account=False)
        run = compute()
        settle(run, "A1", "name_differs", "accepted")
        settle(run, "C1", "account_missing", "held")
        rows = {row.kind: (row.found, row.waiting, row.accepted, row.held, row.fixed) for row in check_table(run.pk)}
        assert list(rows) == CheckKind.values
        assert rows["name_differs"] == (2, 1, 1, 0, 0)
        assert rows["account_missing"] == (1, 0, 0, 1, 0)
        assert rows["dead"] == (0, 0, 0, 0, 0)

    def test_all_eleven_are_signed_once_nothing_waits(self) -> None:
        family("A1")
        run = compute()
        with pytest.raises(PaymentRefused, match=r"还没有处理.*A1"):
            sign_checks(run.pk, on=DAY, at=at(DAY))
        settle(run, "A1", "name_differs", "accepted")
        assert sign_checks(run.pk, on=DAY, at=at(DAY)) == 11
        assert sign_checks(run.pk, on=DAY, at=at(DAY)) == 0
        assert {(row.signed_by, row.signed_on) for row in check_table(run.pk)} == {("张经办", DAY)}

    def test_what_is_settled_otherwise_is_signed_anew(self) -> None:
        family("A1")
        run = compute()
        ready(run.pk, DAY)
        settle(run, "A1", "name_differs", "held", "户名不对，先不发")
        assert gates(run.pk).signed == 10
        assert sign_checks(run.pk, on=DAY, at=at(DAY)) == 1

    def test_frozen_again_a_finding_keeps_what_was_decided_unless_the_fact_is_another(self) -> None:
        made = tidy("A1", persons=3)
        family("B1")
        record_death(made.people[1].pk, died=date(2023, 12, 30), at=at(date(2024, 1, 2)))
        run = compute()
        settle(run, "A1", "dead", "accepted", "下月起减发")
        settle(run, "B1", "name_differs", "accepted", "监护人代领")
        record_death(made.people[2].pk, died=date(2024, 1, 1), at=at(DAY))
        recompute_run(run.pk, on=DAY, at=at(DAY), maker="张经办")
        assert {(row.household, row.outcome, row.reason) for row in findings(run.pk)} == {
            ("A1", "", ""),
            ("B1", "accepted", "监护人代领"),
        }

    def test_findings_are_settled_all_or_none(self) -> None:
        family("A1")
        family("B1", has_account=False)
        run = compute()
        ids = [row.id for row in findings(run.pk)]
        with pytest.raises(PaymentRefused, match="B1"):
            settle_findings(ids, outcome="accepted", reason="核实", on=DAY, at=at(DAY))
        assert not Finding.objects.exclude(outcome="").exists()

    @pytest.mark.parametrize("outcome", ["", "fixed", "paid"])
    def test_only_two_outcomes_are_an_officers(self, outcome: str) -> None:
        family("A1")
        run = compute()
        with pytest.raises(PaymentRefused, match="只能是"):
            settle(run, "A1", "name_differs", outcome)

    def test_a_reason_too_long_is_counted(self) -> None:
        family("A1")
        with pytest.raises(PaymentRefused, match="201个字"):
            settle(compute(), "A1", "name_differs", "accepted", "因" * 201)

    def test_another_townships_finding_is_not_there(self) -> None:
        family("A1")
        run = compute()
        pk = findings(run.pk)[0].id
        with acting("西镇", "360429101", EVERY_DUTY), pytest.raises(PaymentRefused, match="可见的区划"):
            settle_finding(pk, outcome="accepted", reason="核实", on=DAY, at=at(DAY))

    def test_after_the_check_nothing_is_settled_or_frozen_again(self) -> None:
        family("A1")
        run = compute()
        ready(run.pk, DAY)
        check_run(run.pk, on=DAY, at=at(DAY), checker="李复核")
        for act in (
            lambda: settle(run, "A1", "name_differs", "held"),
            lambda: recompute_run(run.pk, on=DAY, at=at(DAY), maker="张经办"),
            lambda: sign_checks(run.pk, on=DAY, at=at(DAY)),
            lambda: look_again(run.pk, on=DAY, at=at(DAY)),
        ):
            with pytest.raises(PaymentRefused, match="复核以前"):
                act()

    def test_the_database_refuses_a_check_that_passes_over_a_finding(self) -> None:
        family("A1")
        run = compute()
        with pytest.raises(IntegrityError, match="没处理"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE payment_payrun SET state = 'checked', checker = '李复核' WHERE id = %s", [run.pk])


def test_a_decision_that_ended_meanwhile_stops_the_list() -> None:
    tidy("B1")
    made = tidy("A1")
    run = compute()
    ready(run.pk, DAY)
    ended = "UPDATE decision_decision SET last_month = '2023-12-01' WHERE household_id = %s"
    as_owner(ended, made.household.pk, table="decision_decision")
    with pytest.raises(PaymentRefused, match=r"决定有变.*A1"):
        check_run(run.pk, on=DAY, at=at(DAY), checker="李复核")
    run = recompute_run(run.pk, on=DAY, at=datetime(2024, 1, 3, 3, tzinfo=UTC), maker="张经办")
    assert (run.lines_count, run.total_fen) == (1, 62000)


def test_a_name_that_the_banks_file_cannot_write_stops_the_second_look() -> None:
    new_account(tidy("A1"), "62|A1", since=date(2023, 11, 1), known=at(date(2023, 11, 1)))
    run = compute()
    ready(run.pk, DAY)

    with pytest.raises(PaymentRefused, match="A1"):
        check_run(run.pk, on=DAY, at=at(DAY), checker="李复核")
