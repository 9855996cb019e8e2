"""The hours of one day: closed, open all of it, by appointment, or ranges of times to type."""

from collections.abc import Callable, Collection, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import _, formats, pgettext
from desktop.services.errors import Invalid
from desktop.services.hours_input import parse_range, with_range
from desktop.services.hours_text import day_text
from desktop.services.opening import DAY, Kind, Span
from desktop.ui import theme
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.clash import Clash, Ways, told_theirs
from desktop.ui.widgets.editors import Choice, Line
from desktop.ui.widgets.field import Field, Save
from desktop.ui.widgets.labels import Label

Store = Callable[[Sequence[Span], Sequence[Span], object], str]  # new spans, those before, group -> complaint


class TimeField(Field):
    """A time of day in a small box without a label; what is wrong with it is told around it, in `complaint()`.

    So are the two ways out of a clash: in `ways`, if it is given, else by whoever shows it.
    """

    editor: Line
    complained = Signal()

    def __init__(self, name: str, save: Save[str], ways: QVBoxLayout | None = None) -> None:
        super().__init__(name, Line(), save, "", None)
        self._column = ways
        self.editor.textEdited.connect(self._on_edited)
        self.editor.returnPressed.connect(self._on_return)
        widest = max(self.editor.fontMetrics().horizontalAdvance(_shown(at)) for at in (0, 720, 1370))
        self.editor.setFixedWidth(widest + theme.pixels(30))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._read = ("", "")  # what was typed last, and the time it was taken for

    def value(self) -> str:
        return self.editor.text()

    def update_value(self, value: object) -> None:
        if self._saving:
            self._read = (self.value(), str(value))
        if self.editor.hasFocus() and self._read == (self.value(), value):
            self._value = value  # written out when it is left: "10" may be on its way to "10:30"
        else:
            super().update_value(value)

    def settle(self) -> None:
        """Take note that what is typed here was stored along with another field of the day."""
        if not self._saving:
            self._pause.stop()
            self.editor.unsaved = False
            self.complain("")

    def complaint(self) -> str:
        """Return what is wrong with it in one sentence, or ""."""
        return self.message.text() if self._complaint else ""

    def clashes(self) -> bool:
        """Say whether somebody else has stored another value meanwhile."""
        return isinstance(self._complaint, Clash)

    def _explain(self) -> None:
        super()._explain()
        self.message.hide()
        self.complained.emit()

    def _show(self, value: object) -> None:
        self.editor.setText(str(value))

    def _lay_out(self) -> None:
        for part in (self.label, self.gauge, self.message):
            part.setParent(self)
            part.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.editor)


