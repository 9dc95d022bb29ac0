"""What stands in a PDF: texts of its pages without blanks, page sizes, fonts."""

import io
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

A4 = (595, 842)


def pages(pdf: bytes) -> list[str]:
    """The text of each page without blanks."""
    return ["".join(page.extract_text().replace("\u200b", "").split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def text(pdf: bytes) -> str:
    """All of it."""
    return "".join(pages(pdf))


def sizes(pdf: bytes) -> set[tuple[int, int]]:
    """The page sizes in points."""
    reader = PdfReader(io.BytesIO(pdf))
    return {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages}


def fonts(pdf: bytes) -> Iterator[tuple[str, bool]]:
    """(name, whether it is embedded) of every font of every page."""
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"].get("/Font", {}).values():  # type: ignore[union-attr]
            for descendant in font.get_object()["/DescendantFonts"]:
                described: DictionaryObject = descendant.get_object()["/FontDescriptor"].get_object()
                embedded = {"/FontFile", "/FontFile2", "/FontFile3"} & set(described)
                yield str(described["/FontName"]), bool(embedded)
