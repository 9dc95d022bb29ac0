"""审批: what the two officers of a change write down, checked before it is kept."""

from datetime import date

from opendibao.audit.session import officer_name
from opendibao.payment.models import Receivable, Suspension, Waiver
from opendibao.payment.refusal import PaymentRefused

WORDS_LENGTH = 200
SETTLED = ["outcome", "settled_by", "settled_on", "note"]
"""The fields that `settle` fills in."""


def checked_words(text: str, what: str) -> str:
    """The words of a field, trimmed. Raises PaymentRefused naming the field where it is empty or too long."""
    words = text.strip()
    if not words or len(words) > WORDS_LENGTH:
        raise PaymentRefused(f"“{what}”要填，最多{WORDS_LENGTH}个字")
    return words


def settle(asked: Suspension | Receivable | Waiver, what: str, outcome: str, note: str, on: date) -> None:
    """Put down what another officer says of a matter, which the caller holds and saves; `what` names it, counted.

    Raises PaymentRefused where it is settled already, or is the officer's own.
    """
    if asked.outcome:
        raise PaymentRefused(f"这{what}已由{asked.settled_by}在{asked.settled_on}审批")
    if asked.made_by == officer_name():
        raise PaymentRefused("提出和审批应由两人分别办理，请换人审批")
    asked.outcome, asked.settled_by, asked.settled_on, asked.note = outcome, officer_name(), on, note
