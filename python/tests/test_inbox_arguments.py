"""What inboxes are made of and given: what is taken, and what is refused in which words."""

import asyncio
import functools
import inspect
import io
import wsgiref.headers
from collections.abc import Callable
from email import message_from_bytes
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wamux
from inbox_server import HEADER, LIMIT, SECRET

ANYBODY = wamux.Authentication.none()
BODY = b'[{"mtNum": "1", "status": 9}]'


def ignore(_: wamux.Notification) -> None: ...


async def ignore_awaited(_: wamux.Notification) -> None: ...


class BlockingCallable:
    def __call__(self, _: wamux.Notification) -> None: ...


class AwaitedCallable:
    async def __call__(self, _: wamux.Notification) -> None: ...


KINDS: "list[tuple[Callable[..., Any], Any]]" = [(wamux.Inbox, ignore), (wamux.AsyncInbox, ignore_awaited)]


@pytest.mark.parametrize(("make", "handler"), KINDS)
@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"store": "postgres://shop:correct-horse@host"}, "store must be memory, sqlite:PATH"),
        ({"store": ""}, "store must be memory"),
        ({"store": "\ud800"}, "Unicode"),
        ({"alias": ""}, "alias must not be empty"),
        ({"alias": b"shop"}, "`alias` must be Unicode text"),
        ({"concurrency": 0}, "concurrency must be a whole number from 1 to 100000"),
        ({"concurrency": True}, "concurrency must be a whole number"),
        ({"attempts": 1.5}, "attempts must be a whole number from 1 to 100000"),
        ({"first_wait": -1}, "first_wait must be a number of seconds from 0 to 315360000"),
        ({"longest_wait": float("nan")}, "longest_wait must be a number of seconds"),
        ({"lease": 0}, "lease must be above 0 seconds"),
        ({"lease": [60]}, "`lease` must be"),
        ({"retention": float("inf")}, "retention must be a number of seconds"),
        ({"retention": "a week"}, "retention must be a number of seconds"),
    ],
)
def test_a_wrong_value_is_a_configuration_error(
    make: Callable[..., Any], handler: Any, options: "dict[str, Any]", words: str
) -> None:
    with pytest.raises(wamux.ConfigurationError, match=words) as raised:
        make("rapporto", handler, authentication=ANYBODY, **options)
    assert raised.value.kind == "configuration"
    assert "horse" not in str(raised.value)


@pytest.mark.parametrize(("make", "handler"), KINDS)
def test_a_gateway_that_there_is_not(make: Callable[..., Any], handler: Any) -> None:
    with pytest.raises(wamux.ConfigurationError, match="devino-v2"):
        make("pigeon", handler, authentication=ANYBODY)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: wamux.Inbox("rapporto", ignore),  # type: ignore[call-arg]
        lambda: wamux.Inbox("rapporto", authentication=ANYBODY),  # type: ignore[call-arg]
        lambda: wamux.Inbox("rapporto", ignore, authentication=None),  # type: ignore[arg-type]
        lambda: wamux.Inbox("rapporto", ignore, authentication=SECRET),  # type: ignore[arg-type]
        lambda: wamux.Inbox("rapporto", ignore, authentication=ANYBODY, store=17),  # type: ignore[arg-type]
        lambda: wamux.Inbox("rapporto", ignore, authentication=ANYBODY, colour="red"),  # type: ignore[call-arg]
        lambda: wamux.Inbox(17, ignore, authentication=ANYBODY),  # type: ignore[arg-type]
        lambda: wamux.Authentication.header(HEADER),  # type: ignore[call-arg]
        lambda: wamux.Authentication.path(b"secret"),  # type: ignore[arg-type]
        wamux.Authentication,
    ],
)
def test_what_is_no_such_argument_is_a_type_error(wrong: Callable[[], object]) -> None:
    with pytest.raises(TypeError) as raised:
        wrong()
    assert SECRET not in str(raised.value)


@pytest.mark.parametrize("handler", [None, "handler", 17])
def test_what_is_no_function_is_no_handler(handler: Any) -> None:
    for make in (wamux.Inbox, wamux.AsyncInbox):
        with pytest.raises(TypeError, match="handler must be a function"):
            make("rapporto", handler, authentication=ANYBODY)


