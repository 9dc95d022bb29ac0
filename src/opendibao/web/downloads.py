"""下载: the files of a year's report, served by name from one folder and from nowhere else."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from opendibao.audit.actions import record_view
from opendibao.web.clock import now_in_county

# what a report leaves behind: (ending, words, type); anything else in the folder is not offered
KINDS = {
    ".docx": (_("评价报告（Word）"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".pdf": (_("评价报告（PDF）"), "application/pdf"),
    ".html": (_("凭据包（一个网页文件，断网可看）"), "text/html; charset=utf-8"),
    ".xlsx": (_("明细表（Excel）"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".json": (_("全部数字（JSON）"), "application/json"),
}
MAIN = ("部门评价报告", "证据包", "figures.json")
FORM_ENDINGS = {".docx": "Word", ".pdf": "PDF"}
SAFE_NAME = re.compile(r"[\w（）()《》—-][\w.（）()《》—-]*")
# the pack carries its own script and style; it runs shut off from the site and from the network
PACK_POLICY = (
    "sandbox allow-scripts; default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
    " img-src data:; font-src data:"
)


@dataclass(frozen=True)
class ReportFile:
    """A file one may fetch: its name, what it is, its size in words."""

    name: str
    words: str
    size: str


def _folder(year: int) -> Path:
    return Path(settings.VAR) / "reports" / str(year)


def _size(number: int) -> str:
    if number < 1024 * 1024:
        return f"{max(1, round(number / 1024))} KB"
    return f"{number / 1024 / 1024:.1f} MB"


def _is_offered(path: Path) -> bool:
    return path.suffix in KINDS and bool(SAFE_NAME.fullmatch(path.name)) and path.is_file() and not path.is_symlink()


def report_files(year: int) -> list[ReportFile]:
    """The report itself, its pack and its figures; none while no report was written."""
    return [file for file in all_report_files(year) if file.name.startswith(MAIN)]


def all_report_files(year: int) -> list[ReportFile]:
    """Every file of a year's folder, in the order of KINDS; none while no report was written."""
    folder = _folder(year)
    if not folder.is_dir():
        return []
    order = list(KINDS)
    found = sorted(filter(_is_offered, folder.iterdir()), key=lambda path: (order.index(path.suffix), path.name))
    return [ReportFile(path.name, _words(path), _size(path.stat().st_size)) for path in found]


def _words(path: Path) -> str:
    """What a file is: the report's own in the words of its kind, a form by the name that it has."""
    if path.name.startswith(MAIN) or path.suffix not in FORM_ENDINGS:
        return str(KINDS[path.suffix][0])
    return f"{path.stem}（{FORM_ENDINGS[path.suffix]}）"


def report_file(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """One file of the list, whole; any other name is not there."""
    if name not in {file.name for file in all_report_files(year)}:
        raise Http404(f"没有文件“{name}”")
    path = _folder(year) / name
    record_view(f"{year}年度 {name}"[:120], settings.OPENDIBAO_COUNTY, "报告文件", at=now_in_county())
    response = HttpResponse(path.read_bytes(), content_type=KINDS[path.suffix][1])
    if path.suffix == ".html":
        response.headers["Content-Security-Policy"] = PACK_POLICY
    else:
        response.headers["Content-Disposition"] = _as_file(name)
    return response


def _as_file(name: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(name)}"
