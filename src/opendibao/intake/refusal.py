"""拒绝: why a lead or case is not taken further, in the officer's words."""


class IntakeRefused(ValueError):
    """A step of a lead or case was refused; nothing was changed. The text names the remedy."""


class NoConsent(IntakeRefused):
    """Somebody has not signed the authorisation to match, so nobody may ask about him (57号 第九条)."""
