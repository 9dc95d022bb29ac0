"""一个办事的故事: an old woman's new card, a bedridden man's proxy, and the man who keeps six cards, page by page."""

from datetime import date

import pytest
from django.test import override_settings

from opendibao.audit.models import Viewing
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import mask_id_number
from opendibao.payment.models import Attempt, PayRun
from opendibao.registry.actions import move_household
from opendibao.registry.models import AccountChange, Custody, Proxy
from opendibao.registry.queries import account_on, place_on
from tests.payment.builders import COUNTY, LONG_AGO, OTHER_VILLAGE, Family, at
from tests.registry.agreements import PROXY_ID
from tests.web.desk import Desk, hired
from tests.web.payment.forms import presses, settles, ticks, tidy
from tests.web.payment.test_account_custody import CUSTODY, PROXY, register
from tests.web.test_acts_tickets import faults

RUN = "/pay-runs/2025-02/"
FREEZE = date(2025, 1, 27)  # the last working day before February, before the spring festival
PHONE = "0792-6338111"
CARD = {
    "holder": "成员1", "bank": "农商银行", "number": "6222 0000 1111 2222", "again": "6222 0000 1111 2222",
    "cause": "lost", "asker": "成员1", "asker_is": "member", "channel": "window", "evidence": "book",
    "asked_on": "2025-01-06",
}  # fmt: skip


def desk(username: str, name: str, duty: Duty, division: str = COUNTY) -> Desk:
    return Desk(hired(username, name, division=division, duties=(duty,)))


def called(home: Family) -> None:
    """The household has had its telephone for long."""
    place = place_on(home.household.pk, LONG_AGO)
    assert place
    move_household(
        home.household.pk, division=place.division, area=place.area, address=place.address, phone=PHONE,
        on=date(2023, 2, 1), at=at(date(2023, 2, 1)),
    )  # fmt: skip


@pytest.fixture
def clerk(county: None) -> Desk:
    return desk("clerk91", "王经办", Duty.ACCEPT, "360429100000")


@pytest.fixture
def colleague(county: None) -> Desk:
    return desk("clerk92", "陈经办", Duty.ACCEPT, "360429100000")


@pytest.fixture
def confirmer(county: None) -> Desk:
    return desk("county09", "李审核", Duty.CONFIRM)


@pytest.fixture
def maker(county: None) -> Desk:
    return desk("county92", "周编制", Duty.PAY)


def pay(maker: Desk, clerk: Desk, *, total: str) -> None:
    """From the signed checks to the file at the bank."""
    checker, finance = desk("county93", "李复核", Duty.PAY), desk("fin91", "王财政", Duty.FINANCE)
    presses(maker, f"{RUN}checks/", "sign")
    presses(clerk, f"{RUN}towns/", "confirm")
    presses(checker, RUN, "check", total=total)
    presses(finance, RUN, "approve", total=total)
    presses(maker, RUN, "send")


class TestTheOldWoman:
    def test_her_new_card_is_typed_twice_confirmed_by_another_named_by_the_check_and_paid(
        self, clerk: Desk, colleague: Desk, maker: Desk
    ) -> None:
        home = tidy("A1", fen=62000)
        called(home)
        # she stands at the window with the new book; the clerk slips at the second number
        slip = clerk.does("/households/A1/account/", **{**CARD, "again": "6222 0000 1111 2223"})
        assert "两遍账号不一样" in faults(slip)
        clerk.follows(clerk.does("/households/A1/account/", **CARD))
        assert "另一人核实" in clerk.reads("/today/").words

        # a colleague finds it among today's work and calls the registered number; she reads from her book
        form = colleague.reads("/today/").link("核实账户")
        opened = colleague.reads(form)
        assert PHONE in opened.words
        assert "2222" not in opened.words
        look = {"how": "telephone", "spoken_with": "成员1", "tail": "112222", "note": "本人念的，与存折一致"}
        assert "今天起用新账户" in colleague.follows(colleague.does(form, **look)).words
        assert Viewing.objects.filter(page="账户变更", actor="陈经办").exists()

        # the next month's list: the check names who asked, who confirmed and how
        with override_settings(OPENDIBAO_TODAY=FREEZE):
            maker.follows(maker.does(f"{RUN}compute/"))
            checks = maker.reads(f"{RUN}checks/account_changed/")
            said = "账户2025-01-06起改为尾号2222：王经办提出，陈经办打登记电话核实（本人念的，与存折一致）"
            assert said in checks.words
            assert "6222000011112222" not in checks.html
            settles(maker, "2025-02", ticks(checks), outcome="accepted", reason="再看过存折复印件，是本人的")
            pay(maker, clerk, total="620.00")

        (sent,) = Attempt.objects.filter(run=PayRun.objects.get())
        assert (sent.account, sent.holder, sent.amount_fen, sent.state) == ("6222000011112222", "成员1", 62000, "sent")

    def test_a_change_nobody_has_confirmed_pays_the_account_before(self, clerk: Desk, maker: Desk) -> None:
        tidy("A1", fen=62000)
        clerk.follows(clerk.does("/households/A1/account/", **CARD))

        with override_settings(OPENDIBAO_TODAY=FREEZE):
            maker.follows(maker.does(f"{RUN}compute/"))
            assert "没有发现" in maker.reads(f"{RUN}checks/account_changed/").words

        (line,) = PayRun.objects.get().lines.all()
        assert line.snapshot["account"]["number"] == "62A1"

    def test_who_does_not_believe_it_holds_the_money_back(self, clerk: Desk, colleague: Desk, maker: Desk) -> None:
        tidy("A1", fen=62000)
        tidy("B1", fen=31550)
        clerk.follows(clerk.does("/households/A1/account/", **CARD))
        form = f"/account-changes/{AccountChange.objects.get().pk}/confirm/"
        colleague.follows(colleague.does(form, how="book", spoken_with="成员1", tail="112222", note=""))

        with override_settings(OPENDIBAO_TODAY=FREEZE):
            maker.follows(maker.does(f"{RUN}compute/"))
            boxes = ticks(maker.reads(f"{RUN}checks/account_changed/"))
            settles(maker, "2025-02", boxes, outcome="held", reason="打电话本人说没有换过卡")
            pay(maker, clerk, total="315.50")

        assert [sent.account for sent in Attempt.objects.all()] == ["62B1"]


