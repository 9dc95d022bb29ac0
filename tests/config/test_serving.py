"""Web and worker stop together, and nothing of theirs is left."""

import os
import socket
import subprocess
import sys
import time

import pytest

from opendibao.config.serving import PortTaken, _stop, site, worker_environment

# a server that leaves its own child behind when it is interrupted
CARELESS = "import subprocess, sys, time; subprocess.Popen(['sleep', '60']); print('up', flush=True); time.sleep(60)"


def test_a_taken_port_is_refused_before_anything_starts() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(PortTaken, match=f"127.0.0.1:{port} 已被别的程序占用"), site("127.0.0.1", port):
            pass


def test_a_careless_server_leaves_no_child_behind() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CARELESS], start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as careless:
        assert careless.stdout
        careless.stdout.readline()

        _stop(careless)

    for _ in range(50):
        try:
            os.killpg(careless.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("the server's child is still there")


def test_the_worker_says_what_it_is_beside_what_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PGOPTIONS", raising=False)
    assert worker_environment()["PGOPTIONS"] == "-c app.worker=on"

    monkeypatch.setenv("PGOPTIONS", "-c statement_timeout=60000")
    assert worker_environment()["PGOPTIONS"] == "-c statement_timeout=60000 -c app.worker=on"
