"""差异: declaration, match and survey piece by piece, each with what it makes of the amount by the rules."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from opendibao.verification.differences import Key, differences, pieces, with_piece
from opendibao.verification.queries import MatchRow

ON = date(2024, 5, 20)
# 740 a month for each: 1,480 for two, less 400 of income: the golden case G05's county
DECLARED: dict[str, Any] = {
    "area": "rural",
    "members": [
        {"name": "夫", "born": "1980-01-01", "sex": "male", "relation": "head",
         "income": [{"kind": "other", "amount": 400, "per": "month"}]},
        {"name": "妻", "born": "1981-01-01", "sex": "female", "relation": "spouse"},
    ],
    "property": {"financial_assets": 0, "dwellings": 1},
}  # fmt: skip


def hit(source: str, person: str, found: str = "核到", number: int = 1) -> MatchRow:
    return MatchRow(number, 1, person, source, ON, ON, "hit", f'{{"found": "{found}"}}', "", "")


def found(**changes: Any) -> dict[str, Any]:
    return {**deepcopy(DECLARED), **changes}


pytestmark = pytest.mark.usefixtures("places")


def test_where_all_say_the_same_there_is_none() -> None:
    same = found(property={"financial_assets": "0", "dwellings": 1})

    compared = differences(DECLARED, same, [], ON)

    assert compared.rows == []
    assert (compared.declared_fen, compared.found_fen, compared.effect_fen) == (108_000, 108_000, 0)


def test_each_difference_says_what_it_makes_of_the_amount() -> None:
    after = found()
    after["members"][0]["income"] = [{"kind": "other", "amount": 560, "per": "month"}]
    after["members"][1]["income"] = [{"kind": "other", "amount": 100, "per": "month"}]

    compared = differences(DECLARED, after, [], ON)

    assert [(row.key, row.effect_fen) for row in compared.rows] == [
        (Key("夫", "income", "other"), -16_000), (Key("妻", "income", "other"), -10_000),
    ]  # fmt: skip
    assert (compared.declared_fen, compared.found_fen) == (108_000, 82_000)


def test_a_car_ends_it_all_and_stands_first() -> None:
    after = found(property={"financial_assets": 0, "dwellings": 1, "vehicles": [{"kind": "car", "use": "private"}]})
    after["members"][0]["income"] = [{"kind": "other", "amount": 401, "per": "month"}]

    compared = differences(DECLARED, after, [hit("vehicles", "夫"), hit("tax", "妻", number=2)], ON)

    assert [(row.key.name, row.effect_fen, [one.source for one in row.hits]) for row in compared.rows] == [
        ("vehicles", -108_000, ["vehicles"]), ("income", -100, []), ("tax", 0, ["tax"]),
    ]  # fmt: skip
    assert compared.found_fen == 0


def test_a_hit_that_changes_nothing_is_shown_all_the_same() -> None:
    held = {**DECLARED, "property": {"financial_assets": 900, "dwellings": 1}}

    compared = differences(held, held, [hit("bank_deposits", "夫")], ON)

    assert [(row.key.name, row.is_different, row.effect_fen) for row in compared.rows] == [
        ("financial_assets", False, 0)
    ]


def test_what_cannot_be_computed_is_said_not_guessed() -> None:
    compared = differences({"area": "rural", "members": [{"name": "夫"}]}, DECLARED, [], ON)

    assert (compared.declared_fen, compared.effect_fen, compared.found_fen) == (None, None, 108_000)
    assert {row.effect_fen for row in compared.rows} == {None}


def test_pieces_put_together_again_are_the_whole() -> None:
    whole = found(supporters=[{"name": "子", "of": "夫", "pays": {"amount": 100, "per": "month"}}])
    whole["members"][1] |= {
        "study": "undergraduate",
        "spending": [{"kind": "education", "amount": 5000, "per": "year"}],
    }
    bare = {"area": "rural", "members": [{"name": "夫"}, {"name": "妻"}]}

    made: dict[str, Any] = bare
    for key, value in pieces(whole).items():
        made = with_piece(made, key, value)

    assert pieces(made) == pieces(whole)
    assert pieces(with_piece(whole, Key("", "supporters", "子"), None)) == {
        key: value for key, value in pieces(whole).items() if key.name != "supporters"
    }
