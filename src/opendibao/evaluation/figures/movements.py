"""增减: who entered and who left in the year, persons counted inside staying households too (docs/adr).

年初 + 新增 − 核减 = 年末; by area the households and persons that changed over to its standard stand beside.
"""

from opendibao.evaluation import sql
from opendibao.evaluation.figure import Figure, Total
from opendibao.evaluation.figures.stock import AREAS, HOUSEHOLD_HEADS, PERSON_HEADS

PRIVATE = ("姓名", "身份证号")
CAME = "随户新增的人员，加上在保家庭中因出生、婚嫁等新增的人员；在两个在保家庭之间转移的不算"
WENT = "随户核减的人员，加上在保家庭中因死亡、迁出、婚嫁等减少的人员；在两个在保家庭之间转移的不算"


def _moved(area: str, word: str) -> tuple[Figure, ...]:
    came = _both("entered", "新增", sql.ENTERED, area, word, of_households="在保期从本年开始的家庭", of_persons=CAME)
    went = _both("left", "核减", sql.LEFT, area, word, of_households="在保期在本年结束的家庭", of_persons=WENT)
    return came + went


def _both(
    id_: str, zh: str, moment: sql.Moment, area: str, word: str, *, of_households: str, of_persons: str
) -> tuple[Figure, Figure]:
    """Households and persons of one kind of movement."""
    head, label = f"{id_}.{area}" if area else id_, f"全年{word}{zh}"
    households = sql.households(moment, area)
    persons = sql.persons(moment, area)
    return (
        Figure(
            f"{head}.households", f"{label}户数", "户", Total.COUNT, households, HOUSEHOLD_HEADS, of_households,
            wider=sql.wider(sql.households(moment), area),
        ),
        Figure(
            f"{head}.persons", f"{label}人数", "人", Total.COUNT, persons, PERSON_HEADS, of_persons, private=PRIVATE,
            wider=sql.wider(sql.persons(moment), area),
        ),
    )  # fmt: skip


def _changed(area: str, word: str) -> tuple[Figure, ...]:
    return (
        Figure(
            f"changed.{area}.households",
            f"全年转为{word}标准户数",
            "户",
            Total.COUNT,
            sql.households_changed_to(area),
            HOUSEHOLD_HEADS,
            f"在保家庭在本年改按{word}标准的，不算新增或核减",
            wider=sql.wider(sql.households_changed_to(), area),
        ),
        Figure(
            f"changed.{area}.persons",
            f"全年转为{word}标准人数",
            "人",
            Total.COUNT,
            sql.persons_changed_to(area),
            PERSON_HEADS,
            f"在保人员在本年改按{word}标准的，不算新增或核减",
            private=PRIVATE,
            wider=sql.wider(sql.persons_changed_to(), area),
        ),
    )


FIGURES = (
    *(figure for area, word in AREAS.items() for figure in _moved(area, "" if not area else word)),
    *(figure for area, word in AREAS.items() if area for figure in _changed(area, word)),
)
