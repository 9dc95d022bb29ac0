"""改坏一笔: pressed on the served county, the total turns and the row is named; thrown away, all is as it was."""

import http.cookiejar
import json
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from opendibao.config import embedded
from tests.browser.chromium import ARGUMENTS, need_chromium
from tests.built import BuiltCounty, environment

START_S, MADE_S = 60, 120
TAGS, SPACE = re.compile(r"<[^>]+>"), re.compile(r"\s+")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
TOTAL = re.compile(r"全年保障金 ([\d,.]+) 万元")


@dataclass
class Served:
    """The small county, served by the demonstration."""

    county: BuiltCounty
    root: str
    process: "subprocess.Popen[bytes]"

    @property
    def state(self) -> dict[str, Any]:
        """What the sandbox's folder says."""
        file = self.county.var / "sandbox" / "state.json"
        return dict(json.loads(file.read_text("utf-8"))) if file.exists() else {}

    @property
    def copies(self) -> list[str]:
        """Names of the copies on the server."""
        rows = self.county.rows("SELECT datname FROM pg_database WHERE datname LIKE 'county_sandbox_%%'")
        return [name for (name,) in rows]

    def waits(self) -> dict[str, Any]:
        """Until the sandbox is made, or has failed."""
        for _ in range(MADE_S * 5):
            if self.state.get("step") == 5 or self.state.get("failed"):
                return self.state
            time.sleep(0.2)
        pytest.fail("沙箱没有做完")


class Visitor:
    """Somebody with cookies of his own."""

    def __init__(self, served: Served) -> None:
        self.root = served.root
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())  # follows redirects, keeps the session
        )

    def html(self, address: str) -> str:
        with self.opener.open(self.root + address) as answer:
            return str(answer.read().decode())

    def words(self, address: str) -> str:
        return SPACE.sub(" ", TAGS.sub(" ", self.html(address)))

    def sends(self, address: str, **data: str) -> int:
        token = TOKEN.search(self.html("/sandbox/"))
        assert token
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], **data}).encode()
        try:
            with self.opener.open(self.root + address, body) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            return refused.code

    @property
    def total(self) -> str:
        """The year's money on the county page, in 万元."""
        found = TOTAL.search(self.words("/?year=2024"))
        assert found
        return found[1]


@contextmanager
def serving(county: BuiltCounty) -> Iterator[Served]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    targets = county.var.parent / "targets.yaml"
    command = [sys.executable, "-m", "opendibao.commands.main", "demo", "--targets", str(targets), "--out",
               str(county.var), "--port", str(port)]  # fmt: skip
    with subprocess.Popen(
        command, env=environment(county.var), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        served = Served(county, f"http://127.0.0.1:{port}", process)
        try:
            _wait(served)
            yield served
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)


def cents(printed: str) -> int:
    return int(re.sub(r"[,.]", "", printed))


def _wait(served: Served) -> None:
    for _ in range(START_S * 5):
        try:
            with urllib.request.urlopen(served.root + "/"):
                return
        except urllib.error.URLError:
            time.sleep(0.2)
    pytest.fail(f"网站在 {START_S} 秒内没有打开")


@pytest.fixture(scope="module")
def served(small_county: BuiltCounty) -> Iterator[Served]:
    with serving(small_county) as found:
        yield found


@pytest.fixture
def visitor(served: Served) -> Iterator[Visitor]:
    found = Visitor(served)
    yield found
    found.sends("/sandbox/drop")


# line, sending and its bookings were changed together; what was decided, frozen, chained, sent and released was not
TURNED_BY_A_PAYMENT = (
    "发放明细的金额等于决定或者已批准的应发依据",
    "发放明细的金额等于编制时冻结的金额",
    "明细合计等于各步骤记入审计链的控制数",
    "再写一遍银行文件，与送出时的指纹相同",
    "批次的笔数和金额等于明细合计",
    "每笔发放有当月有效的决定，金额与决定相同",
    "预算指标按级次等于已审核的应发款减去不再发放的，各级按分担比例",
    "已审核批次的应付款：审核记入，送银行转出",
    "送出文件的笔数和金额等于发送合计",
)


def test_a_spoiled_payment_turns_every_figure_and_is_named(served: Served, visitor: Visitor) -> None:
    before, events = visitor.total, served.county.one("SELECT count(*) FROM audit_event")

    assert visitor.sends("/sandbox/make", kind="payment") == 200
    spoiled = served.waits()["found"]["spoiled"]

    page = visitor.words("/sandbox/")
    assert f"{spoiled['month']} 户 {spoiled['household']}，发送 {spoiled['e2e']}" in page
    assert spoiled["after_fen"] - spoiled["before_fen"] == 100_000
    assert [wall for wall in TURNED_BY_A_PAYMENT if f"{wall} ● 不符" not in page] == []
    assert f"道核对里 {len(TURNED_BY_A_PAYMENT)} 道说不符" in page
    assert cents(visitor.total) == cents(before) + 10  # 1,000 yuan are 0.10 万元
    assert "沙箱 这里有一笔被改坏了" in visitor.words(f"/households/{spoiled['household']}/")
    # the real county stays, for others and in the tables
    assert Visitor(served).total == before
    assert served.county.one("SELECT count(*) FROM audit_event") == events
    assert served.county.run("ledger", "verify").returncode == 0


