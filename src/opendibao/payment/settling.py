"""审批: what the two officers of a change write down, checked before it is kept."""

from opendibao.payment.refusal import PaymentRefused

WORDS_LENGTH = 200


def checked_words(text: str, what: str) -> str:
    """The words of a field, trimmed. Raises PaymentRefused naming the field where it is empty or too long."""
    words = text.strip()
    if not words or len(words) > WORDS_LENGTH:
        raise PaymentRefused(f"“{what}”要填，最多{WORDS_LENGTH}个字")
    return words
