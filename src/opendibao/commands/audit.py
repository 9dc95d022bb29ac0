"""查审计链: is the record of what was done still whole?"""

import click

from opendibao.commands.officer import for_officer, on_duty
from opendibao.kernel.duties import Duty


@click.group(invoke_without_command=False)
def command() -> None:
    """审计记录。 The audit chain."""


@command.command()
@for_officer
@click.pass_context
def verify(context: click.Context, officer: str | None) -> None:
    """重算事件、查阅记录和定稿的哈希链：完整则退出码0，否则说出每条链第一处断开的地方，退出码1。

    Recompute the chains of events, viewings and final reports; exit 1 and the first broken link of each.
    """
    from opendibao.commands.setup import django_setup

    django_setup()
    from opendibao.audit.queries import verify_chain, verify_views
    from opendibao.evaluation.snapshot_chain import verify_snapshots

    with on_duty("audit verify", officer, Duty.AUDIT, Duty.OPERATE, Duty.FINANCE):
        events, views, locked = verify_chain(), verify_views(), verify_snapshots()
    if events.first_broken is not None:
        click.echo(f"审计链在第{events.first_broken}号事件断开：该事件或它前面的事件被改动", err=True)
    if views.first_broken is not None:
        click.echo(f"查阅记录在第{views.first_broken}号断开：该记录或它前面的记录被改动", err=True)
    if locked.fault:
        click.echo(locked.fault, err=True)
    if (events.first_broken, views.first_broken, locked.fault) != (None, None, ""):
        context.exit(1)
    click.echo(
        f"审计链完整：事件{events.events}条，查阅{views.events}条，快照{locked.snapshots}份（定稿{locked.finals}份）"
    )
