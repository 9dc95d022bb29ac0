"""账户变更、代领、代管的墙: what the actions refuse the database refuses too, each promise by its name."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from opendibao.audit.session import acting
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.registry.actions import ask_account_change, confirm_account_change, return_card
from opendibao.registry.entries import AccountEntry
from opendibao.registry.models import AccountChange, Custody, CustodyCheck, HouseholdPaper, Proxy, ProxyReview
from tests.registry.agreements import PROXY_ID, a_custody, a_proxy, filed_custody, filed_proxy
from tests.registry.builders import LONER, TOWN, at, household
from tests.registry.changed import asked, looked

DAY = date(2024, 3, 15)
NEW = AccountEntry("王秀英", "邮储银行", "6200000000000000002")
CHANGE: dict[str, Any] = {"settled_by": "乙核实", "settled_on": "2024-03-15", "how": "book", "spoken_with": "王秀英"}


def run(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def breaks(name: str, sql: str, *values: object) -> None:
    with pytest.raises(IntegrityError, match=name):
        run(sql, *values)


def sets(table: str, pk: int, **fields: object) -> tuple[str, list[object]]:
    named = ", ".join(f"{field} = %s" for field in fields)
    return f"UPDATE registry_{table} SET {named} WHERE id = {pk}", list(fields.values())


def copies(model: Any, pk: int, **fields: object) -> tuple[str, list[object]]:
    """The same row once more, but for some fields."""
    columns = [f.column for f in model._meta.fields if f.column != "id"]
    taken = [fields.get(column) for column in columns if column in fields]
    chosen = ", ".join("%s" if column in fields else column for column in columns)
    table = model._meta.db_table
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {chosen} FROM {table} WHERE id = {pk}", taken


@pytest.fixture(params=["app", "owner"])
def home(request: pytest.FixtureRequest, places: None) -> int:
    """A household; the test then writes as the app's role or as the owner, whom no policy holds."""
    pk = household()
    if request.param == "owner":
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
    return pk


@pytest.fixture
def change(home: int) -> AccountChange:
    return ask_account_change(home, asked(NEW, "王秀英", DAY), on=DAY, at=at(DAY))


class TestAccounts:
    def test_account_only_as_confirmed(self, home: int) -> None:  # account_only_as_confirmed
        close = "UPDATE registry_bankaccount SET recorded = tstzrange(lower(recorded), '2024-03-15 09:00+08')"
        enter = (
            "INSERT INTO registry_bankaccount (household_id, division, holder, bank, number, valid, recorded)"
            " SELECT household_id, division, holder, bank, '62999', '[2024-03-15,)', '[2024-03-15 09:00+08,)'"
            " FROM registry_bankaccount"
        )
        with transaction.atomic():
            run(close)
            with pytest.raises(IntegrityError, match="户999999-00001：账户变更要由一人提出、另一人核实后才生效"):
                run(enter)

    def test_a_confirmation_holds_for_its_day_and_account_alone(self, change: AccountChange) -> None:
        with acting("李核实", "360429", EVERY_DUTY):
            confirm_account_change(change.pk, looked(NEW, "王秀英"), on=DAY, at=at(DAY))
        run("UPDATE registry_bankaccount SET recorded = tstzrange(lower(recorded), '2024-04-02 09:00+08')"
            " WHERE upper_inf(recorded)")  # fmt: skip
        enter = (
            "INSERT INTO registry_bankaccount (household_id, division, holder, bank, number, valid, recorded)"
            " VALUES (%s, %s, '王秀英', %s, %s, '[2024-04-01,)', '[2024-04-03 09:00+08,)')"
        )
        for bank, number in (("邮储银行", NEW.number), ("农商银行", "6200000000000000001")):
            with pytest.raises(IntegrityError, match="账户变更要由一人提出、另一人核实后才生效"):
                run(enter, change.household_id, change.division, bank, number)


