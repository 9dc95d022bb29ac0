"""附件: a file of a case as it was kept, shown to who may see the case; its type is never guessed."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse

from opendibao.audit.actions import record_view
from opendibao.intake.queries import attachment
from opendibao.web.clock import now_in_county

# a kept file opens shut off from the site: nothing in it may run, load or send
SHUT_OFF = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def shown_attachment(request: HttpRequest, attachment_id: int) -> HttpResponse:
    """One file: a photograph in the browser, a PDF as a download; who looked is on record."""
    found = attachment(attachment_id)
    if found is None:
        raise Http404(f"没有附件“{attachment_id}”")
    record_view(f"案件 {found.case_number}", found.division, f"附件 {found.name}"[:60], at=now_in_county())
    response = HttpResponse(found.content, content_type=found.media_type)
    is_picture = found.media_type.startswith("image/")
    way = "inline" if is_picture else "attachment"
    response.headers["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(found.name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = SHUT_OFF
    return response
