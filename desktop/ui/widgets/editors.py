"""The boxes that are typed or chosen in: Qt's own, with the manners that a self-saving field needs.

Each tells when it is entered and left (a menu or list of its own that opens does not count) and when Escape asks for
the stored value back, and leaves Ctrl+Z to the Edit menu while it has nothing unsaved.
"""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QStyledItemDelegate,
    QTextEdit,
    QWidget,
)

from desktop.i18n.folding import fold
from desktop.ui import icons, theme
from desktop.ui.mirror import mirrored
from desktop.ui.widgets.labels import Label, form_is_rtl, leading

REVERSALS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
SEARCHABLE_FROM = 13  # choices
MARGIN = 4  # around a document, as Qt has it


class Line(QLineEdit):
    """One line, beginning at the form's leading edge whatever it is written in; the text itself runs its own way.

    `prefix` and `suffix` stand inside the frame, quietly: a currency, say.
    """

    entered = Signal()
    left = Signal()
    escaped = Signal()
    unsaved = False

    def __init__(self, ltr: bool = False, prefix: str = "", suffix: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(leading())
        if ltr:
            self._run_left_to_right()
        self._beside: tuple[Label, Label] | None = None  # prefix and suffix, where there ever was one
        self._set_beside(prefix, suffix)

    def set_suffix(self, suffix: str) -> None:
        """Show another suffix, or none for ""."""
        self._set_beside(self._beside[0].text() if self._beside else "", suffix)

    def minimumSizeHint(self) -> QSize:
        margins = self.textMargins()
        room = self.fontMetrics().horizontalAdvance("0") * 5 + margins.left() + margins.right() + 2 * theme.pixels(12)
        return QSize(room, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        if intercepts(self, event):
            return event.isAccepted()
        result = super().event(event)
        report(self, event)
        return result

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.home(False)  # Tab had selected all of it, and shown its end

    def _set_beside(self, *words: str) -> None:
        if self._beside is None and not any(words):
            return  # as most lines are
        self._beside = self._beside or self._make_beside()
        room = []
        for label, text in zip(self._beside, words, strict=True):
            label.setText(text)
            label.setVisible(bool(text))
            room.append(label.sizeHint().width() + theme.pixels(8) if text else 0)
        leading, trailing = reversed(room) if form_is_rtl() else room
        self.setTextMargins(leading, 0, trailing, 0)

    def _make_beside(self) -> tuple[Label, Label]:
        prefix, suffix = (Label("", "muted", parent=self) for _ in range(2))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.pixels(12), 0, theme.pixels(12), 0)
        row.addWidget(prefix)
        row.addStretch()
        row.addWidget(suffix)
        for label in (prefix, suffix):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return prefix, suffix

    def _run_left_to_right(self) -> None:
        # QLineEdit takes its text's direction from the text, and offers only this key to say otherwise.
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Direction_L, Qt.KeyboardModifier.NoModifier)
        self.keyPressEvent(key)


