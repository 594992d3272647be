"""Inboxes of both kinds behind real servers, posted to by the sandbox, with every store."""

import ast
import asyncio
import contextvars
import http.client
import json
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

import wamux
from inbox_server import HEADER, LIMIT, SECRET, Served, address, redis_server, serving
from support import CLIENTS, NUMBER, PATIENCE, eventually, run
from wamux.testing import Sandbox

STORES = ["memory", "sqlite", "redis"]
DURABLE = ["sqlite", "redis"]
GOOD = {HEADER: SECRET}


@pytest.fixture(scope="module")
def redis() -> Iterator[str]:
    with redis_server() as url:
        yield url


@pytest.fixture
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    kind: str = request.param
    return request.getfixturevalue("redis") if kind == "redis" else address(kind, tmp_path)


@pytest.fixture
def alias() -> str:
    """Tests share a Redis server, but no events."""
    return uuid.uuid4().hex


def report(number: int, status: int = 9) -> bytes:
    return json.dumps([{"mtNum": str(number), "status": status}]).encode()


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("store", STORES, indirect=True)
def test_what_the_sandbox_posts_is_handled_once_and_in_order(
    client: str, store: str, alias: str, sandbox: Sandbox
) -> None:
    seen: list[wamux.Notification] = []
    with (
        serving(client, "tujenge", seen.append, store=store, alias=alias) as served,
        wamux.Client("tujenge", **sandbox.settings("tujenge")) as gateway,
    ):
        gateway.tujenge.set_webhook(url=served.url, headers=GOOD)
        sandbox.inject("duplicated_callbacks", count=3)
        sent = [gateway.send(to=f"+2557123456{number}", text="Karibu").message_id for number in range(70, 73)]
        assert eventually(lambda: len(seen) >= 6)
        assert eventually(lambda: served.do("waiting") == 0)
    by_message: dict[str, list[str]] = {}
    for notification in seen:
        assert isinstance(notification.event, wamux.StatusEvent)
        assert (notification.alias, notification.gateway, notification.attempt) == (alias, "tujenge", 1)
        assert notification.advances
        by_message.setdefault(notification.event.message_id, []).append(notification.event.status)
    assert by_message == {message: ["delivered", "read"] for message in sent}
    assert len({notification.key for notification in seen}) == 6


@pytest.mark.parametrize("client", CLIENTS)
def test_the_memory_store_has_the_gateway_deliver_again_what_failed(client: str, sandbox: Sandbox) -> None:
    seen: list[wamux.Notification] = []

    def handle(notification: wamux.Notification) -> None:
        seen.append(notification)
        if len(seen) == 1:
            raise ValueError

    with (
        serving(client, "tujenge", handle) as served,
        wamux.Client("tujenge", **sandbox.settings("tujenge")) as gateway,
    ):
        gateway.tujenge.set_webhook(url=served.url, headers=GOOD)
        gateway.send(to="+255 712 345 678", text="Karibu")
        assert eventually(lambda: len(seen) == 3)
        assert served.receive(b"<html>") == 200
    statuses = [getattr(each.event, "status", None) for each in seen]
    assert statuses == ["delivered", "delivered", "read", None]
    assert seen[0].key == seen[1].key
    assert [type(each.event) for each in seen[2:]] == [wamux.StatusEvent, wamux.ErrorEvent]


@pytest.mark.parametrize("client", CLIENTS)
def test_the_memory_store_answers_503_where_the_handler_fails(client: str) -> None:
    def handle(notification: wamux.Notification) -> None:
        raise LookupError(notification.key)

    with serving(client, "rapporto", handle) as served:
        assert served.receive(report(1)) == 503
        assert (served.do("waiting"), served.do("dead"), served.do("revive", "0" * 64)) == (0, [], False)


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("store", DURABLE, indirect=True)
def test_what_fails_is_tried_again_then_dead_then_revived(client: str, store: str, alias: str) -> None:
    attempts: list[int] = []
    failing = threading.Event()
    failing.set()

    def handle(notification: wamux.Notification) -> None:
        attempts.append(notification.attempt)
        if failing.is_set():
            raise LookupError(f"no order of {NUMBER}")

    waits: dict[str, Any] = {"attempts": 3, "first_wait": 0.02, "longest_wait": 0.1}
    with serving(client, "rapporto", handle, store=store, alias=alias, **waits) as served:
        assert served.receive(report(1)) == 200
        assert eventually(lambda: len(served.do("dead")) == 1)
        (dead,) = served.do("dead", 5)
        assert (attempts, dead.attempts, served.do("waiting")) == ([1, 2, 3], 3, 0)
        assert dead.error == f"LookupError: no order of {NUMBER}"
        assert NUMBER not in repr(dead)
        assert dead.event == wamux.parse_webhook("rapporto", report(1))[0]
        failing.clear()
        assert served.do("revive", dead.key)
        assert eventually(lambda: served.do("waiting") == 0)
        assert attempts == [1, 2, 3, 1]
        assert not served.do("revive", dead.key)
        # It is known as handled.
        assert served.receive(report(1)) == 200
        assert served.do("waiting") == 0
    assert len(attempts) == 4


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("store", DURABLE, indirect=True)
def test_a_start_handles_what_is_waiting(client: str, store: str, alias: str) -> None:
    seen: list[str] = []

    def fail(_: wamux.Notification) -> None:
        raise LookupError

    options: dict[str, Any] = {"store": store, "alias": alias, "first_wait": 0.3}
    with serving(client, "rapporto", fail, **options) as served:
        assert served.receive(report(1)) == 200
    with serving(client, "rapporto", lambda each: seen.append(each.key), **options) as served:
        served.do("start")
        served.do("start")
        assert eventually(lambda: served.do("waiting") == 0)
    assert len(seen) == 1


