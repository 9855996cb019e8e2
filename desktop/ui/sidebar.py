"""The sidebar: the shop's name, and a button for each page."""

from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.mirror import mirrored
from desktop.ui.widgets.labels import ElidedLabel, Label

WIDTH = 212
LEAST = 24  # px of an entry in the smallest window
BY_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class Place(NamedTuple):
    """A page as the sidebar shows it; places of one group stand together, the last group at the foot."""

    name: str
    title: str
    icon: str
    group: int


class Sidebar(QWidget):
    """Says by `chosen` which page somebody wants, by its name."""

    chosen = Signal(str)

    def __init__(self, places: list[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.look(self, "sidebar")
        self.setFixedWidth(theme.pixels(WIDTH))
        self.mark = Label()
        self.mark.setFixedSize(theme.pixels(28), theme.pixels(28))
        self.shop = ElidedLabel("", "heading")
        self.buttons = {place.name: NavButton(place) for place in places}
        self.group = QButtonGroup(self)
        head = QHBoxLayout()
        head.setContentsMargins(*(theme.pixels(n) for n in (6, 8, 4, 0)))
        head.setSpacing(theme.pixels(10))
        head.addWidget(self.mark)
        head.addWidget(self.shop, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.pixels(n) for n in (12, 12, 12, 12)))
        layout.setSpacing(theme.pixels(2))
        layout.addLayout(head)
        layout.addSpacerItem(_gap(16))
        last = places[0].group
        for place in places:
            if place.group != last:
                layout.addStretch() if place.group == places[-1].group else layout.addSpacerItem(_gap(14))
                last = place.group
            layout.addWidget(self.buttons[place.name])
            self.group.addButton(self.buttons[place.name])
        self.group.buttonClicked.connect(self._on_clicked)

    def show_icons(self) -> None:
        """Draw the icons too: they are read from a large archive, and the first paint does not wait for them."""
        side = self.mark.width()
        self.mark.setPixmap(self.window().windowIcon().pixmap(QSize(side, side), self.devicePixelRatioF()))
        for button in self.buttons.values():
            button.with_icon = True
            button.update()

    def set_shop(self, name: str) -> None:
        """Show the name of the open shop."""
        self.shop.setText(name)

    def set_current(self, name: str) -> None:
        """Mark the page that is shown."""
        self.buttons[name].setChecked(True)

    def set_count(self, name: str, count: str) -> None:
        """Show a number, already formatted, beside a page; "" for none."""
        self.buttons[name].set_count(count)

    def set_enabled(self, names: set[str]) -> None:
        """Let only these pages be chosen."""
        for name, button in self.buttons.items():
            button.setEnabled(name in names)

    @Slot(QAbstractButton)
    def _on_clicked(self, button: "NavButton") -> None:
        for other in self.buttons.values():
            if other is not button:
                other.forget_keys()
        self.chosen.emit(button.place.name)


def _gap(height: int) -> QSpacerItem:
    """Return room that gives way before the entries do: large letters in a low window."""
    return QSpacerItem(0, theme.pixels(height), QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Maximum)


class NavButton(QAbstractButton):
    """One page: an icon, a word, and a count at the far end."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.with_icon = False
        self._count = ""
        self._by_keys = False
        self.setText(place.title)
        self.setAccessibleName(place.title)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click goes to the page, and leaves the focus to it
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_count(self, count: str) -> None:
        """Show a number, already formatted."""
        if count != self._count:
            self._count = count
            self.setAccessibleDescription(count)
            self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in BY_KEYS:  # not as a new window has it, or as the quick search gives it back
            self._by_keys = True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() in (*BY_KEYS, Qt.FocusReason.MouseFocusReason):
            self._by_keys = False

    def forget_keys(self) -> None:
        """Show no more that the keyboard is here: the mouse has gone elsewhere."""
        if self._by_keys:
            self._by_keys = False
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.pixels(WIDTH - 24), theme.pixels(38))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), theme.pixels(LEAST))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marked, enabled = self.isChecked(), self.isEnabled()
        if marked or (self.underMouse() and enabled):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent-soft" if marked else "sunken"))
            painter.drawRoundedRect(QRectF(self.rect()), theme.RADIUS, theme.RADIUS)
        if self.hasFocus() and self._by_keys:
            theme.ring(painter, QRectF(self.rect()))
        tint = "accent" if marked else "text" if enabled else "border"
        side = theme.pixels(18)
        icon = QRect(theme.pixels(12), (self.height() - side) // 2, side, side)
        if self.with_icon:
            from desktop.ui.icons import pixmap

            shade = "accent" if marked else "muted" if enabled else "border"
            drawn = pixmap(self.place.icon, shade, side, self.devicePixelRatioF())
            painter.drawPixmap(self._place(icon).topLeft(), drawn)
        painter.setFont(theme.font("strong" if marked else "body"))
        painter.setPen(theme.colour(tint))
        metrics = QFontMetrics(painter.font())
        room = metrics.horizontalAdvance(self._count) + theme.pixels(12) if self._count else 0
        start = icon.right() + theme.pixels(12)
        words = QRect(start, 0, self.width() - start - room - theme.pixels(4), self.height())
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        self._draw(painter, words, True, text)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("accent" if marked else "muted"))
        self._draw(painter, QRect(words.right(), 0, room, self.height()), False, self._count)

    def _place(self, rect: QRect) -> QRect:
        """Return where `rect` is in this direction of reading."""
        return mirrored(rect, self.rect(), self.layoutDirection())

    def _draw(self, painter: QPainter, rect: QRect, leading: bool, text: str) -> None:
        side = Qt.AlignmentFlag.AlignLeading if leading else Qt.AlignmentFlag.AlignTrailing  # the painter mirrors it
        painter.drawText(self._place(rect), int((side | Qt.AlignmentFlag.AlignVCenter).value), text)
