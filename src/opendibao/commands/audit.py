"""查审计链: is the record of what was done still whole?"""

import click


@click.group(invoke_without_command=False)
def command() -> None:
    """审计记录。 The audit chain."""


@command.command()
@click.pass_context
def verify(context: click.Context) -> None:
    """重算哈希链：完整则退出码0，否则说出第一条断开的事件，退出码1。

    Recompute the chain; exit 1 and the first broken event.
    """
    from opendibao.commands.setup import django_setup

    django_setup()
    from django.conf import settings

    from opendibao.audit.queries import verify_chain
    from opendibao.audit.session import acting
    from opendibao.kernel.duties import Duty
    from opendibao.kernel.ids import reach_of

    with acting("查审计链", reach_of(settings.OPENDIBAO_COUNTY), {Duty.AUDIT}):
        state = verify_chain()
    if state.first_broken is not None:
        click.echo(f"审计链在第{state.first_broken}号事件断开：该事件或它前面的事件被改动", err=True)
        context.exit(1)
    click.echo(f"审计链完整：事件{state.events}条")
