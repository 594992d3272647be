"""The settings of a client, for type checkers. It stands apart, since what it imports is not wanted at run time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

if TYPE_CHECKING:
    from os import PathLike


class Settings(TypedDict, total=False):
    """The settings of a client; each is also a flag and a variable of the command line.

    Attributes:
        base_url: Where the gateway is; without it, its documented address.
        api_key: The API key (Devino, Tujenge).
        x_api_key: The second key that Devino's v2 samples bear.
        login: The login (Rapporto; Devino in place of a key).
        password: The password to the login.
        token: The token (chat-api).
        instance: The instance (chat-api).
        instance_in_query: Whether the instance stands in the query and not in the path (chat-api).
        header_name: The header that bears the key (hosts of Tujenge's API).
        from_: The sender of messages that name none.
        region: The region of national phone numbers, such as `RU`; without it, the gateway's own.
        template_namespace: The namespace of templates that name none (Tujenge).
        batch_size: How many messages of `send_many` go into one request at most, from 1 (Devino).
        deduplicates: Whether the account knows repeated client ids (Rapporto); a lost answer is then asked for again.
        timeout: How long one attempt may take, in seconds; 30 without it.
        ca_bundle: A PEM file of certificates to trust beside the public ones.
        client_certificate: A PEM file with the certificate for servers that ask for one.
        client_key: A PEM file with its private key, not encrypted; without it, the certificate's file has the key.
        minimum_tls_version: The oldest version of TLS to speak; 1.2 without it.
        proxy: The proxy of all requests: `http`, `https`, `socks5`, or `socks5h`, which looks names up itself.
        no_proxy: Hosts that are reached without the proxy: names with all below them, addresses and ranges, separated
            by commas.
        retries: How often an attempt is repeated at most where the gateway does not have the message; 2 without it.
        retry_unknown: Whether to repeat also what the gateway may have, so that a message may be shown twice.
        rate: How many messages may leave in a second; no limit without it.
        burst: How many messages may leave at once where the rate was not used before, and go in one request at most; 1
            without it.
        concurrency: How many requests may be under way at once; 64 without it.
        allow_insecure: Whether a base URL may be plain http beyond loopback.

    """

    base_url: str | None
    api_key: str | None
    x_api_key: str | None
    login: str | None
    password: str | None
    token: str | None
    instance: str | int | None
    instance_in_query: bool | None
    header_name: str | None
    from_: str | None
    region: str | None
    template_namespace: str | None
    batch_size: int | None
    deduplicates: bool | None
    timeout: float | None
    ca_bundle: str | PathLike[str] | None
    client_certificate: str | PathLike[str] | None
    client_key: str | PathLike[str] | None
    minimum_tls_version: Literal["1.2", "1.3"] | None
    proxy: str | None
    no_proxy: str | None
    retries: int | None
    retry_unknown: bool | None
    rate: float | None
    burst: int | None
    concurrency: int | None
    allow_insecure: bool | None
