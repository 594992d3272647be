"""Many messages through one client."""

import asyncio
import contextlib
import gc
import json
import os
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from typing import Any

import pytest

import wamux
from gateway_server import HoldingGateway, holding_gateway
from support import CLIENTS, GATEWAYS, NUMBER, PATIENCE, count_open, eventually, run_program, text_message
from wamux import message as m
from wamux.testing import Sandbox

Results = dict[int, wamux.Receipt | wamux.WamuxError]
# In which ways messages go through a client: from an iterator through each, and from an async one.
WAYS = ["sync", "async", "async iterator"]
BOTH = pytest.mark.parametrize("client", CLIENTS)
EVERY_WAY = pytest.mark.parametrize("way", WAYS)
# So that each message is a request of its own, as many as that at once; and none ends by itself while a test waits.
FOUR: dict[str, Any] = {"concurrency": 4, "batch_size": 1, "timeout": 10 * PATIENCE}


def numbered(count: int) -> list[dict[str, object]]:
    """Messages that can be told apart."""
    return [text_message(to=f"+7903456{number:04}", client_id=str(1000 + number)) for number in range(count)]


async def awaited(messages: Iterable[object]) -> AsyncIterator[Any]:
    """An async iterator that now and then lets other tasks run."""
    for number, message in enumerate(messages):
        if number % 7 == 0:
            await asyncio.sleep(0)
        yield message


def send_many(way: str, gateway: str, settings: Mapping[str, Any], messages: Iterable[Any]) -> Results:
    """The results by position; each comes once."""
    pairs: list[tuple[int, wamux.Receipt | wamux.WamuxError]] = []
    if way == "sync":
        with wamux.Client(gateway, **settings) as blocking:
            pairs.extend(blocking.send_many(messages))
    else:

        async def send() -> None:
            async with wamux.AsyncClient(gateway, **settings) as awaitable:
                given = awaited(messages) if way == "async iterator" else messages
                async for pair in awaitable.send_many(given):
                    pairs.append(pair)  # noqa: PERF401 - they are kept where an exception ends it

        asyncio.run(send())
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


@pytest.mark.parametrize("gateway", GATEWAYS)
@EVERY_WAY
def test_each_message_has_its_own_result(way: str, gateway: str, sandbox: Sandbox) -> None:
    messages: list[Any] = numbered(250)
    messages[7]["to"] = "+7903"
    messages[133]["to"] = "nobody"
    messages[20] = json.dumps(messages[20])
    messages[21] = json.dumps(messages[21]).encode()
    messages[22] = m.TextMessage(to="+79034560022", text="Hi", client_id="1022")
    results = send_many(way, gateway, sandbox.settings(gateway), iter(messages))
    assert sorted(results) == list(range(250))
    for position, result in results.items():
        if position in {7, 133}:
            assert isinstance(result, wamux.ValidationError)
            assert [violation.path for violation in result.violations] == ["to"]
        else:
            assert isinstance(result, wamux.Receipt)
            assert (result.to, result.client_id) == (f"+7903456{position:04}", str(1000 + position))
            assert len(result.attempts) == 1
    assert sandbox.counts.accepted == 248
    # Where the gateway takes several in one request, they go together.
    if gateway.startswith("devino"):
        assert sandbox.counts.requests <= 10
    else:
        assert sandbox.counts.requests == 248


class RaisingMapping(Mapping[str, object]):
    """A message whose members cannot be read."""

    def __getitem__(self, name: str) -> object:
        raise LookupError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(["to"])

    def __len__(self) -> int:
        return 1


BAD: list[Any] = [
    None,
    17,
    [],
    object(),
    m.Text(body="x"),
    "{",
    b"\xff",
    {},
    {"to": NUMBER, "type": "text", "text": {"body": object()}},
    {"to": NUMBER, "type": "text", "text": {"body": "\ud800"}},
    {"to": NUMBER, "type": "image", "text": {"body": "x"}},
    {1: 2},
    RaisingMapping(),
]