class TestChanges:
    def test_a_change_begins_as_a_request(self, change: AccountChange) -> None:
        sql, values = copies(AccountChange, change.pk, **CHANGE, state="confirmed")
        with pytest.raises(IntegrityError, match="不能一登记就生效"):
            run(sql, *values)

    def test_one_waits_at_a_time(self, change: AccountChange) -> None:
        sql, values = copies(AccountChange, change.pk, number="62999")
        breaks("one_account_change_waiting", sql, *values)

    @pytest.mark.parametrize(
        ("name", "fields"),
        [
            ("account_change_needs_two_people", {**CHANGE, "state": "confirmed", "settled_by": "张经办"}),
            ("account_change_needs_two_people", {**CHANGE, "state": "confirmed", "settled_by": " "}),
            ("account_change_is_settled_whole", {**CHANGE, "state": "confirmed", "how": ""}),
            ("account_change_is_settled_whole", {**CHANGE, "state": "confirmed", "how": "telephone"}),
            ("account_change_is_settled_whole", {**CHANGE, "state": "confirmed", "spoken_with": ""}),
            ("account_change_is_settled_whole", {**CHANGE, "state": "confirmed", "settled_on": None}),
            ("account_change_is_settled_whole", {"state": "withdrawn", "settled_by": "张经办", "settled_on": DAY}),
            ("account_change_is_settled_whole", {"settled_by": "乙核实"}),
            ("account_change_days_in_order", {**CHANGE, "state": "confirmed", "settled_on": "2024-03-14"}),
            ("risky_account_change_has_a_note", {**CHANGE, "state": "confirmed", "risks": ["name"]}),
        ],
    )
    def test_what_settles_it_is_whole(self, change: AccountChange, name: str, fields: dict[str, object]) -> None:
        sql, values = sets("accountchange", change.pk, **fields)
        breaks(name, sql, *values)

    @pytest.mark.parametrize(
        ("name", "fields"),
        [
            ("account_change_says_who_asked", {"asker": " "}),
            ("account_change_keeps_its_paper", {"evidence": "letter"}),
            ("account_change_days_in_order", {"asked_on": "2024-03-16"}),
            ("known_division", {"division": "360429100999"}),
            ("in_a_village", {"division": TOWN}),
        ],
    )
    def test_a_request_is_whole(self, change: AccountChange, name: str, fields: dict[str, object]) -> None:
        other = household("999999-00002", LONER)
        sql, values = copies(AccountChange, change.pk, household_id=other, **fields)
        breaks(name, sql, *values)

    @pytest.mark.parametrize("fields", [{"number": "62999"}, {"asker": "别人"}, {"made_by": "别人"}])
    def test_what_was_asked_is_not_rewritten(self, change: AccountChange, fields: dict[str, object]) -> None:
        sql, values = sets("accountchange", change.pk, **fields)
        breaks("登记和办结的账户变更不能改写", sql, *values)

    def test_account_change_not_by_its_keeper(self, change: AccountChange) -> None:
        a_custody(change.household_id)
        a_proxy(change.household_id, name="赵代领")
        for keeper in ("赵村干", "赵代领"):
            sql, values = sets("accountchange", change.pk, **{**CHANGE, "state": "confirmed", "settled_by": keeper})
            breaks("代管人和代领人不能核实这一户的账户变更", sql, *values)

    def test_what_is_settled_stays(self, change: AccountChange) -> None:
        with acting("李核实", "360429", EVERY_DUTY):
            confirm_account_change(change.pk, looked(NEW, "王秀英"), on=DAY, at=at(DAY))
        for fields in ({"note": "改"}, {"state": "waiting"}, {"account_id": None}):
            sql, values = sets("accountchange", change.pk, **fields)
            breaks("登记和办结的账户变更不能改写", sql, *values)