def exchange(
    served: Served, method: str, headers: "dict[str, str]", body: bytes = b"[]"
) -> "tuple[int, dict[str, str]]":
    where = urlsplit(served.url)
    connection = http.client.HTTPConnection(where.netloc, timeout=PATIENCE)
    try:
        connection.request(method, where.path, body, headers)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}
    finally:
        connection.close()


@pytest.mark.parametrize("client", CLIENTS)
def test_who_is_refused(client: str) -> None:
    seen: list[object] = []
    with serving(client, "rapporto", seen.append) as served:
        assert exchange(served, "POST", {}, report(1))[0] == 401
        assert exchange(served, "POST", {HEADER: "battery"}, report(1))[0] == 403
        status, headers = exchange(served, "GET", GOOD)
        assert (status, headers["allow"]) == (405, "POST")
        # It is refused before its body, which never comes.
        assert exchange(served, "POST", {**GOOD, "content-length": str(LIMIT + 1)}, b"")[0] == 413
        assert served.receive(b" " * LIMIT + b"[]") == 413
        assert seen == []
        assert exchange(served, "POST", GOOD, report(1))[0] == 200
    basic = wamux.Authentication.basic("gateway", SECRET)
    with serving(client, "rapporto", seen.append, basic) as served:
        status, headers = exchange(served, "POST", {}, report(2))
        assert (status, headers["www-authenticate"]) == (401, 'Basic realm="webhook"')
        # `printf 'gateway:correct horse' | base64`
        assert exchange(served, "POST", {"Authorization": "Basic Z2F0ZXdheTpjb3JyZWN0IGhvcnNl"}, report(2))[0] == 200
    assert len(seen) == 2


@pytest.mark.parametrize("client", CLIENTS)
def test_a_stopped_inbox_takes_no_more(client: str) -> None:
    with serving(client, "rapporto", print) as served:
        served.do("stop")
        assert served.receive(report(1)) == 503
        assert served.receive(report(1), {}) == 503
        with pytest.raises(RuntimeError, match="stopped"):
            served.do("start")
        served.do("stop")


@pytest.mark.parametrize("client", CLIENTS)
def test_a_stop_waits_for_the_handlers(client: str) -> None:
    begun, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    def handle(_: wamux.Notification) -> None:
        begun.set()
        assert go_on.wait(PATIENCE)
        ended.set()

    with serving(client, "rapporto", handle) as served:
        statuses: list[int] = []
        receiving = threading.Thread(target=lambda: statuses.append(served.receive(report(1))))
        receiving.start()
        assert begun.wait(PATIENCE)
        stopping = threading.Thread(target=served.do, args=("stop",))
        stopping.start()
        assert eventually(lambda: served.receive(report(2)) == 503)
        assert stopping.is_alive()
        go_on.set()
        stopping.join(PATIENCE)
        assert ended.is_set()
        receiving.join(PATIENCE)
        assert statuses == [200]


@pytest.mark.parametrize("client", CLIENTS)
def test_a_handler_that_hangs_holds_up_its_own_lane_alone(client: str, tmp_path: Path) -> None:
    handled: list[tuple[str, str]] = []
    go_on = threading.Event()

    def handle(notification: wamux.Notification) -> None:
        assert isinstance(notification.event, wamux.StatusEvent)
        if notification.event.message_id == "1":
            assert go_on.wait(PATIENCE)
        handled.append((notification.event.message_id, notification.event.status))

    with serving(client, "rapporto", handle, store=address("sqlite", tmp_path), concurrency=2) as served:
        for number, status in [(1, 2), (1, 9), (2, 2), (3, 2), (4, 2)]:
            assert served.receive(report(number, status)) == 200
        others = [("2", "delivered"), ("3", "delivered"), ("4", "delivered")]
        assert eventually(lambda: sorted(handled) == others)
        assert served.do("waiting") == 2
        go_on.set()
        assert eventually(lambda: served.do("waiting") == 0)
    assert handled[3:] == [("1", "delivered"), ("1", "read")]


