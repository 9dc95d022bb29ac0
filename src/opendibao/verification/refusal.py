"""拒绝: why an answer, disposition or survey is not filed, in the officer's words."""


class VerificationRefused(ValueError):
    """A step of matching or surveying was refused; nothing was changed. The text names the remedy."""
