"""在保: households and persons in force at the year's end and at its beginning."""

from opendibao.evaluation import sql
from opendibao.evaluation.figure import Figure, Total

HOUSEHOLD_HEADS = ("户编号", "乡镇", "村社区", "城乡", "在保起", "失效日")
PERSON_HEADS = ("姓名", "身份证号", *HOUSEHOLD_HEADS)
RULE = "决定日期不晚于该日且该日尚未失效的家庭，不论起发月（57号第二十一条）；城乡按决定适用的标准"
AREAS = {"": "城乡", "rural": "农村", "urban": "城镇"}


def _pair(prefix: str, zh: str, moment: sql.Moment, area: str) -> tuple[Figure, Figure]:
    return (
        Figure(
            f"{prefix}households",
            f"{zh}户数",
            "户",
            Total.COUNT,
            sql.households(moment, area),
            HOUSEHOLD_HEADS,
            f"{zh}：{RULE}",
            wider=sql.wider(sql.households(moment), area),
        ),
        Figure(
            f"{prefix}persons",
            f"{zh}人数",
            "人",
            Total.COUNT,
            sql.persons(moment, area),
            PERSON_HEADS,
            f"{zh}家庭中该日共同生活的成员（57号第七条）",
            exclusions="该日之前已死亡、迁出或不再共同生活的人员",
            private=("姓名", "身份证号"),
            wider=sql.wider(sql.persons(moment), area),
        ),
    )


def of_each_area(prefix: str, zh: str, moment: sql.Moment) -> tuple[Figure, ...]:
    """Households and persons of a day: all, rural, urban."""
    pairs = (
        _pair(f"{prefix}{area}." if area else prefix, zh.format(area=word), moment, area)
        for area, word in AREAS.items()
    )
    return tuple(figure for pair in pairs for figure in pair)


FIGURES = (
    *of_each_area("opening.", "年初{area}在保", sql.on_day("%(eve)s")),
    *of_each_area("", "年末{area}在保", sql.on_day("%(last)s")),
)
