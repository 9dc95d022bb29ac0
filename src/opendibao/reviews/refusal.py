"""拒绝: why a periodic review is not scheduled or closed, in the officer's words."""


class ReviewRefused(ValueError):
    """A step of a periodic review was refused; nothing was changed. The text names the remedy."""