class TestProxies:
    @pytest.mark.parametrize(
        ("name", "fields"),
        [
            ("proxy_says_who", {"name": " "}),
            ("proxy_says_who", {"agreed_by": ""}),
            ("proxy_days_in_order", {"since": "2024-01-31"}),
            ("proxy_days_in_order", {"until": "2024-01-31"}),
            ("proxy_other_reason_is_told", {"reason": "other"}),
            ("proxy_id_number_is_true", {"id_number": "999999197006050000"}),
            ("proxy_filed_by_another", {"filed_by": "张经办", "filed_on": "2024-02-02"}),
            ("proxy_filed_by_another", {"filed_by": "陈代领", "filed_on": "2024-02-02"}),
            ("proxy_filed_by_another", {"filed_note": "没有备案却有说明"}),
            ("proxy_filed_by_another", {"filed_by": "乙备案"}),
            ("proxy_filed_by_another", {"filed_by": "乙备案", "filed_on": "2024-02-01"}),
            ("proxy_ended_with_a_reason", {"ended_by": "甲", "until": "2024-03-01"}),
            ("proxy_ended_with_a_reason", {"ended_by": "甲", "end_reason": "搬走"}),
            ("known_division", {"division": "360429100999"}),
            ("in_a_village", {"division": TOWN}),
        ],
    )
    def test_a_proxy_is_whole(self, home: int, name: str, fields: dict[str, object]) -> None:
        other = household("999999-00002", LONER)
        sql, values = copies(Proxy, a_proxy(home).pk, household_id=other, **fields)
        breaks(name, sql, *values)

    def test_nobody_is_a_proxy_twice_at_a_time(self, home: int) -> None:
        made = a_proxy(home)
        sql, values = copies(Proxy, made.pk, since="2024-05-01")
        breaks("proxy_once_at_a_time", sql, *values)

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"name": "别人"}, "登记的内容不能改写"),
            ({"takes_account": True}, "登记的内容不能改写"),
            ({"filed_by": "丙"}, "已办结的不能改写"),
            ({"filed_note": "补一句"}, "已办结的不能改写"),
            ({"until": "2024-05-01"}, "代领的截止日期只能在终止时提前"),
        ],
    )
    def test_what_was_agreed_is_not_rewritten(self, home: int, fields: dict[str, object], said: str) -> None:
        sql, values = sets("proxy", filed_proxy(home).pk, **fields)
        breaks(said, sql, *values)

    def test_its_end_comes_nearer_only(self, home: int) -> None:
        made = filed_proxy(home, until=date(2024, 6, 30))
        sql, values = sets("proxy", made.pk, until="2024-07-01", ended_by="甲", end_reason="搬走")
        breaks("代领的截止日期只能在终止时提前", sql, *values)

    def test_a_review_says_what_and_once_a_day(self, home: int) -> None:
        told = {"reviewed_on": DAY, "reviewed_by": "甲", "way": "visit", "goes_on": True}
        made = ProxyReview.objects.create(proxy=a_proxy(home), spoken_with="王秀英", note="好", **told)
        sql, values = copies(ProxyReview, made.pk)
        breaks("one_proxy_review_a_day", sql, *values)
        sql, values = copies(ProxyReview, made.pk, reviewed_on="2024-03-16", note=" ")
        breaks("proxy_review_says_what", sql, *values)
        sql, values = copies(ProxyReview, made.pk, reviewed_on="2024-03-16", reviewed_by="陈代领")
        breaks("代领人不能复核自己", sql, *values)  # proxy_is_not_his_reviewer


