"""UTF-8 with or without BOM, GB18030, and what is refused."""

import codecs

import pytest

from opendibao.verification.linkage.encodings import UnknownEncoding, decoded

TEXT = "record_id,name\n1,张建国\n2,王秀英\n"
OTHER = "3,李玉兰\n"


@pytest.mark.parametrize(("data", "encoding"), [
    (TEXT.encode(), "UTF-8"), (codecs.BOM_UTF8 + TEXT.encode(), "UTF-8"), (TEXT.encode("gb18030"), "GB18030"),
    (TEXT.encode("gbk"), "GB18030"), (b"record_id,name\n1,x\n", "UTF-8"),
])  # fmt: skip
def test_the_encoding_is_recognised(data: bytes, encoding: str) -> None:
    text, found = decoded(data)

    assert found == encoding
    assert text.startswith("record_id,name\n1,")
    assert text == (TEXT if "张" in text else "record_id,name\n1,x\n")


def test_characters_beyond_the_common_ones_are_read_in_gb18030() -> None:
    assert decoded("1,𠮷㐂\n".encode("gb18030")) == ("1,𠮷㐂\n", "GB18030")


@pytest.mark.parametrize("name", ["濮翠华", "娅", "濮阳翠华", "张建国", "陈镕"])
def test_a_name_whose_bytes_could_be_both_is_read_as_the_file_is(name: str) -> None:
    text = TEXT + f"3,{name}\n"

    assert decoded(text.encode("gb18030")) == (text, "GB18030")


@pytest.mark.parametrize(("data", "words"), [
    (b"", "文件是空的"), (b" \r\n\n", "文件是空的"),
    (b"PK\x03\x04rest", "Excel 工作簿"), (b"\xd0\xcf\x11\xe0rest", "Excel 工作簿"),
    (TEXT.encode("utf-16"), "UTF-16"), (b"1,\x00\x00", "UTF-16"),
    (TEXT.encode() + OTHER.encode("gb18030"), "第 2 行是 UTF-8，第 4 行不是，一个文件里有两种编码"),
    (TEXT.encode("gb18030") + OTHER.encode(), "第 4 行是 UTF-8，第 2 行不是，一个文件里有两种编码"),
    (codecs.BOM_UTF8 + TEXT.encode("gb18030"), "第 1 行是 UTF-8，第 2 行不是"),
    (TEXT.encode() + "4,张".encode()[:-1], "第 4 行在一个字的中间断了"),
    (TEXT.encode("gb18030") + b"3,\xff\xff\n", "第 4 行既不是 UTF-8 也不是 GB18030"),
])  # fmt: skip
def test_what_is_neither_is_refused_and_its_line_named(data: bytes, words: str) -> None:
    with pytest.raises(UnknownEncoding, match=words):
        decoded(data)
