"""A list of people: a disc with the first letter, name and number, labels, and what is to be known of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.widgets.card_grid import CardGrid
from desktop.ui.widgets.card_model import Face
from desktop.ui.widgets.card_painter import RowDelegate
from desktop.ui.widgets.label_chips import draw_chips

AT_ONCE = 16  # rows that are loaded together: about as many as are in sight


@dataclass(frozen=True)
class PersonFace(Face):
    """What a row says of a person; `code` is how they are reached, `labels` are (name, colour)."""

    labels: tuple[tuple[str, int], ...] = ()

    def spoken(self) -> str:
        words = (self.title, self.code, *(name for name, _colour in self.labels), *self.badges)
        return _(", ").join(part for part in words if part)


class PeopleList(CardGrid):
    """Rows of people in any number, of which only those in sight are ever loaded."""

    def __init__(
        self, name: str, load: Callable[[Sequence[int]], Mapping[int, PersonFace]], parent: QWidget | None = None
    ) -> None:
        super().__init__(name, load, _no_picture, parent)
        self._delegates = (self._delegates[0], PersonDelegate(_no_picture, self))
        self.cards.at_once = AT_ONCE
        self.set_as_list(True)


class PersonDelegate(RowDelegate):
    """A row: the disc, the name over how they are reached, and at the far end badges and labels."""

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, face: PersonFace) -> None:
        area = option.rect.adjusted(theme.pixels(10), theme.pixels(7), -theme.pixels(12), -theme.pixels(7))
        disc = QRect(area.topLeft(), QSize(area.height(), area.height()))
        self._disc(painter, self._mirrored(option, disc), face)
        end = area.width() * 2 // 5 if face.labels or face.badges else 0
        start = disc.right() + theme.pixels(12)
        half = area.height() // 2
        name = QRect(start, area.y() if face.code else area.y() + half // 2, area.right() - start - end, half)
        self._title(painter, option, name, face)
        self._code(painter, option, name.translated(0, half), face)
        far = QRect(area.right() - end + theme.pixels(8), area.y(), end - theme.pixels(8), area.height())
        if face.badges:
            metrics = self._font("small")[1]
            tall = metrics.height() + theme.pixels(4)
            self._badges(painter, option, far.adjusted(0, (far.height() - tall) // 2, 0, 0), face.badges)
            used = sum(metrics.horizontalAdvance(word) + theme.pixels(22) for word in face.badges)
            far.setX(min(far.x() + used, far.right()))
        painter.setFont(self._font("small")[0])
        draw_chips(painter, self._mirrored(option, far), face.labels, option.direction)

    def _disc(self, painter: QPainter, place: QRect, face: PersonFace) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("sunken" if face.faded else "accent-soft"))
        painter.drawEllipse(place)
        letter = next((char for char in face.title if char.isalnum()), "")
        painter.setPen(theme.colour("muted" if face.faded else "accent"))
        painter.setFont(self._font("strong")[0])
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter.value), letter.upper())


def _no_picture(_key: str | None) -> None:
    return None
