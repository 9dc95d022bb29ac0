"""A township's clerk at his desk, with cases of the village that have come as far as a test needs them."""

from opendibao.intake.models import Case
from tests.decision.builders import noticed, reviewed, surveyed
from tests.decision.villages import CADRES, PARTY, VILLAGERS
from tests.registry.builders import LONER, divisions, household
from tests.web.desk import OTHER_TOWN, Desk, hired

TODAY = "2025-01-06"
PEOPLE = {
    "chair": "邓主持", "recorder": "方记录", "villagers": "、".join(VILLAGERS), "party": "，".join(PARTY),
    "cadres": "\n".join(CADRES), "held_on": TODAY,
}  # fmt: skip


def clerk(username: str = "clerk91", name: str = "王经办") -> Desk:
    """Somebody at the township's window."""
    return Desk(hired(username, name))


def stranger() -> Desk:
    """A clerk of another township."""
    return Desk(hired("clerk99", "远经办", division=OTHER_TOWN))


def two_surveyed() -> tuple[Case, Case]:
    """The family of three and a man alone, both visited."""
    divisions()
    return surveyed(), surveyed(home=household("999999-00002", LONER))


def one_reviewed() -> Case:
    """The family of three, voted on."""
    divisions()
    return reviewed()


def one_noticed() -> Case:
    """The family of three, under notice in March 2024."""
    divisions()
    return noticed()


def ballots(case: Case, *counts: int) -> dict[str, str]:
    """The row of a case as it is typed: for, against, spoiled, not returned; what is left out stays empty."""
    names = ("for", "against", "spoiled", "missing")
    return {f"{name}_{case.pk}": str(count) for name, count in zip(names, counts, strict=False)}