class TestCustody:
    @pytest.mark.parametrize(
        ("name", "fields"),
        [
            ("custody_says_who", {"custodian": ""}),
            ("custody_tail_has_four_digits", {"tail": "12x4"}),
            ("custody_days_in_order", {"handed_on": "2024-01-31"}),
            ("custody_days_in_order", {"made_on": "2024-01-31"}),
            ("custody_days_in_order", {"returned_on": "2024-01-31", "returned_to": "王秀英", "returned_by": "甲"}),
            ("custody_filed_by_another", {"filed_by": "张经办", "filed_on": "2024-02-02"}),
            ("custody_filed_by_another", {"filed_by": "赵村干", "filed_on": "2024-02-02"}),
            ("custody_filed_by_another", {"filed_by": "乙"}),
            ("custody_filed_by_another", {"filed_note": "没有备案却有说明"}),
            ("custody_returned_to_somebody", {"returned_on": "2024-03-01", "returned_by": "甲"}),
            ("custody_returned_to_somebody", {"returned_to": "王秀英"}),
            ("known_division", {"division": "360429100999"}),
            ("in_a_village", {"division": TOWN}),
        ],
    )
    def test_a_custody_is_whole(self, home: int, name: str, fields: dict[str, object]) -> None:
        other = household("999999-00002", LONER)
        sql, values = copies(Custody, a_custody(home).pk, household_id=other, **fields)
        breaks(name, sql, *values)

    def test_one_custodian_at_a_time(self, home: int) -> None:
        sql, values = copies(Custody, a_custody(home).pk, custodian="钱乡镇")
        breaks("one_custody_at_a_time", sql, *values)

    def test_what_was_handed_over_is_not_rewritten(self, home: int) -> None:
        made = filed_custody(home)
        for fields, said in (({"custodian": "丙"}, "登记的内容不能改写"), ({"filed_by": "丙"}, "已办结的不能改写")):
            sql, values = sets("custody", made.pk, **fields)
            breaks(said, sql, *values)
        return_card(made.pk, returned_to="王秀英", on=DAY, at=at(DAY))
        sql, values = sets("custody", made.pk, return_note="补一句")
        breaks("已办结的不能改写", sql, *values)
        sql, values = sets("custody", made.pk, returned_on=None, returned_to="", returned_by="")
        breaks("已办结的不能改写", sql, *values)

    def test_a_check_says_what_once_a_day_and_is_anothers(self, home: int) -> None:
        told = {"checked_on": DAY, "checked_by": "甲", "way": "visit", "is_there": True, "is_paid_out": True}
        made = CustodyCheck.objects.create(custody=a_custody(home), spoken_with="王秀英", note="好", **told)
        sql, values = copies(CustodyCheck, made.pk)
        breaks("one_custody_check_a_day", sql, *values)
        sql, values = copies(CustodyCheck, made.pk, checked_on="2024-03-16", note="")
        breaks("custody_check_says_what", sql, *values)
        sql, values = copies(CustodyCheck, made.pk, checked_on="2024-03-16", checked_by="赵村干")
        breaks("代管人不能核查自己代管的银行卡", sql, *values)


class TestPapers:
    def test_a_paper_is_something_and_kept_once(self, home: int) -> None:
        made = a_proxy(home).paper
        sql, values = copies(HouseholdPaper, made.pk)
        breaks("one_household_paper_of_the_same_bytes", sql, *values)
        sql, values = copies(HouseholdPaper, made.pk, sha256="0", size=0)
        breaks("household_paper_is_not_empty", sql, *values)


@pytest.mark.parametrize(
    "table", ["accountchange", "proxy", "custody", "householdpaper", "proxyreview", "custodycheck"]
)
def test_nothing_is_deleted(home: int, table: str) -> None:
    ask_account_change(home, asked(NEW, "王秀英", DAY), on=DAY, at=at(DAY))
    proxy, custody = a_proxy(home), a_custody(home)
    ProxyReview.objects.create(
        proxy=proxy, reviewed_on=DAY, reviewed_by="甲", way="visit", goes_on=True, spoken_with="王秀英", note="好"
    )
    CustodyCheck.objects.create(
        custody=custody, checked_on=DAY, checked_by="甲", way="visit", is_there=True, is_paid_out=True,
        spoken_with="王秀英", note="好",
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="不能修改或删除"):
        run(f"DELETE FROM registry_{table}")


def test_the_number_of_the_proxy_is_one_of_nobody() -> None:
    assert PROXY_ID.startswith("999999")
