"""A gateway in this process that tells when a request is there and answers when it is told to.

The sandbox answers by the clock; a test that has to know that a send is under way needs an event instead.
"""

import json
import ssl
import threading
from contextlib import AbstractContextManager
from typing import Any

from held_server import HeldHandler, HeldServer, serving

ANSWER = b'{"result":[{"code":"OK","messageId":"3482512350952730368"}]}'


class HoldingGateway(HeldServer):
    """Speaks as much of devino-v2 as accepting every message takes."""

    def __init__(self, together: int = 1, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(_Handler, tls)
        self.together = threading.Barrier(together)
        # Whether it refuses what it gets, and quotes all of it.
        self.refuses = False

    @property
    def settings(self) -> dict[str, Any]:
        """What a client of this gateway needs."""
        return {
            "base_url": self.base_url,
            "api_key": "key",
            "from_": "MyCompany",
        }

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what some tests are about."""


class _Handler(HeldHandler):
    server: HoldingGateway

    def do_POST(self) -> None:  # noqa: N802  # http.server calls it so
        request = self.rfile.read(int(self.headers["content-length"]))
        self.server.arrived.set()
        # Passes when as many requests are open at once as the test asks for.
        self.server.together.wait(timeout=20)
        if not self.held():
            return
        quoted = json.dumps({"result": f"{self.path} {self.headers} {request.decode()}"}).encode()
        answer = quoted if self.server.refuses else ANSWER
        self.send_response(400 if self.server.refuses else 200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


def holding_gateway(
    together: int = 1, *, held: bool = True, tls: ssl.SSLContext | None = None
) -> AbstractContextManager[HoldingGateway]:
    """Serves until the block ends; unless `held`, answers as soon as `together` requests are open."""
    server = HoldingGateway(together, tls)
    if not held:
        server.release.set()
    return serving(server)
