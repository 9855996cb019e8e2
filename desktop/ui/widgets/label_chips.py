"""Labels as one sees them: a coloured dot with a word beside it, as widgets and painted into rows of a list."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import _, formats
from desktop.ui import theme
from desktop.ui.mirror import edge, mirrored
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.swatches import colour_of, name_of
from desktop.ui.widgets.tips import plain

Words = Sequence[tuple[str, int]]  # a word, and the number of its colour
DOT = 10  # px across
WIDEST = 180  # px of one chip: longer words end in …


class LabelChip(QWidget):
    """One label; the tool tip says its whole word and its colour by name, for nobody tells by colour alone."""

    def __init__(self, word: str, colour: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.word = word
        self.colour = colour
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(spoken(word, colour))
        self.setToolTip(plain(spoken(word, colour)))

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font("small"))
        return QSize(chip_width(metrics, self.word), chip_height(metrics))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font("small"))
        draw_chip(painter, self.rect(), self.word, self.colour, self.layoutDirection())


class LabelChips(QWidget):
    """The labels of one customer, in as many lines as they need."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._flow = FlowLayout(self, theme.pixels(6))
        self._words: list[tuple[str, int]] = []

    def set_labels(self, words: Words) -> None:
        """Show these instead."""
        if list(words) == self._words:
            return
        self._words = list(words)
        while (item := self._flow.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for word, colour in self._words:
            chip = LabelChip(word, colour)
            self._flow.addWidget(chip)
            chip.show()
        self.updateGeometry()

    def labels(self) -> list[tuple[str, int]]:
        """Return what is shown."""
        return list(self._words)


def spoken(word: str, colour: int) -> str:
    """Return a label as one sentence, its colour by name."""
    # TRANSLATORS: a label, and what its colour is called.
    return _("{label} · {colour}").format(label=formats.auto(word), colour=name_of(colour))


def chip_height(metrics: QFontMetrics) -> int:
    """Return how high a chip is in this font."""
    return metrics.height() + theme.pixels(4)


def chip_width(metrics: QFontMetrics, word: str) -> int:
    """Return how wide a chip is in this font, WIDEST at most."""
    return min(metrics.horizontalAdvance(word) + theme.pixels(DOT + 24), theme.pixels(WIDEST))


def draw_chip(painter: QPainter, place: QRect, word: str, colour: int, direction: Qt.LayoutDirection) -> None:
    """Draw one label into `place` with the painter's font: the dot at its beginning, then the word."""
    inside, side = theme.pixels(8), theme.pixels(DOT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.colour("line"))
    painter.setBrush(theme.colour("sunken"))
    painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), place.height() / 2, place.height() / 2)
    disc = QRect(place.x() + inside, place.y() + (place.height() - side) // 2, side, side)
    painter.setPen(theme.colour("border"))  # a colour near the ground is seen all the same
    painter.setBrush(colour_of(colour))
    painter.drawEllipse(QRectF(mirrored(disc, place, direction)))
    words = place.adjusted(inside + side + theme.pixels(5), 0, -inside + 1, 0)
    painter.setPen(theme.colour("text"))
    flags = edge(direction) | Qt.AlignmentFlag.AlignVCenter
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    shown = painter.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, words.width())
    painter.drawText(mirrored(words, place, direction), int(flags.value), shown)
    painter.restore()


def draw_chips(painter: QPainter, place: QRect, words: Words, direction: Qt.LayoutDirection) -> int:
    """Draw labels in one line from the leading edge of `place`, with "+2" for those without room; return the width."""
    metrics = painter.fontMetrics()
    gap, x = theme.pixels(6), place.x()
    top = place.y() + (place.height() - chip_height(metrics)) // 2
    for number, (word, colour) in enumerate(words):
        left = len(words) - number
        # TRANSLATORS: how many more labels there are, without room to show them.
        more = _("+{n}").format(n=formats.number(left))
        room = place.right() + 1 - x - (gap + metrics.horizontalAdvance(more) if left > 1 else 0)
        if chip_width(metrics, word) > room and (number or room < theme.pixels(DOT + 40)):
            box = QRect(x, top, metrics.horizontalAdvance(more) + 2, chip_height(metrics))
            painter.setPen(theme.colour("muted"))
            painter.drawText(mirrored(box, place, direction), int(Qt.AlignmentFlag.AlignCenter.value), more)
            return box.right() - place.x()
        box = QRect(x, top, min(chip_width(metrics, word), room), chip_height(metrics))
        draw_chip(painter, mirrored(box, place, direction), word, colour, direction)
        x = box.right() + 1 + gap
    return x - place.x()
