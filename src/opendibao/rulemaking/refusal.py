"""拒绝: why a change of a parameter is not drafted, approved or scheduled, in the officer's words."""


class ChangeRefused(ValueError):
    """A change was refused; nothing was changed. The text names the remedy."""


class SameOfficer(ChangeRefused):
    """Who drafted a change may not approve it."""


class Retroactive(ChangeRefused):
    """A change would hold on a day that has begun."""


class GoldenBroken(ChangeRefused):
    """Worked cases would be answered otherwise under the change; `cases` names them."""

    def __init__(self, text: str, cases: tuple[str, ...]) -> None:
        super().__init__(text)
        self.cases = cases
