"""查进度的次数: who guesses the end of an id number is stopped for an hour, in this process.

Five wrong ends of one number stop that number; sixty wrong questions from one address stop the address, because case
numbers follow on one another and could be tried one after the other.
"""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

MOST, MOST_FROM_ONE, SPAN, REMEMBERED = 5, 60, timedelta(hours=1), 10000
_failed: OrderedDict[str, list[datetime]] = OrderedDict()
_lock = Lock()


def is_stopped(number: str, address: str, now: datetime) -> bool:
    """Whether a number was asked wrongly too often within the hour, or too much was asked wrongly from one address."""
    with _lock:
        return len(_recent(number, now)) >= MOST or len(_recent(_from(address), now)) >= MOST_FROM_ONE


def note_failure(number: str, address: str, now: datetime) -> None:
    """A number was asked with an end that is not its own; what was asked longest ago is forgotten first."""
    with _lock:
        for what in (number, _from(address)):
            _failed[what] = [*_recent(what, now), now]
            _failed.move_to_end(what)
        while len(_failed) > REMEMBERED:
            _failed.popitem(last=False)


def _from(address: str) -> str:
    """No number looks like this."""
    return f"from {address}"


def _recent(number: str, now: datetime) -> list[datetime]:
    return [at for at in _failed.get(number, ()) if now - at < SPAN]
