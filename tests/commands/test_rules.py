"""opendibao rules: numbers of a day, what changed, and a change from its draft to its day."""

from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import connection

from opendibao.accounts.actions import create_officer
from opendibao.commands import rules, setup
from opendibao.kernel.duties import Duty
from opendibao.rulemaking.queries import changes, pack_in_force
from tests.decision.builders import covered
from tests.registry.builders import COUNTY, at, divisions

FILES = ["--policy", "jx-demo-2024"]
CHANGE = [
    "standard.rural",
    "780",
    "--since",
    "2026-09-01",
    "--source",
    "某政发〔2026〕3号第一条",
    "--reason",
    "年度调标",
]


def says(*words: str) -> Result:
    return CliRunner().invoke(rules.command, words)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, settings: Any, county: None) -> None:
    """The command looks into the test's database; two officers may confirm."""
    monkeypatch.setattr(setup, "django_setup", lambda: None)
    settings.OPENDIBAO_TODAY = date(2026, 8, 20)
    divisions()
    for username, name in (("conf01", "陈起草"), ("conf02", "林批准")):
        create_officer(username, name, division=COUNTY, duties=[Duty.CONFIRM], at=at(date(2024, 1, 2)))


class TestReading:
    def test_the_numbers_of_a_day_with_their_sources(self) -> None:
        lines = says("list", "--on", "2024-05-20", *FILES).output.splitlines()

        rural = next(line for line in lines if line.startswith("standard.rural"))
        assert rural.split("\t")[2:] == ["740.00元", "演示参数包 jx-demo-2024（合成）", "未核对"]
        assert "clock.decide\t审核确认时限\t30 workdays\t民发〔2021〕57号第二十二条" in lines

    def test_a_number_that_has_ended_is_told(self) -> None:
        lines = says("list", "--on", "2026-01-01", *FILES).output.splitlines()

        assert any(line.startswith("exclusion.basic_pension\t\t没有规定") for line in lines)

    def test_the_periods_of_one_parameter(self) -> None:
        lines = says("show", "standard.rural", "--policy", "demo-coast-2024").output.splitlines()

        assert [line.split("\t")[:3] for line in lines] == [
            ["2023-01-01—2024-06-30", "680.00元", "区划980101"],
            ["2024-07-01—至今", "710.00元", "区划980101"],
        ]

    def test_what_differs_between_two_days(self) -> None:
        result = says("diff", "2024-06-30", "2024-07-01", "--policy", "demo-coast-2024")

        assert "standard.rural\t农村最低生活保障标准（每人每月）\t680.00元 → 710.00元" in result.output
        assert "2024-06-30 到 2024-07-01：2 个参数不同" in result.output

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["show", "standard.sea", *FILES], "没有“standard.sea”这个参数，用 opendibao rules list 看全部"),
            (["show", "standard.rural", "--policy", "nowhere"], "没有参数包“nowhere”"),
            (["list", "--on", "2024-02-30", *FILES], "不是存在的日期"),
        ],
    )
    def test_what_does_not_exist_is_refused_in_words(self, words: list[str], said: str) -> None:
        result = says(*words)

        assert result.exit_code == 1
        assert said in result.output


@pytest.mark.usefixtures("here")
class TestChanging:
    def test_from_the_draft_to_the_day(self) -> None:
        assert says("draft", *CHANGE, "--officer", "conf01").exit_code == 0
        pk = str(changes()[0].pk)

        own = says("approve", pk, "--officer", "conf01")
        assert (own.exit_code, "应由另一人批准" in own.output) == (1, True)
        assert says("approve", pk, "--officer", "conf02").exit_code == 0
        result = says("schedule", pk, "--officer", "conf02")
        assert result.exit_code == 0, result.output
        assert f"已排定{pk}号调整，自2026-09-01起生效" in result.output
        assert "参数包现为 jx-demo-2024@1-" in result.output
        assert pack_in_force().value("standard.rural", date(2026, 9, 1)) == 78_000
        assert "已排定\tstandard.rural\t2026-09-01起 780.00元" in says("changes").output
        assert "780.00元" in says("show", "standard.rural").output

    def test_a_change_is_withdrawn_before_its_day(self) -> None:
        says("draft", *CHANGE, "--officer", "conf01")
        pk = str(changes()[0].pk)

        assert says("withdraw", pk, "--reason", "文件推迟", "--officer", "conf01").exit_code == 0
        assert changes()[0].state == "withdrawn"

    def test_the_command_line_itself_does_not_approve_its_own_draft(self) -> None:
        says("draft", *CHANGE)

        assert "应由另一人批准" in says("approve", str(changes()[0].pk)).output

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["draft", "standard.rural", "七百", *CHANGE[2:]], "金额写元"),
            (["draft", "standard.rural", "780", "--since", "2026-08-20", *CHANGE[4:]], "不能追溯"),
            (["approve", "987654"], "没有987654号参数调整"),
        ],
    )
    def test_a_refusal_is_said_in_words(self, words: list[str], said: str) -> None:
        result = says(*words)

        assert result.exit_code == 1
        assert said in result.output


@pytest.mark.usefixtures("here")
class TestTheArchive:
    def test_is_whole(self) -> None:
        covered()

        assert says("verify").output.startswith("规则存档完整：1个规则版本")

    def test_tells_a_decision_without_its_rules_and_a_text_that_was_changed(self) -> None:
        covered()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET LOCAL ROLE NONE")
            cursor.execute("ALTER TABLE rulemaking_ruleset DISABLE TRIGGER append_only")
            cursor.execute("UPDATE rulemaking_ruleset SET hash = 'f00'")

        result = says("verify")

        assert result.exit_code == 1
        assert "1份决定的规则版本" in result.output
        assert "没有存档" in result.output
        assert "f00：存档的规则版本f00里是另一个版本" in result.output
