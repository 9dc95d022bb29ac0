"""收下送达数据: whole or not at all, sealed, once; what is wrong goes back."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection

from opendibao.audit.duties import NotYourDuty
from opendibao.audit.session import acting
from opendibao.kernel.duties import Duty
from opendibao.verification.deliveries import filing
from opendibao.verification.deliveries.filing import Filed, file_delivery
from opendibao.verification.deliveries.manifest import Manifest
from opendibao.verification.deliveries.queries import (
    FlagCount,
    current_deliveries,
    deliveries,
    delivery_of,
    flags_of,
    records_of,
    rejects_of,
)
from opendibao.verification.deliveries.refusal import DeliveryRefused
from opendibao.verification.deliveries.sealed_rows import known
from opendibao.verification.models import Delivery, SourceRecord
from opendibao.verification.sealing import blind, unseal
from opendibao.verification.sharing import by_delivery, sharing
from tests.registry.builders import at
from tests.verification.deliveries.files import (
    AS_OF,
    BANK,
    HEADS,
    KEPT,
    LAND,
    LI,
    ROWS,
    SHAN,
    WANG,
    manifest,
    text_rows,
    workbook,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bank")]
DATA = text_rows([HEADS, *ROWS]).encode("gb18030")
ON = date(2024, 4, 2)


def filed(
    data: bytes = DATA, said: Manifest | None = None, *, on: date = ON, name: str = "存款.csv", **more: str
) -> Filed:
    return file_delivery(data, name, said or manifest(), on=on, at=at(on), **more)


def refused(data: bytes = DATA, said: Manifest | None = None, *, on: date = ON, **more: str) -> str:
    """Why a file is refused; nothing of it is there."""
    before = Delivery.objects.count(), SourceRecord.objects.count()
    with pytest.raises(DeliveryRefused) as refusal:
        filed(data, said, on=on, **more)
    assert (Delivery.objects.count(), SourceRecord.objects.count()) == before
    return str(refusal.value)


def test_good_rows_are_kept_sealed_and_opened_again() -> None:
    result = filed()

    (delivery,) = deliveries()
    assert result == Filed(
        delivery.id, False, 3, 3, 0, ("文件里没有这些列，按空处理：性别、出生日期、区划、电话、到期日期",)
    )
    assert (delivery.source, delivery.as_of, delivery.received_on, delivery.received_by) == (
        "bank_of_nobody", AS_OF, ON, "张经办"
    )  # fmt: skip
    assert (delivery.layout, delivery.encoding, delivery.size, delivery.file_name) == (
        "csv", "GB18030", len(DATA), "存款.csv"
    )  # fmt: skip
    assert delivery.sha256 == hashlib.sha256(DATA).hexdigest()
    assert (delivery.rows, delivery.accepted, delivery.rejected, delivery.linked_at) == (3, 3, 0, None)
    rows = records_of(delivery.id)
    assert [(row.row_no, row.id_flag, row.is_keyed) for row in rows] == [
        (2, "ok", True),
        (3, "ok", True),
        (4, "ok", True),
    ]
    empty = {"sex": "", "born": "", "division": "", "phone": "", "due_on": None}
    assert [row.row for row in rows] == [{**empty, **row} for row in KEPT]


def test_nothing_of_a_row_stands_in_the_clear() -> None:
    filed(name=f"D:\\数据\\{WANG}存款.csv")

    stored = Delivery.objects.get()
    assert stored.file_name == "******0021存款.csv".replace("0021", WANG[-4:])
    assert unseal(stored.sealed_file) == DATA
    assert "王秀英".encode("gb18030") not in bytes(stored.sealed_file)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(r)::text FROM verification_sourcerecord r")
        said = "".join(row for (row,) in cursor.fetchall())
        cursor.execute("SELECT payload::text FROM audit_event WHERE action = '收下送达数据'")
        said += cursor.fetchone()[0]
    assert not [secret for secret in (WANG, LI, SHAN, "王秀英", "农商银行", "6200000000000000001") if secret in said]


def test_rows_are_found_by_the_tokens_of_a_person() -> None:
    result = filed()
    (mother,) = known([{"name": "王秀英", "id_number": WANG}])
    (other,) = known([{"name": "王秀英", "id_number": ""}])

    found = by_delivery(sharing([result.delivery_id], mother.tokens))
    assert [row.row["name"] for row in found[result.delivery_id]] == ["王秀英"]
    assert sharing([result.delivery_id], other.tokens) == []
    assert sharing([result.delivery_id + 1], mother.tokens) == []
    assert sharing([], []) == []


def test_the_key_of_a_thing_is_the_same_in_the_next_file_whoever_owns_it() -> None:
    """An account that changed hands is the same account; the key says nothing without the site's secret."""
    first = filed()
    wide = ROWS[0][3].translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    rows = [HEADS, (SHAN, "单有福", " 农商 银行 ", wide, "定期", "1", "2019-01-02"), ROWS[1]]
    second = filed(text_rows(rows).encode(), manifest(2, as_of=ON))

    key = records_of(first.delivery_id)[0].row_key
    assert [row.row_key == key for row in records_of(second.delivery_id)] == [True, False]
    assert key == blind("BANK_OF_NOBODY\x1f农商银行\x1f6200000000000000001")


