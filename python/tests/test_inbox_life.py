"""Inboxes and their process: what they tell the log, forks, signals, ends, and what they leave behind."""

import asyncio
import gc
import json
import logging
import signal
import subprocess
import sys
import threading
import time
import urllib.request
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import wamux
from inbox_server import address, serving
from support import CLIENTS, NUMBER, PATIENCE, PROGRAMS, count_open, environment, eventually, run_program
from test_fork import WORKERS, gunicorn

ANYBODY = wamux.Authentication.none()
# Seconds that the end of the interpreter may take: two for the handlers, and what Python takes on a busy machine.
BOUND = 3.0


def report(number: int) -> bytes:
    return json.dumps([{"mtNum": str(number), "status": 9, "to": NUMBER}]).encode()


@pytest.mark.parametrize("client", CLIENTS)
def test_a_failure_is_told_without_its_words(client: str, caplog: pytest.LogCaptureFixture) -> None:
    def innermost(notification: wamux.Notification) -> None:
        raise LookupError(f"{notification.event.to_dict()} of {NUMBER}")

    def handle(notification: wamux.Notification) -> None:
        try:
            innermost(notification)
        except LookupError as error:
            message = f"cannot tell {NUMBER}"
            raise ValueError(message) from error

    caplog.set_level(logging.DEBUG)
    with serving(client, "rapporto", handle, alias="shop") as served:
        assert served.receive(report(1)) == 503
    (record,) = [record for record in caplog.records if record.name.startswith("wamux")]
    assert (record.name, record.levelname) == ("wamux.inbox", "ERROR")
    told = {name: getattr(record, name) for name in ("gateway", "alias", "attempt")}
    assert told == {"gateway": "rapporto", "alias": "shop", "attempt": 1}
    assert len(getattr(record, "key", "")) == 64
    # The places and the classes are there, and no words.
    for expected in ("in handle", "in innermost", "builtins.ValueError", "builtins.LookupError", "direct cause"):
        assert expected in caplog.text
    assert NUMBER not in caplog.text
    assert NUMBER[1:] not in caplog.text


def test_a_handler_can_raise_anything(tmp_path: Path) -> None:
    class SilentError(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    raised: list[BaseException] = [
        SilentError(),
        SystemExit("over"),
        KeyboardInterrupt(),
        ValueError("\ud800"),
        ValueError(),
    ]

    def handle(_: wamux.Notification) -> None:
        raise raised[-1]

    options: dict[str, Any] = {"store": address("sqlite", tmp_path), "attempts": 1, "concurrency": 1}
    with wamux.Inbox("rapporto", handle, authentication=ANYBODY, **options) as inbox:
        errors: list[str] = []
        while raised:
            inbox.receive("POST", "/", {}, report(len(raised)))
            assert eventually(lambda: inbox.waiting() == 0)
            errors.append(inbox.dead()[-1].error)
            raised.pop()
    assert errors == [
        "ValueError",
        "ValueError: \ufffd\ufffd\ufffd",
        "KeyboardInterrupt",
        "SystemExit: over",
        "SilentError",
    ]


def test_a_cancelled_handler_has_failed() -> None:
    async def handle(_: wamux.Notification) -> None:
        raise asyncio.CancelledError

    async def main() -> None:
        async with wamux.AsyncInbox("rapporto", handle, authentication=ANYBODY) as inbox:
            assert (await inbox.receive("POST", "/", {}, report(1))).status == 503

    asyncio.run(main())


def test_kill_9_in_the_middle_of_a_handler(tmp_path: Path) -> None:
    file = str(tmp_path / "inbox.sqlite")
    command = [sys.executable, str(PROGRAMS / "inbox_kill.py"), file, "die"]
    died = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment())
    assert died.stdout is not None
    try:
        key, attempt = json.loads(died.stdout.readline())
    finally:
        died.kill()
        died.wait()
        died.stdout.close()
    assert attempt == 1
    assert run_program("inbox_kill", file, "go_on") == [[key, 2]]
    assert run_program("inbox_kill", file, "go_on") == []


