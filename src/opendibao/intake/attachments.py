"""附件: photographs, signed papers and scans of a case are opened, made safe and kept; nothing kept is changed."""

import hashlib
import re
import unicodedata
from datetime import date, datetime
from pathlib import PurePosixPath

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.intake.actions import locked_case
from opendibao.intake.models import Attachment, AttachmentKind, Case
from opendibao.intake.opened_files import JPEG, opened
from opendibao.intake.refusal import IntakeRefused
from opendibao.kernel.duties import CASEWORK

NAME_LENGTH = 120
MOST_PER_CASE = 300
PICTURES_ONLY = frozenset({AttachmentKind.HOME, AttachmentKind.POSTED, AttachmentKind.TAKEN_DOWN})
ENDINGS = {JPEG: ".jpg", "application/pdf": ".pdf"}
UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


@needs(*CASEWORK)
@transaction.atomic
def keep_attachment(case_id: int | Case, *, kind: str, name: str, content: bytes, on: date, at: datetime) -> Attachment:
    """收取附件: keep a photograph or PDF of a case; the same file a second time is the one that is there.

    Raises IntakeRefused for what cannot be opened or kept, naming what to hand in instead.
    """
    case = locked_case(case_id)
    if kind not in AttachmentKind.values:
        raise IntakeRefused(f"材料种类“{kind}”不在可选项内，请重选")
    if on < case.applied_on:
        raise IntakeRefused(f"收取日期{on}早于申请日期{case.applied_on}，请改正")
    words = AttachmentKind(kind).label
    try:
        kept = opened(content, only_pictures=kind in PICTURES_ONLY)
    except IntakeRefused as refusal:
        raise IntakeRefused(f"{words}“{_shown(name)}”：{refusal}") from None
    digest = hashlib.sha256(kept.content).hexdigest()
    if there := Attachment.objects.filter(case=case, kind=kind, sha256=digest).first():
        return there
    if case.attachments.count() >= MOST_PER_CASE:
        raise IntakeRefused(f"案件{case.number}已有{MOST_PER_CASE}份附件，不能再加；请合并成一份PDF")
    found = Attachment.objects.create(
        case=case, division=case.division, kind=kind, name=_safe_name(name, words, kept.media_type),
        media_type=kept.media_type, sha256=digest, size=len(kept.content), kept_on=on, kept_by=officer_name(),
        content=kept.content,
    )  # fmt: skip
    payload: dict[str, object] = {"on": str(on), "kind": kind, "attachment": found.pk, "sha256": digest}
    # a photograph changes nothing that another officer may be about to change: it has a subject of its own
    record("收取附件", f"附件 {case.number}", division=case.division, at=at, payload=payload)
    return found


def _plain(name: str) -> str:
    """The name without a path and without what cannot be seen."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip()


def _shown(name: str) -> str:
    return _plain(name)[:40] or "没有名字的文件"


def _safe_name(name: str, words: str, media_type: str) -> str:
    """The name under which it is handed out again: its own, with the ending of what it really is."""
    stem = PurePosixPath(UNSAFE.sub("_", _plain(name))).stem.strip(". ") or words
    ending = ENDINGS[media_type]
    return f"{stem[: NAME_LENGTH - len(ending)]}{ending}"
