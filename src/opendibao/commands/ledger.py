"""核账: does the ledger agree with what was decided, owed, sent and booked?"""

import click

from opendibao.commands.officer import for_officer, on_duty
from opendibao.kernel.duties import Duty

SAME_FILES = "再次生成的银行文件与送出时的 SHA-256 相同"


@click.group(invoke_without_command=False)
def command() -> None:
    """发放账目。 The ledger of payments."""


@command.command()
@for_officer
@click.pass_context
def verify(context: click.Context, officer: str | None) -> None:
    """核对全部账目：一致则退出码0并列出核对了哪些，否则说出第一处不符和每一笔金额不同的行，退出码1。

    Check the whole ledger and name what was checked; exit 1, the first fault and every row whose amount differs.
    """
    from opendibao.commands.setup import django_setup

    django_setup()
    from opendibao.budget import fund_promises
    from opendibao.kernel.money import yuan_text
    from opendibao.payment import ledger, tracing

    with on_duty("ledger verify", officer, Duty.AUDIT, Duty.OPERATE, Duty.FINANCE):
        state, rows, files = ledger.verify(), tracing.mismatches(), tracing.changed_files()
        money = fund_promises.faults()
    faults = [state.fault] if state.fault else []
    faults += [f"应当“{tracing.STEPS[row.step].promise}”，但{row.words}" for row in rows]
    faults += money
    faults += [f"再次生成的银行文件 {file.name} 与送出时的 SHA-256 不同" for file in files]
    if faults:
        click.echo("账目有误：" + "\n　　　　　".join(faults), err=True)
        context.exit(1)
    click.echo(
        f"账目一致：批次{state.runs}个，明细{state.lines}笔，发送{state.attempts}笔，凭证{state.entries}张，"
        f"分录{state.legs}条，已付{yuan_text(state.paid_fen)}元"
    )
    kept = [*ledger.said(), *fund_promises.said(), *(step.promise for step in tracing.STEPS.values()), SAME_FILES]
    click.echo("\n".join([f"核对了{len(kept)}条：", *(f"　{promise}" for promise in kept)]))
