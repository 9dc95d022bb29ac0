"""访谈和个案: what people said and how a family lives, kept with its text and without what identifies anybody."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.evaluation.models import Interview
from opendibao.evaluation.refusal import EvaluationRefused
from opendibao.kernel.duties import Duty
from opendibao.registry.queries import household as household_of

KINDS = {"interview": "访谈", "case_study": "个案"}
LONGEST = 5000
# an identity number, an account, a telephone: none of them is needed to understand what was said
NUMBERS = re.compile(r"\d{17}[\dXx]|\d{15,19}|1[3-9]\d{9}|0\d{2,3}-\d{7,8}")


class BadInterview(EvaluationRefused):
    """An interview cannot be kept; the text names the field and the remedy."""


@dataclass(frozen=True)
class Talk:
    """An interview or a case study to keep; `household` is its number, "" where it is of no household."""

    kind: str
    held_on: date
    with_whom: str
    text: str
    household: str = ""


@needs(Duty.EVALUATE, Duty.SURVEY)
@transaction.atomic
def record_interview(division: str, talk: Talk, *, at: datetime) -> Interview:
    """登记访谈: once, for the year it was held in; a household's own division counts. Raises BadInterview."""
    if fault := _fault(talk):
        raise BadInterview(fault)
    found = household_of(talk.household.strip()) if talk.household.strip() else None
    if talk.household.strip() and found is None:
        raise BadInterview(f"没有户编号“{talk.household}”的家庭，请核对；不涉及某一户时留空")
    kept = Interview.objects.create(
        year=talk.held_on.year, division=found.division if found else division, kind=talk.kind, held_on=talk.held_on,
        with_whom=talk.with_whom.strip(), household_id=found.id if found else None, text=talk.text.strip(),
        officer=officer_name(),
    )  # fmt: skip
    told: dict[str, object] = {"kind": talk.kind, "on": talk.held_on.isoformat()}
    record("登记访谈", str(kept.pk), division=kept.division, at=at, payload=told)
    return kept


def _fault(talk: Talk) -> str:
    """What is wrong, and what to do; "" where nothing is."""
    if talk.kind not in KINDS:
        return f"种类“{talk.kind}”应为：{'、'.join(KINDS.values())}"
    if not talk.text.strip() or not talk.with_whom.strip():
        return "访谈对象和内容都要写"
    if len(talk.text) > LONGEST:
        return f"内容最多{LONGEST}字，现在{len(talk.text)}字，请分成几篇"
    if talk.kind == "case_study" and not talk.household.strip():
        return "个案要写户编号，写明说的是哪一户"
    for words in (talk.with_whom, talk.text):
        if found := NUMBERS.search(words):
            return f"“{found[0][:4]}…”像证件号、账号或电话，访谈里不用写，请删去"
    return ""
