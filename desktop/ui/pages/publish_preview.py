"""What will be given out, as it will look: a page drawn small, the first rows, the first pages, the messages."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.exchange.publish_previews import Front, Messages, Pages, Preview, Rows
from desktop.i18n import _, formats
from desktop.services import marks
from desktop.ui import theme
from desktop.ui.widgets.bubbles import Bubble, BubbleView, shortened
from desktop.ui.widgets.buttons import CopyButton
from desktop.ui.widgets.front_view import FrontView
from desktop.ui.widgets.labels import Label

CELL = 80  # letters of a cell


class RowsView(QTableWidget):
    """The first rows of a table; what is in a cell is never taken for markup or a formula."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("The first rows"))
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # its columns are for machines
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # it is as high as its rows
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
        self.horizontalHeader().setDefaultAlignment(left | Qt.AlignmentFlag.AlignVCenter)

    def show_rows(self, rows: Rows) -> None:
        """Show a table's headings and its first rows."""
        self.setColumnCount(len(rows.headings))
        self.setRowCount(len(rows.rows))
        self.setHorizontalHeaderLabels(list(rows.headings))
        for number, row in enumerate(rows.rows):
            for column, text in enumerate(row):
                self.setItem(number, column, QTableWidgetItem(" ".join(text[:CELL].split())))
        high = self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()
        high += (
            sum(self.rowHeight(row) for row in range(len(rows.rows))) + self.horizontalScrollBar().sizeHint().height()
        )
        self.setFixedHeight(high)
        for column in range(len(rows.headings)):
            self.resizeColumnToContents(column)
            self.setColumnWidth(column, min(self.columnWidth(column) + theme.pixels(8), theme.pixels(220)))


class PageView(QWidget):
    """One page, as wide as there is room, never mirrored."""

    def __init__(self, picture: QImage) -> None:
        super().__init__()
        self._picture = picture
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        wide = min(width, self._widest())
        return round(wide * self._picture.height() / max(1, self._picture.width()))

    def sizeHint(self) -> QSize:
        return QSize(self._widest(), self.heightForWidth(self._widest()))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.pixels(160), theme.pixels(160))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF((self.width() - size.width()) / 2, 0, size.width(), size.height())
        painter.drawImage(place, self._picture)
        painter.setPen(theme.colour("line"))
        painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))

    def _widest(self) -> int:
        return theme.pixels(320)


class Leaves(QWidget):
    """Pages, two beside each other."""

    def __init__(self, pages: Sequence[PageView]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.pixels(12))
        for number, page in enumerate(pages):
            grid.addWidget(page, number // 2, number % 2)
            grid.setColumnStretch(number % 2, 1)
        self.setAccessibleName(_("The first pages"))


class _Chat(QWidget):
    """The ground that bubbles stand on."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("chat"))
        painter.drawRoundedRect(self.rect(), theme.RADIUS, theme.RADIUS)


class PreviewView(QWidget):
    """Shows a Preview of any form. Messages have a button each; `copied` tells which one was copied, and its text."""

    copied = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self.front = FrontView()
        self.rows = RowsView()
        self.nothing = Label("", "muted", wrap=True)
        self.copies: list[CopyButton] = []
        self._column = QWidget()  # of messages or pages
        self._inside = QVBoxLayout(self._column)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(theme.pixels(12))
        self._shown: list[QWidget] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.front, self.rows, self._column, self.nothing):
            layout.addWidget(widget)
            widget.hide()
        layout.addStretch()

    def show_preview(self, preview: Preview) -> None:
        """Show what was made for looking at."""
        match preview:
            case Front():
                self.front.show_front(preview)
                self._only(self.front)
            case Rows():
                self.rows.show_rows(preview)
                self._only(self.rows)
            case Messages():
                self._show_messages(preview.texts, preview.advice)
                self._only(self._column)
            case Pages():
                self._fill([Leaves([PageView(QImage.fromData(page)) for page in preview.pictures])])
                self._only(self._column)

    def say(self, sentence: str) -> None:
        """Say why there is nothing to look at."""
        self.nothing.setText(sentence)
        self._only(self.nothing)

    def _only(self, shown: QWidget) -> None:
        for widget in (self.front, self.rows, self._column, self.nothing):
            widget.setVisible(widget is shown)

    def _show_messages(self, texts: Sequence[str], advice: str) -> None:
        self.copies = []
        widgets: list[QWidget] = [Label(advice, "warn", wrap=True)] if advice else []
        for number, text in enumerate(texts):
            chat = _Chat()
            around = theme.pixels(12)
            column = QVBoxLayout(chat)
            column.setContentsMargins(around, around, around, around)
            column.setSpacing(theme.pixels(8))
            words = _("Copy the message")
            if len(texts) > 1:
                # TRANSLATORS: one of several messages that are copied one after the other: "Copy 1 of 3".
                words = _("Copy {number}").format(number=formats.of(number + 1, len(texts)))
            button = CopyButton(words, partial(str, text))
            button.copied.connect(partial(self.copied.emit, number))
            row = QHBoxLayout()
            row.addStretch()
            row.addWidget(button)
            column.addLayout(row)
            column.addWidget(BubbleView(Bubble(marks.parse(shortened(text))), mine=True))
            self.copies.append(button)
            widgets.append(chat)
        self._fill(widgets)

    def _fill(self, widgets: Sequence[QWidget]) -> None:
        for widget in self._shown:
            self._inside.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown = list(widgets)
        for widget in self._shown:
            self._inside.addWidget(widget)
