"""Buttons: one filled one on a screen (`primary`), quiet ones beside it, flat and icon ones for the rest.

Connect their `clicked`. Texts are given as they are read (a `&` needs no doubling); keyboard focus draws a ring.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.clipboard import put_text
from desktop.ui.icons import icon as draw_icon
from desktop.ui.widgets.tips import plain

COPIED_FOR = 1500  # ms
BY_MOUSE = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


def announce(widget: QWidget, message: str) -> None:
    """Have a screen reader say `message`."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # 3 ms: nothing that a start waits for

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, message))


class Button(QPushButton):
    """A push button with a look, an optional lucide icon, and a ring when the keyboard brought the focus."""

    def __init__(self, text: str, icon: str = "", look: str = "quiet", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ringed = False
        self._look = look
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # a click leaves the field before, which then saves
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.set_text(text)
        self.set_icon(icon)
        theme.look(self, look)

    def set_text(self, text: str) -> None:
        """Show `text`, which is also what a screen reader says."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)

    def set_icon(self, name: str) -> None:
        """Show another icon of lucide, or none for ""."""
        tints = {"primary": "on-accent", "flat": "accent", "danger": "warn"}
        if name:
            self.setIcon(draw_icon(name, tints.get(self._look, "muted")))
            side = theme.pixels(18 if self._look == "icon" else 16)
            self.setIconSize(QSize(side + (theme.pixels(3) if self.text() else 0), side))

    def set_hint(self, hint: str, shortcut: QKeySequence | None = None) -> None:
        """Set the tool tip, with the keys that do the same."""
        keys = shortcut.toString(QKeySequence.SequenceFormat.NativeText) if shortcut else ""
        self.setToolTip(plain(f"{hint}  \u2066{keys}\u2069" if keys else hint))

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = event.reason() not in BY_MOUSE
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._ringed = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._ringed and self.hasFocus():
            self._draw_ring(QPainter(self))

    def _draw_ring(self, painter: QPainter) -> None:
        if self._look == "primary":
            theme.ring(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2), theme.RADIUS - 2, "on-accent")
        elif self._look == "chip":
            theme.ring(painter, QRectF(self.rect()), self.height() / 2)
        elif self._look == "toast-button":
            theme.ring(painter, QRectF(self.rect()), tint="background")
        else:
            theme.ring(painter, QRectF(self.rect()))


def primary(text: str, icon: str = "", hint: str = "", shortcut: QKeySequence | None = None) -> Button:
    """Return the filled button for the one main thing to do on a screen."""
    return _button(text, icon, "primary", hint, shortcut)


def quiet(text: str, icon: str = "", hint: str = "", shortcut: QKeySequence | None = None) -> Button:
    """Return a framed button."""
    return _button(text, icon, "quiet", hint, shortcut)


def flat(text: str, icon: str = "", hint: str = "", shortcut: QKeySequence | None = None) -> Button:
    """Return a button without a frame, in the accent."""
    return _button(text, icon, "flat", hint, shortcut)


def danger(text: str, icon: str = "trash-2", hint: str = "", shortcut: QKeySequence | None = None) -> Button:
    """Return a button without a frame for deleting."""
    return _button(text, icon, "danger", hint, shortcut)


def icon_button(icon: str, name: str, shortcut: QKeySequence | None = None) -> Button:
    """Return a button that is only an icon; `name` is its tool tip and what a screen reader says."""
    button = _button("", icon, "icon", name, shortcut)
    button.setAccessibleName(name)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return button


def row_of(*widgets: QWidget) -> QHBoxLayout:
    """Return a row that begins at the leading edge, of buttons in most cases."""
    row = QHBoxLayout()
    row.setSpacing(theme.pixels(8))
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return row


def room_for(button: Button, texts: Sequence[str]) -> QWidget:
    """Return a place for a button that says one of `texts` or is hidden: it takes the same room with all of them."""
    room = QWidget()
    row = QHBoxLayout(room)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
    widths = []
    for text in texts:
        button.set_text(text)
        widths.append(button.sizeHint().width())
    room.setMinimumSize(max(widths), button.sizeHint().height())
    return room


def _button(text: str, icon: str, look: str, hint: str, shortcut: QKeySequence | None) -> Button:
    button = Button(text, icon, look)
    button.set_hint(hint, shortcut)
    return button


class CopyButton(Button):
    """Copies the text that `source` returns when clicked, and says so on itself for a moment.

    Where `source` returns nothing there is nothing to copy, and the clipboard stays as it was.
    """

    copied = Signal(str)

    def __init__(
        self,
        text: str,
        source: Callable[[], str],
        look: str = "quiet",
        icon: str = "copy",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, icon, look, parent)
        self._words = text
        self._icon = icon
        self._source = source
        self._back = QTimer(self, interval=COPIED_FOR, singleShot=True)
        self._back.timeout.connect(self._on_back)
        self.clicked.connect(self._on_clicked)

    def set_text(self, text: str) -> None:
        super().set_text(text)
        if self._look == "icon":
            self.setText("")
            self.setToolTip(text)

    def sizeHint(self) -> QSize:
        """Return room for either text, so that nothing beside the button moves."""
        if self._look == "icon":
            return super().sizeHint()
        return self._size_for(self._words.replace("&", "&&")).expandedTo(self._size_for(_("Copied")))

    def _size_for(self, text: str) -> QSize:
        from PySide6.QtWidgets import QStyle, QStyleOptionButton  # see `desktop.ui.mirror`

        option = QStyleOptionButton()
        self.initStyleOption(option)
        inside = option.fontMetrics.size(Qt.TextFlag.TextShowMnemonic.value, text)
        inside = QSize(inside.width() + self.iconSize().width() + 4, max(inside.height(), self.iconSize().height()))
        return self.style().sizeFromContents(QStyle.ContentsType.CT_PushButton, option, inside, self)

    @Slot()
    def _on_clicked(self) -> None:
        text = self._source()
        if not text:
            return
        if refused := put_text(text):
            self.set_text(_("Not copied"))
            self.set_icon("triangle-alert")
            self._back.start()
            announce(self, refused)
            return
        self.set_text(_("Copied"))
        self.set_icon("check")
        self._back.start()
        announce(self, _("Copied"))
        self.copied.emit(text)

    @Slot()
    def _on_back(self) -> None:
        self.set_text(self._words)
        self.set_icon(self._icon)
