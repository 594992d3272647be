"""Every fault of the sandbox, as a Python program sees it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

import wamux
from support import CLIENTS, GATEWAYS, NUMBER, send, text_message
from wamux.testing import Sandbox

BOTH = pytest.mark.parametrize("client", CLIENTS)
EVERY = pytest.mark.parametrize("gateway", GATEWAYS)


def assert_failure(
    error: wamux.WamuxError,
    cls: type[wamux.WamuxError],
    kind: str,
    delivery: str,
    http_status: int | None,
    *,
    retryable: bool = True,
) -> None:
    """A failure has exactly one attempt, which says the same."""
    assert type(error) is cls
    assert (error.kind, error.delivery, error.retryable) == (kind, delivery, retryable)
    assert error.http_status == http_status
    (attempt,) = error.attempts
    assert (attempt.kind, attempt.delivery, attempt.http_status) == (kind, delivery, http_status)
    assert datetime.fromisoformat(attempt.at.replace("Z", "+00:00")).utcoffset() == timedelta(0)


def failure(client: str, gateway: str, sandbox: Sandbox, **settings: Any) -> wamux.WamuxError:
    """What one attempt fails with."""
    with pytest.raises(wamux.WamuxError) as caught:
        send(client, gateway, {**sandbox.settings(gateway), "retries": 0, **settings})
    assert caught.value.gateway == gateway
    return caught.value


@EVERY
@BOTH
def test_no_fault(client: str, gateway: str, sandbox: Sandbox) -> None:
    receipt = send(client, gateway, sandbox.settings(gateway), text_message(client_id="8770100"))
    assert (receipt.gateway, receipt.to, receipt.client_id) == (gateway, NUMBER, "8770100")
    assert receipt.status == "accepted"
    (attempt,) = receipt.attempts
    assert (attempt.kind, attempt.delivery, attempt.http_status) == (None, None, 200)
    (stored,) = sandbox.messages
    assert (stored.gateway, receipt.message_id) == (gateway, stored.id)
    assert sandbox.counts.accepted == 1


@EVERY
@BOTH
def test_refuse(client: str, gateway: str) -> None:
    # The listener is gone for all gateways, so that this sandbox serves no other test.
    with Sandbox() as sandbox:
        sandbox.inject("refuse", seconds=60)
        error = failure(client, gateway, sandbox)
        assert_failure(error, wamux.ConnectError, "connect", "not_sent", None)
        assert isinstance(error, ConnectionError)
        assert "refused" in str(error)
        assert sandbox.counts.requests == 0


@EVERY
@BOTH
def test_delay(client: str, gateway: str, sandbox: Sandbox) -> None:
    sandbox.inject("delay", gateway=gateway, seconds=30)
    error = failure(client, gateway, sandbox, timeout="0.3")
    assert_failure(error, wamux.TimeoutError, "timeout", "unknown", None)
    assert isinstance(error, TimeoutError)
    assert sandbox.counts.accepted == 1


@EVERY
@BOTH
@pytest.mark.parametrize("accepts", [True, False])
def test_cut(client: str, gateway: str, sandbox: Sandbox, accepts: bool) -> None:
    sandbox.inject("cut", gateway=gateway, accepts=accepts)
    error = failure(client, gateway, sandbox)
    assert_failure(error, wamux.ProtocolError, "protocol", "unknown", None)
    # One request and no more: nothing below the client tries again.
    assert (sandbox.counts.requests, sandbox.counts.accepted) == (1, int(accepts))


@EVERY
@BOTH
def test_html_504(client: str, gateway: str, sandbox: Sandbox) -> None:
    sandbox.inject("html_504", gateway=gateway)
    error = failure(client, gateway, sandbox)
    assert_failure(error, wamux.UnavailableError, "unavailable", "unknown", 504)
    assert error.raw is not None
    assert "504 Gateway Time-out" in error.raw
    assert "<" not in str(error)


@EVERY
@BOTH
def test_rate_limited(client: str, gateway: str, sandbox: Sandbox) -> None:
    sandbox.inject("rate_limited", gateway=gateway, retry_after=7)
    error = failure(client, gateway, sandbox)
    assert_failure(error, wamux.RateLimitedError, "rate_limited", "not_sent", 429)
    assert error.retry_after == 7
    assert sandbox.counts.accepted == 0


@EVERY
@BOTH
def test_what_passes_is_repeated(client: str, gateway: str, sandbox: Sandbox) -> None:
    sandbox.inject("rate_limited", gateway=gateway, retry_after=0)
    receipt = send(client, gateway, sandbox.settings(gateway))
    first, second = receipt.attempts
    assert (first.kind, first.delivery, first.http_status) == ("rate_limited", "not_sent", 429)
    assert (second.kind, second.http_status) == (None, 200)
    assert sandbox.counts.accepted == 1


@EVERY
@BOTH
def test_truncated(client: str, gateway: str, sandbox: Sandbox) -> None:
    sandbox.inject("truncated", gateway=gateway)
    error = failure(client, gateway, sandbox)
    assert_failure(error, wamux.ProtocolError, "protocol", "unknown", 200)
    assert error.raw
    assert sandbox.counts.accepted == 1


@BOTH
def test_a_fault_strikes_as_often_as_it_is_told(client: str, sandbox: Sandbox) -> None:
    sandbox.inject("cut", gateway="devino-v2", count=2)
    assert send(client, "rapporto", sandbox.settings("rapporto")).status == "accepted"
    for _ in range(2):
        failure(client, "devino-v2", sandbox)
    assert send(client, "devino-v2", sandbox.settings("devino-v2")).status == "accepted"


def test_a_fault_of_a_path(sandbox: Sandbox) -> None:
    sandbox.inject("cut", path="/v1/media", after_bytes=3)
    settings = sandbox.settings("tujenge")
    settings["retries"] = 0
    with wamux.Client("tujenge", **settings) as client:
        assert client.send(text_message()).status == "accepted"
        with pytest.raises(wamux.ProtocolError) as caught:
            client.tujenge.upload_media(b"four", mime_type="image/png")
        assert caught.value.delivery == "unknown"
        assert client.tujenge.upload_media(b"four", mime_type="image/png").id


def test_a_fault_of_a_list(sandbox: Sandbox) -> None:
    with wamux.Client("chat-api", **sandbox.settings("chat-api")) as client:
        client.send(text_message())
        sandbox.inject("empty_page")
        assert [len(client.chat_api.get_messages().messages) for _ in range(2)] == [0, 1]


@EVERY
@BOTH
def test_wrong_credentials(client: str, gateway: str, sandbox: Sandbox) -> None:
    good = sandbox.settings(gateway)
    wrong = {name: "wrong" for name in good if name in {"api_key", "login", "password", "token"}}
    assert wrong
    error = failure(client, gateway, sandbox, **wrong)
    assert error.http_status is not None
    assert_failure(error, wamux.AuthenticationError, "authentication", "not_sent", error.http_status, retryable=False)
    assert sandbox.counts.accepted == 0


@EVERY
@BOTH
def test_a_bad_message_never_leaves(client: str, gateway: str, sandbox: Sandbox) -> None:
    with pytest.raises(wamux.ValidationError) as caught:
        send(client, gateway, sandbox.settings(gateway), text_message(to="not a number"))
    assert [violation.path for violation in caught.value.violations] == ["to"]
    assert (caught.value.attempts, caught.value.gateway) == ((), gateway)
    assert sandbox.counts.requests == 0


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        ("smoke", {}),
        ("cut", {"gateway": "pigeon"}),
        ("cut", {"count": 0}),
        ("cut", {"count": -1}),
        ("delay", {"seconds": -1}),
        ("delay", {"seconds": float("nan")}),
        ("delay", {"seconds": 3601}),
        ("refuse", {"gateway": "rapporto"}),
        ("refuse", {"path": "/v1"}),
        ("cut", {"path": "v1"}),
        ("delay", {"after_bytes": 1}),
        ("cut", {"after_bytes": -1}),
        ("batched_callbacks", {"path": "/v1"}),
    ],
)
def test_wrong_faults_are_refused(kind: str, parameters: dict[str, object], sandbox: Sandbox) -> None:
    with pytest.raises((ValueError, OverflowError)):
        sandbox.inject(kind, **parameters)  # type: ignore[arg-type]  # wrong on purpose
    assert send("sync", "devino-v2", sandbox.settings("devino-v2")).status == "accepted"
