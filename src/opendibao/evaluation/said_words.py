"""写明: words an officer writes on a form: filled in, and not too long for their field."""

from opendibao.evaluation.refusal import EvaluationRefused


def filled(text: str, label: str, most: int) -> str:
    """The words on one line. Raises EvaluationRefused naming the field where they lack or are too long."""
    said = " ".join(text.split())
    if not said:
        raise EvaluationRefused(f"“{label}”没有填写，请写明")
    if len(said) > most:
        raise EvaluationRefused(f"“{label}”有{len(said)}个字，最多{most}个，请缩短")
    return said
