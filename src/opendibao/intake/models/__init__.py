"""受理: leads, cases, declarations and drafts, what is signed and handed over."""

from opendibao.intake.models.archive import ArchiveFile, ArchiveItem, ArchiveLoan
from opendibao.intake.models.cases import Case, Lead
from opendibao.intake.models.entering import ClockPause, Draft, OfficialRelative, OnlineApplication
from opendibao.intake.models.papers import Attachment, AttachmentKind, CaseLetter, Consent, Mandate, SupplementNotice

__all__ = [
    "ArchiveFile",
    "ArchiveItem",
    "ArchiveLoan",
    "Attachment",
    "AttachmentKind",
    "Case",
    "CaseLetter",
    "ClockPause",
    "Consent",
    "Draft",
    "Lead",
    "Mandate",
    "OfficialRelative",
    "OnlineApplication",
    "SupplementNotice",
]
