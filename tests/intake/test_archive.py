"""一户一档: papers go in once, the count agrees before a file is closed, and it is lent to one at a time."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from opendibao.intake import archive as acts
from opendibao.intake.archive import FiledPaper
from opendibao.intake.archive_queries import archive, archives, archives_of, items_of, lent_out, loans_of
from opendibao.intake.models import ArchiveFile, ArchiveItem, ArchiveLoan
from opendibao.intake.refusal import IntakeRefused
from tests.registry.builders import at, divisions, household

pytestmark = pytest.mark.usefixtures("county")
OPENED, FILLED, CHECKED, CLOSED = date(2024, 4, 1), date(2024, 4, 2), date(2024, 12, 20), date(2024, 12, 31)
FORM = FiledPaper("最低生活保障申请书", date(2024, 3, 1), 2, source="case 1 application")
SURVEY = FiledPaper("入户调查表", date(2024, 3, 6), 3, source="case 1 survey")


def opened() -> ArchiveFile:
    divisions()
    return acts.open_archive(household(), on=OPENED, at=at(OPENED))


def filled() -> ArchiveFile:
    file = opened()
    acts.put_in(file.pk, [FORM, SURVEY], on=FILLED, at=at(FILLED))
    return file


def checked() -> ArchiveFile:
    file = filled()
    return acts.check_archive(file.pk, pages=5, location="3柜12盒", on=CHECKED, at=at(CHECKED))


def closed() -> ArchiveFile:
    return acts.close_archive(checked().pk, on=CLOSED, at=at(CLOSED))


def lent(file: ArchiveFile, due: date = FILLED + timedelta(days=30)) -> ArchiveLoan:
    return acts.lend_archive(
        file.pk, borrower="赵审计", unit="县审计局", purpose="专项审计", due_on=due, on=FILLED, at=at(FILLED)
    )


def test_a_household_has_one_open_volume() -> None:
    file = opened()

    assert acts.open_archive(file.household_id, on=FILLED, at=at(FILLED)) == file
    assert (file.volume, file.number) == (1, None)


def test_a_paper_of_a_source_goes_in_once_and_by_hand_as_often_as_wished() -> None:
    file = filled()

    acts.put_in(file.pk, [SURVEY, FiledPaper("情况说明", FILLED, 1), FiledPaper("情况说明", FILLED, 1)], on=FILLED,
                at=at(FILLED))  # fmt: skip

    assert [(item.sequence, item.title, item.pages) for item in items_of(file.pk)] == [
        (1, "最低生活保障申请书", 2), (2, "入户调查表", 3), (3, "情况说明", 1), (4, "情况说明", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("paper", "says"),
    [
        (FiledPaper("", FILLED, 1), "题名"),
        (FiledPaper("字" * 121, FILLED, 1), "120 个字"),
        (FiledPaper("说明", FILLED, 0), "页数0"),
        (FiledPaper("说明", FILLED, 2001), "页数2001"),
        (FiledPaper("说明", FILLED, 1, "painted"), "形式应为"),
        (FiledPaper("说明", date(2024, 4, 3), 1), "晚于入卷日期"),
    ],
)
def test_one_wrong_paper_leaves_all_out(paper: FiledPaper, says: str) -> None:
    file = opened()

    with pytest.raises(IntakeRefused, match=says):
        acts.put_in(file.pk, [FORM, paper], on=FILLED, at=at(FILLED))

    assert items_of(file.pk) == []


def test_the_count_must_agree_with_the_contents() -> None:
    file = filled()

    with pytest.raises(IntakeRefused, match="数出4页，目录合计5页，差1页"):
        acts.check_archive(file.pk, pages=4, location="3柜", on=CHECKED, at=at(CHECKED))
    with pytest.raises(IntakeRefused, match="存放位置"):
        acts.check_archive(file.pk, pages=5, location=" ", on=CHECKED, at=at(CHECKED))


def test_a_closed_file_is_numbered_kept_ten_years_and_followed_by_a_second_volume() -> None:
    file = closed()

    found = archive(file.pk)
    assert found
    assert (found.number, found.keep_until) == ("DB2024-360429100-00001", date(2034, 12, 31))
    with pytest.raises(IntakeRefused, match="下一卷"):
        acts.put_in(file.pk, [FORM], on=CLOSED, at=at(CLOSED))
    assert acts.open_archive(file.household_id, on=CLOSED, at=at(CLOSED)).volume == 2
    assert [one.volume for one in archives_of(file.household_id)] == [1, 2]


def test_a_changed_file_is_counted_again_before_it_is_closed() -> None:
    file = checked()
    item = ArchiveItem.objects.get(file=file, sequence=2)
    acts.take_out(item.pk, reason="放错了", on=CHECKED, at=at(CHECKED))

    with pytest.raises(IntakeRefused, match="先核对页数"):
        acts.close_archive(file.pk, on=CLOSED, at=at(CLOSED))
    assert [row.id for row in archives(CLOSED, state="unchecked")] == [file.pk]
    acts.check_archive(file.pk, pages=2, location="3柜", on=CLOSED, at=at(CLOSED))
    assert acts.close_archive(file.pk, on=CLOSED, at=at(CLOSED)).pages == 2


def test_what_was_taken_out_keeps_its_line_and_may_come_again() -> None:
    file = filled()
    item = ArchiveItem.objects.get(file=file, sequence=2)
    acts.take_out(item.pk, reason="放错了", on=FILLED, at=at(FILLED))

    with pytest.raises(IntakeRefused, match="已在2024-04-02抽出"):
        acts.take_out(item.pk, reason="放错了", on=FILLED, at=at(FILLED))
    acts.put_in(file.pk, [SURVEY], on=FILLED, at=at(FILLED))

    assert [(row.sequence, row.withdrawn_reason) for row in items_of(file.pk)] == [(1, ""), (2, "放错了"), (3, "")]


def test_a_file_is_lent_to_one_at_a_time_and_not_closed_while_it_is_out() -> None:
    file = checked()
    lent(file)

    with pytest.raises(IntakeRefused, match="借给了县审计局赵审计"):
        lent(file)
    with pytest.raises(IntakeRefused, match="还没有归还"):
        acts.close_archive(file.pk, on=CLOSED, at=at(CLOSED))
    assert [row.borrower for row in lent_out()] == ["赵审计"]
    assert [row.id for row in archives(date(2024, 5, 3), state="overdue")] == [file.pk]
    assert archives(date(2024, 5, 2), state="overdue") == []

    acts.return_archive(file.pk, on=CLOSED, at=at(CLOSED))
    with pytest.raises(IntakeRefused, match="没有借出"):
        acts.return_archive(file.pk, on=CLOSED, at=at(CLOSED))
    assert loans_of(file.pk)[0].returned_on == CLOSED
    assert lent_out() == []


def test_days_stand_in_their_order() -> None:
    file = checked()

    with pytest.raises(IntakeRefused, match="早于核对日期"):
        acts.close_archive(file.pk, on=FILLED, at=at(FILLED))
    with pytest.raises(IntakeRefused, match="先后不对"):
        lent(file, due=OPENED)
    with pytest.raises(IntakeRefused, match="早于最后一份材料"):
        acts.check_archive(file.pk, pages=5, location="3柜", on=OPENED, at=at(OPENED))
    with pytest.raises(IntakeRefused, match="早于立档日期"):
        acts.put_in(file.pk, [], on=date(2024, 3, 31), at=at(OPENED))


class TestWalls:
    """Past every action, the database itself refuses."""

    def test_a_closed_file_takes_no_paper(self) -> None:
        file = closed()

        with pytest.raises(IntegrityError, match="不能再放入或抽出"), transaction.atomic():
            ArchiveItem.objects.filter(file=file).update(withdrawn_on=CLOSED, withdrawn_reason="x")
        with pytest.raises(IntegrityError, match="只能换存放位置"), transaction.atomic():
            ArchiveFile.objects.filter(pk=file.pk).update(closed_on=None, number=None, keep_until=None)
        ArchiveFile.objects.filter(pk=file.pk).update(location="5柜")

    def test_a_file_is_not_closed_with_another_count_or_while_it_is_out(self) -> None:
        file = checked()
        ends = {"closed_on": CLOSED, "number": "甲", "keep_until": date(2034, 12, 31)}

        with pytest.raises(IntegrityError, match="页数和目录不一致"), transaction.atomic():
            ArchiveFile.objects.filter(pk=file.pk).update(**ends, pages=4)
        lent(file)
        with pytest.raises(IntegrityError, match="借出没有归还"), transaction.atomic():
            ArchiveFile.objects.filter(pk=file.pk).update(**ends)

    def test_contents_and_loans_are_said_once(self) -> None:
        file = filled()
        lent(file)

        with pytest.raises(IntegrityError, match="不能改写"), transaction.atomic():
            ArchiveItem.objects.filter(file=file).update(pages=9)
        with pytest.raises(IntegrityError, match="不能改写"), transaction.atomic():
            ArchiveLoan.objects.update(borrower="别人")
        acts.return_archive(file.pk, on=FILLED, at=at(FILLED))
        with pytest.raises(IntegrityError, match="不能改写"), transaction.atomic():
            ArchiveLoan.objects.update(returned_on=None, returned_to="")


def test_what_is_not_there_or_of_another_township_is_refused_in_words() -> None:
    with pytest.raises(IntakeRefused, match="没有这一卷档案，或不在本人可见的区划内"):
        acts.close_archive(0, on=CHECKED, at=at(CHECKED))
    with pytest.raises(IntakeRefused, match="没有这份卷内材料，或不在本人可见的区划内"):
        acts.take_out(0, reason="放错了", on=CHECKED, at=at(CHECKED))
