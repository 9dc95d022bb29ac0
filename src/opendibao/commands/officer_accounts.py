"""经办人账号: who is appointed, for which place and duties; passwords, lock-outs and one-time codes set right."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from opendibao.commands.officer import for_officer, on_duty
from opendibao.kernel.duties import Duty

_WORDS = {duty.zh: duty for duty in Duty} | {duty.value: duty for duty in Duty}


@click.group(invoke_without_command=False)
def command() -> None:
    """经办人账号。 Accounts of officers."""


@contextmanager
def _operating(officer: str | None) -> Iterator[None]:
    """Act for whoever runs the system; a refusal ends the command in words."""
    from opendibao.commands.setup import django_setup

    django_setup()
    with on_duty("officer", officer, Duty.OPERATE):
        try:
            yield
        except ValueError as refusal:
            raise click.ClickException(str(refusal)) from None


def _now() -> Any:
    from django.utils import timezone

    return timezone.localtime()


def _duty(_context: click.Context, _parameter: click.Parameter, words: tuple[str, ...]) -> list[Duty]:
    unknown = [word for word in words if word not in _WORDS]
    if unknown:
        raise click.BadParameter(f"没有“{unknown[0]}”这项职责，可用：{'、'.join(duty.zh for duty in Duty)}")
    return [_WORDS[word] for word in words]


@command.command()
@click.argument("username")
@click.option("--name", required=True, help="姓名。 Name.")
@click.option("--division", required=True, help="区划代码，12 位。 Division, 12 digits.")
@click.option("--duty", "duties", multiple=True, required=True, callback=_duty, help="职责，可重复。 Duty, repeatable.")
@for_officer
def add(username: str, name: str, division: str, duties: list[Duty], officer: str | None) -> None:
    """设岗；密码随后用 password 设。 Appoint an officer; the password is set by `password`."""
    with _operating(officer):
        from opendibao.accounts.actions import create_officer
        from opendibao.accounts.queries import any_officer
        from opendibao.registry.queries import division_names

        if any_officer(username):
            raise click.ClickException(f"用户名“{username}”已经有人用，请换一个")
        if division not in division_names():
            raise click.ClickException(f"没有区划“{division}”，请用本县的 12 位区划代码")
        create_officer(username, name, division=division, duties=duties, at=_now())
        click.echo(f"已设岗：{name}（{username}）。请接着运行 opendibao officer password {username} 设密码")


@command.command()
@click.argument("username")
@click.password_option(prompt="新密码", confirmation_prompt="再输一遍", help="新密码，不写就问。 Asked when left out.")
@for_officer
def password(username: str, password: str, officer: str | None) -> None:
    """设密码；他已打开的登录随即失效。 Set an officer's password; his sessions end."""
    with _operating(officer):
        from opendibao.accounts.actions import set_password

        set_password(username, password, at=_now())
        click.echo(f"已为 {username} 设新密码，请当面告诉本人，登录后自己改掉")


def _simple(action: str, done: str) -> Callable[[str, str | None], None]:
    def act(username: str, officer: str | None) -> None:
        with _operating(officer):
            from opendibao.accounts import actions

            getattr(actions, action)(username, at=_now())
            click.echo(done.format(username))

    return act


@command.command()
@click.argument("username")
@for_officer
def unlock(username: str, officer: str | None) -> None:
    """解除登录锁定。 Unlock an officer who was locked out."""
    _simple("unlock_officer", "已解除 {} 的登录锁定")(username, officer)


@command.command("reset-totp")
@click.argument("username")
@for_officer
def reset_totp(username: str, officer: str | None) -> None:
    """重置动态口令，换手机时用。 Reset one-time codes, after a lost telephone."""
    _simple("reset_totp", "已重置 {} 的动态口令，他下次登录重新启用")(username, officer)


@command.command()
@click.argument("username")
@for_officer
def disable(username: str, officer: str | None) -> None:
    """停用账号，离岗时用。 Disable the account of an officer who left."""
    _simple("disable_officer", "已停用 {}")(username, officer)


@command.command("list")
@for_officer
def list_officers(officer: str | None) -> None:
    """列出所有账号。 List all accounts."""
    with _operating(officer):
        from opendibao.accounts.queries import every_officer

        for one in every_officer():
            duties = "、".join(Duty(duty).zh for duty in one.duties)
            state = "" if one.is_active else "\t已停用"
            click.echo(f"{one.username}\t{one.name}\t{one.division}\t{duties}{state}")
