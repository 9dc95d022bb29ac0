"""Word文件的包: the parts of a .docx, opened without trusting them: sizes, macros, foreign entities."""

import io
import posixpath
import re
import zipfile
import zlib
from xml.etree import ElementTree

from opendibao.evaluation.checkup.reading.limits import (
    MEGABYTE,
    MOST_PARTS,
    MOST_UNPACKED,
    MOST_XML,
    refuse_long,
)
from opendibao.evaluation.checkup.reading.refusal import BadReport
from opendibao.evaluation.checkup.reading.word_names import STRICT, number

MACROS = re.compile(r"(?:^|/)vbaProject(?:Signature)?\.bin$|(?:^|/)vbaData\.xml$", re.I)
MEDIA = re.compile(r"^word/media/")
OFFICE_DOCUMENT = re.compile(r"/officeDocument$")
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
PAGES = re.compile(rb"<(?:\w+:)?Pages>\s*(\d{1,9})\s*<")
SOMETHING_ELSE = {"xl/": "Excel 表格", "ppt/": "PowerPoint 演示文稿", "Object 1/": "OpenDocument 文件"}
BROKEN = "这份 Word 文件打不开（已经损坏，或者只是改了后缀）：请在 Word 里打开原稿，另存为 .docx 再送来"


class Package:
    """The parts of a Word file."""

    def __init__(self, content: bytes) -> None:
        """Open the file. Raises BadReport for what is no Word file, holds macros or is too large."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError):  # the last: packed in a way zipfile cannot read
            raise BadReport(BROKEN) from None
        self._sizes = {one.filename: one.file_size for one in self._zip.infolist()}
        self._refuse()
        self.main = self._main()
        self._refuse_macros()
        refuse_long(self.stated_pages())

    def _refuse(self) -> None:
        if len(self._zip.infolist()) > MOST_PARTS or sum(self._sizes.values()) > MOST_UNPACKED:
            raise BadReport(
                f"这份 Word 文件展开后超过 {MOST_UNPACKED // MEGABYTE} MB 或者 {MOST_PARTS:,} 个部分：没有打开，"
                "请另存为新的 .docx，压缩图片后再送来"
            )
        if any(one.flag_bits & 1 for one in self._zip.infolist()):
            raise BadReport("这份文件加了密码：请去掉密码，另存后再送来")

    def _refuse_macros(self) -> None:
        if any(map(MACROS.search, self._sizes)) or b"macroEnabled" in (self.part("[Content_Types].xml") or b""):
            raise BadReport("这份 Word 文件带有宏：没有打开，请在 Word 里另存为不带宏的 .docx 再送来")

    def _main(self) -> str:
        """The name of the part that holds the text."""
        relations = self.xml("_rels/.rels")
        for one in relations.iter(RELATION) if relations is not None else ():
            if OFFICE_DOCUMENT.search(one.get("Type", "")):
                name = posixpath.normpath(one.get("Target", "").lstrip("/"))
                if name in self._sizes and not name.startswith(("xl/", "ppt/")):
                    return name
        for folder, what in SOMETHING_ELSE.items():
            if any(name.startswith(folder) for name in self._sizes):
                raise BadReport(f"这是 {what}，不是 Word 文件：请把报告另存为 .docx 再送来")
        raise BadReport("这不是 Word 文件（压缩包里没有正文）：请用 Word 原稿（.docx）或者复制成文字")

    @property
    def has_pictures(self) -> bool:
        """Whether there are pictures in it."""
        return any(map(MEDIA.search, self._sizes))

    def stated_pages(self) -> int:
        """How many pages the file says it has; 0 where it does not say."""
        found = PAGES.search(self.part("docProps/app.xml") or b"")
        return number(found[1].decode()) if found else 0

    def part(self, name: str) -> bytes | None:
        """The bytes of a part; None where there is none. Raises BadReport where it is broken or too large."""
        if name not in self._sizes:
            return None
        if self._sizes[name] > MOST_XML:
            raise BadReport(f"这份 Word 文件的正文超过 {MOST_XML // MEGABYTE} MB：没有打开，请只送报告正文")
        try:
            return self._zip.read(name)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError):
            # the last: packed in a way zipfile cannot read
            raise BadReport(BROKEN) from None

    def beside(self, kind: str) -> ElementTree.Element | None:
        """A part beside the text (styles, numbering, comments), by its usual name."""
        return self.xml(posixpath.join(posixpath.dirname(self.main), f"{kind}.xml"))

    def xml(self, name: str) -> ElementTree.Element | None:
        """A part as XML, without document types: they could name other files or unfold without end."""
        content = self.part(name)
        if content is None:
            return None
        if b"<!DOCTYPE" in content or b"\x00" in content[:4]:
            raise BadReport("这份 Word 文件里有不该有的内容（外部实体或者别的编码）：没有打开")
        for strict, usual in STRICT.items():
            content = content.replace(strict, usual)
        try:
            return ElementTree.fromstring(content)
        except (ElementTree.ParseError, LookupError, ValueError):
            raise BadReport(BROKEN) from None
