"""拒绝: why something is not entered in the registry, in the officer's words."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import IntegrityError, ProgrammingError, transaction
from psycopg.errors import InsufficientPrivilege

SHOWN = 20
SAID = {
    "registry_person_id_number_key": "名单中有人的身份证号已在其他乡镇登记，请报县民政局办理迁移，不要重复建档",
    "registry_household_number_key": "户编号已在其他乡镇使用，请换一个户编号",
    "one_household_at_a_time": "名单中有人同一时间已在另一户，请先在原户办理减少成员",
    "one_head_at_a_time": "同一时间一户只能有一个户主，请先变更户主",
    "one_account_at_a_time": "这一户在该时间已另有登记的银行账户，请先核对账户的起止日期",
    "one_account_change_waiting": "这一户已有账户变更在等核实，请先核实或撤回",
    "account_only_as_confirmed": "变更账户请先提出，由另一人核实后才生效",
    "proxy_once_at_a_time": "这个代领人在这段时间已经登记过，请先终止原来的代领",
    "one_custody_at_a_time": "这一户的银行卡已有人代管，请先登记归还",
    "one_place_at_a_time": "这一户在该时间已另有登记的住址，请先核对住址的起止日期",
}
OUT_OF_REACH = "所填的村（社区）不在本人办理的区划内，请由所在乡镇或县民政局办理"


class RegistryRefused(ValueError):
    """An entry of the registry was refused; nothing was written. The text names row, field and remedy."""


def refuse_all(faults: Sequence[str]) -> None:
    """Raise RegistryRefused with the first twenty faults and how many there are; do nothing when there are none."""
    if faults:
        more = f"；等{len(faults)}处" if len(faults) > SHOWN else ""
        raise RegistryRefused("；".join(faults[:SHOWN]) + more)


@contextmanager
def refused_by_database() -> Iterator[None]:
    """Say in plain words what the database refuses: rows of other townships that this officer cannot see."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        words = SAID.get(diagnosis.constraint_name) if diagnosis else None
        if words is None:
            raise
        raise RegistryRefused(words) from error
    except ProgrammingError as error:
        if not isinstance(error.__cause__, InsufficientPrivilege):
            raise
        raise RegistryRefused(OUT_OF_REACH) from error
