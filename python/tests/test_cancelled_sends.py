"""Sends that are called off: what is known of the message then, and that nothing is left of them."""

import asyncio
import gc
import os
import signal
import threading
import weakref
from collections.abc import Callable
from typing import Any

import pytest

import wamux
from gateway_server import holding_gateway
from support import PATIENCE, count_open, eventually, text_message
from wamux import _coroutines
from wamux.testing import Sandbox


def known(cancelled: BaseException | None) -> wamux.WamuxError:
    """What led to an exception: in Python 3.11 and newer the cause of the cancellation itself."""
    while cancelled is not None:
        cancelled = cancelled.__cause__ or cancelled.__context__
        if isinstance(cancelled, wamux.WamuxError):
            return cancelled
    raise AssertionError("nothing is known")


async def cancelled_when(
    settings: Any, condition: Callable[[], bool], before: Callable[[wamux.AsyncClient], Any] | None = None
) -> wamux.WamuxError:
    """What is known of a send that is cancelled when a condition is true."""
    async with wamux.AsyncClient("devino-v2", **settings) as client:
        if before:
            await before(client)
        sending = asyncio.ensure_future(client.send(text_message()))
        assert await asyncio.to_thread(eventually, condition)
        sending.cancel("enough")
        with pytest.raises(asyncio.CancelledError) as caught:
            await sending
        assert sending.cancelled()
        assert asyncio.all_tasks() == {asyncio.current_task()}
        return known(caught.value)


def test_a_send_that_the_gateway_has_may_have_been_sent() -> None:
    with holding_gateway() as gateway:
        error = asyncio.run(cancelled_when(gateway.settings, gateway.arrived.is_set))
        assert gateway.gone.wait(PATIENCE)
    assert type(error) is wamux.CancelledError
    assert (error.kind, error.delivery, error.gateway, error.retryable) == ("cancelled", "unknown", "devino-v2", False)
    (attempt,) = error.attempts
    assert (attempt.kind, attempt.delivery) == ("cancelled", "unknown")


