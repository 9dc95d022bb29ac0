"""读报告: Word, text and Markdown files as documents; anything else is refused with what to do instead."""

from opendibao.evaluation.checkup.reading.refusal import BadReport
from opendibao.evaluation.checkup.reading.report_file import read_bytes, read_file, read_report, read_with_marks

__all__ = ["BadReport", "read_bytes", "read_file", "read_report", "read_with_marks"]
