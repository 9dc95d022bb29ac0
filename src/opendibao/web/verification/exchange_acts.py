"""核对名单的办理: a list is made, its key is told once, the department's answer comes back by tokens."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from opendibao.intake.opened_files import MEGABYTE
from opendibao.verification.privacy.exchange_answers import AnswerManifest, file_answer
from opendibao.verification.privacy.exchange_queries import exchange
from opendibao.verification.privacy.exchanges import (
    GIVEN_LENGTH,
    IN_FORCE,
    OPEN,
    PURPOSE_LENGTH,
    hand_over_key,
    make_exchange,
    subject_of,
)
from opendibao.verification.sources import SOURCES, sources_on
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import today_in_county
from opendibao.web.labels import DEPARTMENTS, EXCHANGE_FORMS, Labels
from opendibao.web.tables import Crumb
from opendibao.web.uploads import Sent
from opendibao.web.verification.exchanges import known_exchange

MOST = 50 * MEGABYTE
WHOM = Labels({OPEN: gettext_noop("案件里还没有答复的人"), IN_FORCE: gettext_noop("全部在保家庭的成员")})


class Answered(forms.FileField):
    """A department's answer, as a table or as lines."""

    def __init__(self) -> None:
        hint = gettext_lazy("Excel、CSV 或 NDJSON，有“标识码”一列，最大 50 MB")
        super().__init__(label=gettext_lazy("部门的答复"), required=False, help_text=hint)
        self.widget.attrs |= {"class": "in", "accept": ".xlsx,.csv,.ndjson,.jsonl,.txt"}

    def clean(self, data: Any, initial: Any = None) -> Sent:
        """Name and bytes. Raises ValidationError for none, and for one that is too large."""
        if not isinstance(data, UploadedFile):
            raise ValidationError(_("请选择“部门的答复”"))
        if (data.size or 0) > MOST:
            raise ValidationError(_("“部门的答复”超过 50 MB，请部门分成几份"))
        data.seek(0)
        return Sent(data.name or "", data.read())


class KeyForm(ActForm):
    """Who is told the key."""

    given_to = Words(gettext_lazy("交给部门的哪一位"), GIVEN_LENGTH, hint=gettext_lazy("写单位和姓名，先核实是本人"))


class AnswerForm(ActForm):
    """What came back, and what goes with it."""

    file = Answered()
    department = Words(gettext_lazy("答复的部门"), 60)
    legal_basis = Words(gettext_lazy("法律依据"), 200)
    authorisation = Words(gettext_lazy("授权编号"), 60, hint=gettext_lazy("名单编号或来函文号"))
    as_of = Day(gettext_lazy("数据截止日期"))


def _list_form() -> type[ActForm]:
    offered = {name: DEPARTMENTS.get(name, one.zh) for name, one in sources_on(today_in_county()).items()}

    class ListForm(ActForm):
        """Whom a list names, for which department, in what form."""

        source = Pick(gettext_lazy("问哪个部门"), offered)
        whom = Pick(gettext_lazy("列哪些人"), WHOM)
        form = Pick(
            gettext_lazy("写什么"), EXCHANGE_FORMS,
            hint=gettext_lazy("部门能自己算标识码的选标识码，证件号码不出县；不能的才选证件号码"),
        )  # fmt: skip
        purpose = Words(gettext_lazy("用途"), PURPOSE_LENGTH, rows=2)

    return ListForm


@takes_a_form
def made_exchange(request: HttpRequest) -> HttpResponse:
    """制作核对名单."""

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        chosen = {name: given[name] for name in ("form", "whom", "purpose")}
        made = make_exchange(given["source"], **chosen, on=today_in_county(), at=at)
        said = _("名单 %(number)s 已制作，%(n)s 人。") % {"number": made.number, "n": made.persons}
        if made.left_out:
            said += _("有 %(n)s 人没有有效的核对授权书，没有列入。") % {"n": made.left_out}
        return Done(reverse("exchange", args=[made.exchange_id]), said)

    return answer(
        request,
        Act(
            title=_("制作核对名单"), button=_("制作名单"), form=_list_form(), do=do, sending=_("正在制作名单……"),
            way=[Crumb(_("核对名单"), reverse("exchanges"))],
            initial={"purpose": _("办理最低生活保障家庭经济状况核对")},
            notes=[_("列入谁、凭哪份授权书，都会登记；家庭可以要求看。没有有效授权的不列入。")],
        ),
    )  # fmt: skip