def test_a_cancellation_in_the_moment_of_the_answer_tells_of_it(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = _coroutines.send

    async def cancelled_when_answered(start: Callable[[], Any]) -> wamux.Receipt:
        task = asyncio.current_task()
        assert task is not None

        def begin() -> Any:
            sending, call_off = start()
            # Before the task hears of the answer itself.
            sending.add_done_callback(lambda _: task.cancel())
            return sending, call_off

        return await original(begin)

    async def main() -> wamux.WamuxError:
        async with wamux.AsyncClient("devino-v2", **sandbox.settings("devino-v2")) as client:
            with pytest.raises(asyncio.CancelledError) as caught:
                await asyncio.ensure_future(client.send(text_message()))
            return known(caught.value)

    monkeypatch.setattr(_coroutines, "send", cancelled_when_answered)
    error = asyncio.run(main())
    assert (error.kind, error.delivery) == ("cancelled", "unknown")
    assert "accepted" in str(error)
    assert sandbox.counts.accepted == 1


def test_a_send_that_waits_for_its_retry_is_not_sent(sandbox: Sandbox) -> None:
    sandbox.inject("rate_limited", gateway="devino-v2", retry_after=50)
    settings = sandbox.settings("devino-v2")
    retried = threading.Event()
    settings_and_hook = {**settings, "on_retry": lambda *_: retried.set()}
    error = asyncio.run(cancelled_when(settings_and_hook, retried.is_set))
    assert (error.kind, error.delivery) == ("cancelled", "not_sent")
    assert [attempt.kind for attempt in error.attempts] == ["rate_limited"]
    assert sandbox.counts.accepted == 0


def test_a_send_that_waits_for_the_rate_is_not_sent(sandbox: Sandbox) -> None:
    settings = {**sandbox.settings("devino-v2"), "rate": 0.01}

    async def use_the_rate_up(client: wamux.AsyncClient) -> None:
        await client.send(text_message())

    error = asyncio.run(cancelled_when(settings, lambda: True, use_the_rate_up))
    assert (error.kind, error.delivery, error.attempts) == ("cancelled", "not_sent", ())
    assert sandbox.counts.requests == 1


def test_time_limits_of_asyncio_tell_it_too() -> None:
    async def send() -> wamux.WamuxError:
        async with wamux.AsyncClient("devino-v2", **gateway.settings) as client:
            with pytest.raises(asyncio.TimeoutError) as caught:
                await asyncio.wait_for(client.send(text_message()), 0.2)
            return known(caught.value)

    with holding_gateway() as gateway:
        assert asyncio.run(send()).delivery == "unknown"


def test_a_send_that_was_never_awaited_or_was_cancelled_at_once(sandbox: Sandbox) -> None:
    async def send() -> None:
        async with wamux.AsyncClient("devino-v2", **sandbox.settings("devino-v2")) as client:
            sending = asyncio.ensure_future(client.send(text_message()))
            sending.cancel()
            with pytest.raises(asyncio.CancelledError):
                await sending

    asyncio.run(send())
    assert sandbox.counts.requests == 0


def test_an_error_is_not_taken_for_a_cancellation(sandbox: Sandbox) -> None:
    async def send() -> wamux.WamuxError:
        async with wamux.AsyncClient("devino-v2", **sandbox.settings("devino-v2")) as client:
            sandbox.inject("cut", gateway="devino-v2")
            with pytest.raises(wamux.ProtocolError) as caught:
                await client.send(text_message())
            return caught.value

    assert asyncio.run(send()).__cause__ is None


@pytest.mark.parametrize(
    "fail",
    [lambda client: client.send(text_message()), lambda client: client.call("GET", "/whatsapp/v2/messages")],
    ids=["send", "call"],
)
def test_the_error_of_an_awaited_call_goes_without_the_garbage_collector(
    fail: Callable[[wamux.AsyncClient], Any], sandbox: Sandbox
) -> None:
    async def weak_error() -> weakref.ref[wamux.WamuxError]:
        async with wamux.AsyncClient("devino-v2", **sandbox.settings("devino-v2")) as client:
            sandbox.inject("cut", gateway="devino-v2")
            try:
                await fail(client)
            except wamux.WamuxError as error:
                return weakref.ref(error)
            raise AssertionError

    gc.collect()
    gc.disable()
    try:
        assert asyncio.run(weak_error())() is None
    finally:
        gc.enable()


def test_cancelled_sends_leave_nothing_behind() -> None:
    async def send() -> None:
        async with wamux.AsyncClient("devino-v2", **gateway.settings) as client:
            sending = [asyncio.ensure_future(client.send(text_message())) for _ in range(40)]
            assert await asyncio.to_thread(gateway.arrived.wait, PATIENCE)
            for each in sending:
                each.cancel()
            # Not by `gather`, which makes cancellations of its own.
            for each in sending:
                with pytest.raises(asyncio.CancelledError) as caught:
                    await each
                assert known(caught.value).kind == "cancelled"

    with holding_gateway() as gateway:
        asyncio.run(send())
        gc.collect()
        threads, open_files = count_open("task"), count_open("fd")
        for _ in range(3):
            gateway.arrived.clear()
            asyncio.run(send())
        gc.collect()
        assert eventually(lambda: count_open("fd") <= open_files + 4)
        assert eventually(lambda: count_open("task") <= threads + 4)


class OwnError(Exception):
    """What a handler of the program's own raises."""


@pytest.mark.parametrize("cause", [None, ValueError("the handler's own")])
def test_what_a_handler_raises_has_what_is_known_as_its_cause(cause: Exception | None) -> None:
    def handler(*_: object) -> None:
        raise OwnError from cause

    def interrupt() -> None:
        assert gateway.arrived.wait(PATIENCE)
        os.kill(os.getpid(), signal.SIGUSR1)

    before = signal.signal(signal.SIGUSR1, handler)
    try:
        with holding_gateway() as gateway, wamux.Client("devino-v2", **gateway.settings) as client:
            thread = threading.Thread(target=interrupt)
            thread.start()
            with pytest.raises(OwnError) as caught:
                client.send(text_message())
            thread.join()
            assert gateway.gone.wait(PATIENCE)
    finally:
        signal.signal(signal.SIGUSR1, before)
    if cause is None:
        error = caught.value.__cause__
        assert isinstance(error, wamux.CancelledError)
        assert (error.delivery, error.gateway) == ("unknown", "devino-v2")
    else:
        assert caught.value.__cause__ is cause
