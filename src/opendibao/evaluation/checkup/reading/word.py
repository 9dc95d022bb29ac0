"""Word稿: a .docx as a document, with the place of each block in the file, where notes can be fastened."""

from xml.etree.ElementTree import Element

from opendibao.evaluation.checkup.document import Document
from opendibao.evaluation.checkup.reading.contents_list import contents_list
from opendibao.evaluation.checkup.reading.limits import SIGNS_A_PAGE, refuse_long
from opendibao.evaluation.checkup.reading.refusal import BadReport
from opendibao.evaluation.checkup.reading.word_body import BodyReader, Placed, comments_of
from opendibao.evaluation.checkup.reading.word_names import VAL, W
from opendibao.evaluation.checkup.reading.word_numbering import Numbering
from opendibao.evaluation.checkup.reading.word_package import BROKEN, Package
from opendibao.evaluation.checkup.reading.word_styles import Styles

Marks = tuple[tuple[int, ...], ...]
"""For each block the numbers of paragraphs in the file: one for a paragraph, one for each row of a table."""


def read_word(name: str, content: bytes) -> tuple[Document, Marks]:
    """A Word file as a document with the places of its blocks. Raises BadReport."""
    package = Package(content)
    root = package.xml(package.main)
    if root is None or root.find(f"{W}body") is None:
        raise BadReport(BROKEN)
    refuse_long(max(_page_breaks(root), sum(len(one.text or "") for one in root.iter(f"{W}t")) // SIGNS_A_PAGE))
    placed = _blocks(package, root)
    if not placed:
        raise BadReport(_nothing_in(package))
    return Document(name, "docx", tuple(one.block for one in placed)), tuple(one.marks for one in placed)


def _blocks(package: Package, root: Element) -> list[Placed]:
    styles, numbering = Styles(package.beside("styles")), Numbering(package.beside("numbering"))
    reader = BodyReader(root, styles, numbering, comments_of(package.beside("comments")))
    try:
        found = reader.blocks()
    except RecursionError:
        raise BadReport("这份 Word 文件嵌套太深：没有打开，请复制成新的 Word 文件再送来") from None
    passed_over = contents_list([one.line for one in found])
    return [one for at, one in enumerate(found) if at not in passed_over]


def _page_breaks(root: Element) -> int:
    typed = sum(one.get(f"{W}type") == "page" for one in root.iter(f"{W}br"))
    before = sum(one.get(VAL, "1") not in ("0", "false") for one in root.iter(f"{W}pageBreakBefore"))
    return max(typed + before, sum(1 for _ in root.iter(f"{W}lastRenderedPageBreak")))


def _nothing_in(package: Package) -> str:
    if package.has_pictures:
        return "这份 Word 文件里只有图片（多半是扫描件），没有文字：请用原稿或者复制成文字"
    return "这份 Word 文件是空的：没有一个字，请检查是不是选错了文件"
