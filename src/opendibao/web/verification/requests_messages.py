"""跨省报文办理: the county sends what waits, takes what comes by hand or by the folder, and ends what is over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.requests.ending import end_requests
from opendibao.verification.requests.provinces import province_zh
from opendibao.verification.requests.queries import RequestRow, requests_counts, requests_to_send
from opendibao.verification.requests.receiving import Received, receive_message
from opendibao.verification.requests.sending import Sent, send_requests
from opendibao.verification.requests.transport import Arrived, ByHand, FileDrop, Transport, TransportFailed
from opendibao.web import uploads
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import today_in_county
from opendibao.web.payment.bank_upload import BankUpload
from opendibao.web.verification.requests_words import KINDS, question_words, source_words, way

HAND, FOLDER = "hand", "folder"
SHOWN = 20
WAYS = {
    HAND: gettext_lazy("生成报文，由人下载后交对方"), FOLDER: gettext_lazy("放进交换目录，由专人或者程序取走"),
}  # fmt: skip


class SendForm(ActForm):
    """Which requests go out, on which day; `options` are those that wait."""

    options: Sequence[tuple[str, str]] = ()
    which = forms.MultipleChoiceField(label=gettext_lazy("请求"), widget=forms.CheckboxSelectMultiple, required=False)
    by = Pick(gettext_lazy("怎样交给对方"), WAYS)
    on = Day(gettext_lazy("发送日期"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["which"].choices = self.options  # type: ignore[attr-defined]

    def clean_which(self) -> list[str]:
        """At least one."""
        chosen: list[str] = self.cleaned_data["which"]
        if not chosen:
            raise ValidationError(_("请勾选要发送的请求"))
        return chosen


class TakeForm(ActForm):
    """The file that came; it is received today."""

    file = BankUpload(
        gettext_lazy("对方发来的报文"), accepts=".jsonl",
        hint=gettext_lazy("签收或答复的 .jsonl 文件；不要用 Excel 打开再存"),
    )  # fmt: skip


class EndForm(ActForm):
    """As of which day."""

    on = Day(gettext_lazy("清理日期"))


@dataclass(frozen=True)
class SendAct(Act):
    """The act with the requests to choose from."""

    rows: Sequence[tuple[RequestRow, str, str, str]] = ()


@takes_a_form
def sent_region_requests(request: HttpRequest) -> HttpResponse:
    """成批发送跨省请求."""
    today = today_in_county()
    rows = requests_to_send(today)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        done = send_requests([int(each) for each in given["which"]], _way_of(given["by"]), on=given["on"], at=at)
        return Done(reverse("region-messages"), _sent_words(done))

    form = type("SendForm", (SendForm,), {"options": [(str(row.id), question_words(row)) for row in rows]})
    shown = [(row, province_zh(row.province), source_words(row.source), _turn(row)) for row in rows]
    return answer(
        request,
        SendAct(
            title=_("发送跨省请求"), button=_("发送"), form=form, do=do, way=way(), rows=shown,
            initial={"on": today, "by": HAND, "which": [str(row.id) for row in rows]},
            template="web/region_requests_send.html",
            facts=[(_("等发送"), _("%(n)d 项") % {"n": len(rows)})],
            closed="" if rows else _("现在没有等发送的请求；发出后没有签收的，到再发的那一天会列在这里。"),
            notes=[_("每个省一份报文。生成后到“报文”下载，按县里和对方约定的办法交过去；文件里有姓名和证件号码，不要经微信、邮箱传。"),
                   _("授权已经撤回、到期的，不发送，当场撤销。")],
        ),
    )  # fmt: skip


def _way_of(by: str) -> Transport:
    """The way a message goes; the folder lies beside the site's other files."""
    return drop() if by == FOLDER else ByHand()


def drop() -> FileDrop:
    """The folder that both sides reach: `exchange` where the site keeps its files."""
    return FileDrop(Path(settings.VAR) / "exchange")


def _turn(row: RequestRow) -> str:
    if not row.attempts:
        return _("第一次")
    return _("第 %(n)d 次，上次没有签收") % {"n": row.attempts + 1}