class RangeRow(QWidget):
    """From a time to a time, and a button that takes the range away."""

    def __init__(self, opens: TimeField, closes: TimeField) -> None:
        super().__init__()
        self.opens = opens
        self.closes = closes
        # TRANSLATORS: beside the closing time, which is on the next day. Short.
        self.next_day = Label(_("next day"), "small")
        self.remove = icon_button("x", _("Remove these hours"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.pixels(6))
        layout.addWidget(opens)
        layout.addWidget(Label("–", "muted"))
        layout.addWidget(closes)
        layout.addWidget(self.next_day)
        layout.addWidget(self.remove)
        layout.addStretch()

    def fields(self) -> tuple[TimeField, TimeField]:
        """Return its two fields."""
        return self.opens, self.closes

    def show_span(self, span: Span) -> None:
        """Show the stored hours, where nothing is being typed."""
        for field, minutes in zip(self.fields(), (span.opens, span.closes), strict=True):
            field.update_value(_shown(minutes))
        self.next_day.setVisible(span.closes > DAY)


class DayRow(QWidget):
    """One day's hours. `store` is called with what they are to be, and answers with a complaint or ""."""

    rearranged = Signal()  # other fields and buttons than before

    def __init__(self, name: str, weekday: int | None, store: Store) -> None:
        super().__init__()
        self.weekday = weekday
        self.ranges: list[RangeRow] = []
        self._store = store
        self._spans: list[Span] = []  # as they are stored
        self._shown: list[Span] = []  # as they are shown, one for each of the ranges
        self._base: list[Span] = []  # as they were when somebody began to type over them
        self._told: tuple[object, list[Span], list[Span]] | None = None  # visit, what was refused in it, what was there
        self._name = name
        self.name = Label(name, "strong")
        kinds: list[tuple[object, str]] = [
            ("open", pgettext("of a shop", "Open")),
            ("closed", _("Closed")),
            ("all_day", formats.shown(_("24 hours"))),
            ("appointment", _("By appointment")),
        ]
        self.kind = Choice(kinds)
        self.kind.setAccessibleName(_("{day}: open or closed").format(day=name))
        self.add = icon_button("plus", _("Add hours on this day"))
        self.copy = icon_button("copy", _("Copy to other days…"))
        self.message = Label("", "warn", wrap=True)
        self.message.hide()
        self.choice: Ways | None = None  # mine or theirs, once it is to be chosen
        self._lay_out()
        self.kind.activated.connect(self._on_kind)
        self.add.clicked.connect(self._on_add)

    def show_spans(self, spans: Sequence[Span]) -> None:
        """Show what is stored; what is being typed stays, with what it was typed over."""
        self._spans = [span for span in spans if span.kind != "closed"]
        if any(field.is_unsaved() for field in self.fields()):
            self._explain()
            return
        self._base, self._told = self._spans, None
        self._shown = [span for span in self._spans if span.kind == "open"]
        self.kind.set_value(self._spans[0].kind if self._spans else "closed")
        changed = len(self._shown) != len(self.ranges)
        while len(self.ranges) > len(self._shown):
            self._drop(self.ranges[-1])
        while len(self.ranges) < len(self._shown):
            self._append()
        for row, span in zip(self.ranges, self._shown, strict=True):
            row.show_span(span)
        self.add.setVisible(bool(self._shown) and len(with_range(self._shown, self.weekday)) > len(self._shown))
        self._explain()
        if changed:
            self.rearranged.emit()

    def fields(self) -> list[TimeField]:
        """Return the fields of all ranges, in order."""
        return [field for row in self.ranges for field in row.fields()]

    def stops(self) -> list[QWidget]:
        """Return what the keyboard goes to, in order."""
        rows = [part for row in self.ranges for part in (row.opens.editor, row.closes.editor, row.remove)]
        return [self.kind, *rows, self.add, self.copy]

    def lock(self) -> None:
        """Let the hours be read, but not changed."""
        self.kind.setEnabled(False)
        for field in self.fields():
            field.lock()
        for button in (self.add, self.copy, *(row.remove for row in self.ranges)):
            button.setEnabled(False)

    def line_width(self) -> int:
        """Return how wide it is with everything in one line."""
        parts = (self.name, self.kind, self._times, self._tail)
        gaps = (len(parts) - 1) * self._grid.horizontalSpacing()
        return sum(max(part.sizeHint().width(), part.minimumWidth()) for part in parts) + gaps

    def fold(self, folded: bool) -> None:
        """Put the ranges below the day's name, or back beside it."""
        self._grid.removeWidget(self._times)
        if folded:
            self._grid.addWidget(self._times, 1, 0, 1, 4)
        else:
            self._grid.addWidget(self._times, 0, 2, Qt.AlignmentFlag.AlignTop)

    def _lay_out(self) -> None:
        self.kind.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        widest = max(self.fontMetrics().horizontalAdvance(self.kind.itemText(at)) for at in range(self.kind.count()))
        self.kind.setFixedWidth(widest + theme.pixels(52))
        self._times = QWidget()
        self._column = QVBoxLayout(self._times)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.pixels(6))
        self.name.setMinimumHeight(self.kind.sizeHint().height())
        self._tail = QWidget()
        buttons = QHBoxLayout(self._tail)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(0)
        buttons.addStretch()
        buttons.addWidget(self.add)
        buttons.addWidget(self.copy)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.pixels(12))
        self._grid.setVerticalSpacing(theme.pixels(6))
        self._grid.setColumnStretch(2, 1)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(self.name, 0, 0, top)
        self._grid.addWidget(self.kind, 0, 1, top)
        self._grid.addWidget(self._times, 0, 2, top)
        self._grid.addWidget(self._tail, 0, 3, top)
        self._grid.addWidget(self.message, 2, 0, 1, 4)

    def _append(self) -> None:
        number = len(self.ranges) + 1
        words = {"day": self._name, "number": formats.number(number)}
        # TRANSLATORS: for those who hear the screen: the second hours of a day are "Friday 2: opens".
        opens = TimeField(_("{day} {number}: opens").format(**words), self._save)
        closes = TimeField(_("{day} {number}: closes").format(**words), self._save)
        row = RangeRow(opens, closes)
        row.remove.clicked.connect(partial(self._on_remove, row))
        for field in row.fields():
            field.complained.connect(self._explain)
        self.ranges.append(row)
        self._column.addWidget(row)
        row.show()

    def _drop(self, row: RangeRow) -> None:
        self.ranges.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _save(self, _typed: str, group: object) -> str:
        """Store what is typed in any of the fields."""
        spans = []
        before: int | None = None
        for row, span in zip(self.ranges, self._shown, strict=True):
            if any(field.is_unsaved() for field in row.fields()):
                try:
                    span = parse_range(row.opens.value(), row.closes.value(), self.weekday, before)
                except Invalid as error:
                    return error.message
            spans.append(span)
            before = span.closes
        complaint = self._keep(spans, group)
        if not complaint:
            self._shown = spans
            for row, span in zip(self.ranges, spans, strict=True):
                for field in row.fields():
                    field.settle()
                row.show_span(span)
        return complaint

    def _keep(self, spans: Sequence[Span], group: object = None) -> str:
        if self._told and (self._told[0] is not group or self._told[1] != spans):
            self._base = self._told[2]  # to save again, by Enter or in another visit, is to mean it; to leave is not
        complaint = self._store(spans, self._base, group)
        if complaint:
            self._told = (group or object(), list(spans), self._spans)
            return complaint
        self._spans = self._base = [span for span in spans if span.kind != "closed"]
        self._told = None
        return ""

    @Slot()
    def _explain(self) -> None:
        words = next((field.complaint() for field in self.fields() if field.complaint()), "")
        clash = any(field.clashes() for field in self.fields())
        self._tell(told_theirs(words, day_text(self._spans)) if clash else words)
        if clash and self.choice is None:
            self.choice = Ways()
            self.choice.mine.clicked.connect(self._on_keep_mine)
            self.choice.theirs.clicked.connect(self._on_take_theirs)
            self._grid.addWidget(self.choice, 3, 0, 1, 4)
        if self.choice:
            self.choice.setVisible(clash)

    @Slot()
    def _on_keep_mine(self) -> None:
        next(field for field in self.fields() if field.clashes()).keep_mine()

    @Slot()
    def _on_take_theirs(self) -> None:
        for field in self.fields():
            field.settle()
        self.show_spans(self._spans)
        self.kind.setFocus()

    def _tell(self, words: str) -> None:
        self.message.setText(words)
        self.message.setVisible(bool(words))

    @Slot()
    def _on_kind(self) -> None:
        kind = self.kind.value()
        before = self._spans[0].kind if self._spans else "closed"
        if kind == before:
            return
        for row in self.ranges[:]:
            self._drop(row)
        words = self._keep(self._of_kind(kind))  # type: ignore[arg-type]
        self.show_spans(self._spans)
        self._tell(words)

    def _of_kind(self, kind: Kind) -> list[Span]:
        if kind == "open":
            return with_range([], self.weekday)
        return [Span(self.weekday, 0, 0 if kind == "closed" else DAY, kind)]

    @Slot()
    def _on_add(self) -> None:
        if typed := next((field for field in self.fields() if not field.commit()), None):
            typed.setFocus()
            return
        words = self._keep(with_range(self._shown, self.weekday))
        self.show_spans(self._spans)
        self._tell(words)
        if not words:
            self.ranges[-1].opens.editor.setFocus()
            self.ranges[-1].opens.editor.selectAll()

    def _on_remove(self, row: RangeRow) -> None:
        place = self.ranges.index(row)
        rest = [span for number, span in enumerate(self._shown) if number != place]
        self._drop(row)
        self._shown = rest
        words = self._keep(rest or self._of_kind("closed"))
        self.show_spans(self._spans)
        self._tell(words)
        (self.ranges[-1].remove if self.ranges else self.kind).setFocus()


def align_names(rows: Collection[DayRow]) -> None:
    """Give each day's name as much room as the longest needs in the looks of the window that they are in."""
    for row in rows:
        row.name.ensurePolished()  # bold, and so wider, only by the stylesheet, which the window has and no part of it
    width = max(row.name.sizeHint().width() for row in rows)
    for row in rows:
        row.name.setMinimumWidth(width)


def _shown(minutes: int) -> str:
    return formats.time(minutes, words=False)
