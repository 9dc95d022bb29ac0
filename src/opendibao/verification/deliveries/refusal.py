"""拒绝: why a department's file is not taken, in the officer's words."""

from opendibao.verification.refusal import VerificationRefused


class DeliveryRefused(VerificationRefused):
    """A file was refused whole and nothing of it was kept. The text names what is wrong and the remedy."""
