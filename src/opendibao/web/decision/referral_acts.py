"""转介的表: a family is referred, and what came of it is noted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.audit.actions import record_view
from opendibao.decision.beyond_queries import ReferralRow, referral
from opendibao.decision.referrals import (
    BECAUSE_LENGTH,
    OFFICE_LENGTH,
    OFFICES,
    WORDS_LENGTH,
    close_referral,
    offers,
    reason_of,
    refer_household,
)
from opendibao.registry.queries import household as household_of
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import now_in_county, today_in_county
from opendibao.web.decision.referrals import known_referral
from opendibao.web.labels import REFERRAL_KINDS, REFERRAL_OUTCOMES
from opendibao.web.tables import Crumb


class ReferForm(ActForm):
    """For what, to whom, why."""

    on = Day(gettext_lazy("转介日期"))
    kind = Pick(gettext_lazy("救助种类"), REFERRAL_KINDS)
    office = Words(
        gettext_lazy("转给哪个部门"),
        OFFICE_LENGTH,
        needed=False,
        hint=gettext_lazy("（选填）空着就转给这一种的主管部门"),
    )
    because = Words(
        gettext_lazy("为什么转介"), BECAUSE_LENGTH, rows=3, needed=False,
        hint=gettext_lazy("（选填）规则提示的理由自动带出；没有提示的请写明，只写这种救助用得着的"),
    )  # fmt: skip


class CloseForm(ActForm):
    """What came of it."""

    on = Day(gettext_lazy("结果日期"))
    outcome = Pick(gettext_lazy("结果"), REFERRAL_OUTCOMES)
    words = Words(
        gettext_lazy("结果说明"), WORDS_LENGTH, rows=3, hint=gettext_lazy("例如救助多少、从哪天起，或者为什么不符合")
    )


@takes_a_form
def referred_household(request: HttpRequest, number: str) -> HttpResponse:
    """登记转介."""
    home = household_of(number)
    if home is None:
        raise Http404(f"没有家庭“{number}”")
    record_view(number, home.division, "转介", at=now_in_county())
    also = [one for one in offers(home.id) if one.code in OFFICES]

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        kind = given["kind"]
        made = refer_household(
            home.id, kind=kind, office=given["office"] or OFFICES[kind][1],
            because=given["because"] or reason_of(also, kind), on=given["on"], at=at,
        )  # fmt: skip
        said = _("已登记转介，%(day)s 以后没有回复会提醒催办。这张单可以打印。") % {"day": made.due_on}
        return Done(reverse("referral", args=[made.pk]), said)

    asked = request.GET.get("kind", "")
    return answer(
        request,
        Act(
            title=_("登记转介"), button=_("登记转介"), form=ReferForm, do=do,
            way=[Crumb(_("家庭 %(number)s") % {"number": number}, reverse("household", args=[number]))],
            subject=f"转介 {number}", initial={"on": today_in_county(), "kind": asked if asked in OFFICES else ""},
            facts=[(one.zh, f"{one.because}（{one.clause}）") for one in also],
            notes=[] if also else [_("规则没有提示别的救助；乡镇认为需要的，写明理由也可以转介。")],
        ),
    )  # fmt: skip


def _values(referral_id: int) -> dict[str, str]:
    found = referral(referral_id)
    return {"outcome": REFERRAL_OUTCOMES.get(found.outcome, ""), "words": found.words} if found else {}


def _closed(row: ReferralRow) -> str:
    if row.closed_on is None:
        return ""
    said = {"day": row.closed_on, "outcome": REFERRAL_OUTCOMES[row.outcome]}
    return _("结果已于 %(day)s 登记：%(outcome)s。") % said


@takes_a_form
def closed_referral(request: HttpRequest, referral_id: int) -> HttpResponse:
    """登记转介结果."""
    row = known_referral(referral_id)
    address = reverse("referral", args=[referral_id])

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        close_referral(referral_id, outcome=given["outcome"], words=given["words"], on=given["on"], at=at)
        return Done(address, _("已登记结果：%(outcome)s。") % {"outcome": REFERRAL_OUTCOMES[given["outcome"]]})

    return answer(
        request,
        Act(
            title=_("登记转介结果"), button=_("登记结果"), form=CloseForm, do=do,
            way=[Crumb(_("转介"), reverse("referrals")), Crumb(REFERRAL_KINDS[row.kind], address)],
            subject=f"转介 {row.id}", values=lambda: _values(referral_id), initial={"on": today_in_county()},
            facts=[(_("家庭"), row.household), (_("救助种类"), REFERRAL_KINDS[row.kind]), (_("转给"), row.office),
                   (_("转介日期"), str(row.referred_on)), (_("催办日期"), str(row.due_on))],
            closed=_closed(row),
        ),
    )  # fmt: skip
