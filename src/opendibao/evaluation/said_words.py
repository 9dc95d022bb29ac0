"""写明: words an officer writes on a form: filled in, and not too long for their field."""

from opendibao.evaluation.refusal import EvaluationRefused


def filled(
    text: str, label: str, most: int, *, needed: bool = True, refusal: type[EvaluationRefused] = EvaluationRefused
) -> str:
    """The words on one line. Raises `refusal` naming the field where they lack, though needed, or are too long."""
    said = " ".join(text.split())
    if needed and not said:
        raise refusal(f"“{label}”没有填写，请写明")
    if len(said) > most:
        raise refusal(f"“{label}”有{len(said)}个字，最多{most}个，请缩短")
    return said
