"""找家庭: one box for name, pinyin initials, end of the id number, household number or village."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from opendibao.registry.queries import FoundRow
from opendibao.registry.queries import household as household_of
from opendibao.registry.queries import search as find
from opendibao.web.asking import BadQuestion
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.tables import Cell, ListPage, Table, count, heads, household, text

LONGEST = 60
HINT = "可以输入姓名（王秀英）、拼音首字母（wxy）、身份证后四位、户编号，或者村社区名。"


def search(request: HttpRequest) -> HttpResponse:
    """Households that fit; a whole household number goes straight to its page."""
    asked = request.GET.get("q", "").strip()
    if len(asked) > LONGEST:
        raise BadQuestion(f"要找的字太多，最多 {LONGEST} 个")
    if asked and household_of(asked):
        return redirect("household", asked)
    number = request.GET.get("page", "1")
    offset = (int(number) - 1) * ROWS_A_PAGE if number.isascii() and number.isdigit() and len(number) < 7 else 0
    rows, total = find(asked, limit=ROWS_A_PAGE, offset=max(offset, 0))
    found = pager(request, total)
    page = ListPage(f"“{asked}”" if asked else "找家庭", _lead(asked, total), _table(asked, rows))
    return render(request, "web/rows.html", {"page": page, "pager": found, "seek": asked})


def _lead(asked: str, total: int) -> str:
    return f"找到 {total:,} 户。" if asked and total else ("" if asked else HINT)


def _table(asked: str, rows: list[FoundRow]) -> Table:
    cells = [
        [household(row.household), text(row.head), _matched(row), text(row.town + row.village), count(row.members)]
        for row in rows
    ]
    empty = f"没有找到。{HINT}" if asked else "在上面的框里输入，按回车。"
    return Table(heads("户编号", "户主", "找到的人", "村社区", "#人"), cells, empty=empty, caption="找到的家庭")


def _matched(row: FoundRow) -> Cell:
    return text(row.matched if row.matched not in (row.head, row.household, row.village) else "")
