"""差异核对、成批审核和不予批准: the county's day with thirty-eight clean cases and four that want a look, by hand."""

import importlib.util
import pathlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

import pytest
from playwright.sync_api import Locator

from opendibao.audit.session import acting, current_session
from opendibao.decision.models import Decision, Letter
from opendibao.intake.actions import accept_case, sign_consents, submit_case
from opendibao.intake.models import Case
from opendibao.kernel.duties import Duty
from opendibao.registry.entries import MemberEntry
from opendibao.registry.queries import members_on
from opendibao.verification.actions import Answer, file_match_results, record_survey
from opendibao.verification.sources import SOURCES
from tests.browser.conftest import Visitor
from tests.decision.builders import SURVEYORS
from tests.decision.reported import DECEMBER, clean, meet, post_and_report, report_refusal
from tests.decision.waiting import answer_late
from tests.registry.builders import COUNTY, at, divisions, household, number
from tests.web.desk import hired

pytestmark = pytest.mark.browser
CLEAN = 38
MOST_CLICKS = 12
MOST_SECONDS = 20
CHECKER = "李审核"
WAIT_MS = 60_000  # where others use the processors too
TOLD = """() => axe.run(document, {resultTypes: ["violations"]}).then((found) =>
  found.violations.map((one) => one.id + "：" + one.nodes.map((node) => node.html.slice(0, 160)).join(" ¦ ")))"""
Facts = dict[str, Any]


def family(sequence: int, name: str, *, wages: int = 650, assets: int = 0) -> tuple[Facts, list[MemberEntry]]:
    """Three grown-ups on one wage: (650 − 200) a month, so 740 × 3 − 450 = 1,770.00 is lacking."""
    born = (date(1975, 3, 1 + sequence), date(1976, 4, 1 + sequence), date(2004, 5, 1 + sequence))
    names, relations = (f"{name}父", f"{name}母", f"{name}子"), ("head", "spouse", "child")
    members: list[dict[str, Any]] = [
        {"name": who, "born": day.isoformat(), "sex": sex, "relation": relation}
        for who, day, sex, relation in zip(names, born, ("male", "female", "male"), relations, strict=True)
    ]
    members[0]["income"] = [{"kind": "wages", "amount": wages, "per": "month"}]
    members[2]["study"] = "undergraduate"
    entries = [
        MemberEntry(number(day, 2 * sequence + (relation != "spouse")), who, relation)
        for who, day, relation in zip(names, born, relations, strict=True)
    ]
    return {"area": "rural", "members": members, "property": {"financial_assets": assets, "dwellings": 1}}, entries


def surveyed(sequence: int, name: str, found: Facts | None = None, *, silent: str) -> Case:
    """A family of three whom every department but one answered about, and whom two surveyors visited."""
    declared, entries = family(sequence, name)
    home = household(f"999999-009{sequence:02d}", *entries)
    case = submit_case(
        home, kind="application", channel="counter", declared=declared, on=DECEMBER.applied, at=at(DECEMBER.applied)
    )
    accept_case(case.pk, on=DECEMBER.accepted, at=at(DECEMBER.accepted))
    sign_consents(case.pk, on=DECEMBER.accepted, at=at(DECEMBER.accepted))
    answers = [
        Answer(member.person_id, source, "no_hit")
        for place, member in enumerate(members_on(home, DECEMBER.accepted))
        for source in SOURCES
        if place or source != silent
    ]
    file_match_results(
        case.pk, answers, requested_on=DECEMBER.accepted, answered_on=DECEMBER.asked, at=at(DECEMBER.asked)
    )
    record_survey(
        case.pk, on=DECEMBER.surveyed, at=at(DECEMBER.surveyed), surveyors=SURVEYORS, respondent=f"{name}母",
        found=found or declared,
    )  # fmt: skip
    meet(case, days=DECEMBER)
    return case


def hit(case: Case, source: str, detail: dict[str, object]) -> int:
    """The silent department answers after the report, about the head."""
    person = members_on(case.household_id, DECEMBER.accepted)[0].person_id
    return answer_late(case.pk, person, source, detail)


