"""Handlers of the program's own run during a send, and what they raise ends it."""

import os
import signal
import threading

import wamux
from gateway_server import holding_gateway

MESSAGE = {"to": "+79034567890", "type": "text", "text": {"body": "Hi"}}


class AlarmError(Exception):
    """Raised by a handler."""


def main() -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    with holding_gateway() as gateway:
        client = wamux.Client("devino-v2", **gateway.settings)

        def when_arrived() -> None:
            assert gateway.arrived.wait(20)
            os.kill(os.getpid(), signal.SIGUSR1)

        def raises(*_: object) -> None:
            raise AlarmError

        signal.signal(signal.SIGUSR1, raises)
        threading.Thread(target=when_arrived).start()
        try:
            client.send(MESSAGE)
        except AlarmError:
            print('"raised"')

        # A handler that raises nothing does not disturb; here it lets the gateway answer.
        signal.signal(signal.SIGUSR1, lambda *_: gateway.release.set())
        gateway.arrived.clear()
        threading.Thread(target=when_arrived).start()
        receipt = client.send(MESSAGE)
        print(f'"{receipt.status}"')
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


if __name__ == "__main__":
    main()
