"""银行文件: the bytes the bank gets, in every template."""

import hashlib
import io
import pathlib
import zipfile
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from opendibao.payment.bank_file import (
    Batch,
    Control,
    Transfer,
    compose,
    drafted,
    e2e_household,
    place,
    purpose_of,
    render,
    store,
)
from opendibao.payment.digests import digests_in, digests_of
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.templates import load_template, templates

BATCH = Batch("DIBAO-202401-1", date(2024, 1, 1), date(2024, 1, 5), "12345")
ONE = Transfer("202401-A1-R-0-1", "王秀英", "农商银行", "6228", 62050)
PAY = [each.name for each in templates() if each.use == "pay"]


def named(holder: str, number: str = "A1") -> Transfer:
    return Transfer(f"202401-{number}-R-0-1", holder, "农商银行", "6228", 100)


class TestCountyText:
    def test_the_file_is_header_lines_and_a_sealed_trailer(self) -> None:
        head, line, trailer = render(BATCH, [ONE]).decode("gb18030").splitlines()
        assert head == "H|DIBAO-202401-1|2024-01|2024-01-05|1|620.50"
        assert line == "D|1|202401-A1-R-0-1|王秀英|农商银行|6228|620.50|2024年1月低保金 咨询12345"
        assert trailer.startswith("T|1|620.50|")

    def test_the_checksum_covers_everything_before_it(self) -> None:
        data = render(BATCH, [ONE])
        before, checksum = data[:-66], data[-66:-2].decode()
        assert checksum == hashlib.sha256(before).hexdigest()

    def test_the_trailer_adds_up_the_lines(self) -> None:
        other = Transfer("202401-B1-R-0-1", "李四", "农商银行", "6229", 1)
        assert b"T|2|620.51|" in render(BATCH, [ONE, other])

    def test_rare_characters_of_names_survive(self) -> None:
        name = "㛃𠮷䶮·阿依"
        assert name in render(BATCH, [named(name)]).decode("gb18030")

    def test_files_from_before_the_hotline_are_written_as_they_were(self) -> None:
        lines = render(BATCH, [ONE], "county-text-2024").decode("gb18030").splitlines()
        assert lines[1] == "D|1|202401-A1-R-0-1|王秀英|农商银行|6228|620.50|2024-01低保金"


class TestOtherForms:
    def test_a_comma_file_has_headings_and_a_total(self) -> None:
        head, line, total = render(BATCH, [ONE], "comma-gbk").decode("gbk").splitlines()
        assert head == "序号,收款账号,户名,开户行,金额,摘要,备注"
        assert line == "1,6228,王秀英,农商银行,620.50,2024年1月低保金 咨询12345,202401-A1-R-0-1"
        assert total == "合计,1,620.50,DIBAO-202401-1"

    def test_a_fixed_file_counts_bytes_of_its_encoding(self) -> None:
        data = render(BATCH, [ONE, named("李四")], "fixed-gbk")
        head, first, second, total = data.split(b"\r\n")[:-1]
        assert len(head) == 1 + 20 + 8 + 8 + 15
        assert len(first) == len(second) == 1 + 8 + 32 + 60 + 15 + 30 + 40
        assert first[:9] == b"100000001"
        assert first[9:41] == b"6228" + b" " * 28
        assert first[41:101].decode("gbk").rstrip() == "王秀英"
        assert first[101:116] == b"000000000062050"
        assert total == b"9" + b"00000002" + b"000000000062150"

    def test_a_sheet_holds_texts_only(self) -> None:
        data = render(BATCH, [ONE], "county-xlsx")
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
        assert [cell for cell in rows[0] if cell] == [
            "批次",
            "DIBAO-202401-1",
            "发放月",
            "2024-01",
            "送盘日期",
            "2024-01-05",
        ]
        assert rows[2][:7] == [
            "1", "202401-A1-R-0-1", "王秀英", "农商银行", "6228", "620.50", "2024年1月低保金 咨询12345",
        ]  # fmt: skip
        assert [cell for cell in rows[3] if cell] == ["合计", "笔数", "1", "金额（元）", "620.50"]

    def test_nothing_in_a_sheet_hangs_on_day_machine_or_library(self) -> None:
        entries = zipfile.ZipFile(io.BytesIO(render(BATCH, [ONE], "county-xlsx"))).infolist()
        assert {each.date_time for each in entries} == {(1980, 1, 1, 0, 0, 0)}
        assert {(each.compress_type, each.create_system, each.flag_bits & 0x08) for each in entries} == {(0, 0, 0)}

    @pytest.mark.parametrize("name", ["=1+1", "+王", "-王", "@王", "<b>&王", "_x0041_王", "㛃𠮷䶮"])
    def test_no_name_becomes_a_formula_in_a_sheet(self, name: str) -> None:
        data = render(BATCH, [named(name)], "county-xlsx")
        sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet
        assert sheet.count(b"<c ") == sheet.count(b't="inlineStr"')
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
        assert rows[2][2] == name

    @pytest.mark.parametrize("name", ["=1+1", "+王", "-王", "@王", '王"英', "王,英"])
    def test_a_comma_file_refuses_what_a_table_program_would_run_or_split(self, name: str) -> None:
        with pytest.raises(PaymentRefused, match="A1"):
            render(BATCH, [named(name)], "comma-gbk")

    def test_a_text_longer_than_its_place_is_named(self) -> None:
        with pytest.raises(PaymentRefused, match="A1的户名") as refusal:
            render(BATCH, [named("长" * 31)], "fixed-gbk")
        assert "长度" in str(refusal.value)
        assert "长" * 30 in render(BATCH, [named("长" * 30)], "fixed-gbk").decode("gbk")


