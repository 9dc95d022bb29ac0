"""在保名单: the households and the persons in force behind the first two figures."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.kernel.ids import mask_id_number
from opendibao.statistics.queries import Stock
from opendibao.web import choices
from opendibao.web.asking import Asked
from opendibao.web.counted import heads_of, households_in_force, in_force, persons_in_force
from opendibao.web.labels import AREAS, RELATIONS
from opendibao.web.paging import Pager
from opendibao.web.places import Places, is_village, places
from opendibao.web.tables import Cell, ListPage, Table, blanks, count, day, heads, household, money, text

RULE = gettext_lazy("决定已作出、还没有失效的算在保。")
PERSONS_NOTE = gettext_lazy("人数按当天共同生活的成员数；“保障人数”是决定时核定的人数。")


def households(question: Asked, page: Callable[[int], Pager]) -> tuple[ListPage, Pager]:
    """Households in force at the end of the year, or today."""
    stock, names = in_force(question.as_of).within(question.division), places()
    found = page(stock.of(question.area).households)
    listed = households_in_force(question.as_of, question.area or None, division=question.division, offset=found.offset)
    heads_by = heads_of(tuple(row.household for row in listed))
    rows = [
        [household(row.household), text(heads_by.get(row.household)), text(names.full(row.division)),
         text(AREAS[row.area]), count(row.persons), money(row.amount_fen), text(row.decision), day(row.decided_on)]
        for row in listed
    ]  # fmt: skip
    table = Table(
        heads(_("户编号"), _("户主"), _("村社区"), _("城乡"), "#" + _("保障人数"), "#" + _("月保障金（元）"),
              "!" + _("决定文号"), "!" + _("决定日期")), rows,
        [Cell(_("合计 %(n)s 户") % {"n": f"{found.rows:,}"}), *blanks(7)], _("这一天没有在保的家庭。"), _("在保家庭"),
    )  # fmt: skip
    return _page("households", question, stock, names, table), found


def persons(question: Asked, page: Callable[[int], Pager]) -> tuple[ListPage, Pager]:
    """Persons in force at the end of the year, or today."""
    stock, names = in_force(question.as_of).within(question.division), places()
    found = page(stock.of(question.area).persons)
    listed = persons_in_force(
        question.as_of, question.area or None, division=question.division, limit=50, offset=found.offset
    )
    rows = [
        [text(row.name), text(RELATIONS[row.relation]), text(mask_id_number(row.id_number)), day(row.born),
         household(row.household), text(names.full(row.division)), text(AREAS[row.area])]
        for row in listed
    ]  # fmt: skip
    table = Table(
        heads(_("姓名"), _("与户主关系"), "!" + _("身份证号"), "!" + _("出生日期"), _("户编号"), _("村社区"),
              _("城乡")), rows,
        [Cell(_("合计 %(n)s 人") % {"n": f"{found.rows:,}"}), *blanks(6)], _("这一天没有在保的人员。"), _("在保人员"),
    )  # fmt: skip
    return _page("persons", question, stock, names, table), found


def _lead(question: Asked, stock: Stock) -> str:
    numbers = {"day": question.as_of, "rule": RULE}
    for name, each in (("all", stock.of(question.area)), ("rural", stock.rural), ("urban", stock.urban)):
        numbers |= {f"{name}_households": f"{each.households:,}", f"{name}_persons": f"{each.persons:,}"}
    if question.area:
        return _("%(day)s 共 %(all_households)s 户 %(all_persons)s 人；%(rule)s") % numbers
    said = _(
        "%(day)s 共 %(all_households)s 户 %(all_persons)s 人；农村 %(rural_households)s 户 %(rural_persons)s 人，"
        "城镇 %(urban_households)s 户 %(urban_persons)s 人，%(rule)s"
    )
    return said % numbers


def _page(figure: str, question: Asked, stock: Stock, names: Places, table: Table) -> ListPage:
    title = _("%(area)s在保家庭") if figure == "households" else _("%(area)s在保人员")
    start = _("%(year)s 年在保") % {"year": question.year}
    named = [("households", _("数户")), ("persons", _("数人"))]
    return ListPage(
        title=title % {"area": AREAS.get(question.area, "")},
        lead=_lead(question, stock),
        table=table,
        crumbs=list(names.way(question, start, reverse("rows", args=[figure]))),
        choices=[choices.figures(question, named, figure), choices.areas(question)],
        breakdown=_breakdown(question, stock),
        notes=[str(PERSONS_NOTE)],
    )


def _breakdown(question: Asked, stock: Stock) -> Table | None:
    if is_village(question.division):
        return None
    total = stock.of(question.area)
    rows = [
        [Cell(row.name, question.but(division=row.code)), count(row.households), count(row.persons)]
        for row in stock.by_place(question.division, question.area)
    ]
    of_town = question.division and not question.division.endswith("000000")
    return Table(
        heads(_("地方"), "#" + _("户"), "#" + _("人")), rows,
        [Cell(_("合计")), count(total.households), count(total.persons)],
        caption=_("各村社区") if of_town else _("各乡镇"), empty=_("这里没有在保的家庭。"),
    )  # fmt: skip
