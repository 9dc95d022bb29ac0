"""信函索证: an office or firm is asked for evidence by letter, and answers (57号 第十六条)."""

from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.intake.models import Attachment
from opendibao.kernel.duties import Duty
from opendibao.verification.models import EvidenceLetter
from opendibao.verification.neighbours import open_case
from opendibao.verification.refusal import VerificationRefused

ADDRESSEE_LENGTH, WORDS_LENGTH = 120, 300


@needs(Duty.ACCEPT, Duty.SURVEY)
@transaction.atomic
def send_evidence_letter(case_id: int, *, addressee: str, asks: str, on: date, at: datetime) -> EvidenceLetter:
    """发函: who is asked for what. Raises VerificationRefused."""
    case = open_case(case_id)
    addressee, asks = addressee.strip(), asks.strip()
    if not 0 < len(addressee) <= ADDRESSEE_LENGTH:
        raise VerificationRefused(f"请用{ADDRESSEE_LENGTH}字以内写明受函单位")
    if not 0 < len(asks) <= WORDS_LENGTH:
        raise VerificationRefused(f"请用{WORDS_LENGTH}字以内写明询问事项")
    if case.accepted_on and on < case.accepted_on:
        raise VerificationRefused(f"发函日期{on}早于受理日期{case.accepted_on}，请改正")
    if EvidenceLetter.objects.filter(case=case, addressee=addressee, asks=asks, answered_on=None).exists():
        raise VerificationRefused(f"同样的函已经发给{addressee}，还没有复函，请勿重复")
    letter = EvidenceLetter.objects.create(
        case=case, division=case.division, addressee=addressee, asks=asks, sent_on=on, sent_by=officer_name()
    )
    payload: dict[str, object] = {"on": str(on), "addressee": addressee}
    record("信函索证", f"案件 {case.number}", division=case.division, at=at, payload=payload)
    return letter


@needs(Duty.ACCEPT, Duty.SURVEY)
@transaction.atomic
def answer_evidence_letter(
    letter_id: int, *, answer: str, on: date, at: datetime, paper_id: int | None = None
) -> EvidenceLetter:
    """登记复函: what was answered, with the paper where it was kept; once. Raises VerificationRefused."""
    letter = EvidenceLetter.objects.select_for_update(of=("self",)).filter(pk=letter_id).first()
    if letter is None:
        raise VerificationRefused("没有这封函，或不在本人可见的区划内")
    if letter.answered_on:
        raise VerificationRefused(f"{letter.addressee}已于{letter.answered_on}复函，不能改写；又有来函请另发一封函登记")
    answer = answer.strip()
    if not 0 < len(answer) <= WORDS_LENGTH:
        raise VerificationRefused(f"请用{WORDS_LENGTH}字以内写明复函内容")
    if on < letter.sent_on:
        raise VerificationRefused(f"复函日期{on}早于发函日期{letter.sent_on}，请改正")
    if paper_id and not Attachment.objects.filter(pk=paper_id, case=letter.case_id).exists():
        raise VerificationRefused("没有这份复函附件，请重新上传")
    letter.answered_on, letter.answer, letter.paper_id = on, answer, paper_id
    letter.save(update_fields=["answered_on", "answer", "paper_id"])
    payload: dict[str, object] = {"on": str(on), "addressee": letter.addressee}
    record("登记复函", f"案件 {letter.case.number}", division=letter.division, at=at, payload=payload)
    return letter
