"""Makes or renews .venv for the Makefile: `environment.py .` for the program, `environment.py .[dev]` for its tests.

It is run by whatever Python the computer has, so it imports nothing of ours, and starts on an old one to say so.
"""

import subprocess
import sys
from pathlib import Path

VENV = Path(".venv")
PYTHON = VENV / "bin" / "python"


def works(python):
    """Whether `python` starts and has pip: a .venv dies with the Python it was made from, or half-way made."""
    try:
        return subprocess.run([python, "-c", "import pip"], stderr=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:
        return False


def main(project):
    """Install `project` in the versions of packaging/constraints.txt, or end with a sentence that says what to do."""
    if sys.version_info < (3, 11):
        found = ".".join(map(str, sys.version_info[:2]))
        sys.exit(f"Dukkan needs Python 3.11 or newer, and this is {found}; name a newer one: make PYTHON=python3.11")
    print(f"Setting up Dukkan in {VENV} (only now and after updates, a minute or two) …", flush=True)
    if not works(PYTHON):
        try:
            import ensurepip  # noqa: F401 - Debian keeps it in a package of its own
            import venv
        except ImportError:
            sys.exit("Python's venv and pip are not here yet; add them: sudo apt-get install python3-venv python3-pip")
        venv.create(VENV, clear=True, symlinks=True, with_pip=True)
    pip = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    done = subprocess.run([*pip, "--constraint", "packaging/constraints.txt", "--editable", project], check=False)
    if done.returncode:
        sys.exit("The libraries of Dukkan could not be installed, see above; check the connection and run make again.")


if __name__ == "__main__":
    main(sys.argv[1])
