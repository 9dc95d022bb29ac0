"""核对授权办理: adults sign, each for himself; a duty-bearer outside the family agrees apart; anybody takes it back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.intake.attachments import keep_attachment
from opendibao.intake.consent_queries import (
    ConsentRow,
    consent_ends,
    consents_of,
    supporters_sign_apart,
    unsigned_adults,
)
from opendibao.intake.consents import (
    NAME_LENGTH,
    REASON_LENGTH,
    revoke_consent,
    sign_consent,
    sign_supporter_consent,
)
from opendibao.intake.queries import CaseFile
from opendibao.intake.states import ENDED
from opendibao.kernel.duties import Duty
from opendibao.registry.queries import MemberRow
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.intake.case_ways import case_facts, done_at, found_case, subject_of, way_to_case
from opendibao.web.plan_fields import Several
from opendibao.web.uploads import Paper, Sent

SIGNERS = frozenset({Duty.ACCEPT, Duty.SURVEY})
KIND = "consent"


class SupporterForm(ActForm):
    """A duty-bearer outside the family."""

    signed_on = Day(gettext_lazy("签字日期"))
    signer = Words(gettext_lazy("签字的义务人"), NAME_LENGTH, hint=gettext_lazy("父母、子女等不在一起生活的义务人本人"))
    paper = Paper(gettext_lazy("授权书照片（选填）"), needed=False)


class RevokeForm(ActForm):
    """Why somebody takes it back."""

    revoked_on = Day(gettext_lazy("撤回日期"))
    reason = Words(gettext_lazy("撤回的原因"), REASON_LENGTH, rows=2)


def _sign_form(adults: Sequence[MemberRow]) -> type[ActForm]:
    offered = [(str(one.person_id), one.name) for one in adults]

    class SignForm(ActForm):
        """Who signed today."""

        signed_on = Day(gettext_lazy("签字日期"))
        persons = Several(gettext_lazy("签了字的人"), hint=gettext_lazy("本人签本人的；谁签了勾谁"))
        persons.choices = offered
        paper = Paper(gettext_lazy("授权书照片（选填）"), needed=False)

        def clean_persons(self) -> list[int]:
            """At least one. Raises ValidationError."""
            chosen: list[str] = self.cleaned_data["persons"]
            if not chosen:
                self.add_error("persons", _("一个人也没有勾，请勾上签了字的人"))
            return [int(one) for one in chosen]

    return SignForm


@takes_a_form
def signed_consents(request: HttpRequest, case_id: int) -> HttpResponse:
    """登记授权书签字."""
    file, now = found_case(case_id), today_in_county()
    adults = unsigned_adults(case_id, file.household_id, file.division, now)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        paper = _kept(file, given["paper"], given, at)
        for person in given["persons"]:
            sign_consent(case_id, person_id=person, on=given["signed_on"], at=at, paper_id=paper)
        said = _("已登记 %(n)s 人签字，有效到 %(day)s。")
        return done_at(
            file,
            said % {"n": len(given["persons"]), "day": consent_ends(file.division, given["signed_on"])},
            "consents",
        )

    return answer(
        request,
        Act(
            title=_("登记授权书签字"), button=_("登记签字"), form=_sign_form(adults), do=do, way=way_to_case(file),
            subject=subject_of(file), values=lambda: _signers_now(case_id), initial={"signed_on": now},
            facts=case_facts(file), closed=_closed(file) or ("" if adults else _("成年成员都签了，现在有效。")),
            notes=[_("每个成年成员本人签字，才能核对他的情况（57号第九条）；未成年人不用签。")],
        ),
    )  # fmt: skip


@takes_a_form
def signed_supporter(request: HttpRequest, case_id: int) -> HttpResponse:
    """登记义务人同意核对."""
    file, now = found_case(case_id), today_in_county()

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        paper = _kept(file, given["paper"], given, at)
        made = sign_supporter_consent(case_id, signer=given["signer"], on=given["signed_on"], at=at, paper_id=paper)
        return done_at(file, _("已登记 %(name)s 同意核对。") % {"name": made.signer}, "consents")

    apart = supporters_sign_apart(file.division, now)
    return answer(
        request,
        Act(
            title=_("登记义务人同意核对"), button=_("登记同意"), form=SupporterForm, do=do, way=way_to_case(file),
            subject=subject_of(file), values=lambda: _signers_now(case_id), initial={"signed_on": now},
            facts=case_facts(file),
            closed=_closed(file) or ("" if apart else _("2026-07-01 起才可以核对家庭以外的义务人，现在不用签。")),
            notes=[_("家庭以外的义务人，本人同意才能核对（社会救助法第四十一条）；不同意的，不能查。")],
        ),
    )  # fmt: skip


@takes_a_form
def revoked_consent(request: HttpRequest, case_id: int, consent_id: int) -> HttpResponse:
    """撤回授权."""
    file = found_case(case_id)
    row = next((one for one in consents_of(case_id) if one.id == consent_id), None)
    if row is None:
        raise Http404(f"没有授权书 {consent_id}")

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        revoke_consent(consent_id, reason=given["reason"], on=given["revoked_on"], at=at)
        return done_at(file, _("已登记 %(name)s 撤回授权，以后不再核对他的情况。") % {"name": row.signer}, "consents")

    return answer(
        request,
        Act(
            title=_("撤回授权"), button=_("登记撤回"), form=RevokeForm, do=do, way=way_to_case(file),
            subject=subject_of(file), values=lambda: _revoked_now(case_id, consent_id),
            initial={"revoked_on": today_in_county()},
            facts=[*case_facts(file), (_("签字人"), row.signer), (_("签字"), str(row.signed_on))],
            closed=_("已于 %(day)s 撤回。") % {"day": row.revoked_on} if row.revoked_on else "",
            notes=[_("撤回以前核对过的留在案件里；以后要核对，须重新签字。")],
        ),
    )  # fmt: skip


def _kept(file: CaseFile, paper: Sent | None, given: Mapping[str, Any], at: datetime) -> int | None:
    """The photograph of the signed paper, kept with the case."""
    if paper is None:
        return None
    return keep_attachment(file.id, kind=KIND, name=paper.name, content=paper.content, on=given["signed_on"], at=at).pk


def _closed(file: CaseFile) -> str:
    return _("案件已办结，不能再签授权书。") if file.state in ENDED else ""


def _signers_now(case_id: int) -> dict[str, str]:
    today = today_in_county()
    return {"persons": _("、").join(row.signer for row in consents_of(case_id) if row.is_in_force(today))}


def _revoked_now(case_id: int, consent_id: int) -> dict[str, str]:
    row: ConsentRow | None = next((one for one in consents_of(case_id) if one.id == consent_id), None)
    return {"revoked_on": str(row.revoked_on)} if row and row.revoked_on else {}
