"""分岗: an action runs only for an officer who holds one of its duties."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from opendibao.audit.session import NoOfficer, current_session
from opendibao.kernel.duties import Duty

Asked = ParamSpec("Asked")
Done = TypeVar("Done")


class NotYourDuty(PermissionError):
    """The officer who acts holds none of the duties an action is for; the text says which they are."""


def needs(*duties: Duty) -> Callable[[Callable[Asked, Done]], Callable[Asked, Done]]:
    """Refuse an action unless the acting officer holds one of `duties`. Raises NoOfficer, NotYourDuty."""

    def close(action: Callable[Asked, Done]) -> Callable[Asked, Done]:
        @wraps(action)
        def guarded(*args: Asked.args, **kwargs: Asked.kwargs) -> Done:
            _refuse_others(frozenset(duties))
            return action(*args, **kwargs)

        guarded.duties = frozenset(duties)  # type: ignore[attr-defined]
        return guarded

    return close


def _refuse_others(duties: frozenset[Duty]) -> None:
    session = current_session()
    if not session.officer:
        raise NoOfficer("没有登记经办人，不能办理")
    if not duties & session.duties:
        wanted = "、".join(duty.zh for duty in sorted(duties))
        raise NotYourDuty(f"{session.officer}没有这项职责，不能办理；要由负责{wanted}的人办理")
