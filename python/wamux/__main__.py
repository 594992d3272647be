"""The command line: `wamux`, or `python -m wamux`."""

import shlex
import signal
import sys

from wamux._native import _run_command


def with_sender(arguments: list[str]) -> list[str]:
    """Add Python to what `wamux demo` sends from, unless senders are given.

    >>> with_sender(["phone", "--strict"])
    ['phone', '--strict']
    >>> with_sender(["phone", "demo"])
    ['phone', 'demo']
    >>> with_sender(["demo", "--sender", "python=mine"])
    ['demo', '--sender', 'python=mine']
    """
    given = any(argument == "--sender" or argument.startswith("--sender=") for argument in arguments)
    command = next((argument for argument in arguments if not argument.startswith("-")), None)
    if given or command != "demo" or "--help" in arguments or "-h" in arguments:
        return arguments
    return [*arguments, "--sender", f"python={shlex.join([sys.executable, '-m', 'wamux.demo'])}"]


def main() -> None:
    """Run a command in this process and end with its exit status."""
    # The command blocks outside of Python, where no handler of Python's would run.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    raise SystemExit(_run_command(with_sender(sys.argv[1:])))


if __name__ == "__main__":
    main()
