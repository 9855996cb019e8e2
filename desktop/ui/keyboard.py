"""What keys do alike in all windows: what Tab comes to is in sight, and shortcuts are heard on an Arabic layout.

Ctrl+ئ is the key of Ctrl+Z, and does what Ctrl+Z does. Some systems give the Latin letter of the key by themselves
while Ctrl is held; where one does not, this does.
"""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.widgets.focus import reveal

LETTERS = dict(zip("ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظ", "QWERTYUIOP[]ASDFGHJKL;'ZXCVNM,./", strict=True))
DIGITS = dict(zip("٠١٢٣٤٥٦٧٨٩", "0123456789", strict=True))
BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
KEYS = {ord(theirs): Qt.Key(ord(ours)) for theirs, ours in (LETTERS | DIGITS).items()}


class Keyboard(QObject):
    """An event filter of the application."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Scroll to what Tab comes to, and send the Latin key of a shortcut on; True if that is done."""
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.FocusIn) or not isinstance(watched, QWidget):
            return False
        if isinstance(event, QFocusEvent) and event.reason() in BY_TAB:
            QTimer.singleShot(0, watched, partial(reveal, watched))  # after Qt's own scrolling, for the cursor
        return isinstance(event, QKeyEvent) and _send_latin(watched, event)


def _send_latin(watched: QWidget, event: QKeyEvent) -> bool:
    """Send the Latin key of a shortcut typed with another layout on, if no shortcut and no editor takes it as it is."""
    key = KEYS.get(int(event.key()))
    held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier & ~Qt.KeyboardModifier.KeypadModifier
    if key is None or held != Qt.KeyboardModifier.ControlModifier:  # with Alt it may be AltGr, which types
        return False
    override = _latin(event, key, QEvent.Type.ShortcutOverride)
    override.ignore()
    QApplication.sendEvent(watched, override)
    if override.isAccepted() or not _act(watched, override):
        QApplication.sendEvent(watched, _latin(event, key, QEvent.Type.KeyPress))
    return True


def _latin(event: QKeyEvent, key: Qt.Key, kind: QEvent.Type) -> QKeyEvent:
    return QKeyEvent(kind, key, event.modifiers(), "", event.isAutoRepeat(), event.count())


def _act(widget: QWidget, event: QKeyEvent) -> bool:
    """Do what the window has this key for, and say whether there was anything that can be done now."""
    pressed = QKeySequence(event.keyCombination())
    window = widget.window()
    for action in window.findChildren(QAction):
        if action.isEnabled() and pressed in action.shortcuts():
            action.trigger()
            return True
    for shortcut in window.findChildren(QShortcut):
        owner = shortcut.parent()
        keys = shortcut.keys()
        if shortcut.isEnabled() and pressed in keys and isinstance(owner, QWidget) and owner.isVisible():
            shortcut.activated.emit()
            return True
    return False
