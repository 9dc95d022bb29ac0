"""进度: tells on stderr, now and then, how far long work has come."""

from collections.abc import Callable

import click

_STEP = 1_000_000


def every_million(verb: str) -> Callable[[int], None]:
    """Something to call with the count of households that are done; it speaks once each million."""
    last = 0

    def tell(done: int) -> None:
        nonlocal last
        if done // _STEP > last:
            last = done // _STEP
            click.echo(f"{verb} {done} 户……", err=True)

    return tell
