"""送达数据的墙: what its tables refuse by name, by plain SQL past every action."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from opendibao.verification.deliveries.filing import file_delivery
from opendibao.verification.models import Delivery, DeliveryReject, SourceRecord
from tests.faults.promises import Broken, insert, named_by_the_database
from tests.registry.builders import COUNTY, at
from tests.verification.deliveries.files import HEADS, ROWS, manifest, text_rows

DELIVERY, RECORD, REJECT = "verification.Delivery", "verification.SourceRecord", "verification.DeliveryReject"
CAME = {"division": COUNTY, "source": "tax", "sha256": "a" * 64, "rows": 3, "accepted": 2, "rejected": 1}
PURGE = {"due_on": date(2034, 4, 2), "purged_on": date(2034, 4, 2), "records": 2, "rejects": 1, "months": 1}
NEXT = {"sha256": "b" * 64}
PROMISES = [
    Broken("one_delivery_of_the_same_bytes", DELIVERY, CAME, {}),
    Broken("delivery_counts_agree", DELIVERY, CAME, {**NEXT, "rows": 4}),
    Broken("delivery_came_after_its_day", DELIVERY, CAME, {**NEXT, "as_of": date(2024, 5, 21)}),
    Broken("delivery_names_its_ground", DELIVERY, CAME, {**NEXT, "department": " "}),
    Broken("delivery_names_its_ground", DELIVERY, CAME, {**NEXT, "legal_basis": ""}),
    Broken("delivery_names_its_ground", DELIVERY, CAME, {**NEXT, "purpose": " "}),
    Broken("delivery_names_its_ground", DELIVERY, CAME, {**NEXT, "authorisation": ""}),
    Broken("a_list_has_its_day", DELIVERY, CAME, {**NEXT, "covers": "request"}),
    Broken("a_list_has_its_day", DELIVERY, CAME, {**NEXT, "list_of": date(2024, 5, 20)}),
    Broken("one_record_per_row", RECORD, {"row_no": 2}, {}),
    Broken("one_reject_per_row", REJECT, {"row_no": 2}, {}),
    Broken("a_reject_says_why", REJECT, {"row_no": 2}, {"row_no": 3, "field": " "}),
    Broken("a_reject_says_why", REJECT, {"row_no": 2}, {"row_no": 3, "reason": ""}),
]


@pytest.mark.django_db
@pytest.mark.parametrize("promise", PROMISES, ids=lambda p: p.constraint)
def test_the_database_itself_keeps_the_promise(promise: Broken) -> None:
    assert named_by_the_database(promise) == promise.constraint


def changed(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def refused(sql: str, *values: object) -> str:
    """What the database says of a change."""
    with pytest.raises(DatabaseError) as refusal:
        changed(sql, *values)
    return str(refusal.value).partition("\n")[0]


def purged(delivery: int) -> None:
    """The file is emptied, with the note that a purge needs."""
    insert("verification.Purge", {"delivery": delivery, "division": COUNTY, **PURGE})
    changed("UPDATE verification_delivery SET purged_on = '2034-04-02', sealed_file = ''")


@pytest.fixture
def filed(bank: None) -> int:
    """A delivery of two rows and a reject."""
    rows = [HEADS, *ROWS[:2], (*ROWS[2][:5], "三百", ROWS[2][6])]
    on = date(2024, 4, 2)
    return file_delivery(text_rows(rows).encode(), "存款.csv", manifest(), on=on, at=at(on)).delivery_id


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("source", "tax"), ("department", "他人"), ("legal_basis", "别的"), ("purpose", "别的"),
        ("authorisation", "别的"), ("as_of", "2024-01-01"), ("received_on", "2024-05-01"), ("received_by", "他人"),
        ("file_name", "别的.csv"), ("layout", "xlsx"), ("encoding", ""), ("size", 1), ("sha256", "c" * 64),
        ("remarks", "[]"), ("older_because", "别的"),
        ("accepted", 3), ("rejected", 0), ("rows", 9),
    ],
)  # fmt: skip
def test_what_was_filed_is_not_rewritten(filed: int, column: str, value: object) -> None:
    assert refused(f"UPDATE verification_delivery SET {column} = %s", value) == "收下的送达数据不能改写"


def test_a_delivery_is_linked_again_but_never_unlinked(filed: int) -> None:
    changed("UPDATE verification_delivery SET linked_at = '2024-04-02 10:00+08'")
    changed("UPDATE verification_delivery SET linked_at = '2024-05-02 10:00+08'")

    assert refused("UPDATE verification_delivery SET linked_at = NULL") == "收下的送达数据不能改写"


def test_the_file_changes_only_by_a_purge(filed: int) -> None:
    kept = "送达的原文件不能改写，只能到期清除"

    assert refused("UPDATE verification_delivery SET sealed_file = 'x'") == kept
    assert refused("UPDATE verification_delivery SET sealed_file = ''") == kept
    insert("verification.Purge", {"delivery": filed, "division": COUNTY, **PURGE})
    assert refused("UPDATE verification_delivery SET purged_on = '2034-04-02'") == "清除送达数据要连原文件一起清空"
    changed("UPDATE verification_delivery SET purged_on = '2034-04-02', sealed_file = ''")
    assert refused("UPDATE verification_delivery SET purged_on = NULL") == "收下的送达数据不能改写"
    assert refused("UPDATE verification_delivery SET purged_on = '2036-04-02'")
    assert refused("UPDATE verification_delivery SET sealed_file = 'x'") == kept


@pytest.mark.parametrize("table", ["verification_sourcerecord", "verification_deliveryreject"])
def test_rows_change_only_by_the_purge_of_their_file(filed: int, table: str) -> None:
    kept, purge = "送达的行不能改写，只能随送达数据一起清除", f"UPDATE {table} SET sealed = '', tokens = '{{}}'"

    assert refused(purge) == kept
    purged(filed)
    assert refused(f"UPDATE {table} SET sealed = ''") == kept  # the tokens would still find him
    assert refused(f"UPDATE {table} SET tokens = '{{}}'") == kept
    assert refused(f"{purge}, row_no = row_no + 10") == kept
    changed(purge)


@pytest.mark.parametrize("table", ["verification_delivery", "verification_sourcerecord", "verification_deliveryreject"])
def test_nothing_of_a_delivery_is_deleted(filed: int, table: str) -> None:
    assert refused(f"DELETE FROM {table}")


def test_no_row_is_added_to_a_file_that_is_whole(filed: int) -> None:
    kept = "送达的行只能随文件一起收下"
    record, reject = {"delivery": filed, "row_no": 90}, {"delivery": filed, "row_no": 91}

    for model, row in ((RECORD, record), (REJECT, reject)):
        with pytest.raises(IntegrityError, match=kept), transaction.atomic():
            insert(model, row)


def test_a_delivery_begins_with_its_file_and_nothing_done(filed: int) -> None:
    begun = {**CAME, "source": "bank_of_nobody", "as_of": date(2024, 3, 31)}

    for breaks in ({"sealed_file": b""}, {"purged_on": date(2024, 5, 20)}, {"linked_at": "2024-05-20 09:00+08"}):
        with pytest.raises(IntegrityError, match="送达数据要带着原文件收下"), transaction.atomic():
            insert(DELIVERY, {**begun, **breaks})


def test_older_data_say_why(filed: int) -> None:
    older = {**CAME, "source": "bank_of_nobody", "as_of": date(2024, 3, 30)}

    with pytest.raises(IntegrityError, match="数据早于这一来源已有的数据，要写明收下的理由"), transaction.atomic():
        insert(DELIVERY, older)


@pytest.mark.parametrize(("accepted", "rejected"), [(2, 1), (0, 3), (3, 0)])
def test_a_delivery_without_all_its_rows_is_not_kept(county: None, accepted: int, rejected: int) -> None:
    with transaction.atomic():
        insert(DELIVERY, {**CAME, "accepted": accepted, "rejected": rejected})
        with pytest.raises(IntegrityError, match="送达数据的行没有全部收下"), transaction.atomic():
            changed("SET CONSTRAINTS delivery_is_whole IMMEDIATE")
        transaction.set_rollback(True)


def test_a_township_can_write_nothing(filed: int, act_as: object) -> None:
    with act_as("360429100"):  # type: ignore[operator]
        assert (Delivery.objects.count(), SourceRecord.objects.count(), DeliveryReject.objects.count()) == (0, 0, 0)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            insert(RECORD, {"delivery": filed, "row_no": 90})
