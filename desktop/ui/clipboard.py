"""Putting something on the clipboard, and noticing when the system does not take it."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from desktop.i18n import _


def put_text(text: str) -> str:
    """Put a text on the clipboard as it is, and return "" or, where another program holds it, what to tell."""
    board = QGuiApplication.clipboard()
    board.setText(text)
    return "" if board.ownsClipboard() or board.text() == text else refusal()


def put_data(data: QMimeData) -> str:
    """Put a picture or a file on the clipboard, which keeps `data`, and return what `put_text` does."""
    board = QGuiApplication.clipboard()
    formats = set(data.formats())
    board.setMimeData(data)
    there = board.mimeData()
    return "" if board.ownsClipboard() or (there is not None and formats <= set(there.formats())) else refusal()


def refusal() -> str:
    """Return what to tell where the clipboard did not take something."""
    return _("The clipboard did not take it: another program may be holding it. Copy it again.")
