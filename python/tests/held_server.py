"""What the servers of tests have in common: they tell how far a call has come, and hold its answer."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar, TypeVar


class HeldServer(ThreadingHTTPServer):
    """Listens on a free port of loopback."""

    daemon_threads = True
    # Handlers that wait for their release must not hold up the end of a test.
    block_on_close = False

    def __init__(self, handler: type["HeldHandler"], tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.scheme = "https" if tls else "http"
        if tls:
            # Handlers shake hands, each in its thread.
            self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.arrived = threading.Event()
        self.release = threading.Event()
        self.gone = threading.Event()

    @property
    def base_url(self) -> str:
        """Where a client finds it."""
        return f"{self.scheme}://127.0.0.1:{self.server_port}"


class HeldHandler(BaseHTTPRequestHandler):
    """Holds an answer until the test releases it."""

    server: HeldServer
    protocol_version: ClassVar[str] = "HTTP/1.1"  # type: ignore[misc]  # typeshed has it as a plain attribute

    def held(self) -> bool:
        """Waits until the test releases the answer or the client hangs up; whether it is released."""
        self.connection.settimeout(0.02)
        while not self.server.release.is_set():
            try:
                gone = self.connection.recv(1) == b""
            except TimeoutError:
                continue
            except OSError:
                gone = True
            if gone:
                self.server.gone.set()
                return False
        self.connection.settimeout(None)
        return True

    def log_message(self, *_: object) -> None:
        """Test output stays clean."""


Server = TypeVar("Server", bound=HeldServer)


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    """Serves until the block ends."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.release.set()
        server.shutdown()
        server.server_close()
        thread.join()
