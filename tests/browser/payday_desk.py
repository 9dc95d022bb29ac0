"""发放日的桌子: who sits down on pay day, one after another, and what each of them presses."""

import os
import pathlib

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from playwright.sync_api import Locator

from opendibao.accounts.models import Officer
from opendibao.kernel.duties import Duty
from opendibao.registry.models import BankAccount, Person
from tests.browser.conftest import Visitor
from tests.payment.builders import COUNTY, KNOWN_FROM, LONG_AGO, VILLAGE, Family, family
from tests.web.desk import OTHER_TOWN, TOWN, hired

RUN, TODAY = "/pay-runs/2025-01/", "2025-01-06"
FEN, NAMES = 62000, "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
TOLD = """() => axe.run(document, {resultTypes: ["violations"]}).then((found) =>
  found.violations.map((one) => one.id + "：" + one.nodes.map((node) => node.html.slice(0, 160)).join(" ¦ ")))"""
DROP = """(box, bytes) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], "银行.txt", {type: "text/plain"}));
  box.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
}"""


class Hand:
    """One after another sits down at the desk; presses are counted by person, each page is looked over."""

    def __init__(self, visitor: Visitor, axe: str) -> None:
        self.visitor, self.page, self.axe = visitor, visitor.page, axe
        self.officers: dict[str, Officer] = {}
        self.clicks: dict[str, int] = {}
        self.who = ""

    def sits(self, username: str, name: str, *duties: Duty, division: str = COUNTY) -> None:
        """Somebody else is at the screen now."""
        if username not in self.officers:
            self.officers[username] = hired(username, name, division=division, duties=duties)
            self.clicks[username] = 0
        self.who = username
        self.visitor.server.client.force_login(self.officers[username])

    def opens(self, address: str) -> None:
        self.visitor.opens(address)
        self.looks()

    def presses(self, what: Locator) -> None:
        what.click()
        self.clicks[self.who] += 1
        self.page.wait_for_load_state()

    def follows(self, words: str) -> None:
        self.presses(self.page.locator("main").get_by_role("link", name=words, exact=True).first)
        self.looks()

    def does(self, button: str) -> str:
        """Press the button of a form; what is said when it is done."""
        self.presses(self.page.locator("main").get_by_role("button", name=button, exact=True))
        return self.said()

    def drops(self, step: str, data: bytes) -> str:
        """A file is dropped on the page: no press at all."""
        self.page.locator(f'form[action$="/{step}/"] [data-drop]').evaluate(DROP, list(data))
        return self.said()

    def said(self) -> str:
        done = self.page.locator(".callout.ok[role=status]")
        done.wait_for()
        self.page.wait_for_load_state()
        assert self.visitor.focus != "BODY"
        self.looks()
        return done.inner_text()

    def types(self, label: str, words: str) -> None:
        self.page.get_by_label(label, exact=True).fill(words)

    @property
    def words(self) -> str:
        return self.page.locator("main").inner_text()

    def looks(self) -> None:
        """Nothing wider than the screen, nothing that axe complains of."""
        assert self.visitor.overflow <= 0
        self.page.evaluate(self.axe)
        assert self.page.evaluate(TOLD) == []
        if folder := os.environ.get("OPENDIBAO_PICTURES"):
            number = len(list(pathlib.Path(folder).glob("j4-*.png"))) + 1
            self.page.screenshot(path=f"{folder}/j4-{number:02d}.png", full_page=True)


def home(number: int, *, village: str = VILLAGE, account: str | None = None) -> Family:
    """A household of one; its account bears its own name and, unless one is given, its own number."""
    made = family(f"H{number:02d}", fen=FEN + number * 100, division=village, has_account=False)
    name = f"{NAMES[number]}户主"
    Person.objects.filter(pk=made.people[0].pk).update(name=name)
    if account != "":
        BankAccount.objects.create(
            household=made.household, division=village, holder=name, bank="农商银行",
            number=account or f"6200000000{number:04d}", valid=DateRange(LONG_AGO, None),
            recorded=DateTimeTZRange(KNOWN_FROM, None),
        )  # fmt: skip
    return made


def maker(hand: Hand) -> None:
    hand.sits("county02", "周编制", Duty.PAY)


def checker(hand: Hand) -> None:
    hand.sits("county01", "李审核", Duty.PAY)


def finance(hand: Hand) -> None:
    hand.sits("fin01", "钱财政", Duty.FINANCE)


def towns_confirm(hand: Hand, month: str = RUN) -> None:
    """Each township for itself, by one press."""
    for username, name, town in (("clerk01", "陈经办", TOWN), ("clerk02", "许经办", OTHER_TOWN)):
        hand.sits(username, name, Duty.ACCEPT, division=town)
        before = hand.clicks[username]
        hand.opens(f"{month}towns/")
        hand.does("确认本乡镇名册")
        assert hand.clicks[username] == before + 1


def second_look(hand: Hand, button: str, total: str) -> None:
    """The total is typed from the control sheet before the button is pressed."""
    hand.opens(RUN)
    hand.types("本次发放合计（元）", total)
    hand.does(button)


def voucher(hand: Hand, yuan: str) -> None:
    """Finance enters what it paid out."""
    finance(hand)
    hand.opens(f"{RUN}vouchers/")
    hand.types("凭证号", "支〔2025〕1号")
    hand.types("凭证日期", TODAY)
    hand.types("金额（元）", yuan)
    hand.does("登记凭证")


def settles(hand: Hand, found: str, outcome: str, reason: str, month: str = RUN) -> None:
    """Tick what is alike and say once what becomes of it."""
    hand.opens(f"{month}checks/")
    for row in hand.page.locator("tbody tr", has_text=found).all():
        box = row.locator("input[name=findings]")
        if box.count():
            hand.presses(box)
    hand.page.get_by_label("怎么处理", exact=True).select_option(label=outcome)
    hand.types("处理说明", reason)
    hand.does("处理勾选的")


def changes_account(hand: Hand, number: int, account: str) -> None:
    """The family brings its book; the number is typed twice, and another officer calls before it counts."""
    name, clerk = f"{NAMES[number]}户主", hand.who
    hand.opens(f"/households/H{number:02d}/account/")
    hand.types("户名", name)
    hand.types("开户银行", "农商银行")
    hand.types("账号", account)
    hand.types("再填一遍账号", account)
    hand.types("提出人", name)
    hand.types("提出日期", TODAY)
    given = {"变更原因": "更正登记错误", "提出人身份": "家庭成员", "提出渠道": "窗口", "凭据": "存折或银行卡原件"}
    for label, said in given.items():
        hand.page.get_by_label(label, exact=True).select_option(label=said)
    hand.page.locator("form.act-form button[type=submit]").last.click()
    hand.said()
    confirms_account(hand, name, account)
    hand.sits(clerk, "")


def confirms_account(hand: Hand, name: str, account: str) -> None:
    """A second officer sees the book and types the end of the number as it stands there."""
    hand.sits("county08", "吴核实", Duty.CONFIRM)
    hand.opens("/account-changes/")
    hand.page.locator("tbody tr", has_text=name).get_by_role("link", name="待核实").click()
    hand.page.get_by_label("核实方式", exact=True).select_option(label="当面看存折或银行卡")
    hand.types("核实对象", name)
    hand.types("核实到的账号后 6 位", account[-6:])
    hand.types("核实说明", "当面看过存折，是本人的")
    hand.page.locator("form.act-form button[type=submit]").last.click()
    hand.said()
