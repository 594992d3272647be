"""TLS with a private authority, and the way through a proxy: pproxy, which is not ours."""

import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme

import wamux
from gateway_server import HoldingGateway, holding_gateway
from support import CLIENTS, PATIENCE, PROGRAMS, environment, send
from wamux.testing import Sandbox

BOTH = pytest.mark.parametrize("client", CLIENTS)
SCHEMES = pytest.mark.parametrize("scheme", ["http", "socks5", "socks5h"])
USER, PASSWORD = "operator", "pass-word"


class Proxy:
    """A running proxy."""

    def __init__(self, program: subprocess.Popen[str]) -> None:
        assert program.stdout is not None
        self.lines = program.stdout
        self.address = f"127.0.0.1:{int(self.lines.readline())}"

    def led_to(self, port: object) -> None:
        """Waits for the line of a connection to that port."""
        while not self.lines.readline().endswith(f":{port}\n"):
            pass


@contextmanager
def proxy(*user: str) -> Iterator[Proxy]:
    """Runs a proxy until the block ends."""
    arguments = [sys.executable, str(PROGRAMS / "proxy.py"), *user]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, env=environment()) as program:
        try:
            yield Proxy(program)
        finally:
            program.terminate()
            program.wait(PATIENCE)


@pytest.fixture(scope="module")
def open_proxy() -> Iterator[Proxy]:
    with proxy() as running:
        yield running


@pytest.fixture(scope="module")
def closed_proxy() -> Iterator[Proxy]:
    """Lets one user in."""
    with proxy(f"{USER}:{PASSWORD}") as running:
        yield running


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def bundle(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that makes a client trust the authority."""
    path = tmp_path_factory.mktemp("authority") / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


def context(authority: trustme.CA) -> ssl.SSLContext:
    """The TLS of a gateway on loopback."""
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(served)
    return served


@pytest.fixture(scope="module")
def gateway(authority: trustme.CA) -> Iterator[HoldingGateway]:
    """A gateway behind TLS that accepts every message."""
    with holding_gateway(held=False, tls=context(authority)) as running:
        yield running


def assert_no_connection(client: str, settings: dict[str, Any]) -> str:
    """Sending fails before anything left; the words of the failure."""
    with pytest.raises(wamux.ConnectError) as caught:
        send(client, "devino-v2", {**settings, "retries": 0})
    assert (caught.value.delivery, caught.value.retryable) == ("not_sent", True)
    assert len(caught.value.attempts) == 1
    return f"{caught.value} {caught.value!r}"


def unused() -> str:
    """An address at which nothing listens."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{nobody.getsockname()[1]}"


@BOTH
def test_a_private_authority(client: str, gateway: HoldingGateway, bundle: Path) -> None:
    assert send(client, "devino-v2", {**gateway.settings, "ca_bundle": bundle}).status == "accepted"
    assert "UnknownIssuer" in assert_no_connection(client, gateway.settings)


@BOTH
def test_the_minimum_version_of_tls(client: str, authority: trustme.CA, bundle: Path) -> None:
    older = context(authority)
    older.maximum_version = ssl.TLSVersion.TLSv1_2
    with holding_gateway(held=False, tls=older) as gateway:
        settings = {**gateway.settings, "ca_bundle": bundle}
        assert send(client, "devino-v2", settings).status == "accepted"
        assert_no_connection(client, {**settings, "minimum_tls_version": "1.3"})


@BOTH
@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_client_certificate(
    client: str, version: ssl.TLSVersion, authority: trustme.CA, bundle: Path, tmp_path: Path
) -> None:
    asking = context(authority)
    asking.maximum_version = asking.minimum_version = version
    asking.verify_mode = ssl.CERT_REQUIRED
    authority.configure_trust(asking)
    issued = authority.issue_cert("client@shop.example")
    certificate, key, both = (tmp_path / name for name in ("client.pem", "client-key.pem", "both.pem"))
    issued.cert_chain_pems[0].write_to_path(str(certificate))
    issued.private_key_pem.write_to_path(str(key))
    issued.private_key_and_cert_chain_pem.write_to_path(str(both))
    with holding_gateway(held=False, tls=asking) as gateway:
        settings = {**gateway.settings, "ca_bundle": bundle}
        for known in ({"client_certificate": certificate, "client_key": key}, {"client_certificate": str(both)}):
            assert send(client, "devino-v2", {**settings, **known}).status == "accepted"
        # From TLS 1.3 on, the server says so only after the client may have sent: it is no less certain.
        assert "alert" in assert_no_connection(client, settings)


@SCHEMES
@BOTH
def test_through_a_proxy_to_tls(
    client: str, scheme: str, open_proxy: Proxy, gateway: HoldingGateway, bundle: Path
) -> None:
    settings = {**gateway.settings, "ca_bundle": bundle, "proxy": f"{scheme}://{open_proxy.address}"}
    assert send(client, "devino-v2", settings).status == "accepted"
    open_proxy.led_to(gateway.server_port)


@SCHEMES
@BOTH
def test_through_a_proxy_without_tls(client: str, scheme: str, open_proxy: Proxy, sandbox: Sandbox) -> None:
    settings = {**sandbox.settings("tujenge"), "proxy": f"{scheme}://{open_proxy.address}"}
    assert send(client, "tujenge", settings).status == "accepted"
    open_proxy.led_to(sandbox.url.rpartition(":")[2])
    assert sandbox.counts.accepted == 1


@SCHEMES
@BOTH
def test_the_user_of_a_proxy(
    client: str, scheme: str, closed_proxy: Proxy, gateway: HoldingGateway, bundle: Path
) -> None:
    settings = {**gateway.settings, "ca_bundle": bundle}
    address = f"{scheme}://{USER}:{PASSWORD}@{closed_proxy.address}"
    assert send(client, "devino-v2", {**settings, "proxy": address}).status == "accepted"
    closed_proxy.led_to(gateway.server_port)
    for wrong in ("", f"{USER}:wrong-word@"):
        address = f"{scheme}://{wrong}{closed_proxy.address}"
        words = assert_no_connection(client, {**settings, "proxy": address})
        assert USER not in words
        assert "-word" not in words


@SCHEMES
@BOTH
def test_a_proxy_that_is_down(client: str, scheme: str, gateway: HoldingGateway, bundle: Path) -> None:
    settings = {**gateway.settings, "ca_bundle": bundle, "proxy": f"{scheme}://{unused()}"}
    assert_no_connection(client, settings)
    for without in ("127.0.0.1", "example.com, 127.0.0.0/8", "*"):
        assert send(client, "devino-v2", {**settings, "no_proxy": without}).status == "accepted"
    assert_no_connection(client, {**settings, "no_proxy": "example.com"})
