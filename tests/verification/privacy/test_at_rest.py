"""静态保护: after a whole matching no number of a person and no account stands in the clear in what matching keeps.

The register's own persons and accounts lie in clear columns behind row-level security; nothing here says otherwise.
"""

import logging
from collections.abc import Iterator

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection
from django.test import override_settings

from opendibao.registry.queries import person_id
from opendibao.verification.actions import request_match
from opendibao.verification.answering import run_matching
from opendibao.verification.deliveries.filing import Filed, file_delivery
from opendibao.verification.deliveries.manifest import Manifest
from opendibao.verification.deliveries.refusal import DeliveryRefused
from opendibao.verification.linking import link_delivery
from opendibao.verification.models import Delivery, Exchange, MatchResult, SourceRecord
from opendibao.verification.privacy.exchanges import hand_over_key, make_exchange
from opendibao.verification.privacy.lookups import Question, log_lookups
from opendibao.verification.privacy.rights import NoAuthorisation
from opendibao.verification.sealing import blind, seal, unseal, unseal_row
from tests.intake.builders import ASKED, VISITED, authorised
from tests.registry.builders import CHILD, FATHER, MOTHER, at, household

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
ACCOUNT, STRANGER = "6217999912345678901", "110105194912310023"
FIFTEEN = FATHER.id_number[:6] + FATHER.id_number[8:17]
DAMAGED = MOTHER.id_number[:15] + "9" + MOTHER.id_number[16:]
SECRETS = (MOTHER.id_number, FATHER.id_number, CHILD.id_number, FIFTEEN, DAMAGED, STRANGER, ACCOUNT)
FILE = (
    "证件号码,姓名,性别,出生日期,区划,电话,开户银行,账号,存款种类,余额,余额日期,销户日期\n"
    f"{MOTHER.id_number},王秀英,,,,,农商银行,{ACCOUNT},定期,98000,2024-03-01,\n"
    f"{FIFTEEN},李建国,,,,,农商银行,{ACCOUNT}1,活期,12,2024-03-01,\n"
    f"{DAMAGED},王秀英,,,,,农商银行,{ACCOUNT}2,活期,7,2024-03-01,\n"
    f"{STRANGER},赵大,,,,,农商银行,{ACCOUNT}3,活期,7,2024-03-01,\n"
    f"{CHILD.id_number},李小红,,,,,农商银行,{ACCOUNT}4,活期,多少,2024-03-01,\n"
)


def filed(text: str = FILE, rows: int = 5) -> Filed:
    manifest = Manifest(
        "bank_deposits", "县农商银行", "57号第十七条", "低保核对", "核授2024-1", "register", None, ASKED, rows
    )
    return file_delivery(text.encode(), f"{MOTHER.id_number}王秀英.csv", manifest, on=ASKED, at=at(ASKED))


@pytest.fixture
def matched(places: None) -> Filed:
    """A case about whom a department's file was filed, linked, matched, listed by tokens and looked into."""
    case = authorised()
    request_match(case.pk, on=ASKED, at=at(ASKED))
    came = filed()
    link_delivery(came.delivery_id, at=at(ASKED))
    run_matching([case.pk], on=VISITED, at=at(VISITED))
    listed = make_exchange("tax", form="tokens", whom="open", purpose="核对", on=VISITED, at=at(VISITED))
    hand_over_key(listed.exchange_id, given_to="周某", on=VISITED, at=at(VISITED))
    question = Question(person_id(MOTHER.id_number) or 0, "bank_deposits", "opening", case.pk, "核对结果 1")
    log_lookups([question], on=VISITED, at=at(VISITED))
    return came


def tables() -> list[str]:
    """What matching keeps, and what tells of everything done."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND (starts_with(relname, 'verification_')"
            " OR starts_with(relname, 'audit_') OR starts_with(relname, 'procrastinate_')) ORDER BY 1"
        )
        return [name for (name,) in cursor.fetchall()]


def stored() -> Iterator[tuple[str, str]]:
    """Every row of every such table as text, bytes as hexadecimal."""
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"SELECT t::text FROM {table} t")
            yield from ((table, row) for (row,) in cursor.fetchall())


def test_no_number_and_no_account_stands_in_the_clear(matched: Filed) -> None:
    rows = list(stored())

    assert {"verification_sourcerecord", "verification_deliveryreject", "verification_link", "verification_lookup",
            "verification_exchangeperson", "verification_matchresult", "audit_event"} <= {
        table for table, _row in rows}  # fmt: skip
    found = {
        (table, secret)
        for table, row in rows
        for secret in SECRETS
        if secret in row or secret.encode().hex() in row.lower()
    }
    assert found == set()


def test_what_was_matched_was_really_there(matched: Filed) -> None:
    hits = MatchResult.objects.filter(outcome="hit")
    assert {(hit.source, hit.person.name) for hit in hits} == {
        ("bank_deposits", "王秀英"), ("bank_deposits", "李建国"),
    }  # fmt: skip
    rows = [unseal_row(bytes(row.sealed)) for row in SourceRecord.objects.order_by("row_no")]
    assert [row["id_number"] for row in rows] == [MOTHER.id_number, FIFTEEN, DAMAGED, STRANGER]
    assert (matched.accepted, matched.rejected) == (4, 1)


def test_another_key_reads_nothing_and_finds_nothing(matched: Filed) -> None:
    delivery = Delivery.objects.get(pk=matched.delivery_id)
    token = blind(f"id:{MOTHER.id_number}")
    assert SourceRecord.objects.filter(tokens__contains=[token]).count() == 1

    with override_settings(OPENDIBAO_MATCH_KEY="另一把钥匙"):
        assert not SourceRecord.objects.filter(tokens__contains=[blind(f"id:{MOTHER.id_number}")]).exists()
        for sealed in (delivery.sealed_file, Exchange.objects.get().sealed_key):
            with pytest.raises(InvalidTag):
                unseal(bytes(sealed or b""))


@pytest.mark.parametrize("place", [0, 11, 12, -1])
def test_a_byte_that_was_changed_is_noticed(place: int) -> None:
    sealed = bytearray(seal(MOTHER.id_number.encode()))
    sealed[place] ^= 1

    with pytest.raises(InvalidTag):
        unseal(bytes(sealed))


@pytest.mark.parametrize(
    "text",
    [
        FILE.replace("余额,", "金额,", 1),
        FILE[:-30],
        FILE.replace("余额日期,销户", f"余额日期,余额日期{MOTHER.id_number},销户", 1),
    ],
    ids=["no heading", "torn", "a number in the heading"],
)
def test_a_file_that_is_refused_leaves_no_number_in_the_words(
    text: str, caplog: pytest.LogCaptureFixture, places: None
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(DeliveryRefused) as refusal:
        filed(text, rows=9)

    said = str(refusal.value) + caplog.text
    assert not [secret for secret in SECRETS if secret in said]
    assert not Delivery.objects.exists()


def test_a_question_without_a_right_names_nobodys_number(places: None) -> None:
    household()

    with pytest.raises(NoAuthorisation) as refusal:
        log_lookups([Question(person_id(MOTHER.id_number) or 0, "tax", "rematch")], on=ASKED, at=at(ASKED))

    assert MOTHER.id_number not in str(refusal.value)
