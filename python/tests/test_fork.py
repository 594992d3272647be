"""Processes that fork after they sent."""

import json
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import IO

import pytest

from gateway_server import holding_gateway
from support import CLIENTS, PATIENCE, PROGRAMS, environment, run_program
from wamux.testing import Sandbox

WORKERS = 3


@pytest.mark.parametrize("client", CLIENTS)
def test_both_sides_send(client: str, sandbox: Sandbox) -> None:
    lines = run_program("fork", client, sandbox.settings("devino-v2"))
    good = {"old": [True] * 3, "other kind": True, "new": True}
    assert sorted(lines, key=str) == [{"side": "child", **good}, {"side": "parent", **good}]
    assert sandbox.counts.accepted == 11


@pytest.mark.parametrize("client", CLIENTS)
def test_a_sandbox_that_was_started_before_serves_both_sides(client: str) -> None:
    lines = run_program("fork", client, "own")
    assert len(lines) == 2


def test_a_pool_of_forked_workers_sends(sandbox: Sandbox) -> None:
    (line,) = run_program("fork_pool", sandbox.settings("devino-v2"))
    assert line == {"workers": WORKERS, "statuses": ["accepted"] * WORKERS * 4}
    assert sandbox.counts.accepted == WORKERS * 4 + 1


@pytest.mark.parametrize("use", ["check", "build", "send", "call", "send_many", "failover", "inbox"])
def test_a_fork_while_another_thread_begins(use: str, sandbox: Sandbox) -> None:
    for _ in range(3):
        assert run_program("fork_meanwhile", use, sandbox.settings("devino-v2")) == [0]


@pytest.mark.slow
def test_many_forks_while_other_threads_go_on(sandbox: Sandbox) -> None:
    statuses = run_program("fork_meanwhile", "all", sandbox.settings("devino-v2"))
    assert statuses == [0] * 20


@contextmanager
def gunicorn(application: str, **variables: str) -> Iterator[str]:
    """Serves an application with preloading; the address. Ends it by its pid, and it must end well."""
    command = [sys.executable, "-m", "gunicorn", "--preload", "--workers", str(WORKERS)]
    command += ["--bind", "127.0.0.1:0", "--no-control-socket", "--chdir", str(PROGRAMS)]
    server = subprocess.Popen(
        [*command, f"{application}:application"],
        stderr=subprocess.PIPE,
        text=True,
        env=environment(**variables),
    )
    assert server.stderr is not None
    log: list[str] = []
    try:
        yield listening_at(server.stderr, log)
        server.send_signal(signal.SIGTERM)
        assert server.wait(PATIENCE) == 0, log
    finally:
        if server.poll() is None:
            server.kill()
            server.wait()
        server.stderr.close()


def listening_at(stderr: IO[str], log: list[str]) -> str:
    for line in stderr:
        log.append(line)
        found = re.search(r"Listening at: (http://127\.0\.0\.1:\d+)", line)
        if found:
            # A full pipe would hold up the server.
            threading.Thread(target=log.extend, args=(stderr,), daemon=True).start()
            return found.group(1)
    raise AssertionError("gunicorn did not start:\n" + "".join(log))


def get(address: str) -> dict[str, object]:
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        read: dict[str, object] = json.load(answer)
        return read


@pytest.mark.slow
def test_gunicorn_with_preloading() -> None:
    with (
        holding_gateway(held=False) as gateway,
        gunicorn("wsgi_application", GATEWAY_SETTINGS=json.dumps(gateway.settings)) as address,
    ):
        assert gateway.arrived.is_set(), "the master did not send"
        for _ in range(2):
            # The gateway answers when three sends are open at once, and a worker does one at a time.
            gateway.together = threading.Barrier(WORKERS)
            with ThreadPoolExecutor(WORKERS) as threads:
                answers = list(threads.map(get, [address] * WORKERS))
            assert [answer["status"] for answer in answers] == ["accepted"] * WORKERS
            assert len({answer["pid"] for answer in answers}) == WORKERS
