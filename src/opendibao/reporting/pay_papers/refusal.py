"""拒绝: why a paper of a pay run is not printed."""


class NoSuchRun(LookupError):
    """There is no such run or sending, or it is another place's; the text says what to do."""
