"""样本量: worked by hand from z, e, p and N."""

from decimal import Decimal

import pytest

from opendibao.evaluation import scale
from opendibao.evaluation.sample_size import BadSize, confidences, sample_size


@pytest.mark.parametrize(
    ("population", "margin", "confidence", "share", "n"),
    [
        # 3.841459·0.25 ÷ 0.0025 = 384.1459; ÷ (1 + 383.1459 ÷ 5277 = 1.0726068) = 358.142
        (5277, 500, 9500, 5000, 359),
        # ÷ 0.0009 = 1067.0719; ÷ (1 + 1066.0719 ÷ 5277 = 1.2020224) = 887.730
        (5277, 300, 9500, 5000, 888),
        # 2.7055423·0.25 ÷ 0.0025 = 270.5542; ÷ (1 + 269.5542 ÷ 5277 = 1.0510810) = 257.406
        (5277, 500, 9000, 5000, 258),
        # 6.6348967·0.25 ÷ 0.0025 = 663.4897; ÷ (1 + 662.4897 ÷ 5277 = 1.1255428) = 589.484
        (5277, 500, 9900, 5000, 590),
        # a rate of 95 % needs fewer: 3.841459·0.0475 ÷ 0.0025 = 72.9877; ÷ (1 + 71.9877 ÷ 5277) = 72.005
        (5277, 500, 9500, 9500, 73),
        # of ten: 384.1459 ÷ (1 + 383.1459 ÷ 10 = 39.31459) = 9.771
        (10, 500, 9500, 5000, 10),
        (1, 500, 9500, 5000, 1),
    ],
)
def test_the_size_is_the_formula_rounded_up(population: int, margin: int, confidence: int, share: int, n: int) -> None:
    found = sample_size(population, margin, confidence, share_bp=share)
    assert (found.n, found.answers) == (n, n)
    assert f"进位得{n}" in found.formula


def test_who_will_not_answer_is_drawn_too() -> None:
    # 359 answers at 90 % → 398.9; never more than there are
    found = sample_size(5277, 500, 9500, response_bp=9000)
    assert (found.answers, found.n) == (359, 399)
    assert found.formula.endswith("预计应答率90%，抽399")
    assert sample_size(10, 500, 9500, response_bp=5000).n == 10


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ((0, 500, 9500), "总体是0"),
        ((100, 0, 9500), "误差限0%"),
        ((100, 5000, 9500), "误差限50%"),
        ((100, 500, 8000), "置信度80%应为90%、95%、99%"),
    ],
)
def test_what_gives_no_size_is_refused(asked: tuple[int, int, int], words: str) -> None:
    with pytest.raises(BadSize, match=words):
        sample_size(*asked)


@pytest.mark.parametrize(("share", "response", "words"), [(0, 1, "预计比例"), (10000, 1, "预计比例"), (1, 0, "应答率")])
def test_shares_outside_their_bounds_are_refused(share: int, response: int, words: str) -> None:
    with pytest.raises(BadSize, match=words):
        sample_size(100, 500, 9500, share_bp=share, response_bp=response)


def test_the_interval_uses_the_same_quantile() -> None:
    assert confidences()[9500] == scale.number("confidence_z") == Decimal("1.959964")