def test_a_spoiled_event_is_named_by_the_chain(served: Served, visitor: Visitor) -> None:
    before = visitor.total

    visitor.sends("/sandbox/make", kind="event")
    event = served.waits()["found"]["spoiled"]["event"]

    assert f"第 {event} 号事件：发放送银行，发放批次" in visitor.words("/sandbox/")
    assert visitor.total == before


def test_a_chosen_household_is_spoiled(served: Served, visitor: Visitor) -> None:
    (number,) = served.county.rows(
        "SELECT h.number FROM payment_attempt a JOIN payment_payline l ON l.id = a.line_id "
        "JOIN registry_household h ON h.id = l.household_id "
        "WHERE a.number = 1 AND a.state = 'paid' AND l.month = '2024-12-01' ORDER BY h.number DESC LIMIT 1"
    )[0]

    visitor.sends("/sandbox/make", kind="payment", number=number)

    assert served.waits()["found"]["spoiled"]["household"] == number


def test_two_visitors_press_at_once_and_share_one_sandbox(served: Served, visitor: Visitor) -> None:
    other, before = Visitor(served), visitor.total

    visitor.sends("/sandbox/make", kind="payment")
    other.sends("/sandbox/make", kind="payment")
    served.waits()

    assert len(served.copies) == 1
    assert visitor.total == other.total != before


def test_thrown_away_by_one_the_other_is_led_back(served: Served, visitor: Visitor) -> None:
    other, before = Visitor(served), visitor.total
    visitor.sends("/sandbox/make", kind="payment")
    served.waits()
    other.sends("/sandbox/enter")

    visitor.sends("/sandbox/drop")

    assert "沙箱已经被扔掉了。您现在看的是真的县。" in other.words("/?year=2024")
    assert (other.total, visitor.total) == (before, before)
    assert served.copies == []


def test_the_figures_of_one_sandbox_are_not_those_of_the_next(served: Served, visitor: Visitor) -> None:
    visitor.sends("/sandbox/make", kind="payment")
    served.waits()
    spoiled = visitor.total

    visitor.sends("/sandbox/drop")
    visitor.sends("/sandbox/make", kind="event")
    served.waits()

    assert visitor.total != spoiled


def test_nothing_is_done_inside(served: Served, visitor: Visitor) -> None:
    visitor.sends("/sandbox/make", kind="payment")
    served.waits()

    assert visitor.sends("/search", q="x") == 403


def test_what_a_killed_serving_left_half_made_is_gone_at_the_next_start(small_county: BuiltCounty) -> None:
    with psycopg.connect(small_county.server.url("county", role=embedded.OWNER), autocommit=True) as owner:
        owner.execute("CREATE DATABASE county_sandbox_dead")
    (small_county.var / "sandbox").mkdir(exist_ok=True)
    (small_county.var / "sandbox" / "state.json").write_text('{"token": "dead", "step": 2}')

    with serving(small_county) as served:
        for _ in range(50):
            if not served.copies:
                break
            time.sleep(0.2)
        assert (served.copies, served.state) == ([], {})


@pytest.fixture
def page(served: Served) -> Iterator[Page]:
    path = need_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        found = browser.new_page(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        complaints: list[str] = []
        found.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        found.goto(served.root)
        yield found
        browser.close()
        assert complaints == []


@pytest.mark.browser
def test_a_visitor_presses_sees_the_row_named_and_goes_back(served: Served, page: Page) -> None:
    figure = page.locator(".stat", has_text="全年保障金").locator(".fig")
    before = figure.inner_text()

    page.get_by_role("button", name="改坏一笔").click()
    expect(page.get_by_role("heading", name="结论")).to_be_visible(timeout=MADE_S * 1000)  # the page asks by itself
    household = served.state["found"]["spoiled"]["household"]
    expect(page.locator(".panel.key")).to_contain_text(household)
    page.get_by_role("link", name="看沙箱里的全县").click()
    expect(figure).not_to_have_text(before)

    page.get_by_role("link", name="看哪一行被点名").click()
    page.locator(".panel.key a").first.click()
    expect(page).to_have_url(re.compile(f"/households/{household}/"))
    page.get_by_role("button", name="回到真的县").click()

    expect(figure).to_have_text(before)
    page.goto(f"{served.root}/sandbox/")
    page.get_by_role("button", name="恢复：扔掉沙箱").click()
    expect(page.get_by_role("button", name="改坏一笔发放")).to_be_visible()
    assert served.copies == []
