"""Shortcuts when the Arabic keyboard layout is on: Ctrl+ئ is the key of Ctrl+Z, and does what Ctrl+Z does.

Some systems give the Latin letter of the key by themselves while Ctrl is held; where one does not, this does.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

LETTERS = dict(zip("ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظ", "QWERTYUIOP[]ASDFGHJKL;'ZXCVNM,./", strict=True))
DIGITS = dict(zip("٠١٢٣٤٥٦٧٨٩", "0123456789", strict=True))
KEYS = {ord(theirs): Qt.Key(ord(ours)) for theirs, ours in (LETTERS | DIGITS).items()}


class OtherLayout(QObject):
    """An event filter of the application. It acts only on what no shortcut and no editor has taken as it is."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Send the Latin key of a shortcut typed with another layout on; True if that is done."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        key = KEYS.get(int(event.key()))
        if key is None or not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        override = _latin(event, key, QEvent.Type.ShortcutOverride)
        override.ignore()
        QApplication.sendEvent(watched, override)
        action = None if override.isAccepted() else _action(watched, override)
        if action is not None:
            action.trigger()
        else:
            QApplication.sendEvent(watched, _latin(event, key, QEvent.Type.KeyPress))
        return True


def _latin(event: QKeyEvent, key: Qt.Key, kind: QEvent.Type) -> QKeyEvent:
    return QKeyEvent(kind, key, event.modifiers(), "", event.isAutoRepeat(), event.count())


def _action(widget: QWidget, event: QKeyEvent) -> QAction | None:
    """Return the action of the window that has this key, if it can be done now."""
    pressed = QKeySequence(event.keyCombination())
    for action in widget.window().findChildren(QAction):
        if action.isEnabled() and any(keys == pressed for keys in action.shortcuts()):
            return action
    return None
