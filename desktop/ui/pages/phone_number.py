"""A new phone number: where the old one still stands, changed at once, and what to tell customers."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import N_, _, bidi, formats, ngettext
from desktop.services.errors import Invalid
from desktop.services.exports import Outdated, carrying
from desktop.services.new_number import Use, change_number, find_uses, message_to_customers, read_numbers
from desktop.services.phones import phone_example
from desktop.services.profile import read_profile
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.exports import ExportsCard
from desktop.ui.saving import Opener
from desktop.ui.tasks import Job
from desktop.ui.widgets.buttons import CopyButton, flat, primary, quiet
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import Label, Labelled
from desktop.ui.widgets.passage import Passage
from desktop.ui.widgets.phone_field import PhoneLine
from desktop.ui.widgets.rows import Row, Tile, arrow
from desktop.ui.widgets.scroll import Scroll

LISTED = 100  # texts that are listed; the rest are counted
AROUND = 24  # letters shown before and behind a number
ICONS = {"profile": "store", "replies": "zap", "catalog": "tags", "links": "qr-code", "": "message-square-text"}


class NumberView(QWidget):
    """Asks for both numbers, lists every text that carries the old one, and replaces it when told to."""

    left = Signal()

    def __init__(self, context: Context, opener: Opener = QDesktopServices.openUrl) -> None:
        super().__init__()
        self._context = context
        self._numbers = ("", "")
        self._uses: Sequence[Use] = ()
        self._job: Job | None = None
        self.back = flat(_("Back to the list"), "chevron-left")
        self.old, self.new = PhoneLine(), PhoneLine()
        self.complaints = {"old": Label("", "warn", wrap=True), "new": Label("", "warn", wrap=True)}
        self.look = quiet(_("Look for the old number"), "search")
        self.found = Card()
        self.title = Label("", "heading", wrap=True)
        self.rows = QVBoxLayout()
        self.more = Label("", "small", wrap=True)
        self.replace = primary(_("Replace everywhere"), "replace-all")
        self.message = Card(_("Tell your customers"))
        self.text = Passage()
        self.copy = CopyButton(_("Copy the message"), self._message_text)
        self.made = ExportsCard(context, _("To be made again"), opener)
        self.elsewhere = Label(
            _("What was printed, or was made before this program noted it, carries the old number too: replace it."),
            "small",
            wrap=True,
        )
        self._lay_out()
        self.back.clicked.connect(self.left)
        self.look.clicked.connect(self._on_find)
        for line in (self.old, self.new):
            line.unsaved = True  # Ctrl+Z is about these letters: they are not kept in the shop
            line.returnPressed.connect(self._on_find)
            line.textChanged.connect(self._on_typed)
        self.replace.clicked.connect(self._on_replace)
        self.made.made.connect(self._look_for_exports)

    def _lay_out(self) -> None:
        numbers = Card(_("A new phone number"))
        words = _("Type the new number, and every text of the shop that carries the old one is listed.")
        numbers.add(Label(words, "muted", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(theme.pixels(12))
        for line, field, words in ((self.old, "old", _("Old number")), (self.new, "new", _("New number"))):
            field_column = Labelled(words, line, self.complaints[field])
            field_column.addStretch()
            self.complaints[field].hide()
            row.addLayout(field_column, 1)
        numbers.add(row)
        numbers.body.addWidget(self.look, 0, Qt.AlignmentFlag.AlignLeading)
        self.rows.setSpacing(0)
        self.found.add(self.title)
        self.found.add(self.rows)
        self.found.add(self.more)
        self.found.body.addWidget(self.replace, 0, Qt.AlignmentFlag.AlignLeading)
        self.made.add(self.elsewhere)
        self.message.add(self.text)
        self.message.body.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeading)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(16))
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeading)
        for card in (numbers, self.found, self.made, self.message):
            column.addWidget(card)
        column.addStretch()
        self.area = Scroll(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)
        for card in (self.found, self.message, self.made):
            card.hide()

    def show_shop(self) -> None:
        """Begin with the shop's number as the old one, unless something is typed already."""
        profile = self._context.get(read_profile)
        if not self.old.text():
            self.old.setText(bidi.strip(formats.phone(profile.phone)))
        self.new.setPlaceholderText(phone_example(profile.territory))
        (self.new if self.old.text() else self.old).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_typed(self) -> None:
        for complaint in self.complaints.values():
            complaint.hide()
        for card in (self.found, self.message, self.made):
            card.hide()

    @Slot()
    def _on_find(self) -> None:
        try:
            self._numbers = self._context.get(read_numbers, self.old.text(), self.new.text())
        except Invalid as invalid:
            self.complaints[invalid.field].setText(invalid.message)
            self.complaints[invalid.field].show()
            {"old": self.old, "new": self.new}[invalid.field].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._look()

    def _look(self) -> None:
        uses = self._context.read(find_uses, *self._numbers)  # it reads every text of the shop
        self._job = uses.begin(self._on_found, self._on_failed, instead_of=self._job)

    @Slot(object)
    def _on_found(self, uses: Sequence[Use]) -> None:
        self._job = None
        self._uses = uses
        while item := self.rows.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for use in uses[:LISTED]:
            self.rows.addWidget(self._row(use))
        n = len(uses)
        sentence = ngettext("{n} text carries the old number", "{n} texts carry the old number", n)
        self.title.setText(sentence.format(n=formats.number(n)) if n else _("No text carries the old number"))
        rest = n - LISTED
        more = ngettext("and {n} more", "and {n} more", max(rest, 0)).format(n=formats.number(rest))
        self.more.setText(more)
        self.more.setVisible(rest > 0)
        self.replace.setVisible(bool(n))
        self.replace.setEnabled(not self._context.read_only)
        self.found.show()
        self.message.show()
        self._show_message()
        self._look_for_exports()

    @Slot()
    def _look_for_exports(self) -> None:
        """List what was made with the old number: it can be made again once the shop has the new one."""
        found = self._context.get(carrying, self._numbers[0])
        changed = self._context.get(read_profile).phone != self._numbers[0]
        n = len(found)
        sentence = ngettext("{n} export carries the old number.", "{n} exports carry the old number.", n)
        note = sentence.format(n=formats.number(n)) if n else _("Nothing that was exported carries the old number.")
        if n and not changed:
            note = _("{sentence} Replace the number first, and then export them again.").format(sentence=note)
        self.made.show_exports([Outdated(export, True, True) for export in found], note, changed)
        self.made.show()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        raise error

    def _row(self, use: Use) -> Row:
        owner = formats.auto(use.owner)
        # TRANSLATORS: whose field it is and which, as in "Rose box · Price".
        title = _("{owner} · {field}").format(owner=owner, field=use.title) if use.owner else use.title
        before, after = _excerpts(use.before, use.after)
        # TRANSLATORS: an old text and the new one, each in quotation marks.
        note = _("“{before}” becomes “{after}”").format(before=formats.auto(before), after=formats.auto(after))
        page = use.place.page
        act = partial(self._context.go, page, use.target) if page else self.replace.setFocus
        return Row(Tile(ICONS[page], 32), title, note, act, wrap=True, end=arrow() if page else None)

    def _show_message(self) -> None:
        passage = Passage(self._message_text())
        self.message.body.replaceWidget(self.text, passage)
        self.text.hide()
        self.text.deleteLater()
        self.text = passage

    def _message_text(self) -> str:
        return self._context.get(message_to_customers, self._numbers[1])

    @Slot()
    def _on_replace(self) -> None:
        count = self._context.act(N_("Change the phone number everywhere"), change_number, *self._numbers)
        if count is not None:
            done = ngettext("The number is changed in {n} text", "The number is changed in {n} texts", count)
            self._context.say(done.format(n=formats.number(count)), undo=True)
            self._look()


def _excerpts(before: str, after: str) -> tuple[str, str]:
    """Return the parts of both texts that differ, with a little of what is around them."""
    start = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    end = next((i for i, (a, b) in enumerate(zip(before[::-1], after[::-1], strict=False)) if a != b), 0)
    return _excerpt(before, start, len(before) - end), _excerpt(after, start, len(after) - end)


def _excerpt(text: str, start: int, end: int) -> str:
    first, last = max(start - AROUND, 0), min(end + AROUND, len(text))
    middle = " ".join(text[first:last].split())
    return f"{'…' if first else ''}{middle}{'…' if last < len(text) else ''}"