def test_as_many_handlers_run_at_once_as_concurrency_says(tmp_path: Path) -> None:
    together, lock = threading.Barrier(4), threading.Lock()
    running, most, names = 0, 0, set[str]()

    def handle(_: wamux.Notification) -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
            names.add(threading.current_thread().name)
        together.wait(PATIENCE)
        with lock:
            running -= 1

    with serving("sync", "rapporto", handle, store=address("sqlite", tmp_path), concurrency=4) as served:
        for number in range(20):
            served.receive(report(number))
        assert eventually(lambda: served.do("waiting") == 0)
    assert (most, names) == (4, {"wamux-inbox"})


def test_an_awaited_handler_runs_in_the_loop_and_a_context_of_its_own() -> None:
    variable: contextvars.ContextVar[str] = contextvars.ContextVar("variable")
    seen: list[object] = []

    async def handle(notification: wamux.Notification) -> None:
        seen.append((asyncio.get_running_loop(), variable.get(notification.gateway)))
        variable.set("the handler's")

    async def main() -> None:
        variable.set("the server's")
        async with wamux.AsyncInbox("rapporto", handle, authentication=wamux.Authentication.none()) as inbox:
            for number in range(2):
                assert (await inbox.receive("POST", "/", {}, report(number))).status == 200
        assert seen == [(asyncio.get_running_loop(), "rapporto")] * 2
        assert variable.get() == "the server's"

    asyncio.run(main())


def test_an_inbox_whose_loop_is_closed_leaves_its_events_to_others(tmp_path: Path) -> None:
    store = address("sqlite", tmp_path)
    options: dict[str, Any] = {"authentication": wamux.Authentication.none(), "store": store, "lease": 0.1}
    awaited: list[object] = []
    seen: list[tuple[object, int]] = []
    go_on = threading.Event()

    async def handle(notification: wamux.Notification) -> None:
        awaited.append(notification.key)

    def handle_last(notification: wamux.Notification) -> None:
        assert go_on.wait(PATIENCE)
        seen.append((getattr(notification.event, "message_id", None), notification.attempt))

    # A failed attempt would be the last.
    inbox = wamux.AsyncInbox("rapporto", handle, attempts=1, **options)

    async def receive(number: int) -> None:
        assert (await inbox.receive("POST", "/", {}, report(number))).status == 200
        while await inbox.waiting():  # noqa: ASYNC110 - there is no event to wait for
            await asyncio.sleep(0.01)

    def attempts() -> list[int]:
        # In a process of its own: SQLite's locks fail where two of its libraries are in one.
        program = "import sqlite3, sys; print(list(sqlite3.connect(sys.argv[1]).execute(sys.argv[2])))"
        query = "SELECT attempts FROM wamux_inbox ORDER BY number"
        done = run(["-c", program, str(tmp_path / "inbox.sqlite"), query])
        return [row[0] for row in ast.literal_eval(done.stdout)]

    asyncio.run(receive(1))
    with wamux.Inbox("rapporto", handle_last, concurrency=1, **options) as other:
        for number in (2, 3):
            assert other.receive("POST", "/", {}, report(number)).status == 200
        # The other one is busy with one of them, so that the first claims one, and cannot handle it.
        assert eventually(lambda: min(attempts()) == 1)
        go_on.set()
        assert eventually(lambda: other.waiting() == 0)
    assert max(attempt for _, attempt in seen) == 2
    assert {message for message, _ in seen} == {"2", "3"}
    # Another loop begins anew.
    asyncio.run(receive(4))
    assert len(awaited) == 2


def test_a_store_that_cannot_be_opened(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "inbox.sqlite").write_text("This is no SQLite file, but it is long enough to be looked at." * 20)
    options: dict[str, Any] = {
        "authentication": wamux.Authentication.header(HEADER, SECRET),
        "store": address("sqlite", tmp_path),
    }
    inbox = wamux.Inbox("rapporto", print, **options)
    for use in (inbox.start, inbox.dead, inbox.waiting):
        with pytest.raises(wamux.UnavailableError, match="the inbox's store"):
            use()
    assert inbox.receive("POST", "/", {}, b"").status == 401
    assert caplog.records == []
    assert inbox.receive("POST", "/", GOOD, b"[]").status == 503

    async def handle(_: wamux.Notification) -> None: ...

    async def main() -> None:
        awaitable = wamux.AsyncInbox("rapporto", handle, **options)
        with pytest.raises(wamux.UnavailableError, match="the inbox's store"):
            await awaitable.start()
        assert (await awaitable.receive("POST", "/", GOOD, b"[]")).status == 503

    asyncio.run(main())
    assert [(record.name, record.levelname) for record in caplog.records] == [("wamux.inbox", "ERROR")] * 2
    # A store that comes back is taken.
    (tmp_path / "inbox.sqlite").unlink()
    assert inbox.receive("POST", "/", GOOD, b"[]").status == 200
    inbox.stop()
