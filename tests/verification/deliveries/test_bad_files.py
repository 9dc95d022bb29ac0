"""坏文件: each is refused whole with its reason, or its row goes back by name; nothing is repaired in silence."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace

import pytest

from opendibao.verification.deliveries.reading.workbook import FORMULA
from opendibao.verification.deliveries.refusal import DeliveryRefused
from opendibao.verification.sources.adapter import Source
from tests.verification.deliveries.files import (
    BANK,
    HEADS,
    KEPT,
    LAND,
    ROWS,
    WANG,
    fixed,
    json_lines,
    read,
    text_rows,
    workbook,
)

TEXT = text_rows([HEADS, *ROWS])
WIDE = [(row[0], row[1], row[2], row[3], row[5].replace(",", "")) for row in ROWS]
OBJECTS = [dict(zip(HEADS, row, strict=True)) for row in ROWS]


def refused(data: bytes, source: Source = BANK, others: Sequence[Source] = ()) -> str:
    """Why a file is refused whole."""
    with pytest.raises(DeliveryRefused) as refusal:
        read(data, source, others=others)
    return str(refusal.value)


def with_id(id_number: object) -> list[object]:
    return [id_number, *ROWS[0][1:]]


def test_an_id_that_came_as_a_number_is_kept_as_what_is_left_of_it() -> None:
    kept, rejected, _ = read(workbook([HEADS, with_id(int(WANG[:17] + "5"))]))

    assert rejected == []
    assert kept[2]["id_number"] == f"{WANG[0]}.{WANG[1:15]}E+17"


def test_an_id_of_fifteen_places_fits_into_a_number() -> None:
    assert read(workbook([HEADS, with_id(999999840312002)]))[0][2]["id_number"] == "999999840312002"


@pytest.mark.parametrize(
    "written",
    ["９９９９９９１９８４０３１２００２Ｘ", "999999********0021", "3.60429E+17", "99999919840312000", "不详"],
)
def test_an_id_that_cannot_be_read_is_no_reject(written: str) -> None:
    kept, rejected, _ = read(text_rows([HEADS, with_id(written)]).encode())

    assert rejected == []
    assert kept[2]["id_number"] == ("99999919840312002X" if written.startswith("９") else written)


def test_json_numbers_lose_places_too() -> None:
    kept, rejected, _ = read(json_lines([{**OBJECTS[0], "证件号码": 999999198403120021}, OBJECTS[1]]))

    assert kept[1]["id_number"] == "9.99999198403120E+17"
    assert rejected == []


def test_two_encodings_in_one_file() -> None:
    lines = TEXT.split("\r\n")
    data = b"\r\n".join(
        [lines[0].encode("gb18030"), lines[1].encode(), *[line.encode("gb18030") for line in lines[2:]]]
    )

    assert refused(data) == "文件里混有两种编码：第2行是 UTF-8，别的行不是；请部门统一成一种编码后重送"


def test_a_byte_of_no_encoding() -> None:
    data = TEXT.encode("gb18030").replace("李建国".encode("gb18030"), b"\xc0\xee\xff\xff")

    assert refused(data) == "文件第3行的编码不是GB18030，读不了；请部门另存为 UTF-8 或 GB18030 后重送"


def test_bytes_that_are_no_text() -> None:
    assert (
        refused(b"\x00\x01\x02abc") == "文件里有不是文字的字节，不像文本文件；请部门按 xlsx、CSV、定长文本或 NDJSON 送"
    )


def test_a_gb18030_name_that_looks_like_utf8_stays_what_it_is() -> None:
    """联通: its GB2312 bytes are valid UTF-8, the classic trap."""
    rows = [(*ROWS[0][:1], "联通", *ROWS[0][2:]), ROWS[1]]

    assert [row["name"] for row in read(text_rows([HEADS, *rows]).encode("gb18030"))[0].values()] == ["联通", "李建国"]


@pytest.mark.parametrize("data", [b"", b"  \r\n\t", b"\xef\xbb\xbf\r\n"])
def test_an_empty_file(data: bytes) -> None:
    assert refused(data) == "文件是空的，一个字也没有；请核对选的文件"


def test_an_empty_workbook() -> None:
    assert refused(workbook([])) == "文件是空的，一行也没有；请核对选的文件"


def test_no_headings() -> None:
    said = "前10行里没有“演示银行”的表头（应有“证件号码”、“姓名”、“开户银行”、“余额”等列），请用这一来源的空表核对"

    assert refused(text_rows(ROWS).encode(), replace(BANK, widths=())) == said
    assert refused(workbook(ROWS)) == said


def test_a_missing_heading() -> None:
    rows = [row[:5] for row in (HEADS, *ROWS)]

    for data in (text_rows(rows).encode(), workbook(rows)):
        assert refused(data) == "缺少必有的列：余额，请部门补上这些列后重送"


def test_nobody_is_named() -> None:
    rows = [row[2:] for row in (HEADS, *ROWS)]

    assert refused(workbook(rows)) == "没有“证件号码”也没有“姓名”，认不出是谁的记录，请部门补上后重送"


def test_a_heading_twice() -> None:
    rows = [(*row, row[5]) for row in ((*HEADS[:6], "开户日期"), *ROWS)]
    rows[0] = (*HEADS, "账户余额")

    assert refused(workbook(rows)) == "“余额”和“账户余额”两列都是“余额”，请部门删去一列后重送"


def test_headings_of_another_source_are_named() -> None:
    heads = ("证件号码", "姓名", "地块代码", "承包面积（亩）")

    for data in (workbook([heads, (WANG, "王秀英", "36A01", "4.5")]), text_rows([heads]).encode()):
        assert refused(data, BANK, [BANK, LAND]) == (
            "表头是“演示耕地”的，不是“演示银行”的，请改选来源“演示耕地”，或者换一个文件"
        )


def test_money_of_another_country() -> None:
    heads = [*HEADS[:5], "余额（美元）", HEADS[6]]

    assert (
        refused(text_rows([heads, ROWS[0]]).encode())
        == "“余额（美元）”的单位“美元”不能收，请部门换算成元、万元或分后重送"
    )


def test_a_torn_last_row_of_fields() -> None:
    assert refused(TEXT.encode()[:-40]) == "最后一行（第4行）只有4项，表头有7项，文件没有传完；请部门重送"


def test_a_quote_that_is_never_closed() -> None:
    data = TEXT.replace("邮储银行", '"邮储银行').encode()

    assert refused(data) == "文件里的双引号不成对，可能没有传完；请部门核对后重送"


def test_a_row_of_too_many_or_too_few_fields_goes_back() -> None:
    lines = TEXT.split("\r\n")
    lines[1], lines[2] = f"{lines[1]},多", "李建国,80000"

    kept, rejected, _ = read("\r\n".join(lines).encode())

    assert kept == {4: KEPT[2]}
    assert [(one.number, one.field, one.reason) for one in rejected] == [
        (2, "整行", "“整行”有8项，表头有7项，对不上列；请部门核对这一行有没有多出或缺少分隔符"),
        (3, "整行", "“整行”有2项，表头有7项，对不上列；请部门核对这一行有没有多出或缺少分隔符"),
    ]
    assert rejected[1].row == {"raw": "李建国,80000"}


def test_a_torn_last_line_of_fixed_width() -> None:
    assert refused(fixed(WIDE)[:-12]) == "最后一行（第3行）只有71字节，应有81字节，文件没有传完；请部门重送"


def test_lines_of_another_fixed_width() -> None:
    data = b"\r\n".join(line + b"  " for line in fixed(WIDE).split(b"\r\n"))

    assert refused(data) == (
        "每行应有81字节（按 GB18030 数），第1行有83字节，不是约定的定长格式；请核对来源，或请部门按约定的字节数重送"
    )


def test_one_line_of_another_width_goes_back() -> None:
    lines = fixed(WIDE).split(b"\r\n")
    lines[1] = lines[1][:-3]

    kept, rejected, _ = read(b"\r\n".join(lines))

    assert sorted(kept) == [1, 3]
    assert [(one.number, one.reason) for one in rejected] == [
        (2, "“整行”有78字节，应有81字节，对不上列；请部门按约定的字节数重排这一行")
    ]


def test_fixed_width_shifted_by_a_column() -> None:
    """The same length, but the name first: ids would be cut out of names."""
    lines = []
    for who, name, bank, account, balance in WIDE:
        cells = ((name, 12), (who, 18), (bank, 20), (account, 19), (balance, 12))
        lines.append(b"".join(cell.encode("gb18030").ljust(width) for cell, width in cells))

    assert refused(b"\n".join(lines)) == "“证件号码”一列里多半是文字，列的位置错了；请部门按约定的顺序重排后重送"


def test_a_cut_character_goes_back() -> None:
    lines = fixed(WIDE).split(b"\r\n")
    lines[1] = lines[1][:17] + lines[1][18:] + b" "  # a place of the id lost: all behind it moves up by a byte

    kept, rejected, _ = read(b"\r\n".join(lines))

    assert sorted(kept) == [1, 3]
    assert [(one.number, one.field) for one in rejected] == [(2, "证件号码")]
    assert "切到了半个汉字" in rejected[0].reason


def test_fields_under_the_wrong_headings() -> None:
    rows = [(row[1], row[0], *row[2:]) for row in ROWS]

    for data in (workbook([HEADS, *rows]), text_rows([HEADS, *rows]).encode()):
        assert refused(data) == "“证件号码”一列里多半是文字，列的位置错了；请部门按约定的顺序重排后重送"


def test_half_a_line_of_json() -> None:
    data = json_lines(OBJECTS)

    assert refused(data[:-4]) == "最后一行（第3行）不完整，文件没有传完；请部门重送"
    assert refused(data[: data.rindex("开户".encode()) + 1]) == "文件断在半个字上，没有传完；请部门重送"


def test_a_line_of_json_that_is_none_goes_back() -> None:
    lines = json_lines(OBJECTS).split(b"\n")
    lines[1] = b"{bad}"

    kept, rejected, _ = read(b"\n".join(lines))

    assert sorted(kept) == [1, 3]
    assert [(one.number, one.field, one.reason) for one in rejected] == [
        (2, "整行", "“整行”不是一个完整的 JSON 对象；请部门核对这一行")
    ]


def test_a_list_where_a_value_belongs() -> None:
    kept, rejected, _ = read(json_lines([{**OBJECTS[0], "余额": [1, 2]}, OBJECTS[1]]))

    assert sorted(kept) == [2]
    assert [(one.field, one.reason.partition("；")[0]) for one in rejected] == [("余额", "“余额”是一组值，应为一个值")]


def test_json_in_one_array() -> None:
    assert (
        refused(b"[" + json_lines(OBJECTS) + b"]")
        == "文件是一个 JSON 数组，应为每行一条记录（NDJSON）；请部门改好后重送"
    )


def test_a_formula_goes_back_whatever_it_came_to() -> None:
    rows = [list(row) for row in ROWS]
    rows[1][5] = "=40000*2"

    kept, rejected, _ = read(workbook([[], ["", *HEADS], *[["", *row] for row in rows]]))

    assert sorted(kept) == [3, 5]
    assert [(one.number, one.field, one.reason) for one in rejected] == [(4, "余额", f"“余额”{FORMULA}")]


def test_a_formula_in_a_column_that_is_not_kept_does_no_harm() -> None:
    rows = [(*HEADS, "折算"), *[(*row, "=1+1") for row in ROWS]]

    assert list(read(workbook(rows))[0].values()) == list(KEPT)


def test_a_formula_in_a_text_file_goes_back() -> None:
    rows = [HEADS, (*ROWS[0][:5], "=E2*2", ROWS[0][6]), ROWS[1]]

    kept, rejected, _ = read(text_rows(rows).encode())

    assert sorted(kept) == [3]
    assert [(one.number, one.field) for one in rejected] == [(2, "余额")]
    assert "是公式" in rejected[0].reason


def test_merged_cells() -> None:
    assert refused(workbook([HEADS, *ROWS], merged="A3:A4")) == "第3行有合并单元格，请部门取消合并、逐行填写后重送"
    assert len(read(workbook([["" for _ in HEADS], HEADS, *ROWS], merged="A1:G1"))[0]) == 3


def test_two_sheets_with_headings() -> None:
    assert refused(workbook([HEADS, *ROWS], [HEADS])) == (
        "有2张工作表都有表头（Sheet1、Sheet2），请部门合成一张或分成几个文件送"
    )
    assert len(read(workbook([["说明"]], [HEADS, *ROWS], [HEADS], hidden=[2]))[0]) == 3


def test_a_workbook_that_blows_up() -> None:
    """A megabyte that unpacks to three hundred: asked before anything of it is read."""
    out = io.BytesIO(workbook([HEADS, *ROWS]))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("xl/worksheets/sheet9.xml", "w") as part:
            for _ in range(300):
                part.write(b" " * 1_000_000)
    data = out.getvalue()

    assert len(data) < 1_100_000
    assert refused(data) == "文件约1MB，解压后有300MB，不像人员数据；请部门只留数据这一张表，或改送 CSV"


def test_half_a_workbook() -> None:
    data = workbook([HEADS, *ROWS])

    assert refused(data[:-500]) == "文件打不开，可能没有传完或者已损坏；请部门重新另存为 xlsx 后重送"
    assert refused(data[:1000]) == "文件打不开，可能没有传完或者已损坏；请部门重新另存为 xlsx 后重送"


def test_a_zip_that_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")

    assert refused(out.getvalue()) == "文件打不开，可能没有传完或者已损坏；请部门重新另存为 xlsx 后重送"


def test_an_encrypted_and_an_old_workbook() -> None:
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1000)

    assert refused(ole + "EncryptedPackage".encode("utf-16-le")) == "文件加了密，打不开；请部门去掉打开密码后重送"
    assert refused(ole) == "文件是老格式（xls），请部门另存为 xlsx 后重送"


def test_a_pdf() -> None:
    assert refused(b"%PDF-1.7\n") == "文件是 PDF 或 Word，读不出行；请部门按 xlsx、CSV、定长文本或 NDJSON 送"
