"""The log: a small file on this computer that tells what went wrong, without any customer's number in it."""

import logging
import os
import re
from contextlib import suppress
from pathlib import Path

from desktop import __version__, config

SIZE = 500_000  # bytes, of each of KEPT + 1 files
KEPT = 2
NAME = "dukkan.log"
# What opens doors: the user and password of an address, what follows such a word, and long words of letters and digits.
ADDRESS = re.compile(r"(?<=://)[^\s/@]+@")
SECRET = re.compile(
    r"(?i)\b(password|passwd|pwd|secret|token|api[_-]?key|authorization|bearer)(\W{1,4}(?:bearer\s+)?)\S+"
)
LONG = re.compile(r"\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9_-]{32,}\b")
NUMBER = re.compile(r"\+?\d(?:[ ()./\u00a0-]{0,2}\d){6,}")


def start() -> Path | None:
    """Send what is logged to a file and return its path, or None where none can be written. A second call is free.

    The file appears with its first line.
    """
    root = logging.getLogger()
    for handler in root.handlers:
        if isinstance(handler, _File):
            return handler.path
    folder = config.paths().log
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    file = _File(folder / NAME)
    root.addHandler(file)
    logging.getLogger("desktop").setLevel(logging.INFO)
    return file.path


def redact(text: str) -> str:
    """Return `text` without what is nobody's business.

    Every number of seven digits or more is left out, however it is grouped: it may be a phone's. So are passwords and
    tokens, and the name of the owner's folder.
    """
    text = SECRET.sub(r"\1\2(hidden)", ADDRESS.sub("(hidden)@", text))
    text = LONG.sub("(hidden)", text)
    home = str(Path.home())
    if len(home) > 1:
        text = text.replace(home, "~")
    return NUMBER.sub("(number)", text)


class _File(logging.Handler):
    """A file that is kept small. What writes it is loaded with the first line, which most starts never write."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            from logging.handlers import RotatingFileHandler

            with suppress(OSError):  # it is for its owner's eyes
                os.close(os.open(self.path, os.O_CREAT | os.O_WRONLY, 0o600))
            self._file = RotatingFileHandler(self.path, maxBytes=SIZE, backupCount=KEPT, encoding="utf-8", delay=True)
            self._file.setFormatter(_Redacted("%(levelname)s %(name)s: %(message)s"))
            self._file.handleError = _ignore  # type: ignore[assignment,method-assign]
        self._file.emit(record)

    def close(self) -> None:
        if self._file:
            self._file.close()
        super().close()


def _ignore(_record: logging.LogRecord) -> None:
    """Go on: a full disk is no reason to stop."""


class _Redacted(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return f"{self.formatTime(record)} {__version__} {redact(super().format(record))}"
