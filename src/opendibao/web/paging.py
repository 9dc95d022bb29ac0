"""翻页: fifty rows a page, counted in the database, so that no page grows with the county."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from opendibao.web.asking import BadQuestion

ROWS_A_PAGE = 50


@dataclass(frozen=True)
class Pager:
    """Which page of how many; links keep what else was asked."""

    number: int
    rows: int
    question: str

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.rows // ROWS_A_PAGE))

    @property
    def offset(self) -> int:
        """Rows before this page."""
        return (self.number - 1) * ROWS_A_PAGE

    @property
    def first(self) -> int:
        """Number of the first row on the page, counted from one (0: no rows)."""
        return min(self.offset + 1, self.rows)

    @property
    def last(self) -> int:
        """Number of the last row on the page."""
        return min(self.offset + ROWS_A_PAGE, self.rows)

    @property
    def former(self) -> str:
        """Link to the page before, empty on the first."""
        return self._link(self.number - 1) if self.number > 1 else ""

    @property
    def later(self) -> str:
        """Link to the next page, empty on the last."""
        return self._link(self.number + 1) if self.number < self.pages else ""

    def _link(self, number: int) -> str:
        return f"?{self.question}&page={number}" if self.question else f"?page={number}"


def pager(request: HttpRequest, rows: int) -> Pager:
    """The page that is asked for. Raises BadQuestion for a page that does not exist."""
    asked = request.GET.copy()
    text = (asked.pop("page", None) or ["1"])[-1]
    for passing in ("text", "lang", "done"):
        asked.pop(passing, None)
    assert isinstance(text, str)
    found = Pager(int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0, rows, asked.urlencode())
    if not 1 <= found.number <= found.pages:
        said = _("没有第“%(page)s”页，共 %(pages)s 页，请从第 1 页看起")
        raise BadQuestion(said % {"page": text, "pages": found.pages})
    return found
