"""程序文书: what a family is told in writing before the decision, and how the letter reached it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.intake.models import Case, CaseLetter
from opendibao.intake.refusal import IntakeRefused
from opendibao.kernel.duties import CASEWORK
from opendibao.kernel.ids import township_of
from opendibao.policy.reader import pack_of_division
from opendibao.registry.queries import full_name, members_on

KINDS = dict(CaseLetter._meta.get_field("kind").flatchoices)
WAYS = dict(CaseLetter._meta.get_field("delivered_how").flatchoices)
NAME_LENGTH = 60
HOTLINE = "office.hotline"
_NUMERALS = "一二三四五六七八"


def letter_text(case: Case, kind: str, parts: Sequence[tuple[str, str]], *, on: date) -> str:
    """The text of a letter in the order in which a family asks: (head, sentences) each, the result first.

    Title, addressee, numbered parts, whom to ask, case number and day are the same in every letter.
    """
    told = [*parts, ("有疑问找谁", whom_to_ask(case, on))]
    lines = [f"{n}、{head}：{said}" for n, (head, said) in zip(_NUMERALS, told, strict=False)]
    return "\n".join(
        [KINDS[kind], f"{addressee(case, on)}：", *lines, f"案号：{case.number}", f"日期：{day_words(on)}"]
    )


def addressee(case: Case, on: date) -> str:
    """Whom a letter is for: the applicant, else the head of the household of that day, else the household's number."""
    if case.applicant:
        return case.applicant
    return next((row.name for row in members_on(case.household_id, on)), case.household.number)


def whom_to_ask(case: Case, on: date | None = None) -> str:
    """The window that answers questions about a case, and the county's hotline with its number of that day."""
    line = pack_of_division(case.division).find(HOTLINE, on) if on else None
    number = str(line.value) if line else ""
    return f"请找{full_name(township_of(case.division))}民政窗口，或拨打本县社会救助服务热线{number}。"


def day_words(day: date) -> str:
    """2024年3月4日."""
    return f"{day.year}年{day.month}月{day.day}日"


@needs(*CASEWORK)
@transaction.atomic
def write_letter(case: Case, kind: str, text: str, *, on: date, at: datetime) -> CaseLetter:
    """制作文书: the letter of a step, inside the step's own transaction; what it says is never changed after.

    Raises IntakeRefused for a kind there is not, or an empty text.
    """
    if kind not in KINDS:
        raise IntakeRefused(f"文书种类“{kind}”不在可选项内，请改正")
    if not text.strip():
        raise IntakeRefused(f"案件{case.number}的{KINDS[kind]}没有正文，请写明")
    letter = CaseLetter.objects.create(
        case=case, division=case.division, kind=kind, made_on=on, made_by=officer_name(), text=text.strip()
    )
    payload: dict[str, object] = {"on": str(on), "letter": KINDS[kind]}
    record("制作程序文书", f"案件 {case.number}", division=case.division, at=at, payload=payload)
    return letter


@needs(*CASEWORK)
@transaction.atomic
def deliver_letter(letter_id: int, *, how: str, receiver: str, on: date, at: datetime) -> CaseLetter:
    """登记送达: how a letter reached the family and who took it, once. Raises IntakeRefused."""
    letter = _held(letter_id)
    if fault := delivery_fault(letter.made_on, letter.delivered_on, letter.receiver, how, receiver, on):
        raise IntakeRefused(f"案件{letter.case.number}的{KINDS[letter.kind]}：{fault}")
    letter.delivered_on, letter.delivered_how, letter.receiver = on, how, receiver.strip()
    letter.save(update_fields=["delivered_on", "delivered_how", "receiver"])
    payload: dict[str, object] = {"on": str(on), "letter": KINDS[letter.kind], "how": WAYS[how]}
    record("送达程序文书", f"案件 {letter.case.number}", division=letter.division, at=at, payload=payload)
    return letter


@needs(*CASEWORK)
@transaction.atomic
def take_back_delivery(letter_id: int, *, on: date, at: datetime) -> CaseLetter:
    """撤销送达登记: a delivery entered by mistake, on the day it was entered for. Raises IntakeRefused."""
    letter = _held(letter_id)
    named = f"案件{letter.case.number}的{KINDS[letter.kind]}"
    if letter.delivered_on is None:
        raise IntakeRefused(f"{named}没有登记送达，不用撤销")
    if letter.delivered_on != on:
        raise IntakeRefused(f"{named}已于{letter.delivered_on}送达，只能在送达当天撤销登记")
    payload: dict[str, object] = {"on": str(on), "letter": KINDS[letter.kind], "person": letter.receiver}
    letter.delivered_on, letter.delivered_how, letter.receiver = None, "", ""
    letter.save(update_fields=["delivered_on", "delivered_how", "receiver"])
    record("撤销送达登记", f"案件 {letter.case.number}", division=letter.division, at=at, payload=payload)
    return letter


def _held(letter_id: int) -> CaseLetter:
    letter = CaseLetter.objects.select_for_update(of=("self",)).filter(pk=letter_id).first()
    if letter is None:
        raise IntakeRefused("没有这份文书，或不在本人可见的区划内")
    return letter


def delivery_fault(made_on: date, had_on: date | None, had_by: str, how: str, receiver: str, on: date) -> str:
    """Why a letter cannot be entered as delivered, "" where it can; `had_on`, `had_by`: when and by whom it was taken.

    The same for letters of a case and for those of a decision.
    """
    if had_on:
        return f"已于{had_on}送达{had_by}，请勿重复登记"
    if how not in WAYS:
        return f"送达方式“{how}”不在可选项内，请在{'、'.join(WAYS.values())}中选一项"
    if not 0 < len(receiver.strip()) <= NAME_LENGTH:
        return f"请用{NAME_LENGTH}字以内写明签收人"
    return f"送达日期{on}早于制作日期{made_on}，请改正" if on < made_on else ""
