"""转介: a family is referred to another kind of help, and what came of it is noted (社会救助法 第六十四条)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.decision.assessing import answer_again, answer_on
from opendibao.decision.models import Decision, Referral
from opendibao.decision.refusal import DecisionRefused
from opendibao.intake.models import Case
from opendibao.kernel.duties import CASEWORK
from opendibao.kernel.workdays import add_workdays
from opendibao.policy.reader import RuleGap, pack_of_division
from opendibao.registry.models import Household
from opendibao.rules.answer import Also
from opendibao.verification.models import Survey

OFFICES = {
    "medical": ("医疗救助", "县医疗保障局"),
    "education": ("教育救助", "县教育局"),
    "housing": ("住房救助", "县住房和城乡建设局"),
    "employment": ("就业救助", "县人力资源和社会保障局"),
    "temporary": ("临时救助", "乡镇人民政府（街道办事处）"),
    "disability_living": ("困难残疾人生活补贴", "县民政局"),
    "disability_care": ("重度残疾人护理补贴", "县民政局"),
}
"""Kinds of help (codes of rules.also) with their names and the office that usually answers; the officer may change it.

低保边缘 and 刚性支出 are not referred: the civil affairs office recognises them itself.
"""
OUTCOMES = dict(Referral._meta.get_field("outcome").flatchoices)
OFFICE_LENGTH, BECAUSE_LENGTH, WORDS_LENGTH = 60, 200, 200


def offers(household_id: int) -> list[Also]:
    """What else the rules point to for a household (还可以申请什么), by its last decision, else its last survey.

    Nothing where its facts are not known or cannot be computed any more.
    """
    try:
        return _offers(household_id)
    except (DecisionRefused, RuleGap):
        return []


def _offers(household_id: int) -> list[Also]:
    decision = Decision.objects.filter(household=household_id, voided_on=None).order_by("-decided_on", "-pk").first()
    surveys = Survey.objects.filter(case__household=household_id).order_by("-surveyed_on", "-pk")
    survey = surveys.first()
    if survey and (decision is None or survey.surveyed_on > decision.decided_on):
        return list(answer_on(survey.found, survey.surveyed_on).also)
    if decision is None or "lacks" in decision.facts or not decision.facts.get("members"):
        return []
    return list(answer_again(decision.facts, decision.reckoned_on or decision.decided_on, decision.rule_set).also)


@needs(*CASEWORK)
@transaction.atomic
def refer_household(
    household_id: int, *, kind: str, office: str, because: str, on: date, at: datetime, case_id: int | None = None
) -> Referral:
    """登记转介: to whom, for what, why; it is asked after when the days of `clock.referral` are over.

    Raises DecisionRefused naming what is wrong, RuleGap where no number of days is in force.
    """
    home = Household.objects.select_for_update().filter(pk=household_id).first()
    if home is None:
        raise DecisionRefused("没有这个家庭，或不在本人可见的区划内")
    office, because = office.strip(), because.strip()
    if fault := _fault(home, kind, office, because, on) or _case_fault(home, case_id):
        raise DecisionRefused(f"家庭{home.number}：{fault}")
    days = pack_of_division(home.division).value("clock.referral", on)
    made = Referral.objects.create(
        household=home, case_id=case_id, division=home.division, kind=kind, because=because, office=office,
        referred_on=on, referred_by=officer_name(), due_on=add_workdays(on, days),
    )  # fmt: skip
    payload: dict[str, object] = {"on": str(on), "kind": OFFICES[kind][0], "office": office, "due": str(made.due_on)}
    record("登记转介", f"转介 {made.pk}", division=home.division, at=at, payload=payload | {"household": home.number})
    return made


def _fault(home: Household, kind: str, office: str, because: str, on: date) -> str:
    if kind not in OFFICES:
        return f"救助种类“{kind}”不在可选项内，请在{'、'.join(zh for zh, _office in OFFICES.values())}中选一项"
    if not 0 < len(office) <= OFFICE_LENGTH:
        return f"请用{OFFICE_LENGTH}字以内写明转给哪个部门"
    if not 0 < len(because) <= BECAUSE_LENGTH:
        return f"请用{BECAUSE_LENGTH}字以内写明为什么转介"
    before = Referral.objects.filter(household=home, kind=kind, closed_on=None).first()
    if before:
        return f"{OFFICES[kind][0]}已于{before.referred_on}转给{before.office}，还没有结果，请先登记结果"
    return ""


def _case_fault(home: Household, case_id: int | None) -> str:
    if case_id is not None and not Case.objects.filter(pk=case_id, household=home).exists():
        return "所选案件不是这一户的，请从这一户的案件打开"
    return ""


@needs(*CASEWORK)
@transaction.atomic
def close_referral(referral_id: int, *, outcome: str, words: str, on: date, at: datetime) -> Referral:
    """登记转介结果: granted, refused, the family did not want it, or no answer; once. Raises DecisionRefused."""
    found = Referral.objects.select_for_update(of=("self",)).filter(pk=referral_id).first()
    if found is None:
        raise DecisionRefused("没有这个转介，或不在本人可见的区划内")
    words = words.strip()
    if fault := _close_fault(found, outcome, words, on):
        raise DecisionRefused(f"{OFFICES[found.kind][0]}转介：{fault}")
    found.closed_on, found.outcome, found.words = on, outcome, words
    found.save(update_fields=["closed_on", "outcome", "words"])
    payload: dict[str, object] = {"on": str(on), "outcome": OUTCOMES[outcome], "words": words}
    record("登记转介结果", f"转介 {found.pk}", division=found.division, at=at, payload=payload)
    return found


def _close_fault(found: Referral, outcome: str, words: str, on: date) -> str:
    if found.closed_on:
        return f"结果已于{found.closed_on}登记（{OUTCOMES[found.outcome]}），不能改写；要再转请另登记"
    if outcome not in OUTCOMES:
        return f"结果“{outcome}”不在可选项内，请在{'、'.join(OUTCOMES.values())}中选一项"
    if on < found.referred_on:
        return f"结果日期{on}早于转介日期{found.referred_on}，请改正"
    if outcome == "unanswered" and on <= found.due_on:
        return f"受转部门可以答复到{found.due_on}为止，第二天起才能登记“没有回复”"
    return "" if 0 < len(words) <= WORDS_LENGTH else f"请用{WORDS_LENGTH}字以内写明结果"


def reason_of(also: Sequence[Also], kind: str) -> str:
    """Why the rules point to a kind of help; "" where they do not."""
    return next((one.because for one in also if one.code == kind), "")
