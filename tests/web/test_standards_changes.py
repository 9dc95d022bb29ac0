"""参数调整的页面: drafted by one, approved by another, scheduled after the worked cases; each refusal in words."""

import re
from datetime import date
from html import unescape

import pytest

from opendibao.audit.session import acting
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import reach_of
from opendibao.rulemaking.queries import changes
from opendibao.web.today_changes import numbers_ending
from opendibao.web.today_task import Task
from tests.payment.builders import COUNTY, divisions
from tests.web.conftest import Page
from tests.web.desk import Desk, county_desk, hired
from tests.web.test_acts_tickets import faults

DRAFT = "/standards/standard.rural/change/"
TYPED = {
    "value": "800", "since": "2025-07-01", "source": "演示参数：某政发〔2025〕3号第二条", "checked": "no",
    "reason": "年度提标",
}  # fmt: skip


@pytest.fixture
def first(county: None) -> Desk:
    divisions()
    return county_desk()


@pytest.fixture
def second(first: Desk) -> Desk:
    return Desk(hired("county10", "周确认", division=COUNTY, duties=(Duty.CONFIRM,)))


def ways(page: Page) -> list[str]:
    """What the form offers."""
    return [unescape(key) for key in re.findall(r'<option value="([^"]+)"', page.html)]


def drafted(desk: Desk) -> int:
    desk.follows(desk.does(DRAFT, **TYPED))
    return changes()[0].pk


class TestOneChange:
    def test_it_is_drafted_approved_and_scheduled_by_two_officers(self, first: Desk, second: Desk) -> None:
        page = first.follows(first.does(first.reads("/standards/standard.rural/").link("起草改动"), **TYPED))
        assert "已起草，请另一名审核确认人员批准。" in page.words
        assert "740.00 元 → 800.00 元" in page.words
        pk = changes()[0].pk

        page = second.follows(second.does(f"/standards/changes/{pk}/approve/"))
        assert "已批准，可以排定。" in page.words

        form = f"/standards/changes/{pk}/schedule/"
        assert "请选择“怎样排定”" in faults(second.does(form))
        page = second.follows(second.does(form, how=ways(second.reads(form))[0]))
        assert "已排定，到 2025-07-01 自动生效。" in page.words
        assert (
            "演示参数：某政发〔2025〕3号第二条（李审核起草，周确认批准）"
            in first.reads("/standards/?on=2025-07-01").words
        )
        assert "740.00 元 2023-01-01" in first.reads("/standards/standard.rural/?on=2025-06-30").words
        assert "800.00 元" in first.reads("/standards/standard.rural/?on=2025-07-01").words.split("各个时期")[0]

    def test_the_worked_families_are_shown_before_and_after(self, first: Desk) -> None:
        page = first.reads(f"/standards/changes/{drafted(first)}/")

        assert "例题试算" in page.words
        assert "G01" in page.words

    def test_who_drafted_may_not_approve(self, first: Desk) -> None:
        pk = drafted(first)

        page = first.does(f"/standards/changes/{pk}/approve/")

        assert "应由另一人批准" in faults(page)
        assert changes()[0].state == "draft"

    def test_it_is_withdrawn_with_a_reason(self, first: Desk) -> None:
        pk = drafted(first)
        assert "请填写“为什么撤回”" in faults(first.does(f"/standards/changes/{pk}/withdraw/", reason=""))

        page = first.follows(first.does(f"/standards/changes/{pk}/withdraw/", reason="文件还没有印发"))

        assert "已撤回。" in page.words
        assert "文件还没有印发" in page.words

    def test_a_step_out_of_turn_is_closed(self, first: Desk) -> None:
        page = first.reads(f"/standards/changes/{drafted(first)}/schedule/")

        assert "这个改动已起草，不能再办这一步。" in page.words

    def test_shares_that_add_up_only_together_are_scheduled_together(self, first: Desk, second: Desk) -> None:
        # central 62 + province 18 + city 5 + county 15 = 100; one point more from the centre, one less from the county
        for path, share in (("central", "0.63"), ("county", "0.14")):
            first.follows(first.does(f"/standards/cost_share.{path}/change/", **{**TYPED, "value": share}))
        county, central = (row.pk for row in changes())
        for pk in (central, county):
            second.follows(second.does(f"/standards/changes/{pk}/approve/"))

        form = f"/standards/changes/{central}/schedule/"
        (both,) = ways(second.reads(form))  # alone they would add up to 101
        second.follows(second.does(form, how=both))

        assert {row.state for row in changes()} == {"scheduled"}

    def test_sent_twice_it_is_drafted_once(self, first: Desk) -> None:
        carried = first.opens(DRAFT)

        first.sends(DRAFT, **{**carried, **TYPED})
        first.sends(DRAFT, **{**carried, **TYPED})

        assert len(changes()) == 1


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("since", "2025-01-06", "“从哪天起”2025-01-06 已经开始"),
        ("since", "明天", "“从哪天起”不是日期"),
        ("value", "", "请填写“改成”"),
        ("value", "8百", "农村最低生活保障标准（每人每月）”："),
        ("value", "0.001", "不足一分"),
        ("checked", "", "请选择“核对”"),
        ("source", "", "请填写“依据”"),
        ("reason", "长" * 201, "“为什么改”最多 200 个字"),
    ],
)
def test_what_is_wrong_is_said_by_field(first: Desk, field: str, typed: str, said: str) -> None:
    page = first.does(DRAFT, **{**TYPED, field: typed})

    assert said in faults(page)
    assert changes() == []


