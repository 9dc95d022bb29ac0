"""在保名单: the households and the persons in force behind the first two figures."""

from collections.abc import Callable

from django.urls import reverse

from opendibao.kernel.ids import mask_id_number
from opendibao.statistics.queries import Count, Stock, households_in_force, persons_in_force
from opendibao.web import choices
from opendibao.web.asking import Asked
from opendibao.web.counted import by_place, in_force
from opendibao.web.labels import AREAS, RELATIONS
from opendibao.web.paging import Pager
from opendibao.web.places import Places, is_village, places
from opendibao.web.tables import Cell, ListPage, Table, blanks, count, day, heads, household, money, text

RULE = "决定已作出、还没有失效的算在保。"
PERSONS_NOTE = "人数按当天共同生活的成员数；“保障人数”是决定时核定的人数。"


def households(question: Asked, page: Callable[[int], Pager]) -> tuple[ListPage, Pager]:
    """Households in force at the end of the year, or today."""
    stock, names = in_force(question.as_of, division=question.division), places()
    found = page(_of_area(stock, question.area).households)
    listed = households_in_force(question.as_of, question.area or None, division=question.division, offset=found.offset)
    rows = [
        [household(row.household), text(names.full(row.division)), text(AREAS[row.area]), count(row.persons),
         money(row.amount_fen), text(row.decision), day(row.decided_on)]
        for row in listed
    ]  # fmt: skip
    table = Table(
        heads("户编号", "村社区", "城乡", "#保障人数", "#月保障金（元）", "!决定文号", "!决定日期"), rows,
        [Cell(f"合计 {found.rows:,} 户"), *blanks(6)], "这一天没有在保的家庭。", "在保家庭",
    )  # fmt: skip
    return _page("households", "在保家庭", question, stock, names, table), found


def persons(question: Asked, page: Callable[[int], Pager]) -> tuple[ListPage, Pager]:
    """Persons in force at the end of the year, or today."""
    stock, names = in_force(question.as_of, division=question.division), places()
    found = page(_of_area(stock, question.area).persons)
    listed = persons_in_force(
        question.as_of, question.area or None, division=question.division, limit=50, offset=found.offset
    )
    rows = [
        [text(row.name), text(RELATIONS[row.relation]), text(mask_id_number(row.id_number)), day(row.born),
         household(row.household), text(names.full(row.division)), text(AREAS[row.area])]
        for row in listed
    ]  # fmt: skip
    table = Table(
        heads("姓名", "与户主关系", "!身份证号", "!出生日期", "户编号", "村社区", "城乡"), rows,
        [Cell(f"合计 {found.rows:,} 人"), *blanks(6)], "这一天没有在保的人员。", "在保人员",
    )  # fmt: skip
    return _page("persons", "在保人员", question, stock, names, table), found


def _of_area(stock: Stock, area: str) -> Count:
    return {"": stock.total, "rural": stock.rural, "urban": stock.urban}[area]


def _page(figure: str, words: str, question: Asked, stock: Stock, names: Places, table: Table) -> ListPage:
    chosen = _of_area(stock, question.area)
    parts = f"农村 {stock.rural.households:,} 户 {stock.rural.persons:,} 人，" if not question.area else ""
    parts += f"城镇 {stock.urban.households:,} 户 {stock.urban.persons:,} 人，" if not question.area else ""
    named = [("households", "数户"), ("persons", "数人")]
    return ListPage(
        title=f"{AREAS.get(question.area, '')}{words}",
        lead=f"{question.as_of} 共 {chosen.households:,} 户 {chosen.persons:,} 人；{parts}{RULE}",
        table=table,
        crumbs=list(names.way(question, f"{question.year} 年在保", reverse("rows", args=[figure]))),
        choices=[choices.figures(question, named, figure), choices.areas(question)],
        breakdown=_breakdown(question, chosen),
        notes=[PERSONS_NOTE],
    )


def _breakdown(question: Asked, total: Count) -> Table | None:
    if is_village(question.division):
        return None
    rows = [
        [Cell(row.name, question.but(division=row.code)), count(row.households), count(row.persons)]
        for row in by_place(question.as_of, within=question.division, area=question.area or None)
    ]
    words = "各村社区" if question.division and not question.division.endswith("000000") else "各乡镇"
    return Table(
        heads("地方", "#户", "#人"), rows, [Cell("合计"), count(total.households), count(total.persons)],
        caption=words, empty="这里没有在保的家庭。",
    )  # fmt: skip
