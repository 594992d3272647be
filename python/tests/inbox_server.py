"""An inbox behind a real HTTP server, of both kinds, and a Redis server of the test's own."""

import asyncio
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import wamux
from support import PATIENCE

SECRET = "correct horse"
HEADER = "X-Webhook-Secret"
LIMIT = 1024 * 1024

Handler = Callable[[wamux.Notification], None]
T = TypeVar("T")


class Served:
    """An inbox and where it is posted to; all of it blocks."""

    url: str
    inbox: Any

    def do(self, method: str, *arguments: Any) -> Any:
        """Calls a method of the inbox."""
        return getattr(self.inbox, method)(*arguments)

    def receive(self, body: bytes, headers: "dict[str, str] | None" = None) -> int:
        """Posts without HTTP; the status."""
        status: int = self.do("receive", "POST", "/", {HEADER: SECRET} if headers is None else headers, body).status
        return status


class _Blocking(Served):
    def __init__(self, inbox: wamux.Inbox) -> None:
        class Post(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                answer = inbox.check_head(self.command, self.path, self.headers)
                if answer is None:
                    body = self.rfile.read(int(self.headers["content-length"]))
                    answer = inbox.receive(self.command, self.path, self.headers, body)
                else:
                    self.close_connection = True
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", "0")
                self.end_headers()

            do_GET = do_POST  # noqa: N815 - see above

            def log_message(self, *_: object) -> None:
                """Test output stays clean."""

        self.inbox = inbox
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Post)
        self.url = f"http://127.0.0.1:{self.server.server_port}/webhook"


class _Awaiting(Served):
    def __init__(self, inbox: wamux.AsyncInbox, loop: asyncio.AbstractEventLoop) -> None:
        self.inbox = inbox
        self.loop = loop

    def do(self, method: str, *arguments: Any) -> Any:
        async def call() -> Any:
            result = getattr(self.inbox, method)(*arguments)
            return await result if asyncio.iscoroutine(result) else result

        return self.run(call())

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(PATIENCE)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request, as an ASGI server would give it."""
        head = await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.split(b"\r\n")[:-2]
        method, path, _ = first.decode().split(" ")
        headers = [(name.lower(), value.strip()) for name, value in (line.split(b":", 1) for line in lines)]
        answer = self.inbox.check_head(method, path, headers)
        if answer is None:
            body = await reader.readexactly(int(dict(headers)[b"content-length"]))
            answer = await self.inbox.receive(method, path, headers, body)
        more = "".join(f"{name}: {value}\r\n" for name, value in answer.headers.items())
        writer.write(f"HTTP/1.1 {answer.status} X\r\n{more}content-length: 0\r\nconnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()


@contextmanager
def serving(
    kind: str,
    gateway: str,
    handle: Handler,
    authentication: "wamux.Authentication | None" = None,
    **options: Any,
) -> Iterator[Served]:
    """Serves an inbox until the block ends, and stops it."""
    options["authentication"] = authentication or wamux.Authentication.header(HEADER, SECRET)
    if kind == "sync":
        blocking = _Blocking(wamux.Inbox(gateway, handle, **options))
        thread = threading.Thread(target=blocking.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield blocking
        finally:
            blocking.do("stop")
            blocking.server.shutdown()
            blocking.server.server_close()
            thread.join()
        return

    async def awaited(notification: wamux.Notification) -> None:
        # What blocks must not hold up the loop.
        await asyncio.to_thread(handle, notification)

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    awaiting = _Awaiting(wamux.AsyncInbox(gateway, awaited, **options), loop)
    server = awaiting.run(asyncio.start_server(awaiting.serve, "127.0.0.1", 0))
    awaiting.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/webhook"
    try:
        yield awaiting
    finally:
        awaiting.do("stop")
        loop.call_soon_threadsafe(server.close)
        awaiting.run(loop.shutdown_default_executor())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@contextmanager
def redis_server() -> Iterator[str]:
    """A server on a free port of loopback; its address."""
    assert shutil.which("redis-server"), "redis-server must be installed: `make redis` does it"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with TemporaryDirectory() as folder:
        command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", folder]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            _wait_for(server, port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.kill()
            server.wait()


def _wait_for(server: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert server.poll() is None, "redis-server has ended"
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as connection:
                connection.sendall(b"PING\r\n")
                if connection.recv(5) == b"+PONG":
                    return
        except OSError:
            time.sleep(0.02)
    raise AssertionError("redis-server does not answer")


def address(store: str, folder: Path) -> str:
    """The address of a fresh store of a kind; `redis…` is one already."""
    return f"sqlite:{folder / 'inbox.sqlite'}" if store == "sqlite" else store
