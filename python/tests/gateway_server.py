"""A gateway in this process that tells when a request is there and answers when it is told to.

The sandbox answers by the clock; a test that has to know that a send is under way needs an event instead.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

ANSWER = b'{"result":[{"code":"OK","messageId":"3482512350952730368"}]}'


class HoldingGateway(ThreadingHTTPServer):
    """Speaks as much of devino-v2 as accepting every message takes."""

    daemon_threads = True
    # Handlers that wait for their release must not hold up the end of a test.
    block_on_close = False

    def __init__(self, together: int = 1) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.together = threading.Barrier(together)
        self.arrived = threading.Event()
        self.release = threading.Event()
        self.gone = threading.Event()
        # Whether it refuses what it gets, and quotes all of it.
        self.refuses = False

    @property
    def settings(self) -> dict[str, Any]:
        """What a client of this gateway needs."""
        return {
            "base_url": f"http://127.0.0.1:{self.server_port}",
            "api_key": "key",
            "from_": "MyCompany",
        }

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: HoldingGateway
    protocol_version: ClassVar[str] = "HTTP/1.1"  # type: ignore[misc]  # typeshed has it as a plain attribute

    def do_POST(self) -> None:
        request = self.rfile.read(int(self.headers["content-length"]))
        self.server.arrived.set()
        # Passes when as many requests are open at once as the test asks for.
        self.server.together.wait(timeout=20)
        if not self.server.release.is_set():
            self._hold()
        quoted = json.dumps({"result": f"{self.path} {self.headers} {request.decode()}"}).encode()
        answer = quoted if self.server.refuses else ANSWER
        self.send_response(400 if self.server.refuses else 200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def _hold(self) -> None:
        """Until the test releases the answer or the client hangs up."""
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
                return

    def log_message(self, *_: object) -> None:
        """Test output stays clean."""


@contextmanager
def holding_gateway(together: int = 1, *, held: bool = True) -> Iterator[HoldingGateway]:
    """Serves until the block ends; unless `held`, answers as soon as `together` requests are open."""
    server = HoldingGateway(together)
    if not held:
        server.release.set()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.release.set()
        server.shutdown()
        server.server_close()
        thread.join()
