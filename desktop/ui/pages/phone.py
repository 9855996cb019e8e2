"""To the phone: what is not on it yet, one after the other, with what to write there; all by keys if wanted."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QImage, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.data.notice import Notice
from desktop.i18n import N_, _, formats
from desktop.services import phone_copy
from desktop.services.catalog import read_products
from desktop.services.phone_copy import Entry
from desktop.services.pictures import read_picture
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.page import Page
from desktop.ui.pages.phone_list import PhoneList
from desktop.ui.pages.phone_number import NumberView
from desktop.ui.pages.phone_walk import Key, Walk
from desktop.ui.pages.phone_walker import Finished, Walker
from desktop.ui.tasks import Job
from desktop.ui.widgets.buttons import flat, icon_button, primary, quiet
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.page_header import PageHeader

FILTERS = {
    "pending": N_("What changed"),
    "only_here": N_("Only here"),
    "all": N_("Everything"),
}
SMALL = (380, 560)  # px of the window beside the phone


class PhonePage(Page):
    """A list on the leading side, the step one is at on the trailing one, or in a small window of its own."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.walk = Walk()
        self._entries: Sequence[Entry] = ()
        self._looked_at: Key | None = None  # an entry of the list that is no step
        self._target: Key | None = None  # what somebody came for, until the account is read
        self._started = False
        self._begun = False
        self._job: Job | None = None
        self.header = PageHeader(_("To the phone"))
        self.new_number = flat(_("New number…"))
        self.new_phone = flat(_("New phone"))
        self.new_phone.set_hint(_("Nothing is on the phone yet: go through everything"))
        self.beside = icon_button("picture-in-picture-2", _("Small window beside the phone"))
        self.filters = Chips(_("What to show"))
        self.list = PhoneList(_("What is on the phone"))
        self.none = Label(_("Nothing to show here"), "muted")
        self.walker = Walker()
        self.finished = Finished()
        self.steps = QStackedWidget()
        self.away = QWidget()
        self.bring_back = quiet(_("Bring it back"))
        self.start = primary(_("Start copying"))
        self.all_there = quiet(_("All of this is on my phone already"))
        self.number = NumberView(context)
        self.window_beside = SmallWindow(context)
        self.body = QStackedWidget()
        self._lay_out()
        self._connect()
        self._show_head()
        self.destroyed.connect(self.window_beside.deleteLater)

    def _lay_out(self) -> None:
        self.header.add(self.new_number, self.new_phone, self.beside)
        self.steps.addWidget(self.walker)
        self.steps.addWidget(self.finished)
        note = Label(_("The steps are in the small window."), "muted", wrap=True)
        away = QVBoxLayout(self.away)
        away.addStretch()
        away.addWidget(note, 0, Qt.AlignmentFlag.AlignHCenter)
        away.addWidget(self.bring_back, 0, Qt.AlignmentFlag.AlignHCenter)
        away.addStretch()
        self.away.hide()
        self.side = QVBoxLayout()
        self.side.addWidget(self.steps)
        self.side.addWidget(self.away)
        leading = QVBoxLayout()
        leading.setSpacing(theme.pixels(12))
        leading.addWidget(self.filters)
        leading.addWidget(self.none)
        leading.addWidget(self.list, 1)
        self.main = QWidget()
        columns = QHBoxLayout(self.main)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(theme.pixels(16))
        columns.addLayout(leading, 1)
        columns.addLayout(self.side, 1)
        words = _(
            "The phone cannot be reached from here. Copy a text, paste it on the phone or in WhatsApp Web, and say "
            "that it is done: from then on only what has changed is listed here."
        )
        self.first = Empty("smartphone", _("What is on the phone already?"), words, self.start)
        column = self.first.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.count() - 1, self.all_there, 0, Qt.AlignmentFlag.AlignHCenter)
        empty = _("What you write in the profile, the catalog and the quick replies is listed here, to be copied.")
        self.nothing = Empty("smartphone", _("There is nothing to copy yet"), empty)
        for widget in (QWidget(), self.main, self.first, self.nothing, self.number):  # empty until the account is read
            self.body.addWidget(widget)
        layout = QVBoxLayout(self)
        around = theme.pixels(24)
        layout.setContentsMargins(around, around, around, around)
        layout.setSpacing(theme.pixels(16))
        layout.addWidget(self.header)
        layout.addWidget(self.body, 1)

    def _connect(self) -> None:
        self.new_number.clicked.connect(self._on_new_number)
        self.new_phone.clicked.connect(self._on_new_phone)
        self.beside.clicked.connect(self._on_beside)
        self.bring_back.clicked.connect(self.window_beside.close)
        self.window_beside.closed.connect(self._on_closed)
        self.filters.chosen.connect(self._on_filter)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self.walker.take_focus)
        self.start.clicked.connect(self._on_start)
        self.all_there.clicked.connect(self._on_all_there)
        self.number.left.connect(self._on_number_left)
        self.walker.done_wanted.connect(self._on_done)
        self.walker.skip_wanted.connect(self._on_skip)
        self.walker.unmark_wanted.connect(self._on_unmark)
        self.walker.picture_wanted.connect(self._on_picture)
        self.walker.step_wanted.connect(self._on_step)
        self.finished.again_wanted.connect(self._on_again)

    # What is shown

    def on_changed(self, notice: Notice) -> None:
        """Follow the shop; while nobody sees the page, it waits."""
        if not notice.changes:
            return
        if self.isVisible() or self.window_beside.isVisible():
            self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._refresh()  # another day may have other hours

    def show_target(self, target: object) -> None:
        """Show the form for a "number" that is new, or an entry by its key."""
        if target == "number":
            self._on_new_number()
        elif isinstance(target, tuple):
            self._started = True
            self._target = target
            self._refresh()

    def state(self) -> object:
        """Return the key of what is shown."""
        if self.body.currentWidget() is self.number:
            return "number"
        if self._target or self.body.currentWidget() is not self.main:
            return self._target
        return self.walker.entry.key if self.walker.entry else None

    def is_settled(self) -> bool:
        """Say whether what is shown is the account as it is now."""
        return self._job is None

    def _refresh(self) -> None:
        """Read the account behind the window, and show it then: of hundreds of items it takes 30 ms."""
        self._job = self.context.read(_account).begin(self._on_read, self._on_failed, instead_of=self._job)

    @Slot(object)
    def _on_read(self, account: tuple[list[Entry], bool]) -> None:
        self._job = None
        self._entries, self._begun = account
        self.walk.follow(self._entries)
        target, self._target = self._target, None
        if target:
            self._looked_at = None if self.walk.go_to(target) else target
        self._show_account()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        raise error

    def _show_account(self) -> None:
        pending = sum(entry.is_pending for entry in self._entries)
        if self.body.currentWidget() is not self.number:
            show_first = pending and not self._begun and not self._started
            shown = self.first if show_first else self.main if self._entries else self.nothing
            if shown is self.first:
                self.show_empty(self.body, self.first)
            else:
                self.body.setCurrentWidget(shown)
        self._show_head()
        self.header.set_count(phone_copy.changes(pending) if pending and (self._begun or self._started) else "")
        self._show_list()
        self._show_step()

    def _show_head(self) -> None:
        in_main = self.body.currentWidget() is self.main
        for button in (self.new_phone, self.beside):
            button.setVisible(in_main)
        self.new_number.setVisible(self.body.currentWidget() is not self.number)

    def _show_list(self) -> None:
        counts = {name: len(self._shown(name)) for name in FILTERS}
        chosen = self.filters.value()
        self.filters.set_chips([(name, _(title), formats.number(counts[name])) for name, title in FILTERS.items()])
        self.filters.set_value(chosen or "pending")
        self._on_filter(self.filters.value())

    def _shown(self, name: str) -> list[Entry]:
        if name == "all":
            return list(self._entries)
        return [entry for entry in self._entries if (entry.is_pending if name == "pending" else entry.state == name)]

    def _show_step(self) -> None:
        """Show what is looked at, else the step one is at, else that all is done."""
        walk = self.walk
        looked_at = next((entry for entry in self._entries if entry.key == self._looked_at), None)
        held = self.walker.focus_holder()
        if looked_at:
            self.walker.show_step(looked_at, 0, 0, 0)
        elif walk.current:
            self.walker.show_step(walk.current, walk.place, len(walk.steps), walk.done)
            self.list.set_current(walk.current.key)
        else:
            self.finished.show_left(walk.left)
            self.list.set_current(None)
        at_end = not looked_at and walk.current is None
        if not at_end:
            entry = self.walker.entry
            is_picture = entry is not None and entry.is_picture and bool(entry.text)
            self.walker.show_picture(QImage.fromData(self._picture() or b"") if is_picture else None)
        self.steps.setCurrentWidget(self.finished if at_end else self.walker)
        if held and at_end and walk.left:
            self.finished.again.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is done

    @Slot()
    def _on_done(self) -> None:
        entry = self.walker.entry
        if entry is None or not self._mark(entry):
            return
        self.walk.mark(entry.key)
        if not self._looked_at:
            self.walk.next()
        self._show_step()

    def _mark(self, entry: Entry) -> bool:
        sentence = self.context.save(N_("Mark as on the phone"), phone_copy.mark_copied, [entry])
        if sentence:
            self.context.say(sentence)
        return not sentence

    @Slot()
    def _on_skip(self) -> None:
        self.walk.skip()
        self._show_step()

    @Slot()
    def _on_unmark(self) -> None:
        if self.walker.entry:
            self.context.act(N_("Mark as not on the phone"), phone_copy.unmark, [self.walker.entry])

    @Slot(int)
    def _on_step(self, step: int) -> None:
        self.walk.go(step)
        self._show_step()

    @Slot()
    def _on_again(self) -> None:
        self.walk.again()
        self._show_step()
        self.walker.take_focus()

    @Slot()
    def _on_picture(self) -> None:
        image = QImage.fromData(self._picture() or b"")
        if image.isNull():
            self.context.say(_("This picture is only known by its address on the web. Save it from there."))
            return
        data = QMimeData()
        data.setImageData(image)
        self.context.copy_data(data, _("The picture is copied. Ready to paste into WhatsApp Web."))

    def _picture(self) -> bytes | None:
        """Return the bytes of the picture that the step is about, of an item the first."""
        entry = self.walker.entry
        assert entry, "a step was shown"
        digest: str | None = entry.text
        if entry.model == "product":
            products = self.context.get(read_products, [entry.row_id])
            digest = next((picture.sha256 for item in products for picture in item.pictures if picture.sha256), None)
        return self.context.get(read_picture, digest) if digest else None

    @Slot()
    def _on_start(self) -> None:
        self._started = True
        self._show_account()
        self.walker.take_focus()

    @Slot()
    def _on_all_there(self) -> None:
        done = _("Everything is marked as on the phone")
        self.context.act(N_("Mark everything as on the phone"), phone_copy.mark_all, formats.now(), done=done)

    @Slot()
    def _on_new_phone(self) -> None:
        self._started = True
        done = _("Nothing is on the new phone yet: go through everything")
        self.context.act(N_("Begin with a new phone"), phone_copy.forget_phone, done=done)

    @Slot()
    def _on_new_number(self) -> None:
        self.body.setCurrentWidget(self.number)
        self.number.show_shop()
        self._show_head()

    @Slot()
    def _on_number_left(self) -> None:
        self.body.setCurrentWidget(self.main)
        self._show_account()

    @Slot(object)
    def _on_filter(self, name: object) -> None:
        shown = self._shown(str(name))
        self.list.show_entries(shown)
        self.none.setVisible(not shown)

    @Slot(object)
    def _on_chosen(self, key: Key) -> None:
        self._looked_at = None if self.walk.go_to(key) else key
        self._show_step()

    # The small window

    @Slot()
    def _on_beside(self) -> None:
        self.away.show()
        self.window_beside.take(self.steps)
        self.walker.take_focus()

    @Slot()
    def _on_closed(self) -> None:
        self.away.hide()
        self.side.insertWidget(0, self.steps)
        self.steps.show()


def _account(session: Session) -> tuple[list[Entry], bool]:
    """Return the account, and whether anything was ever copied. Called in a thread."""
    return phone_copy.entries(session, formats.now()), phone_copy.has_begun(session)


class SmallWindow(QWidget):
    """A window above the others, to stand beside WhatsApp Web; it has the steps as long as it is open."""

    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint)
        self._context = context
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setWindowTitle(_("To the phone"))
        self._column = QVBoxLayout(self)
        around = theme.pixels(12)
        self._column.setContentsMargins(around, around, around, around)
        self.resize(*(theme.pixels(side) for side in SMALL))
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        undo.activated.connect(self._on_undo)

    def take(self, steps: QWidget) -> None:
        """Show itself, with the steps in it."""
        self._column.addWidget(steps)
        self.setWindowIcon(QGuiApplication.windowIcon())
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)

    @Slot()
    def _on_undo(self) -> None:
        self._context.reverse()
