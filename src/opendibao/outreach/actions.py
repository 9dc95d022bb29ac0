"""宣传培训热线办理: publicity, training with its signed sheet, posts, hotline tickets; one verb per action."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from django.db import IntegrityError, ProgrammingError, transaction
from django.db.models import TextChoices
from psycopg.errors import InsufficientPrivilege

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.kernel.duties import Duty
from opendibao.kernel.workdays import add_workdays
from opendibao.outreach.models import (
    Channel,
    HotlineTicket,
    Post,
    PublicityAction,
    TargetGroup,
    TicketKind,
    TrainingSession,
    TrainingSignature,
)
from opendibao.policy.reader import value


class BadOutreach(ValueError):
    """An entry of publicity, training, posts or hotline is incomplete or contradicts what is known."""


def _known(choices: type[TextChoices], what: str, code: str) -> str:
    if code not in choices.values:
        words = "、".join(f"{key}（{zh}）" for key, zh in choices.choices)
        raise BadOutreach(f"{what}“{code}”不认识，应为：{words}")
    return code


def _filled(text: str, what: str) -> str:
    if not text.strip():
        raise BadOutreach(f"{what}没有填写")
    return text.strip()


@contextmanager
def _refused_by_database() -> Iterator[None]:
    """Say what the database refuses: a number of another township, which this officer cannot see, or its place."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise BadOutreach("这个工单号已在别处登记，请换一个号") from error
    except ProgrammingError as error:
        if not isinstance(error.__cause__, InsufficientPrivilege):
            raise
        raise BadOutreach("所选地点不在本人办理的区划内，请重选") from error


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def record_publicity(
    division: str, *, held_on: date, channel: str, target_group: str, reached: int, at: datetime
) -> PublicityAction:
    """登记宣传: one action in a place, through one channel, for one group. Raises BadOutreach."""
    if reached < 0:
        raise BadOutreach(f"覆盖人数“{reached}”不能是负数")
    made = PublicityAction.objects.create(
        division=division, held_on=held_on, channel=_known(Channel, "渠道", channel),
        target_group=_known(TargetGroup, "对象", target_group), reached=reached,
    )  # fmt: skip
    record("登记宣传", str(made.pk), division=division, at=at, payload={"channel": channel, "reached": reached})
    return made


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def hold_training(
    division: str, *, held_on: date, topic: str, sheet: str, signatures: Sequence[tuple[str, str]], at: datetime
) -> TrainingSession:
    """登记培训: a session with its sheet and who signed it, (division, name) each. Raises BadOutreach.

    A session without sheet may be recorded, but nobody has signed it and it counts nowhere.
    """
    if signatures and not sheet.strip():
        raise BadOutreach("有人签到就应写明签到表的名称")
    if len(set(signatures)) < len(signatures):
        raise BadOutreach("同一人在签到表上出现两次，请核对签到表")
    session = TrainingSession.objects.create(
        division=division, held_on=held_on, topic=_filled(topic, "培训主题"), sheet=sheet.strip()
    )
    TrainingSignature.objects.bulk_create(
        TrainingSignature(session=session, division=place, name=_filled(name, "签到人姓名"))
        for place, name in signatures
    )
    record("登记培训", str(session.pk), division=division, at=at, payload={"topic": topic, "signed": len(signatures)})
    return session


@needs(Duty.CONFIRM)
@transaction.atomic
def approve_post(division: str, *, title: str, needed_since: date, due_on: date, at: datetime) -> Post:
    """核定岗位: a post is needed since a day and should be filled by another. Raises BadOutreach."""
    if due_on < needed_since:
        raise BadOutreach(f"应到岗日期{due_on}早于核定日期{needed_since}，请更正")
    post = Post.objects.create(
        division=division, title=_filled(title, "岗位名称"), needed_since=needed_since, due_on=due_on
    )
    record("核定岗位", str(post.pk), division=division, at=at, payload={"title": title, "due_on": str(due_on)})
    return post


@needs(Duty.CONFIRM)
@transaction.atomic
def fill_post(post_id: int, *, on: date, at: datetime) -> Post:
    """到岗: somebody takes up the post. Raises BadOutreach."""
    post = Post.objects.select_for_update().filter(pk=post_id).first()
    if post is None or post.filled_on:
        raise BadOutreach(f"编号{post_id}的岗位{'已经到岗' if post else '不存在'}，不能再登记到岗")
    if on < post.needed_since:
        raise BadOutreach(f"到岗日期{on}早于核定日期{post.needed_since}，请更正")
    post.filled_on = on
    post.save(update_fields=["filled_on"])
    record("到岗", str(post_id), division=post.division, at=at, payload={"filled_on": str(on)})
    return post


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def open_ticket(
    division: str, *, number: str, kind: str, is_named: bool, received_on: date, summary: str, at: datetime
) -> HotlineTicket:
    """接线: a call or letter comes in; due in so many working days (clock.hotline). Raises BadOutreach, RuleGap."""
    if HotlineTicket.objects.filter(number=number).exists():
        raise BadOutreach(f"工单号“{number}”已经登记，请换一个号")
    days = value("clock.hotline", on=received_on, division=division)
    with _refused_by_database():
        ticket = HotlineTicket.objects.create(
            number=_filled(number, "工单号"), division=division, kind=_known(TicketKind, "工单种类", kind),
            is_named=is_named, received_on=received_on, due_on=add_workdays(received_on, days),
            summary=_filled(summary, "来电内容"),
        )  # fmt: skip
    record("接热线", number, division=division, at=at, payload={"kind": kind, "due_on": str(ticket.due_on)})
    return ticket


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def answer_ticket(number: str, *, answer: str, on: date, at: datetime) -> HotlineTicket:
    """答复: what the caller was told (57号 第三十七条). Raises BadOutreach."""
    ticket = HotlineTicket.objects.select_for_update().filter(number=number).first()
    if ticket is None or ticket.answered_on:
        raise BadOutreach(f"工单“{number}”{'已经答复' if ticket else '不存在'}，不能再答复")
    if on < ticket.received_on:
        raise BadOutreach(f"答复日期{on}早于接收日期{ticket.received_on}，请更正")
    ticket.answered_on, ticket.answer = on, _filled(answer, "答复内容")
    ticket.save(update_fields=["answered_on", "answer"])
    record("答复热线", number, division=ticket.division, at=at, payload={"answered_on": str(on)})
    return ticket
