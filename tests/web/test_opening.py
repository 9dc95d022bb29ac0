"""建账上报: rosters with their rejects, the two tracks side by side, and what went up to the superior."""

from datetime import date
from pathlib import Path

import pytest

from opendibao.decision.actions import send_outbox
from opendibao.decision.opening import sign_opening_act
from tests.decision.builders import covered
from tests.decision.conftest import places
from tests.decision.rosters import SIGNED, bring_rows, family, loner
from tests.registry.builders import COUNTY, at
from tests.web.conftest import Reader

__all__ = ["places"]
pytestmark = pytest.mark.usefixtures("places")


def faulty():  # type: ignore[no-untyped-def]
    rows = loner()
    rows.household["账号"] = ""
    return rows


def test_a_roster_shows_what_was_taken_and_each_refused_cell(read: Reader, tmp_path: Path) -> None:
    bring_rows(tmp_path, family(), faulty())
    page = read("/opening/")
    assert page.totals == "合计 2 1 1"
    refused = read(next(href for words, href in page.links if words == "1" and href.startswith("/opening/")))
    assert "读入 2 户，接收 1 户，退回 1 户" in refused.words
    assert "账号" in refused.words


def test_the_two_tracks_stand_side_by_side_after_the_act(read: Reader, tmp_path: Path) -> None:
    bring_rows(tmp_path, family())
    assert "签署存量建账确认书后" in read("/opening/dual-track/").words
    sign_opening_act(COUNTY, on=SIGNED, first="周编制", second="李审核", at=at(SIGNED))
    page = read("/opening/dual-track/")
    assert "一致 1 户，不一致 0 户，缺情况不能判断 0 户" in page.words
    assert "✓ 一致" in page.words


def test_an_event_waits_goes_up_and_is_overdue_after_its_day(read: Reader, tmp_path: Path) -> None:
    covered()
    assert "等上报，已超期" in read("/outbox/").words
    send_outbox(upto=date(2024, 3, 20), on=date(2024, 3, 20), at=at(date(2024, 3, 20)), out_dir=tmp_path)
    assert "等回执，已超期" in read("/outbox/").words
