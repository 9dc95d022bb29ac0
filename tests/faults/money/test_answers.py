"""坏回盘: any result file is refused whole or classed line by line; nothing is paid that does not fit."""

import dataclasses
import hashlib
import re
from collections.abc import Callable, Sequence
from datetime import date

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from opendibao.kernel.money import yuan_text
from opendibao.payment.actions import sendings, take_return
from opendibao.payment.bank_return import BankReturnRefused, Result, render_results, write_result
from opendibao.payment.ledger import verify
from opendibao.payment.models import PayRun
from opendibao.payment.refusal import PaymentRefused
from tests.faults.money.bank import answered, foreign, result
from tests.faults.money.never import balances, broken, rows
from tests.faults.money.never import sendings as sendings_now
from tests.payment.builders import FAR_VILLAGE, at, family
from tests.payment.months import JANUARY, sent

ENCODING = "gb18030"
DAY, LATER = date(2024, 1, 8), date(2024, 1, 9)
HOMES = (("A1", 62_000), ("A2", 31_557), ("A3", 40_001), ("A4", 55_503), ("A5", 31_558), ("㛃1", 20_009))
KEPT = """
SELECT (SELECT count(*) FROM payment_bankfile), (SELECT count(*) FROM payment_inboundline),
  (SELECT count(*) FROM payment_reconexception), (SELECT count(*) FROM payment_ledgerleg),
  (SELECT count(*) FROM audit_event)
"""
EXAMPLES = settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))

pytestmark = pytest.mark.usefixtures("county")


@pytest.fixture
def run(county: None) -> PayRun:
    """January is at the bank: six sendings, one to a holder whose name only GB18030 can write."""
    for number, fen in HOMES:
        made = family(number, fen=fen, division=FAR_VILLAGE if number == "A4" else "360429100001")
        assert made.has_account
    return sent(JANUARY)


def states() -> dict[str, str]:
    """How every sending stands."""
    return {e2e: state for e2e, (state, _) in sendings_now().items()}


def everything() -> tuple[object, ...]:
    """All that taking a file may change."""
    return states(), balances(), rows(KEPT)


def take(run: PayRun, data: bytes, on: date = DAY) -> object:
    return take_return(run.pk, data, on=on, at=at(on))


def refused(run: PayRun, data: bytes, words: str | None = None) -> str:
    """The file is refused in words, and nothing of it stays."""
    before = everything()
    with pytest.raises(BankReturnRefused, match=words) as refusal, transaction.atomic():
        take(run, data)
    assert everything() == before
    return str(refusal.value)


def all_paid(run: PayRun) -> bytes:
    return write_result(sendings(run.pk), DAY, {})


def sealed(body: bytes) -> bytes:
    """The text of a file with its checksum computed anew: damage that the checksum cannot show."""
    head = re.sub(rb"[0-9a-f]{64}\r\n\Z", b"", body)
    return head + hashlib.sha256(head).hexdigest().encode() + b"\r\n"


def told(run: PayRun, change: Callable[[Result], Result]) -> bytes:
    """All paid, but with a change to each line; totals and checksum are those of the changed lines."""
    return render_results([change(result(row, one, "paid", DAY)) for row, one in enumerate(sendings(run.pk), 2)])


def paid() -> set[str]:
    return {e2e for e2e, state in states().items() if state == "paid"}


def whole() -> None:
    """After anything that was taken, the money still agrees."""
    assert broken() == []
    assert verify().fault == ""


def test_the_same_file_twice_changes_nothing(run: PayRun) -> None:
    data = answered(sendings(run.pk), lambda one: "returned" if "A1" in one.e2e else "paid", DAY)
    take(run, data)
    before = everything()

    again = take(run, data, LATER)

    assert again.is_repeat  # type: ignore[attr-defined]
    assert everything() == before
    whole()


def test_the_same_answers_in_other_bytes_pay_nothing_twice(run: PayRun) -> None:
    take(run, all_paid(run))
    before = states(), balances()
    data = render_results([result(row, one, "paid", DAY) for row, one in enumerate(reversed(sendings(run.pk)), 2)])

    try:
        with transaction.atomic():
            take(run, data, LATER)
    except PaymentRefused:
        pass

    assert (states(), balances()) == before
    whole()


def test_a_file_that_ends_after_any_line_is_refused(run: PayRun) -> None:
    data = all_paid(run)
    ends = [found.end() for found in re.finditer(rb"\r\n", data)]

    for end in [0, *ends[:-1]]:
        refused(run, data[:end])


def test_a_file_that_ends_anywhere_is_refused(run: PayRun) -> None:
    data = all_paid(run)
    for end in range(0, len(data), 7):
        with pytest.raises(BankReturnRefused), transaction.atomic():
            take(run, data[:end])
    assert paid() == set()


def test_a_file_with_one_bit_turned_anywhere_is_refused(run: PayRun) -> None:
    data = all_paid(run)
    before = everything()

    @EXAMPLES
    @given(st.integers(0, len(data) - 1), st.integers(0, 7))
    @example(0, 0)
    @example(len(data) - 1, 0)
    @example(len(data) - 3, 5)
    def turned(place: int, bit: int) -> None:
        damaged = bytearray(data)
        damaged[place] ^= 1 << bit
        with pytest.raises(BankReturnRefused), transaction.atomic():
            take(run, bytes(damaged))

    turned()
    assert everything() == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("T|6|", "T|5|"),
        (yuan_text(240_628), yuan_text(240_629)),
        ("H|代发结果|6|", "H|代发结果|7|"),
    ],
    ids=["count", "sum", "header"],
)
def test_totals_that_are_not_those_of_the_lines_are_refused(run: PayRun, old: str, new: str) -> None:
    data = all_paid(run).decode(ENCODING)
    assert old in data

    refused(run, sealed(data.replace(old, new, 1).encode(ENCODING)), "合计")


