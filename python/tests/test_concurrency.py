"""Sends at the same time: threads, tasks, and both kinds of client in one thread."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import wamux
from gateway_server import holding_gateway
from support import PATIENCE, text_message
from wamux.testing import Sandbox

TOGETHER = 4


def test_sends_of_threads_overlap() -> None:
    # The gateway, a thread of this process too, answers once all four are open: a send that kept the interpreter or a
    # lock to itself would leave the others out, and the gateway would give up.
    with holding_gateway(TOGETHER, held=False) as gateway, ThreadPoolExecutor(TOGETHER) as threads:
        client = wamux.Client("devino-v2", **gateway.settings)
        receipts = list(threads.map(client.send, [text_message()] * TOGETHER))
    assert [receipt.status for receipt in receipts] == ["accepted"] * TOGETHER


def test_sends_of_tasks_overlap() -> None:
    async def send_all() -> list[wamux.Receipt]:
        async with wamux.AsyncClient("devino-v2", **gateway.settings) as client:
            return await asyncio.gather(*(client.send(text_message()) for _ in range(TOGETHER)))

    with holding_gateway(TOGETHER, held=False) as gateway:
        receipts = asyncio.run(send_all())
    assert [receipt.status for receipt in receipts] == ["accepted"] * TOGETHER


def test_a_send_is_a_coroutine(sandbox: Sandbox) -> None:
    client = wamux.AsyncClient("devino-v2", **sandbox.settings("devino-v2"))
    assert asyncio.run(client.send(text_message())).status == "accepted"

    async def send_in_a_task() -> str:
        return (await asyncio.create_task(client.send(text_message()))).status

    assert asyncio.run(send_in_a_task()) == "accepted"
    asyncio.run(client.close())


def test_other_tasks_run_during_a_send() -> None:
    async def send() -> str:
        async with wamux.AsyncClient("devino-v2", **gateway.settings) as client:
            sending = asyncio.ensure_future(client.send(text_message()))
            assert await asyncio.to_thread(gateway.arrived.wait, PATIENCE)
            assert not sending.done()
            gateway.release.set()
            return (await sending).status

    with holding_gateway() as gateway:
        assert asyncio.run(asyncio.wait_for(send(), PATIENCE)) == "accepted"


def test_a_cancelled_send_closes_its_connection() -> None:
    async def send() -> None:
        async with wamux.AsyncClient("devino-v2", **gateway.settings) as client:
            sending = asyncio.ensure_future(client.send(text_message()))
            assert await asyncio.to_thread(gateway.arrived.wait, PATIENCE)
            sending.cancel()
            with pytest.raises(asyncio.CancelledError):
                await sending
            assert await asyncio.to_thread(gateway.gone.wait, PATIENCE)
            gateway.release.set()
            assert (await client.send(text_message())).status == "accepted"

    with holding_gateway() as gateway:
        asyncio.run(send())


def test_a_send_within_a_time_limit_of_asyncio() -> None:
    async def send() -> None:
        async with wamux.AsyncClient("devino-v2", **gateway.settings) as client:
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(client.send(text_message()), 0.1)

    with holding_gateway() as gateway:
        asyncio.run(send())
        assert gateway.gone.wait(PATIENCE)


def test_a_blocking_send_inside_of_a_running_loop(sandbox: Sandbox) -> None:
    async def send() -> str:
        with wamux.Client("devino-v2", **sandbox.settings("devino-v2")) as client:
            return client.send(text_message()).status

    assert asyncio.run(send()) == "accepted"


def test_one_client_in_several_loops_and_threads(sandbox: Sandbox) -> None:
    client = wamux.AsyncClient("devino-v2", **sandbox.settings("devino-v2"))

    async def send() -> str:
        return (await client.send(text_message())).status

    assert [asyncio.run(send()) for _ in range(3)] == ["accepted"] * 3
    with ThreadPoolExecutor(TOGETHER) as threads:
        statuses = list(threads.map(lambda _: asyncio.run(send()), range(TOGETHER)))
    assert statuses == ["accepted"] * TOGETHER


def test_a_client_made_in_one_thread_serves_another(sandbox: Sandbox) -> None:
    statuses: list[str] = []
    client = wamux.Client("devino-v2", **sandbox.settings("devino-v2"))
    thread = threading.Thread(target=lambda: statuses.append(client.send(text_message()).status))
    thread.start()
    thread.join(PATIENCE)
    assert statuses == ["accepted"]


def test_a_send_that_nobody_awaits_does_no_harm(sandbox: Sandbox) -> None:
    async def forget() -> str:
        async with wamux.AsyncClient("devino-v2", **sandbox.settings("devino-v2")) as client:
            sending = client.send(text_message())
            close = getattr(sending, "close", None)
            if close is not None:
                close()
            del sending
            return (await client.send(text_message())).status

    assert asyncio.run(forget()) == "accepted"
