"""读报告: any report as a document, by its suffix; what cannot be read is refused in words."""

from pathlib import Path, PurePath

from opendibao.evaluation.checkup.document import Document
from opendibao.evaluation.checkup.reading.encoding import text_of
from opendibao.evaluation.checkup.reading.limits import SIGNS_A_PAGE, refuse_large, refuse_long
from opendibao.evaluation.checkup.reading.markdown import read_markdown
from opendibao.evaluation.checkup.reading.other_files import ZIP, refuse_others
from opendibao.evaluation.checkup.reading.plain_text import read_plain
from opendibao.evaluation.checkup.reading.refusal import BadReport
from opendibao.evaluation.checkup.reading.word import Marks, read_word

TEXT, MARKDOWN, WORD = (".txt", ".text"), (".md", ".markdown"), (".docx",)
MACRO = (".docm", ".dotm")
WHAT_IS_READ = "能体检的是 Word（.docx）、文字（.txt）和 Markdown（.md）"


def read_report(path: Path) -> Document:
    """A report from a file. Raises BadReport, OSError."""
    return read_file(path)[1]


def read_file(path: Path) -> tuple[bytes, Document, Marks | None]:
    """What a file holds, the report in it and where its blocks stand. Raises BadReport, OSError."""
    if not path.is_file():  # a pipe or a device may never end
        raise BadReport("这不是普通文件（是管道、设备或者文件夹）：请把报告存成文件再送来")
    refuse_large(path.stat().st_size)
    content = path.read_bytes()
    return content, *read_with_marks(path.name, content)


def read_bytes(name: str, content: bytes) -> Document:
    """A report from what a file holds; its name tells its form. Raises BadReport."""
    return read_with_marks(name, content)[0]


def read_with_marks(name: str, content: bytes) -> tuple[Document, Marks | None]:
    """A report and where its blocks stand in the Word file; None for texts. Raises BadReport."""
    suffix = PurePath(name).suffix.lower()
    refuse_large(len(content))
    if not content.strip():
        raise BadReport("文件是空的：请检查是不是选错了文件")
    refuse_others(content)
    if suffix in MACRO:
        raise BadReport("这份 Word 文件带有宏（.docm）：没有打开，请在 Word 里另存为不带宏的 .docx 再送来")
    if suffix in WORD:
        return read_word(name, content)
    if suffix in (*TEXT, *MARKDOWN):
        return _read_text(name, content, suffix), None
    raise BadReport(f"不认识“{suffix or name}”这种文件：{WHAT_IS_READ}")


def _read_text(name: str, content: bytes, suffix: str) -> Document:
    if content.startswith(ZIP):
        raise BadReport("这其实是 Word 文件或者压缩包，后缀写成了文字：请把后缀改成 .docx 再送来")
    text = text_of(content)
    refuse_long(len(text) // SIGNS_A_PAGE)
    document = read_markdown(name, text) if suffix in MARKDOWN else read_plain(name, text)
    if not document.blocks:
        raise BadReport("文件是空的：没有一个字，请检查是不是选错了文件")
    return document
