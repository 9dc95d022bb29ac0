"""收取书面材料: keeps the signed paper of an account change, a proxy or a kept card; the same file once."""

import hashlib
from collections.abc import Mapping
from datetime import date

from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.kernel.duties import Duty
from opendibao.registry.entries import PaperEntry
from opendibao.registry.models import Household, HouseholdPaper, PaperKind
from opendibao.registry.refusal import RegistryRefused

MOST_BYTES = 10 * 1024 * 1024
BEGINS: Mapping[str, bytes] = {"application/pdf": b"%PDF-", "image/jpeg": b"\xff\xd8\xff"}


@needs(Duty.ACCEPT, Duty.CONFIRM)
def keep_paper(household: Household, kind: PaperKind, entry: PaperEntry, on: date) -> HouseholdPaper:
    """Keep a paper that was opened before; a file that is kept already is the one that is there.

    Raises RegistryRefused for what is empty, too large or not what it says it is.
    """
    content = entry.content
    if not content or len(content) > MOST_BYTES:
        raise RegistryRefused(f"{kind.label}是空的或超过10MB，请重新拍照或扫描")
    if not content.startswith(BEGINS.get(entry.media_type, b"\x00never")):
        raise RegistryRefused(f"{kind.label}不是照片或PDF，请重新拍照或扫描")
    digest = hashlib.sha256(content).hexdigest()
    found, _ = HouseholdPaper.objects.get_or_create(
        household=household, kind=kind, sha256=digest,
        defaults={
            "media_type": entry.media_type, "size": len(content), "kept_on": on, "kept_by": officer_name(),
            "content": content,
        },
    )  # fmt: skip
    return found
