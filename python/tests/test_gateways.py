"""What gateways can do, and their codes: the same as the command tells."""

import json
import pickle
import subprocess
import sys

import pytest

import wamux


def told(command: str, gateway: str) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", "wamux", command, "--gateway", gateway], check=True, capture_output=True, text=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_gateway_is_listed_once() -> None:
    assert len(set(wamux.GATEWAYS)) == len(wamux.GATEWAYS) >= 5
    assert "devino-v2" in wamux.GATEWAYS


@pytest.mark.parametrize("gateway", wamux.GATEWAYS)
def test_capabilities_are_those_of_the_command(gateway: str) -> None:
    capabilities = wamux.capabilities(gateway)
    [line] = told("capabilities", gateway)
    assert capabilities.to_dict() == line
    assert capabilities.gateway == gateway
    assert pickle.loads(pickle.dumps(capabilities)) == capabilities


@pytest.mark.parametrize("gateway", wamux.GATEWAYS)
def test_codes_are_those_of_the_command(gateway: str) -> None:
    lines = told("codes", gateway)
    assert [{"gateway": gateway, **code.to_dict()} for code in wamux.codes(gateway)] == lines
    assert lines


def test_a_limit_is_read_as_documented() -> None:
    limits = wamux.capabilities("devino-v2").limits
    [text] = [limit for limit in limits if limit.path == "text.body" and limit.rule == "max_length"]
    assert (text.call, text.limit, text.when, text.severity) == ("messages", 4096, None, "error")


@pytest.mark.parametrize("function", [wamux.capabilities, wamux.codes])
def test_an_unknown_gateway_is_named(function: "object") -> None:
    with pytest.raises(wamux.ConfigurationError, match="devino-v2"):
        function("devino")  # type: ignore[operator]