@dataclass(frozen=True)
class Four:
    """The cases that want a look: savings, a namesake, a motorcycle, a death."""

    savings: Case
    namesake: Case
    motorcycle: Case
    death: Case


def four() -> Four:
    """A: 86,000 in the bank; B: another man of the name; C: a vehicle of unknown value; D: a member who died."""
    rich = family(1, "甲", assets=86_000)[0]  # the surveyors saw the book that was not declared
    savings = report_refusal(surveyed(1, "甲", rich, silent="bank_deposits"), DECEMBER)
    hit(savings, "bank_deposits", {"found": "银行存款 86,000.00 元", "property": {"financial_assets": 86_000}})
    more = family(2, "乙", wages=700)[0]  # fifty yuan a month more than declared: looked at for itself
    namesake = post_and_report(surveyed(2, "乙", more, silent="business_registration"), days=DECEMBER)[0]
    hit(namesake, "business_registration", {"found": "同名人员登记有商店，身份证尾号不同"})
    with acting(CHECKER, current_session().reach, current_session().duties):  # the checker's own file
        own = surveyed(3, "丙", silent="vehicles")
    motorcycle = post_and_report(own, days=DECEMBER)[0]
    hit(motorcycle, "vehicles", {"found": "二手摩托车一辆，价值不明"})
    death = post_and_report(surveyed(4, "丁", silent="civil_registry"), days=DECEMBER)[0]
    hit(death, "civil_registry", {"found": "丁父 2024-08-30 死亡", "died": "2024-08-30"})
    return Four(savings, namesake, motorcycle, death)


@pytest.fixture(scope="module")
def axe() -> str:
    found = importlib.util.find_spec("axe_playwright_python")
    assert found
    assert found.origin
    return (pathlib.Path(found.origin).parent / "axe.min.js").read_text("utf-8")


class Hand:
    """The checker at the desk: presses are counted, and each page is looked over."""

    def __init__(self, visitor: Visitor, axe: str) -> None:
        self.visitor, self.page, self.axe, self.clicks = visitor, visitor.page, axe, 0
        self.page.set_default_timeout(WAIT_MS)

    def opens(self, address: str) -> None:
        self.visitor.opens(address)
        self.looks()

    def presses(self, what: Locator) -> None:
        what.click()
        self.clicks += 1
        self.page.wait_for_load_state()

    def follows(self, words: str) -> None:
        self.presses(self.page.locator("main").get_by_role("link", name=words, exact=True).first)
        self.looks()

    def does(self, button: str) -> str:
        """Press the button of the form; what is said when it is done."""
        self.presses(self.page.locator("form.act-form").get_by_role("button", name=button, exact=True))
        said = self.page.locator(".callout.ok[role=status]")
        said.wait_for()
        assert self.visitor.focus != "BODY"
        self.looks()
        return said.inner_text()

    @property
    def words(self) -> str:
        return self.page.locator("main").inner_text()

    def looks(self) -> None:
        """Nothing wider than the screen, nothing that axe complains of."""
        assert self.visitor.overflow <= 0
        self.page.evaluate(self.axe)
        assert self.page.evaluate(TOLD) == []


@pytest.fixture
def desk(visitor: Visitor, axe: str) -> Iterator[Hand]:
    divisions()
    visitor.page.context.set_default_timeout(WAIT_MS)
    yield Hand(visitor, axe)
    visitor.complaints[:] = [said for said in visitor.complaints if "status of 422" not in said]


def test_the_county_s_day(desk: Hand) -> None:
    clean(CLEAN, first=101, days=DECEMBER)
    cases = four()
    desk.visitor.server.client.force_login(hired("county01", CHECKER, division=COUNTY, duties=(Duty.CONFIRM,)))

    # 1. the day's page says how many wait
    desk.opens("/today/")
    assert desk.page.get_by_role("link", name=f"干净 {CLEAN}").is_visible()
    assert desk.page.get_by_role("link", name="需看 4").is_visible()

    answers_the_hits(desk, cases)
    refuses_the_savings(desk, cases.savings)
    confirms_the_clean(desk)
    cannot_take_the_others_along(desk, cases)
    cannot_approve_his_own(desk, cases.motorcycle)