@EVERY_WAY
def test_what_is_wrong_with_one_does_not_stop_the_others(way: str, sandbox: Sandbox) -> None:
    good = numbered(len(BAD) + 1)
    messages: list[object] = [*(each for pair in zip(good, BAD, strict=False) for each in pair), good[-1]]
    results = send_many(way, "rapporto", sandbox.settings("rapporto"), messages)
    assert sorted(results) == list(range(len(messages)))
    for position, result in results.items():
        if position % 2:
            assert isinstance(result, wamux.ValidationError), messages[position]
            assert (result.delivery, result.attempts) == ("not_sent", ())
        else:
            assert isinstance(result, wamux.Receipt)
            assert result.client_id == str(1000 + position // 2)
    raised = results[2 * len(BAD) - 1]
    assert isinstance(raised, wamux.WamuxError)
    assert isinstance(raised.__cause__, LookupError)


@EVERY_WAY
def test_only_bad_messages(way: str, sandbox: Sandbox) -> None:
    results = send_many(way, "devino-v2", {**sandbox.settings("devino-v2"), **FOUR}, iter([None] * 500))
    assert len(results) == 500
    assert sandbox.counts.requests == 0


@EVERY_WAY
def test_no_messages(way: str, sandbox: Sandbox) -> None:
    assert send_many(way, "devino-v2", sandbox.settings("devino-v2"), []) == {}


@pytest.mark.parametrize("wrong", ["{}", b"{}", {"to": NUMBER}, m.TextMessage(to=NUMBER, text="x"), 17, None])
def test_what_is_not_many_is_a_type_error(wrong: Any, sandbox: Sandbox) -> None:
    settings = sandbox.settings("devino-v2")
    with pytest.raises(TypeError):
        wamux.Client("devino-v2", **settings).send_many(wrong)
    with pytest.raises(TypeError):
        wamux.AsyncClient("devino-v2", **settings).send_many(wrong)


def test_a_closed_client_sends_no_more(sandbox: Sandbox) -> None:
    client = wamux.Client("devino-v2", **sandbox.settings("devino-v2"))
    client.close()
    with pytest.raises(RuntimeError, match="closed"):
        client.send_many([])


@EVERY_WAY
def test_what_passes_is_repeated(way: str, sandbox: Sandbox) -> None:
    sandbox.inject("rate_limited", gateway="devino-v2", retry_after=0)
    results = send_many(way, "devino-v2", sandbox.settings("devino-v2"), numbered(20))
    attempts = [len(result.attempts) for result in results.values()]
    assert max(attempts) == 2
    assert sandbox.counts.accepted == 20


@EVERY_WAY
def test_no_more_is_taken_than_can_leave_and_be_taken(way: str, sandbox: Sandbox) -> None:
    taken = handed = most = 0

    def messages() -> Iterator[dict[str, object]]:
        nonlocal taken, most
        for message in numbered(100):
            taken += 1
            most = max(most, taken - handed)
            yield message

    settings: dict[str, Any] = {**sandbox.settings("rapporto"), "concurrency": 4}
    if way == "sync":
        with wamux.Client("rapporto", **settings) as blocking:
            results = blocking.send_many(messages())
            assert taken == 0
            for _ in results:
                handed += 1
    else:

        async def send() -> None:
            nonlocal handed
            async with wamux.AsyncClient("rapporto", **settings) as awaitable:
                given: Any = awaited(messages()) if way == "async iterator" else messages()
                awaited_results = awaitable.send_many(given)
                assert taken == 0
                async for _ in awaited_results:
                    handed += 1

        asyncio.run(send())
    assert (taken, handed) == (100, 100)
    # One more was asked for by the iterator's own generator, which counts before it gives.
    assert 1 < most <= 5


@EVERY_WAY
def test_an_exception_of_the_iterator_comes_after_the_results(way: str, sandbox: Sandbox) -> None:
    failure = ZeroDivisionError("the iterator's own")

    def messages() -> Iterator[dict[str, object]]:
        yield from numbered(10)
        raise failure

    seen: set[int] = set()

    async def send() -> None:
        async with wamux.AsyncClient("devino-v2", **sandbox.settings("devino-v2")) as awaitable:
            given: Any = awaited(messages()) if way == "async iterator" else messages()
            async for position, result in awaitable.send_many(given):
                assert isinstance(result, wamux.Receipt)
                seen.add(position)

    def send_blocking() -> None:
        with wamux.Client("devino-v2", **sandbox.settings("devino-v2")) as client:
            seen.update(position for position, _ in client.send_many(messages()))

    with pytest.raises(ZeroDivisionError) as caught:
        send_blocking() if way == "sync" else asyncio.run(send())
    assert caught.value is failure
    assert seen == set(range(10))
    assert sandbox.counts.accepted == 10


def waiting(gateway: HoldingGateway) -> Iterator[Any]:
    """Gives one message, and waits until the gateway has it before the next."""
    yield text_message()
    assert gateway.arrived.wait(PATIENCE)
    gateway.release.set()
    yield text_message()


@pytest.mark.parametrize("together", [1, 100])
def test_a_message_leaves_while_the_iterator_waits(together: int) -> None:
    with holding_gateway() as gateway:
        client = wamux.Client("devino-v2", **gateway.settings, batch_size=together)
        assert sorted(position for position, _ in client.send_many(waiting(gateway))) == [0, 1]


def test_a_result_comes_while_the_async_iterator_waits(sandbox: Sandbox) -> None:
    async def send() -> None:
        arrived = asyncio.Event()

        async def messages() -> AsyncIterator[Any]:
            yield text_message()
            await arrived.wait()
            yield text_message()

        async with wamux.AsyncClient("devino-v2", **sandbox.settings("devino-v2")) as client:
            async for _ in client.send_many(messages()):
                arrived.set()

    asyncio.run(asyncio.wait_for(send(), PATIENCE))
    assert sandbox.counts.accepted == 2


def test_requests_are_under_way_at_once_and_other_threads_run() -> None:
    # The gateway is threads of this process, and answers once four requests are open.
    with holding_gateway(4, held=False) as gateway:
        client = wamux.Client("devino-v2", **gateway.settings, **FOUR)
        results = dict(client.send_many(numbered(8)))
    assert all(isinstance(result, wamux.Receipt) for result in results.values())


def test_other_tasks_run(sandbox: Sandbox) -> None:
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0)
            ticks += 1

    async def send() -> None:
        ticking = asyncio.ensure_future(tick())
        settings: dict[str, Any] = {**sandbox.settings("rapporto"), "concurrency": 2}
        async with wamux.AsyncClient("rapporto", **settings) as client:
            async for _ in client.send_many(numbered(50)):
                pass
        ticking.cancel()

    asyncio.run(send())
    assert ticks > 20


