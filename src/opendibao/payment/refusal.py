"""拒绝: why a step of paying is not done, in the officer's words."""

from collections.abc import Sequence

SHOWN = 20


class PaymentRefused(ValueError):
    """A pay run, bank file or bank return was refused; nothing was changed. The text names the remedy."""


def named(numbers: Sequence[str]) -> str:
    """A list for a message: the first twenty, and how many there are in all."""
    more = f"等{len(numbers)}户" if len(numbers) > SHOWN else ""
    return "、".join(numbers[:SHOWN]) + more
