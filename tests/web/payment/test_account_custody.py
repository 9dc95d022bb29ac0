"""账户变更、代领、代管的页面: asked for and confirmed by two, agreements with their paper, lists with Excel."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from python_calamine import CalamineWorkbook

from opendibao.audit.models import Viewing
from opendibao.kernel.duties import Duty
from opendibao.registry.models import AccountChange, Custody, Proxy
from opendibao.registry.queries import account_on
from tests.payment.builders import COUNTY, FAR_VILLAGE, OTHER_VILLAGE, Family, family
from tests.registry.agreements import PROXY_ID
from tests.web.conftest import Page
from tests.web.desk import OTHER_TOWN, Desk, hired
from tests.web.test_acts_household import ACCOUNT, GIVEN
from tests.web.test_acts_tickets import TODAY

LOOK = {"how": "book", "spoken_with": "成员1", "tail": "112222", "note": "当面看过存折"}
PROXY = {
    "name": "陈代领", "id_number": PROXY_ID, "phone": "13900000000", "relation": "guardian", "reason": "capacity",
    "reason_note": "", "takes_account": "yes", "agreed_by": "成员1", "agreed_on": "2025-01-03", "since": "",
    "until": "",
}  # fmt: skip
CUSTODY = {
    "custodian": "赵村干", "custodian_is": "village", "post": "东村村委会会计", "reason": "独居，不会用银行卡",
    "handed": "card", "handed_on": "2025-01-03", "agreed_by": "成员1", "agreed_on": "2025-01-03",
}  # fmt: skip
SEEN_LISTS = ("/account-changes/?view=all", "/proxies/", "/custody/")


@pytest.fixture
def home(county: None) -> Family:
    return family("A1", persons=2, account="6222000000009999")


@pytest.fixture
def clerk(home: Family) -> Desk:
    return Desk(hired("clerk91", "王经办"))


@pytest.fixture
def county_officer(home: Family) -> Desk:
    return Desk(hired("county09", "李审核", division=COUNTY, duties=(Duty.CONFIRM,)))


def photo() -> SimpleUploadedFile:
    held = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(held, "JPEG")
    return SimpleUploadedFile("协议.jpg", held.getvalue(), "image/jpeg")


def refused(page: Page) -> str:
    assert page.status == 422, page.words
    return page.words


def number_now(home: Family) -> str:
    account = account_on(home.household.pk, TODAY)
    assert account
    return account.number


def cells(content: bytes) -> list[list[object]]:
    return [list(row) for row in CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()]


class TestChange:
    def test_it_is_in_force_once_another_has_looked(self, clerk: Desk, county_officer: Desk, home: Family) -> None:
        clerk.does(ACCOUNT, **GIVEN)
        listed = county_officer.reads("/account-changes/")
        assert "1 户等核实" in listed.words
        assert "（号码核实时填）" in listed.words
        assert "2222" not in listed.words

        form = county_officer.reads("/households/A1/").link(
            "王经办 2025-01-06提出改到农商银行（户名 成员1），等另一人核实"
        )
        page = county_officer.follows(county_officer.does(form, **LOOK))

        assert "已核实，今天起用新账户：农商银行 ************2222" in page.words
        assert number_now(home) == "6222000011112222"
        assert "已核实生效 李审核 2025-01-06" in clerk.reads("/account-changes/?view=all").words
        assert "没有等核实的账户变更" in clerk.reads("/account-changes/").words
        assert "李审核 2025-01-06已办结：已核实生效" in county_officer.reads(form).words

    def test_whoever_asked_may_only_withdraw(self, clerk: Desk, home: Family) -> None:
        clerk.does(ACCOUNT, **GIVEN)
        change = AccountChange.objects.get().pk
        form = f"/account-changes/{change}/confirm/"
        assert "这个变更是您提出的，要由另一人核实。您可以撤回" in clerk.reads(form).words
        drop = f"/account-changes/{change}/drop/"
        assert "提出和核实账户变更应由两人分别办理" in refused(clerk.sends(form, **{**clerk.opens(drop), **LOOK}))

        page = clerk.follows(clerk.does(drop, reason="填错了"))

        assert "账户没有变，低保金仍发原账户" in page.words
        assert AccountChange.objects.get().state == "withdrawn"
        assert number_now(home) == "6222000000009999"

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"tail": "112223"}, "核实到的账号后6位与提出的不同"),
            ({"spoken_with": "村长"}, "核实对象“村长”不是家庭成员"),
            ({"how": "telephone"}, "没有登记电话，不能打电话核实"),
            ({"how": ""}, "请选择“核实方式”"),
        ],
    )
    def test_a_look_that_does_not_fit_is_refused(
        self, clerk: Desk, county_officer: Desk, home: Family, changes: dict[str, str], said: str
    ) -> None:
        clerk.does(ACCOUNT, **GIVEN)
        form = f"/account-changes/{AccountChange.objects.get().pk}/confirm/"

        assert said in refused(county_officer.does(form, **{**LOOK, **changes}))
        assert number_now(home) == "6222000000009999"

    def test_risks_are_named_and_need_a_note(self, clerk: Desk, county_officer: Desk) -> None:
        family("B1", account="6222000011112222")
        clerk.does(ACCOUNT, **{**GIVEN, "holder": "路人"})
        form = f"/account-changes/{AccountChange.objects.get().pk}/confirm/"

        opened = county_officer.reads(form)
        assert "账号已是别家的、户名不是家庭成员" in opened.words
        assert opened.link("不予变更或撤回") == form.replace("confirm", "drop")
        assert "1 户有风险点" in county_officer.reads("/account-changes/").words
        assert "请在核实说明里写清怎样核实的" in refused(county_officer.does(form, **{**LOOK, "note": ""}))

    def test_without_the_book_a_paper_goes_along(self, clerk: Desk, county_officer: Desk) -> None:
        clerk.does(ACCOUNT, **{**GIVEN, "evidence": "letter", "paper": photo()})  # type: ignore[dict-item]

        change = AccountChange.objects.get()
        shown = county_officer.reads(f"/account-changes/{change.pk}/confirm/")
        assert shown.link("看凭据") == f"/household-papers/{change.paper_id}/"
        response = county_officer.client.get(f"/household-papers/{change.paper_id}/")
        assert (response.status_code, response.headers["Content-Type"]) == (200, "image/jpeg")
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert Viewing.objects.filter(page="家庭书面材料", actor="李审核").exists()

    def test_the_workbook_has_the_rows_and_no_number(self, clerk: Desk) -> None:
        clerk.does(ACCOUNT, **GIVEN)

        head, row = cells(clerk.client.get("/account-changes/file/").content)

        assert head[:4] == ["户编号", "户主", "村社区", "新账户"]
        assert row[:2] == ["A1", "成员1"]
        assert "2222" not in str(row)
        assert Viewing.objects.filter(page="账户变更", actor="王经办").exists()

    def test_an_unknown_view_is_refused_in_words(self, clerk: Desk) -> None:
        assert clerk.reads("/account-changes/?view=magic").status == 400


def register(desk: Desk, address: str, given: dict[str, str], **more: str) -> Page:
    return desk.does(address, **{**given, "paper": photo(), **more})  # type: ignore[arg-type]


class TestProxy:
    def test_it_is_registered_filed_reviewed_and_ended(self, clerk: Desk, county_officer: Desk, home: Family) -> None:
        form = clerk.reads("/households/A1/").link("登记代领人")
        page = clerk.follows(register(clerk, form, PROXY))
        assert "已登记代领人 陈代领，县民政局备案后生效" in page.words
        assert PROXY_ID not in page.html
        made = Proxy.objects.get()
        assert (made.since, made.takes_account) == (date(2025, 1, 3), True)

        note = county_officer.reads(f"/proxies/{made.pk}/").link("备案")
        county_officer.follows(county_officer.does(note, remark=""))
        assert "备案 李审核 2025-01-06" in clerk.reads(f"/proxies/{made.pk}/").words
        assert "正在代领 1 人，未备案 0 人，复核逾期 0 人" in clerk.reads("/proxies/").words
        assert "代领人 陈代领" in clerk.reads("/households/A1/").words

        said = {"way": "visit", "spoken_with": "成员2", "goes_on": "yes", "findings": "每月交到手"}
        page = clerk.follows(clerk.does(f"/proxies/{made.pk}/review/", **said))
        assert "已登记复核" in page.words
        assert "2026-01-06" in page.words
        page = clerk.follows(clerk.does(f"/proxies/{made.pk}/end/", last_day="2025-01-06", reason="本人出院了"))
        assert "代领止于 2025-01-06" in page.words
        assert "代领已由王经办终止" in clerk.reads(f"/proxies/{made.pk}/review/").words

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"agreed_by": "路人"}, "签字人“路人”在2025-01-03不是家庭成员"),
            ({"id_number": "123"}, "代领人：身份证号"),
            ({"relation": ""}, "请选择“与家庭关系”"),
        ],
    )
    def test_a_faulty_agreement_is_refused(self, clerk: Desk, changes: dict[str, str], said: str) -> None:
        assert said in refused(register(clerk, "/proxies/new/A1/", PROXY, **changes))
        assert not Proxy.objects.exists()

    def test_without_the_paper_or_with_another_file_it_is_refused(self, clerk: Desk) -> None:
        assert "请选择“书面协议”" in refused(clerk.does("/proxies/new/A1/", **PROXY))
        fake = SimpleUploadedFile("协议.jpg", b"<svg onload=alert(1)>", "image/jpeg")
        given = {**PROXY, "paper": fake}
        assert "打不开这个文件" in refused(clerk.does("/proxies/new/A1/", **given))  # type: ignore[arg-type]

    def test_a_clerk_does_not_file_it(self, clerk: Desk) -> None:
        register(clerk, "/proxies/new/A1/", PROXY)
        assert clerk.reads(f"/proxies/{Proxy.objects.get().pk}/note/").status == 403

    def test_the_workbook_has_the_rows(self, clerk: Desk) -> None:
        register(clerk, "/proxies/new/A1/", PROXY)
        _head, row = cells(clerk.client.get("/proxies/file/").content)
        assert row == ["A1", "成员1", "镇100东村", "陈代领", "监护人", "无民事行为能力或限制民事行为能力",
                       "2025-01-03 至 长期", "未备案", "2026-01-03"]  # fmt: skip


class TestCustody:
    def test_it_is_registered_filed_checked_and_returned(self, clerk: Desk, county_officer: Desk) -> None:
        form = clerk.reads("/households/A1/").link("登记代管")
        page = clerk.follows(register(clerk, form, CUSTODY))
        assert "已登记：赵村干代管，请县民政局备案" in page.words
        made = Custody.objects.get()
        assert made.tail == "9999"

        note = county_officer.reads(f"/custody/{made.pk}/").link("备案")
        county_officer.follows(county_officer.does(note, remark=""))
        assert "正在代管 1 户，未备案 0 户，核查逾期 0 户，上次核查不相符 0 户" in clerk.reads("/custody/").words
        assert "银行卡由赵村干代管" in clerk.reads("/households/A1/").words

        said = {"way": "visit", "is_there": "yes", "is_paid_out": "no", "spoken_with": "成员2", "findings": "少交100元"}
        page = clerk.follows(clerk.does(f"/custody/{made.pk}/check/", **said))
        assert "少交100元" in page.words
        page = clerk.follows(clerk.does(f"/custody/{made.pk}/return/", returned_to="成员2", on="2025-01-06", remark=""))
        assert "已归还给成员2" in page.words
        assert "已在 2025-01-06 归还给成员2" in clerk.reads(f"/custody/{made.pk}/check/").words

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"custodian_is": "shop"}, "“代管人身份”里没有这一项"),
            ({"custodian": "成员2"}, "“成员2”是家庭成员，自己保管不用登记代管"),
            ({"handed_on": "2025-01-02"}, "应先签协议再交付"),
        ],
    )
    def test_a_faulty_agreement_is_refused(self, clerk: Desk, changes: dict[str, str], said: str) -> None:
        assert said in refused(register(clerk, "/custody/new/A1/", CUSTODY, **changes))
        assert not Custody.objects.exists()

    def test_the_workbook_has_the_rows(self, clerk: Desk) -> None:
        register(clerk, "/custody/new/A1/", CUSTODY)
        head, row = cells(clerk.client.get("/custody/file/").content)
        assert dict(zip(head, row, strict=True)) == {
            "村社区": "镇100东村", "户编号": "A1", "户主": "成员1", "代管人": "赵村干",
            "代管人身份": "村（居）委会工作人员", "单位和职务": "东村村委会会计", "代管原因": "独居，不会用银行卡",
            "交付物品": "银行卡", "账号后四位": "9999", "交付日期": "2025-01-03", "签字的家庭成员": "成员1",
            "协议日期": "2025-01-03", "备案": "未备案", "备案说明": "—", "上次核查": "—", "核查相符": "—",
            "下次核查": "2026-01-03", "归还日期": "—", "接收的家庭成员": "—",
        }  # fmt: skip
        assert Viewing.objects.filter(page="代管银行卡", actor="王经办").exists()

    def test_the_list_of_one_village_is_a_file_of_its_own(self, clerk: Desk) -> None:
        family("B1", division=OTHER_VILLAGE, account="6222000000008888")
        for number in ("A1", "B1"):
            register(clerk, f"/custody/new/{number}/", CUSTODY)
        assert clerk.reads("/custody/").link("镇100西村") == f"?view=now&place={OTHER_VILLAGE}"

        page = clerk.reads(f"/custody/?place={OTHER_VILLAGE}")
        rows = cells(clerk.client.get(page.link("下载表格")).content)[1:]

        assert [row[1] for row in rows] == ["B1"]
        assert clerk.reads("/custody/?place=here").status == 400
        assert clerk.reads("/proxies/?view=magic").status == 400

    def test_the_agreement_is_printed_before_and_after_and_who_took_it_is_on_record(self, clerk: Desk) -> None:
        for address, more in (("/custody/new/A1/", CUSTODY), ("/proxies/new/A1/", PROXY)):
            blank = clerk.client.get(clerk.reads(address).link("打印协议，家里的情况已填好"))
            assert blank.content.startswith(b"%PDF")
            made = clerk.follows(register(clerk, address, more))
            assert clerk.client.get(made.link("打印协议")).content.startswith(b"%PDF")
        assert {one.page for one in Viewing.objects.filter(actor="王经办")} >= {"代管协议", "代领协议"}


def test_a_form_that_is_not_for_him_says_so_before_anything_is_filled_in(clerk: Desk, home: Family) -> None:
    clerk.does(ACCOUNT, **GIVEN)
    register(clerk, "/proxies/new/A1/", {**PROXY, "name": "孙两职"})
    register(clerk, "/custody/new/A1/", {**CUSTODY, "custodian": "孙两职"})
    both = Desk(hired("clerk93", "孙两职", division=COUNTY, duties=(Duty.ACCEPT, Duty.CONFIRM)))
    change, proxy, custody = AccountChange.objects.get().pk, Proxy.objects.get().pk, Custody.objects.get().pk
    for address, said in (
        (f"/account-changes/{change}/confirm/", "您代管这一户的银行卡或者代领，要由别人核实"),
        (f"/proxies/{proxy}/note/", "登记的人和代领人不能自己备案"), (f"/proxies/{proxy}/review/", "要由别人复核"),
        (f"/custody/{custody}/note/", "登记的人和代管人不能自己备案"), (f"/custody/{custody}/check/", "要由别人核查"),
    ):  # fmt: skip
        assert said in both.reads(address).words, address
    # a card has one custodian: the household's page no longer offers another, the form says who it is
    assert "登记代管" not in [words for words, _href in clerk.reads("/households/A1/").links]
    assert "孙两职自 2025-01-03 起已代管，请先登记归还" in clerk.reads("/custody/new/A1/").words


def test_empty_lists_say_what_will_come(clerk: Desk) -> None:
    for address, said in zip(SEEN_LISTS, ("没有等核实的账户变更", "还没有登记代领人", "没有代管的银行卡"), strict=True):
        assert said in clerk.reads(address).words


def test_another_township_sees_nothing_of_it(clerk: Desk) -> None:
    clerk.does(ACCOUNT, **GIVEN)
    register(clerk, "/proxies/new/A1/", PROXY)
    register(clerk, "/custody/new/A1/", CUSTODY)
    family("C1", division=FAR_VILLAGE)
    far = Desk(hired("clerk92", "远经办", division=OTHER_TOWN))
    change, proxy, custody = AccountChange.objects.get().pk, Proxy.objects.get(), Custody.objects.get().pk

    for address in SEEN_LISTS:
        assert "A1" not in far.reads(address).html
    for address in (
        f"/account-changes/{change}/confirm/", f"/account-changes/{change}/drop/", f"/proxies/{proxy.pk}/",
        f"/proxies/{proxy.pk}/end/", f"/custody/{custody}/", f"/custody/{custody}/return/",
        f"/household-papers/{proxy.paper_id}/", "/proxies/new/A1/", "/custody/new/A1/", "/proxies/blank/A1/",
        "/custody/blank/A1/", f"/proxies/{proxy.pk}/agreement/", f"/custody/{custody}/agreement/",
    ):  # fmt: skip
        assert far.reads(address).status == 404, address
