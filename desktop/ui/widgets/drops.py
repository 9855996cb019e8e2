"""Files that are dropped on a widget, whatever of it they land on."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget


def paths_in(data: QMimeData) -> list[str]:
    """Return the files that were dropped or copied."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]


class FileDrops(QObject):
    """Takes files that are dropped on `widget` or on anything within `fields`, and gives their paths to `take`.

    A field of text would write the path of the file; with this it does not. `find` says which files are meant: where
    that is none, what is dropped is left to whom it is for.
    """

    def __init__(
        self,
        widget: QWidget,
        take: Callable[[list[str]], object],
        *fields: QWidget,
        find: Callable[[QMimeData], list[str]] = paths_in,
    ) -> None:
        super().__init__(widget)
        self._take = take
        self._find = find
        for one in (widget, *fields):
            one.setAcceptDrops(True)
            one.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)
        if event.type() not in kinds or not isinstance(event, QDropEvent):
            return False
        if not (paths := self._find(event.mimeData())):
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._take(paths)
        return True
