"""One step of the way to the phone: where to go on it, what stands there, what to write, and the keys for it."""

import re
from difflib import SequenceMatcher
from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.i18n import _, bidi, formats, ngettext
from desktop.services.phone_copy import Entry
from desktop.ui import icons, theme
from desktop.ui.widgets.buttons import Button, CopyButton, icon_button, primary, quiet
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.passage import Passage
from desktop.ui.widgets.scroll import Scroll

WORDS = re.compile(r"\w+|\s+|[^\w\s]")
PICTURE = 160  # points of its longer side
COMPARED = 4000  # letters: beyond them no differences are looked for
DONE, SKIP = "dDي", "sSس"  # what the two keys write, on the Arabic keyboard too


class Walker(QFrame):
    """Shows a step and asks for what is to be done with it; it changes nothing by itself."""

    done_wanted = Signal()
    skip_wanted = Signal()
    unmark_wanted = Signal()
    picture_wanted = Signal()
    step_wanted = Signal(int)  # +1 on, -1 back

    def __init__(self) -> None:
        super().__init__()
        theme.look(self, "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("What to change on the phone"))
        self.entry: Entry | None = None
        self.progress = Label("", "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.owner = Label("", "muted", wrap=True)
        self.title = Label("", "heading", wrap=True)
        self.path = Label("", "small", wrap=True)
        self.old_title = Label(_("On the phone now"), "section")
        self.old = Panel()
        self.new_title = Label("", "section")
        self.new = Panel()
        self.picture = Label()
        self.remarks = Label("", "warn", wrap=True)
        self.copy = CopyButton(_("Copy"), self._text, "primary")
        self.copy_picture = primary(_("Copy the picture"), "copy")
        self.back = icon_button("chevron-left", _("Back"))
        self.onwards = icon_button("chevron-right", _("Next"))
        self.skip = quiet(_("Skip"), hint=_("Leave it for later"), shortcut=QKeySequence("S"))
        self.done = quiet(_("Done"), "check", hint=_("It is on the phone now"), shortcut=QKeySequence("D"))
        self.unmark = quiet(_("Not on the phone"), hint=_("It is not on the phone after all"))
        self.keys = Label("", "small", wrap=True)
        self._lay_out()
        self.copy_picture.clicked.connect(self.picture_wanted)
        self.back.clicked.connect(self._on_back)
        self.onwards.clicked.connect(self._on_next)
        self.skip.clicked.connect(self.skip_wanted)
        self.done.clicked.connect(self.done_wanted)
        self.unmark.clicked.connect(self.unmark_wanted)
        rtl = self.isRightToLeft()
        on, before = ("Left", "Right") if rtl else ("Right", "Left")
        self._key(("Ctrl+C",), self._on_copy)
        self._key(("Ctrl+Return", "Ctrl+Enter"), self._on_done)
        self._key((on, "Down"), self._on_next)
        self._key((before, "Up"), self._on_back)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.pixels(12))
        head.addWidget(self.progress)
        head.addWidget(self.bar, 1)
        head.addWidget(self.back)
        head.addWidget(self.onwards)
        sign = Label()
        sign.setPixmap(icons.icon("smartphone").pixmap(theme.pixels(14), theme.pixels(14)))
        where = QHBoxLayout()
        where.setSpacing(theme.pixels(6))
        where.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        where.addWidget(self.path, 1)
        inside = QWidget()
        texts = QVBoxLayout(inside)
        texts.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(theme.pixels(4))
        for widget in (self.old_title, self.old, self.new_title, self.new, self.picture, self.remarks):
            if widget is self.new_title:
                texts.addSpacing(theme.pixels(8))
            texts.addWidget(widget)
        texts.addStretch()
        self.area = Scroll(inside)
        actions = QHBoxLayout()
        actions.setSpacing(theme.pixels(8))
        for button in (self.copy, self.copy_picture, self.done, self.unmark):
            actions.addWidget(button, 1)
        actions.addWidget(self.skip)
        column = QVBoxLayout(self)
        around = theme.pixels(16)
        column.setContentsMargins(around, around, around, around)
        column.setSpacing(theme.pixels(8))
        column.addLayout(head)
        column.addWidget(self.owner)
        column.addWidget(self.title)
        column.addLayout(where)
        column.addWidget(self.area, 1)
        column.addLayout(actions)
        column.addWidget(self.keys)
        stops = (self.copy, self.copy_picture, self.done, self.unmark, self.skip, self.back, self.onwards)
        for first, second in pairwise(stops):
            self.setTabOrder(first, second)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.pixels(320), theme.pixels(360))

    def show_step(self, entry: Entry, place: int, total: int, done: int) -> None:
        """Show an entry as the step at `place`, counted from 0, of `total`, of which `done` are done.

        With a `total` of 0 it is no step, but only looked at.
        """
        held = self.focus_holder()
        self.entry = entry
        self.progress.setText(formats.of(place + 1, total))
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        for widget in (self.progress, self.bar, self.back, self.onwards):
            widget.setVisible(bool(total))
        self.owner.setText(formats.auto(entry.owner))
        self.owner.setVisible(bool(entry.owner))
        self.title.setText(entry.title)
        self.path.setText(entry.path)
        self._show_texts(entry)
        self._show_actions(entry, bool(total))
        self.area.verticalScrollBar().setValue(0)
        if held:
            self.take_focus()

    def take_focus(self) -> None:
        """Put the keyboard where Enter does what comes first."""
        first = next((button for button in (self.copy, self.copy_picture, self.done) if button.isVisibleTo(self)), self)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_holder(self) -> bool:
        """Say whether the keyboard is in here."""
        focus = self.window().focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the keys say that no button has taken; one that is held down counts once."""
        letter = event.text()
        if event.isAutoRepeat():
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_copy()
        elif letter and letter in DONE:
            self._on_done()
        elif letter and letter in SKIP:
            self._press(self.skip)
        else:
            super().keyPressEvent(event)

    def show_picture(self, image: QImage | None) -> None:
        """Show the picture that the step is about below the words for it; None is none."""
        shown = image is not None and not image.isNull()
        if image is not None and shown:
            side = theme.pixels(PICTURE)
            smooth = Qt.TransformationMode.SmoothTransformation
            self.picture.setPixmap(
                QPixmap.fromImage(image.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, smooth))
            )
        self.picture.setVisible(shown)

    def _show_texts(self, entry: Entry) -> None:
        old, new = bidi.strip(entry.shown_on_phone), bidi.strip(entry.shown)
        pending = entry.is_pending
        has_old = bool(old) and entry.state in ("changed", "gone")
        self.old_title.setVisible(has_old)
        self.old.setVisible(has_old)
        before, after = _compared(old, new) if entry.state == "changed" else ([(old, False)], [(new, False)])
        self.old.show_parts(before, "warn", strike=True)
        if entry.state == "gone":
            self.new_title.setText(_("What to do"))
            self.new.show_parts([(_("Delete it on the phone."), False)], "muted")
        elif not new:
            self.new_title.setText(_("Write this there"))
            self.new.show_parts([(_("Nothing: empty this field on the phone."), False)], "muted")
        else:
            titles = {"only_here": _("Only here"), "same": _("On the phone")}
            self.new_title.setText(titles.get(entry.state, _("Write this there")))
            self.new.show_parts(after, "accent")
        self.new.setVisible(entry.state != "only_here" or bool(new))
        self.new_title.setVisible(self.new.isVisibleTo(self))
        remarks = list(entry.remarks)
        if not pending and entry.at:
            remarks.append(_("Copied {when}").format(when=formats.datetime(entry.at)))
        theme.look(self.remarks, "warn" if pending else "small")
        self.remarks.setText("\n".join(remarks))
        self.remarks.setVisible(bool(remarks))

    def _show_actions(self, entry: Entry, is_step: bool) -> None:
        has_text = bool(self._text())
        self.copy.setVisible(has_text and not entry.is_picture)
        self.copy_picture.setVisible(entry.is_picture and bool(entry.text))
        self.done.setVisible(entry.is_pending)
        self.skip.setVisible(entry.is_pending and is_step)
        self.unmark.setVisible(entry.state == "same" and bool(entry.text))
        # TRANSLATORS: keys and what they do; D and S are the keys with these letters, whatever the language is.
        words = _("Enter copies · D is done · S skips") if has_text else _("D is done · S skips")
        self.keys.setText(words)
        self.keys.setVisible(entry.is_pending)

    def _text(self) -> str:
        return bidi.strip(self.entry.pasted) if self.entry else ""

    def _key(self, keys: tuple[str, ...], slot: object) -> None:
        shortcut = QShortcut(self)
        shortcut.setKeys([QKeySequence(key) for key in keys])
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)

    @Slot()
    def _on_copy(self) -> None:
        for button in (self.copy, self.copy_picture):
            if button.isVisibleTo(self):
                button.click()

    @Slot()
    def _on_done(self) -> None:
        self._press(self.done)

    @Slot()
    def _on_next(self) -> None:
        if self.onwards.isVisibleTo(self):
            self.step_wanted.emit(1)

    @Slot()
    def _on_back(self) -> None:
        if self.back.isVisibleTo(self):
            self.step_wanted.emit(-1)

    def _press(self, button: Button) -> None:
        if button.isVisibleTo(self):
            button.click()


class Panel(QFrame):
    """A text to read on a quiet ground, parts of it marked."""

    def __init__(self) -> None:
        super().__init__()
        theme.look(self, "sunken")
        self._column = QVBoxLayout(self)
        around = theme.pixels(12)
        self._column.setContentsMargins(around, theme.pixels(8), around, theme.pixels(8))
        self._passage = Passage()
        self._column.addWidget(self._passage)

    def show_parts(self, parts: list[tuple[str, bool]], tint: str, strike: bool = False) -> None:
        """Show texts one behind the other, those that are marked in `tint`, and struck out with `strike`."""
        passage = Passage()
        for text, marked in parts:
            passage.add(text, "strong" if marked and not strike else "", tint if marked else "", strike and marked)
        self._column.replaceWidget(self._passage, passage)
        self._passage.hide()
        self._passage.deleteLater()
        self._passage = passage

    def text(self) -> str:
        """Return what is shown."""
        return self._passage.accessibleName()


class Finished(QFrame):
    """What stands where all steps are done, or skipped."""

    again_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        theme.look(self, "card")
        side = theme.pixels(32)
        sign = Label()
        sign.setPixmap(icons.icon("check-check", "accent").pixmap(side, side))
        self.title = Label("", "heading", wrap=True)
        self.words = Label("", "muted", wrap=True)
        self.again = quiet(_("Go through them"))
        column = QVBoxLayout(self)
        around = theme.pixels(24)
        column.setContentsMargins(around, around, around, around)
        column.setSpacing(theme.pixels(8))
        column.addStretch()
        for widget in (sign, self.title, self.words):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(widget)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        self.again.clicked.connect(self.again_wanted)

    def show_left(self, left: int) -> None:
        """Say that all is on the phone, or how many steps were skipped."""
        self.title.setText(_("Everything is on the phone") if not left else _("You are through"))
        skipped = ngettext(
            "{n} was skipped and is not on the phone yet.", "{n} were skipped and are not on the phone yet.", left
        )
        here = _("What you change here from now on is listed here, until it is on the phone too.")
        self.words.setText(skipped.format(n=formats.number(left)) if left else here)
        self.again.setVisible(bool(left))


def _compared(old: str, new: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Return both texts in parts, each with whether the other one lacks it, by whole words."""
    if len(old) + len(new) > COMPARED:
        return [(old, False)], [(new, False)]
    left, right = WORDS.findall(old), WORDS.findall(new)
    before: list[tuple[str, bool]] = []
    after: list[tuple[str, bool]] = []
    for kind, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        before.append(("".join(left[i:j]), kind != "equal"))
        after.append(("".join(right[k:m]), kind != "equal"))
    return before, after