def answers_the_hits(desk: Hand, cases: Four) -> None:
    """2. Four hits, each by its key, what it would change beside it."""
    expected = [
        (cases.savings, "1", "● 不符合条件，补差 1,770.00 → 0", "存折看过，是他的"),
        (cases.namesake, "2", "影响要看调查结果", "非同一人"),
        (cases.motorcycle, "3", "影响要看调查结果", "请乡镇估价"),
        (cases.death, "1", "补差 1,770.00 → 1,480.00", "已登记死亡"),
    ]
    seconds = []
    for case, key, effect, reason in expected:
        desk.opens(f"/cases/{case.pk}/hits/")
        start = time.perf_counter()
        assert effect in desk.words
        desk.page.keyboard.press(key)
        desk.page.wait_for_url("**/?key=*")
        desk.page.get_by_label("理由").fill(reason)
        said = desk.does("处置")
        seconds.append(time.perf_counter() - start)
        assert "案件办下一步以前可以撤回" in said
    assert median(seconds) <= MOST_SECONDS
    desk.opens(f"/cases/{cases.motorcycle.pk}/hits/")
    assert "▲ 再核：请乡镇估价" in desk.words


def refuses_the_savings(desk: Hand, case: Case) -> None:
    """3. The refusal is written by the rules; one sentence is the officer's, the rest is locked."""
    desk.opens("/approvals/?view=look")
    desk.follows("甲父")
    desk.follows("不予确认")
    assert "金融资产86,000.00元，超过低保家庭限额53,280.00元" in desk.words  # 740 × 24 × 3
    desk.does("不予确认")
    lines = desk.page.locator("article.letter p").all_inner_texts()
    assert lines[1] == "一、结果：不予确认你家享受最低生活保障。"
    assert "0000-1234900" in desk.words
    before = Letter.objects.get(decision__case=case).text

    desk.follows("补充一句")
    desk.page.get_by_label("补充一句").fill("看病的钱可以去医保窗口问。")
    desk.does("保存这一句")

    assert "补充说明：看病的钱可以去医保窗口问。" in desk.words
    assert Letter.objects.get(decision__case=case).text == before


def confirms_the_clean(desk: Hand) -> None:
    """4. All the clean ones in one go."""
    desk.clicks = 0
    desk.opens("/today/")
    desk.follows(f"干净 {CLEAN}")
    desk.presses(desk.page.get_by_role("button", name="预览成批确认"))
    desk.looks()
    assert f"{CLEAN} 户 · {CLEAN} 人 · 每月 28,120.00 元；0 户排除" in desk.words  # 740 × 38
    said = desk.does(f"确认这 {CLEAN} 户")

    assert f"已确认 {CLEAN}/{CLEAN} 户" in said
    assert "告知书送达以前可以撤销" in said
    assert desk.page.get_by_role("link", name="撤销这一批").is_visible()
    assert desk.clicks <= MOST_CLICKS
    assert Decision.objects.filter(kind="confirm").count() == CLEAN


def cannot_take_the_others_along(desk: Hand, cases: Four) -> None:
    """5. What is not clean is refused in bulk, each with its reason."""
    desk.opens(f"/approvals/batch/?case={cases.namesake.pk}&case={cases.death.pk}")

    assert "0 户 · 0 人 · 每月 0.00 元；2 户排除" in desk.words
    assert f"{cases.namesake.number}\n申报和查明的情况不同" in desk.words
    assert f"{cases.death.number}\n采信了核对信息或建议终止" in desk.words
    assert desk.page.locator("form.act-form").count() == 0
    assert Case.objects.filter(state="reported").count() == 3


def cannot_approve_his_own(desk: Hand, own: Case) -> None:
    """6. Who decided what stands on the family's page; the checker's own file is not his to approve."""
    desk.opens("/households/999999-00101/")
    assert "确认同意（申请）：2025-02 起每月 740.00 元" in desk.words
    assert f"张经办 经办，{CHECKER} 审核" in desk.words
    desk.opens(f"/approvals/{own.pk}/")
    assert f"您（{CHECKER}）受理、调查、录入或初审过这一件，不能由您审核确认" in desk.words
    desk.opens(f"/approvals/{own.pk}/confirm/")
    assert desk.page.locator("form.act-form").count() == 0