def _sent_words(done: Sent) -> str:
    words = _("已生成 %(messages)d 份报文，%(n)d 项请求，请交给对方。") if done.requests else _("没有发出请求。")
    said = [words % {"messages": done.messages, "n": done.requests}]
    if done.failed:
        said.append(_("%(n)d 项没有送出，原因记在请求里，到再发的那一天重试。") % {"n": done.failed})
    if done.cancelled:
        said.append(_("%(n)d 项授权已经失效，没有发，已撤销。") % {"n": done.cancelled})
    return "".join(said)


@takes_a_form
def received_region_message(request: HttpRequest) -> HttpResponse:
    """收签收和答复."""
    today = today_in_county()

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        file: uploads.Sent = given["file"]
        came = receive_message(Arrived(file.name, file.content), transport=ByHand.name, on=today, at=at)
        return Done(reverse("region-message", args=[came.message]), _received_words(came))

    return answer(
        request,
        Act(
            title=_("收签收和答复"), button=_("收下"), form=TakeForm, do=do, way=way(),
            template="web/take_file.html", sending=_("正在核对……"),
            notes=[_("一行一行核对：标识、人、省份、日期对不上的不收，逐行写明为什么，其余照收；同一份文件再收一次不会重复登记。")],
        ),
    )  # fmt: skip


def _received_words(came: Received) -> str:
    said = {"province": province_zh(came.province), "kind": KINDS[came.kind], "n": came.taken, "bad": len(came.refused)}
    if came.is_known:
        return _("这份%(kind)s报文以前收过，没有重复登记。") % said
    if came.refused:
        return _("%(province)s的%(kind)s收了 %(n)d 项，没有收 %(bad)d 行，原因列在下面，请告诉对方。") % said
    return _("%(province)s的%(kind)s收了 %(n)d 项。") % said


@takes_a_form
def ended_region_requests(request: HttpRequest) -> HttpResponse:
    """清理到期请求."""
    today = today_in_county()
    counts = requests_counts(today)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        done = end_requests(on=given["on"], at=at)
        said = _("到期未答复 %(expired)d 项，案件照办，案卷写明“未核到”；授权失效撤销 %(cancelled)d 项。")
        return Done(reverse("region-requests"), said % vars(done))

    return answer(
        request,
        Act(
            title=_("清理到期请求"), button=_("清理"), form=EndForm, do=do, way=way(), initial={"on": today},
            facts=[(_("等答复"), _("%(n)d 项") % {"n": counts["waiting"]}),
                   (_("该清理"), _("%(n)d 项") % {"n": counts["over"]})],
            notes=[_("过了最后一天没有答全的，转为“到期未答复”，定下复查日期；授权撤回、案件已撤回或者终止的，撤销请求。")],
        ),
    )  # fmt: skip


@takes_a_form
def collected_region_messages(request: HttpRequest) -> HttpResponse:
    """收交换目录: every file of the inbox that can be taken; the others stay there, with why."""
    today, folder = today_in_county(), drop()
    try:
        waiting, fault = list(folder.arrived()), ""
    except TransportFailed as refusal:
        waiting, fault = [], str(refusal)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        said, taken = list[str](), 0
        for arrived in waiting:
            try:
                receive_message(arrived, transport=folder.name, on=today, at=at)
            except VerificationRefused as refusal:
                said.append(_("%(name)s 没有收：%(why)s") % {"name": arrived.name, "why": refusal})
            else:
                taken += 1
                transaction.on_commit(partial(folder.taken, arrived))  # what is not filed after all stays there
        if not taken:
            raise VerificationRefused(_("；").join(said))
        return Done(reverse("region-messages"), _("；").join([_("收了 %(n)d 份报文。") % {"n": taken}, *said]))

    return answer(
        request,
        Act(
            title=_("收交换目录"), button=_("收下"), form=ActForm, do=do, way=way(), sending=_("正在核对……"),
            facts=[(_("交换目录里有"), _("%(n)d 份") % {"n": len(waiting)}),
                   *((_("文件"), one.name) for one in waiting[:SHOWN])],
            closed=fault or ("" if waiting else _("交换目录里没有新的报文。")),
            notes=[_("一份一份核对，能收的收下、移到 done；不能收的留在原处，写明为什么。")],
        ),
    )  # fmt: skip