def test_two_amounts_a_fen_apart_that_change_places_are_seen(run: PayRun) -> None:
    # A2 has 315.57 and A5 315.58: count and sum of the file stay what they were
    fen = {one.e2e: one.amount_fen for one in sendings(run.pk)}
    swapped = {"202401-A2-R-0-1": 31_558, "202401-A5-R-0-1": 31_557}

    take(run, told(run, lambda line: dataclasses.replace(line, fen=swapped.get(line.e2e, fen[line.e2e]))))

    now = states()
    assert {now[e2e] for e2e in swapped} == {"differs"}
    assert paid() == set(fen) - set(swapped)
    assert balances()["transit", "rural"] == 31_557 + 31_558
    whole()


def test_a_number_that_we_never_sent_is_somebody_elses(run: PayRun) -> None:
    take(run, answered(sendings(run.pk), lambda one: "paid", DAY, foreigners=1))

    assert len(paid()) == len(HOMES)
    assert rows("SELECT count(*), sum(fen)::bigint FROM payment_reconexception WHERE kind = 'foreign'") == [(1, 12_345)]
    whole()


def test_a_file_of_mostly_strangers_is_refused(run: PayRun) -> None:
    refused(run, render_results([foreign(row, DAY) for row in range(2, 8)]))
    refused(run, answered(sendings(run.pk)[:1], lambda one: "paid", DAY, foreigners=4))


def test_money_booked_under_another_name_is_not_paid(run: PayRun) -> None:
    take(run, answered(sendings(run.pk), lambda one: "name" if "A3" in one.e2e else "paid", DAY))

    assert states()["202401-A3-R-0-1"] == "unknown"
    assert len(paid()) == len(HOMES) - 1
    whole()


def test_a_name_that_became_question_marks_is_not_ours(run: PayRun) -> None:
    # a bank that knows only GBK writes ? where it has no sign for 㛃
    data = told(run, lambda line: dataclasses.replace(line, holder=line.holder.replace("㛃", "?")))

    take(run, data)

    assert states()["202401-㛃1-R-0-1"] == "unknown"
    whole()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "big5"])
def test_another_encoding_is_refused(run: PayRun, encoding: str) -> None:
    text = all_paid(run).decode(ENCODING)

    words = refused(run, sealed(text.encode(encoding, "replace")))

    assert words


def test_a_file_of_another_run_is_refused(run: PayRun) -> None:
    data = render_results([
        dataclasses.replace(result(row, one, "paid", DAY), e2e=one.e2e.replace("202401", "202402"))
        for row, one in enumerate(sendings(run.pk), 2)
    ])  # fmt: skip

    refused(run, data)


def _garbled(results: Sequence[Result], dice: Sequence[tuple[int, str, int]]) -> list[Result]:
    """Lines with fields changed as the dice say."""
    found = list(results)
    for place, field, amount in dice:
        line = found[place % len(found)]
        other = found[amount % len(found)]
        change: dict[str, object] = {
            "fen": {"fen": max(1, line.fen + amount)},
            "e2e": {"e2e": other.e2e},
            "holder": {"holder": other.holder},
            "name": {"holder": ""},
            "swap": {"fen": other.fen},
            "day": {"booked_on": date(2024, 1, 1 + amount % 28) if line.booked_on else None},
        }[field]
        found[place % len(found)] = dataclasses.replace(line, **change)  # type: ignore[arg-type]
    return found


CHANGES = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(["fen", "e2e", "holder", "name", "swap", "day"]), st.integers(-3, 5)),
    max_size=4,
)
VERDICTS = st.lists(st.sampled_from(["paid", "paid", "returned", "unknown", "differs", "name"]), min_size=6, max_size=6)


def test_a_well_sealed_file_of_any_lines_pays_only_what_fits(run: PayRun) -> None:
    attempts = {one.e2e: one for one in sendings(run.pk)}
    taken: list[int] = []

    @EXAMPLES
    @given(VERDICTS, CHANGES, st.integers(0, 2))
    def any_file(verdicts: list[str], dice: list[tuple[int, str, int]], foreigners: int) -> None:
        lines = [
            result(row, one, what, DAY)
            for row, (one, what) in enumerate(zip(attempts.values(), verdicts, strict=True), 2)
        ]
        lines = _garbled(lines, dice) + [foreign(20 + n, DAY) for n in range(foreigners)]
        before = everything()
        with transaction.atomic():
            try:
                with transaction.atomic():
                    take(run, render_results(lines))
            except PaymentRefused:
                assert everything() == before
            else:
                taken.append(1)
                for e2e in paid():
                    assert any(
                        (line.e2e, line.fen) == (e2e, attempts[e2e].amount_fen)
                        and line.holder in ("", attempts[e2e].holder)
                        and date(2024, 1, 5) <= (line.booked_on or LATER) <= DAY
                        for line in lines
                    ), e2e
                whole()
            transaction.set_rollback(True)

    any_file()
    assert taken, "every file was refused: nothing was shown"
    assert connection.needs_rollback is False
