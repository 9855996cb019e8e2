"""The panel on the trailing side: what is chosen, in sections, with its actions always in sight at the bottom."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui import icons, theme
from desktop.ui.mirror import mirrored
from desktop.ui.widgets.buttons import Button, row_of
from desktop.ui.widgets.focus import stops, tab_here
from desktop.ui.widgets.scroll import Scroll


class Disclosure(Button):
    """A section's title with a chevron: onwards while folded, down while open."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, look="disclosure", parent=parent)
        self.setCheckable(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = theme.pixels(14)
        middle = (self.height() - side) // 2
        arrow = QRect(0, middle, side, side)
        words = QRect(side + theme.pixels(6), 0, self.width() - side - theme.pixels(6), self.height())
        arrow, words = (mirrored(rect, self.rect(), self.layoutDirection()) for rect in (arrow, words))
        tint = "accent" if self.underMouse() else "muted"
        name = "chevron-down" if self.isChecked() else "chevron-right"
        painter.drawPixmap(arrow, icons.pixmap(name, tint, side, self.devicePixelRatioF()))
        painter.setFont(theme.font("section"))
        painter.setPen(theme.colour(tint))
        flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        flags = self.style().visualAlignment(self.layoutDirection(), flags)
        painter.drawText(words, flags | Qt.TextFlag.TextShowMnemonic, self.text())
        if self._ringed and self.hasFocus():
            theme.ring(painter, QRectF(self.rect()))


class Section(QWidget):
    """A title that folds what is below it; `toggled(open)` tells.

    `build(section)` is called when it is opened for the first time: what nobody looks at need not be made.
    """

    toggled = Signal(bool)

    def __init__(
        self,
        title: str,
        folded: bool = False,
        build: "Callable[[Section], None] | None" = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._build = build
        self.header = Disclosure(title)
        self._inside = QWidget()
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.pixels(12))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.pixels(8))
        layout.addWidget(self.header)
        layout.addWidget(self._inside)
        self.header.toggled.connect(self._on_toggled)
        self.header.setChecked(not folded)
        self._inside.setVisible(not folded)
        self._build_once()

    def add(self, content: QWidget | QLayout) -> None:
        """Put `content` below what is there."""
        if isinstance(content, QWidget):
            self.body.addWidget(content)
        else:
            self.body.addLayout(content)

    def is_folded(self) -> bool:
        """Say whether only the title is seen."""
        return not self.header.isChecked()

    def set_folded(self, folded: bool) -> None:
        """Fold or open the section."""
        self.header.setChecked(not folded)

    def _build_once(self) -> None:
        if self._build and not self.is_folded():
            build, self._build = self._build, None
            build(self)
            tab_here(self.header, stops(self._inside))

    @Slot(bool)
    def _on_toggled(self, opened: bool) -> None:
        self._build_once()
        self._inside.setVisible(opened)
        self.toggled.emit(opened)


class Inspector(QWidget):
    """A body that scrolls, filled from the top with `add`, over a bar of actions (`add_action`) that never does."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        theme.look(self, "surface")
        around = theme.pixels(16)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(around, around, around, around)
        self.body = QVBoxLayout()
        self.body.setSpacing(around)
        column.addLayout(self.body)
        column.addStretch()
        self.area = Scroll(inside)
        self._line = QWidget()
        theme.look(self._line, "line")
        self._line.setFixedHeight(1)
        self._bar = QWidget()
        self._actions = QHBoxLayout(self._bar)
        self._actions.setContentsMargins(around, theme.pixels(8), around, theme.pixels(8))
        self._actions.setSpacing(theme.pixels(8))
        self._actions.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.area, self._line, self._bar):
            layout.addWidget(widget)
        for widget in (self._line, self._bar):
            widget.hide()
        self.setMinimumWidth(theme.pixels(300))

    def add(self, content: QWidget | QLayout) -> None:
        """Put `content` below what is there."""
        if isinstance(content, QWidget):
            self.body.addWidget(content)
        else:
            self.body.addLayout(content)

    def add_section(self, title: str, folded: bool = False, build: Callable[[Section], None] | None = None) -> Section:
        """Return a new section below what is there."""
        section = Section(title, folded, build)
        self.body.addWidget(section)
        return section

    def add_action(self, button: QWidget, leading: bool = False) -> None:
        """Pin `button` at the bottom, on the trailing side, or with `leading` on the other."""
        if leading:
            fills = button.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Expanding
            self._actions.insertWidget(0, button, int(fills))
        else:
            self._actions.addWidget(button)
        for widget in (self._line, self._bar):
            widget.show()


def side_by_side(*fields: QWidget, shares: Sequence[int] = (1, 1)) -> QHBoxLayout:
    """Return fields beside each other, what each says of itself below it; `shares` of the width are theirs."""
    row = QHBoxLayout()
    row.setSpacing(theme.pixels(8))
    for field, share in zip(fields, shares, strict=True):
        row.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
    return row


class Verbs(QWidget):
    """What stays in sight below an inspector: two buttons to send with, below them the rest of what one does."""

    def __init__(
        self, send: tuple[Button, Button], other: Button, *small: Button, above: QWidget | None = None
    ) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        first, second = QHBoxLayout(), row_of(other)
        first.setSpacing(theme.pixels(8))
        for button, share in zip(send, (3, 2), strict=True):
            first.addWidget(button, share)
        for button in small:
            second.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(4))
        if above:
            column.addWidget(above)
        column.addLayout(first)
        column.addLayout(second)
