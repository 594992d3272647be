"""The command line: `wamux`, or `python -m wamux`."""

import signal
import sys

from wamux._native import _run_command


def main() -> None:
    """Run a command in this process and end with its exit status. `wamux demo` sends from Python too."""
    # The command blocks outside of Python, where no handler of Python's would run.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    raise SystemExit(_run_command(sys.argv[1:], [sys.executable, "-m", "wamux.demo"]))


if __name__ == "__main__":
    main()
