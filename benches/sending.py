"""What a message costs that is sent from Python: reads one request on stdin, answers with figures as JSON.

A request is `{"settings": {...}, "url": "...", "message": {...}, "payload": {...}, "at_once": [...], "seconds": s}`; the sandbox
at the address is another process's. The answer is `{contestant: {at_once: microseconds of CPU time}}`.
"""

import asyncio
import itertools
import json
import sys
import time

import aiohttp
import httpx
import wamux

COUNT = 2_000


def settings_of(request, at_once, batch_size):
    return {**request["settings"], "batch_size": batch_size, "concurrency": at_once}


def spent_on(send, seconds):
    """The CPU time of this process for each message, in microseconds; the first messages connect."""
    send(COUNT // 4)
    sent, start = 0, time.process_time()
    while (spent := time.process_time() - start) < seconds:
        send(COUNT)
        sent += COUNT
    return spent / sent * 1e6


def wamux_blocking(request, at_once, batch_size):
    client = wamux.Client("devino-v2", **settings_of(request, at_once, batch_size))

    def send(count):
        for _, result in client.send_many(itertools.repeat(request["message"], count)):
            assert isinstance(result, wamux.Receipt), result

    return spent_on(send, request["seconds"])


def wamux_awaited(request, at_once, batch_size):
    client = wamux.AsyncClient("devino-v2", **settings_of(request, at_once, batch_size))

    async def send(count):
        async for _, result in client.send_many(itertools.repeat(request["message"], count)):
            assert isinstance(result, wamux.Receipt), result

    with asyncio.Runner() as runner:
        return spent_on(lambda count: runner.run(send(count)), request["seconds"])


def posts(request, at_once, open_session, post):
    """As many tasks as there may be requests at once, which post one after the other."""

    async def opened():
        return open_session(at_once)

    async def worker(session, left):
        for _ in left:
            await post(session, request)

    async def send(session, count):
        left = iter(range(count))
        await asyncio.gather(*(worker(session, left) for _ in range(at_once)))

    with asyncio.Runner() as runner:
        session = runner.run(opened())
        figure = spent_on(lambda count: runner.run(send(session, count)), request["seconds"])
        runner.run(session.__aexit__(None, None, None))
    return figure


async def post_by_aiohttp(session, request):
    headers = {"Authorization": f"Key {request['settings']['api_key']}"}
    async with session.post(request["url"], json=request["payload"], headers=headers) as answer:
        assert answer.status == 200, answer.status
        await answer.json()


async def post_by_httpx(session, request):
    headers = {"Authorization": f"Key {request['settings']['api_key']}"}
    answer = await session.post(request["url"], json=request["payload"], headers=headers)
    assert answer.status_code == 200, answer.status_code
    answer.json()


def aiohttp_session(at_once):
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=at_once))


def httpx_session(at_once):
    limits = httpx.Limits(max_connections=at_once, max_keepalive_connections=at_once)
    return httpx.AsyncClient(limits=limits, trust_env=False)


CONTESTANTS = {
    "wamux": lambda request, at_once: wamux_blocking(request, at_once, 1),
    "wamux, awaited": lambda request, at_once: wamux_awaited(request, at_once, 1),
    "wamux, batches of 100": lambda request, at_once: wamux_blocking(request, at_once, 100),
    "aiohttp": lambda request, at_once: posts(request, at_once, aiohttp_session, post_by_aiohttp),
    "httpx": lambda request, at_once: posts(request, at_once, httpx_session, post_by_httpx),
}


def main():
    request = json.load(sys.stdin)
    figures = {
        name: {at_once: measure(request, at_once) for at_once in request["at_once"]}
        for name, measure in CONTESTANTS.items()
    }
    json.dump(figures, sys.stdout)


if __name__ == "__main__":
    main()