@pytest.mark.parametrize("before", ["made", "started"])
@pytest.mark.parametrize("store", ["memory", "sqlite"])
@pytest.mark.parametrize("client", CLIENTS)
def test_both_sides_of_a_fork_handle(client: str, store: str, before: str, tmp_path: Path) -> None:
    file = str(tmp_path / "inbox.sqlite") if store == "sqlite" else ""
    lines: Any = run_program("inbox_fork", client, file, before)
    if store == "sqlite" and before == "started":
        # SQLite does not survive a fork: it is not tried.
        assert lines[0] == {"side": "child", "statuses": [503] * 5, "seen": []}
        assert (lines[1]["statuses"], len(lines[1]["seen"])) == ([200] * 5, 5)
        return
    assert [line["statuses"] for line in lines] == [[200] * 5] * 2
    assert [line["side"] for line in lines] == ["child", "parent"]
    expected = [sorted(str(number) for number in range(first, first + 5)) for first in (11, 1)]
    if store == "memory":
        assert [line["seen"] for line in lines] == expected
    else:
        # Both work at one store: what one was given, the other may have handled.
        parents = set(expected[1])
        assert set(lines[1]["seen"]) >= parents
        assert set(lines[0]["seen"]) <= set(expected[0])


@pytest.mark.slow
def test_gunicorn_with_preloading_handles_each_event_once(tmp_path: Path) -> None:
    variables = {"INBOX": str(tmp_path / "inbox.sqlite"), "HANDLED": str(tmp_path / "handled")}

    def post(number: int) -> "tuple[int, str | None]":
        headers = {"X-Webhook-Secret": "correct horse"}
        with urllib.request.urlopen(urllib.request.Request(url, report(number), headers), timeout=PATIENCE) as answer:
            return answer.status, answer.headers["x-pid"]

    with gunicorn("wsgi_inbox", **variables) as url:
        with ThreadPoolExecutor(WORKERS * 2) as threads:
            answers = list(threads.map(post, [number % 40 for number in range(120)]))
        handled = Path(variables["HANDLED"])
        assert eventually(lambda: handled.exists() and len(handled.read_text().splitlines()) >= 40)
    assert {status for status, _ in answers} == {200}
    lines = [json.loads(line) for line in handled.read_text().splitlines()]
    assert sorted(int(message) for _, message in lines) == list(range(40))
    assert {str(pid) for pid, _ in lines} <= {pid for _, pid in answers}


@pytest.mark.parametrize("way", ["idle", "short", "never", "awaited", "open_loop", "child"])
def test_the_interpreter_ends_with_an_inbox_that_was_not_stopped(way: str, tmp_path: Path) -> None:
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, str(PROGRAMS / "inbox_leave.py"), way, str(tmp_path / "inbox.sqlite")],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env=environment(PYTHONWARNINGS="ignore:This process:DeprecationWarning"),
    )
    took = time.monotonic() - begun
    assert done.returncode == 0, done.stderr
    for word in ("panicked", "Fatal", "Segmentation", "Traceback"):
        assert word not in done.stderr
    # What can end in time does.
    assert done.stdout == ("handled\n" if way in {"short", "child"} else "")
    assert took <= BOUND


@pytest.mark.parametrize("way", ["receive", "stop"])
def test_ctrl_c_ends_a_wait_for_a_handler_that_never_returns(way: str) -> None:
    (seconds,) = run_program("inbox_interrupt", way)
    assert isinstance(seconds, float)
    assert seconds <= 0.2


def inbox_threads() -> int:
    return sum(thread.name == "wamux-inbox" for thread in threading.enumerate())


@pytest.mark.parametrize("end", ["stop", "drop"])
def test_an_inbox_leaves_nothing_behind(end: str, tmp_path: Path) -> None:
    seen: list[object] = []

    def use(number: int) -> None:
        inbox = wamux.Inbox("rapporto", seen.append, authentication=ANYBODY, store=address("sqlite", tmp_path))
        assert inbox.receive("POST", "/", {}, report(number)).status == 200
        assert eventually(lambda: inbox.waiting() == 0)
        if end == "stop":
            inbox.stop()

    use(0)
    gc.collect()
    assert eventually(lambda: inbox_threads() == 0)
    threads, files = count_open("task"), count_open("fd")
    for number in range(1, 11):
        use(number)
    gc.collect()
    assert len(seen) == 11
    assert eventually(lambda: inbox_threads() == 0)
    assert eventually(lambda: count_open("task") <= threads + 1)
    assert eventually(lambda: count_open("fd") <= files + 2)


