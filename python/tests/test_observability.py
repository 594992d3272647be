"""What a client counts, and what it tells the logger `wamux`."""

import asyncio
import contextvars
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

import wamux
from gateway_server import holding_gateway
from support import CLIENTS, NUMBER, PATIENCE, TEXT, run, send, text_message
from wamux.testing import Sandbox

BOTH = pytest.mark.parametrize("client", CLIENTS)
LOGGER = logging.getLogger("wamux")


@pytest.fixture(autouse=True)
def level() -> Iterator[None]:
    yield
    LOGGER.setLevel(logging.NOTSET)


def told(caplog: pytest.LogCaptureFixture) -> list[tuple[Any, ...]]:
    """The level of each record and what it has beside its message."""
    for record in caplog.records:
        assert record.name == "wamux"
        assert NUMBER[2:] not in record.getMessage()
        assert TEXT not in record.getMessage()
    names = ("levelname", "gateway", "kind", "delivery", "http_status", "attempts")
    return [tuple(getattr(record, name) for name in names) for record in caplog.records]


@BOTH
def test_an_accepted_message_is_told_at_debug(client: str, sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    LOGGER.setLevel(logging.DEBUG)
    send(client, "rapporto", sandbox.settings("rapporto"))
    assert told(caplog) == [("DEBUG", "rapporto", None, None, 200, 1)] * 2
    assert caplog.messages == [
        "attempt 1 through rapporto: accepted, HTTP 200",
        "a message through rapporto was accepted, attempts: 1",
    ]


@BOTH
def test_a_retry_is_a_warning(client: str, sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    sandbox.inject("rate_limited", retry_after=0)
    send(client, "rapporto", sandbox.settings("rapporto"))
    assert told(caplog) == [("WARNING", "rapporto", "rate_limited", "not_sent", 429, 1)]
    assert caplog.messages[0].endswith("it was repeated")


@BOTH
def test_a_doubt_is_a_warning(client: str, sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    sandbox.inject("cut")
    with pytest.raises(wamux.ProtocolError):
        send(client, "rapporto", sandbox.settings("rapporto"))
    assert told(caplog) == [("WARNING", "rapporto", "protocol", "unknown", None, 1)]


@BOTH
def test_a_refusal_is_the_callers_to_tell(client: str, sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    settings: dict[str, Any] = {**sandbox.settings("devino-v2"), "api_key": "wrong"}
    with pytest.raises(wamux.AuthenticationError):
        send(client, "devino-v2", settings)
    with pytest.raises(wamux.ValidationError):
        send(client, "devino-v2", settings, text_message(to="nobody"))
    assert told(caplog) == []
    LOGGER.setLevel(logging.DEBUG)
    with pytest.raises(wamux.AuthenticationError):
        send(client, "devino-v2", settings)
    assert {record[:4] for record in told(caplog)} == {("DEBUG", "devino-v2", "authentication", "not_sent")}


@BOTH
def test_nothing_is_told_where_the_level_is_off(
    client: str, sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    LOGGER.setLevel(logging.ERROR)
    sandbox.inject("cut")
    with pytest.raises(wamux.ProtocolError):
        send(client, "rapporto", sandbox.settings("rapporto"))
    assert told(caplog) == []


@BOTH
def test_many_messages_are_told_as_one_is(client: str, sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    settings: dict[str, Any] = {**sandbox.settings("tujenge"), "concurrency": 1, "retries": 0}
    messages = [text_message(), text_message(to="nobody"), text_message()]

    async def awaited() -> None:
        async with wamux.AsyncClient("tujenge", **settings) as awaitable:
            async for _ in awaitable.send_many(messages):
                pass

    LOGGER.setLevel(logging.DEBUG)
    sandbox.inject("cut")
    if client == "sync":
        with wamux.Client("tujenge", **settings) as blocking:
            assert len(list(blocking.send_many(messages))) == len(messages)
    else:
        asyncio.run(awaited())
    assert told(caplog) == [
        ("DEBUG", "tujenge", "protocol", "unknown", None, 1),
        ("WARNING", "tujenge", "protocol", "unknown", None, 1),
        *[("DEBUG", "tujenge", None, None, 200, 1)] * 2,
    ]


@BOTH
def test_each_gateway_that_was_tried_is_told(client: str, sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    settings: list[tuple[str, dict[str, Any]]] = [
        (gateway, {**sandbox.settings(gateway), "retries": 0}) for gateway in ("rapporto", "devino-v2")
    ]

    async def awaited() -> None:
        clients = [wamux.AsyncClient(gateway, **own) for gateway, own in settings]
        await wamux.AsyncFailover(*clients).send(text_message())
        for each in clients:
            await each.close()

    LOGGER.setLevel(logging.DEBUG)
    sandbox.inject("rate_limited", gateway="rapporto", retry_after=60)
    if client == "sync":
        wamux.Failover(*[wamux.Client(gateway, **own) for gateway, own in settings]).send(text_message())
    else:
        asyncio.run(awaited())
    assert told(caplog) == [
        ("WARNING", "rapporto", "rate_limited", "not_sent", 429, 1),
        *[("DEBUG", "devino-v2", None, None, 200, 2)] * 2,
    ]
    assert caplog.messages[0].endswith("; devino-v2 was tried next")


def test_a_cancelled_send_is_told_in_its_task(caplog: pytest.LogCaptureFixture) -> None:
    async def send() -> None:
        async with wamux.AsyncClient("devino-v2", **gateway.settings) as client:
            sending = asyncio.ensure_future(client.send(text_message()))
            assert await asyncio.to_thread(gateway.arrived.wait, PATIENCE)
            sending.cancel()
            with pytest.raises(asyncio.CancelledError):
                await sending

    LOGGER.setLevel(logging.DEBUG)
    with holding_gateway() as gateway:
        asyncio.run(send())
    records = [(*record[:4], record[5]) for record in told(caplog)]
    assert records == [
        ("DEBUG", "devino-v2", "cancelled", "unknown", 1),
        ("WARNING", "devino-v2", "cancelled", "unknown", 1),
    ]
    assert caplog.messages[1].endswith("failed (cancelled), and the gateway may have it, attempts: 1")


def test_an_interrupted_send_is_told(caplog: pytest.LogCaptureFixture) -> None:
    def interrupt() -> None:
        assert gateway.arrived.wait(PATIENCE)
        os.kill(os.getpid(), signal.SIGINT)

    # Where the tests run in the background, it is ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with holding_gateway() as gateway, wamux.Client("devino-v2", **gateway.settings) as client:
            thread = threading.Thread(target=interrupt)
            thread.start()
            with pytest.raises(KeyboardInterrupt):
                client.send(text_message())
            thread.join()
    finally:
        signal.signal(signal.SIGINT, before)
    assert [record[:4] for record in told(caplog)] == [("WARNING", "devino-v2", "cancelled", "unknown")]


def test_records_are_written_where_the_call_was_made(sandbox: Sandbox) -> None:
    """In the caller's thread and context, so that a filter can add what belongs to a request."""
    request: contextvars.ContextVar[str] = contextvars.ContextVar("request", default="none")
    seen: set[tuple[str, int]] = set()

    def note(_record: logging.LogRecord) -> bool:
        seen.add((request.get(), threading.get_ident()))
        return False

    async def one(name: str, client: wamux.AsyncClient) -> None:
        request.set(name)
        await client.send(to=NUMBER, text=TEXT)

    async def both() -> None:
        async with wamux.AsyncClient("rapporto", **sandbox.settings("rapporto")) as client:
            await asyncio.gather(one("first", client), one("second", client))

    LOGGER.setLevel(logging.DEBUG)
    LOGGER.addFilter(note)
    try:
        asyncio.run(both())
    finally:
        LOGGER.removeFilter(note)
    assert seen == {(name, threading.get_ident()) for name in ("first", "second")}


@BOTH
def test_a_message_that_was_sent_does_not_fail_for_its_log(
    client: str, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised: list[object] = []

    def fail(_record: logging.LogRecord) -> bool:
        raise ZeroDivisionError

    monkeypatch.setattr(sys, "excepthook", lambda cls, *_others: raised.append(cls))
    LOGGER.setLevel(logging.DEBUG)
    LOGGER.addFilter(fail)
    try:
        assert send(client, "rapporto", sandbox.settings("rapporto")).status == "accepted"
    finally:
        LOGGER.removeFilter(fail)
    assert raised == [ZeroDivisionError]


def test_a_program_without_logging_gets_none(sandbox: Sandbox) -> None:
    program = """
import sys, wamux
client = wamux.Client("rapporto", base_url=sys.argv[1], login="sandbox", password="sandbox", from_="MyCompany")
try:
    client.send(to="+79034567890", text="x")
except wamux.ProtocolError:
    print("logging" in sys.modules)
    import logging
client.send(to="+79034567890", text="x")
logging.basicConfig(level=logging.DEBUG, stream=sys.stdout, format="%(name)s %(levelname)s")
client.send(to="+79034567890", text="x")
"""
    sandbox.inject("cut")
    settings = sandbox.settings("rapporto")
    done = run(["-I", "-c", program, str(settings["base_url"])])
    assert (done.stdout, done.stderr) == ("False\nwamux DEBUG\nwamux DEBUG\n", "")


def points(listed: tuple[Any, ...], name: str) -> list[Any]:
    return [point for point in listed if point.name == name]


@BOTH
def test_metrics(client: str, sandbox: Sandbox) -> None:
    settings: dict[str, Any] = {**sandbox.settings("devino-v2"), "retries": 0}

    async def awaited(awaitable: wamux.AsyncClient) -> wamux.Metrics:
        async with awaitable:
            await awaitable.send(to=NUMBER, text=TEXT)
            sandbox.inject("cut")
            with pytest.raises(wamux.ProtocolError):
                await awaitable.send(to=NUMBER, text=TEXT)
            with pytest.raises(wamux.ValidationError):
                await awaitable.send(to="nobody", text=TEXT)
            return awaitable.metrics()

    if client == "sync":
        with wamux.Client("devino-v2", **settings) as blocking:
            assert blocking.metrics().counters == ()
            blocking.send(to=NUMBER, text=TEXT)
            sandbox.inject("cut")
            with pytest.raises(wamux.ProtocolError):
                blocking.send(to=NUMBER, text=TEXT)
            with pytest.raises(wamux.ValidationError):
                blocking.send(to="nobody", text=TEXT)
            metrics = blocking.metrics()
    else:
        metrics = asyncio.run(awaited(wamux.AsyncClient("devino-v2", **settings)))

    good, doubtful = points(metrics.counters, "messaging.client.sent.messages")
    assert (good.value, good.unit) == (1, "{message}")
    assert "error.type" not in good.attributes
    port = good.attributes["server.port"]
    assert dict(doubtful.attributes) == {
        "messaging.system": "devino-v2",
        "messaging.operation.name": "send",
        "server.address": "127.0.0.1",
        "server.port": port,
        "error.type": "protocol",
        "wamux.delivery": "unknown",
    }
    assert f":{port}/" in str(settings["base_url"])
    (refused,) = points(metrics.counters, "wamux.client.refused.messages")
    assert (refused.value, refused.attributes["error.type"]) == (1, "validation")
    (active,) = points(metrics.gauges, "http.client.active_requests")
    assert active.value == 0
    requests = points(metrics.histograms, "http.client.request.duration")
    assert [(point.count, sum(point.bucket_counts)) for point in requests] == [(1, 1)] * 2
    assert all(0 < point.sum < 60 and point.explicit_bounds[-1] == 10 for point in requests)
    assert "'messaging.system': 'devino-v2'" in repr(metrics)
    assert NUMBER[2:] not in repr(metrics)


def test_a_closed_client_has_no_metrics(sandbox: Sandbox) -> None:
    with wamux.Client("rapporto", **sandbox.settings("rapporto")) as client:
        pass
    with pytest.raises(RuntimeError):
        client.metrics()
