"""未交的表单: what was typed while the session ran out travels signed through sign-in and comes back once."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core import signing
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

SALT = "kept"
LARGEST = 64 * 1024
LASTS_S = 3600
NEVER = ("csrfmiddlewaretoken", "password")  # parts of names that are not carried


@dataclass(frozen=True)
class Kept:
    """The fields of a form, the address it stands at, and the files that must be chosen again."""

    address: str
    fields: dict[str, list[str]]
    files: list[str]

    @property
    def path(self) -> str:
        """The address without what is asked after it."""
        return urlsplit(self.address).path


def keep(request: HttpRequest) -> Kept:
    """Take the typed fields of a form that arrived; passwords and the form's own token stay behind."""
    fields = {
        name: [str(text) for text in texts]
        for name, texts in request.POST.lists()
        if not any(part in name.lower() for part in NEVER)
    }
    files = [str(file.name) for _, several in request.FILES.lists() for file in several]
    return Kept(_form_address(request), fields, files)


def sealed(kept: Kept) -> str:
    """Signed and compressed for a hidden field; empty where it is larger than LARGEST characters."""
    text = signing.dumps([kept.address, kept.fields, kept.files], salt=SALT, compress=True)
    return text if len(text) <= LARGEST else ""


def opened(text: str) -> Kept | None:
    """What `sealed` carried; None when it is older than an hour, too large or not ours."""
    if not text or len(text) > LARGEST:
        return None
    try:
        address, fields, files = signing.loads(text, salt=SALT, max_age=LASTS_S)
    except signing.BadSignature:
        return None
    return Kept(address, fields, files)


def lay_down(request: HttpRequest, kept: Kept) -> None:
    """Put it into the session that is about to begin."""
    request.session[SALT] = {"path": kept.path, "fields": kept.fields}


def typed(request: HttpRequest) -> dict[str, list[str]] | None:
    """The fields typed at this address before the session ran out, given once; None when there are none."""
    laid: dict[str, object] | None = request.session.get(SALT)
    if laid is None or laid["path"] != request.path:
        return None
    del request.session[SALT]
    fields: dict[str, list[str]] = laid["fields"]  # type: ignore[assignment]
    return fields


def _form_address(request: HttpRequest) -> str:
    """The page the form stood on, as the browser says; where it says nothing, the address it was sent to."""
    said = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if said and url_has_allowed_host_and_scheme(said, {request.get_host()}, require_https=request.is_secure()):
        parts = urlsplit(said)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return request.get_full_path()