def test_a_thing_without_key_is_told_by_the_whole_row() -> None:
    rows = [HEADS, ("", "王秀英", "农商银行", "", "活期", "1", ""), ("", "王秀英", "农商银行", "", "活期", "2", "")]
    first, second = records_of(filed(text_rows(rows).encode(), manifest(2)).delivery_id)

    assert first.row_key == second.row_key  # the bank alone is half a key, and all that tells them apart
    assert (first.id_flag, first.is_keyed) == ("missing", False)


def test_the_state_of_the_id_numbers_is_counted() -> None:
    rows = [
        HEADS, ROWS[0],
        (int(WANG), *ROWS[0][1:3], "1", *ROWS[0][4:]), ("999999840312002", *ROWS[0][1:3], "2", *ROWS[0][4:]),
        ("999999********0021", *ROWS[0][1:3], "3", *ROWS[0][4:]), ("", *ROWS[0][1:3], "4", *ROWS[0][4:]),
    ]  # fmt: skip
    result = filed(workbook(rows), manifest(5))

    assert {(one.id_flag, one.is_keyed): one.rows for one in flags_of(result.delivery_id)} == {
        ("ok", True): 1, ("excel15", True): 1, ("legacy15", True): 1, ("masked", True): 1, ("missing", False): 1,
    }  # fmt: skip
    assert FlagCount("missing", False, 1) in flags_of(result.delivery_id)


def test_rejects_are_kept_with_field_and_reason() -> None:
    rows = [HEADS, ROWS[0], (*ROWS[1][:5], "三百", ROWS[1][6]), (*ROWS[2][:2], "", *ROWS[2][3:])]
    result = filed(text_rows(rows).encode(), manifest(3))

    assert (result.rows, result.accepted, result.rejected) == (3, 1, 2)
    back = rejects_of(result.delivery_id)
    assert [(one.row_no, one.field, one.reason) for one in back] == [
        (3, "余额", "“余额”不是金额，应写成 1234.56 这样"),
        (4, "开户银行", "“开户银行”没有填；这一列必须有内容，请部门补填"),
    ]
    assert back[0].row["name"] == "李建国"
    (father,) = known([{"name": "李建国", "id_number": LI}])
    assert {one.record_id for one in sharing([result.delivery_id], father.tokens)} == {None}


def test_the_same_thing_twice_would_count_double() -> None:
    rows = [HEADS, ROWS[0], ROWS[1], ROWS[0], (LI, "李建国", *ROWS[0][2:])]
    result = filed(text_rows(rows).encode(), manifest(4))

    assert [row.row_no for row in records_of(result.delivery_id)] == [2, 3, 5]  # a second owner is another row
    assert [(one.row_no, one.reason) for one in rejects_of(result.delivery_id)] == [
        (4, "与第2行完全相同，同一件东西送了两次；请部门删去一行")
    ]


