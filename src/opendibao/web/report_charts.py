"""图: the drawings of a year's newest snapshot on the page, each with its words and its numbers beside it."""

import re
from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _

from opendibao.evaluation.queries import snapshot_version
from opendibao.evaluation.snapshot import Snapshot
from opendibao.reporting.charts.album import pictures
from opendibao.reporting.charts.picture import Picture
from opendibao.reporting.gathering import gather_locked
from opendibao.web.labels import CHARTS
from opendibao.web.tables import Cell, Table, heads, text

NUMBER = re.compile(r"[＋－]?\d+(\.\d+)?%?")
KEPT = 8
IN_A_DAY = 86_400


class Shown:
    """A drawing on a page: where it is fetched, its words, its numbers as a table."""

    def __init__(self, snapshot: Snapshot, picture: Picture) -> None:
        self.src = reverse("chart", args=[snapshot.year, snapshot.version, picture.name])
        self.caption, self.alt = _(CHARTS[picture.name]), picture.alt
        self.width, self.height = picture.width, picture.height
        columns = list(zip(*picture.rows, strict=True))
        named = (f"#{_(head)}" if all(map(NUMBER.fullmatch, cells)) else _(head)
                 for head, cells in zip(picture.heads, columns, strict=True))  # fmt: skip
        self.table = Table(
            heads(*named),
            [[Cell(row[0]), *(text(cell) for cell in row[1:])] for row in picture.rows],
            caption=_("%(caption)s，数字") % {"caption": self.caption}, nothing=_("没有数字"), empty="",
        )  # fmt: skip


def charts_of(snapshot: Snapshot) -> list[Shown]:
    """The drawings of a snapshot in their order; none where nothing was kept to draw."""
    return [Shown(snapshot, one) for one in _drawn(snapshot).values()]


def chart(request: HttpRequest, year: int, version: int, picture: str) -> HttpResponse:
    """One drawing as SVG. A snapshot never changes, so that its drawing is kept until another version is drawn."""
    snapshot = snapshot_version(year, settings.OPENDIBAO_COUNTY, version)
    found = _drawn(snapshot).get(picture) if snapshot else None
    if snapshot is None or found is None:
        raise Http404(f"{year}年第{version}版没有图“{picture}”")
    etag = quote_etag(f"{snapshot.sha256[:20]}-{picture}")
    response = get_conditional_response(request, etag=etag)
    if not isinstance(response, HttpResponseNotModified):
        response = HttpResponse(found.svg, content_type="image/svg+xml; charset=utf-8")
        response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"private, max-age={IN_A_DAY}"
    return response


def _drawn(snapshot: Snapshot) -> Mapping[str, Picture]:
    return _kept(snapshot.year, snapshot.version, snapshot.sha256)


@lru_cache(maxsize=KEPT)
def _kept(year: int, version: int, sha256: str) -> Mapping[str, Picture]:
    """The drawings of the snapshot of this content; read again only where they are not kept."""
    snapshot = snapshot_version(year, settings.OPENDIBAO_COUNTY, version)
    return pictures(gather_locked(snapshot, samples=False)) if snapshot else {}
