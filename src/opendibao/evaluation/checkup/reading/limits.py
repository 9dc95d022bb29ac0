"""文件的上限: how large a report may be before reading it would harm the machine; no evaluation report comes near."""

from opendibao.evaluation.checkup.reading.refusal import BadReport

MEGABYTE = 1024 * 1024
MOST_BYTES = 50 * MEGABYTE
"""Of the file as it is sent."""
MOST_UNPACKED = 300 * MEGABYTE
"""Of everything inside a Word file together, pictures included."""
MOST_XML = 60 * MEGABYTE
"""Of one part of a Word file that holds text."""
MOST_PARTS = 5_000
MOST_PAGES = 2_000
SIGNS_A_PAGE = 1_500
"""More than any printed page holds, so that a page count made from it is never too high."""
MOST_CELLS = 400_000


def refuse_large(size: int) -> None:
    """Raise BadReport where a file is larger than any report."""
    if size > MOST_BYTES:
        raise BadReport(
            f"文件有 {size / MEGABYTE:.0f} MB，超过 {MOST_BYTES // MEGABYTE} MB：请压缩其中的图片，或者只送正文"
        )


def refuse_long(pages: int) -> None:
    """Raise BadReport where a file has more pages than any report."""
    if pages > MOST_PAGES:
        raise BadReport(f"文件约有 {pages:,} 页，超过 {MOST_PAGES:,} 页：这不像一份评价报告，请只送报告正文")


def refuse_many_cells(cells: int) -> None:
    """Raise BadReport where the tables hold more cells than any report."""
    if cells > MOST_CELLS:
        raise BadReport(f"表格超过 {MOST_CELLS:,} 格：请去掉明细表，只送报告正文和指标表")
