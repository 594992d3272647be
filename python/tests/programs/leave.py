"""Ends while a send is under way: `leave.py way settings`.

It leaves as soon as a line comes in: by then the gateway has the request.
"""

import asyncio
import json
import os
import sys
import threading

import wamux
from wamux.testing import Sandbox

MESSAGE = {"to": "+79034567890", "type": "text", "text": {"body": "Hi"}}
settings = json.loads(sys.argv[2])


def wait_for_the_request() -> None:
    sys.stdin.readline()


def thread() -> None:
    client = wamux.Client("devino-v2", **settings)
    threading.Thread(target=client.send, args=(MESSAGE,), daemon=True).start()
    wait_for_the_request()


def task() -> None:
    async def send() -> None:
        client = wamux.AsyncClient("devino-v2", **settings)
        sending = asyncio.ensure_future(client.send(MESSAGE))
        await asyncio.to_thread(wait_for_the_request)
        assert not sending.done()

    asyncio.run(send())


def open_loop() -> None:
    loop = asyncio.new_event_loop()

    async def send() -> None:
        client = wamux.AsyncClient("devino-v2", **settings)
        # Kept, so that it is still pending when everything ends.
        globals()["sending"] = asyncio.ensure_future(client.send(MESSAGE))
        await asyncio.to_thread(wait_for_the_request)

    loop.run_until_complete(send())


def exception() -> None:
    thread()
    raise SystemExit(0)


def fork() -> None:
    thread()
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        assert status == 0, status


def sandbox() -> None:
    running = Sandbox()
    running.start()
    client = wamux.Client("devino-v2", **running.settings("devino-v2"))
    running.inject("delay", seconds=60)
    threading.Thread(target=client.send, args=(MESSAGE,), daemon=True).start()
    thread()
    globals()["running"] = running


if __name__ == "__main__":
    globals()[sys.argv[1]]()
