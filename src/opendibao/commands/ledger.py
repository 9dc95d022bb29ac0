"""核账: does the ledger agree with what was decided, owed, sent and booked?"""

import click


@click.group(invoke_without_command=False)
def command() -> None:
    """发放账目。 The ledger of payments."""


@command.command()
@click.pass_context
def verify(context: click.Context) -> None:
    """核对全部账目：一致则退出码0，否则说出第一处不符，退出码1。

    Check the whole ledger; exit 1 and the first fault.
    """
    from opendibao.commands.setup import django_setup

    django_setup()
    from django.conf import settings

    from opendibao.audit.session import acting
    from opendibao.kernel.duties import Duty
    from opendibao.kernel.ids import reach_of
    from opendibao.kernel.money import yuan_text
    from opendibao.payment import ledger

    with acting("核账", reach_of(settings.OPENDIBAO_COUNTY), {Duty.AUDIT}):
        state = ledger.verify()
    if state.fault:
        click.echo(f"账目有误：{state.fault}", err=True)
        context.exit(1)
    click.echo(
        f"账目一致：批次{state.runs}个，明细{state.lines}笔，发送{state.attempts}笔，凭证{state.entries}张，"
        f"分录{state.legs}条，已付{yuan_text(state.paid_fen)}元"
    )
