"""增减名单: the households and persons that entered or left, by month and place."""

from collections.abc import Callable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.kernel.ids import mask_id_number
from opendibao.statistics.queries import MovedPlace, MoveRow, Moves
from opendibao.web import choices
from opendibao.web.asking import Asked
from opendibao.web.counted import heads_of, moved, moved_by_place
from opendibao.web.paging import Pager
from opendibao.web.places import Places, is_village, places
from opendibao.web.tables import Cell, ListPage, Table, blanks, count, day, heads, household, text

Builder = Callable[[Asked, Callable[[int], Pager]], tuple[ListPage, Pager]]
# by (is entry, of persons): what the page is called, what its table, what it says of its number
TITLES = {
    (True, False): gettext_lazy("%(when)s新增家庭"), (True, True): gettext_lazy("%(when)s新增人员"),
    (False, False): gettext_lazy("%(when)s核减家庭"), (False, True): gettext_lazy("%(when)s核减人员"),
}  # fmt: skip
CAPTIONS = {True: gettext_lazy("新增名单"), False: gettext_lazy("核减名单")}
STARTS = {True: gettext_lazy("%(year)s 年新增"), False: gettext_lazy("%(year)s 年核减")}
NONE = {True: gettext_lazy("这段时间没有新增。"), False: gettext_lazy("这段时间没有核减。")}
DEFINITIONS = {
    True: gettext_lazy("在保期从这段时间开始的算新增；人员还包括在保家庭里出生、婚嫁、迁入的。"),
    False: gettext_lazy("在保期在这段时间结束的算核减；人员还包括在保家庭里死亡、迁出、婚嫁离开的。"),
}


def _builder(*, is_entry: bool, of_persons: bool) -> Builder:
    def build(question: Asked, page: Callable[[int], Pager]) -> tuple[ListPage, Pager]:
        asked = Moves(question.year, is_entry, of_persons, question.month, question.division)
        parts, names = moved_by_place(asked), places()
        found = page(sum(row.count for row in parts))
        listed = moved(asked, offset=found.offset)
        return _page(question, asked, parts, _table(asked, listed, names, found.rows), names), found

    return build


entered = _builder(is_entry=True, of_persons=False)
entered_persons = _builder(is_entry=True, of_persons=True)
left = _builder(is_entry=False, of_persons=False)
left_persons = _builder(is_entry=False, of_persons=True)


def _table(asked: Moves, listed: Sequence[MoveRow], names: Places, total: int) -> Table:
    whose, number = [_("姓名"), "!" + _("身份证号")], [_("户编号")]
    heads_by = {} if asked.of_persons else heads_of(tuple(row.household for row in listed))
    rows = []
    for row in listed:
        person = [text(row.name), text(mask_id_number(row.id_number))]
        home, head = household(row.household), text(heads_by.get(row.household))
        who = [*person, home] if asked.of_persons else [home, head]
        rows.append([*who, text(names.full(row.division)), day(row.since), day(row.until)])
    first = [*whose, *number] if asked.of_persons else [*number, _("户主")]
    summed = _("合计 %(n)s 人") if asked.of_persons else _("合计 %(n)s 户")
    return Table(
        heads(*first, _("村社区"), "!" + _("在保起"), "!" + _("在保止")), rows,
        [Cell(summed % {"n": f"{total:,}"}), *blanks(2 + len(first))],
        str(NONE[asked.is_entry]), str(CAPTIONS[asked.is_entry]),
    )  # fmt: skip


def _page(question: Asked, asked: Moves, parts: Sequence[MovedPlace], table: Table, names: Places) -> ListPage:
    name = "entered" if asked.is_entry else "left"
    figure = f"{name}-persons" if asked.of_persons else name
    total, start = sum(row.count for row in parts), STARTS[asked.is_entry] % {"year": question.year}
    return ListPage(
        title=TITLES[asked.is_entry, asked.of_persons] % {"when": question.when},
        lead=_lead(asked, total),
        table=table,
        crumbs=list(names.way(question, start, reverse("rows", args=[figure]))),
        choices=[
            choices.figures(question, [(name, _("数户")), (f"{name}-persons", _("数人"))], figure),
            choices.months(question),
        ],
        breakdown=None if is_village(question.division) else _breakdown(question, asked, parts, total),
    )


def _lead(asked: Moves, total: int) -> str:
    said = _("共 %(n)s 人。%(definition)s") if asked.of_persons else _("共 %(n)s 户。%(definition)s")
    return said % {"n": f"{total:,}", "definition": DEFINITIONS[asked.is_entry]}


def _breakdown(question: Asked, asked: Moves, parts: Sequence[MovedPlace], total: int) -> Table:
    unit = _("人") if asked.of_persons else _("户")
    rows = [[Cell(row.name, question.but(division=row.code)), count(row.count)] for row in parts]
    summed = [Cell(_("合计")), count(total)]
    return Table(heads(_("地方"), "#" + unit), rows, summed, _("这段时间没有变动。"), _("分布"))
