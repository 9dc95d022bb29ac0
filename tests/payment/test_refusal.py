"""拒绝: how households are named in a message."""

from opendibao.payment.refusal import named


def test_a_short_list_is_named_whole() -> None:
    assert named(["A", "B"]) == "A、B"


def test_a_long_list_says_how_many_there_are() -> None:
    text = named([f"H{n}" for n in range(21)])
    assert text.endswith("H19等21户")
    assert "H20" not in text
