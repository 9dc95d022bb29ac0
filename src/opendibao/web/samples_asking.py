"""问一户: the form that takes a sampled family's answer, one after the other; on a phone question by question."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.audit.actions import record_view
from opendibao.evaluation.arrivals import ArrivalAnswer, record_arrivals
from opendibao.evaluation.questionnaires import Questionnaire, record_answers
from opendibao.evaluation.reached import note_missed
from opendibao.evaluation.resurveys import facts_of_file, facts_on_file, record_accuracy_check, with_more
from opendibao.evaluation.sampled import MemberRow, after, member
from opendibao.kernel.money import NotMoney, yuan, yuan_text
from opendibao.registry.queries import place_on
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Label, MayPick, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.asking import Asked, BadQuestion
from opendibao.web.context import now_in_county, today_in_county
from opendibao.web.county import asked_of
from opendibao.web.places import places
from opendibao.web.sample_words import ANSWERS, ARRIVED, ASKED, AWARENESS, PURPOSES, RELIEF, WAYS
from opendibao.web.samples_results import known_purpose
from opendibao.web.tables import Crumb

REACHED: dict[str, Label] = {"yes": gettext_lazy("问到了"), "no": gettext_lazy("没有问到，以后再联系")}
FOUND: dict[str, Label] = {
    "same": gettext_lazy("和档案一致"),
    "more": gettext_lazy("另查出收入或存款"),
    "case": gettext_lazy("成员或其他情况不同，另附 CASE 文件"),
}
# on the phone: what is asked, with the answers to choose from
STEPS: dict[str, list[tuple[str, Mapping[str, str]]]] = {
    "satisfaction": [("answer", ANSWERS), ("relief", RELIEF), ("awareness", AWARENESS)],
    "arrival": [("arrival", ARRIVED)],
}


class AskedForm(ActForm):
    """Whether the family was reached, how and when; what it said is for the forms below."""

    needed: tuple[str, ...] = ()
    reached = Pick(gettext_lazy("联系情况"), REACHED, hint=gettext_lazy("没有问到的，下面不用填，记一次就好"))

    def clean(self) -> dict[str, Any]:
        """Who was reached said something."""
        given = super().clean() or self.cleaned_data
        if given.get("reached") == "yes":
            for name in self.needed:
                if name not in self.errors and not given.get(name):
                    self.add_error(name, ValidationError(_("请选择“%(label)s”") % {"label": self.fields[name].label}))
        return given


class SatisfactionForm(AskedForm):
    """The questionnaire."""

    needed = ("answer", "relief", "awareness", "channel")
    answer = MayPick(gettext_lazy("您对低保的办理和服务满意吗？"), ANSWERS)
    relief = MayPick(gettext_lazy("有了低保，家里的生活压力有没有减轻？"), RELIEF)
    awareness = MayPick(gettext_lazy("申请低保要什么条件、到哪里办，您知道吗？"), AWARENESS)
    channel = MayPick(gettext_lazy("调查方式"), WAYS)
    asked_on = Day(gettext_lazy("调查日期"))


class ArrivalForm(AskedForm):
    """Whether the money came."""

    needed = ("arrival", "channel")
    arrival = MayPick(gettext_lazy("这笔低保金收到了吗？金额对不对？"), ARRIVED)
    said = Words(gettext_lazy("群众说的金额（元）"), 12, needed=False, hint=gettext_lazy("只在金额不符时填"))
    channel = MayPick(gettext_lazy("调查方式"), WAYS)
    asked_on = Day(gettext_lazy("调查日期"))

    def clean_said(self) -> int | None:
        """In fen, None where it is empty."""
        return _fen(self.cleaned_data["said"], _("群众说的金额（元）"))


class ResurveyForm(AskedForm):
    """What the re-survey found."""

    needed = ("found",)
    found = MayPick(gettext_lazy("复查结果"), FOUND)
    income = Words(
        gettext_lazy("另查出的月收入（元）"), 12, needed=False, hint=gettext_lazy("（选填）全家每月，记在户主名下")
    )
    assets = Words(gettext_lazy("另查出的存款（元）"), 14, needed=False, hint=gettext_lazy("（选填）"))
    case = Words(
        gettext_lazy("CASE 文件"), 8000, rows=8, needed=False,
        hint=gettext_lazy("（选填）按“一户的文件”的写法写全家情况；参数包和决定日期不用写，按原决定的"),
    )  # fmt: skip
    asked_on = Day(gettext_lazy("复查日期"))

    def clean_income(self) -> int:
        """In fen."""
        return _fen(self.cleaned_data["income"], _("另查出的月收入（元）")) or 0

    def clean_assets(self) -> int:
        """In fen."""
        return _fen(self.cleaned_data["assets"], _("另查出的存款（元）")) or 0

    def clean(self) -> dict[str, Any]:
        """What was found more must be said."""
        given = super().clean()
        if given.get("found") == "more" and not (given.get("income") or given.get("assets")):
            self.add_error("income", ValidationError(_("另查出收入或存款的，请填写其中一项")))
        if given.get("found") == "case" and not given.get("case"):
            self.add_error("case", ValidationError(_("请填写“%(label)s”") % {"label": self.fields["case"].label}))
        return given


def _fen(text: str, label: str) -> int | None:
    if not text:
        return None
    try:
        found = yuan(text)
    except NotMoney:
        found = -1
    if found < 0:
        raise ValidationError(_("“%(label)s”应是不小于零、最多两位小数的数") % {"label": label})
    return found


def _said(row: MemberRow, year: int, given: Mapping[str, Any], at: datetime) -> None:
    one = Questionnaire(row.household_id, given["answer"], given["relief"], given["awareness"], given["channel"])
    record_answers(year, [one], on=given["asked_on"], at=at)


def _came(row: MemberRow, _year: int, given: Mapping[str, Any], at: datetime) -> None:
    said = ArrivalAnswer(row.id, given["arrival"], given["said"], given["channel"])
    record_arrivals([said], on=given["asked_on"], at=at)


def _surveyed(row: MemberRow, _year: int, given: Mapping[str, Any], at: datetime) -> None:
    if given["found"] == "case":
        facts = facts_of_file(given["case"])
    else:
        facts = with_more(facts_on_file(row.id), income_fen=given["income"], assets_fen=given["assets"])
    record_accuracy_check(row.id, facts=facts, on=given["asked_on"], at=at)


Take = Callable[[MemberRow, int, Mapping[str, Any], datetime], None]
FORMS: dict[str, tuple[type[AskedForm], Take]] = {
    "satisfaction": (SatisfactionForm, _said), "arrival": (ArrivalForm, _came), "accuracy": (ResurveyForm, _surveyed),
}  # fmt: skip


@takes_a_form
def asked_member(request: HttpRequest, purpose: str, unit_id: int) -> HttpResponse:
    """登记一户的回答."""
    question, row = asked_of(request), _row(request, purpose, unit_id)
    form, take = FORMS[purpose]

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        if given["reached"] == "no":
            tried = note_missed(purpose, row.id, on=given["asked_on"], at=at)
            said = _("%(number)s 没有问到，已记第 %(n)s 次。") % {"number": row.number, "n": tried}
        else:
            take(row, question.year, given, at)
            said = _("已登记 %(number)s 的回答。") % {"number": row.number}
        on_screen = request.GET.get("channel") == "screen" and purpose in STEPS
        return Done(_next(purpose, question, row, "ask-on-screen" if on_screen else "ask-sampled"), said)

    record_view(row.number, row.division, "抽样登记", at=now_in_county())
    return answer(
        request,
        Act(
            title=f"{PURPOSES[purpose]}：{row.number}", button=_("登记，问下一户"), form=form, do=do,
            way=way(purpose, question), subject=f"{purpose} {row.id}", facts=_facts(request, purpose, row),
            initial=_initial(request, form), closed=_("这一户已经登记过回答，不能再登记。") if row.done else "",
            notes=[_("登记后不能改，请核对后再按。")],
        ),
    )  # fmt: skip


def _row(request: HttpRequest, purpose: str, unit_id: int) -> MemberRow:
    """One of the year's sample. Raises Http404 where there is none in the viewer's sight."""
    row = member(known_purpose(purpose), unit_id, asked_of(request).year)
    if row is None:
        raise Http404(f"样本里没有编号{unit_id}")
    return row


def way(purpose: str, question: Asked) -> list[Crumb]:
    """Back to the list of the sample."""
    listed = f"{reverse('sample-list', args=[purpose])}?year={question.year}&state=waiting"
    return [Crumb(_("%(name)s样本") % {"name": PURPOSES[purpose]}, listed)]


def _next(purpose: str, question: Asked, row: MemberRow, route: str) -> str:
    """The form of whoever is to be asked next; the list where nobody is left."""
    following = after(purpose, question.year, row.id)
    if following is None or following.id == row.id:
        return f"{reverse('sample-list', args=[purpose])}?year={question.year}"
    return f"{reverse(route, args=[purpose, following.id])}?year={question.year}"


def _facts(request: HttpRequest, purpose: str, row: MemberRow) -> list[tuple[str, str]]:
    place = place_on(row.household_id, today_in_county())
    facts = [
        (_("户主"), row.head), (_("村社区"), places().full(row.division)), (_("住址"), place.address if place else "—"),
        (_("电话"), place.phone if place and place.phone else "—"), (_("没问到"), _("%(n)s 次") % {"n": row.tried}),
    ]  # fmt: skip
    if purpose == "arrival":
        facts += [(_("发放月"), row.month), (_("银行到账（元）"), yuan_text(row.fen, grouped=True))]
    if purpose == "accuracy":
        facts += [(_("决定金额（元）"), yuan_text(row.fen, grouped=True)), (_("档案"), _on_file(row))]
    return facts


def _on_file(row: MemberRow) -> str:
    if not facts_on_file(row.id):
        return _("没有记下核定情况，要附 CASE 文件")
    return _("核定情况见家庭主页“为什么”")


def _initial(request: HttpRequest, form: type[AskedForm]) -> dict[str, object]:
    """Today; and what was answered question by question on the phone."""
    told = {name: request.GET[name] for name in form.base_fields if name in request.GET}
    return {"asked_on": today_in_county(), **told}


def asked_on_screen(request: HttpRequest, purpose: str, unit_id: int) -> HttpResponse:
    """一问一屏: the next question that was not answered yet; after the last the form with all answers."""
    question, row = asked_of(request), _row(request, purpose, unit_id)
    steps = STEPS.get(purpose)
    if steps is None:
        raise Http404("复查要逐项核对，不能一问一屏")
    told = {name: request.GET[name] for name, _options in steps if name in request.GET}
    if wrong := [name for name, options in steps if told.get(name, "none") not in options]:
        raise BadQuestion(_("“%(text)s”不是这一问的答案，请从屏幕上选") % {"text": told[wrong[0]]})
    base, to = {"year": str(question.year), **told}, reverse("ask-sampled", args=[purpose, row.id])
    left = [(name, options) for name, options in steps if name not in told]
    if not left:
        ready = {**base, "reached": "yes", "channel": "screen"}
        return redirect(f"{to}?{urlencode(ready)}")
    name, options = left[0]
    shown = {
        "asked": question, "row": row, "words": ASKED[name], "number": len(steps) - len(left) + 1, "of": len(steps),
        "crumbs": way(purpose, question), "purpose": PURPOSES[purpose], "place": places().full(row.division),
        "options": [(words, f"?{urlencode({**base, name: code})}") for code, words in options.items()],
        "missed": f"{to}?{urlencode({'year': str(question.year), 'reached': 'no'})}",
    }  # fmt: skip
    return render(request, "web/sample_screen.html", shown)
