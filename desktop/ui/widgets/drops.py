"""Files that are dropped on a widget, whatever of it they land on."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget


class FileDrops(QObject):
    """Takes files that are dropped on `widget` or on anything within `fields`, and gives their paths to `take`.

    A field of text would write the path of the file; with this it does not.
    """

    def __init__(self, widget: QWidget, take: Callable[[list[str]], object], *fields: QWidget) -> None:
        super().__init__(widget)
        self._take = take
        for one in (widget, *fields):
            one.setAcceptDrops(True)
            one.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)
        if event.type() not in kinds or not isinstance(event, QDropEvent):
            return False
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if not paths:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._take(paths)
        return True
