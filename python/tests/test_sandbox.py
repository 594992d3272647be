"""The sandbox for tests of programs that use wamux, and its fixture."""

import asyncio
import json
import socket
import urllib.request

import pytest

import wamux
from support import GATEWAYS, NUMBER, send, text_message
from wamux.testing import Sandbox


def port_of(sandbox: Sandbox) -> int:
    return int(sandbox.url.rpartition(":")[2])


def is_open(port: int) -> bool:
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) == 0


def test_start_and_stop() -> None:
    sandbox = Sandbox()
    sandbox.start()
    port = port_of(sandbox)
    assert is_open(port)
    sandbox.stop()
    assert not is_open(port)
    sandbox.stop()


def test_it_stops_with_its_block() -> None:
    with Sandbox() as sandbox:
        port = port_of(sandbox)
        assert is_open(port)
    assert not is_open(port)

    def fail(sandbox: Sandbox) -> None:
        with sandbox:
            ports.append(port_of(sandbox))
            raise ZeroDivisionError

    ports: list[int] = []
    with pytest.raises(ZeroDivisionError):
        fail(Sandbox())
    assert not is_open(ports[0])


def test_it_works_awaited_too() -> None:
    async def use() -> int:
        async with Sandbox() as sandbox, wamux.AsyncClient("tujenge", **sandbox.settings("tujenge")) as client:
            receipt = await client.send(text_message())
            assert [stored.id for stored in sandbox.messages] == [receipt.message_id]
            return port_of(sandbox)

    assert not is_open(asyncio.run(use()))


def test_a_port_of_ones_own() -> None:
    with Sandbox() as other:
        taken = port_of(other)
        with pytest.raises(OSError), Sandbox(port=taken):
            pass
    with Sandbox(port=taken) as sandbox:
        assert sandbox.url == f"http://127.0.0.1:{taken}"


def test_several_at_once_know_nothing_of_each_other() -> None:
    with Sandbox() as one, Sandbox() as other:
        assert one.url != other.url
        send("sync", "devino-v2", one.settings("devino-v2"))
        assert (one.counts.accepted, other.counts.accepted) == (1, 0)


@pytest.mark.parametrize("gateway", GATEWAYS)
def test_settings_open_a_client(gateway: str, sandbox: Sandbox) -> None:
    settings = sandbox.settings(gateway)
    assert settings["base_url"] == sandbox.base_url(gateway)
    assert settings["base_url"].startswith(sandbox.url)
    assert all(isinstance(value, str) for value in settings.values())
    with wamux.Client(gateway, **settings) as client:
        assert client.send(to=NUMBER, text="Hi").to == NUMBER


@pytest.mark.parametrize("name", ["settings", "base_url"])
def test_an_unknown_gateway(name: str, sandbox: Sandbox) -> None:
    with pytest.raises((ValueError, KeyError)):
        getattr(sandbox, name)("pigeon")


def test_messages_and_counts(sandbox: Sandbox) -> None:
    assert sandbox.messages == [] or list(sandbox.messages) == []
    with wamux.Client("devino-v2", **sandbox.settings("devino-v2")) as client:
        first = client.send(to=NUMBER, text="One")
        second = client.send(to=NUMBER, text="Two")
    one, two = sandbox.messages
    assert (one.id, two.id) == (first.message_id, second.message_id)
    assert (one.gateway, one.to, one.path) == ("devino-v2", "79034567890", "/devino/whatsapp/v2/messages")
    assert one.body["text"] == {"body": "One"}
    assert one.at.endswith("Z")
    assert (sandbox.counts.requests, sandbox.counts.accepted) == (2, 2)
    sandbox.clear()
    assert len(sandbox.messages) == 0
    assert (sandbox.counts.requests, sandbox.counts.accepted) == (0, 0)


def test_its_own_routes_answer(sandbox: Sandbox) -> None:
    send("sync", "rapporto", sandbox.settings("rapporto"))
    with urllib.request.urlopen(f"{sandbox.url}/_sandbox/messages") as answer:
        document = json.load(answer)
    assert (document["requests"], document["accepted"]) == (1, 1)
    assert document["messages"][0]["gateway"] == "rapporto"


def test_a_sandbox_that_does_not_run_says_so() -> None:
    sandbox = Sandbox()
    for use in (lambda: sandbox.url, lambda: sandbox.settings("devino-v2"), lambda: sandbox.inject("cut")):
        with pytest.raises((RuntimeError, ValueError)):
            use()
    assert "Sandbox" in repr(sandbox)


def test_the_fixture(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest
        import wamux


        @pytest.mark.parametrize("text", ["One", "Two"])
        def test_sends(wamux_sandbox, text):
            with wamux.Client("rapporto", **wamux_sandbox.settings("rapporto")) as client:
                client.send(to="+79034567890", text=text)
            (stored,) = wamux_sandbox.messages
            assert stored.body["data"]["text"] == text if "data" in stored.body else text in str(stored.body)


        def test_a_fault_of_the_test_before(wamux_sandbox):
            wamux_sandbox.inject("cut")


        def test_is_gone(wamux_sandbox):
            with wamux.Client("rapporto", **wamux_sandbox.settings("rapporto")) as client:
                assert client.send(to="+79034567890", text="Hi").status == "accepted"
        """
    )
    # The entry point of the wheel is what loads the fixture.
    pytester.runpytest_subprocess("-q", "--strict-markers").assert_outcomes(passed=4)


def test_the_fixture_is_documented(pytester: pytest.Pytester) -> None:
    result = pytester.runpytest_subprocess("--fixtures")
    result.stdout.re_match_lines([r"wamux_sandbox.*"])
