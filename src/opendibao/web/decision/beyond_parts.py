"""案件的责任链和还可以申请: who had a hand in a case, what was found wrong, what else the family may ask for."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.decision.accountable import hands_of_case
from opendibao.decision.beyond_queries import candidates, inquiries_of, low_income_of, referrals_of
from opendibao.decision.queries import decisions_of
from opendibao.decision.referrals import offers
from opendibao.intake.queries import CaseFile
from opendibao.web.access import CONFIRMERS, may
from opendibao.web.decision.beyond_access import CASEWORKERS, INQUIRERS, INQUIRY_READERS
from opendibao.web.decision.inquiries import hands_table
from opendibao.web.decision.referrals import outcome_words
from opendibao.web.intake.case_parts import Part
from opendibao.web.labels import INQUIRY_FINDINGS, INQUIRY_OUTCOMES, LOW_INCOME_ENDS, OUTCOMES, REFERRAL_KINDS
from opendibao.web.tables import Crumb

DECIDED = ("confirmed", "refused", "kept")


def also_part(request: HttpRequest, file: CaseFile) -> Part | None:
    """What else the rules point to, what was referred and recognised; None before there is a decision."""
    if file.state not in DECIDED:
        return None
    facts = [(one.zh, f"{one.because}（{one.clause}）") for one in offers(file.household_id)]
    for row in low_income_of(file.household_id):
        said = _("%(kind)s，%(number)s，有效期至 %(day)s") % {
            "kind": OUTCOMES[row.kind], "number": row.number, "day": row.valid_until,
        }  # fmt: skip
        ended = _("%(day)s 失效：%(why)s") % {"day": row.ended_on, "why": LOW_INCOME_ENDS[row.end_reason]} \
            if row.ended_on else ""  # fmt: skip
        facts.append((_("低收入家庭"), _("，").join(filter(None, [said, ended]))))
    for sent in referrals_of(file.household_id):
        said = _("%(day)s 转给%(office)s") % {"day": sent.referred_on, "office": sent.office}
        result = outcome_words(sent) or _("还没有结果")
        facts.append((_("转介：%(kind)s") % {"kind": REFERRAL_KINDS[sent.kind]}, _("，").join([said, result])))
    return Part("also", _("还可以申请"), {"facts": facts, "nothing": _("规则没有提示别的救助。")},
                acts=_also_acts(request, file))  # fmt: skip


def _also_acts(request: HttpRequest, file: CaseFile) -> list[Crumb]:
    acts = []
    if may(request, CONFIRMERS) and any(row.case_id == file.id for row in candidates()):
        acts.append(Crumb(_("认定低收入家庭"), reverse("recognise-low-income", args=[file.id])))
    if may(request, CASEWORKERS):
        acts.append(Crumb(_("登记转介"), reverse("refer-household", args=[file.household])))
    return acts


def hands_part(request: HttpRequest, file: CaseFile) -> Part | None:
    """Who did what for a case on which day, and the inquiries into its decision; None before anybody did."""
    hands = hands_of_case(file.id)
    if not hands:
        return None
    found = [row for row in decisions_of(file.household_id) if row.case_id == file.id and row.voided_on is None]
    acts, notes, is_running = [], [], False
    if may(request, INQUIRY_READERS):
        for row in (one for decision in found for one in inquiries_of(decision.pk)):
            is_running = is_running or row.closed_on is None
            said = INQUIRY_OUTCOMES[row.outcome] if row.outcome else _("核查中")
            words = {"day": row.opened_on, "finding": INQUIRY_FINDINGS[row.finding], "outcome": said}
            notes.append(_("%(day)s 立项：%(finding)s，%(outcome)s") % words)
            acts.append(Crumb(_("看核查"), reverse("inquiry", args=[row.id])))
    if found and not is_running and may(request, INQUIRERS):
        acts.append(Crumb(_("立项问责核查"), reverse("open-inquiry", args=[found[0].pk])))
    return Part("hands", _("责任链"), {"table": hands_table(hands), "notes": notes}, acts=acts)
