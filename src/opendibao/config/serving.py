"""一起开、一起停: web server and job worker as children of one process, stopped in order."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType

GRACE_S = 20
MOST_WORKERS = 4


class PortTaken(RuntimeError):
    """Another program listens there already."""


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise PortTaken(f"{host}:{port} 已被别的程序占用，请用 --port 换一个端口") from None


def _web(host: str, port: int) -> "subprocess.Popen[bytes]":
    # children get no Ctrl-C of their own: we decide the order in which they stop
    return subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
         "--workers", str(min(os.cpu_count() or 1, MOST_WORKERS)),
         "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "opendibao.config.wsgi:application"],
        start_new_session=True, env=os.environ,
    )  # fmt: skip


def worker_environment() -> dict[str, str]:
    """The worker's connections say what they are: by that alone it sees the jobs of every division."""
    options = f"{os.environ.get('PGOPTIONS', '')} -c app.worker=on".strip()
    return os.environ | {"PGOPTIONS": options}


def _worker() -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", "1"],
        start_new_session=True, env=worker_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextmanager
def site(host: str, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """Web and worker run inside the block and stop after it, also on Ctrl-C or SIGTERM; yields the web server.

    Raises PortTaken before anything is started.
    """
    _refuse_taken(host, port)
    children = (_web(host, port), _worker())
    signal.signal(signal.SIGTERM, _leave)
    try:
        yield children[0]
    except KeyboardInterrupt:
        pass
    finally:
        _stop_all(children)


def serve(host: str, port: int) -> int:
    """Run web and worker until Ctrl-C or SIGTERM; returns the web server's exit status (0 when asked to stop)."""
    with site(host, port) as web:
        return web.wait()
    return 0


def _stop_all(children: Sequence["subprocess.Popen[bytes]"]) -> None:
    for child in children:
        _stop(child)


def _stop(child: "subprocess.Popen[bytes]") -> None:
    """Ask it to stop, wait, and end whatever of its group is left: a server stopped in mid-start leaves its worker."""
    if child.poll() is None:
        child.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            child.wait(GRACE_S)
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
