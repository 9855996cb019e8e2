"""The customers page: who they are, found as one types, and the one that is chosen beside them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.data.models import Customer, CustomerLabel, FollowUp, Label, Order
from desktop.data.notice import MANY, Notice
from desktop.i18n import N_, _, formats, language, ngettext
from desktop.services.customers import (
    Person,
    add_customer,
    count_customers,
    read_people,
    remove_customers,
)
from desktop.services.hits import hits, needles
from desktop.services.labels import put_label
from desktop.services.terms import Search, words
from desktop.services.who import find, find_first, read_words
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.customer_files import CustomerFiles
from desktop.ui.icons import icon
from desktop.ui.pages.customer import CustomerInspector
from desktop.ui.pages.customer_filters import CustomerFilters
from desktop.ui.pages.customer_selection import CustomerSelection
from desktop.ui.pages.page import Page
from desktop.ui.saving import Opener
from desktop.ui.tasks import Job
from desktop.ui.widgets.buttons import icon_button, primary, quiet
from desktop.ui.widgets.card_painter import GAP
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.page_header import PageHeader
from desktop.ui.widgets.people_list import PeopleList, PersonFace

FIRST = 40  # found at once: more than are in sight; the rest follows
INSPECTOR = 350  # points, to begin with


class Where(NamedTuple):
    """Whom one was looking at."""

    customer: int | None = None
    search: Search = Search()


class CustomersPage(Page):
    """Search, chips, rows; the customer that is chosen is edited in the inspector."""

    def __init__(self, context: Context, opener: Opener = QDesktopServices.openUrl) -> None:
        super().__init__(context)
        self._job: Job | None = None
        self._wanted: int | None = None  # to choose as soon as they are among the ids
        self._deleted: int | None = None  # here, so that undo comes back to them
        self.header = PageHeader(_("Customers"))
        self.add = primary(_("Add customer"), "plus", shortcut=QKeySequence("Ctrl+N"))
        self.more = icon_button("ellipsis", _("More"))
        self.menu = QMenu(self)
        self.more.setMenu(self.menu)
        self.filters = CustomerFilters(context)
        self.search = self.filters.field
        self.list = PeopleList(_("Customers"), self._load)
        self.add_first = primary(_("Add the first customer"), "plus")
        sentence = _(
            "Keep who buys from you: name, number, what they like, and whether they want offers. "
            "A chat opens with one click, and nobody is forgotten."
        )
        self.empty = Empty("users", _("Your customers, on your computer"), sentence, self.add_first)
        self.show_all = quiet(_("Show all customers"))
        self.nothing = Empty(
            "search-x", _("Nobody found"), _("Try another spelling, fewer letters, or fewer filters."), self.show_all
        )
        self.shown = QStackedWidget()
        self.several = CustomerSelection(context)
        self.head = QStackedWidget()
        self.inspector = CustomerInspector(context, opener)
        sentence = _("What you choose above is done to all of them.")
        self.together = Empty("users", _("Several customers chosen"), sentence)
        self.side = QStackedWidget()
        self._lay_out()
        self._connect()
        self.search_again()

    def _lay_out(self) -> None:
        self.menu.addAction(icon("tags"), _("Labels…"), self._on_labels)
        send = self.menu.addAction(icon("send"), _("Send list for those shown…"), self._on_send)
        send.setDisabled(self.context.read_only)
        self.files = CustomerFiles(self.context, self, self.menu)
        self.header.add(self.more, self.add)
        for widget in (self.list, self.empty, self.nothing):
            self.shown.addWidget(widget)
        around = theme.pixels(24 - GAP)  # which every row has around it
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(around, theme.pixels(16), around, 0)
        column.setSpacing(theme.pixels(12))
        self.head.addWidget(self.header)
        self.head.addWidget(self.several)
        for head in (self.head, self.filters):
            row = QHBoxLayout()
            row.setContentsMargins(theme.pixels(GAP), 0, theme.pixels(GAP), 0)
            row.addWidget(head)
            column.addLayout(row)
        self.shown.setMinimumHeight(theme.pixels(120))
        column.addWidget(self.shown, 1)
        theme.look(self.together, "surface")
        self.together.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.side.addWidget(self.inspector)
        self.side.addWidget(self.together)
        self.lay_beside(main, self.side, INSPECTOR, least=380)

    def _connect(self) -> None:
        self.add.clicked.connect(self._on_add)
        self.add_first.clicked.connect(self._on_add)
        self.filters.changed.connect(self.search_again)
        self.search.moved_down.connect(self._on_down)
        self.show_all.clicked.connect(self.filters.clear.click)
        self.list.current_changed.connect(self._on_current)
        self.list.selection_changed.connect(self._on_selection)
        self.list.opened.connect(self._on_opened)
        self.list.delete_wanted.connect(self._on_delete)
        self.list.typed.connect(self._on_typed)
        self.several.cleared.connect(self._on_cleared)
        self.several.delete_wanted.connect(self._on_delete)
        self.several.merge_wanted.connect(self.merge)
        self.inspector.delete_wanted.connect(self._on_delete)
        self.inspector.merge_wanted.connect(self.merge)
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self._on_add)
        for button in (self.add, self.add_first):
            button.setDisabled(self.context.read_only)

    # What is shown

    def show_target(self, target: object) -> None:
        """Show a customer by their id, whom a Search finds, or what `state` returned."""
        if isinstance(target, Where):
            self.filters.set_search(target.search)
            self._wanted = target.customer
        elif isinstance(target, Search):
            self.filters.set_search(target)
        elif isinstance(target, int):
            self.filters.set_search(Search(sort=self.filters.search().sort))
            self._wanted = target
        self.search_again()

    def state(self) -> object:
        """Return whom one is looking at."""
        return Where(self._wanted or self.inspector.customer(), self.filters.search())

    def commit(self) -> bool:
        return self.inspector.commit()

    @Slot()
    def search_again(self) -> None:
        """Show the first at once, unless even those would take a look at everybody, and all of them soon."""
        search = self.filters.search()
        with self.context.reader() as session:
            first = find_first(session, search, FIRST)
            self.list.mark(partial(hits, needles(session, words(search)[0], read_words)))
        if first is not None:
            self._show_ids(first, first=True)
        self._find_all()

    def _find_all(self) -> None:
        if self._job:
            self._job.cancel()
        self._job = self.context.read(_find, self.filters.search())
        self._job.done.connect(self._on_found)
        self._job.failed.connect(self._on_failed)
        self._job.start()

    @Slot(object)
    def _on_found(self, found: tuple[Sequence[int], int]) -> None:
        self._job = None
        ids, total = found
        self._show_ids(ids)
        sentence = ngettext("{n} customer", "{n} customers", total)
        self.header.set_count(sentence.format(n=formats.number(total)) if total else "")
        self.filters.count_once()
        self._wanted = None

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        raise error

    def _show_ids(self, ids: Sequence[int], first: bool = False) -> None:
        self.list.set_ids(ids, in_place=not self.search.text(), more=first)
        if self._wanted in ids:
            self.list.set_current(self._wanted)
        if ids or not first:
            self.shown.setCurrentWidget(self.list if ids else self.empty if self.filters.is_empty() else self.nothing)
            empty = self.shown.currentWidget() is self.empty
            self.add.setVisible(not empty)  # it has a button of its own
            self.filters.setVisible(not empty)

    def _load(self, ids: Sequence[int]) -> Mapping[int, PersonFace]:
        return self.context.get(load_people, ids)

    def on_changed(self, notice: Notice) -> None:
        """Show what is new of the customers in sight; the list is only asked for again when some came or went."""
        change, terms = notice.of(Customer), self.filters.search().terms
        if change is not None:
            self.list.cards.forget(None if change is MANY else change.updated | change.inserted)
        tagged = notice.of(CustomerLabel) is not None or notice.of(Label) is not None
        if tagged:
            self.list.cards.forget()
        came_or_went = change is not None and (change is MANY or bool(change.inserted or change.deleted))
        if change is not None and change is not MANY:
            for customer in (self._deleted, self.inspector.customer()):
                if customer in change.inserted:
                    self._wanted = customer
        due = notice.of(FollowUp) is not None or notice.of(Order) is not None
        other = self.filters.on_changed(notice)
        if came_or_went or other or (terms and (tagged or due) and self.inspector.customer() is None):
            self._find_all()
        self.inspector.refresh(notice)

    # What one does

    def merge(self, ids: Sequence[int]) -> None:
        """Show what merging these customers would make of them."""
        from desktop.ui.dialogs.merge import MergeDialog

        if self.commit():
            MergeDialog(self.context, ids, self.window()).open()

    @Slot(object)
    def _on_current(self, customer: int | None) -> None:
        if not self.inspector.show_customer(customer):
            self.context.say(_("Something here is not saved. Correct it, or press Esc in that field."))
            QTimer.singleShot(0, self._on_stay)  # once the click is over

    @Slot()
    def _on_stay(self) -> None:
        self.list.set_current(self.inspector.customer())

    @Slot(object)
    def _on_selection(self, ids: Sequence[int]) -> None:
        """Offer what can be done with several, where the header is: nothing moves."""
        several = len(ids) > 1
        if several:
            self.several.show_items(ids)
        self.head.setCurrentWidget(self.several if several else self.header)
        saved = not several or self.commit()  # what is not stays in sight
        self.side.setCurrentWidget(self.together if several and saved else self.inspector)

    @Slot()
    def _on_cleared(self) -> None:
        self.list.clear_selection()
        self.list.setFocus()

    @Slot(str)
    def _on_typed(self, letter: str) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.setText(letter)

    @Slot(object)
    def _on_opened(self, _customer: int) -> None:
        self.inspector.edit_name()

    @Slot()
    def _on_down(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        if self.list.current() is None and self.list.cards.ids:
            self.list.set_current(self.list.cards.ids[0])

    @Slot()
    def _on_add(self) -> None:
        if not self.commit():
            return
        customer = self.context.act(N_("Add customer"), _add, self.filters.group())
        if customer is None:
            return
        search = self.filters.search()
        if search.typed or len(search.terms) > (self.filters.group() is not None):  # where they may not be found
            self.filters.set_search(Search(sort=search.sort))
        self._wanted = customer
        self._show_ids(self.context.get(find, self.filters.search()))
        self._find_all()
        self.inspector.edit_name(whole=True)

    @Slot()
    def _on_delete(self) -> None:
        customer = self.inspector.customer()
        if self.context.read_only or customer is None:
            return
        self._deleted = customer
        self.inspector.abandon()  # nothing of what is typed is wanted any more
        if self.head.currentWidget() is self.several:
            self.several.remove()
        else:
            self.context.act(N_("Delete customer"), remove_customers, [customer], done=_("Customer deleted"))

    @Slot()
    def _on_labels(self) -> None:
        from desktop.ui.dialogs.labels import LabelsDialog

        dialog = LabelsDialog(self.context, self.window())
        dialog.wanted.connect(self._on_label_wanted)
        dialog.open()

    @Slot()
    def _on_send(self) -> None:
        """Make a send list of whom the filters find, now and later."""
        from desktop.services.send_lists import add_send_list

        search = self.filters.search()
        added = self.context.act(N_("New send list"), add_send_list, _("New send list"), search=search)
        if added is not None:
            self.context.go("send-lists", added)

    @Slot(object)
    def _on_label_wanted(self, label: int) -> None:
        self.show_target(Search("", (f"label=#{label}",)))

    def sizeHint(self) -> QSize:
        return QSize(theme.pixels(1108), theme.pixels(840))


def load_people(session: Session, ids: Sequence[int]) -> dict[int, PersonFace]:
    """Return the faces of those of `ids` that still exist."""
    return {person.id: face_of(person) for person in read_people(session, ids)}


def face_of(person: Person) -> PersonFace:
    """Return what a row says of a customer."""
    reached = [formats.phone(person.phone), formats.ltr(f"@{person.username}" if person.username else "")]
    title, *rest = [part for part in (formats.auto(person.name), formats.auto(person.company), *reached) if part] or [
        ""
    ]
    badges = (_("Asked to stop"),) if person.stopped else ()
    at = person.last_contact_at
    now = formats.now()
    day = dt.datetime.fromtimestamp(at, now.tzinfo).date() if at is not None else None
    note = _day(day, now.date(), language(), formats.settings()) if day else ""
    second = " · ".join(filter(None, (*reversed(rest), note)))  # how they are reached, where they work, when they wrote
    return PersonFace(title, code=second, badges=badges, faded=person.stopped, labels=person.labels)


@lru_cache(1_000)
def _day(day: dt.date, today: dt.date, _language: str, _settings: formats.Settings) -> str:
    """Return a day as it is said; to make that anew for every row takes longer than to paint it."""
    return formats.day(day, today=today)


def _find(session: Session, search: Search) -> tuple[list[int], int]:
    """Return the customers who are meant, and how many there are at all."""
    return find(session, search), count_customers(session)


def _add(session: Session, label: int | None) -> int:
    """Add a customer with a name to write over, with the label one is looking at."""
    customer = add_customer(session, _("New customer"))
    if label is not None:
        put_label(session, customer, label)
    return customer
