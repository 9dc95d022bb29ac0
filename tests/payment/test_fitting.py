"""逐行核对: whatever a bank answers, only what fits in number, name, amount and day counts as paid."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opendibao.payment.bank_return import Result
from opendibao.payment.fitting import SentRow, fit
from opendibao.payment.models import ExceptionKind
from opendibao.payment.states import AttemptState

COUNTY, VILLAGE = "360429000000", "360429100001"
SENT_ON, TODAY = date(2024, 1, 5), date(2024, 1, 12)
SENT = SentRow("202401-A1-R-0-1", VILLAGE, 1, "张三", 62000, None, "sent", SENT_ON, None)
BOOKED = Result(2, SENT.e2e, 62000, AttemptState.PAID, date(2024, 1, 8), "", "张三")
# a few draws each; only a busy machine makes them slow
settled = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
OPEN = (AttemptState.SENT, AttemptState.UNKNOWN, AttemptState.DIFFERS)


def known(state: AttemptState, fen: int = 61999) -> SentRow:
    """The sending as it stands after an earlier answer."""
    answered = fen if state is AttemptState.DIFFERS else None
    day = date(2024, 1, 8) if state in (AttemptState.PAID, AttemptState.DIFFERS) else None
    return SENT._replace(state=state.value, answered_fen=answered, booked_on=day)


results = st.builds(
    Result,
    row=st.just(2),
    e2e=st.just(SENT.e2e),
    fen=st.sampled_from([62000, 62001, 61999, 6200, 1]),
    state=st.sampled_from([AttemptState.PAID, AttemptState.RETURNED, AttemptState.UNKNOWN]),
    booked_on=st.dates(date(2024, 1, 3), date(2024, 1, 14)),
    reason=st.sampled_from(["户名不符", "账户注销", "系统忙"]),
    holder=st.sampled_from(["", "张三", "张三 ", "李四"]),
).map(lambda row: row if row.state is AttemptState.PAID else replace(row, booked_on=None))


@settled
@given(results, st.sampled_from([*OPEN, AttemptState.PAID, AttemptState.RETURNED]))
def test_paid_is_only_what_fits_in_everything(result: Result, state: AttemptState) -> None:
    sent = known(state)
    found = fit(result, sent, county=COUNTY, on=TODAY)
    is_equal = result.fen == 62000 and result.holder.strip() in ("", "张三") and result.state is AttemptState.PAID
    is_possible = result.booked_on is not None and SENT_ON <= result.booked_on <= TODAY
    assert (found.state is AttemptState.PAID) == (is_equal and is_possible and state in OPEN)
    if found.fault:
        assert (found.state, found.kind) == (None, None)
    elif state in OPEN and found.state is not AttemptState.PAID:
        assert found.kind is not None  # whatever is not paid stands on the list


@settled
@given(results, st.sampled_from([AttemptState.PAID, AttemptState.RETURNED]))
def test_what_has_its_end_never_changes_again(result: Result, state: AttemptState) -> None:
    found = fit(result, known(state), county=COUNTY, on=TODAY)
    assert (found.state, found.kind) == (None, None)


@pytest.mark.parametrize(
    ("result", "kind", "words"),
    [
        (replace(BOOKED, fen=62001), ExceptionKind.DIFFERS, "送出620.00元，银行所报620.01元"),
        (
            replace(BOOKED, holder="李四", fen=62001), ExceptionKind.NAME,
            "送出户名“张三”，银行户名“李四”（成功）；送出620.00元，银行所报620.01元",
        ),
        (
            replace(BOOKED, state=AttemptState.UNKNOWN, booked_on=None), ExceptionKind.UNKNOWN,
            "银行说不清这一笔的结果",
        ),
    ],
)  # fmt: skip
def test_what_does_not_agree_is_said_with_both_sides(result: Result, kind: ExceptionKind, words: str) -> None:
    found = fit(result, SENT, county=COUNTY, on=TODAY)
    assert (found.kind, found.detail, found.division, found.fen) == (kind, words, VILLAGE, 62000)


def test_a_number_that_is_not_ours_belongs_to_the_county() -> None:
    found = fit(BOOKED, None, county=COUNTY, on=TODAY)
    assert (found.kind, found.state, found.division, found.fen) == (ExceptionKind.FOREIGN, None, COUNTY, 62000)
    assert found.detail == "第2行 202401-A1-R-0-1 620.00元 成功：不是本批次送出的"


def test_an_open_amount_stays_as_it_is_when_the_bank_does_not_know() -> None:
    asked = replace(BOOKED, state=AttemptState.UNKNOWN, booked_on=None)
    assert fit(asked, known(AttemptState.DIFFERS), county=COUNTY, on=TODAY).state is None
