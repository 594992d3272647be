"""The pytest fixture `wamux_sandbox`: every gateway on loopback, empty for each test."""

from __future__ import annotations

import pytest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from wamux.testing import Sandbox


@pytest.fixture
def wamux_sandbox() -> Iterator[Sandbox]:
    """Run a sandbox while the test runs.

    A test sends to it with `Client("devino-v2", **wamux_sandbox.settings("devino-v2"))` and reads
    `wamux_sandbox.messages`.
    """
    # A plugin is imported in every run of pytest; the library only where a test asks for it.
    from wamux.testing import Sandbox  # noqa: PLC0415

    with Sandbox() as sandbox:
        yield sandbox
