"""差异责任人: returned money is the matter of the clerk of the family's township; all else is whose name is written."""

from collections.abc import Mapping, Sequence

from django.conf import settings

from opendibao.accounts.queries import holders
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import is_division, township_of
from opendibao.payment.reconciliation import ExceptionRow

OF_THE_TOWNSHIP = "returned"
"""The kind of difference that is put right where the family lives: its account is corrected there."""


def clerks_of_returns(rows: Sequence[ExceptionRow]) -> dict[str, str]:
    """The clerk of each township that has returned money among the rows; a township without one is left out."""
    towns = {township_of(row.division) for row in rows if row.kind == OF_THE_TOWNSHIP and is_division(row.division)}
    if not towns:
        return {}
    found: dict[str, str] = {}
    for one in holders({Duty.ACCEPT}, settings.OPENDIBAO_COUNTY):
        if one.division in towns:
            found.setdefault(one.division, one.name)
    return found


def owner_of(row: ExceptionRow, clerks: Mapping[str, str], otherwise: str) -> str:
    """Who answers for a difference: its township's clerk where one of `clerks` is meant, else who is written."""
    clerk = clerks.get(township_of(row.division), "") if row.kind == OF_THE_TOWNSHIP else ""
    return clerk or otherwise
