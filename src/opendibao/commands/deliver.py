"""opendibao deliver: 收下送达数据, a department's file with its manifest, whole or not at all."""

from datetime import datetime

import click

from opendibao.commands.officer import for_officer, on_duty
from opendibao.kernel.duties import Duty

FILE = click.Path(exists=True, dir_okay=False, path_type=str)


@click.command()
@click.argument("source")
@click.argument("data", type=FILE)
@click.option("--manifest", required=True, type=FILE, help="清单文件（JSON 或 YAML）。 The manifest beside the data.")
@click.option("--older-because", default="", help="比已有数据旧的，写明理由。 Why data older than the last are taken.")
@for_officer
@click.option("--dry-run", is_flag=True, help="只核对，不入库。 Only check, keep nothing.")
def command(source: str, data: str, manifest: str, older_because: str, officer: str | None, dry_run: bool) -> None:
    """收下部门送来的数据文件 DATA（来源 SOURCE 的英文名）：清单对得上才入库，错的行退回。

    Take the file DATA of a department: kept where its manifest holds, bad rows go back.

    退出状态 exit status：0 收下 taken，1 被退回 refused（什么也没入库 nothing kept），2 用法不对 wrong usage。
    """
    from opendibao.commands.setup import django_setup

    django_setup()
    from opendibao.verification.deliveries.refusal import DeliveryRefused
    from opendibao.verification.deliveries.taking import take_files

    with on_duty("deliver", officer, Duty.CONFIRM):
        try:
            taken = take_files(source, data, manifest, at=_now(), older_because=older_because, is_trial=dry_run)
        except DeliveryRefused as refusal:
            raise click.ClickException(str(refusal)) from None
    for line in taken:
        click.echo(line)


def _now() -> datetime:
    """Now in the county; the demonstration's day stands still."""
    from django.conf import settings
    from django.utils import timezone

    now = timezone.localtime()
    return datetime.combine(settings.OPENDIBAO_TODAY or now.date(), now.timetz())
