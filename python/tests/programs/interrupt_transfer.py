"""Ctrl-C during a transfer: `interrupt_transfer.py sync|async upload|download`.

Writes the seconds from the signal to the exception, and whether the connection was closed. The gateway is a thread of
this program: it sends the signal when the transfer is on its way.
"""

import asyncio
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable

import wamux
from file_server import FileServer, file_server


class Endless:
    """A file object that has no end, and gives a byte now and then."""

    def read(self, _size: int) -> bytes:
        time.sleep(0.01)
        return b"0"


def upload(client: wamux.Client) -> None:
    client.tujenge.upload_media(Endless(), mime_type="application/pdf")


def download(client: wamux.Client) -> None:
    client.tujenge.download_media(media_id="1000-hold").read()


async def awaiting(client: wamux.AsyncClient, transfer: str) -> None:
    async def tick() -> None:
        # A loop of asyncio sleeps through a signal that comes just as it goes to sleep, whatever it waits for.
        while True:  # noqa: ASYNC110
            await asyncio.sleep(0.05)

    ticking = asyncio.ensure_future(tick())
    try:
        if transfer == "upload":
            await client.tujenge.upload_media(Endless(), mime_type="application/pdf")
        else:
            await (await client.tujenge.download_media(media_id="1000-hold")).read()
    finally:
        ticking.cancel()


def interrupted(transfer: Callable[[], None], server: FileServer) -> None:
    sent = 0.0

    def interrupt() -> None:
        nonlocal sent
        assert server.arrived.wait(20)
        time.sleep(0.2)
        sent = time.monotonic()
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    try:
        transfer()
    except KeyboardInterrupt:
        waited = time.monotonic() - sent
    else:
        raise AssertionError("the transfer was not interrupted")
    thread.join()
    print(json.dumps({"seconds": waited, "closed": server.gone.wait(5)}), flush=True)


def main() -> None:
    kind, transfer = sys.argv[1:]
    with file_server() as server:
        blocking = wamux.Client("tujenge", **server.settings)
        awaitable = wamux.AsyncClient("tujenge", **server.settings)
        run = {"upload": upload, "download": download}[transfer]
        if kind == "sync":
            interrupted(lambda: run(blocking), server)
        else:
            interrupted(lambda: asyncio.run(awaiting(awaitable, transfer)), server)
        # The client is as good as before.
        assert blocking.tujenge.download_media(media_id="1000").length == 1000


if __name__ == "__main__":
    # A shell starts what runs in its background with the signal ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    main()
