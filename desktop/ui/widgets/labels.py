"""Text on the screen: always plain, so that nothing a person wrote is ever taken for markup."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.mirror import edge
from desktop.ui.theme import look as give_look
from desktop.ui.theme import pixels
from desktop.ui.widgets.tips import plain


def form_is_rtl() -> bool:
    """Say whether forms begin at the right edge."""
    return QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft


def leading() -> Qt.AlignmentFlag:
    """Return how a line stands in its place: at the edge where the form's lines begin, whatever it is written in."""
    return edge(QGuiApplication.layoutDirection()) | Qt.AlignmentFlag.AlignVCenter


class Label(QLabel):
    """A piece of text with a look: title heading section strong muted small warn accent code."""

    def __init__(self, text: str = "", look: str = "", wrap: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        # QLabel stands each text at the edge of its own direction: a number or a Latin name away from its form's.
        self.setAlignment(leading())
        self.setText(text)
        if look:
            give_look(self, look)

    def set_buddy(self, widget: QWidget) -> None:
        """Name `widget` by this label, for those who hear the screen; a `&` in the text stays one."""
        widget.setAccessibleName(self.text())
        self.setText(self.text().replace("&", "&&"))  # from here on Qt would take it for the mark of an access key
        self.setBuddy(widget)


class Labelled(QVBoxLayout):
    """What stands below its `label`, which is a heading in small; a widget that comes first is named by it.

    Not so where it takes no focus itself: a text below a heading is heard as what it says.
    """

    def __init__(self, words: str, *content: QWidget | QLayout) -> None:
        super().__init__()
        self.label = Label(words, "section")
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(pixels(4))
        self.addWidget(self.label)
        for part in content:
            if isinstance(part, QWidget):
                self.addWidget(part)
            else:
                self.addLayout(part)
        if isinstance(content[0], QWidget) and content[0].focusPolicy() != Qt.FocusPolicy.NoFocus:
            self.label.set_buddy(content[0])


class ElidedLabel(Label):
    """One line that ends in … where there is no room, and then shows all of it as a tool tip."""

    def __init__(
        self,
        text: str = "",
        look: str = "",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        self._mode = mode
        super().__init__(text, look, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("MM…"), super().minimumSizeHint().height())

    def setText(self, text: str) -> None:
        super().setText(text)
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def shown(self) -> str:
        """Return the text as it fits now."""
        return self.fontMetrics().elidedText(self._line(), self._mode, self.contentsRect().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        # The … belongs at the end of the text, not of the form: a link's is on its right in Arabic too.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        # Not by the style, whose many enumerations take the first paint 7 ms to be made.
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment().value), self.shown())

    def _tell(self) -> None:
        self.setToolTip(plain(self.text()) if self.shown() != self._line() else "")

    def _line(self) -> str:
        return self.text().replace("\n", " ")


class ValueLabel(Label):
    """A value to read, select and copy: a link, a number, a code.

    Give it the bare text, without isolation: what is selected is copied as it stands. With `ltr` it is laid out left
    to right, and stands at the leading edge of the form all the same.
    """

    def __init__(
        self, text: str = "", look: str = "", ltr: bool = False, wrap: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, look, wrap, parent)
        flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(flags)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        if ltr:
            self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
