"""Forks while another thread uses the library: `fork_meanwhile.py use settings`.

The use is a function of this program, or `all`, which goes on for many forks; the others fork once, in the middle of
the first use in this process, when what is made once a process is in the making.
"""

import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

import wamux

MESSAGE = {"to": "+79034567890", "type": "text", "text": {"body": "Hi"}}
SETTINGS = json.loads(sys.argv[2])
FORKS = 20


def check() -> None:
    wamux.validate_payload("devino-v2", MESSAGE)


def build() -> None:
    wamux.build_request("devino-v2", MESSAGE, from_="MyCompany")


def send() -> None:
    wamux.Client("devino-v2", **SETTINGS).send(MESSAGE)


def call() -> None:
    # Nobody is there: what is shared by calls is made before.
    with suppress(wamux.ConnectError):
        wamux.Client("tujenge", base_url="http://127.0.0.1:1", api_key="key").tujenge.set_about(text="Karibu")


def send_many() -> None:
    results = dict(wamux.Client("devino-v2", **SETTINGS).send_many([MESSAGE] * 3))
    assert all(isinstance(result, wamux.Receipt) for result in results.values()), results


def failover() -> None:
    wamux.Failover(wamux.Client("devino-v2", **SETTINGS)).send(MESSAGE)


def inbox() -> None:
    seen: list[object] = []
    with wamux.Inbox("rapporto", seen.append, authentication=wamux.Authentication.none()) as inbox:
        assert inbox.receive("POST", "/", {}, b'[{"mtNum": "1", "status": 9}]').status == 200
    assert len(seen) == 1


def everything() -> None:
    check()
    build()
    send()
    call()
    send_many()
    failover()
    inbox()


def fork_and_use(use: Callable[[], None]) -> int:
    child = os.fork()
    if not child:
        signal.alarm(10)
        use()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def once(use: Callable[[], None]) -> None:
    begun = threading.Event()

    def begin() -> None:
        begun.set()
        use()

    thread = threading.Thread(target=begin)
    thread.start()
    begun.wait()
    status = fork_and_use(use)
    thread.join()
    print(json.dumps(status))


def often() -> None:
    stopping = threading.Event()

    def go_on() -> None:
        while not stopping.is_set():
            everything()

    threads = [threading.Thread(target=go_on) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(FORKS):
        print(json.dumps(fork_and_use(everything)))
    stopping.set()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    if sys.argv[1] == "all":
        often()
    else:
        uses = {"check": check, "build": build, "send": send, "call": call}
        once({**uses, "send_many": send_many, "failover": failover, "inbox": inbox}[sys.argv[1]])
