"""A number of the law is drafted, approved by another, proven, scheduled; it is never edited and never reaches back."""

from datetime import date
from typing import Any

import pytest

from opendibao.audit.queries import events_of
from opendibao.policy.reader import load_pack
from opendibao.rulemaking import actions
from opendibao.rulemaking.actions import ChangeRefused, GoldenBroken, Retroactive, SameOfficer
from opendibao.rulemaking.proving import effects
from opendibao.rulemaking.queries import change, changes, pack_in_force, policy_in_force
from tests.registry.builders import at
from tests.rulemaking.builders import APPROVED, FROM, SCHEDULED, approved, drafted, scheduled

pytestmark = pytest.mark.usefixtures("county")
BEFORE = date(2024, 6, 30)


class TestDrafting:
    def test_a_draft_changes_no_number(self) -> None:
        made = change(drafted().pk)

        assert made is not None
        assert (made.state_zh, made.zh, made.unit) == ("已起草", "农村最低生活保障标准（每人每月）", "fen")
        assert (made.before, made.value, made.drafted_by) == (74_000, 78_000, "陈起草")
        assert policy_in_force() == "jx-demo-2024"

    @pytest.mark.parametrize(
        ("path", "wrong", "said"),
        [
            ("standard.county", {}, "没有“standard.county”这个参数；同类的有：standard.rural、standard.urban"),
            ("colour.red", {}, "请从参数表中选"),
            ("procedure.profile", {}, "在参数文件里改"),
            ("clock.decide", {"value": 40}, "在参数文件里改"),
            ("standard.rural", {"value": -1}, "应在0到10000000之间"),
            ("standard.rural", {"value": 10_000_001}, "应在0到10000000之间"),
            ("edge.ratio", {"value": 30_001}, "应在0到30000之间"),
            ("grace.months", {"value": 121}, "应在0到120之间"),
            ("benefit.round_up_to", {"value": 0}, "应在1到10000之间"),
            ("standard.rural", {"source": "文件"}, "依据应写明文件和条款"),
            ("standard.rural", {"source": "长" * 201}, "二百字以内"),
            ("standard.rural", {"reason": " "}, "请写明调整理由"),
            ("standard.rural", {"is_verified": True}, "演示用的数值没有原文可以核对"),
        ],
    )
    def test_what_no_number_of_the_law_can_be_is_refused(self, path: str, wrong: dict[str, Any], said: str) -> None:
        with pytest.raises(ChangeRefused, match=said):
            drafted(path, **wrong)

        assert changes() == []

    @pytest.mark.parametrize("since", [date(2024, 5, 5), date(2024, 5, 6)])
    def test_no_number_reaches_back(self, since: date) -> None:
        with pytest.raises(Retroactive, match="不能追溯：请改为以后的日子；已经发放的月份要补差的，另办补发"):
            drafted(since=since)

    @pytest.mark.parametrize(
        ("path", "written", "value"),
        [("standard.rural", "780.50", 78_050), ("supplement.minor", "0.15", 1_500), ("grace.months", " 9 ", 9)],
    )
    def test_what_is_typed_is_read_in_the_parameters_unit(self, path: str, written: str, value: int) -> None:
        assert actions.parse_value(path, written) == value

    @pytest.mark.parametrize(
        ("path", "written"), [("standard.rural", "七百"), ("grace.months", "1.5"), ("edge.ratio", "4")]
    )
    def test_what_is_no_number_of_that_unit_is_refused(self, path: str, written: str) -> None:
        with pytest.raises(ChangeRefused, match="金额写元，份额写小数"):
            actions.parse_value(path, written)


class TestApproving:
    def test_a_second_officer_approves(self) -> None:
        made = approved()

        assert (made.state, made.approved_by, made.approved_at) == ("approved", "林批准", at(APPROVED))
        assert policy_in_force() == "jx-demo-2024"

    def test_who_drafted_does_not_approve(self, act_as: Any) -> None:
        made = drafted()

        with act_as("360429", "陈起草"), pytest.raises(SameOfficer, match="应由另一人批准"):
            actions.approve_change(made.pk, at=at(APPROVED))

    def test_what_is_approved_is_not_approved_again(self) -> None:
        made = approved()

        with pytest.raises(ChangeRefused, match="已批准，不能改为已批准；要改请另行起草"):
            actions.approve_change(made.pk, at=at(APPROVED))


