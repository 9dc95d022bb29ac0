"""建表与升级: bring the database up to date as its owner."""

import click


@click.command()
@click.option("--dry-run", is_flag=True, help="只列出将要执行的迁移。 Only list what would run.")
def command(dry_run: bool) -> None:
    """建表或升级数据库。 Create or upgrade the database."""
    from opendibao.commands.setup import django_setup, migrate

    django_setup()
    if dry_run:
        from django.core.management import call_command

        call_command("showmigrations", "--plan")
        return
    migrate()
    click.echo("数据库已是最新。")