def test_each_inbox_takes_its_kind_of_function() -> None:
    waiting: list[Any] = [ignore_awaited, functools.partial(ignore_awaited), AwaitedCallable()]
    for handler in waiting:
        with pytest.raises(TypeError, match="AsyncInbox takes a coroutine function"):
            wamux.Inbox("rapporto", handler, authentication=ANYBODY)
        wamux.AsyncInbox("rapporto", handler, authentication=ANYBODY)
    blocking: list[Any] = [ignore, functools.partial(ignore), BlockingCallable(), print]
    for handler in blocking:
        with pytest.raises(TypeError, match="Inbox takes a function"):
            wamux.AsyncInbox("rapporto", handler, authentication=ANYBODY)
        wamux.Inbox("rapporto", handler, authentication=ANYBODY)


def test_what_a_function_gives_back_to_be_awaited_was_not_handled() -> None:
    def disguised(notification: wamux.Notification) -> Any:
        return ignore_awaited(notification)

    with wamux.Inbox("rapporto", disguised, authentication=ANYBODY) as inbox:
        assert inbox.receive("POST", "/", {}, BODY).status == 503


def test_the_defaults_are_shown() -> None:
    parameters = inspect.signature(wamux.Inbox).parameters
    assert {name: each.default for name, each in parameters.items() if each.default is not each.empty} == {
        "store": "memory",
        "alias": None,
        "concurrency": 16,
        "attempts": 20,
        "first_wait": 1.0,
        "longest_wait": 300.0,
        "lease": 60.0,
        "retention": 604800.0,
    }
    assert parameters == inspect.signature(wamux.AsyncInbox).parameters


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: wamux.Authentication.header("no name", SECRET), "header"),
        (lambda: wamux.Authentication.header(HEADER, ""), "empty"),
        (lambda: wamux.Authentication.path("a/b"), "slash"),
        (lambda: wamux.Authentication.basic("a:b", SECRET), "colon"),
        (lambda: wamux.Authentication.signature("", SECRET), "header"),
        (lambda: wamux.Authentication.path("\ud800"), "Unicode"),
    ],
)
def test_a_wrong_authentication(make: Callable[[], object], words: str) -> None:
    with pytest.raises(wamux.ConfigurationError, match=words) as raised:
        make()
    assert SECRET not in str(raised.value)


def test_no_secret_is_shown() -> None:
    shown = [
        wamux.Authentication.header(HEADER, SECRET),
        wamux.Authentication.path(SECRET),
        wamux.Authentication.basic("gateway", SECRET),
        wamux.Authentication.signature(HEADER, SECRET),
        wamux.Inbox(
            "rapporto",
            ignore,
            authentication=wamux.Authentication.path(SECRET),
            store=f"redis://user:{SECRET}@host/0",
            alias="it's",
        ),
    ]
    assert [SECRET in repr(each) for each in shown] == [False] * len(shown)
    assert repr(shown[0]) == "Authentication.header('X-Webhook-Secret', '***')"
    assert repr(shown[-1]) == """Inbox('rapporto', alias="it's", store='redis://***')"""


class Django(dict[str, str]):
    """As Django's `request.headers`: names in any case."""


HEADERS: "list[Any]" = [
    {HEADER: SECRET},
    {HEADER.lower(): SECRET},
    MappingProxyType({HEADER: SECRET}),
    Django({HEADER: SECRET}),
    message_from_bytes(f"{HEADER}: {SECRET}\r\n\r\n".encode()),
    wsgiref.headers.Headers([(HEADER, SECRET)]),
    [(HEADER, SECRET)],
    [[HEADER.lower().encode(), SECRET.encode()]],
    ((name, value) for name, value in [(HEADER.encode(), SECRET)]),
    {"\u2603": "snowman", "X": "\ud800", "": "", HEADER: SECRET},
]


@pytest.mark.parametrize("headers", HEADERS)
def test_headers_as_servers_have_them(headers: Any) -> None:
    with wamux.Inbox("rapporto", ignore, authentication=wamux.Authentication.header(HEADER, SECRET)) as inbox:
        assert inbox.receive("POST", "/", headers, BODY).status == 200


def test_a_secret_that_is_not_ascii() -> None:
    secret = "пароль"
    with wamux.Inbox("rapporto", ignore, authentication=wamux.Authentication.header(HEADER, secret)) as inbox:
        # As bytes, as most servers read it, and as a few do.
        for value in (secret.encode(), secret.encode().decode("latin-1"), secret):
            assert inbox.receive("POST", "/", [(HEADER, value)], BODY).status == 200