class TestScheduling:
    def test_from_its_day_on_the_new_number_holds(self) -> None:
        made = change(scheduled().pk)

        pack = pack_in_force()
        row = pack.row("standard.rural", FROM)
        assert made is not None
        assert (made.state, made.revision, made.scheduled_by) == ("scheduled", 1, "林批准")
        assert pack.name.startswith("jx-demo-2024@1-")
        assert [pack.value("standard.rural", day) for day in (BEFORE, FROM)] == [74_000, 78_000]
        assert (row.source, row.division) == ("演示县政府文件〔2024〕3号第一条（虚构）", "360429")
        assert load_pack("jx-demo-2024").value("standard.rural", FROM) == 74_000

    def test_the_run_of_the_worked_cases_is_on_record(self) -> None:
        made = change(scheduled().pk)

        assert made is not None
        assert made.golden_cases is not None
        assert made.golden_cases >= 15
        assert len(made.rule_set) == 64

    def test_a_draft_that_nobody_approved_is_not_scheduled(self) -> None:
        made = drafted()

        with pytest.raises(ChangeRefused, match="已起草，不能改为已排定"):
            actions.schedule_changes([made.pk], at=at(SCHEDULED))

    def test_an_approval_that_lay_too_long_is_not_scheduled(self) -> None:
        made = approved()

        with pytest.raises(Retroactive, match="不晚于今天2024-07-01"):
            actions.schedule_changes([made.pk], at=at(FROM))

    def test_a_worked_case_of_a_later_day_moves_only_when_somebody_says_that_it_is_meant(self) -> None:
        # nine months of grace instead of six: G11, decided on 2024-05-20, is promised six
        made = approved("grace.months", since=date(2024, 5, 9), value=9)

        for named in ((), ("G01",), ("G01", "G11")):
            with pytest.raises(GoldenBroken, match="答复会改变的例题：G11；") as refusal:
                actions.schedule_changes([made.pk], at=at(SCHEDULED), moved=named)
            assert refusal.value.cases == ("G11",)
        assert policy_in_force() == "jx-demo-2024"
        actions.schedule_changes([made.pk], at=at(SCHEDULED), moved=["G11"])
        found = change(made.pk)
        assert found is not None
        assert found.moved == "G11"

    def test_the_number_whose_want_stopped_a_case_may_come(self) -> None:
        # G15 of 2026-01-15 waits for the rule on the basic pension after 2025
        made = approved("exclusion.basic_pension", since=date(2026, 1, 1), value=10_000)

        actions.schedule_changes([made.pk], at=at(SCHEDULED))

        assert effects(made.pk).golden.filled == ()
        assert pack_in_force().value("exclusion.basic_pension", date(2026, 1, 15)) == 10_000

    def test_a_later_change_supersedes_an_earlier_one(self) -> None:
        scheduled()
        scheduled(since=date(2025, 7, 1), value=81_000)

        pack = pack_in_force()
        days = [date(2024, 6, 30), date(2024, 7, 1), date(2025, 6, 30), date(2025, 7, 1)]
        assert [pack.value("standard.rural", day) for day in days] == [74_000, 78_000, 78_000, 81_000]

    def test_of_two_changes_of_one_day_the_one_scheduled_later_holds_and_both_stay_readable(self) -> None:
        scheduled()
        scheduled(value=77_000)

        assert pack_in_force().value("standard.rural", FROM) == 77_000
        assert [(row.value, row.state) for row in changes(path="standard.rural")] == [
            (77_000, "scheduled"),
            (78_000, "scheduled"),
        ]

    def test_a_share_of_the_treasuries_goes_only_with_the_others(self) -> None:
        shares = {"cost_share.central": 6_000, "cost_share.county": 1_700}
        made = [approved(path, value=value).pk for path, value in shares.items()]

        with pytest.raises(ChangeRefused, match="合计 9800，应为 10000；请与相关的调整一并排定"):
            actions.schedule_changes(made[:1], at=at(SCHEDULED))
        actions.schedule_changes(made, at=at(SCHEDULED))

        # 6,000 + 1,800 + 500 + 1,700
        assert pack_in_force().value("cost_share.central", FROM) == 6_000

    def test_every_step_leaves_an_event(self) -> None:
        scheduled()

        events = events_of("参数 standard.rural")
        assert [(event.action, event.actor) for event in events] == [
            ("起草参数调整", "陈起草"),
            ("批准参数调整", "林批准"),
            ("排定参数调整", "林批准"),
        ]
        assert events[2].payload["revision"] == 1


class TestWithdrawing:
    def test_a_scheduled_change_goes_before_its_day(self) -> None:
        made = scheduled()
        kept = policy_in_force()

        actions.withdraw_change(made.pk, reason="文件推迟印发", at=at(SCHEDULED))

        found = change(made.pk)
        assert found is not None
        assert (found.state, found.withdrawn_reason) == ("withdrawn", "文件推迟印发")
        assert pack_in_force().value("standard.rural", FROM) == 74_000
        assert pack_in_force().name.startswith("jx-demo-2024@2-")
        assert load_pack(kept).value("standard.rural", FROM) == 78_000

    def test_one_in_effect_stays(self) -> None:
        made = scheduled()

        with pytest.raises(Retroactive, match="已经生效，不能撤回；请另起草"):
            actions.withdraw_change(made.pk, reason="弄错了", at=at(FROM))

    def test_a_draft_goes_without_a_trace_in_the_numbers(self) -> None:
        made = drafted()

        actions.withdraw_change(made.pk, reason="重复起草", at=at(APPROVED))

        assert policy_in_force() == "jx-demo-2024"
        with pytest.raises(ChangeRefused, match="已撤回"):
            actions.approve_change(made.pk, at=at(APPROVED))

    def test_a_reason_is_asked(self) -> None:
        with pytest.raises(ChangeRefused, match="请写明撤回理由"):
            actions.withdraw_change(drafted().pk, reason=" ", at=at(APPROVED))

    def test_an_unknown_change_is_refused(self) -> None:
        with pytest.raises(ChangeRefused, match="没有987654号参数调整"):
            actions.withdraw_change(987_654, reason="不要了", at=at(APPROVED))


def test_the_effects_name_the_families_and_their_amounts() -> None:
    moves = {move.name: move for move in effects(drafted().pk).moves}

    # G03, one person without income: the whole standard
    assert (moves["G03"].before_fen, moves["G03"].after_fen) == (74_000, 78_000)


def test_effects_of_nothing_are_refused() -> None:
    with pytest.raises(ChangeRefused, match="没有987654号参数调整"):
        effects(987_654)
