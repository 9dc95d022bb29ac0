"""银行文件下载: what went to the bank, byte for byte, with full names and accounts; who takes it is on record."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse

from opendibao.audit.actions import record_view
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.sending import sent_bytes
from opendibao.web.asking import BadQuestion
from opendibao.web.clock import now_in_county
from opendibao.web.payment.run_asked import run_asked

TYPES = {
    "txt": "application/octet-stream",  # GB18030: a browser must not read it as something else
    "csv": "application/octet-stream",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


def run_file(request: HttpRequest, month: str, file_no: int) -> HttpResponse:
    """A file of the run, made again from the tables and held against the hash that was noted."""
    run = run_asked(month)
    if run.sent_on is None:
        raise Http404(f"{month} 还没有出盘")
    try:
        sent = sent_bytes(run.pk, file_no)
    except PaymentRefused as refusal:
        raise BadQuestion(str(refusal)) from None
    return attached(run.division, sent.name, sent.data, "银行代发文件")


def attached(division: str, name: str, data: bytes, what: str) -> HttpResponse:
    """A file to be kept, noted as a viewing by the officer of the session."""
    record_view(f"{what} {name}"[:120], division, what, at=now_in_county())
    response = HttpResponse(data, content_type=TYPES[name.rpartition(".")[2]])
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
