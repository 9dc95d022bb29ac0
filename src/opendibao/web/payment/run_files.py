"""批次的文件: the part of a run's page on its files: the answer dropped there, what went and came, what is printed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.payment.exchanged import FileRow, run_files
from opendibao.web.access import PAYERS, may
from opendibao.web.labels import FILES
from opendibao.web.payment.here import HereForm, here
from opendibao.web.payment.result_acts import ResultForm
from opendibao.web.payment.run_asked import Run, subject
from opendibao.web.tables import Crumb


@dataclass(frozen=True)
class FilesPart:
    """What web/_run_files.html shows: files with what they are for and where they open.

    `drop` takes the bank's answer, None where that is not the viewer's to do.
    `late` leads to where an answer that came after the close is taken; "" where there can be none.
    """

    drop: HereForm | None
    rows: Sequence[tuple[FileRow, str, str]]
    papers: Sequence[Crumb]
    late: str = ""


def files_part(request: HttpRequest, month: str, run: Run) -> FilesPart:
    """The files of a run; they open to who pays, others see that they are there."""
    pays = may(request, PAYERS)
    rows = [(row, FILES[row.kind], _address(month, row) if pays else "") for row in run_files(run.pk)]
    late = reverse("take-result", args=[month]) if pays and run.state == "closed" else ""
    return FilesPart(result_form(request, month, run), rows, _papers(month, run, pays=pays), late)


def result_form(request: HttpRequest, month: str, run: Run) -> HereForm | None:
    """The form that takes the bank's answer, while there may be one."""
    if run.state != "sent" or not may(request, PAYERS):
        return None
    words, sending = _("收下并核对"), _("正在核对，请不要关页面……")
    address = reverse("take-result", args=[month])
    return here(address, words, ResultForm, subject(month), sending=sending, name="result")


def _address(month: str, row: FileRow) -> str:
    """Where a file that went out is made again; of what came in the hash is kept, not the bytes."""
    return reverse("run-file", args=[month, row.file_no]) if row.kind == "pay" else ""


def _papers(month: str, run: Run, *, pays: bool) -> list[Crumb]:
    rosters = [
        Crumb(_("账户预核"), reverse("account-check", args=[month])),
        Crumb(_("花名册 PDF"), reverse("run-roster", args=[month, "pdf"])),
        Crumb(_("花名册 Excel"), reverse("run-roster", args=[month, "xlsx"])),
    ]
    papers = (
        []
        if run.state == "computed"
        else [Crumb(_("资金拨付申请表"), reverse("run-papers", args=[month, "application"]))]
    )
    if run.sent_on:
        papers.append(Crumb(_("对账单"), reverse("run-papers", args=[month, "statement"])))
    return [*rosters, *papers] if pays else papers
