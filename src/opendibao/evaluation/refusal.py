"""拒绝: why a step of the evaluation is not taken, in the officer's words."""


class EvaluationRefused(ValueError):
    """A step of the evaluation was refused; nothing was changed. The text names the field and the remedy."""


class BadSheet(EvaluationRefused):
    """A row of the sheet names no known indicator, or its target, weight or score is wrong."""


class NoReason(EvaluationRefused):
    """A person changes a sheet, gives another score, or closes a finding, without saying why."""
