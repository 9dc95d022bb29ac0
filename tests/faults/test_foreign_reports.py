"""坏报告: a file that is no report one can read is refused in words with what to do instead; nothing is guessed."""

import io
import random
import zipfile
import zlib
from contextlib import suppress

import pytest

from opendibao.evaluation.checkup.reading import BadReport, limits, read_bytes
from opendibao.evaluation.checkup.reading.word_package import Package
from tests.evaluation.checkup.reading.word_files import RELATIONS, TYPES, p, tbl, tr, word

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
BODY = p("一、基本情况")


def pdf(stream: bytes) -> bytes:
    packed = zlib.compress(stream)
    return b"%PDF-1.7\n1 0 obj\n<< /Filter /FlateDecode >>\nstream\n" + packed + b"\nendstream\nendobj\n%%EOF"


def zipped(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def locked() -> bytes:
    """A zip whose entries say they are encrypted."""
    content = bytearray(word(BODY))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(sign)
        while place >= 0:
            content[place + at] |= 1
            place = content.find(sign, place + 4)
    return bytes(content)


def entity() -> bytes:
    bomb = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "x"><!ENTITY b SYSTEM "file:///etc/hostname">]><d>&b;</d>'
    return word("", {"word/document.xml": bomb})


FILES = {
    "empty": ("报告.docx", b"", "文件是空的"),
    "blank text": ("报告.txt", b" \n\t\n", "文件是空的"),
    "text of blanks": ("报告.txt", "\u3000\n".encode(), "没有一个字"),
    "a Word file without a word": ("报告.docx", word(p()), "没有一个字"),
    "scanned into Word": ("报告.docx", word(p(), {"word/media/image1.png": b"\x89PNG"}), "只有图片"),
    "macros": ("报告.docx", word(BODY, {"word/vbaProject.bin": b"\x00"}), "带有宏"),
    "macros by type": (
        "报告.docx",
        word(BODY, {"[Content_Types].xml": TYPES.replace("wordprocessingml.document.main", "macroEnabled.main")}),
        "带有宏",
    ),
    "docm": ("报告.docm", word(BODY), "带有宏"),
    "encrypted": ("报告.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
    "encrypted zip": ("报告.docx", locked(), "加了密码"),
    "old doc": ("报告.doc", OLE, "另存为 .docx"),
    "old doc by another name": ("报告.docx", OLE, "另存为 .docx"),
    "old Excel": ("报告.doc", OLE + "Workbook".encode("utf-16-le"), "Excel"),
    "Excel": ("报告.docx", zipped(**{"xl/workbook.xml": "<x/>", "_rels/.rels": "<x/>"}), "Excel"),
    "any zip": ("报告.docx", zipped(**{"a.txt": "a"}), "不是 Word 文件"),
    "no zip": ("报告.docx", "一、基本情况".encode(), "打不开"),
    "cut off": ("报告.docx", word(BODY)[:-40], "打不开"),
    "broken XML": ("报告.docx", word("<w:p>"), "打不开"),
    "no body": ("报告.docx", word("", {"word/document.xml": "<a/>"}), "打不开"),
    "damaged part": ("报告.docx", word(BODY).replace(b"word/document.xml", b"word/documenx.xml", 1), "打不开"),
    "outside entities": ("报告.docx", entity(), "外部实体"),
    "pages as it says": ("报告.docx", word(BODY, {"docProps/app.xml": "<Pages>10000</Pages>"}), "10,000 页"),
    "pages by breaks": ("报告.docx", word(BODY + p('<w:r><w:br w:type="page"/></w:r>') * 10_000), "10,000 页"),
    "pages of text": ("报告.txt", ("一、基本情况。\n" * 2_000_000).encode()[: limits.MOST_BYTES], "页"),
    "nested without end": ("报告.docx", word("<w:sdt>" * 5_000 + BODY + "</w:sdt>" * 5_000), "嵌套太深"),
    "scanned PDF": ("报告.pdf", pdf(b"q 595 0 0 842 0 0 cm /Im0 Do Q"), "扫描的 PDF"),
    "PDF with text": ("报告.pdf", pdf(b"BT /F1 12 Tf (abc) Tj ET"), "PDF（里面有文字）"),
    "PDF by another name": ("报告.txt", pdf(b""), "扫描的 PDF"),
    "picture": ("报告.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "这是图片"),
    "RTF": ("报告.doc", b"{\\rtf1\\ansi}", "RTF"),
    "web page": ("报告.txt", b"\n<!DOCTYPE html><html>", "网页"),
    "Word as text": ("报告.txt", word(BODY), "后缀改成 .docx"),
    "binary": ("报告.txt", bytes(range(256)) * 4, "二进制"),
    "control signs": ("报告.txt", "报\x01告\x02".encode() * 50, "二进制"),
    "half a sign": ("报告.txt", "\ufeff报告".encode()[:-1], "编码"),
    "another encoding": ("报告.txt", "低保資金發放情況說明書、評價結論與建議".encode("big5") * 5, "编码"),
    "Latin": ("报告.txt", "Évaluation générale des années passées, été à Genève".encode("latin-1") * 3, "编码"),
    "unknown suffix": ("报告.wps", b"1", "不认识“.wps”"),
    "no suffix": ("报告", b"1", "不认识“报告”"),
}


@pytest.mark.parametrize(("name", "content", "said"), FILES.values(), ids=FILES)
def test_it_is_refused_in_words(name: str, content: bytes, said: str) -> None:
    with pytest.raises(BadReport) as refusal:
        read_bytes(name, content)
    assert said in str(refusal.value)


def test_a_file_larger_than_any_report_is_not_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_BYTES", 100)
    with pytest.raises(BadReport, match="MB"):
        read_bytes("报告.docx", word(BODY))


def test_a_file_that_unfolds_without_end_is_not_unfolded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gigabyte of blanks packed into a megabyte."""
    opened: list[str] = []
    monkeypatch.setattr(Package, "part", lambda self, name: opened.append(name))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file, file.open("word/document.xml", "w") as part:
        for _ in range(64):
            part.write(b" " * (8 * limits.MEGABYTE))
    with pytest.raises(BadReport, match="展开后超过"):
        read_bytes("报告.docx", out.getvalue())
    assert opened == []


def test_one_part_larger_than_any_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from opendibao.evaluation.checkup.reading import word_package

    monkeypatch.setattr(word_package, "MOST_XML", 2_000)
    with pytest.raises(BadReport, match="正文超过"):
        read_bytes("报告.docx", word(BODY * 100))


def test_tables_of_more_cells_than_any_report_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_CELLS", 50)
    with pytest.raises(BadReport, match="只送报告正文和指标表"):
        read_bytes("报告.docx", word(tbl(tr(*"甲乙丙丁戊")) * 11))


def test_a_main_part_elsewhere_is_found_by_its_relation() -> None:
    with zipfile.ZipFile(io.BytesIO(word(BODY))) as file:
        text = file.read("word/document.xml")
    moved = {"_rels/.rels": RELATIONS.replace("word/document.xml", "/word/正文.xml"), "word/正文.xml": text}
    assert len(read_bytes("报告.docx", word("", moved)).blocks) == 1


@pytest.mark.parametrize("seed", range(40))
def test_damaged_bytes_are_read_or_refused_and_never_break_the_reader(seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(
        word(BODY + tbl(tr("指标", "分值"), tr("甲", "5")) * 20, {"docProps/app.xml": "<Pages>3</Pages>"})
    )
    for _ in range(chance.choice((1, 3, 20, 200))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    for name in ("报告.docx", "报告.txt", "报告.md"):
        with suppress(BadReport):
            assert read_bytes(name, bytes(content)).blocks
