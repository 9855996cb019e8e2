"""`python -m desktop`, and the `dukkan` command."""

import sys


def main() -> int:
    """Do what the arguments say and return the exit code; a failure is one sentence, never a traceback."""
    try:
        from desktop import cli

        return cli.main(sys.argv[1:])
    except KeyboardInterrupt:  # while loading
        return 130


if __name__ == "__main__":
    sys.exit(main())
