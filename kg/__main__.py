"""``kg`` and ``python -m kg``: the command line, with a clean end from the first moment on."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line and give its exit code.

    Loading it takes a while, in which Ctrl-C shall end as cleanly as later.
    """
    try:
        from kg.cli import main as run  # noqa: PLC0415  (inside, for the reason above)

        return run()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        return 130


def command() -> int:
    """Run the command line as a process of its own: once its work is done, Ctrl-C takes nothing back."""
    code = main()
    try:
        import signal  # noqa: PLC0415  (loaded by now; at the head it would be loaded before Ctrl-C is minded)

        signal.signal(signal.SIGINT, signal.SIG_IGN)
    except KeyboardInterrupt:
        pass
    return code


if __name__ == "__main__":
    sys.exit(command())
