"""案卷文书: every paper of a case printed from what was entered once, and the same papers blank."""

from opendibao.reporting.case_papers.gathering import NoSuchCase
from opendibao.reporting.case_papers.kinds import ALL, KINDS, ZH, NoSuchPaper
from opendibao.reporting.case_papers.printing import (
    blank_papers,
    case_letter_pdf,
    case_papers,
    letter_pdf,
    match_report_word,
    notice_poster,
    publication_poster,
)
from opendibao.reporting.case_papers.typesetting import NoPapers
from opendibao.reporting.case_papers.village_pack import due_folders, pack_of, village_pack

__all__ = [
    "ALL",
    "KINDS",
    "ZH",
    "NoPapers",
    "NoSuchCase",
    "NoSuchPaper",
    "blank_papers",
    "case_letter_pdf",
    "case_papers",
    "due_folders",
    "letter_pdf",
    "match_report_word",
    "notice_poster",
    "pack_of",
    "publication_poster",
    "village_pack",
]
