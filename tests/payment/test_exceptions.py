"""处理对账差异: an owner and a decision that fits the kind, as often as needed until it ends."""

from datetime import date

import pytest

from opendibao.audit.models import Event
from opendibao.payment.actions import decide_exceptions, find_absent
from opendibao.payment.exceptions import WAYS, ways
from opendibao.payment.models import ExceptionKind, PayRun, ReconException, Resolution
from opendibao.payment.refusal import PaymentRefused
from tests.conftest import ActAs
from tests.payment.builders import FAR_VILLAGE, at, family
from tests.payment.month_end import EIGHTH, answers, came_back, take
from tests.payment.months import JANUARY, sent


@pytest.fixture
def run(county: None) -> PayRun:
    """A1 came back, B1 was not answered."""
    family("A1", fen=62000)
    family("B1", fen=31550)
    run = sent(JANUARY)
    take(run, [came_back(answers(run)["A1"], "户名不符")])
    return run


def decide(ids: list[int], owner: str = "李民政", resolution: str = "reissue", note: str = "") -> int:
    return decide_exceptions(ids, owner=owner, resolution=resolution, note=note, on=EIGHTH, at=at(EIGHTH))


def test_a_decision_names_who_answers_for_it_and_who_decided(run: PayRun) -> None:
    one = ReconException.objects.get()
    assert decide([one.pk], note="已打电话") == 1
    one.refresh_from_db()
    assert (one.owner, one.resolution, one.note, one.decided_by, one.decided_on, one.settled_on) == (
        "李民政", "reissue", "已打电话", "张经办", EIGHTH, None,
    )  # fmt: skip
    event = Event.objects.get(action="处理对账差异")
    assert (event.subject, event.payload["owner"], event.payload["resolution"]) == ("家庭 A1", "李民政", "reissue")


def test_while_it_is_open_it_may_be_decided_again(run: PayRun) -> None:
    one = ReconException.objects.get()
    decide([one.pk])
    decide([one.pk], owner="王镇", resolution="stop", note="户主已故")
    one.refresh_from_db()
    assert (one.owner, one.resolution) == ("王镇", "stop")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"owner": " "}, "责任人要写姓名"),
        ({"owner": "人" * 61}, "最多60字"),
        ({"resolution": ""}, "请选处理决定"),
        ({"resolution": "gone"}, "请选处理决定"),
        ({"resolution": "finance"}, "“退回”不能定为“请财政查明更正”，可以定为：更正账户，下批补发"),
        ({"resolution": "explained", "note": "查过"}, "“退回”不能定为“已查明，不影响”"),
        ({"resolution": "stop"}, "要写说明"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_decided(run: PayRun, asked: dict[str, str], words: str) -> None:
    one = ReconException.objects.get()
    with pytest.raises(PaymentRefused, match=words):
        decide([one.pk], **asked)
    assert not ReconException.objects.exclude(resolution="").exists()


def test_one_that_does_not_exist_refuses_all(run: PayRun) -> None:
    one = ReconException.objects.get()
    with pytest.raises(PaymentRefused, match="不存在"):
        decide([one.pk, one.pk + 999])
    with pytest.raises(PaymentRefused, match="不存在"):
        decide([])
    assert not ReconException.objects.exclude(resolution="").exists()


def test_one_that_ended_is_refused(run: PayRun) -> None:
    find_absent(run.pk, on=EIGHTH, at=at(EIGHTH))
    take(run, [answers(run)["B1"]])
    ended = ReconException.objects.get(kind="absent")
    with pytest.raises(PaymentRefused, match="已经了结（逾期未回，2024-01-08）"):
        decide([ended.pk], resolution="bank")


def test_what_the_bank_left_out_is_listed_once(run: PayRun) -> None:
    assert find_absent(run.pk, on=EIGHTH, at=at(EIGHTH)) == 1
    assert find_absent(run.pk, on=date(2024, 1, 9), at=at(date(2024, 1, 9))) == 0
    one = ReconException.objects.get(kind="absent")
    assert (one.attempt_id, one.fen, one.found_on) == ("202401-B1-R-0-1", 31550, EIGHTH)
    assert Event.objects.filter(action="列出逾期未回").count() == 1


def test_an_exception_that_ends_by_itself_keeps_its_decision(run: PayRun) -> None:
    find_absent(run.pk, on=EIGHTH, at=at(EIGHTH))
    one = ReconException.objects.get(kind="absent")
    decide([one.pk], resolution="bank", note="已问银行")
    take(run, [answers(run)["B1"]])
    one.refresh_from_db()
    assert (one.owner, one.resolution, one.note, one.settled_on) == ("李民政", "bank", "已问银行", EIGHTH)


def test_a_township_decides_about_its_own_alone(act_as: ActAs) -> None:
    with act_as("360429"):
        family("A1")
        family("C1", division=FAR_VILLAGE)
        run = sent(JANUARY)
        take(run, [came_back(row, "销户") for row in answers(run).values()])
        ids = list(ReconException.objects.values_list("pk", flat=True))
    with act_as("360429101"), pytest.raises(PaymentRefused, match="不在本人可见的区划内"):
        decide(ids)


def test_money_whose_fate_is_open_is_never_explained_away() -> None:
    attempts = {"returned", "differs", "name", "unknown", "absent"}
    assert set(WAYS) == set(ExceptionKind)
    assert all(Resolution.EXPLAINED not in WAYS[ExceptionKind(kind)] for kind in attempts)
    assert [way for way, _ in ways(["returned", "differs"])] == ["bank", "stop"]
    assert ways([]) == []
    assert [way for way, _ in ways(["voucher"])] == ["finance", "explained"]
