"""一项跨省请求: what was asked of whom and on which authorisation, every try, every answer, and what is left to do."""

from collections.abc import Iterator
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.verification.requests.provinces import province_zh
from opendibao.verification.requests.queries import (
    AnswerRow,
    RequestRow,
    TryRow,
    answers_of,
    request_of,
    tries_of,
    unanswered_words,
)
from opendibao.web.access import may
from opendibao.web.clock import now_in_county, today_in_county
from opendibao.web.labels import MATCHES
from opendibao.web.places import places
from opendibao.web.tables import Cell, Crumb, Table, count, day, heads, text
from opendibao.web.verification.requests_words import (
    CANCELLERS,
    MESSAGE_READERS,
    SENDERS,
    SHORT,
    late_words,
    question_words,
    source_words,
    state_cell,
    way,
)

OPEN = ("draft", "sent", "acknowledged", "partly")
OUTCOME_TONES = {"hit": "warn", "not_checked": "warn"}


def region_request(request: HttpRequest, request_id: int) -> HttpResponse:
    """One request with its story."""
    row, today = known_request(request_id), today_in_county()
    record_view(f"案件 {row.case}", row.division, "跨省核对请求", at=now_in_county())
    answers, opens = answers_of(row.id), may(request, MESSAGE_READERS)
    shown = {
        "row": row, "title": question_words(row), "place": places().full(row.division),
        "state": state_cell(row, today), "facts": list(_facts(row)), "acts": list(_acts(request, row, answers, today)),
        "others": list(_others(request, row)),
        "tries": _tries(tries_of(row.id), opens=opens), "answers": _answers(answers, opens=opens),
        "crumbs": way(Crumb(question_words(row))), "unanswered": _unanswered(row),
        "late": [late_words(one) for one in answers if one.bearing],
    }  # fmt: skip
    return render(request, "web/region_request.html", shown)


def known_request(request_id: int) -> RequestRow:
    """A request in the viewer's sight. Raises Http404."""
    row = request_of(request_id)
    if row is None:
        raise Http404(f"没有跨省请求 {request_id}")
    return row


def _unanswered(row: RequestRow) -> str:
    """What the case's papers say while not all was told; "" otherwise."""
    return unanswered_words(row) if row.is_unanswered else ""


def _facts(row: RequestRow) -> Iterator[tuple[str, str]]:
    yield _("省份"), province_zh(row.province)
    yield _("来源"), source_words(row.source)
    yield _("为什么问"), row.purpose
    until = _("授权到 %(day)s") % {"day": row.authorised_until} if row.authorised_until else _("授权没有写到期日")
    yield _("凭什么问"), until
    yield _("提出"), f"{row.made_on} {row.made_by}"
    yield from _days(row)
    if row.reason:
        yield _("撤销"), f"{row.ended_on} {row.reason}"
    if row.recheck_on:
        yield _("条件复查"), _recheck(row)


def _days(row: RequestRow) -> Iterator[tuple[str, str]]:
    if row.sent_on:
        yield _("发出"), f"{row.sent_on} {row.sent_by}"
        yield _("请对方在"), _("%(day)s 前答复") % {"day": row.due_on}
        yield _("案件等到"), str(row.expires_on)
    if row.acknowledged_on:
        yield _("对方签收"), str(row.acknowledged_on)
    if row.next_try_on:
        yield _("没有签收再发"), str(row.next_try_on)
    if row.answered_on:
        yield _("答全"), str(row.answered_on)


def _recheck(row: RequestRow) -> str:
    if row.rechecked_on:
        said = {"day": row.rechecked_on, "who": row.rechecked_by, "note": row.recheck_note}
        return _("%(day)s %(who)s：%(note)s") % said
    if row.answered_on:
        return _("后来有了答复，不用复查")
    return _("%(day)s 起要再核一次") % {"day": row.recheck_on}


def _acts(request: HttpRequest, row: RequestRow, answers: list[AnswerRow], today: date) -> Iterator[Crumb]:
    for one in answers:
        if one.bearing not in ("", "unchanged") and one.settled_on is None and may(request, SENDERS):
            yield Crumb(_("办结重新核对"), reverse("settle-late-answer", args=[row.id, one.late]))
    if row.needs_recheck(today) and may(request, CANCELLERS):
        yield Crumb(_("登记复查"), reverse("recheck-region-request", args=[row.id]))
    can_send = row.state == "draft" or (row.next_try_on is not None and row.next_try_on <= today)
    if can_send and may(request, SENDERS):
        yield Crumb(_("去发送"), reverse("send-region-requests"))


def _others(request: HttpRequest, row: RequestRow) -> Iterator[Crumb]:
    if row.state in OPEN and may(request, CANCELLERS):
        yield Crumb(_("撤销"), reverse("cancel-region-request", args=[row.id]))
    yield Crumb(_("案件 %(number)s") % {"number": row.case}, reverse("case", args=[row.case_id]))


def _message(message: int, *, opens: bool) -> Cell:
    """The message; the county alone sees it."""
    return Cell(_("看报文"), reverse("region-message", args=[message])) if opens else text("")


def _tries(rows: list[TryRow], *, opens: bool) -> Table:
    cells = [
        [count(row.sequence), day(row.tried_on), text(row.tried_by),
         Cell(_("送出"), tone="ok") if row.is_delivered else Cell(_("没有送出"), tone="bad"), text(row.said),
         _message(row.message, opens=opens)]
        for row in rows
    ]  # fmt: skip
    named = heads("#" + _("第几次"), "!" + _("日期"), _("发送人"), "!" + _("结果"), _("说明"), _("报文"))
    return Table(
        named, cells, caption=_("发送经过"), nothing=_("还没有发送"), empty=_("县里发送后，每一次都记在这里。")
    )


def _answers(rows: list[AnswerRow], *, opens: bool) -> Table:
    cells = [
        [day(row.received_on), Cell(MATCHES[row.outcome], tone=OUTCOME_TONES.get(row.outcome, "")),
         Cell(_("答全") if row.is_complete else _("部分")),
         Cell(_("迟到"), tone="warn") if row.is_late else text(""), text(row.words), day(row.as_of),
         _bearing(row), _message(row.message, opens=opens)]
        for row in rows
    ]  # fmt: skip
    named = heads(
        "!" + _("收到"), "!" + _("结果"), _("全不全"), _("迟到"), _("核到什么"), "!" + _("数据截止"), _("影响"),
        _("报文"),
    )  # fmt: skip
    return Table(
        named, cells, caption=_("对方答复"), nothing=_("还没有答复"), empty=_("没有答复就是“未核到”，不等于没有。")
    )


def _bearing(row: AnswerRow) -> Cell:
    if not row.bearing:
        return text("")
    if row.settled_on:
        said = {"day": row.settled_on, "who": row.settled_by, "note": row.note}
        return Cell(_("%(day)s %(who)s 办结：%(note)s") % said)
    return Cell(SHORT[row.bearing], tone="ok" if row.bearing == "unchanged" else "bad")  # the amounts stand above
