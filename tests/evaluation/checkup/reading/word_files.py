"""Word files of our own making, part by part, so that a test says exactly what stands in the file."""

import io
import zipfile
from collections.abc import Mapping

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def word(body: str, parts: Mapping[str, str | bytes] = {}) -> bytes:
    """A Word file with a body and other parts; `parts` may replace the usual ones."""
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document {NAMES}><w:body>{body}</w:body></w:document>'
    held = {"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS, "word/document.xml": document, **parts}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in held.items():
            file.writestr(name, content)
    return out.getvalue()


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*inside: str, properties: str = "") -> str:
    """A paragraph; text stands in a run of its own."""
    runs = "".join(one if one.startswith("<") else r(one) for one in inside)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def tc(text: str = "", properties: str = "") -> str:
    """A cell of one paragraph, or of what is given as XML."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text if text.startswith('<') else p(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row of cells; text is a cell."""
    return f"<w:tr>{properties}{''.join(one if one.startswith('<w:tc') else tc(one) for one in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    """A table."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def styles(*inside: str) -> dict[str, str]:
    """The part of the styles."""
    return {"word/styles.xml": f"<w:styles {NAMES}>{''.join(inside)}</w:styles>"}


def style(name_id: str, name: str, inside: str = "", based: str = "") -> str:
    """A paragraph style."""
    above = f'<w:basedOn w:val="{based}"/>' if based else ""
    named = f'<w:style w:type="paragraph" w:styleId="{name_id}"><w:name w:val="{name}"/>'
    return f"{named}{above}<w:pPr>{inside}</w:pPr></w:style>"


def lists(inside: str) -> dict[str, str]:
    """The part of the lists."""
    return {"word/numbering.xml": f"<w:numbering {NAMES}>{inside}</w:numbering>"}


def lvl(at: int, form: str, text: str, start: int = 1, more: str = "") -> str:
    """A level of a list."""
    counted = f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
    return f'{counted}{more}<w:lvlText w:val="{text}"/></w:lvl>'


def numbered(list_id: int, at: int = 0) -> str:
    """Paragraph properties that put it into a list."""
    return f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{list_id}"/></w:numPr>'
