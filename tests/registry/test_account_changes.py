"""账户变更: asked for by one, made sure of by another, in force only then; every refusal says what to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from opendibao.audit.queries import events_of
from opendibao.audit.session import acting
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.registry.account_queries import account_changes, household_paper, waiting_change
from opendibao.registry.account_standing import registry_risks
from opendibao.registry.actions import (
    ask_account_change,
    confirm_account_change,
    drop_account_change,
    end_membership,
    move_household,
)
from opendibao.registry.custody_queries import custodies
from opendibao.registry.entries import AccountEntry, MemberEntry, PaperEntry
from opendibao.registry.models import AccountChange, Risk
from opendibao.registry.queries import account_on, members_on, place_on
from opendibao.registry.refusal import RegistryRefused
from tests.conftest import ActAs
from tests.registry.agreements import JPEG, filed_custody, filed_proxy
from tests.registry.builders import (
    FAR_VILLAGE,
    LONER,
    NEW_YEAR,
    NEXT_VILLAGE,
    at,
    divisions,
    household,
    number,
)  # fmt: skip
from tests.registry.changed import asked, looked, rows_of

DAY, NEXT = date(2024, 3, 15), date(2024, 3, 18)
NEW = AccountEntry("王秀英", "邮储银行", "6200000000000000002")
OLD = "6200000000000000001"


@contextmanager
def colleague() -> Iterator[None]:
    with acting("李核实", "360429", EVERY_DUTY):
        yield


def number_on(pk: int, day: date) -> str:
    account = account_on(pk, day)
    assert account
    return account.number


@pytest.mark.usefixtures("places")
class TestAsking:
    def test_nothing_changes_until_another_has_looked(self) -> None:
        pk = household()

        change = ask_account_change(pk, asked(NEW, "王秀英", DAY), on=DAY, at=at(DAY))

        assert number_on(pk, NEXT) == OLD
        waiting = waiting_change(pk)
        assert waiting
        assert (waiting.id, waiting.made_by, waiting.number, waiting.state) == (
            change.pk, "张经办", NEW.number, "waiting",
        )  # fmt: skip
        with colleague():
            confirm_account_change(change.pk, looked(NEW, "王秀英", note=""), on=NEXT, at=at(NEXT))
        assert (number_on(pk, DAY), number_on(pk, NEXT)) == (OLD, NEW.number)
        assert waiting_change(pk) is None
        (row,) = account_changes()
        assert (row.state, row.settled_by, row.settled_on, row.how, row.risks) == (
            "confirmed",
            "李核实",
            NEXT,
            "book",
            [],
        )
        change.refresh_from_db()
        assert change.account
        assert change.account.number == NEW.number
        said = [(event.action, event.actor) for event in events_of("家庭 999999-00001")][-3:]
        assert said == [("提出账户变更", "张经办"), ("变更银行账户", "李核实"), ("核实账户变更", "李核实")]

    def test_a_second_change_waits_its_turn(self) -> None:
        pk = household()
        ask_account_change(pk, asked(NEW, "王秀英", DAY), on=DAY, at=at(DAY))

        with pytest.raises(RegistryRefused, match="张经办2024-03-15提出的账户变更还在等核实"):
            ask_account_change(pk, asked(NEW, "李建国", DAY), on=DAY, at=at(DAY))

    @pytest.mark.parametrize(
        ("account", "more", "said"),
        [
            (AccountEntry("王秀英", "邮储银行", ""), {}, "缺少银行账号"),
            (AccountEntry("王秀英", "农商银行", OLD), {}, "新账户和现在的账户相同"),
            (NEW, {"asker": "路人甲"}, "提出人“路人甲”在2024-03-15不是家庭成员"),
            (NEW, {"asker": "陈代领", "asker_is": "proxy"}, "提出人“陈代领”在2024-03-15不是登记的代领人"),
            (NEW, {"asker": " "}, "缺少提出人"),
            (NEW, {"cause": "x"}, "变更原因“x”不在可选项内"),
            (NEW, {"asker_is": "x"}, "提出人身份“x”不在可选项内"),
            (NEW, {"channel": "telephone"}, "提出渠道“telephone”不在可选项内"),
            (NEW, {"evidence": "word"}, "凭据“word”不在可选项内"),
            (NEW, {"evidence": "letter"}, "凭据不是存折或银行卡原件的，要附照片或扫描件"),
            (NEW, {"asked_on": NEXT}, "提出日期2024-03-18还没有到"),
            (NEW, {"evidence": "letter", "paper": PaperEntry("image/jpeg", b"GIF89a")}, "变更账户凭据不是照片或PDF"),
        ],
    )
    def test_a_faulty_request_is_refused(self, account: AccountEntry, more: dict[str, object], said: str) -> None:
        pk = household()
        entry = asked(account, str(more.get("asker", "王秀英")), DAY, **{k: v for k, v in more.items() if k != "asker"})

        with pytest.raises(RegistryRefused, match=f"户999999-00001.*{said}|{said}"):
            ask_account_change(pk, entry, on=DAY, at=at(DAY))
        assert not AccountChange.objects.exists()

    def test_the_paper_is_kept_with_the_change(self) -> None:
        pk = household()
        entry = asked(NEW, "王秀英", DAY, evidence="letter", paper=JPEG)

        change = ask_account_change(pk, entry, on=DAY, at=at(DAY))

        assert change.paper_id
        paper = household_paper(change.paper_id)
        assert paper
        assert (paper.kind, paper.household, bytes(paper.content)) == ("account", "999999-00001", JPEG.content)

    def test_a_proxy_of_whom_the_county_took_note_may_ask(self) -> None:
        pk = household()
        filed_proxy(pk)

        change = ask_account_change(pk, asked(NEW, "陈代领", DAY, asker_is="proxy"), on=DAY, at=at(DAY))

        assert (change.asker, change.asker_is) == ("陈代领", "proxy")


@pytest.mark.usefixtures("places")
class TestLooking:
    @pytest.fixture
    def change(self) -> AccountChange:
        return ask_account_change(household(), asked(NEW, "王秀英", DAY), on=DAY, at=at(DAY))

    def test_whoever_asked_does_not_confirm(self, change: AccountChange) -> None:
        with pytest.raises(RegistryRefused, match="提出和核实账户变更应由两人分别办理"):
            confirm_account_change(change.pk, looked(NEW, "王秀英"), on=DAY, at=at(DAY))

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({"tail": "000003"}, "核实到的账号后6位与提出的不同"),
            ({"tail": "02"}, "核实到的账号后6位与提出的不同"),
            ({"how": "heard"}, "核实方式“heard”不在可选项内"),
            ({"spoken_with": ""}, "缺少核实对象"),
            ({"spoken_with": "村干部"}, "核实对象“村干部”不是家庭成员"),
            ({"note": "长" * 201}, "核实说明超过200个字"),
        ],
    )
    def test_a_faulty_look_is_refused(self, change: AccountChange, more: dict[str, str], said: str) -> None:
        look = looked(NEW, more.get("spoken_with", "王秀英"), **{k: v for k, v in more.items() if k != "spoken_with"})

        with colleague(), pytest.raises(RegistryRefused, match=said):
            confirm_account_change(change.pk, look, on=DAY, at=at(DAY))
        assert number_on(change.household_id, DAY) == OLD

    def test_the_account_holds_from_the_day_of_the_look(self, change: AccountChange) -> None:
        with colleague(), pytest.raises(RegistryRefused, match="账户从核实那天起生效"):
            confirm_account_change(change.pk, looked(NEW, "王秀英"), on=DAY, at=at(NEXT))

    def test_the_registered_telephone_is_called_and_noted(self, change: AccountChange) -> None:
        with colleague():
            done = confirm_account_change(change.pk, looked(NEW, "李建国", how="telephone"), on=DAY, at=at(DAY))

        assert (done.how, done.called, done.spoken_with) == ("telephone", "00012345678", "李建国")

    def test_without_a_registered_telephone_the_passbook_is_looked_at(self, change: AccountChange) -> None:
        pk = change.household_id
        move_household(pk, division=NEXT_VILLAGE, area="rural", address="1", phone="", on=DAY, at=at(DAY))

        with colleague(), pytest.raises(RegistryRefused, match="没有登记电话，不能打电话核实"):
            confirm_account_change(change.pk, looked(NEW, "王秀英", how="telephone"), on=DAY, at=at(DAY))

    def test_it_is_settled_once(self, change: AccountChange) -> None:
        with colleague():
            confirm_account_change(change.pk, looked(NEW, "王秀英"), on=DAY, at=at(DAY))
            for again in (
                lambda: confirm_account_change(change.pk, looked(NEW, "王秀英"), on=DAY, at=at(DAY)),
                lambda: drop_account_change(change.pk, reason="不办了", on=DAY, at=at(DAY)),
            ):
                with pytest.raises(RegistryRefused, match="已由李核实在2024-03-15办结：已核实生效"):
                    again()
        assert rows_of(change.household_id) == [OLD, OLD, NEW.number]

    def test_it_is_withdrawn_by_its_maker_and_refused_by_others(self, change: AccountChange) -> None:
        with colleague():
            refused = drop_account_change(change.pk, reason="存折不是本人的", on=DAY, at=at(DAY))
        other = ask_account_change(change.household_id, asked(NEW, "王秀英", DAY), on=DAY, at=at(DAY))
        withdrawn = drop_account_change(other.pk, reason="填错了", on=DAY, at=at(DAY))

        assert (refused.state, refused.settled_by, refused.note) == ("refused", "李核实", "存折不是本人的")
        assert (withdrawn.state, withdrawn.settled_by) == ("withdrawn", "张经办")
        assert number_on(change.household_id, DAY) == OLD

    def test_to_drop_it_needs_a_reason_and_a_change(self, change: AccountChange) -> None:
        with pytest.raises(RegistryRefused, match="缺少理由"):
            drop_account_change(change.pk, reason=" ", on=DAY, at=at(DAY))
        with pytest.raises(RegistryRefused, match="没有这个账户变更"):
            drop_account_change(0, reason="x", on=DAY, at=at(DAY))


@pytest.mark.usefixtures("places")
class TestRisks:
    def test_another_households_account_and_a_strange_name_need_a_note(self) -> None:
        household("999999-00002", LONER)
        pk, shared = household(), AccountEntry("路人甲", "农商银行", OLD[:-1] + "9")
        loner = household("999999-00003", _other_loner())
        _moves_to(loner, shared.number)
        change = ask_account_change(pk, asked(shared, "王秀英", DAY), on=DAY, at=at(DAY))

        with colleague():
            with pytest.raises(RegistryRefused, match="有风险（户名不是家庭成员、账号已是别家的）"):
                confirm_account_change(change.pk, looked(shared, "王秀英", note=" "), on=DAY, at=at(DAY))
            done = confirm_account_change(change.pk, looked(shared, "王秀英", note="婆媳同卡"), on=DAY, at=at(DAY))
        assert done.risks == ["name", "shared"]

    def test_what_later_stages_know_is_kept_too(self) -> None:
        change = ask_account_change(household(), asked(NEW, "王秀英", DAY), on=DAY, at=at(DAY))

        with colleague():
            with pytest.raises(RegistryRefused, match="有风险（临近冻结名册）"):
                confirm_account_change(
                    change.pk, looked(NEW, "王秀英", note=""), known_risks=["freeze"], on=DAY, at=at(DAY)
                )
            done = confirm_account_change(
                change.pk, looked(NEW, "王秀英"), known_risks=["same_hand"], on=DAY, at=at(DAY)
            )
        assert done.risks == ["same_hand"]

    def test_the_account_of_a_proxy_who_may_take_it_is_no_risk(self) -> None:
        pk, own = household(), AccountEntry("陈代领", "农商银行", "6200000000000000077")
        filed_proxy(pk, takes_account=True)
        change = ask_account_change(pk, asked(own, "王秀英", DAY), on=DAY, at=at(DAY))

        with colleague():
            done = confirm_account_change(change.pk, looked(own, "王秀英", note=""), on=DAY, at=at(DAY))

        assert done.risks == []

    def test_a_telephone_that_was_changed_lately_or_is_anothers_needs_a_note_when_it_is_called(self) -> None:
        pk = household()
        household("999999-00002", LONER)  # has the same telephone
        place = place_on(pk, DAY)
        assert place
        move_household(pk, division=place.division, area="rural", address="1", phone="13900000000", on=DAY, at=at(DAY))
        household("999999-00003", _other_loner())
        change = ask_account_change(pk, asked(NEW, "王秀英", DAY), on=DAY, at=at(DAY))
        called = looked(NEW, "王秀英", how="telephone", note="")

        assert registry_risks(pk, NEW.holder, NEW.number, date(2024, 4, 13)) == {Risk.PHONE_NEW}
        assert registry_risks(pk, NEW.holder, NEW.number, date(2024, 4, 14)) == set()
        with colleague():
            with pytest.raises(RegistryRefused, match="有风险（登记电话近期改过）"):
                confirm_account_change(change.pk, called, on=DAY, at=at(DAY))
            # who has seen the book needs no telephone
            done = confirm_account_change(change.pk, looked(NEW, "王秀英", note=""), on=DAY, at=at(DAY))
        assert done.risks == []

    def test_a_telephone_of_several_families_is_a_risk(self) -> None:
        pk = household()
        household("999999-00002", LONER)
        assert registry_risks(pk, NEW.holder, NEW.number, DAY) == {Risk.PHONE_MANY}

    def test_the_number_that_was_there_before_is_not_new_again(self) -> None:
        pk = household()
        place = place_on(pk, DAY)
        assert place
        for phone, day in (("13900000000", DAY), (place.phone, NEXT)):
            move_household(pk, division=place.division, area="rural", address="1", phone=phone, on=day, at=at(day))
        assert registry_risks(pk, NEW.holder, NEW.number, NEXT) == set()

    def test_to_ask_the_proxy_alone_needs_a_note(self) -> None:
        pk = household()
        filed_proxy(pk)
        change = ask_account_change(pk, asked(NEW, "陈代领", DAY, asker_is="proxy"), on=DAY, at=at(DAY))

        with colleague():
            with pytest.raises(RegistryRefused, match="有风险（只问了代领人）"):
                confirm_account_change(change.pk, looked(NEW, "陈代领", note=""), on=DAY, at=at(DAY))
            done = confirm_account_change(change.pk, looked(NEW, "王秀英", note=""), on=DAY, at=at(DAY))
        assert done.risks == []

    def test_a_kept_card_is_a_risk_and_whoever_keeps_or_collects_does_not_confirm(self) -> None:
        pk = household()
        filed_custody(pk, custodian="李核实")
        filed_proxy(pk, name="王代领")
        change = ask_account_change(pk, asked(NEW, "王秀英", DAY), on=DAY, at=at(DAY))

        for officer in ("李核实", "王代领"):
            with (
                acting(officer, "360429", EVERY_DUTY),
                pytest.raises(RegistryRefused, match="您代管这一户的银行卡或者代领，不能核实它的账户变更"),
            ):
                confirm_account_change(change.pk, looked(NEW, "王秀英"), on=DAY, at=at(DAY))
        with acting("孙核实", "360429", EVERY_DUTY):
            with pytest.raises(RegistryRefused, match="有风险（银行卡正由人代管）"):
                confirm_account_change(change.pk, looked(NEW, "王秀英", note=""), on=DAY, at=at(DAY))
            confirm_account_change(change.pk, looked(NEW, "王秀英"), on=DAY, at=at(DAY))
        (row,) = custodies(DAY)
        assert row.is_old  # what is kept is the card of the account before


def _other_loner() -> MemberEntry:
    return MemberEntry(number(date(1951, 1, 20), 13), "单有禄", "head")


def _moves_to(pk: int, account: str) -> None:
    entry = AccountEntry(members_on(pk, DAY)[0].name, "农商银行", account)
    change = ask_account_change(pk, asked(entry, entry.holder, DAY), on=DAY, at=at(DAY))
    with colleague():
        confirm_account_change(change.pk, looked(entry, entry.holder), on=DAY, at=at(DAY))


def test_a_waiting_change_moves_with_the_household(act_as: ActAs) -> None:
    with act_as("360429"):
        divisions()
        pk = household()
        change = ask_account_change(pk, asked(NEW, "王秀英", DAY), on=DAY, at=at(DAY))
        move_household(pk, division=FAR_VILLAGE, area="rural", address="1", on=DAY, at=at(DAY))
    with act_as("360429100"), pytest.raises(RegistryRefused, match="没有这个账户变更，或不在本人可见的区划内"):
        confirm_account_change(change.pk, looked(NEW, "王秀英"), on=DAY, at=at(DAY))
    with act_as("360429101", "远镇经办"):
        assert [row.id for row in account_changes()] == [change.pk]
        confirm_account_change(change.pk, looked(NEW, "王秀英"), on=DAY, at=at(DAY))
        assert number_on(pk, DAY) == NEW.number


@pytest.mark.usefixtures("places")
def test_whoever_has_left_the_family_asks_no_more() -> None:
    pk = household()
    father = next(one for one in members_on(pk, DAY) if one.name == "李建国")
    end_membership(pk, father.person_id, last_day=NEW_YEAR, at=at(NEW_YEAR))

    with pytest.raises(RegistryRefused, match="提出人“李建国”在2024-03-15不是家庭成员"):
        ask_account_change(pk, asked(NEW, "李建国", DAY), on=DAY, at=at(DAY))
