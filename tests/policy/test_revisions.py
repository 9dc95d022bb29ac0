"""A revision lays scheduled rows over a pack; the files' own later rows still come."""

from datetime import date

import pytest

from opendibao.policy import revisions
from opendibao.policy.pack import BadPolicy, Row
from opendibao.policy.reader import load_pack
from opendibao.policy.revisions import revised

JULY, NEXT_JULY = date(2024, 7, 1), date(2025, 7, 1)


def row(value: int, since: date = JULY, path: str = "standard.rural") -> Row:
    return Row(path, "标准", "fen", since, None, value, "某文件第一条", False, "360429")


def test_a_row_holds_from_its_day_until_the_next() -> None:
    pack = revised(load_pack("jx-demo-2024"), [row(81_000, NEXT_JULY), row(78_000)])

    days = [date(2024, 6, 30), JULY, date(2025, 6, 30), NEXT_JULY]
    assert [pack.value("standard.rural", day) for day in days] == [74_000, 78_000, 78_000, 81_000]
    assert pack.row("standard.rural", JULY).until == date(2025, 6, 30)


def test_of_two_rows_of_one_day_the_later_in_order_holds() -> None:
    pack = revised(load_pack("jx-demo-2024"), [row(78_000), row(77_000)])

    assert pack.value("standard.rural", JULY) == 77_000


def test_a_later_row_of_the_files_takes_over_on_its_day() -> None:
    # the county by the sea has 710 from 2024-07-01 in its file
    pack = revised(load_pack("demo-coast-2024"), [row(69_000, date(2024, 3, 1))])

    days = [date(2024, 2, 29), date(2024, 3, 1), date(2024, 6, 30), JULY]
    assert [pack.value("standard.rural", day) for day in days] == [68_000, 69_000, 69_000, 71_000]


def test_every_row_counts_in_the_digest() -> None:
    pack = load_pack("jx-demo-2024")

    assert len({pack.digest, revised(pack, [row(78_000)]).digest, revised(pack, [row(77_000)]).digest}) == 3


def test_no_row_gives_the_pack_itself_in_every_number() -> None:
    pack = load_pack("jx-demo-2024")

    assert revised(pack, []).digest == pack.digest


def test_a_path_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadPolicy, match=r"没有“standard\.sea”这个参数"):
        revised(load_pack("jx-demo-2024"), [row(1, path="standard.sea")])


@pytest.mark.parametrize("name", ["jx-demo-2024@1-0123456789ab", "jx-demo-2024@", "jx-demo-2024@x"])
def test_outside_the_application_there_is_no_revision(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revisions, "_changes", [])

    with pytest.raises(BadPolicy, match="只在办理业务的系统里查得到"):
        load_pack(name)


def test_a_revision_of_an_unknown_pack_is_refused_by_the_names_of_those_there_are() -> None:
    with pytest.raises(BadPolicy, match=r"没有参数包“nowhere@1-x”，现有：.*jx-demo-2024"):
        load_pack("nowhere@1-x")
