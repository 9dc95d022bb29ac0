"""网上申请页: a family applies without signing in, gets a receipt number, and asks how its application stands."""

from datetime import date

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.intake.online_door import family_standing, leave_application
from opendibao.intake.refusal import IntakeRefused
from opendibao.kernel.ids import reach_of, township_of
from opendibao.policy.reader import pack_of_division
from opendibao.web.act_fields import ActForm, Villages, Words
from opendibao.web.acts import SeeOther
from opendibao.web.clock import now_in_county
from opendibao.web.context import today_in_county
from opendibao.web.counted import division_names
from opendibao.web.intake.apply_form import ApplyForm, FamilyForm, content_of
from opendibao.web.intake.status_tries import is_stopped, note_failure
from opendibao.web.places import is_village
from opendibao.web.sign_in_log import address_of

SALT, LASTS_S = "opendibao.receipt", 24 * 3600
METHODS = ("GET", "HEAD", "POST")
STAGES = {
    "received": gettext_lazy("已收到。工作人员会打电话联系您。"),
    "answered": gettext_lazy("已答复，没有转为申请。"),
    "submitted": gettext_lazy("已登记申请，正在看材料。"),
    "returned": gettext_lazy("还缺材料，补齐后受理。"),
    "accepted": gettext_lazy("已受理，正在核对和入户调查。"),
    "verified": gettext_lazy("已经调查完，等评议和公示。"),
    "reviewed": gettext_lazy("已经评议，等公示。"),
    "noticed": gettext_lazy("正在村（社区）公示。"),
    "reported": gettext_lazy("已报县民政局审核。"),
    "confirmed": gettext_lazy("已经确认同意，通知书会送到家。"),
    "refused": gettext_lazy("不予确认同意，告知书会送到家。"),
    "withdrawn": gettext_lazy("已经撤回。"),
    "kept": gettext_lazy("复核做完了，没有变动。"),
    "not_accepted": gettext_lazy("不予受理，告知书会送到家。"),
    "discontinued": gettext_lazy("已终止办理，告知书会送到家。"),
}


class StatusForm(ActForm):
    """What one needs to ask."""

    number = Words(gettext_lazy("回执号或者案号"), 24, hint=gettext_lazy("回执号如 W250106-7K3QP9"))
    tail = Words(gettext_lazy("身份证号后四位"), 4)


def apply_online(request: HttpRequest) -> HttpResponse:
    """The application; what is wrong is said beside it, and nothing that was typed is lost."""
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    if not is_open(today_in_county()):
        return render(request, "web/apply_closed.html", {"here": "apply"})
    if request.method != "POST":
        return _form_page(request, _form(), 200)
    form = _form(request.POST)
    if not form.is_valid():
        return _form_page(request, form, 422)
    given = form.cleaned_data
    try:
        number = leave_application(
            given["division"], applicant=given["applicant"], id_number=given["id_number"], phone=given["phone"],
            content=content_of(given), key=given["key"], received_at=now_in_county(),
        )  # fmt: skip
    except IntakeRefused as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, form, 422)
    return SeeOther(f"{reverse('applied-online')}?n={signing.dumps(number, salt=SALT)}")


def is_open(day: date) -> bool:
    """Whether the county takes applications online on a day (57号 第四条: where it is put into practice)."""
    row = pack_of_division(settings.OPENDIBAO_COUNTY).find("application.online", day)
    return row is not None and bool(row.value)


def applied_online(request: HttpRequest) -> HttpResponse:
    """The receipt. Raises Http404 where the address is not ours or older than a day."""
    try:
        number = signing.loads(request.GET.get("n", ""), salt=SALT, max_age=LASTS_S)
    except signing.BadSignature:
        raise Http404(_("没有这张回执")) from None
    return render(request, "web/applied.html", {"number": number})


def apply_status(request: HttpRequest) -> HttpResponse:
    """How an application stands: the stage and what is missing, and nothing else."""
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    if request.method != "POST":
        return _status_page(request, _status_form(), 200)
    form = _status_form(request.POST)
    if not form.is_valid():
        return _status_page(request, form, 422)
    number, address, now = form.cleaned_data["number"].upper(), address_of(request), now_in_county()
    if is_stopped(number, address, now):
        form.add_error(None, _("这个号查错的次数太多，请过一小时再查，或者到乡镇民政窗口问"))
        return _status_page(request, form, 429)
    found = family_standing(number, form.cleaned_data["tail"])
    if found is None:
        note_failure(number, address, now)
        form.add_error(None, _("没有查到。请核对回执号和身份证号后四位；号丢了，请到乡镇民政窗口问"))
        return _status_page(request, form, 404)
    return _status_page(request, _status_form(), 200, found=found, stage=STAGES[found.stage], asked=number)


def _status_form(*data: object) -> StatusForm:
    return StatusForm(*data, today=today_in_county())


def _status_page(request: HttpRequest, form: StatusForm, status: int, **found: object) -> HttpResponse:
    return render(request, "web/apply_status.html", {"here": "status", "form": form, **found}, status=status)


def _form(*data: object) -> ApplyForm:
    return FamilyForm(*data, today=today_in_county(), villages=_villages())


def _form_page(request: HttpRequest, form: ApplyForm, status: int) -> HttpResponse:
    shown = {"here": "apply", "form": form, "sections": list(form.sections()), "hidden": form.hidden_fields()}
    return render(request, "web/apply.html", shown, status=status)


def _villages() -> Villages:
    """All villages of the county, by township."""
    names, reach = division_names(), reach_of(settings.OPENDIBAO_COUNTY)
    villages = sorted(code for code in names if code.startswith(reach) and is_village(code))
    towns = dict.fromkeys(township_of(code) for code in villages)
    return [
        (names.get(town, town), [(code, names[code]) for code in villages if township_of(code) == town])
        for town in towns
    ]
