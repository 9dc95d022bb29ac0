"""服务: leads, publicity, training, posts and the hotline, one plain list each, as tabs of one section."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.intake.queries import LeadRow, leads_count
from opendibao.intake.queries import leads as lead_rows
from opendibao.kernel.duties import Duty
from opendibao.outreach import queries as outreach
from opendibao.web import choices
from opendibao.web.access import FINDERS, TICKETS, may
from opendibao.web.context import today_in_county
from opendibao.web.decision.beyond_access import INQUIRY_READERS
from opendibao.web.decision.inquiries import topics_table
from opendibao.web.labels import LEAD_OUTCOMES, LEAD_SOURCES
from opendibao.web.paging import pager
from opendibao.web.places import places
from opendibao.web.tables import Cell, Choices, Crumb, ListPage, Table, count, day, heads, household, text

TABS = (
    ("leads", gettext_lazy("主动发现")), ("publicity", gettext_lazy("宣传")), ("trainings", gettext_lazy("培训")),
    ("posts", gettext_lazy("岗位")), ("hotline", gettext_lazy("热线")),
)  # fmt: skip


def tabs(current: str) -> list[Choices]:
    """The lists of this section."""
    return [choices.pages(_("服务"), TABS, current)]


def leads(request: HttpRequest) -> HttpResponse:
    """Families that somebody told of."""
    found, names, may_contact = pager(request, leads_count()), places(), may(request, FINDERS)
    rows = [
        [day(row.found_on), text(names.full(row.division)), text(LEAD_SOURCES[row.source]), text(row.summary),
         day(row.contacted_on), _outcome(row, may_contact=may_contact),
         _applied(row, may_apply=may(request, frozenset({Duty.ACCEPT})))]
        for row in lead_rows(offset=found.offset)
    ]  # fmt: skip
    table = Table(
        heads("!" + _("发现日期"), _("村社区"), _("来源"), _("情况"), "!" + _("联系日期"), "!" + _("结果"),
              _("户编号")), rows,
        empty=_("网格员、村社区干部、志愿者或热线报告的线索会列在这里。"), caption=_("主动发现线索"),
    )  # fmt: skip
    lead = _("%(n)s 条。不等群众自己来：有人发现困难家庭，就上门告知政策、帮助申请（57号第六条）。")
    acts = [Crumb(_("登记线索"), reverse("new-lead"))] if may_contact else []
    page = ListPage(_("主动发现"), lead % {"n": f"{found.rows:,}"}, table, choices=tabs("leads"), acts=acts)
    return render(request, "web/rows.html", {"page": page, "pager": found})


def _applied(row: LeadRow, *, may_apply: bool) -> Cell:
    """The household of a lead, or the way to its application."""
    if row.household:
        return household(row.household)
    if row.contacted_on or not may_apply:
        return text("")
    return Cell(_("登记申请"), f"{reverse('new-application')}?lead={row.id}")


def _outcome(row: LeadRow, *, may_contact: bool) -> Cell:
    if row.outcome:
        return text(LEAD_OUTCOMES[row.outcome])
    return Cell(_("等联系"), reverse("contact-lead", args=[row.id]) if may_contact else "", tone="warn")


def publicity(request: HttpRequest) -> HttpResponse:
    """What the public was told, where and for whom."""
    found, names = pager(request, outreach.publicity_count()), places()
    rows = [
        [day(row.held_on), text(names.full(row.division)), text(row.channel), text(row.target_group),
         count(row.reached)]
        for row in outreach.publicity(offset=found.offset)
    ]  # fmt: skip
    table = Table(
        heads("!" + _("日期"), _("地点"), _("渠道"), _("对象"), "#" + _("覆盖人数")), rows,
        empty=_("张贴、讲座、村广播等宣传登记后会列在这里。"), caption=_("宣传活动"),
    )  # fmt: skip
    page = ListPage(_("政策宣传"), _("%(n)s 场。") % {"n": f"{found.rows:,}"}, table, choices=tabs("publicity"))
    return render(request, "web/rows.html", {"page": page, "pager": found})


def trainings(request: HttpRequest) -> HttpResponse:
    """Who was trained, with how many signatures; a session without its sheet does not count."""
    found, names = pager(request, outreach.trainings_count()), places()
    rows = [
        [day(row.held_on), text(names.full(row.division)), text(row.topic), count(row.signatures),
         text(row.sheet) if row.sheet and row.signatures else Cell(_("没有签到表，不计次数"), tone="warn")]
        for row in outreach.trainings(offset=found.offset)
    ]  # fmt: skip
    table = Table(
        heads("!" + _("日期"), _("地点"), _("主题"), "#" + _("签到人数"), _("签到表")), rows,
        empty=_("培训登记并收到签到表后会列在这里。"), caption=_("经办人员培训"),
    )  # fmt: skip
    lead = _("%(n)s 次。有签到表才计次数。") % {"n": f"{found.rows:,}"}
    may_open = may(request, INQUIRY_READERS)
    topics = topics_table(may_open=may_open)
    page = ListPage(
        _("经办人员培训"), lead, table, choices=tabs("trainings"), breakdown=topics if topics.rows else None,
        acts=[Crumb(_("问责核查"), reverse("inquiries"))] if may_open else [],
    )  # fmt: skip
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
        heads(_("地点"), _("岗位"), "!" + _("核定日期"), "!" + _("应到岗"), "!" + _("到岗")),
        rows,
        empty=_("核定的岗位会列在这里。"),
        caption=_("岗位"),
    )
    page = ListPage(_("岗位"), _("%(n)s 个。") % {"n": f"{found.rows:,}"}, table, choices=tabs("posts"))
    return render(request, "web/rows.html", {"page": page, "pager": found})


def hotline(request: HttpRequest) -> HttpResponse:
    """Calls and letters, and whether they were answered in time."""
    found, names, today = pager(request, outreach.tickets_count()), places(), today_in_county()
    may_answer = may(request, TICKETS)
    rows = [
        [text(row.number), text(names.full(row.division)), text(_(row.kind)),
         text(_("实名") if row.is_named else _("匿名")), text(row.summary),
         day(row.received_on), day(row.due_on), _answered(row, today), _answer(row, may_answer=may_answer)]
        for row in outreach.tickets(offset=found.offset)
    ]  # fmt: skip
    table = Table(
        heads("!" + _("工单号"), _("地点"), _("种类"), _("署名"), _("内容"), "!" + _("接收"), "!" + _("期限"),
              "!" + _("答复"), _("答复内容")), rows,
        empty=_("咨询、投诉和举报登记后会列在这里。"), caption=_("热线工单"),
    )  # fmt: skip
    lead = _("%(n)s 件。实名举报必须核查并答复（57号第三十七条）。") % {"n": f"{found.rows:,}"}
    acts = [Crumb(_("登记工单"), reverse("new-ticket"))] if may_answer else []
    page = ListPage(_("热线工单"), lead, table, choices=tabs("hotline"), acts=acts)
    return render(request, "web/rows.html", {"page": page, "pager": found})


def _filled(row: outreach.PostRow, today: date) -> Cell:
    return _done(row.filled_on, row.due_on, today, _("空缺"))


def _answered(row: outreach.TicketRow, today: date) -> Cell:
    return _done(row.answered_on, row.due_on, today, _("待答复"))


def _answer(row: outreach.TicketRow, *, may_answer: bool) -> Cell:
    if row.answered_on or not may_answer:
        return text(row.answer)
    return Cell(_("答复"), reverse("answer-ticket", args=[row.number]))


def _done(done: date | None, due: date, today: date, waiting: str) -> Cell:
    """The day it was done; late or overdue is said."""
    if done:
        return day(done) if done <= due else Cell(_("%(day)s 超期") % {"day": done}, tone="warn")
    overdue = _("%(state)s，已超期") % {"state": waiting}
    return Cell(overdue, tone="bad") if today > due else Cell(waiting, tone="warn")