def close(results: Any) -> None:
    results.close()


def leave(results: Any) -> None:
    with contextlib.closing(results):
        pass


def collect(_: Any) -> None:
    """The caller drops it."""


# Three messages that are under way when the fourth, which is none, has its result.
HELD_AND_WRONG: list[Any] = [text_message(), text_message(), text_message(), None]


@pytest.mark.parametrize("end", [close, leave, collect])
def test_the_end_of_the_iterator_calls_off_what_is_under_way(end: Callable[[Any], None]) -> None:
    with holding_gateway() as gateway:
        client = wamux.Client("devino-v2", **gateway.settings, **FOUR)
        results = client.send_many(HELD_AND_WRONG)
        assert next(results)[0] == 3
        assert gateway.arrived.wait(PATIENCE)
        end(results)
        del results
        gc.collect()
        assert gateway.gone.wait(PATIENCE)
        # The client is as good as before.
        gateway.release.set()
        assert client.send(text_message()).status == "accepted"


def test_aclose_and_cancellation_call_off_what_is_under_way() -> None:
    ended: list[str] = []

    async def messages() -> AsyncIterator[Any]:
        try:
            while True:
                yield text_message()
                await asyncio.sleep(0)
        finally:
            ended.append("messages")

    async def consume(client: wamux.AsyncClient) -> None:
        async with contextlib.aclosing(client.send_many(messages())) as results:
            async for _ in results:
                pass

    async def cancel() -> None:
        async with wamux.AsyncClient("devino-v2", **gateway.settings, **FOUR) as client:
            consuming = asyncio.ensure_future(consume(client))
            assert await asyncio.to_thread(gateway.arrived.wait, PATIENCE)
            consuming.cancel()
            with pytest.raises(asyncio.CancelledError):
                await consuming
            assert await asyncio.to_thread(gateway.gone.wait, PATIENCE)
            # Neither the task that waited nor the one that took messages is left.
            assert asyncio.all_tasks() == {asyncio.current_task()}

    with holding_gateway() as gateway:
        asyncio.run(cancel())
    gc.collect()
    assert ended == ["messages"]

    async def aclose() -> None:
        async with wamux.AsyncClient("devino-v2", **gateway.settings, **FOUR) as client:
            results = client.send_many(HELD_AND_WRONG)
            assert (await anext(results))[0] == 3
            assert await asyncio.to_thread(gateway.arrived.wait, PATIENCE)
            await results.aclose()
            assert await asyncio.to_thread(gateway.gone.wait, PATIENCE)
            with pytest.raises(StopAsyncIteration):
                await anext(results)

    with holding_gateway() as gateway:
        asyncio.run(aclose())


