"""opendibao match: rows of a department to our people; refused whole, or written whole."""

import codecs
import csv
import pathlib
from datetime import date

import pytest
from click.testing import CliRunner, Result

from opendibao.commands.main import main
from opendibao.kernel.ids import make_id_number

ZHANG = make_id_number("999999", date(1960, 3, 5), 123)
WANG = make_id_number("999999", date(1971, 11, 20), 22)
PERSON_HEAD = "person_id,name,id_number,sex,born,division,phone"
RECORD_HEAD = "record_id,name,id_number,sex,born,division,phone"
PERSONS = f"{PERSON_HEAD}\np1,张建国,{ZHANG},男,1960-03-05,999999100001,13812345678\np2,王秀英,{WANG},,,,\n"
RECORDS = (
    f"{RECORD_HEAD}\n"
    f"r1,张建国,{ZHANG},,,,\n"  # confirmed
    "r2,张建国,,,1960/3/5,,13812345678\n"  # repaired: name 10, born 14, phone 16
    f"r3,刘福生,{WANG},,,,\n"  # to a person
    "r4,王秀英,,,,,\n"  # nothing but a name
    "r5,李玉兰,,,1950-01-01,,\n"  # none of ours
)


@pytest.fixture
def persons(tmp_path: pathlib.Path) -> pathlib.Path:
    (tmp_path / "persons.csv").write_text(PERSONS, "utf-8")
    return tmp_path / "persons.csv"


def run(persons: pathlib.Path, records: str | bytes, *options: str) -> Result:
    beside = persons.with_name("records.csv")
    beside.write_bytes(records if isinstance(records, bytes) else records.encode())
    return CliRunner().invoke(
        main, ["match", str(persons), str(beside), "--out", str(persons.with_name("links.csv")), *options]
    )


