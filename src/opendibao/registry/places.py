"""区划登记: enters counties, townships and villages, and tells which codes an officer may register households in."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import connection, transaction

from opendibao.audit.actions import record
from opendibao.audit.bulk import copy_rows
from opendibao.audit.duties import needs
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import is_division
from opendibao.registry.models import Division
from opendibao.registry.refusal import OUT_OF_REACH, refuse_all

LEVELS = ("county", "town", "village")
DivisionRow = tuple[str, str, str, str]
VILLAGES = """
SELECT code, level, coalesce(starts_with(code, nullif(current_setting('app.division', true), '')), false)
FROM registry_division WHERE code = ANY(%s)
"""


@needs(Duty.OPERATE)
@transaction.atomic
def load_divisions(rows: Sequence[DivisionRow], *, at: datetime) -> int:
    """Enter (level, code, name, parent code) of new divisions, a county's parent being ""; returns how many.

    Divisions known already stay as they are. Raises RegistryRefused naming each faulty row.
    """
    known = dict(Division.objects.values_list("code", "level"))
    refuse_all(_faults(rows, known))
    fresh = sorted((row for row in rows if row[1] not in known), key=lambda row: (LEVELS.index(row[0]), row[1]))
    copy_rows(
        "registry_division",
        ["code", "name", "level", "parent_id"],
        ((code, name.strip(), level, parent or None) for level, code, name, parent in fresh),
    )
    if fresh:
        first = fresh[0][1]
        record("登记区划", f"区划 {first}", division=first, at=at, payload={"divisions": len(fresh)})
    return len(fresh)


def _faults(rows: Sequence[DivisionRow], known: dict[str, str]) -> list[str]:
    """What is wrong with each row; parents may stand in the same list."""
    level_of = {**known, **{code: level for level, code, _, _ in rows}}
    found, seen = [], set[str]()
    for level, code, name, parent in rows:
        fault = _fault(level, code, name, parent, level_of)
        if code in seen:
            fault = "区划代码重复"
        seen.add(code)
        if fault:
            found.append(f"区划“{code}”：{fault}，请对照统计用区划代码表改正")
    return found


def _fault(level: str, code: str, name: str, parent: str, level_of: dict[str, str]) -> str:
    if not is_division(code):
        return "代码应为12位数字"
    if not name.strip():
        return "缺少名称"
    if level not in LEVELS or level != _level_of_code(code):
        return f"层级“{level}”与代码不符"
    if level != "county" and LEVELS.index(level) != LEVELS.index(level_of.get(parent, "village")) + 1:
        return f"上级“{parent}”不存在或层级不对"
    return ""


def _level_of_code(code: str) -> str:
    if code.endswith("000000"):
        return "county"
    return "town" if code.endswith("000") else "village"


def village_faults(codes: Collection[str]) -> dict[str, str]:
    """Why nothing can be registered under a code (unknown, no village, another's), by code; good codes are absent."""
    with connection.cursor() as cursor:
        cursor.execute(VILLAGES, [list(codes)])
        known = {code: (level, is_mine) for code, level, is_mine in cursor.fetchall()}
    found = {}
    for code in codes:
        level, is_mine = known.get(code, ("", False))
        if not level:
            found[code] = f"区划代码“{code}”不存在，请对照区划代码表改正"
        elif level != "village":
            found[code] = f"区划代码“{code}”不是村（社区），请填到村（社区）一级"
        elif not is_mine:
            found[code] = OUT_OF_REACH
    return found
