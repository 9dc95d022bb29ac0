"""opendibao rules: 规则和参数, the numbers of a day, what differs, and changes drafted, approved and scheduled."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from opendibao.commands.deadlines import Day
from opendibao.commands.officer import for_officer, on_duty
from opendibao.kernel.duties import Duty
from opendibao.kernel.money import yuan_text
from opendibao.policy.pack import BadPolicy, Pack, Row
from opendibao.policy.reader import load_pack

if TYPE_CHECKING:
    from opendibao.rulemaking.queries import ChangeRow

READERS = tuple(Duty)
MAKERS = (Duty.CONFIRM, Duty.OPERATE)
_policy = click.option("--policy", help="参数包；不写则用本县现行的。 Policy pack; the county's own if left out.")


@click.group(invoke_without_command=False)
def command() -> None:
    """规则和参数。 Rules and parameters."""


@contextmanager
def _county(officer: str | None, *duties: Duty) -> Iterator[None]:
    """Act in the county; a refusal ends the command in words."""
    from opendibao.commands.setup import django_setup

    django_setup()
    from django.db import ProgrammingError

    try:
        with on_duty("rules", officer, *duties):
            yield
    except ValueError as refusal:
        raise click.ClickException(str(refusal)) from None
    except ProgrammingError:
        said = "数据库里还没有本系统的表，请先运行 opendibao migrate；只看参数文件可以加 --policy 参数包名"
        raise click.ClickException(said) from None


@contextmanager
def _pack(policy: str | None, officer: str | None) -> Iterator[Pack]:
    """The pack of that name from the files alone, or the county's with everything scheduled."""
    if policy:
        try:
            yield load_pack(policy)
        except BadPolicy as fault:
            raise click.ClickException(str(fault)) from None
        return
    with _county(officer, *READERS):
        from opendibao.rulemaking.queries import pack_in_force

        yield pack_in_force()


def _said(row: Row | None) -> str:
    """A number as an officer reads it: yuan, a share, or so many of its unit."""
    if row is None:
        return "没有规定"
    if not isinstance(row.value, int):
        return row.value
    return f"{yuan_text(row.value)}元" if row.unit == "fen" else f"{row.value} {row.unit}"


def _known(pack: Pack, path: str) -> None:
    if path not in pack.paths:
        raise click.ClickException(f"没有“{path}”这个参数，用 opendibao rules list 看全部")


@command.command("list")
@click.option("--on", "day", type=Day(), required=True, help="在哪一天。 On which day.")
@_policy
@for_officer
def list_parameters(day: date, policy: str | None, officer: str | None) -> None:
    """列出某日有效的全部参数。 List every parameter in force on a day."""
    with _pack(policy, officer) as pack:
        for path in pack.paths:
            row = pack.find(path, day)
            checked = "" if row is None or row.is_verified else "\t未核对"
            click.echo(f"{path}\t{row.zh if row else ''}\t{_said(row)}\t{row.source if row else ''}{checked}")


@command.command()
@click.argument("path")
@_policy
@for_officer
def show(path: str, policy: str | None, officer: str | None) -> None:
    """一个参数的全部时期和出处。 All periods of one parameter, with their sources."""
    with _pack(policy, officer) as pack:
        _known(pack, path)
        for level in pack.levels:
            for row in level.get(path, ()):
                until = str(row.until) if row.until else "至今"
                checked = "已核对" if row.is_verified else "未核对"
                click.echo(f"{row.since}—{until}\t{_said(row)}\t区划{row.division}\t{row.source}\t{checked}")


@command.command()
@click.argument("earlier", type=Day())
@click.argument("later", type=Day())
@_policy
@for_officer
def diff(earlier: date, later: date, policy: str | None, officer: str | None) -> None:
    """两个日期之间哪些参数变了。 Which parameters differ between two days."""
    with _pack(policy, officer) as pack:
        pairs = [(path, pack.find(path, earlier), pack.find(path, later)) for path in pack.paths]
        differing = [(path, was, now) for path, was, now in pairs if (was and was.value) != (now and now.value)]
        for path, was, now in differing:
            row = now or was
            click.echo(f"{path}\t{row.zh if row else ''}\t{_said(was)} → {_said(now)}\t{now.source if now else ''}")
        click.echo(f"{earlier} 到 {later}：{len(differing)} 个参数不同")