class TestTheBedriddenMan:
    def test_his_proxy_collects_by_agreement_until_he_says_no(
        self, clerk: Desk, colleague: Desk, confirmer: Desk, maker: Desk
    ) -> None:
        home = tidy("A1", persons=2)
        page = clerk.follows(register(clerk, "/proxies/new/A1/", {**PROXY, "reason": "ill", "takes_account": "yes"}))
        assert "县民政局备案后生效" in page.words
        assert mask_id_number(PROXY_ID) in page.words
        assert PROXY_ID not in page.html
        made = Proxy.objects.get()

        confirmer.follows(confirmer.does(confirmer.reads("/today/").link("备案"), remark=""))
        assert "陈代领" in clerk.reads("/households/A1/").words

        # the money goes to his account: asked for by the man, confirmed with him, no finding of a strange name
        clerk.follows(clerk.does("/households/A1/account/", **{**CARD, "holder": "陈代领", "cause": "holder"}))
        form = f"/account-changes/{AccountChange.objects.get().pk}/confirm/"
        colleague.follows(colleague.does(form, how="book", spoken_with="成员1", tail="112222", note=""))
        account = account_on(home.household.pk, date(2025, 1, 6))
        assert account
        assert account.holder == "陈代领"
        with override_settings(OPENDIBAO_TODAY=FREEZE):
            maker.follows(maker.does(f"{RUN}compute/"))
            assert "没有发现" in maker.reads(f"{RUN}checks/name_differs/").words

        # at the yearly look his wife says that the money does not arrive: it ends today, and the page says what is left
        said = {"way": "visit", "spoken_with": "成员2", "goes_on": "no", "findings": "两个月没有把钱交来"}
        page = clerk.follows(clerk.does(f"/proxies/{made.pk}/review/", **said))
        assert "低保金现在还发到陈代领的账户，请马上请家庭带存折来变更账户" in page.words
        with override_settings(OPENDIBAO_TODAY=date(2025, 1, 7)):
            there = clerk.reads("/households/A1/")
            assert "账户的户名“陈代领”不是在世的家庭成员，也没有备案的协议可打入他的账户" in there.words
        with override_settings(OPENDIBAO_TODAY=FREEZE):
            maker.follows(maker.does(f"{RUN}compute/again/"))
            assert "户名“陈代领”不是家庭成员" in maker.reads(f"{RUN}checks/name_differs/").words


class TestTheManWithSixCards:
    def test_he_is_found_on_the_list_at_the_filing_and_by_the_check_before_payment(
        self, clerk: Desk, confirmer: Desk, maker: Desk
    ) -> None:
        for place in range(6):
            tidy(f"C{place}01", division=OTHER_VILLAGE if place == 5 else "360429100001")
            register(clerk, f"/custody/new/C{place}01/", CUSTODY)
        tidy("D001")
        register(clerk, "/custody/new/D001/", {**CUSTODY, "custodian": "钱乡镇", "custodian_is": "town"})

        many = confirmer.reads("/custody/?view=many")
        assert "赵村干（共 6 户）" in many.words
        assert "钱乡镇" not in many.words
        form = f"/custody/{Custody.objects.filter(custodian='赵村干')[0].pk}/note/"
        assert "赵村干一人已为 6 户代管、代领" in confirmer.reads(form).words
        assert "请在备案说明里写清为什么由他办、怎样监督" in faults(confirmer.does(form, remark=""))

        with override_settings(OPENDIBAO_TODAY=FREEZE):
            maker.follows(maker.does(f"{RUN}compute/"))
            found = maker.reads(f"{RUN}checks/keeping/")
            assert len(ticks(found)) == 6
            assert "银行卡由赵村干代管，他一人代管、代领6户，协议没有备案" in found.words

            for each in Custody.objects.filter(custodian="赵村干"):
                confirmer.follows(confirmer.does(f"/custody/{each.pk}/note/", remark="老人都同意，每季由乡镇对流水"))
            maker.follows(maker.does(f"{RUN}checks/again/"))
            assert "已更正" in maker.reads(f"{RUN}checks/keeping/").words
            assert ticks(maker.reads(f"{RUN}checks/keeping/")) == []
