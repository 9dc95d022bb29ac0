"""退回的文件: a file that is no report one can read, said with what to do instead."""


class BadReport(ValueError):
    """The file cannot be checked; the words say why and what to send instead."""
