"""What a village does with a case under another procedure, and the people who sit in its meetings."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest

from opendibao.decision.notice import post_notice
from opendibao.decision.objections import register_objection, settle_objection
from opendibao.decision.seats import Seat
from opendibao.intake.models import Case
from opendibao.policy.procedures import Procedure, procedure_in
from opendibao.policy.reader import pack_of_division
from tests.registry.builders import at

VILLAGERS = ("甲代表", "乙代表", "丙代表", "丁代表", "戊代表", "己代表", "庚代表")
PARTY, CADRES = ("辛党员", "壬党员", "癸党员"), ("邓主持", "方记录", "赵干部")
OBJECTED, SETTLED = date(2024, 3, 12), date(2024, 3, 14)


def seats() -> list[Seat]:
    """Seven villagers' representatives, three party members, three cadres."""
    return [
        *(Seat(name, "villager") for name in VILLAGERS),
        *(Seat(name, "party") for name in PARTY),
        *(Seat(name, "cadre") for name in CADRES),
    ]


@contextmanager
def procedure(name: str, **changes: object) -> Iterator[None]:
    """Cases that are accepted meanwhile are accepted under a procedure of the product's own files, or nearly so."""

    def found(division: str, on: date) -> Procedure:
        return replace(procedure_in(pack_of_division(division), on, name), **changes)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("opendibao.intake.actions.procedure_of", found)
        yield


def post(case: Case, on: date) -> None:
    """Its sheet is put up."""
    post_notice(case.pk, on=on, at=at(on), places=["村务公开栏"])


def objected(case: Case, outcome: str = "", on: date = OBJECTED, settled: date = SETTLED) -> int:
    """A neighbour objects by name; with an outcome the objection is settled."""
    made = register_objection(case.pk, words="家里有门面出租", person="钱邻居", contact="00012340000", on=on, at=at(on))
    if outcome:
        settle_objection(made.pk, outcome=outcome, answer="已向市场监管部门核实", on=settled, at=at(settled))
    return made.pk
