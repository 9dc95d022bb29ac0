"""查进度的次数: who guesses the end of an id number is stopped for an hour, number by number, in this process."""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

MOST, SPAN, REMEMBERED = 5, timedelta(hours=1), 10000
_failed: OrderedDict[str, list[datetime]] = OrderedDict()
_lock = Lock()


def is_stopped(number: str, now: datetime) -> bool:
    """Whether a number was asked wrongly too often within the hour."""
    with _lock:
        return len(_recent(number, now)) >= MOST


def note_failure(number: str, now: datetime) -> None:
    """A number was asked with an end that is not its own; the oldest numbers are forgotten first."""
    with _lock:
        _failed[number] = [*_recent(number, now), now]
        _failed.move_to_end(number)
        while len(_failed) > REMEMBERED:
            _failed.popitem(last=False)


def _recent(number: str, now: datetime) -> list[datetime]:
    return [at for at in _failed.get(number, ()) if now - at < SPAN]
