"""A crash, written down where even a dying program can write, and told as one text the next time.

The text holds what the system wrote as the program died, the end of the log, and facts about the system; no number that
may be a phone's, no password or token, and no name of the owner's folder.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from desktop import __version__, config, log

FAULT = "fault.txt"  # what is written as the program dies; empty while it lives
LINES = 80  # of the log, the last ones
PACKAGES = ("PySide6-Essentials", "SQLAlchemy", "psycopg")

_file: TextIO | None = None  # open as long as the program lives


def take() -> str:
    """Return the report of the last crash, once; "" if there was none. It is kept as crash.txt beside the log."""
    folder = config.paths().log
    try:
        fault = (folder / FAULT).read_text("utf-8", "replace")
        if not fault.strip():
            return ""
        text = write(fault)
        _write(folder / "crash.txt", text)
        (folder / FAULT).unlink()
    except OSError:
        return ""
    return text


def listen() -> None:
    """Have the system write down where the program was when it dies of a fault, if the log's folder can be written."""
    import faulthandler

    global _file
    if _file is not None or faulthandler.is_enabled():  # by us, or by whoever started Python so
        return
    path = config.paths().log / FAULT
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        _file = os.fdopen(descriptor, "w", encoding="utf-8")
        faulthandler.enable(_file)


def stop() -> None:
    """End in peace: nothing is left that looks like a crash."""
    global _file
    if _file is not None:
        import faulthandler

        faulthandler.disable()
        _file.close()
        _file = None
        path = config.paths().log / FAULT
        with suppress(OSError):
            if not path.stat().st_size:
                path.unlink()


def write(fault: str) -> str:
    """Return a report of a fault: facts about the system, the fault, and the end of the log."""
    known = log.redact("\n".join(["Dukkan crash report", *facts(), "", fault.strip()]))
    return "\n".join([known, "", "The end of the log:", *_last_lines()]) + "\n"  # what is logged is redacted there


def facts() -> list[str]:
    """Return lines about the program and the system that it runs on; nothing about the owner."""
    import platform
    import sqlite3
    from importlib.metadata import PackageNotFoundError, version

    found = {"Dukkan": __version__, "Python": platform.python_version(), "System": platform.platform()}
    for package in PACKAGES:
        with suppress(PackageNotFoundError):
            found[package] = version(package)
    found["SQLite"] = sqlite3.sqlite_version
    found["Desktop"] = os.environ.get("XDG_SESSION_TYPE", "") or sys.platform
    return [f"{name}: {value}" for name, value in found.items()]


def _last_lines() -> list[str]:
    try:
        return (config.paths().log / log.NAME).read_text("utf-8", "replace").splitlines()[-LINES:]
    except OSError:
        return []


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
