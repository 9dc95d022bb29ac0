"""谁在命令行: a command acts for a named officer with his own duties, or for whoever runs the machine."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from opendibao.kernel.duties import Duty

for_officer: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--officer", envvar="OPENDIBAO_OFFICER", metavar="USERNAME", help="以哪位经办人的身份办理。 Act as this officer."
)


@contextmanager
def on_duty(command: str, username: str | None, *duties: Duty) -> Iterator[None]:
    """Act in the whole county as the named officer; unnamed, the command acts itself with the first duty it is for.

    Ends the command with status 1 when the officer is unknown, has none of the duties, or sees only a part.
    """
    from django.conf import settings

    from opendibao.audit.session import acting
    from opendibao.kernel.ids import reach_of

    name, reach, held = f"命令行（{command}）", reach_of(settings.OPENDIBAO_COUNTY), frozenset(duties[:1])
    if username:
        name, held = _officer(username, reach, frozenset(duties))
    with acting(name, reach, held):
        yield


def _officer(username: str, county: str, duties: frozenset[Duty]) -> tuple[str, frozenset[Duty]]:
    from opendibao.accounts.queries import officer_named
    from opendibao.kernel.ids import reach_of

    officer = officer_named(username)
    if officer is None:
        raise click.ClickException(f"没有在岗的经办人“{username}”，请核对用户名")
    held = frozenset(map(Duty, officer.duties))
    if not held & duties:
        wanted = "、".join(duty.zh for duty in sorted(duties))
        raise click.ClickException(f"{officer.name}没有这项职责，不能办理；要由负责{wanted}的人办理")
    if not county.startswith(reach_of(officer.division)):
        raise click.ClickException(f"{officer.name}只看得见{officer.division}，这个命令要看全县，请换县里的人办理")
    return officer.name, held
