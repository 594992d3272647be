"""The caller's own function that is told of retries."""

import asyncio
import gc
import sys
import threading
import weakref
from typing import Any

import pytest

import wamux
from support import CLIENTS, send, text_message
from wamux.testing import Sandbox

BOTH = pytest.mark.parametrize("client", CLIENTS)


@BOTH
def test_each_retry_is_told(client: str, sandbox: Sandbox) -> None:
    told: list[tuple[wamux.WamuxError, float]] = []

    def on_retry(error: wamux.WamuxError, wait: float) -> None:
        told.append((error, wait))

    sandbox.inject("rate_limited", gateway="devino-v2", retry_after=0, count=2)
    settings: dict[str, Any] = {**sandbox.settings("devino-v2"), "on_retry": on_retry}
    receipt = send(client, "devino-v2", settings)
    assert len(receipt.attempts) == 3
    assert [type(error) for error, _ in told] == [wamux.RateLimitedError] * 2
    assert all(error.gateway == "devino-v2" and error.delivery == "not_sent" for error, _ in told)
    assert all(isinstance(wait, float) and 0 <= wait < 2 for _, wait in told)


def test_retries_of_many_messages_are_told(sandbox: Sandbox) -> None:
    kinds: list[str] = []
    sandbox.inject("rate_limited", gateway="devino-v2", retry_after=0)
    settings = sandbox.settings("devino-v2")
    with wamux.Client("devino-v2", on_retry=lambda error, _: kinds.append(error.kind), **settings) as client:
        results = dict(client.send_many([text_message()] * 3))
    assert all(isinstance(result, wamux.Receipt) for result in results.values())
    assert kinds[0] == "rate_limited"


@BOTH
def test_what_it_raises_does_not_disturb_the_send(
    client: str, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_retry(_error: wamux.WamuxError, _wait: float) -> None:
        raise ZeroDivisionError("the caller's own")

    unraisable: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", unraisable.append)
    sandbox.inject("rate_limited", gateway="devino-v2", retry_after=0)
    settings: dict[str, Any] = {**sandbox.settings("devino-v2"), "on_retry": on_retry}
    assert len(send(client, "devino-v2", settings).attempts) == 2
    (told,) = unraisable
    assert told.exc_type is ZeroDivisionError
    assert told.object is on_retry


@BOTH
def test_it_must_be_a_function_or_none(client: str, sandbox: Sandbox) -> None:
    settings: dict[str, Any] = {**sandbox.settings("devino-v2"), "on_retry": 17}
    with pytest.raises(TypeError, match="on_retry"):
        send(client, "devino-v2", settings)
    assert send(client, "devino-v2", {**settings, "on_retry": None}).status == "accepted"


def test_clients_of_the_environment_have_it_too(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in sandbox.settings("devino-v2").items():
        monkeypatch.setenv("WAMUX_" + name.removesuffix("_").upper(), str(value))
    told: list[str] = []
    sandbox.inject("rate_limited", gateway="devino-v2", retry_after=0)
    with wamux.Client.from_environment("devino-v2", on_retry=lambda error, _: told.append(error.kind)) as client:
        client.send(text_message())
    sandbox.inject("rate_limited", gateway="devino-v2", retry_after=0)

    async def awaited() -> None:
        client = wamux.AsyncClient.from_environment("devino-v2", on_retry=lambda error, _: told.append(error.kind))
        async with client:
            await client.send(text_message())

    asyncio.run(awaited())
    assert told == ["rate_limited"] * 2


def test_it_is_called_in_another_thread_and_can_reach_the_loop(sandbox: Sandbox) -> None:
    async def awaited() -> None:
        loop = asyncio.get_running_loop()
        told = asyncio.Event()
        threads: list[int] = []

        def on_retry(_error: wamux.WamuxError, _wait: float) -> None:
            threads.append(threading.get_ident())
            loop.call_soon_threadsafe(told.set)

        sandbox.inject("rate_limited", gateway="devino-v2", retry_after=0)
        settings = sandbox.settings("devino-v2")
        async with wamux.AsyncClient("devino-v2", on_retry=on_retry, **settings) as client:
            await client.send(text_message())
        await told.wait()
        assert threads != [threading.get_ident()]

    asyncio.run(awaited())


@BOTH
def test_a_cycle_through_it_is_collected(client: str, sandbox: Sandbox) -> None:
    class Service:
        def __init__(self) -> None:
            cls = wamux.Client if client == "sync" else wamux.AsyncClient
            self.client = cls("devino-v2", on_retry=self.on_retry, **sandbox.settings("devino-v2"))

        def on_retry(self, _error: wamux.WamuxError, _wait: float) -> None:
            """Keeps the service alive."""

    service = Service()
    seen = weakref.ref(service)
    del service
    gc.collect()
    assert seen() is None
