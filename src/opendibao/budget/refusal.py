"""拒绝: why money that came is not entered, or a file is not sent, in the officer's words."""


class FundRefused(ValueError):
    """An entry of money, or a sending for which the money has not come, was refused; nothing was changed."""