def test_the_list_says_whose_turn_it_is_and_today_reminds_him(first: Desk, second: Desk) -> None:
    drafted(first)

    assert "另一名审核确认人员批准（不能是 李审核）" in first.reads("/standards/changes/").words
    assert "改标准：农村最低生活保障标准（每人每月）" in second.reads("/today/").words


def test_without_changes_the_list_says_what_to_do(first: Desk) -> None:
    assert "打开一个数的页面，按“起草改动”。" in first.reads("/standards/changes/").words


def test_a_clerk_of_a_township_may_not_draft(county: None) -> None:
    divisions()
    clerk = Desk(hired("clerk91", "王经办"))

    assert clerk.reads(DRAFT).status == 403
    assert "起草改动" not in [words for words, _ in clerk.reads("/standards/standard.rural/").links]


@pytest.mark.parametrize("path", ["standard.moon", "regime.name"])
def test_what_is_no_number_cannot_be_changed(first: Desk, path: str) -> None:
    assert first.reads(f"/standards/{path}/change/").status == 404


def told_on(day: date) -> list[Task]:
    with acting("周确认", reach_of(COUNTY), frozenset({Duty.CONFIRM})):
        return list(numbers_ending(day))


def test_a_number_that_ends_with_nothing_after_it_is_a_task_half_a_year_before(county: None) -> None:
    # the exclusion of the basic pension ends on 2025-12-31; 180 days before it is 2025-07-04
    early, due = told_on(date(2025, 7, 3)), told_on(date(2025, 7, 4))

    assert early == []
    assert [(task.due, task.form) for task in due] == [
        (date(2025, 12, 31), "/standards/exclusion.basic_pension/change/")
    ]
    assert "基础养老金" in due[0].what


def test_a_number_that_has_ended_stays_a_task_until_the_next_is_scheduled(county: None) -> None:
    # tekun.child_age ends on 2026-06-30 too, but no rule of the new law reads it
    assert [task.due for task in told_on(date(2026, 8, 1))] == [date(2025, 12, 31)]


def test_a_number_that_is_none_is_named_together_with_what_else_is_missing(first: Desk) -> None:
    told = faults(first.does(DRAFT, **TYPED | {"value": "abc", "reason": ""}))

    assert "农村最低生活保障标准（每人每月）" in told
    assert "abc" in told
    assert "请填写“为什么改”" in told
    assert changes() == []
