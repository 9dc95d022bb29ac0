"""服务: leads, publicity, training, posts and the hotline, one plain list each, as tabs of one section."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from opendibao.intake.queries import leads as lead_rows
from opendibao.intake.queries import leads_count
from opendibao.outreach import queries as outreach
from opendibao.web import choices
from opendibao.web.context import today_in_county
from opendibao.web.labels import LEAD_OUTCOMES, LEAD_SOURCES
from opendibao.web.paging import pager
from opendibao.web.places import places
from opendibao.web.tables import Cell, Choices, ListPage, Table, count, day, heads, household, text

TABS = (("leads", "主动发现"), ("publicity", "宣传"), ("trainings", "培训"), ("posts", "岗位"), ("hotline", "热线"))


def tabs(current: str) -> list[Choices]:
    """The lists of this section."""
    return [choices.pages("服务", TABS, current)]


def leads(request: HttpRequest) -> HttpResponse:
    """Families that somebody told of."""
    found, names = pager(request, leads_count()), places()
    rows = [
        [day(row.found_on), text(names.full(row.division)), text(LEAD_SOURCES[row.source]), text(row.summary),
         day(row.contacted_on), _outcome(row.outcome), household(row.household) if row.household else text("")]
        for row in lead_rows(offset=found.offset)
    ]  # fmt: skip
    table = Table(
        heads("!发现日期", "村社区", "来源", "情况", "!联系日期", "!结果", "户编号"), rows,
        empty="网格员、村社区干部、志愿者或热线报告的线索会列在这里。", caption="主动发现线索",
    )  # fmt: skip
    lead = f"{found.rows:,} 条。不等群众自己来：有人发现困难家庭，就上门告知政策、帮助申请（57号第六条）。"
    page = ListPage("主动发现", lead, table, choices=tabs("leads"))
    return render(request, "web/rows.html", {"page": page, "pager": found})


def _outcome(outcome: str) -> Cell:
    return text(LEAD_OUTCOMES[outcome]) if outcome else Cell("等联系", tone="warn")


def publicity(request: HttpRequest) -> HttpResponse:
    """What the public was told, where and for whom."""
    found, names = pager(request, outreach.publicity_count()), places()
    rows = [
        [day(row.held_on), text(names.full(row.division)), text(row.channel), text(row.target_group),
         count(row.reached)]
        for row in outreach.publicity(offset=found.offset)
    ]  # fmt: skip
    table = Table(
        heads("!日期", "地点", "渠道", "对象", "#覆盖人数"), rows,
        empty="张贴、讲座、村广播等宣传登记后会列在这里。", caption="宣传活动",
    )  # fmt: skip
    page = ListPage("政策宣传", f"{found.rows:,} 场。", table, choices=tabs("publicity"))
    return render(request, "web/rows.html", {"page": page, "pager": found})


def trainings(request: HttpRequest) -> HttpResponse:
    """Who was trained, with how many signatures; a session without its sheet does not count."""
    found, names = pager(request, outreach.trainings_count()), places()
    rows = [
        [day(row.held_on), text(names.full(row.division)), text(row.topic), count(row.signatures),
         text(row.sheet) if row.sheet and row.signatures else Cell("没有签到表，不计次数", tone="warn")]
        for row in outreach.trainings(offset=found.offset)
    ]  # fmt: skip
    table = Table(
        heads("!日期", "地点", "主题", "#签到人数", "签到表"), rows,
        empty="培训登记并收到签到表后会列在这里。", caption="经办人员培训",
    )  # fmt: skip
    page = ListPage("经办人员培训", f"{found.rows:,} 次。有签到表才计次数。", table, choices=tabs("trainings"))
    return render(request, "web/rows.html", {"page": page, "pager": found})


def posts(request: HttpRequest) -> HttpResponse:
    """The posts of the service: needed since when, filled or not."""
    found, names, today = pager(request, outreach.posts_count()), places(), today_in_county()
    rows = [
        [text(names.full(row.division)), text(row.title), day(row.needed_since), day(row.due_on),
         _filled(row, today)]
        for row in outreach.posts(offset=found.offset)
    ]  # fmt: skip
    table = Table(
        heads("地点", "岗位", "!核定日期", "!应到岗", "!到岗"), rows, empty="核定的岗位会列在这里。", caption="岗位"
    )
    page = ListPage("岗位", f"{found.rows:,} 个。", table, choices=tabs("posts"))
    return render(request, "web/rows.html", {"page": page, "pager": found})


def hotline(request: HttpRequest) -> HttpResponse:
    """Calls and letters, and whether they were answered in time."""
    found, names, today = pager(request, outreach.tickets_count()), places(), today_in_county()
    rows = [
        [text(row.number), text(names.full(row.division)), text(row.kind), text("实名" if row.is_named else "匿名"),
         text(row.summary), day(row.received_on), day(row.due_on), _answered(row, today), text(row.answer)]
        for row in outreach.tickets(offset=found.offset)
    ]  # fmt: skip
    table = Table(
        heads("!工单号", "地点", "种类", "署名", "内容", "!接收", "!期限", "!答复", "答复内容"), rows,
        empty="咨询、投诉和举报登记后会列在这里。", caption="热线工单",
    )  # fmt: skip
    lead = f"{found.rows:,} 件。实名举报必须核查并答复（57号第三十七条）。"
    page = ListPage("热线工单", lead, table, choices=tabs("hotline"))
    return render(request, "web/rows.html", {"page": page, "pager": found})


def _filled(row: outreach.PostRow, today: date) -> Cell:
    return _done(row.filled_on, row.due_on, today, "空缺")


def _answered(row: outreach.TicketRow, today: date) -> Cell:
    return _done(row.answered_on, row.due_on, today, "待答复")


def _done(done: date | None, due: date, today: date, waiting: str) -> Cell:
    """The day it was done; late or overdue is said."""
    if done:
        return day(done) if done <= due else Cell(f"{done} 超期", tone="warn")
    return Cell(f"{waiting}，已超期", tone="bad") if today > due else Cell(waiting, tone="warn")
