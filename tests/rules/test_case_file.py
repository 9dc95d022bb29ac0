import pytest

from opendibao.rules.case_file import read_case
from opendibao.rules.fields import CaseError
from tests.rules.worked_cases import case_text

CASE = """\
decision_date: 2024-05-20
policy: jx-demo-2024
area: rural
members:
  - name: 夫
    born: 1980-01-01
    sex: male
    relation: head
    income:
      - {kind: other, amount: 560, per: month}
  - {name: 妻, born: 1981-01-01, relation: spouse}
property: {financial_assets: 6000, dwellings: 1}
"""


def _refusal(text: str) -> CaseError:
    with pytest.raises(CaseError) as found:
        read_case(text)
    return found.value


@pytest.mark.parametrize(
    ("old", "new", "key", "line"),
    [
        ("area: rural", "aera: rural", "aera", 3),
        ("sex: male", "gender: male", "members[0].gender", 7),
        ("area: rural", "area: town", "area", 3),
        ("born: 1980-01-01", "born: 1980-02-30", "members[0].born", 6),
        ("born: 1980-01-01", "born: 2024-05-21", "members[0].born", 6),
        ("born: 1980-01-01", "born: 1890-01-01", "members[0].born", 6),
        ("decision_date: 2024-05-20", "decision_date: 2024-13-01", "decision_date", 1),
        ("decision_date: 2024-05-20", "decision_date: 20 May", "decision_date", 1),
        ("amount: 560", "amount: -560", "members[0].income[0].amount", 10),
        ("amount: 560", "amount: 560.005", "members[0].income[0].amount", 10),
        ("amount: 560", "amount: 1e-3", "members[0].income[0].amount", 10),
        ("amount: 560", "amount: .nan", "members[0].income[0].amount", 10),
        ("amount: 560", "amount: 五百六", "members[0].income[0].amount", 10),
        ("amount: 560", "amount: 99999999999", "members[0].income[0].amount", 10),
        ("kind: other", "kind: gambling", "members[0].income[0].kind", 10),
        ("per: month", "per: week", "members[0].income[0].per", 10),
        ("per: month", "per: month, months: 13", "members[0].income[0].months", 10),
        ("financial_assets: 6000", "financial_assets: -0.01", "property.financial_assets", 12),
        ("dwellings: 1", "dwellings: 1.5", "property.dwellings", 12),
        ("relation: spouse", "relation: wife", "members[1].relation", 11),
        ("relation: spouse", "relation: head", "members", 4),
        ("relation: head", "relation: child", "members", 4),
        ("policy: jx-demo-2024", "policy: jx-demo-2024\npolicy: other", "policy", 3),
        ("area: rural", "area: rural\npaid: {2024-13: 100}", "paid.2024-13", 4),
        ("area: rural", "area: rural\npaid: {2024-04: -1}", "paid.2024-04", 4),
    ],
)
def test_a_doubtful_line_is_refused_by_key_and_line(old: str, new: str, key: str, line: int) -> None:
    refusal = _refusal(CASE.replace(old, new, 1))

    assert (refusal.key, refusal.line) == (key, line)
    assert f"第{line}行" in str(refusal)


def test_the_case_itself_is_read() -> None:
    case = read_case(CASE)

    assert len(case.members) == 2
    assert case.household[2] == 600_000


def test_yuan_with_two_decimals_is_whole_fen() -> None:
    case = read_case(CASE.replace("6000", "0.07"))

    assert case.household[2] == 7


@pytest.mark.parametrize("text", ["", "# nothing\n"])
def test_an_empty_file_is_refused(text: str) -> None:
    assert "空" in str(_refusal(text))


def test_a_broken_file_is_refused_with_its_line() -> None:
    assert _refusal("area: rural\nmembers: [\n  - x: }\n").line == 3


def test_a_list_is_no_case() -> None:
    assert "键" in str(_refusal("- 1\n- 2\n"))


def test_a_worked_case_survives_its_own_text() -> None:
    assert read_case(case_text("G02")).policy == "jx-demo-2024"


def test_a_file_that_multiplies_itself_is_refused_at_once() -> None:
    # eight lists, each holding nine times the one before: 9⁸ values from a few lines
    bomb = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    bomb += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]

    assert "引用" in str(_refusal("\n".join(bomb)))


def test_a_file_that_holds_itself_is_refused() -> None:
    assert "层" in str(_refusal("members: &m [*m]\n"))


def test_a_file_nested_without_end_is_refused() -> None:
    assert "层" in str(_refusal("members: " + "[" * 5000))


def test_a_file_of_many_households_is_refused_by_its_size() -> None:
    assert "1000000" in str(_refusal("# " + "x" * 1_000_000))


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_of_another_age_is_refused(day: str) -> None:
    refusal = _refusal(CASE.replace("2024-05-20", day))

    assert (refusal.key, "年份" in refusal.reason) == ("decision_date", True)


def test_a_number_without_end_is_refused() -> None:
    assert "financial_assets" in str(_refusal(CASE.replace("6000", "9" * 10_000)))


def test_a_head_has_one_living_spouse() -> None:
    second = "  - {name: 丙, born: 1982-01-01, relation: spouse}\n"
    wed = CASE.replace("members:\n", "members:\n  - {name: 乙二, born: 1981-01-01, relation: spouse}\n" + second)

    assert "丙" in str(_refusal(wed))


def test_a_month_paid_after_the_decision_is_refused() -> None:
    refusal = _refusal(CASE + "paid: {2024-06: 100}\n")

    assert refusal.key == "paid.2024-06"
