"""乡镇确认: each township looks at its own list by village and confirms it; the county cannot do it for it."""

import pytest
from django.test import override_settings

from opendibao.kernel.duties import Duty
from opendibao.payment.models import Confirmation
from tests.payment.builders import COUNTY, FAR_VILLAGE, OTHER_VILLAGE
from tests.web.desk import OTHER_TOWN, TOWN, Desk, hired
from tests.web.payment.forms import forms, presses, tidy
from tests.web.test_acts_tickets import faults

RUN = "/pay-runs/2025-01/"
TOWNS, CONFIRM = f"{RUN}towns/", f"{RUN}confirm/"


@pytest.fixture
def maker(county: None) -> Desk:
    """Two villages of one township and one of another; computed."""
    tidy("A1", fen=62000, persons=2)
    tidy("B1", fen=31550, division=OTHER_VILLAGE)
    tidy("C1", fen=10000, division=FAR_VILLAGE)
    desk = Desk(hired("county92", "周编制", division=COUNTY, duties=(Duty.PAY,)))
    presses(desk, RUN, "compute")
    return desk


@pytest.fixture
def clerk(county: None) -> Desk:
    return Desk(hired("clerk91", "陈乡镇", division=TOWN, duties=(Duty.ACCEPT,)))


def test_the_county_sees_who_has_not_confirmed(maker: Desk, clerk: Desk) -> None:
    assert "▲ 已确认 0/2" in maker.reads(TOWNS).words
    presses(clerk, TOWNS, "confirm")

    page = maker.reads(TOWNS)
    assert "▲ 已确认 1/2" in page.words
    assert "镇100 2 3 935.50 ✓ 已确认 陈乡镇 2025-01-06" in page.words
    assert "镇101 1 1 100.00 ▲ 没有确认" in page.words
    assert CONFIRM not in forms(page)


def test_a_clerk_sees_the_own_list_by_village_and_each_opens_its_households(maker: Desk, clerk: Desk) -> None:
    page = clerk.reads(TOWNS)

    assert "请核对：2 户 3 人 935.50 元" in page.words
    assert "东村 0 1 2 0.00 620.00 +620.00 西村 0 1 1 0.00 315.50 +315.50" in page.words
    assert page.totals == "合计 0 2 3 0.00 935.50 +935.50"
    assert "远村" not in page.words
    rows = clerk.reads(page.link("东村"))
    assert rows.totals == "合计 1 笔 2 620.00"
    assert "A1" in rows.words


def test_it_is_confirmed_once(maker: Desk, clerk: Desk) -> None:
    done = clerk.follows(presses(clerk, TOWNS, "confirm"))

    assert "已确认 2 户，935.50 元。" in done.words
    assert "✓ 陈乡镇 2025-01-06 已确认" in done.words
    assert CONFIRM not in forms(done)
    assert "本乡镇已由陈乡镇在 2025-01-06 确认。" in clerk.reads(CONFIRM).words
    assert (Confirmation.objects.get().division, Confirmation.objects.get().total_fen) == (TOWN, 93550)


def test_two_townships_do_not_stand_in_each_others_way(maker: Desk, clerk: Desk) -> None:
    other = Desk(hired("clerk92", "赵乡镇", division=OTHER_TOWN, duties=(Duty.ACCEPT,)))
    carried = forms(other.reads(TOWNS))[CONFIRM]
    presses(clerk, TOWNS, "confirm")

    assert other.sends(CONFIRM, **carried).status == 303
    assert Confirmation.objects.count() == 2


def test_the_county_cannot_confirm_for_a_township(maker: Desk) -> None:
    county = Desk(hired("county93", "吴县局", division=COUNTY, duties=(Duty.ACCEPT,)))

    assert "县里不能代办" in county.reads(CONFIRM).words
    assert maker.reads(CONFIRM).status == 403
    page = county.reads(f"{TOWNS}?division={TOWN}")
    assert "东村" in page.words
    assert CONFIRM not in forms(page)
    assert county.reads(f"{TOWNS}?division=abc").status == 400


def test_a_township_without_a_household_has_nothing_to_confirm(maker: Desk) -> None:
    empty = Desk(hired("clerk93", "钱乡镇", division="360429102000", duties=(Duty.ACCEPT,)))

    assert "这个乡镇本月没有要发放的家庭" in empty.reads(TOWNS).words
    assert empty.reads(CONFIRM).status == 404


def test_todays_work_leads_there_until_it_is_done(maker: Desk, clerk: Desk) -> None:
    today = clerk.reads("/today/")
    assert "确认 1 月名册" in today.words
    assert today.link("核对后确认") == TOWNS

    presses(clerk, RUN, "confirm")
    assert "确认 1 月名册" not in clerk.reads("/today/").words


def test_after_the_check_a_late_word_is_refused(maker: Desk, clerk: Desk) -> None:
    other = Desk(hired("clerk92", "赵乡镇", division=OTHER_TOWN, duties=(Duty.ACCEPT,)))
    carried = forms(clerk.reads(TOWNS))[CONFIRM]
    presses(clerk, TOWNS, "confirm")
    presses(other, TOWNS, "confirm")
    presses(maker, RUN, "sign")
    checker = Desk(hired("county91", "李审核", division=COUNTY, duties=(Duty.PAY,)))
    presses(checker, RUN, "check", total="1035.50")

    assert "不在这一步" in clerk.reads(CONFIRM).words
    assert "已复核" in faults(other.sends(CONFIRM, **{**carried, "key": "0" * 32}))


def test_in_the_demonstration_one_becomes_the_clerk_of_a_township_that_has_not_confirmed(
    maker: Desk, clerk: Desk
) -> None:
    hired("clerk92", "远乡镇", division=OTHER_TOWN, duties=(Duty.ACCEPT,))
    presses(clerk, TOWNS, "confirm")
    assert "clerk92" not in maker.reads(TOWNS).html

    with override_settings(OPENDIBAO_SYNTHETIC=True, OPENDIBAO_DEMO_ROLES=True):
        html = maker.client.get(TOWNS, HTTP_HOST="localhost").content.decode()
        maker.client.post("/roles/clerk92/", HTTP_HOST="localhost")

    assert "/roles/clerk92/" in html
    assert "/roles/clerk91/" not in html
    presses(maker, TOWNS, "confirm")
    assert "远乡镇 2025-01-06 已确认" in maker.reads(TOWNS).words