def test_a_header_that_cannot_be_is_no_match() -> None:
    with wamux.Inbox("rapporto", ignore, authentication=wamux.Authentication.header(HEADER, SECRET)) as inbox:
        for value in ("\ud800", "a\nb", "\x00", ""):
            assert inbox.receive("POST", "/", {HEADER: value}, BODY).status == 403
        assert inbox.receive("POST", "/", [(HEADER, SECRET), (HEADER, "\n")], BODY).status == 403
        assert inbox.receive("POST", "/", {f"{HEADER}\n": SECRET}, BODY).status == 401
        many = [(f"x-{number}", "1") for number in range(40_000)]
        assert inbox.receive("POST", "/", many, BODY).status == 401


@pytest.mark.parametrize("headers", [None, 17, "x", [17], [("a",)], [("a", 1)], {"a": None}, [("a", "b", "c")]])
def test_what_are_no_headers(headers: Any) -> None:
    inbox = wamux.Inbox("rapporto", ignore, authentication=ANYBODY)
    with pytest.raises(TypeError, match="headers must be a mapping"):
        inbox.receive("POST", "/", headers, BODY)
    with pytest.raises(TypeError, match="headers must be a mapping"):
        inbox.check_head("POST", "/", headers)


@pytest.mark.parametrize(
    "body", [BODY, bytearray(BODY), memoryview(BODY), memoryview(b"x".join(bytes([b]) for b in BODY))[::2]]
)
def test_bodies(body: Any) -> None:
    seen: list[wamux.Notification] = []
    with wamux.Inbox("rapporto", seen.append, authentication=ANYBODY) as inbox:
        assert inbox.receive("POST", "/", {}, body).status == 200
    assert [type(each.event) for each in seen] == [wamux.StatusEvent]


@pytest.mark.parametrize("body", [None, "[]", 17, [], io.BytesIO(BODY)])
def test_what_is_no_body(body: Any) -> None:
    inbox = wamux.Inbox("rapporto", ignore, authentication=ANYBODY)
    with pytest.raises(TypeError, match="body must be bytes"):
        inbox.receive("POST", "/", {}, body)


def test_a_path_with_its_query() -> None:
    authentication = wamux.Authentication.path("correct-horse")
    inbox = wamux.Inbox("rapporto", ignore, authentication=authentication)
    assert inbox.check_head("POST", "/webhook/correct-horse?from=rapporto/1", {}) is None
    refused = inbox.check_head("POST", "/webhook/battery", {})
    assert refused is not None
    assert refused.status == 403
    too_long = inbox.check_head("POST", "/correct-horse", {"Content-Length": str(LIMIT + 1)})
    assert too_long == wamux.Answer(status=413, headers={})


@pytest.mark.parametrize("limit", [0, -1, 100_001, 2**80])
def test_a_limit_that_cannot_be(limit: int) -> None:
    inbox = wamux.Inbox("rapporto", ignore, authentication=ANYBODY)
    with pytest.raises(wamux.ConfigurationError, match="limit must be a whole number from 1 to 100000"):
        inbox.dead(limit)


def test_what_is_no_limit_and_no_key() -> None:
    inbox = wamux.Inbox("rapporto", ignore, authentication=ANYBODY)
    for limit in (True, 1.5, "1"):
        with pytest.raises(TypeError, match="limit"):
            inbox.dead(limit)  # type: ignore[arg-type]
    for key in ("", "xyz", "0" * 63, "\ud800"):
        with pytest.raises(wamux.ConfigurationError):
            inbox.revive(key)
    with pytest.raises(TypeError):
        inbox.revive(17)  # type: ignore[arg-type]

    async def awaited() -> None:
        awaitable = wamux.AsyncInbox("rapporto", ignore_awaited, authentication=ANYBODY)
        with pytest.raises(wamux.ConfigurationError):
            await awaitable.dead(0)
        with pytest.raises(wamux.ConfigurationError):
            await awaitable.revive("xyz")

    asyncio.run(awaited())


@given(st.text(), st.text(), st.dictionaries(st.text(), st.text() | st.binary()), st.binary())
def test_any_request_is_answered(method: str, path: str, headers: "dict[str, Any]", body: bytes) -> None:
    inbox = wamux.Inbox("rapporto", ignore, authentication=wamux.Authentication.header(HEADER, SECRET))
    assert inbox.receive(method, path, headers, body).status in {401, 403, 405}
    assert inbox.receive("POST", path, {**headers, HEADER: SECRET}, body).status in {200, 403, 413}
    inbox.stop()
