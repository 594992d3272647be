"""Writes the peak memory of this process, in kilobytes, before and after large files.

`memory_of_transfers.py sync|async settings`. The server is another process. Before, there was a small file each way, so
that what is made once a process is there.
"""

import asyncio
import json
import resource
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import wamux

SMALL, LARGE = 1_000_000, 100_000_000
PDF = "application/pdf"
CHUNK = bytes(100_000)


class Stream:
    """A file object that does not tell its length."""

    def __init__(self, length: int) -> None:
        self.left = length

    def read(self, size: int) -> bytes:
        size = min(size, self.left)
        self.left -= size
        return bytes(size)


async def pieces(length: int) -> AsyncIterator[bytes]:
    for _ in range(length // len(CHUNK)):
        yield CHUNK


def blocking(client: wamux.Client, length: int, folder: Path) -> None:
    calls = client.tujenge
    assert calls.upload_media(Stream(length), mime_type=PDF).id == str(length)
    assert calls.download_media(media_id=str(length)).save(folder / "file") == length
    assert sum(map(len, calls.download_media(media_id=str(length)))) == length
    assert calls.upload_media(folder / "file", mime_type=PDF).id == str(length)


async def awaiting(client: wamux.AsyncClient, length: int, folder: Path) -> None:
    calls = client.tujenge
    assert (await calls.upload_media(pieces(length), mime_type=PDF)).id == str(length)
    assert await (await calls.download_media(media_id=str(length))).save(folder / "file") == length
    read = 0
    async for part in await calls.download_media(media_id=str(length)):
        read += len(part)
    assert read == length
    with (folder / "file").open("rb") as file:
        assert (await calls.upload_media(file, mime_type=PDF)).id == str(length)


def main() -> None:
    client, settings = sys.argv[1], json.loads(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        for length in (SMALL, LARGE):
            if client == "sync":
                blocking(wamux.Client("tujenge", **settings), length, Path(folder))
            else:
                asyncio.run(awaiting(wamux.AsyncClient("tujenge", **settings), length, Path(folder)))
            print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


if __name__ == "__main__":
    main()