def test_the_same_file_twice_changes_nothing() -> None:
    first = filed()
    again = filed(said=manifest(rows=99, purpose=""), on=date(2024, 5, 1), name="又一次.csv")

    assert again == replace(first, is_known=True)
    assert Delivery.objects.count() == 1


def test_the_same_bytes_as_of_a_later_day_say_that_nothing_changed() -> None:
    first = filed()
    later = filed(said=manifest(as_of=date(2024, 6, 30)), on=date(2024, 7, 1))
    listed = filed(said=manifest(as_of=date(2024, 6, 30), covers="request", list_of=ON), on=date(2024, 7, 1))

    assert [one.is_known for one in (first, later, listed)] == [False, False, False]
    assert current_deliveries(date(2024, 7, 1))["bank_of_nobody"].id == listed.delivery_id
    assert len(deliveries()) == 3


def test_what_a_manifest_says_must_hold() -> None:
    digest = hashlib.sha256(DATA).hexdigest()
    assert refused(said=manifest(4)) == (
        "清单写4行，文件里有3行数据（表头、合计和空行不算），对不上；文件可能没有传完，请核对后重送"
    )
    assert refused(said=manifest(sha256="0" * 64)) == (
        f"文件的 SHA-256 是{digest[:8]}…，清单写的是00000000…，对不上；文件可能没有传完或者不是这一份，请核对后重送"
    )
    assert filed(said=manifest(sha256=digest)).accepted == 3


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"department": " "}, "清单没有写“部门”，请补填（没有依据的数据不能收）"),
        ({"legal_basis": ""}, "清单没有写“法律依据”，请补填（没有依据的数据不能收）"),
        ({"purpose": ""}, "清单没有写“用途”，请补填（没有依据的数据不能收）"),
        ({"authorisation": ""}, "清单没有写“授权编号”，请补填（没有依据的数据不能收）"),
        ({"department": "长" * 61}, "清单的“部门”最多60个字，现在有61个，请缩短"),
        ({"covers": "all"}, "清单的“数据范围”“all”不认识，应为全部登记或按核对名单"),
        ({"as_of": date(2024, 4, 3)}, "清单的“数据截止日期”2024-04-03还没有到（今天2024-04-02），请核对年月日"),
        ({"covers": "request"}, "清单写的是按核对名单，请填“名单日期”：部门答复到哪一天的名单"),
        ({"list_of": AS_OF}, "清单写的是全部登记，不用写“名单日期”，请删去"),
        (
            {"covers": "request", "list_of": date(2024, 4, 3)},
            "清单的“名单日期”2024-04-03还没有到（今天2024-04-02），请核对年月日",
        ),
        ({"sha256": "abc"}, "清单的“SHA-256”应是64位十六进制数，请对照部门清单重填，没有就空着"),
        ({"source": "nobody"}, "来源“nobody”不存在，应为bank_of_nobody、land_of_nobody之一"),
    ],
)
def test_a_manifest_that_cannot_stand(changed: dict[str, Any], said: str) -> None:
    assert refused(said=manifest(**changed)) == said


def test_a_heading_without_rows() -> None:
    bare = text_rows([HEADS]).encode()

    assert refused(bare, manifest(0)) == "文件只有表头，没有一行数据；全部登记的数据不会一行也没有，请核对选的文件"
    answer = filed(bare, manifest(0, covers="request", list_of=AS_OF))
    assert (answer.rows, answer.remarks[-1]) == (0, "部门答复：名单上的人都没有记录")


def test_a_file_of_which_nothing_can_be_read() -> None:
    rows = [HEADS, *[(*row[:5], "三百", row[6]) for row in ROWS]]

    assert refused(text_rows(rows).encode()) == (
        "3行全部有错，没有收下；多半是来源或格式不对。例如第2行“余额”不是金额，应写成 1234.56 这样"
    )


