"""部门文件: every form is read back as it was meant; numbers, days and codes are written as departments write them."""

import hashlib
from datetime import date
from random import Random

import pytest

from opendibao.demo.departments import damage
from opendibao.demo.departments.calendar import Handed, calendar
from opendibao.demo.departments.cells import NoSuchWord, written
from opendibao.demo.departments.forms import FORMS, NUMBER
from opendibao.demo.departments.handing import Made, hand_in
from opendibao.demo.departments.homes import Subject, homes
from opendibao.demo.plan import CountyPlan
from opendibao.verification.deliveries.reading.rows import read_rows
from opendibao.verification.sources import SOURCES
from opendibao.verification.sources.adapter import CODE, COUNT, DAY, MEASURE, MONEY, MONTH, TEXT, Column

DAY_OF = date(2024, 2, 29)
WANG = Subject("999999196408150023", "王秀英", "女", "1964-08-15", "360429100002", "00013900000")


def handed(source: str, form: str, as_of: date = DAY_OF) -> Handed:
    return Handed(source, form, as_of, date(2024, 3, 4))


def read(made: Made) -> tuple[list[dict[str, object]], list[tuple[int, str, str]]]:
    """Kept rows, and (row, field, reason) of those that go back."""
    source = SOURCES[made.handed.source]
    batches = list(read_rows(made.data, source, made.handed.as_of).batches)
    kept = [row for batch in batches for row in batch.kept]
    return kept, [(one.number, one.field, one.reason) for batch in batches for one in batch.rejected]


class TestCell:
    @pytest.mark.parametrize(
        ("kind", "unit", "value", "said"),
        [
            (MONEY, "yuan", 9_800_050, "98000.50"),
            (MONEY, "yuan", 5, "0.05"),
            (MONEY, "wan", 9_800_000, "9.800000"),
            (MONEY, "fen", 98, "98"),
            (MEASURE, "yuan", 8_650, "86.50"),
            (COUNT, "yuan", 7, "7"),
            (DAY, "yuan", date(2024, 3, 5), "2024-03-05"),
            (MONTH, "yuan", "2024-03", "2024-03"),
            (TEXT, "yuan", "月亮村", "月亮村"),
            (TEXT, "yuan", None, ""),
        ],
    )
    def test_a_value_is_written_by_the_kind_of_its_column(self, kind: str, unit: str, value: object, said: str) -> None:
        assert written(Column("x", "某列", kind, unit=unit), value) == said

    def test_a_code_is_written_in_the_first_word_that_means_it(self) -> None:
        column = Column("x", "种类", CODE, choices={"活期": "demand", "活期存款": "demand", "定期": "term"})
        assert written(column, "demand") == "活期"
        with pytest.raises(NoSuchWord, match=r"种类没有“gold”的写法，有：活期、活期存款、定期"):
            written(column, "gold")


class TestDamage:
    @pytest.mark.parametrize(
        ("fault", "changed"),
        [
            ("legacy15", {"id_number": "999999640815002"}),
            ("full_width", {"id_number": "９９９９９９１９６４０８１５００２３"}),
            ("masked", {"id_number": "999999********0023"}),
            ("excel", {"id_number": "999999196408150000"}),
            ("missing", {"id_number": ""}),
            ("name", {"name": "王绣瑛"}),
            ("blanks", {"name": "王　秀　英"}),
        ],
    )
    def test_each_fault_does_what_its_name_says(self, fault: str, changed: dict[str, str]) -> None:
        right = damage.identity_of(WANG)
        assert damage._FAULTS[fault](right, Random(1)) == {**right, **changed}

    def test_one_wrong_place_breaks_the_check_digit(self) -> None:
        wrong = damage._FAULTS["digit"](damage.identity_of(WANG), Random(1))["id_number"]
        assert sum(a != b for a, b in zip(wrong, WANG.id_number, strict=True)) == 1
        assert wrong[17] == WANG.id_number[17]

    def test_who_was_born_in_this_century_has_no_number_of_fifteen_places(self) -> None:
        young = Subject("999999201409300041", "李小红", "女", "2014-09-30", "360429100002", "")
        assert damage._FAULTS["legacy15"](damage.identity_of(young), Random(1)) == damage.identity_of(young)

    def test_a_record_has_the_same_fault_every_time(self) -> None:
        assert damage.damaged(WANG, Random("bank 1")) == damage.damaged(WANG, Random("bank 1"))


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_form_is_read_back_by_the_reader_of_deliveries(small: CountyPlan, form: str) -> None:
    made = hand_in(handed("vehicles", form), homes(small))
    kept, rejected = read(made)
    assert len(kept) + len(rejected) == made.manifest.rows
    assert not rejected  # a small file has no spoilt rows
    numbers = [str(row["id_number"]) for row in kept]
    whole = [place for place, fault in enumerate(made.faults) if not fault]
    assert [numbers[place] for place in whole] == [made.subjects[place] for place in whole]


def test_the_rows_that_a_clerk_spoilt_go_back_with_field_and_reason(small: CountyPlan) -> None:
    made = hand_in(handed("bank_deposits", "ndjson"), homes(small))
    kept, rejected = read(made)
    assert len(rejected) == 3
    assert {field for _, field, _ in rejected} == {"余额"}
    assert all(reason for *_, reason in rejected)
    assert len(kept) == made.manifest.rows - 3


def test_a_file_agrees_with_its_manifest_and_is_the_same_every_time(small: CountyPlan) -> None:
    made = hand_in(handed("public_security", "gb"), homes(small))
    assert made.manifest.sha256 == hashlib.sha256(made.data).hexdigest()
    assert made.data == hand_in(handed("public_security", "gb"), homes(small)).data
    assert made.name == "公安_20240229.csv"


def test_an_unchanged_register_of_another_day_is_another_file(small: CountyPlan) -> None:
    for source in SOURCES:
        if any(one.source == source for one in calendar(small)):
            form = next(one.form for one in calendar(small) if one.source == source)
            first, second = (hand_in(handed(source, form, day), homes(small)) for day in (DAY_OF, date(2024, 5, 31)))
            assert first.manifest.sha256 != second.manifest.sha256, source


def test_an_id_that_excel_made_a_number_has_lost_its_last_places(small: CountyPlan) -> None:
    source = SOURCES["vehicles"]
    row = {"id_number": f"{NUMBER}999999196408150000", "name": "王秀英", "plate": "演G1", "kind": "轿车"}
    data = FORMS["xlsx"][2](source, [row], DAY_OF)
    (kept,) = [row for batch in read_rows(data, source, DAY_OF).batches for row in batch.kept]
    assert kept["id_number"] == "9.99999196408150E+17"


def test_every_source_of_the_day_hands_in_within_the_time_its_data_are_fresh(small: CountyPlan) -> None:
    days: dict[str, list[Handed]] = {}
    for one in calendar(small):
        days.setdefault(one.source, []).append(one)
        assert one.received_on > one.as_of
    assert {name for name, one in SOURCES.items() if not one.since or one.since.year <= 2024} == set(days)
    first_match = min(entry.matched_on for entry in small.entries)
    assert all(files[0].received_on <= first_match for files in days.values())