@pytest.mark.parametrize("template", PAY)
class TestEveryTemplate:
    def test_the_same_lines_give_the_same_bytes(self, template: str) -> None:
        lines = [ONE, named("李四", "B1")]
        assert render(BATCH, lines, template) == render(BATCH, lines, template)

    def test_another_fen_gives_other_bytes(self, template: str) -> None:
        other = Transfer(ONE.e2e, ONE.holder, ONE.bank, ONE.account, ONE.fen + 1)
        assert render(BATCH, [ONE], template) != render(BATCH, [other], template)

    @pytest.mark.parametrize("holder", ["王\n英", "", "  ", "王\ud840英", "王\x00英"])
    def test_a_name_that_would_break_the_file_is_refused_with_its_household(self, template: str, holder: str) -> None:
        with pytest.raises(PaymentRefused, match="A1"):
            render(BATCH, [named(holder)], template)

    @pytest.mark.parametrize("field", ["bank", "account"])
    def test_an_empty_field_is_refused(self, template: str, field: str) -> None:
        told = {"e2e": ONE.e2e, "holder": "王", "bank": "农商银行", "account": "6228", field: ""}
        if any(cell.field == field for cell in load_template(template).columns):
            with pytest.raises(PaymentRefused, match="A1"):
                render(BATCH, [Transfer(fen=1, **told)], template)
        else:
            assert field == "bank"


def test_a_bar_in_a_name_is_refused_where_bars_part_the_cells() -> None:
    with pytest.raises(PaymentRefused, match="A1"):
        render(BATCH, [named("王|英")])


@pytest.mark.parametrize("template", ["comma-gbk", "fixed-gbk"])
class TestRareNames:
    @pytest.mark.parametrize("sign", ["㛃", "𠮷", "䶮"])
    def test_gbk_stops_and_names_household_name_and_sign(self, template: str, sign: str) -> None:
        lines = [ONE, named(f"王{sign}英", "B1"), named(f"{sign}四", "C1")]
        with pytest.raises(PaymentRefused) as refusal:
            render(BATCH, lines, template)
        said = str(refusal.value)
        assert f"B1“王{sign}英”的“{sign}”" in said
        assert f"C1“{sign}四”的“{sign}”" in said
        assert "GB18030" in said
        assert "A1" not in said

    def test_many_are_counted(self, template: str) -> None:
        lines = [named("㛃", f"N{n}") for n in range(30)]
        with pytest.raises(PaymentRefused, match="等30处"):
            render(BATCH, lines, template)


class TestPurpose:
    def test_the_slip_says_month_money_and_number(self) -> None:
        assert purpose_of(load_template("county-text"), "202512", "0796-12345") == "2025年12月低保金 咨询0796-12345"

    def test_where_the_bank_has_less_room_the_shorter_words_stand(self) -> None:
        assert purpose_of(load_template("comma-gbk"), "202512", "0796-3712345678") == "12月低保金 0796-3712345678"

    def test_a_number_that_fits_nowhere_is_refused(self) -> None:
        with pytest.raises(PaymentRefused, match="30字节"):
            purpose_of(load_template("comma-gbk"), "202512", "0796-37123456789012345")

    def test_no_file_goes_out_without_the_number(self) -> None:
        with pytest.raises(PaymentRefused, match="咨询电话"):
            render(Batch("DIBAO-202401-1", date(2024, 1, 1), date(2024, 1, 5)), [ONE])

    def test_money_of_another_month_says_its_month(self) -> None:
        late = Transfer("202312-A1-R-0-2", "王秀英", "农商银行", "6228", 62050)
        assert "|2023年12月低保金 咨询12345" in render(BATCH, [late]).decode("gb18030")


def test_totals_that_are_not_those_of_the_lines_stop_the_file() -> None:
    for control in (Control(2, 62050), Control(1, 62051)):
        with pytest.raises(PaymentRefused, match="控制数"):
            compose(load_template("county-text"), BATCH, control, [ONE], io.BytesIO())


def test_both_fingerprints_are_the_published_ones() -> None:
    # the examples of GB/T 32905 and of FIPS 180
    found = digests_of(b"abc")
    assert found.sm3 == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert found.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digests_in(io.BytesIO(b"abc")) == found


def test_the_end_to_end_id_holds_the_household_even_with_hyphens() -> None:
    assert e2e_household("202401-DB-00-7-R-0-2") == "DB-00-7"


def test_a_file_is_stored_whole_and_leaves_no_draft(tmp_path: pathlib.Path) -> None:
    path = store(tmp_path / "deep" / "a.txt", b"abc")
    assert path.read_bytes() == b"abc"
    assert [each.name for each in path.parent.iterdir()] == ["a.txt"]


def test_two_drafts_never_meet(tmp_path: pathlib.Path) -> None:
    with drafted(tmp_path) as one, drafted(tmp_path) as two:
        one.write(b"one")
        two.write(b"two")
        place(two, tmp_path / "a.txt")
        assert (tmp_path / "a.txt").read_bytes() == b"two"
        place(one, tmp_path / "a.txt")
    assert (tmp_path / "a.txt").read_bytes() == b"one"
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


def test_a_fault_leaves_neither_file_nor_draft(tmp_path: pathlib.Path) -> None:
    def half() -> None:
        with drafted(tmp_path) as draft:
            draft.write(b"half")
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        half()
    assert not list(tmp_path.iterdir())