def test_half_a_file_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last batch is torn after the first is staged; and the next file finds the way free."""
    monkeypatch.setattr("opendibao.verification.deliveries.reading.delimited.BATCH", 1)

    assert refused(DATA[:-30]).startswith("最后一行（第4行）只有")
    assert filed().accepted == 3


def test_the_wrong_source_is_named() -> None:
    assert refused(said=manifest(source=LAND.name)) == (
        "表头是“演示银行”的，不是“演示耕地”的，请改选来源“演示银行”，或者换一个文件"
    )


def test_data_older_than_the_last_need_a_reason_and_never_count() -> None:
    newest = filed()
    older = text_rows([HEADS, ROWS[0]]).encode()
    said = manifest(1, as_of=date(2023, 12, 31))

    assert refused(older, said) == (
        "这一来源已有截至2024-03-31的数据，这份截至2023-12-31，比它旧；"
        "请核对是不是送错了，确要留存请写明收下旧数据的理由（不会用来核对）"
    )
    assert refused(older, said, older_because="长" * 201) == "收下旧数据的理由最多200个字，现在有201个，请缩短"
    kept = filed(older, said, older_because=" 审计要留存上年末数据 ")
    assert delivery_of(kept.delivery_id).older_because == "审计要留存上年末数据"  # type: ignore[union-attr]
    assert {name: row.id for name, row in current_deliveries(ON).items()} == {"bank_of_nobody": newest.delivery_id}


def test_a_reason_without_need_is_sent_back() -> None:
    assert refused(older_because="以防万一") == "这份数据不比已有的旧，不用写收下旧数据的理由，请删去"


def test_the_newest_data_of_each_source_count() -> None:
    first = filed()
    corrected = filed(text_rows([HEADS, *ROWS[:2]]).encode(), manifest(2), on=date(2024, 4, 5))
    later = filed(text_rows([HEADS, ROWS[0]]).encode(), manifest(1, as_of=date(2024, 4, 30)), on=date(2024, 5, 6))

    assert current_deliveries(date(2024, 4, 1)) == {}
    for day, result in ((ON, first), (date(2024, 4, 5), corrected), (date(2024, 5, 6), later)):
        assert current_deliveries(day)["bank_of_nobody"].id == result.delivery_id
    newest_first = [later.delivery_id, corrected.delivery_id, first.delivery_id]
    assert [row.id for row in deliveries("bank_of_nobody")] == newest_first
    assert deliveries("land_of_nobody") == []
    assert delivery_of(0) is None


def test_a_source_is_not_asked_before_the_law_lets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "SOURCES", {BANK.name: replace(BANK, since=date(2026, 7, 1))})

    assert refused() == "“演示银行”依法从2026-07-01起才能核对，现在不能收这份数据"


def test_only_the_county_confirms_takes_data() -> None:
    with acting("李受理", "360429", {Duty.ACCEPT}), pytest.raises(NotYourDuty):
        filed()
    with acting("王镇长", "360429100", {Duty.CONFIRM}):
        assert refused() == "部门数据由县级民政部门接收，请交县里的经办人办理"


def test_a_township_sees_no_delivery() -> None:
    result = filed()

    with acting("镇经办", "360429100", {Duty.ACCEPT}):
        assert deliveries() == []
        assert records_of(result.delivery_id) == []


def test_the_event_says_what_came() -> None:
    result = filed()

    with connection.cursor() as cursor:
        cursor.execute("SELECT subject, actor, payload::text FROM audit_event WHERE action = '收下送达数据'")
        ((subject, actor, payload),) = cursor.fetchall()
    assert (subject, actor) == (f"送达数据 {result.delivery_id}", "张经办")
    assert json.loads(payload) == {
        "source": "bank_of_nobody", "as_of": "2024-03-31", "sha256": hashlib.sha256(DATA).hexdigest(), "rows": 3,
        "rejected": 0, "purpose": "最低生活保障核对",
    }  # fmt: skip
