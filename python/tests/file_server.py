"""A host of Tujenge's API in this process that takes and gives files as a test tells it to.

The sandbox keeps what it is sent; a test of what goes wrong on the way needs to stop in the middle.
"""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

from held_server import HeldHandler, HeldServer, serving

CHUNK = 64 * 1024
PATTERN = bytes(range(256)) * (CHUNK // 256)


class FileServer(HeldServer):
    """Takes every upload, and gives every download as many bytes of a pattern as its id says."""

    def __init__(self) -> None:
        super().__init__(_Handler)
        self.uploads: list[dict[str, Any]] = []
        # What came of the bodies, where the test wants to see it; a large one would fill the memory of the test.
        self.keeps = True

    @property
    def settings(self) -> dict[str, Any]:
        """What a client of this gateway needs."""
        return {"base_url": self.base_url, "api_key": "key"}

    def handle_error(self, *_: object) -> None:
        """A client that hangs up, be it while it is written to, is what some tests are about."""
        self.gone.set()


class _Handler(HeldHandler):
    server: FileServer

    def do_POST(self) -> None:  # noqa: N802  # http.server calls it so
        self.server.arrived.set()
        length = 0
        kept = bytearray()
        for chunk in self._body():
            length += len(chunk)
            if self.server.keeps:
                kept += chunk
        names = ("content-type", "content-length", "transfer-encoding")
        headers = {name: self.headers[name] for name in names if name in self.headers}
        self.server.uploads.append({"length": length, "body": bytes(kept), "headers": headers})
        answer = json.dumps({"media": [{"id": str(length)}]}).encode()
        self._head(200, "application/json", len(answer))
        self.wfile.write(answer)

    def _body(self) -> Iterator[bytes]:
        """The body, with a length or in chunks; an end before the last byte ends the connection."""
        if "content-length" in self.headers:
            left = int(self.headers["content-length"])
            while left:
                chunk = self._exactly(min(left, CHUNK))
                left -= len(chunk)
                yield chunk
            return
        while size := int(self._line(), 16):
            yield self._exactly(size)
            self._line()
        self._line()

    def _line(self) -> bytes:
        line = self.rfile.readline()
        if not line.endswith(b"\n"):
            raise ConnectionError
        return line

    def _exactly(self, size: int) -> bytes:
        chunk = self.rfile.read(size)
        if len(chunk) < size:
            raise ConnectionError
        return chunk

    def do_GET(self) -> None:  # noqa: N802  # http.server calls it so
        """`/v1/media/<length>[-cut|-hold]`: a file whole, half, or half until the test releases the rest."""
        size, _, fault = self.path.rpartition("/")[2].partition("-")
        if not size.isdigit():
            answer = b'{"errors":[{"code":1006,"title":"Resource not found","details":"unknown media"}]}'
            self._head(404, "application/json", len(answer))
            self.wfile.write(answer)
            return
        length = int(size)
        self._head(200, "application/pdf", length)
        first = length // 2 if fault else length
        self._pattern(0, first)
        if fault == "hold":
            self.server.arrived.set()
            if self.held():
                self._pattern(first, length)
        elif fault:
            self.close_connection = True

    def _pattern(self, start: int, end: int) -> None:
        """The bytes from `start` to `end` of the pattern without an end."""
        while start < end:
            position = start % CHUNK
            piece = PATTERN[position : position + end - start]
            self.wfile.write(piece)
            start += len(piece)

    def _head(self, status: int, mime_type: str, length: int) -> None:
        self.send_response(status)
        self.send_header("content-type", mime_type)
        self.send_header("content-length", str(length))
        self.end_headers()


def file_server() -> AbstractContextManager[FileServer]:
    """Serves until the block ends."""
    return serving(FileServer())


def pattern(length: int) -> bytes:
    """What a download of so many bytes gives."""
    return (PATTERN * (length // CHUNK + 1))[:length]