@command.command()
@for_officer
def changes(officer: str | None) -> None:
    """列出参数调整和各自的状态。 List changes of parameters and their states."""
    with _county(officer, *READERS):
        from opendibao.rulemaking import queries

        for row in queries.changes():
            click.echo(_line(row))


def _line(row: "ChangeRow") -> str:
    hands = "、".join(name for name in (row.drafted_by, row.approved_by, row.scheduled_by) if name)
    number = f"{yuan_text(row.value)}元" if row.unit == "fen" else f"{row.value} {row.unit}"
    return f"{row.pk}\t{row.state_zh}\t{row.path}\t{row.since}起 {number}\t{row.source}\t{hands}"


@command.command()
@click.argument("path")
@click.argument("number")
@click.option("--since", type=Day(), required=True, help="起始日。 First day.")
@click.option("--source", required=True, help="文件和条款。 Document and clause.")
@click.option("--reason", required=True, help="调整理由。 Why it changes.")
@click.option("--verified", is_flag=True, help="已与原文核对。 Compared with the original.")
@for_officer
def draft(path: str, number: str, since: date, source: str, reason: str, verified: bool, officer: str | None) -> None:
    """起草参数调整：金额写元，份额写小数，其余写整数。 Draft a change: yuan, shares as 0.2, else whole numbers."""
    with _county(officer, *MAKERS):
        from opendibao.rulemaking.actions import draft_change, parse_value

        value = parse_value(path, number)
        made = draft_change(
            path, since=since, value=value, source=source, reason=reason, is_verified=verified, at=_now()
        )
        click.echo(f"已起草{made.pk}号调整，要由另一人批准：opendibao rules approve {made.pk} --officer …")


@command.command()
@click.argument("change", type=int)
@for_officer
def approve(change: int, officer: str | None) -> None:
    """批准参数调整，不能是起草人。 Approve a change; not by who drafted it."""
    with _county(officer, Duty.CONFIRM):
        from opendibao.rulemaking.actions import approve_change

        approve_change(change, at=_now())
        click.echo(f"已批准{change}号调整，接着排定：opendibao rules schedule {change}")


@command.command()
@click.argument("change", type=int, nargs=-1, required=True)
@click.option("--moves", multiple=True, help="确认随之改变的例题，可重复。 A worked case meant to change, repeatable.")
@for_officer
def schedule(change: tuple[int, ...], moves: tuple[str, ...], officer: str | None) -> None:
    """排定参数调整：全部例题检验后，从起始日生效。 Schedule changes after every worked case was run."""
    with _county(officer, Duty.CONFIRM):
        from opendibao.rulemaking.actions import schedule_changes
        from opendibao.rulemaking.queries import policy_in_force

        for each in schedule_changes(change, at=_now(), moved=moves):
            click.echo(f"已排定{each.pk}号调整，自{each.since}起生效")
        click.echo(f"参数包现为 {policy_in_force()}")


@command.command()
@click.argument("change", type=int)
@click.option("--reason", required=True, help="撤回理由。 Why it is withdrawn.")
@for_officer
def withdraw(change: int, reason: str, officer: str | None) -> None:
    """撤回尚未生效的参数调整。 Withdraw a change before its day."""
    with _county(officer, *MAKERS):
        from opendibao.rulemaking.actions import withdraw_change

        withdraw_change(change, reason=reason, at=_now())
        click.echo(f"已撤回{change}号调整，记录仍可查看")


@command.command()
@for_officer
@click.pass_context
def verify(context: click.Context, officer: str | None) -> None:
    """核对存档：每份决定的规则版本都在，内容与哈希相符；否则退出码1。

    Check the archive of rule sets; exit 1 on a fault.
    """
    with _county(officer, Duty.AUDIT, Duty.OPERATE, Duty.CONFIRM):
        from opendibao.decision.queries import unarchived
        from opendibao.rulemaking.queries import faulty_rule_sets, rule_sets

        faults = [f"{row.decisions}份决定的规则版本{row.rule_set[:12]}没有存档" for row in unarchived()]
        faults += faulty_rule_sets()
        kept = len(rule_sets())
    if faults:
        click.echo("规则存档有误：" + "\n　　　　　　　".join(faults), err=True)
        context.exit(1)
    click.echo(f"规则存档完整：{kept}个规则版本，每份决定都能按当时的规则重算")


def _now() -> datetime:
    """Now in the county; the demonstration's day stands still."""
    from django.conf import settings
    from django.utils import timezone

    now = timezone.localtime()
    return datetime.combine(settings.OPENDIBAO_TODAY or now.date(), now.timetz())
