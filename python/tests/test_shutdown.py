"""Ends: of the interpreter with sends under way, of clients that are closed, and of clients that are just dropped."""

import asyncio
import gc
import json
import re
import subprocess
import sys
import threading
import time
import weakref

import pytest

import wamux
from gateway_server import holding_gateway
from support import PATIENCE, PROGRAMS, count_open, environment, eventually, text_message
from wamux.testing import Sandbox

# Seconds that the end of the interpreter may take with sends under way: the promise of the library.
BOUND = 2.0


@pytest.mark.parametrize("way", ["thread", "task", "open_loop", "exception", "fork", "sandbox"])
def test_the_interpreter_ends_with_a_send_under_way(way: str) -> None:
    with holding_gateway() as gateway:
        program = subprocess.Popen(
            [sys.executable, str(PROGRAMS / "leave.py"), way, json.dumps(gateway.settings)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(),
        )
        try:
            assert gateway.arrived.wait(PATIENCE)
            begun = time.monotonic()
            _, errors = program.communicate("\n", timeout=PATIENCE)
            took = time.monotonic() - begun
        finally:
            program.kill()
            program.wait()
    assert program.returncode == 0, errors
    for word in ("panicked", "Fatal", "Segmentation"):
        assert word not in errors
    # A thread whose send is given up may say so, and then says what is known of the message.
    if "Traceback" in errors:
        assert re.search(r"^wamux\.errors\.CancelledError: .*\(may have been sent\)$", errors, re.MULTILINE), errors
    assert took <= BOUND


def test_a_closed_client_sends_no_more(sandbox: Sandbox) -> None:
    client = wamux.Client("devino-v2", **sandbox.settings("devino-v2"))
    client.close()
    client.close()
    with pytest.raises(RuntimeError, match="closed"):
        client.send(text_message())
    assert sandbox.counts.requests == 0
    assert client.gateway == "devino-v2"
    assert "devino-v2" in repr(client)


def test_a_closed_awaitable_client_sends_no_more(sandbox: Sandbox) -> None:
    async def close_and_send() -> None:
        client = wamux.AsyncClient("devino-v2", **sandbox.settings("devino-v2"))
        await client.close()
        await client.close()
        with pytest.raises(RuntimeError, match="closed"):
            await client.send(text_message())

    asyncio.run(close_and_send())
    assert sandbox.counts.requests == 0


def test_a_client_closes_at_the_end_of_its_block(sandbox: Sandbox) -> None:
    with pytest.raises(ZeroDivisionError), wamux.Client("devino-v2", **sandbox.settings("devino-v2")) as client:
        raise ZeroDivisionError
    with pytest.raises(RuntimeError, match="closed"):
        client.send(text_message())

    async def leave() -> None:
        async with wamux.AsyncClient("devino-v2", **sandbox.settings("devino-v2")) as awaitable:
            pass
        with pytest.raises(RuntimeError, match="closed"):
            await awaitable.send(text_message())

    asyncio.run(leave())


def test_closing_does_not_wait_for_a_send_under_way() -> None:
    with holding_gateway() as gateway:
        client = wamux.Client("devino-v2", **gateway.settings)
        results: list[object] = []

        def send() -> None:
            try:
                results.append(client.send(text_message()))
            except (wamux.WamuxError, RuntimeError) as error:
                results.append(error)

        thread = threading.Thread(target=send)
        thread.start()
        assert gateway.arrived.wait(PATIENCE)
        client.close()
        gateway.release.set()
        thread.join(PATIENCE)
    # Answered or given up: either way the caller is told.
    (result,) = results
    assert isinstance(result, wamux.Receipt | wamux.WamuxError | RuntimeError)


def test_dropped_clients_leave_nothing_behind(sandbox: Sandbox) -> None:
    settings = sandbox.settings("devino-v2")
    # What the process makes once is there before anything is counted.
    wamux.Client("devino-v2", **settings).send(text_message())
    gc.collect()
    threads, open_files = count_open("task"), count_open("fd")
    for _ in range(50):
        wamux.Client("devino-v2", **settings).send(text_message())
    gc.collect()
    # Both ends of a connection are in this process: some more may still be closing.
    assert eventually(lambda: count_open("fd") <= open_files + 4)
    assert count_open("task") <= threads + 4


def test_a_client_in_a_cycle_is_collected(sandbox: Sandbox) -> None:
    class Service:
        def __init__(self) -> None:
            self.client = wamux.Client("devino-v2", **sandbox.settings("devino-v2"))
            self.itself = self

    service = Service()
    assert service.client.send(text_message()).status == "accepted"
    seen = weakref.ref(service)
    del service
    gc.collect()
    assert seen() is None


def test_a_client_dropped_in_its_own_send() -> None:
    with holding_gateway(held=False) as gateway:
        assert wamux.Client("devino-v2", **gateway.settings).send(text_message()).status == "accepted"

        async def send() -> str:
            return (await wamux.AsyncClient("devino-v2", **gateway.settings).send(text_message())).status

        assert asyncio.run(send()) == "accepted"
