"""Closing the open shop for something that is done to its file, and opening it again where that cannot be done."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from desktop.ui.main_window import MainWindow

Open = Callable[[Path | str], None]


def close_shop(window: "MainWindow", again: Callable[[], Any]) -> Path | str | None:
    """Close the open shop once what is typed is saved, and return where it is; None if it is not closed.

    While a backup holds a moment of it, it is not: `again` is called when that has ended.
    """
    context = window.context
    if context is None or not window.commit():
        return None
    if context.backups.busy:
        context.backups.rested.connect(again, Qt.ConnectionType.SingleShotConnection)
        return None
    shop = context.database.where
    context.backups.stop()  # where the shop is kept beside itself, the backups stay as they were seen
    window.close_shop_now()
    return shop


def open_again(window: "MainWindow", open_: Callable[[Any], None], shop: Path | str, error: Exception) -> None:
    """Open a shop as it was before, and say why nothing was done to it; a slip of the program is raised."""
    from desktop.ui.context import complaint

    open_(shop)
    window.tell(complaint(error))
