"""核到与埋设: planted facts and rows are counted against links by hand-made files of three rows."""

from datetime import date

from opendibao.demo.departments.calendar import Handed
from opendibao.demo.departments.found import Fact, Rows, by_row, facts, rows, told
from opendibao.demo.departments.handing import Made, Planted
from opendibao.verification.deliveries.manifest import Manifest
from opendibao.verification.link_queries import LinkedRow

DAY = date(2024, 2, 29)
WANG, LI, ZHAO = "999999196408150023", "999999198205010013", "999999197001010016"


def made(source: str, planted: tuple[Planted, ...], subjects: tuple[str, ...], faults: tuple[str, ...]) -> Made:
    manifest = Manifest(source, "部门", "依据", "用途", "协议", "register", None, DAY, len(subjects))
    return Made(Handed(source, "gb", DAY, DAY), f"{source}.csv", b"", manifest, planted, subjects, faults, 3)


FILES = {
    7: made("bank_deposits", (Planted("bank_deposits", "deposit", WANG, "a", 3, ""),
                              Planted("bank_deposits", "deposit", LI, "b", 4, "missing")),
            (WANG, LI, "999999190001010000"), ("", "missing", "")),
    9: made("vehicles", (Planted("vehicles", "car", ZHAO, "c", 3, "other_name"),), (ZHAO,), ("other_name",)),
}  # fmt: skip
LINKS = [
    LinkedRow(7, 3, WANG, "confirmed", "automatic"),
    LinkedRow(7, 5, LI, "repaired", "automatic"),  # a stranger's row
    LinkedRow(9, 3, ZHAO, "review", "waiting"),
]


def test_a_fact_is_found_where_a_row_of_it_is_linked_to_whom_it_is_about() -> None:
    assert facts(FILES, by_row(LINKS)) == [
        Fact(WANG, "deposit", "found", ()),
        Fact(ZHAO, "car", "doubtful", ("other_name",)),
        Fact(LI, "deposit", "missed", ("missing",)),
    ]


def test_one_linked_row_is_enough_for_a_fact_that_two_files_speak_of() -> None:
    both = {**FILES, 11: made("bank_deposits", (Planted("bank_deposits", "deposit", LI, "b", 3, ""),), (LI,), ("",))}
    found = facts(both, by_row([*LINKS, LinkedRow(11, 3, LI, "confirmed", "automatic")]))
    assert [one.became for one in found if one.id_number == LI] == ["found"]


def test_rows_are_counted_by_fault_and_wrong_links_told() -> None:
    assert rows(FILES, by_row(LINKS), frozenset({WANG, LI, ZHAO})) == [
        Rows("", 1, 1, 0, 0, 1),
        Rows("missing", 1, 0, 0, 1, 0),
        Rows("other_name", 1, 0, 1, 0, 0),
    ]


def test_the_page_says_why_something_was_missed() -> None:
    text = told(FILES, FILES, by_row(LINKS), frozenset({WANG, LI, ZHAO}))
    assert "| 没有申报的存款 | 2 | 1 | 0 | 1 | 没有证件号1件 |" in text
    assert "| 合计 | 3 | 1 | 1 | 1 | 没有证件号1件 |" in text
    assert "| 没有证件号 | 1 | 0 | 0 | 1 | 0 |" in text
