"""记住: what a page counted, kept for as long as the data stay as they are (audit.queries.data_state)."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

from django.conf import settings

from opendibao.audit.queries import data_state

Asked = ParamSpec("Asked")
Found = TypeVar("Found")
KEPT = 500
_found: OrderedDict[tuple[object, ...], object] = OrderedDict()
_lock = threading.Lock()
_request: ContextVar[list[tuple[object, ...]] | None] = ContextVar("request", default=None)


@contextmanager
def one_request() -> Iterator[None]:
    """Around a request: the state of the data is asked once, and outside nothing is remembered."""
    token = _request.set([] if settings.OPENDIBAO_REMEMBERS else None)
    try:
        yield
    finally:
        _request.reset(token)


def remembered(query: Callable[Asked, Found]) -> Callable[Asked, Found]:
    """Answer a query from memory where it was asked before of the same data; the answer must not be changed."""

    def ask(*args: Asked.args, **kwargs: Asked.kwargs) -> Found:
        state = _request.get()
        if state is None:
            return query(*args, **kwargs)
        if not state:
            state.append(data_state())
        key = (state[0], query, args, tuple(sorted(kwargs.items())))
        with _lock:
            if key in _found:
                _found.move_to_end(key)
                return _found[key]  # type: ignore[return-value]
        answer = query(*args, **kwargs)
        _keep(key, answer)
        return answer

    return ask


def _keep(key: tuple[object, ...], answer: object) -> None:
    with _lock:
        _found[key] = answer
        while len(_found) > KEPT:
            _found.popitem(last=False)
