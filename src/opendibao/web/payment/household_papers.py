"""家庭书面材料: the signed paper of an account change, a proxy or a kept card, taken in and shown."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.intake.opened_files import opened
from opendibao.registry.account_queries import household_paper
from opendibao.registry.entries import PaperEntry
from opendibao.web.clock import now_in_county
from opendibao.web.uploads import Sent
from opendibao.web.verification.attachment import SHUT_OFF

ENDINGS = {"image/jpeg": ".jpg", "application/pdf": ".pdf"}


def paper_entry(sent: Sent) -> PaperEntry:
    """What is kept of a paper that was handed in. Raises IntakeRefused where it cannot be opened."""
    kept = opened(sent.content)
    return PaperEntry(kept.media_type, kept.content)


def shown_paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """One paper: a photograph in the browser, a PDF as a download; who looked is on record."""
    found = household_paper(paper_id)
    if found is None:
        raise Http404(f"没有材料“{paper_id}”")
    record_view(found.household, found.division, "家庭书面材料", at=now_in_county())
    response = HttpResponse(bytes(found.content), content_type=found.media_type)
    way = "inline" if found.media_type.startswith("image/") else "attachment"
    name = _("户%(number)s材料%(id)s") % {"number": found.household, "id": found.id} + ENDINGS[found.media_type]
    response.headers["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = SHUT_OFF
    return response
