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


if __name__ == "__main__":
    sys.exit(main())
