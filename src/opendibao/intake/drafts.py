"""草稿办理: what has been typed of an application is kept at once, dropped, and taken back."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.audit.submissions import hold
from opendibao.intake.models import Case, Draft
from opendibao.intake.refusal import IntakeRefused
from opendibao.kernel.duties import Duty
from opendibao.policy.reader import value

TITLE_LENGTH = 60
WINDOW = "window"
"""The key of a draft's content that says from which open page it was saved last."""
NOT_SEEN = "没有这份草稿，或不在本人可见的区划内"


class DraftChanged(IntakeRefused):
    """Another page saved the draft after it was opened here; `draft` is what stands there now."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(f"{draft.officer}在别的页面存过这份草稿，您填的还没有存")
        self.draft = draft


@needs(Duty.ACCEPT)
@transaction.atomic
def save_draft(
    key: str, *, division: str, title: str, content: Mapping[str, Any], revision: int, at: datetime
) -> Draft:
    """存草稿: keep what was typed; `revision` is the one the page was opened with, 0 for a new draft.

    The same page may save again and again; a draft that was dropped meanwhile is there again. Raises DraftChanged
    where another page saved later, IntakeRefused where the application was filed already.
    """
    hold(f"draft {key}")
    found = Draft.objects.select_for_update(of=("self",)).filter(pk=key).first()
    if found is None:
        return _begin(key, division, title, content, at)
    _refuse_filed(found)
    if found.revision != revision and found.content.get(WINDOW) != content.get(WINDOW):
        raise DraftChanged(found)
    if found.content == content and found.dropped_at is None:
        return found
    found.division, found.title, found.content = division, title[:TITLE_LENGTH], dict(content)
    found.officer, found.saved_at, found.dropped_at = officer_name(), at, None
    found.revision += 1
    found.save()
    return found


def _begin(key: str, division: str, title: str, content: Mapping[str, Any], at: datetime) -> Draft:
    made = Draft.objects.create(
        key=key,
        division=division,
        title=title[:TITLE_LENGTH],
        content=dict(content),
        officer=officer_name(),
        saved_at=at,
    )
    record("起草申请", _subject(made), division=division, at=at)
    return made


def _subject(draft: Draft) -> str:
    return f"草稿 {draft.pk[:8]}"


def _refuse_filed(draft: Draft) -> None:
    if draft.case_id:
        number = Case.objects.values_list("number", flat=True).get(pk=draft.case_id)
        raise IntakeRefused(f"这份草稿已经提交为案件{number}，请到案件里办理")


@needs(Duty.ACCEPT)
def held_draft(key: str) -> Draft:
    """The draft, held until the transaction ends. Raises IntakeRefused where there is none or it was filed."""
    found = Draft.objects.select_for_update(of=("self",)).filter(pk=key).first()
    if found is None:
        raise IntakeRefused(NOT_SEEN)
    _refuse_filed(found)
    return found


@needs(Duty.ACCEPT)
@transaction.atomic
def drop_draft(key: str, *, at: datetime) -> Draft:
    """丢弃草稿: it leaves the list and can be taken back for some days. Raises IntakeRefused."""
    found = held_draft(key)
    if found.dropped_at:
        raise IntakeRefused("这份草稿已经丢弃，在“最近丢弃的”里")
    found.dropped_at = at
    found.save(update_fields=["dropped_at"])
    record("丢弃草稿", _subject(found), division=found.division, at=at)
    return found


@needs(Duty.ACCEPT)
@transaction.atomic
def take_back_draft(key: str, *, at: datetime) -> Draft:
    """找回草稿: within the days that draft.taken_back_days says. Raises IntakeRefused."""
    found = held_draft(key)
    if found.dropped_at is None:
        raise IntakeRefused("这份草稿没有丢弃，可以直接接着填")
    most = value("draft.taken_back_days", on=localdate(at), division=found.division)
    if at - found.dropped_at > timedelta(days=most):
        raise IntakeRefused(f"这份草稿丢弃超过{most}天，不能找回，请重新填写")
    found.dropped_at = None
    found.save(update_fields=["dropped_at"])
    record("找回草稿", _subject(found), division=found.division, at=at)
    return found
