"""Several gateways for one message."""

import asyncio
from contextlib import ExitStack
from typing import Any

import pytest

import wamux
from gateway_server import holding_gateway
from support import CLIENTS, NUMBER, PATIENCE, text_message
from wamux import message as m
from wamux.testing import Sandbox

BOTH = pytest.mark.parametrize("client", CLIENTS)
# Two gateways: a client each.
ORDER = ["devino-v2", "tujenge"]


def send(client: str, all_settings: list[dict[str, Any]], *message: Any, **members: Any) -> wamux.Receipt:
    """Sends through as many gateways as there are settings."""
    pairs = list(zip(ORDER, all_settings, strict=False))
    if client == "sync":
        with ExitStack() as stack:
            blocking = [stack.enter_context(wamux.Client(gateway, **settings)) for gateway, settings in pairs]
            return wamux.Failover(*blocking).send(*message, **members)

    async def awaited() -> wamux.Receipt:
        awaitable = [wamux.AsyncClient(gateway, **settings) for gateway, settings in pairs]
        try:
            return await wamux.AsyncFailover(*awaitable).send(*message, **members)
        finally:
            for each in awaitable:
                await each.close()

    return asyncio.run(awaited())


@pytest.fixture
def settings(sandbox: Sandbox) -> list[dict[str, Any]]:
    """Those of both gateways, which repeat nothing by themselves."""
    return [{**sandbox.settings(gateway), "retries": 0} for gateway in ORDER]


@BOTH
def test_the_first_gateway_is_enough(client: str, settings: list[dict[str, Any]], sandbox: Sandbox) -> None:
    receipt = send(client, settings, text_message())
    assert (receipt.gateway, [attempt.gateway for attempt in receipt.attempts]) == ("devino-v2", ["devino-v2"])
    assert sandbox.counts.requests == 1


@BOTH
def test_what_the_first_has_not_sent_goes_to_the_next(
    client: str, settings: list[dict[str, Any]], sandbox: Sandbox
) -> None:
    sandbox.inject("rate_limited", gateway="devino-v2", retry_after=60)
    receipt = send(client, settings, to=NUMBER, text="Hi")
    assert receipt.gateway == "tujenge"
    told = [(attempt.gateway, attempt.kind) for attempt in receipt.attempts]
    assert told == [("devino-v2", "rate_limited"), ("tujenge", None)]
    assert [stored.gateway for stored in sandbox.messages] == ["tujenge"]


@BOTH
def test_what_the_first_cannot_say_goes_to_the_next(client: str, settings: list[dict[str, Any]]) -> None:
    record = m.TextMessage(to="ABC-123", recipient_type="group", text="Hi")
    assert send(client, settings, record).gateway == "tujenge"


@BOTH
def test_what_may_have_been_sent_is_not_sent_again(
    client: str, settings: list[dict[str, Any]], sandbox: Sandbox
) -> None:
    sandbox.inject("cut", gateway="devino-v2")
    with pytest.raises(wamux.ProtocolError) as caught:
        send(client, settings, text_message())
    assert (caught.value.delivery, caught.value.gateway) == ("unknown", "devino-v2")
    assert sandbox.counts.accepted == 1


@BOTH
def test_the_last_error_has_the_attempts_of_all(client: str, settings: list[dict[str, Any]], sandbox: Sandbox) -> None:
    sandbox.inject("rate_limited", gateway="devino-v2", retry_after=60)
    sandbox.inject("rate_limited", gateway="tujenge", retry_after=60)
    with pytest.raises(wamux.RateLimitedError) as caught:
        send(client, settings, text_message())
    assert (caught.value.delivery, caught.value.gateway) == ("not_sent", "tujenge")
    assert [attempt.gateway for attempt in caught.value.attempts] == ORDER
    assert sandbox.counts.accepted == 0


@BOTH
def test_a_bad_message_goes_nowhere(client: str, settings: list[dict[str, Any]], sandbox: Sandbox) -> None:
    with pytest.raises(wamux.ValidationError):
        send(client, settings, text_message(to="nobody"))
    with pytest.raises(wamux.ValidationError):
        send(client, settings, "{")
    with pytest.raises(TypeError):
        send(client, settings, text_message(), to=NUMBER)
    assert sandbox.counts.requests == 0


def test_a_failover_needs_clients(sandbox: Sandbox) -> None:
    with pytest.raises(wamux.ConfigurationError, match="client"):
        wamux.Failover()
    with pytest.raises(wamux.ConfigurationError, match="client"):
        wamux.AsyncFailover()
    settings = sandbox.settings("devino-v2")
    wrong: list[Any] = ["devino-v2", None, wamux.AsyncClient("devino-v2", **settings)]
    for each in wrong:
        with pytest.raises(TypeError):
            wamux.Failover(each)
    with pytest.raises(TypeError):
        wamux.AsyncFailover(wamux.Client("devino-v2", **settings))  # type: ignore[arg-type]  # wrong on purpose


def test_its_clients(sandbox: Sandbox) -> None:
    clients = [wamux.Client(gateway, **sandbox.settings(gateway)) for gateway in ORDER]
    gateways = wamux.Failover(*clients)
    assert gateways.clients == tuple(clients)
    assert repr(gateways) == "Failover(Client('devino-v2'), Client('tujenge'))"
    clients[1].close()
    with pytest.raises(RuntimeError, match="closed"):
        gateways.send(text_message())

    async def clients_of_async() -> None:
        async with wamux.AsyncClient("tujenge", **sandbox.settings("tujenge")) as client:
            awaitable = wamux.AsyncFailover(client)
            assert awaitable.clients == (client,)
            assert repr(awaitable) == "AsyncFailover(AsyncClient('tujenge'))"

    asyncio.run(clients_of_async())


def test_a_cancelled_send_tries_no_other_and_says_what_is_known(sandbox: Sandbox) -> None:
    async def cancel() -> BaseException:
        first = wamux.AsyncClient("devino-v2", **gateway.settings)
        async with first, wamux.AsyncClient("tujenge", **sandbox.settings("tujenge")) as second:
            sending = asyncio.ensure_future(wamux.AsyncFailover(first, second).send(text_message()))
            assert await asyncio.to_thread(gateway.arrived.wait, PATIENCE)
            sending.cancel()
            with pytest.raises(asyncio.CancelledError) as caught:
                await sending
            return caught.value

    with holding_gateway() as gateway:
        cancelled = asyncio.run(cancel())
        assert gateway.gone.wait(PATIENCE)
    # Python 3.10 makes another exception of the one that a task ended with, and remembers it.
    known = cancelled.__cause__ or getattr(cancelled.__context__, "__cause__", None)
    assert isinstance(known, wamux.CancelledError)
    assert (known.delivery, [attempt.gateway for attempt in known.attempts]) == ("unknown", ["devino-v2"])
    assert sandbox.counts.requests == 0
