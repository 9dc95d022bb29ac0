"""处置核对信息: the form of one hit, several harmless ones together, and taking an answer back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.decision.hit_effects import HitEffect, case_hits
from opendibao.intake.queries import CaseFile
from opendibao.intake.states import ENDED
from opendibao.verification.actions import dispose_match
from opendibao.verification.disposing import REASON_LENGTH, dispose_matches
from opendibao.verification.reasons import OTHER, Reason, reasons_on
from opendibao.verification.undoing import undo_disposition
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import today_in_county
from opendibao.web.decision.approval_acts import NothingForm
from opendibao.web.decision.hits import KEYS, OPEN, back_to, clean_of, disposition_now, facts_of
from opendibao.web.labels import DISPOSITIONS
from opendibao.web.verification.known_case import known_case

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Why(forms.ChoiceField):
    """One of the day's reasons; none is the officer's own words. A letter of the keyboard chooses each."""

    def __init__(self, label: Any, *, hint: Any = "") -> None:
        super().__init__(label=label, required=False, help_text=hint, widget=forms.RadioSelect)

    def offer(self, offered: Sequence[Reason]) -> None:
        """Let these be chosen, in their order."""
        self.choices = [
            (f"{one.disposition}:{one.code}", _("%(key)s %(words)s") % {"key": key, "words": _(one.zh)})
            for key, one in zip(LETTERS, offered, strict=False)
        ]

    def valid_value(self, value: object) -> bool:
        """Whether it is of the day's list; of which disposition is looked at with the whole form."""
        return value in {f"{one.disposition}:{one.code}" for one in self.known}

    known: Sequence[Reason] = ()


class HitForm(ActForm):
    """What is made of a hit, and why; `offered` is set for each key."""

    offered: Sequence[Reason] = ()
    known: Sequence[Reason] = ()
    disposition = Pick(
        gettext_lazy("处置"), DISPOSITIONS, hint=gettext_lazy("再核的以后还要处置；其他三样定了就进案卷")
    )
    why = Why(gettext_lazy("选一个原因"), hint=gettext_lazy("都不合适就不选，在下面自己写"))
    reason = Words(
        gettext_lazy("理由"),
        REASON_LENGTH,
        rows=2,
        needed=False,
        hint=gettext_lazy("写看了什么、凭什么；选了原因的可以不写"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        why = self.fields["why"]
        if isinstance(why, Why):
            why.known = self.known
            why.offer(self.offered)

    def clean(self) -> dict[str, Any]:
        """The reason belongs to the answer, and where it says too little words are added."""
        given = super().clean() or {}
        disposition, _colon, code = str(given.get("why") or "").partition(":")
        if not code and not given.get("reason"):
            self.add_error("reason", _("请选一个原因，或者填写“理由”"))
        elif code and disposition != given.get("disposition"):
            self.add_error("why", _("这个原因不是“%(said)s”的，请重选") % {
                "said": DISPOSITIONS.get(str(given.get("disposition")), "")})  # fmt: skip
        given["code"] = code or OTHER
        needs = {(one.disposition, one.code) for one in self.known if one.needs_words}
        if (disposition, code) in needs and not given.get("reason"):
            self.add_error("reason", _("选这个原因的，还要在“理由”里写明情况"))
        return given


def _form(disposition: str) -> type[HitForm]:
    """The form with the reasons of one disposition (all where none is chosen yet)."""
    known = reasons_on(today_in_county())
    offered = [one for one in known if one.disposition == disposition] if disposition else known
    return type("HitForm", (HitForm,), {"known": known, "offered": offered})


@takes_a_form
def disposed_hit(request: HttpRequest, case_id: int, match_id: int) -> HttpResponse:
    """处置一条核对信息."""
    file, hit = _known(case_id, match_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        dispose_match(match_id, disposition=given["disposition"], reason=given["reason"], at=at, code=given["code"])
        said = _("已处置为“%(said)s”。案件办下一步以前可以撤回。") % {"said": DISPOSITIONS[given["disposition"]]}
        return Done(reverse("hits", args=[case_id]), said)

    chosen = dict(KEYS).get(request.GET.get("key", ""), "") or request.POST.get("disposition", "")
    is_open = hit.match.disposition in OPEN and file.state not in ENDED
    return answer(
        request,
        Act(
            title=_("处置核对信息"), button=_("处置"), form=_form(chosen if chosen in DISPOSITIONS else ""), do=do,
            way=back_to(file), subject=f"核对 {match_id}", values=lambda: dict(_now(case_id, match_id)),
            initial={"disposition": chosen}, facts=facts_of(hit), template="web/hit_form.html",
            closed="" if is_open else _("这一条已经处置，或者案件已经办结。"),
        ),
    )  # fmt: skip


@takes_a_form
def disposed_clean(request: HttpRequest, case_id: int) -> HttpResponse:
    """一并处置不影响金额的核对信息."""
    file = known_case(case_id)
    clean = clean_of(case_hits(case_id, today_in_county()))

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        dispose_matches([hit.match.id for hit in clean], disposition="accept_record", code="declared", reason="", at=at)
        said = _("已一并处置 %(n)s 条：采信，与申报一致。案件办下一步以前可以逐条撤回。") % {"n": len(clean)}
        return Done(reverse("hits", args=[case_id]), said)

    is_open = bool(clean) and file.state not in ENDED
    return answer(
        request,
        Act(
            title=_("一并处置不影响金额的"), button=_("一并采信"), form=NothingForm, do=do, way=back_to(file),
            subject=f"案件 {file.number}", facts=[(hit.match.person, hit.said) for hit in clean],
            notes=[_("按规则算，有没有这几条，结果和金额都一样；有影响的要逐条处置。")],
            closed="" if is_open else _("没有不影响金额、等处置的核对信息。"),
        ),
    )  # fmt: skip


@takes_a_form
def undone_hit(request: HttpRequest, case_id: int, match_id: int) -> HttpResponse:
    """撤回处置."""
    file, hit = _known(case_id, match_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        undo_disposition(match_id, at=at)
        return Done(reverse("hits", args=[case_id]), _("已撤回处置，这一条重新等处置。"))

    return answer(
        request,
        Act(
            title=_("撤回处置"), button=_("撤回处置"), form=NothingForm, do=do, way=back_to(file),
            subject=f"核对 {match_id}", values=lambda: dict(_now(case_id, match_id)), facts=facts_of(hit),
            notes=[_("案件办了下一步（调查、初审、决定等）以后不能撤回。")],
            closed="" if hit.match.disposition else _("这一条还没有处置，不用撤回。"),
        ),
    )  # fmt: skip


def _known(case_id: int, match_id: int) -> tuple[CaseFile, HitEffect]:
    file = known_case(case_id)
    found = next((hit for hit in case_hits(case_id, today_in_county()).hits if hit.match.id == match_id), None)
    if found is None:
        raise Http404(f"案件 {case_id} 没有核对结果 {match_id}")
    return file, found


def _now(case_id: int, match_id: int) -> Mapping[str, str]:
    _case, hit = _known(case_id, match_id)
    return disposition_now(hit.match)