class Text(QTextEdit):
    """Several lines of plain text, each paragraph in its own direction; grows with what is written; Tab leaves it."""

    entered = Signal()
    left = Signal()
    escaped = Signal()
    unsaved = False

    def __init__(self, lines: tuple[int, int] = (3, 10), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        option = QTextOption(self.document().defaultTextOption())
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        self._direct()
        self.textChanged.connect(self._direct)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self._on_size_changed()

    def event(self, event: QEvent) -> bool:
        if intercepts(self, event):
            return event.isAccepted()
        result = super().event(event)
        report(self, event)
        if event.type() in (QEvent.Type.Polish, QEvent.Type.StyleChange, QEvent.Type.FontChange):
            if self._lines[0] == 1:
                self._be_as_tall_as_a_line()
            self._on_size_changed()
        return result

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._on_size_changed()

    def set_lines(self, fewest: int, most: int) -> None:
        """Let it be so many lines high at least and at most; the rest is scrolled to."""
        self._lines = (fewest, most)
        self._on_size_changed()

    def _be_as_tall_as_a_line(self) -> None:
        """Leave so much above and below the first line that the field stands well beside one of a single line."""
        margin = max(0.0, (theme.line_height() - theme.pixels(3) * 2 - 2 - self.fontMetrics().lineSpacing()) / 2)
        side = max(0, round(MARGIN - margin))
        self.document().setDocumentMargin(margin)
        self.setViewportMargins(side, 0, side, 0)

    @Slot()
    def _direct(self) -> None:
        """Let each paragraph run its own way; in an empty text the cursor waits where the form's lines begin."""
        form = Qt.LayoutDirection.RightToLeft if form_is_rtl() else Qt.LayoutDirection.LeftToRight
        wanted = form if self.document().isEmpty() else Qt.LayoutDirection.LayoutDirectionAuto
        option = QTextOption(self.document().defaultTextOption())
        if option.textDirection() != wanted:
            option.setTextDirection(wanted)
            self.document().setDefaultTextOption(option)

    @Slot()
    def _on_size_changed(self) -> None:
        around = self.height() - self.viewport().height() if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else 0
        around = max(around, theme.pixels(3) * 2 + 2)
        margins = round(2 * self.document().documentMargin())
        fewest, most = (lines * self.fontMetrics().lineSpacing() + margins for lines in self._lines)
        wanted = min(max(round(self.document().size().height()), fewest), most)
        self.setFixedHeight(wanted + around)


class Finder(QCompleter):
    """Finds labels by any part of them, however it is spelled."""

    FOLDED = Qt.ItemDataRole.UserRole

    def __init__(self, labels: QAbstractItemModel, parent: QWidget) -> None:
        super().__init__(labels, parent)
        self.setCompletionRole(self.FOLDED)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)

    def splitPath(self, path: str) -> list[str]:
        return [fold(path)]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.DisplayRole))


