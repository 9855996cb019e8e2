"""Opens Dukkan for `make run`, or takes the tour of it where there is no display."""

import os
import sys

import prepare
from desktop import system


def main() -> int:
    """Return the exit code of the `dukkan` command, or 69 if the system lacks what Qt needs."""
    if unavailable := prepare.main():
        return unavailable
    if not system.has_display():
        print("There is no display here, so Dukkan shows itself in pictures: the tour, in build/tour.", flush=True)
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        sys.argv[1:] = ["tour", "--out", "build/tour"]

    from desktop.__main__ import main as dukkan

    return dukkan()


if __name__ == "__main__":
    sys.exit(main())
