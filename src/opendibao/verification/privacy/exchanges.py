"""核对名单: the county's list of persons for a department, made of what is asked and of nobody else.

By tokens nobody's number leaves the county: the key of the list is made here, kept sealed, and handed over once by
another way than the list.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import current_session, officer_name
from opendibao.audit.sql_rows import read
from opendibao.audit.submissions import hold
from opendibao.kernel.duties import Duty
from opendibao.verification.known_people import person_table, some
from opendibao.verification.models import Exchange, ExchangeForm, ExchangePerson, Purpose
from opendibao.verification.privacy.lookups import Question, log_lookups
from opendibao.verification.privacy.rights import rights
from opendibao.verification.privacy.tokens import tokens_of
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.sealing import seal, unseal
from opendibao.verification.sources import sources_on

KEY_BYTES = 32
PURPOSE_LENGTH, GIVEN_LENGTH = 200, 60
OPEN, IN_FORCE = "open", "in_force"
WHOM = {OPEN: "案件里还没有答复的人", IN_FORCE: "全部在保家庭的成员"}
ASKED = """
SELECT m.case_id, m.person_id FROM verification_matchresult m JOIN intake_case c ON c.id = m.case_id
WHERE m.source = %(source)s AND m.province = '' AND m.outcome = 'not_checked'
  AND c.state IN ('accepted', 'verified', 'reviewed', 'noticed', 'reported') ORDER BY m.person_id, m.case_id
"""
COVERED = """
SELECT DISTINCT NULL::bigint, m.person_id FROM registry_membership m
JOIN registry_person p ON p.id = m.person_id AND p.died IS NULL
JOIN decision_decision d ON d.household_id = m.household_id
WHERE m.valid @> %(on)s::date AND upper_inf(m.recorded) AND d.in_force @> %(on)s::date AND d.voided_on IS NULL
ORDER BY m.person_id
"""
LAST = "SELECT count(*)::int FROM verification_exchange WHERE starts_with(number, %(head)s)"


@dataclass(frozen=True)
class Made:
    """A list that was made: its id and number, how many persons stand in it, how many had to be left out."""

    exchange_id: int
    number: str
    persons: int
    left_out: int


@dataclass(frozen=True)
class _Whom:
    case_id: int | None
    person_id: int


@needs(Duty.CONFIRM)
@transaction.atomic
def make_exchange(source: str, *, form: str, whom: str, purpose: str, on: date, at: datetime) -> Made:
    """制作核对名单: list those who are asked about, and log each with the right it rests on.

    `whom`: OPEN, who waits for this source in a case, or IN_FORCE, everybody covered. Who has no right in force is left
    out and counted. Raises VerificationRefused where nobody is left.
    """
    if fault := _fault(source, form, whom, purpose.strip(), on):
        raise VerificationRefused(fault)
    hold("核对名单")
    asked = [(row.case_id, row.person_id) for row in read(_Whom, _sql(whom), {"source": source, "on": on})]
    lawful = rights(set(asked), on)
    listed = list({person: (case, person) for case, person in asked if (case, person) in lawful}.values())
    left_out = len({person for _case, person in asked} - {person for _case, person in listed})
    if not listed:
        raise VerificationRefused(_nobody(whom, left_out))
    made = _stored(source, form, purpose.strip(), [person for _case, person in listed], on)
    about = f"核对名单 {made.number}"
    log_lookups([Question(person, source, Purpose.EXCHANGE, case, about) for case, person in listed], on=on, at=at)
    payload: dict[str, object] = {"source": source, "form": form, "persons": made.persons, "left_out": left_out}
    record("制作核对名单", subject_of(made.pk), division=made.division, at=at, payload=payload)
    return Made(made.pk, made.number, made.persons, left_out)


@needs(Duty.CONFIRM)
@transaction.atomic
def hand_over_key(exchange_id: int, *, given_to: str, on: date, at: datetime) -> str:
    """交付密钥: the key of a list as 64 hexadecimal places, read out once to somebody of the department by name.

    Raises VerificationRefused for a list by numbers, and the second time: then a new list is made.
    """
    found, said = locked_exchange(exchange_id), given_to.strip()
    if found.sealed_key is None:
        raise VerificationRefused(f"名单{found.number}写的是证件号码，没有密钥")
    if found.key_shown_on:
        raise VerificationRefused(
            f"名单{found.number}的密钥已于{found.key_shown_on}由{found.key_shown_by}交给{found.key_given_to}，"
            "只交付一次；对方没有收到，请重新制作名单"
        )
    if not 0 < len(said) <= GIVEN_LENGTH:
        raise VerificationRefused(f"请用{GIVEN_LENGTH}字以内写明密钥交给部门的哪一位")
    found.key_shown_on, found.key_shown_by, found.key_given_to = on, officer_name(), said
    found.save(update_fields=["key_shown_on", "key_shown_by", "key_given_to"])
    record("交付名单密钥", subject_of(found.pk), division=found.division, at=at, payload={"given_to": said})
    return unseal(bytes(found.sealed_key)).hex()


def locked_exchange(exchange_id: int) -> Exchange:
    """The list, held until the transaction ends. Raises VerificationRefused where there is none in sight."""
    found = Exchange.objects.select_for_update().filter(pk=exchange_id).first()
    if found is None:
        raise VerificationRefused("没有这份核对名单，或不在本人可见的区划内")
    return found


def subject_of(exchange_id: int) -> str:
    """The audit's name of a list."""
    return f"核对名单 {exchange_id}"


def _sql(whom: str) -> str:
    return ASKED if whom == OPEN else COVERED


def _stored(source: str, form: str, purpose: str, persons: Sequence[int], on: date) -> Exchange:
    key = secrets.token_bytes(KEY_BYTES) if form == ExchangeForm.TOKENS else None
    division = current_session().reach[:6].ljust(12, "0") if current_session().reach else settings.OPENDIBAO_COUNTY
    made = Exchange.objects.create(
        source=source, division=division, number=_number(on), form=form, purpose=purpose, persons=len(persons),
        made_on=on, made_by=officer_name(), sealed_key=seal(key) if key else None,
    )  # fmt: skip
    people = some(persons)
    tokens = tokens_of(person_table(people), key) if key else [()] * len(people)
    ExchangePerson.objects.bulk_create(
        ExchangePerson(exchange=made, person_id=int(person.key), line_no=line, tokens=list(codes))
        for line, (person, codes) in enumerate(zip(people, tokens, strict=True), 1)
    )
    return made


def _number(on: date) -> str:
    head = f"核单〔{on.year}〕"
    return f"{head}{read(int, LAST, {'head': head})[0] + 1:04d}号"


def _fault(source: str, form: str, whom: str, purpose: str, on: date) -> str:
    if source not in sources_on(on):
        return f"{on}不能向来源“{source}”核对，请从列出的来源里选"
    if form not in ExchangeForm.values:
        return f"名单形式“{form}”不在可选项内，请选证件号码或标识码"
    if whom not in WHOM:
        return f"名单范围“{whom}”不在可选项内，请重选"
    return "" if 0 < len(purpose) <= PURPOSE_LENGTH else f"请用{PURPOSE_LENGTH}字以内写明用途"


def _nobody(whom: str, left_out: int) -> str:
    if left_out:
        return f"要核对的{left_out}人都没有有效的核对授权书，不能列入名单，请先补签（57号第九条）"
    return f"现在没有{WHOM[whom]}，不用制作名单"