def test_a_dropped_inbox_handles_no_more(tmp_path: Path) -> None:
    seen: list[object] = []
    store = address("sqlite", tmp_path)

    def fail(notification: wamux.Notification) -> None:
        seen.append(notification)
        raise LookupError

    inbox = wamux.Inbox("rapporto", fail, authentication=ANYBODY, store=store, first_wait=0.2, longest_wait=0.2)
    inbox.receive("POST", "/", {}, report(1))
    assert eventually(lambda: len(seen) == 1)
    del inbox
    gc.collect()
    # Another one has the event to itself.
    last: list[wamux.Notification] = []
    with wamux.Inbox("rapporto", last.append, authentication=ANYBODY, store=store) as other:
        assert eventually(lambda: other.waiting() == 0)
    assert (len(seen), [each.attempt for each in last]) == (1, [2])


@pytest.mark.parametrize("client", CLIENTS)
def test_an_inbox_in_a_cycle_is_collected(client: str) -> None:
    class Service:
        def __init__(self) -> None:
            make: Any = wamux.Inbox if client == "sync" else wamux.AsyncInbox
            handle: Any = self.handle if client == "sync" else self.handle_awaited
            self.inbox = make("rapporto", handle, authentication=ANYBODY)

        def handle(self, _: wamux.Notification) -> None:
            self.seen = True

        async def handle_awaited(self, notification: wamux.Notification) -> None:
            self.handle(notification)

    service = Service()
    if client == "sync":
        assert service.inbox.receive("POST", "/", {}, report(1)).status == 200
    else:
        assert asyncio.run(service.inbox.receive("POST", "/", {}, report(1))).status == 200
    assert service.seen
    seen = weakref.ref(service)
    del service
    gc.collect()
    assert seen() is None


def test_a_signal_of_the_program_runs_while_receive_waits() -> None:
    caught = threading.Event()
    before = signal.signal(signal.SIGUSR1, lambda *_: caught.set())
    try:

        def handle(_: wamux.Notification) -> None:
            signal.raise_signal(signal.SIGUSR1)
            assert caught.wait(PATIENCE)

        with wamux.Inbox("rapporto", handle, authentication=ANYBODY) as inbox:
            assert inbox.receive("POST", "/", {}, report(1)).status == 200
    finally:
        signal.signal(signal.SIGUSR1, before)


def test_where_there_are_no_more_threads_events_wait_for_those_that_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two messages at once, and one thread; then two threads again."""
    start, begun, go_on = threading.Thread.start, threading.Semaphore(0), threading.Semaphore(0)
    asked: list[threading.Thread] = []

    def refuse(thread: threading.Thread) -> None:
        if thread.name == "wamux-inbox":
            asked.append(thread)
            if len(asked) > 1:
                message = "can't start new thread"
                raise RuntimeError(message)
        start(thread)

    def handle(_: wamux.Notification) -> None:
        begun.release()
        assert go_on.acquire(timeout=PATIENCE)

    with serving("sync", "rapporto", handle, store="memory") as served, ThreadPoolExecutor(2) as pool:
        monkeypatch.setattr(threading.Thread, "start", refuse)
        answers = [pool.submit(served.receive, report(number)) for number in (1, 2)]
        assert begun.acquire(timeout=PATIENCE)
        assert eventually(lambda: len(asked) == 2)
        go_on.release(2)
        assert [answer.result(PATIENCE) for answer in answers] == [200, 200]
        monkeypatch.undo()
        assert begun.acquire(timeout=PATIENCE)
        answers = [pool.submit(served.receive, report(number)) for number in (3, 4)]
        assert begun.acquire(timeout=PATIENCE)
        assert begun.acquire(timeout=PATIENCE)
        go_on.release(2)
        assert [answer.result(PATIENCE) for answer in answers] == [200, 200]
