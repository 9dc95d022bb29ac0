"""全部文件: every file that a year's report leaves, by name, from one content and one text."""

from opendibao.reporting.blocks import Block
from opendibao.reporting.content import ReportContent
from opendibao.reporting.figures_file import figures_bytes
from opendibao.reporting.forms.kinds import form_files
from opendibao.reporting.pack import pack_bytes
from opendibao.reporting.pdf_file import pdf_bytes
from opendibao.reporting.word_file import word_bytes


def documents(content: ReportContent, blocks: tuple[Block, ...]) -> dict[str, bytes]:
    """Every file of a year by name, the list of figures last."""
    return {
        f"部门评价报告-{content.year}.docx": word_bytes(content, blocks),
        f"部门评价报告-{content.year}.pdf": pdf_bytes(content, blocks),
        **form_files(content),
        f"证据包-{content.year}.html": pack_bytes(content, blocks),
        "figures.json": figures_bytes(content),
    }