def written(persons: pathlib.Path) -> list[dict[str, str]]:
    with persons.with_name("links.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_each_row_is_linked_with_its_tier_score_and_evidence(persons: pathlib.Path) -> None:
    result = run(persons, RECORDS)

    assert result.exit_code == 0, result.output
    assert written(persons) == [
        {"person_id": "p1", "record_id": "r1", "tier": "confirmed", "score": "40.00",
         "evidence": "id_number:same:30.00;name:same:10.00"},
        {"person_id": "p1", "record_id": "r2", "tier": "repaired", "score": "40.00",
         "evidence": "name:same:10.00;born:same:14.00;phone:same:16.00"},
        {"person_id": "p2", "record_id": "r3", "tier": "review", "score": "22.00",
         "evidence": "id_number:same:30.00;name:other:-8.00"},
    ]  # fmt: skip


def test_the_counts_are_told_by_tier(persons: pathlib.Path) -> None:
    output = run(persons, RECORDS).output

    assert "人员 2 人，记录 5 条" in output
    assert "证件号和姓名相符 1 条，证件号有误、其他信息相符 1 条" in output
    assert "待人工认定 1 条；没有认到人 1 条；只有姓名、无法核对 1 条" in output


@pytest.mark.parametrize("data", [
    RECORDS.encode(), codecs.BOM_UTF8 + RECORDS.encode(), RECORDS.encode("gb18030"),
    RECORDS.replace("\n", "\r\n").encode("gb18030"), RECORDS.rstrip().encode(), RECORDS.encode() + b"\n\n",
], ids=["utf8", "bom", "gb18030", "crlf", "no end", "empty lines at the end"])  # fmt: skip
def test_every_encoding_gives_the_same_links(persons: pathlib.Path, data: bytes) -> None:
    run(persons, RECORDS)
    expected = persons.with_name("links.csv").read_bytes()

    result = run(persons, data)

    assert result.exit_code == 0, result.output
    assert persons.with_name("links.csv").read_bytes() == expected
    assert ("最后一行没有换行" in result.output) is not data.endswith(b"\n")


def test_columns_may_stand_in_any_order_and_values_in_quotes(persons: pathlib.Path) -> None:
    result = run(persons, f'name,record_id,born,phone,division,sex,id_number\n"张建国","r,1",,,,,"{ZHANG}"\n')

    assert result.exit_code == 0, result.output
    assert [(row["record_id"], row["tier"]) for row in written(persons)] == [("r,1", "confirmed")]


def test_a_file_with_a_heading_only_has_no_links(persons: pathlib.Path) -> None:
    assert run(persons, RECORD_HEAD + "\n").exit_code == 0
    assert written(persons) == []


REFUSED = {
    "empty": (b"", "文件是空的"),
    "workbook": (b"PK\x03\x04", "Excel 工作簿"),
    "utf16": (RECORDS.encode("utf-16"), "UTF-16"),
    "two encodings": (
        RECORDS.encode("gb18030") + "r6,李玉兰,,,,,\n".encode(),
        "第 7 行是 UTF-8，第 2 行不是，一个文件里有两种编码",
    ),
    "no heading": ("r1,张建国,,,,,\n", "第 1 行应是列名 record_id,name"),
    "a column missing": (RECORDS.replace(",phone\n", "\n", 1), "缺少列：phone"),
    "an unknown column": (RECORDS.replace(",phone\n", ",tel\n", 1), "缺少列：phone"),
    "one column more": (RECORDS.replace(",phone\n", ",phone,note\n", 1), "不认识的列：note"),
    "a column twice": (RECORDS.replace(",phone\n", ",phone,name\n", 1), "重复的列：name"),
    "half a row": (RECORDS.encode()[: -len("01-01,,\n")], "第 6 行有 5 列，应有 7 列"),
    "half a character": (RECORDS.encode() + "r6,李".encode()[:-1], "第 7 行"),
    "an open quote": (RECORDS + 'r6,"李玉兰,,,,,\n', "第 7 行"),
    "an empty line": (RECORDS.replace("r3,", "\nr3,"), "第 4 行的 record_id 是空的"),
    "a key missing": (RECORDS.replace("r3,", ","), "第 4 行的 record_id 是空的"),
    "a key twice": (RECORDS.replace("r3,", "r1,"), "第 4 行的 record_id“r1”和第 2 行重复"),
}


@pytest.mark.parametrize(("records", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_whole_is_refused_and_nothing_is_written(
    persons: pathlib.Path, records: str | bytes, words: str
) -> None:
    result = run(persons, records)

    assert result.exit_code == 2
    assert words in result.output
    assert "records.csv" in result.output
    assert not list(persons.parent.glob("*links.csv*"))


@pytest.mark.parametrize(("text", "words"), [
    (PERSON_HEAD + "\n", "只有列名，没有人员"), (PERSONS.replace("person_id", "record_id", 1), "缺少列：person_id"),
    (PERSONS + f"p1,张建国,{ZHANG},,,,\n", "第 4 行的 person_id“p1”和第 2 行重复"),
])  # fmt: skip
def test_our_own_file_is_checked_too(persons: pathlib.Path, text: str, words: str) -> None:
    persons.write_text(text, "utf-8")

    result = run(persons, RECORDS)

    assert (result.exit_code, words in result.output) == (2, True), result.output


def test_a_file_that_is_not_there_is_named(persons: pathlib.Path) -> None:
    persons.unlink()

    result = run(persons, RECORDS)

    assert result.exit_code == 2
    assert "persons.csv 读不出来" in result.output


def test_a_trial_writes_nothing_and_counts(persons: pathlib.Path) -> None:
    result = run(persons, RECORDS, "--dry-run")

    assert result.exit_code == 0
    assert "证件号和姓名相符 1 条" in result.output
    assert not persons.with_name("links.csv").exists()


def test_what_was_there_stays_when_the_new_file_is_refused(persons: pathlib.Path) -> None:
    run(persons, RECORDS)
    before = persons.with_name("links.csv").read_bytes()

    assert run(persons, b"").exit_code == 2
    assert persons.with_name("links.csv").read_bytes() == before


def test_the_result_never_replaces_what_is_read(persons: pathlib.Path) -> None:
    persons.with_name("records.csv").write_text(RECORDS, "utf-8")

    result = CliRunner().invoke(
        main, ["match", str(persons), str(persons.with_name("records.csv")), "--out", str(persons)]
    )

    assert result.exit_code == 2
    assert persons.read_text("utf-8") == PERSONS


def test_a_folder_that_is_not_there_is_refused(persons: pathlib.Path) -> None:
    result = run(persons, RECORDS, "--out", str(persons.parent / "nowhere" / "links.csv"))

    assert result.exit_code == 2
    assert "写不成" in result.output


@pytest.mark.parametrize(("day", "status", "words"), [
    ("2024-05-20", 0, "权重 2014-05-01-"), ("2014-04-30", 2, "还没有生效的认人权重"), ("2024-13-01", 2, "2024-13-01"),
])  # fmt: skip
def test_the_weights_are_those_of_a_day(persons: pathlib.Path, day: str, status: int, words: str) -> None:
    result = run(persons, RECORDS, "--on", day)

    assert (result.exit_code, words in result.output) == (status, True), result.output
