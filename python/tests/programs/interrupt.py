"""Ctrl-C during a send: `interrupt.py sync|async|sync_many|async_many rounds`.

Writes the seconds from the signal to the exception, a line a round, whether the connection was closed, and what the
exception tells of the message. The gateway is a thread of this program: it sends the signal when the request is there.
"""

import asyncio
import json
import os
import signal
import sys
import threading
import time

import wamux
from gateway_server import holding_gateway

MESSAGE = {"to": "+79034567890", "type": "text", "text": {"body": "Hi"}}


async def take_results(client: wamux.AsyncClient) -> None:
    async for _ in client.send_many([MESSAGE]):
        pass


async def awaiting(client: wamux.AsyncClient, *, many: bool) -> None:
    async def tick() -> None:
        # A loop of asyncio sleeps through a signal that comes just as it goes to sleep, whatever it waits for.
        while True:  # noqa: ASYNC110
            await asyncio.sleep(0.05)

    ticking = asyncio.ensure_future(tick())
    try:
        if many:
            await take_results(client)
        else:
            await client.send(MESSAGE)
    finally:
        ticking.cancel()


def known(error: BaseException) -> "str | None":
    """What the exceptions that led to this one tell of the message."""
    before = error.__cause__ or error.__context__
    if isinstance(before, wamux.WamuxError):
        return f"{before.kind}: {before.delivery}"
    return known(before) if before else None


def interrupted(client: str) -> None:
    with holding_gateway() as gateway:
        sent = 0.0

        def interrupt() -> None:
            nonlocal sent
            assert gateway.arrived.wait(20)
            sent = time.monotonic()
            os.kill(os.getpid(), signal.SIGINT)

        thread = threading.Thread(target=interrupt)
        thread.start()
        blocking = wamux.Client("devino-v2", **gateway.settings)
        awaitable = wamux.AsyncClient("devino-v2", **gateway.settings)
        try:
            if client == "sync":
                blocking.send(MESSAGE)
            elif client == "sync_many":
                list(blocking.send_many([MESSAGE]))
            else:
                asyncio.run(awaiting(awaitable, many=client == "async_many"))
        except KeyboardInterrupt as error:
            waited = time.monotonic() - sent
            told = known(error)
        else:
            raise AssertionError("the send was not interrupted")
        thread.join()
        closed = gateway.gone.wait(5)
        # The client is as good as before.
        gateway.release.set()
        assert blocking.send(MESSAGE).status == "accepted"
        print(json.dumps({"seconds": waited, "closed": closed, "known": told}), flush=True)


if __name__ == "__main__":
    # A shell starts what runs in its background with the signal ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for _ in range(int(sys.argv[2])):
        interrupted(sys.argv[1])
