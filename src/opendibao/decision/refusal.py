"""拒绝: why a step of deciding is not done, in the officer's words."""

from collections.abc import Sequence

SHOWN = 20


class DecisionRefused(ValueError):
    """A meeting, notice, decision or report was refused; nothing was changed. The text names the remedy."""


class RulesDisagree(DecisionRefused):
    """The rules say otherwise than the decision that was asked for."""


class HearingMissing(DecisionRefused):
    """From 2026-07-01 the household is heard before its benefit is reduced or stopped (社会救助法 第四十八条)."""


class BatchRefused(DecisionRefused):
    """Cases cannot be confirmed together; `rows` names each of them and why. Nothing was confirmed."""

    def __init__(self, rows: Sequence[tuple[str, str]]) -> None:
        said = "；".join(f"案件{number}：{why}" for number, why in rows[:SHOWN])
        more = f"；等{len(rows)}件" if len(rows) > SHOWN else ""
        super().__init__(f"{len(rows)}件不能成批确认，一件也没有确认。{said}{more}。请去掉这些，逐件办理")
        self.rows = tuple(rows)


class RosterRefused(DecisionRefused):
    """A whole roster, or the act over it, was refused; nothing was changed."""


def named(numbers: Sequence[str]) -> str:
    """A list for a message: the first twenty, and how many there are in all."""
    more = f"等{len(numbers)}个" if len(numbers) > SHOWN else ""
    return "、".join(numbers[:SHOWN]) + more
