"""网上申请之门: a family leaves its application without signing in, and asks later how it stands (57号 第四条).

Nothing comes back but a receipt number, the stage and what is missing; both go through a function of the database
that runs for its owner, so that who comes through the door can reach no table.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.timezone import localdate

from opendibao.audit.sql_rows import read
from opendibao.intake.refusal import IntakeRefused
from opendibao.kernel.ids import BadIdNumber, parse_id_number

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What nobody takes for something else when it is read out on the telephone."""
RECEIVE = "SELECT receipt, refusal FROM receive_online_application(%s, %s, %s, %s, %s, %s, %s::jsonb, %s)"
STANDING = "SELECT stage, coalesce(missing, '{}'), coalesce(answer, '') FROM standing_for_family(%(number)s, %(tail)s)"
SAID = {
    "place": "请选择居住的村（社区）",
    "id": "身份证号不对，请对照证件重填",
    "size": "填写的内容太长，请写短一些",
    "day": "今天用这个身份证号提交的次数太多，请明天再试，或者到乡镇民政窗口办理",
    "hour": "现在提交的人太多，请过一小时再试，或者到乡镇民政窗口办理",
}
NAME_LENGTH, PHONE_LENGTH = 60, 20


@dataclass(frozen=True)
class FamilyStanding:
    """How an application stands for the family: the stage's code, what is missing, the answer where there was one."""

    stage: str
    missing: list[str]
    answer: str


def leave_application(
    division: str,
    *,
    applicant: str,
    id_number: str,
    phone: str,
    content: Mapping[str, Any],
    key: str,
    received_at: datetime,
) -> str:
    """Leave an application at the door; returns the receipt number, the same one where the same form comes twice.

    Raises IntakeRefused in the family's words.
    """
    name, phone = applicant.strip(), phone.strip()
    if not 0 < len(name) <= NAME_LENGTH or not 0 < len(phone) <= PHONE_LENGTH:
        raise IntakeRefused("请填写申请人的姓名和联系电话")
    number = _checked(id_number, localdate(received_at))
    said = json.dumps(dict(content), ensure_ascii=False)
    # what was corrected after going back is no second sending of the same: it would be lost behind the first receipt
    form = hashlib.sha256("\n".join([key, division, name, phone, said]).encode()).hexdigest()
    for _attempt in range(3):  # a receipt number that is taken is drawn anew
        wanted = f"W{localdate(received_at):%y%m%d}-{''.join(secrets.choice(LETTERS) for _place in range(6))}"
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(RECEIVE, [wanted, form, division, name, number, phone, said, received_at])
                receipt, refusal = cursor.fetchone()
        except IntegrityError:
            continue
        if refusal:
            raise IntakeRefused(SAID[refusal])
        return str(receipt)
    raise IntakeRefused("没有提交成功，请再试一次")


def _checked(id_number: str, on: date) -> str:
    try:
        return parse_id_number(id_number, on=on).text
    except BadIdNumber as fault:
        raise IntakeRefused(str(fault)) from None


def family_standing(number: str, tail: str) -> FamilyStanding | None:
    """How the application of a receipt or case number stands for one who knows the end of an id number; None else.

    Of what is missing only the kind of paper is said: whose it is stands in the letter, not at an open door.
    """
    asked = {"number": number.strip(), "tail": tail.strip().upper()}
    found = next(iter(read(FamilyStanding, STANDING, asked)), None)
    return found and replace(found, missing=list(dict.fromkeys(item.partition("：")[0] for item in found.missing)))
