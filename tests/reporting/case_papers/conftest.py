"""A county officer in a county whose divisions are known."""

from tests.decision.conftest import places

__all__ = ["places"]