def test_what_is_dropped_leaves_nothing_behind(sandbox: Sandbox) -> None:
    settings: dict[str, Any] = {**sandbox.settings("rapporto"), "concurrency": 4}
    wamux.Client("rapporto", **settings).send(text_message())
    gc.collect()
    threads, open_files = count_open("task"), count_open("fd")
    for _ in range(30):
        client = wamux.Client("rapporto", **settings)
        client.send_many(numbered(4))
        results = client.send_many(numbered(20))
        next(results)
        del results, client
    gc.collect()
    assert eventually(lambda: count_open("fd") <= open_files + 4)
    assert count_open("task") <= threads + 4


def test_two_threads_cannot_take_from_one_iterator() -> None:
    with holding_gateway() as gateway:
        results = wamux.Client("devino-v2", **gateway.settings).send_many([text_message()])
        taken: list[object] = []
        thread = threading.Thread(target=lambda: taken.extend(results))
        thread.start()
        assert gateway.arrived.wait(PATIENCE)
        with pytest.raises(ValueError, match="already executing"):
            next(results)
        gateway.release.set()
        thread.join(PATIENCE)
    assert len(taken) == 1


def test_both_sides_of_a_fork(sandbox: Sandbox) -> None:
    lines = run_program("fork_send_many", sandbox.settings("rapporto"))
    assert sorted(lines, key=str) == [
        {"side": "child", "old": "RuntimeError", "new": ["accepted"] * 3},
        {"side": "parent", "old": "accepted", "new": ["accepted"] * 3},
    ]


@pytest.mark.slow
def test_a_campaign_of_any_size_needs_the_same_memory(sandbox: Sandbox) -> None:
    """`WAMUX_SOAK_MESSAGES` sets the number of messages."""
    count = int(os.environ.get("WAMUX_SOAK_MESSAGES", "20000"))
    [told] = run_program("campaign", sandbox.settings("devino-v2"), str(count), patience=max(PATIENCE, count / 100))
    print(told)
    assert isinstance(told, dict)
    assert told["accepted"] == sandbox.counts.accepted == count - count // 5
    before, highest = told["memory"]
    # Kilobytes; each message and its result are more than one.
    assert highest - before < 8000