@takes_a_form
def handed_over_key(request: HttpRequest, exchange_id: int) -> HttpResponse:
    """交付密钥: it is shown on the page that answers, and never again."""
    row, told = known_exchange(exchange_id), list[str]()

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        told.append(hand_over_key(exchange_id, given_to=given["given_to"], on=today_in_county(), at=at))
        return Done(reverse("exchange", args=[exchange_id]), _("密钥已交付；只显示一次，不能再看。"))

    closed = ""
    if not row.has_tokens:
        closed = _("这份名单写的是证件号码，没有密钥。")
    elif row.key_shown_on:
        named = {"day": row.key_shown_on, "who": row.key_given_to}
        closed = _("%(day)s 已交给%(who)s，不能再看；对方没有收到，请重新制作名单。") % named
    way = _way(exchange_id, row.number)
    response = answer(
        request,
        Act(
            title=_("交付密钥"), button=_("显示密钥，只此一次"), form=KeyForm, do=do, way=way,
            subject=subject_of(exchange_id), values=lambda: _given(exchange_id), closed=closed,
            facts=[(_("名单编号"), row.number), (_("来源"), DEPARTMENTS.get(row.source, row.source)),
                   (_("人数"), f"{row.persons:,}")],
            notes=[_("先接通对方的电话或请对方到场，再按按钮：密钥只显示这一次，不要和名单放在一起传。")],
        ),
    )  # fmt: skip
    if response.status_code == 303 and told:
        return _key_page(request, row.number, told[0], way)
    return response


def _key_page(request: HttpRequest, number: str, key: str, way: list[Crumb]) -> HttpResponse:
    """The key in groups of four, to be read out; no browser and no proxy keeps the page."""
    groups = [key[place : place + 4] for place in range(0, len(key), 4)]
    response = render(request, "web/exchange_key.html", {"number": number, "groups": groups, "crumbs": way})
    response.headers["Cache-Control"] = "no-store"
    return response


@takes_a_form
def answered_exchange(request: HttpRequest, exchange_id: int) -> HttpResponse:
    """登记按标识码的答复."""
    row = known_exchange(exchange_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        manifest = AnswerManifest(
            given["department"], given["legal_basis"], given["authorisation"], given["as_of"]
        )  # fmt: skip
        sent = given["file"]
        came = file_answer(exchange_id, sent.content, sent.name, manifest, on=today_in_county(), at=at)
        named = {"rows": came.rows, "in": came.filed.accepted, "back": came.filed.rejected, "no": len(came.unresolved)}
        said = _("收到 %(rows)s 行：入库 %(in)s 行，退回 %(back)s 行，认不出的 %(no)s 行。") % named
        return Done(reverse("exchange", args=[exchange_id]), said + "".join(came.unresolved[:3]))

    closed = ""
    if not row.has_tokens:
        closed = _("这份名单写的是证件号码，答复请从“送达数据”登记。")
    elif row.answer_id:
        closed = _("%(day)s 已经收到答复。") % {"day": row.answered_on}
    source = SOURCES[row.source]
    return answer(
        request,
        Act(
            title=_("登记名单答复"), button=_("登记答复"), form=AnswerForm, do=do, closed=closed,
            way=_way(exchange_id, row.number), subject=subject_of(exchange_id), values=lambda: _given(exchange_id),
            sending=_("正在读文件……"),
            initial={"department": source.department, "authorisation": row.number,
                     "legal_basis": source.basis_on(today_in_county())},
            facts=[(_("名单编号"), row.number), (_("来源"), DEPARTMENTS.get(row.source, row.source)),
                   (_("人数"), f"{row.persons:,}")],
            notes=[_("答复里没有名单上的人，就算部门核过、没有记录；认不出的行会一行行列出来。")],
        ),
    )  # fmt: skip


def _given(exchange_id: int) -> dict[str, str]:
    """What another officer may have done meanwhile."""
    row = exchange(exchange_id)
    return {"given_to": row.key_given_to, "answer": str(row.answer_id or "")} if row else {}


def _way(exchange_id: int, number: str) -> list[Crumb]:
    """The way to a form of a list: back to its page."""
    return [Crumb(_("核对名单"), reverse("exchanges")), Crumb(number, reverse("exchange", args=[exchange_id]))]