class Choice(QComboBox):
    """A list to choose from, searchable by any part of a label when it is long; the wheel scrolls the form, not it."""

    entered = Signal()
    left = Signal()
    escaped = Signal()
    unsaved = False

    def __init__(self, choices: Sequence[tuple[object, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: list[object] = []
        self._opened = False
        self._finder: Finder | None = None  # of a long list that was gone to
        self.setMaxVisibleItems(12)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[object, str]]) -> None:
        """Offer these (value, label) pairs; the value chosen stays chosen where it is still offered."""
        value = self.value()
        self._values = [offered for offered, _label in choices]
        self.clear()
        self.addItems([label for _offered, label in choices])
        self.setEditable(len(choices) >= SEARCHABLE_FROM)
        if line := self.lineEdit():
            line.setAlignment(leading())
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        if self._finder:
            self._finder.deleteLater()
            self._finder = None
        if self.isEditable() and self.hasFocus():
            self._make_finder()
        self.set_value(value)

    def value(self) -> object:
        """Return the value chosen, or None."""
        place = self.currentIndex()
        return self._values[place] if 0 <= place < len(self._values) else None

    def set_value(self, value: object) -> None:
        """Choose `value`; show nothing chosen where it is not offered."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def event(self, event: QEvent) -> bool:
        if intercepts(self, event):
            return event.isAccepted()
        result = super().event(event)
        report(self, event)
        return result

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def showPopup(self) -> None:
        if not self._opened:  # only now: the list is a window of its own, which few of a page's choices ever need
            self._opened = True
            self.setItemDelegate(QStyledItemDelegate(self))  # its own does not know the stylesheet
            frame = self.view().parentWidget()
            assert frame, "the list hangs in a frame of its own"
            frame.setContentsMargins(1, 1, 1, 1)  # else the list covers the frame's line
        super().showPopup()

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.isEditable() and self._finder is None:
            self._make_finder()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.isEditable() and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._take_only()
            self.setEditText(self.itemText(self.currentIndex()))  # half a search is not a choice

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = theme.pixels(16)
        place = QRect(self.width() - side - theme.pixels(10), (self.height() - side) // 2, side, side)
        place = mirrored(place, self.rect(), self.layoutDirection())
        tint = "muted" if self.isEnabled() else "border"
        QPainter(self).drawPixmap(place, icons.pixmap("chevron-down", tint, side, self.devicePixelRatioF()))

    def _make_finder(self) -> None:
        for place in range(self.count()):
            self.setItemData(place, fold(self.itemText(place)), Finder.FOLDED)
        self._finder = Finder(self.model(), self)
        self.setCompleter(self._finder)
        line = self.lineEdit()
        assert line, "it is editable"
        line.returnPressed.connect(self._take_only, Qt.ConnectionType.UniqueConnection)
        popup = self._finder.popup()
        assert popup, "made by the completer"
        popup.setParent(self, popup.windowFlags())  # so that it looks as its window says
        theme.look(popup, "popup")

    @Slot()
    def _take_only(self) -> None:
        """Choose what is searched for, where it can be nothing else."""
        finder, typed = self._finder, self.currentText()
        if finder and typed and typed != self.itemText(self.currentIndex()) and finder.completionCount() == 1:
            self.setCurrentText(finder.currentCompletion())
            self.setCurrentIndex(self.findText(finder.currentCompletion()))
            self.activated.emit(self.currentIndex())


class Switch(QCheckBox):
    """A switch, on or off, drawn as one; Space turns it."""

    entered = Signal()
    left = Signal()
    escaped = Signal()
    unsaved = False

    def event(self, event: QEvent) -> bool:
        if intercepts(self, event):
            return event.isAccepted()
        result = super().event(event)
        report(self, event)
        return result

    def sizeHint(self) -> QSize:
        text = self.fontMetrics().horizontalAdvance(self.text()) + theme.pixels(8) if self.text() else 0
        return QSize(theme.pixels(36) + 8 + text, max(theme.pixels(20) + 8, self.fontMetrics().height() + 4))

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = theme.pixels(36), theme.pixels(20)
        track = QRect(4, (self.height() - height) // 2, width, height)
        knob = QRect(track.x() + (width - height if self.isChecked() else 0), track.y(), height, height)
        words = QRect(width + 8 + theme.pixels(8), 0, max(0, self.width() - width - theme.pixels(16)), self.height())
        track, knob, words = (mirrored(rect, self.rect(), self.layoutDirection()) for rect in (track, knob, words))
        off = "border" if self.isEnabled() else "line"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent" if self.isChecked() and self.isEnabled() else off))
        painter.drawRoundedRect(track, height / 2, height / 2)
        painter.setBrush(theme.colour("on-accent" if self.isChecked() else "surface"))
        painter.drawEllipse(QRectF(knob).adjusted(3, 3, -3, -3))
        if self.hasFocus():
            theme.ring(painter, QRectF(track).adjusted(-4, -4, 4, 4), height / 2 + 4)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        flags = self.style().visualAlignment(self.layoutDirection(), flags)
        self.style().drawItemText(
            painter, words, flags.value, self.palette(), self.isEnabled(), self.text(), QPalette.ColorRole.WindowText
        )


Editor = Line | Text | Choice | Switch


def intercepts(editor: Editor, event: QEvent) -> bool:
    """Say whether `event` is dealt with before Qt's own handling: Ctrl+Z left to the menu, Escape taken."""
    if not isinstance(event, QKeyEvent):
        return False
    if event.type() == QEvent.Type.ShortcutOverride:
        if not editor.unsaved and any(event.matches(key) for key in REVERSALS):
            event.ignore()
            return True
        if editor.unsaved and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
    if event.type() == QEvent.Type.KeyPress and editor.unsaved and event.key() == Qt.Key.Key_Escape:
        event.accept()
        editor.escaped.emit()
        return True
    return False


def report(editor: Editor, event: QEvent) -> None:
    """Emit `entered` or `left` where `event` was that, and no mere announcement: a list that opens makes one too."""
    if event.type() not in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
        return
    if isinstance(event, QFocusEvent) and event.reason() != Qt.FocusReason.PopupFocusReason:
        (editor.entered if event.gotFocus() else editor.left).emit()
