"""查阅留痕: whoever opens a household, returned rows or a report file is on record; looking at lists leaves none."""

from pathlib import Path

import pytest
from django.conf import settings

from opendibao.audit.models import Viewing
from opendibao.audit.queries import verify_views, views_of
from opendibao.web.clock import COUNTY_TIME
from tests.decision.builders import covered
from tests.decision.conftest import places
from tests.decision.rosters import bring_rows, family, loner
from tests.registry.builders import COUNTY, VILLAGE
from tests.web.conftest import Reader

__all__ = ["places"]
HOUSEHOLD, VIEWER = "999999-00001", "县局 · 领导"
pytestmark = pytest.mark.usefixtures("places")


def test_opening_a_household_is_on_record_once_while_one_reads_on(read: Reader) -> None:
    covered()

    for address in ("", "?on=2024-12-31", ""):
        assert read(f"/households/{HOUSEHOLD}/{address}").status == 200

    (view,) = views_of(HOUSEHOLD)
    assert (view.actor, view.division, view.page) == (VIEWER, VILLAGE, "家庭主页")
    assert str(view.at.astimezone(COUNTY_TIME).date()) == "2025-01-06"
    assert verify_views().first_broken is None


def test_a_household_that_is_not_there_leaves_no_trace(read: Reader) -> None:
    assert read("/households/999999-09999/").status == 404

    assert not Viewing.objects.exists()


def test_lists_and_search_are_no_full_record(read: Reader) -> None:
    covered()

    for address in ("/rows/households/", "/search?q=王秀英", "/opening/"):
        assert read(address).status == 200

    assert not Viewing.objects.exists()


def test_returned_rows_of_a_roster_are(read: Reader, tmp_path: Path) -> None:
    faulty = loner()
    faulty.household["账号"] = ""
    bring_rows(tmp_path, family(), faulty)
    rejects = next(href for words, href in read("/opening/").links if words == "1" and href.startswith("/opening/"))

    read(rejects)

    (view,) = Viewing.objects.all()
    assert (view.actor, view.division, view.page) == (VIEWER, COUNTY, "退回名册")
    assert view.subject.startswith("花名册 ")


def test_a_report_file_that_is_fetched_is(read: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "VAR", tmp_path)
    (tmp_path / "reports" / "2024").mkdir(parents=True)
    (tmp_path / "reports" / "2024" / "证据包-2024.html").write_text("<p>凭据</p>", "utf-8")

    read("/reports/2024/证据包-2024.html"), read("/reports/2024/没有.html")

    (view,) = views_of("2024年度 证据包-2024.html")
    assert (view.actor, view.division, view.page) == (VIEWER, COUNTY, "报告文件")
    assert Viewing.objects.count() == 1
