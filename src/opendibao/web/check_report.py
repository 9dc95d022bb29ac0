"""报告体检: choose any evaluation report or paste its text; what does not hold is shown beside it; nothing is kept."""

import base64
import binascii
import json
from collections.abc import Callable
from pathlib import PurePath
from typing import IO, Any
from urllib.parse import quote

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from opendibao.evaluation.checkup.answer import answer
from opendibao.evaluation.checkup.catalogue import check_document
from opendibao.evaluation.checkup.comments import commented
from opendibao.evaluation.checkup.document import Document
from opendibao.evaluation.checkup.finding import Finding
from opendibao.evaluation.checkup.reading import BadReport, read_with_marks
from opendibao.evaluation.checkup.reading.word import Marks
from opendibao.web.access import takes_a_form
from opendibao.web.asking import BadQuestion
from opendibao.web.checked_paper import paper
from opendibao.web.county import asked_of
from opendibao.web.evaluation_tabs import evaluation_tabs
from opendibao.web.tables import Crumb

MEGABYTE = 1024 * 1024
MOST_SENT = 20 * MEGABYTE
MOST_CARRIED = 1_800_000
"""Bytes of a report that its page carries along for the downloads; a larger file is chosen again."""
REFUSED = 422
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
JSON = "application/json; charset=utf-8"
MARKDOWN_BEGINS = ("# ", "## ")
Checked = tuple[bytes, Document, Marks | None, list[Finding]]


class InMemory(MemoryFileUploadHandler):
    """Takes what is sent into memory, whatever its size, so that no report ever lies on the disk."""

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],  # noqa: N803  Django calls it so
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> Any:
        """Be there for every file that may be sent at all."""
        self.activated = content_length <= MOST_SENT


@takes_a_form
@csrf_exempt  # the inner view is protected; the form must not be read before the upload handler is chosen
def check_report(request: HttpRequest) -> HttpResponse:
    """The form; or a report with its findings; or these as a file."""
    if _length(request) > MOST_SENT:
        return _page(request, refused=_too_large(MOST_SENT))
    request.upload_handlers = [InMemory(request)]
    try:
        return _answered(request)
    except RequestDataTooBig:
        return _page(request, refused=_("粘贴的文字太长：请存成 .txt 文件再选"))


@csrf_protect
def _answered(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    try:
        name, content = _sent(request)
        document, marks = read_with_marks(name, content)
    except BadReport as refusal:
        return _page(request, refused=str(refusal))
    checked = (content, document, marks, check_document(document))
    make = DOWNLOADS.get(request.POST.get("want", ""))
    return make(checked) if make else _page(request, checked)


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _too_large(most: int) -> str:
    return _("文件超过 %(n)d MB：请压缩其中的图片，或者只送正文") % {"n": most // MEGABYTE}


def _sent(request: HttpRequest) -> tuple[str, bytes]:
    """The name and the bytes of what was sent: a file, the report that the page carried along, or a text."""
    sent = request.FILES.get("file")
    if isinstance(sent, UploadedFile):
        return sent.name or "", sent.read()
    if carried := request.POST.get("carried", ""):
        try:
            return request.POST.get("name", ""), base64.b64decode(carried, validate=True)
        except (binascii.Error, ValueError):
            raise BadQuestion(_("表单不完整，请从原来的页面重新打开这张表")) from None
    if not (text := request.POST.get("text", "")).strip():
        raise BadReport(_("请选一个文件，或者粘贴报告的文字"))
    is_markdown = any(line.startswith(MARKDOWN_BEGINS) for line in text.splitlines())
    return _("粘贴的文字") + (".md" if is_markdown else ".txt"), text.encode("utf-8", "replace")


def _page(request: HttpRequest, checked: Checked | None = None, refused: str = "") -> HttpResponse:
    question = asked_of(request)
    shown: dict[str, object] = {
        "asked": question,
        "tabs": evaluation_tabs(request, "check-report", question.year),
        "crumbs": [Crumb(_("绩效评价"), reverse("evaluation") + f"?year={question.year}"), Crumb(_("报告体检"))],
        "most": MOST_SENT // MEGABYTE,
        "refused": refused,
    }
    if checked:
        content, document, _marks, findings = checked
        shown["paper"] = paper(document, findings)
        shown["carried"] = base64.b64encode(content).decode() if len(content) <= MOST_CARRIED else ""
    return render(request, "web/check_report.html", shown, status=REFUSED if refused else 200)


def _as_json(checked: Checked) -> HttpResponse:
    _content, document, _marks, findings = checked
    text = json.dumps(answer(document.name, findings), ensure_ascii=False, indent=1)
    return _file(text.encode(), JSON, document.name, ".json")


def _as_word(checked: Checked) -> HttpResponse:
    content, document, marks, findings = checked
    return _file(commented(content, document, marks, findings), WORD, document.name, ".docx")


def _file(content: bytes, kind: str, name: str, suffix: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    called = quote(_("%(name)s-体检") % {"name": PurePath(name).stem} + suffix)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{called}"
    return response


DOWNLOADS: dict[str, Callable[[Checked], HttpResponse]] = {"json": _as_json, "docx": _as_word}
