"""The log: a small file on this computer that tells what went wrong, without any customer's number in it."""

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

from desktop import __version__, config

SIZE = 500_000  # bytes, of each of KEPT + 1 files
KEPT = 2
NUMBER = re.compile(r"\+?\d(?:[ ()./\u00a0-]{0,2}\d){6,}")


def start() -> Path | None:
    """Send what is logged to a file and return its path, or None where none can be written. A second call is free.

    The file appears with its first line.
    """
    root = logging.getLogger()
    for handler in root.handlers:
        if isinstance(handler, _File):
            return Path(handler.baseFilename)
    folder = config.paths().log
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = _File(folder / "dukkan.log", maxBytes=SIZE, backupCount=KEPT, encoding="utf-8", delay=True)
    except OSError:
        return None
    file.setFormatter(_Redacted("%(levelname)s %(name)s: %(message)s"))
    root.addHandler(file)
    logging.getLogger("desktop").setLevel(logging.INFO)
    return Path(file.baseFilename)


def redact(text: str) -> str:
    """Return `text` with every number of seven digits or more left out, however it is grouped: it may be a phone's."""
    return NUMBER.sub("(number)", text)


class _File(RotatingFileHandler):
    """Our own, to be told from those of others. A full disk is no reason to stop."""

    def handleError(self, record: logging.LogRecord) -> None:
        pass


class _Redacted(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return f"{self.formatTime(record)} {__version__} {redact(super().format(record))}"
