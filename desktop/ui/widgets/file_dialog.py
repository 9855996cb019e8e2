"""The dialog in which a file or a folder is chosen: the system's own, or Qt's where the system has none."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QToolButton

from desktop.ui import icons

ICONS = {
    "backButton": "chevron-left",
    "forwardButton": "chevron-right",
    "toParentButton": "arrow-up",
    "newFolderButton": "folder-plus",
    "listModeButton": "layout-grid",
    "detailModeButton": "list",
}


class FileDialog(QFileDialog):
    """Qt's dialog, with the program's icons: its own are black on dark."""

    def showEvent(self, event: QShowEvent) -> None:
        """Dress what is Qt's (called by Qt); the system's dialog has none of it."""
        for name, icon in ICONS.items():
            if button := self.findChild(QToolButton, name):
                button.setIcon(icons.icon(icon, "text"))
        super().showEvent(event)
