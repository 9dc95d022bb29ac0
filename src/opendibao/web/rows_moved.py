"""增减名单: the households and persons that entered or left, by month and place."""

from collections.abc import Callable, Sequence

from django.urls import reverse

from opendibao.kernel.ids import mask_id_number
from opendibao.statistics.queries import MovedPlace, MoveRow, Moves, moved
from opendibao.web import choices
from opendibao.web.asking import Asked
from opendibao.web.counted import moved_by_place
from opendibao.web.paging import Pager
from opendibao.web.places import Places, is_village, places
from opendibao.web.tables import Cell, ListPage, Table, blanks, count, day, heads, household, text

Builder = Callable[[Asked, Callable[[int], Pager]], tuple[ListPage, Pager]]
WORDS = {True: "新增", False: "核减"}
DEFINITIONS = {
    True: "在保期从这段时间开始的算新增；人员还包括在保家庭里出生、婚嫁、迁入的。",
    False: "在保期在这段时间结束的算核减；人员还包括在保家庭里死亡、迁出、婚嫁离开的。",
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
    whose = ["姓名", "!身份证号"] if asked.of_persons else []
    rows = []
    for row in listed:
        person = [text(row.name), text(mask_id_number(row.id_number))] if asked.of_persons else []
        place = text(names.full(row.division))
        rows.append([*person, household(row.household), place, day(row.since), day(row.until)])
    unit = "人" if asked.of_persons else "户"
    return Table(
        heads(*whose, "户编号", "村社区", "!在保起", "!在保止"), rows,
        [Cell(f"合计 {total:,} {unit}"), *blanks(3 + len(whose))],
        f"这段时间没有{WORDS[asked.is_entry]}。", f"{WORDS[asked.is_entry]}名单",
    )  # fmt: skip


def _page(question: Asked, asked: Moves, parts: Sequence[MovedPlace], table: Table, names: Places) -> ListPage:
    name, words = ("entered" if asked.is_entry else "left"), WORDS[asked.is_entry]
    unit = "人" if asked.of_persons else "户"
    figure = f"{name}-persons" if asked.of_persons else name
    when = f"{question.year} 年" + (f" {question.month.month} 月" if question.month else "")
    total = sum(row.count for row in parts)
    return ListPage(
        title=f"{when}{words}{'人员' if asked.of_persons else '家庭'}",
        lead=f"共 {total:,} {unit}。{DEFINITIONS[asked.is_entry]}",
        table=table,
        crumbs=list(names.way(question, f"{question.year} 年{words}", reverse("rows", args=[figure]))),
        choices=[
            choices.figures(question, [(name, "数户"), (f"{name}-persons", "数人")], figure),
            choices.months(question),
        ],
        breakdown=None if is_village(question.division) else _breakdown(question, parts, unit, total),
    )


def _breakdown(question: Asked, parts: Sequence[MovedPlace], unit: str, total: int) -> Table:
    rows = [[Cell(row.name, question.but(division=row.code)), count(row.count)] for row in parts]
    return Table(heads("地方", f"#{unit}"), rows, [Cell("合计"), count(total)], "这段时间没有变动。", "分布")
