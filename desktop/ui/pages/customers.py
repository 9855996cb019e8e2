"""The customers page: who they are, found as one types, and the one that is chosen beside them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QDesktopServices, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget
from sqlalchemy.orm import Session

from desktop.data.models import CustomerLabel, FollowUp, Label, Order
from desktop.data.notice import Notice
from desktop.i18n import N_, _, formats, language, ngettext
from desktop.services.customers import Person, add_customer, read_people, remove_customers
from desktop.services.labels import put_label
from desktop.services.terms import Search
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.customer_files import CustomerFiles
from desktop.ui.icons import icon
from desktop.ui.pages.customer import CustomerInspector
from desktop.ui.pages.customer_filters import CustomerFilters
from desktop.ui.pages.customer_selection import CustomerSelection
from desktop.ui.pages.customer_terms import PEOPLE
from desktop.ui.pages.finding_page import FindingPage
from desktop.ui.saving import Opener
from desktop.ui.widgets.buttons import icon_button, primary, quiet
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.page_header import PageHeader
from desktop.ui.widgets.people_list import PeopleList, PersonFace

INSPECTOR = 350  # points, to begin with
LIST = 380  # points


class CustomersPage(FindingPage):
    """Search, chips, rows; the customer that is chosen is edited in the inspector."""

    first = 40
    several: CustomerSelection
    inspector: CustomerInspector

    def __init__(self, context: Context, opener: Opener = QDesktopServices.openUrl) -> None:
        super().__init__(context, PEOPLE)
        self.header = PageHeader(_("Customers"))
        self.add = primary(_("Add customer"), "plus", shortcut=QKeySequence("Ctrl+N"))
        self.more = icon_button("ellipsis", _("More"))
        self.menu = QMenu(self)
        self.filters = CustomerFilters(context)
        self.grid = PeopleList(_("Customers"), self._load)
        self.add_first = primary(_("Add the first customer"), "plus")
        sentence = _(
            "Keep who buys from you: name, number, what they like, and whether they want offers. "
            "A chat opens with one click, and nobody is forgotten."
        )
        self.bring = quiet(_("Import customers…"), "file-input")
        self.bring.setDisabled(context.read_only)
        self.empty = Empty("users", _("Your customers, on your computer"), sentence, self.add_first, other=self.bring)
        self.show_all = quiet(_("Show all customers"))
        self.nothing = Empty(
            "search-x", _("Nobody found"), _("Try another spelling, fewer letters, or fewer filters."), self.show_all
        )
        self.several = CustomerSelection(context)
        self.inspector = CustomerInspector(context, opener)
        sentence = _("What you choose above is done to all of them.")
        self.together = Empty("users", _("Several customers chosen"), sentence)
        theme.look(self.together, "surface")
        self.together.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.more.setMenu(self.menu)
        self.menu.addAction(icon("tags"), _("Labels…"), self._on_labels)
        send = self.menu.addAction(icon("send"), _("Send list for those shown…"), self._on_send)
        send.setDisabled(context.read_only)
        self.files = CustomerFiles(context, self, self.menu)
        self.bring.clicked.connect(self.files.bring.trigger)
        self.header.add(self.more, self.add)
        self.lay_out(INSPECTOR, LIST)
        self.several.merge_wanted.connect(self.merge)
        self.inspector.merge_wanted.connect(self.merge)
        self.search_again()

    # What is shown

    def show_total(self, total: int) -> None:
        sentence = ngettext("{n} customer", "{n} customers", total)
        self.header.set_count(sentence.format(n=formats.number(total)) if total else "")

    def beside(self, several: Sequence[int]) -> QWidget:
        return self.together if several and self.commit() else self.inspector  # what is not saved stays in sight

    def on_changed(self, notice: Notice) -> None:
        labelled = any(map(notice.of, (CustomerLabel, Label)))
        if labelled:
            self.grid.cards.forget()
        if self.filters.search().terms and (labelled or any(map(notice.of, (FollowUp, Order)))):
            self._behind = True
        super().on_changed(notice)

    def _load(self, ids: Sequence[int]) -> Mapping[int, PersonFace]:
        return self.context.get(load_people, ids)

    # What one does

    def add_row(self) -> int | None:
        return self.context.act(N_("Add customer"), _add, self.filters.group())

    def remove_row(self, row: int) -> None:
        self.context.act(N_("Delete customer"), remove_customers, [row], done=_("Customer deleted"))

    def merge(self, ids: Sequence[int]) -> None:
        """Show what merging these customers would make of them."""
        from desktop.ui.dialogs.merge import MergeDialog

        if self.commit():
            MergeDialog(self.context, ids, self.window()).open()

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


def _add(session: Session, label: int | None) -> int:
    """Add a customer with a name to write over, with the label one is looking at."""
    customer = add_customer(session, _("New customer"))
    if label is not None:
        put_label(session, customer, label)
    return customer
