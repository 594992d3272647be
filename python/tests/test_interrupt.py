"""Ctrl-C and other signals during a send."""

import statistics
from typing import TypedDict, cast

import pytest

from support import CLIENTS, run_program

ROUNDS = 5
# Seconds from the signal to KeyboardInterrupt: the promise of the library.
BOUND = 0.2


class Round(TypedDict):
    seconds: float
    closed: bool
    known: str | None


@pytest.mark.parametrize("client", [*CLIENTS, "sync_many", "async_many"])
def test_ctrl_c_ends_a_send(client: str) -> None:
    rounds = cast("list[Round]", run_program("interrupt", client, str(ROUNDS)))
    assert len(rounds) == ROUNDS
    assert all(done["closed"] for done in rounds), "an interrupted send keeps its connection"
    expected = "cancelled: unknown" if client in CLIENTS else None
    assert [done["known"] for done in rounds] == [expected] * ROUNDS
    # The median, and not each round: on a busy machine the scheduler alone can take a single one's time.
    assert statistics.median(done["seconds"] for done in rounds) <= BOUND, rounds


def test_own_handlers_run_during_a_send() -> None:
    assert run_program("signal_handlers") == ["raised", "accepted"]
