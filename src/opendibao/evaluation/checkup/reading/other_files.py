"""别的文件: files that are no report one can read, told by their first bytes, each with what to do instead."""

from opendibao.evaluation.checkup.reading.pdf_text import has_text
from opendibao.evaluation.checkup.reading.refusal import BadReport

OLE, ZIP, PDF, RTF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"%PDF-", b"{\\rtf"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
EXCEL = "Workbook".encode("utf-16-le")
HTML = (b"<html", b"<!doctype html", b"<?xml")
PDF_STARTS_WITHIN = 1024
SEND_WORD = "请用 Word 原稿（.docx）或者复制成文字"


def refuse_others(content: bytes) -> None:
    """Raise BadReport for a PDF, an old or locked Word file, a picture, a web page."""
    if PDF in content[:PDF_STARTS_WITHIN]:
        raise BadReport(_about_pdf(content))
    if content.startswith(OLE):
        raise BadReport(_about_ole(content))
    if content.startswith(RTF):
        raise BadReport("这是 RTF 文件：请在 Word 里打开，另存为 .docx 再送来")
    if content.startswith(PICTURES) and b"\x00" in content[:200]:
        raise BadReport(f"这是图片：里面的字没有办法体检，{SEND_WORD}")
    if content[:200].lstrip().lower().startswith(HTML):
        raise BadReport(f"这是网页文件：{SEND_WORD}")


def _about_pdf(content: bytes) -> str:
    if has_text(content):
        return f"这是 PDF（里面有文字）：PDF 里的表格认不准，{SEND_WORD}"
    return f"这是扫描的 PDF（只有图像，没有文字）：{SEND_WORD}"


def _about_ole(content: bytes) -> str:
    if ENCRYPTED in content:
        return "这份 Word 文件加了密码：请在 Word 里去掉“打开密码”，另存后再送来"
    if EXCEL in content:
        return f"这是 Excel 文件，不是报告：{SEND_WORD}"
    return "这是旧格式的 Word 文件（.doc）：请在 Word 里打开，另存为 .docx 再送来"
