"""QR codes of many items at once: which ones, how they stand on the page, and the files to print."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QDesktopServices, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.data.models import Collection, CollectionItem, Product, Profile
from desktop.data.notice import Notice
from desktop.exchange import qr_sheet
from desktop.exchange.qr_sheet import Sheet
from desktop.exchange.remake import Again
from desktop.i18n import _, formats, ngettext
from desktop.services.catalog import cards
from desktop.services.collections import list_collections
from desktop.services.errors import Invalid
from desktop.services.profile import read_profile
from desktop.services.share import customers_language
from desktop.services.targets import item_links
from desktop.services.where import Search, find
from desktop.ui import theme
from desktop.ui.context import Context, complaint
from desktop.ui.exports import note
from desktop.ui.pages.page import Page
from desktop.ui.saving import Kind, Opener, SaveLine
from desktop.ui.tasks import Job
from desktop.ui.widgets.buttons import primary, quiet
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.editors import Choice
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.search_field import SearchField

PAUSE = 250  # ms without a change, after which the page is drawn
SHOWN = 500  # items in the list; more are printed, but nobody looks through them
PREVIEW = 70  # pixels to the inch
CHOSEN = "chosen"  # the choice of those that were chosen in the catalog
ROWS = 12  # more than stand on a page in any number of columns


class SheetView(QWidget):
    """The first page, as large as there is room, never mirrored."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("The first page"))

    def show_page(self, data: bytes) -> None:
        """Show the PNG picture of a page, or nothing for b""."""
        self.image = QImage.fromData(data)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.pixels(280), theme.pixels(396))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.pixels(180), theme.pixels(254))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF((self.width() - size.width()) / 2, 0, size.width(), size.height())
        painter.drawImage(place, self.image)
        painter.setPen(theme.colour("line"))
        painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))


class ManyLinks(Page):
    """Choose items, look at the first page, and save: nothing here is kept in the shop."""

    def __init__(self, context: Context, opener: Opener = QDesktopServices.openUrl) -> None:
        super().__init__(context)
        self._out: set[int] = set()  # items that are not wanted
        self._ids: list[int] = []
        self._only: tuple[int, ...] = ()  # items that were chosen in the catalog
        self._drawing: Job | None = None  # apart from what is made to be saved, which nothing takes the place of
        self._saving: Job | None = None
        self._making: tuple[str, dict[str, object], int] = ("", {}, 0)  # kind, options and codes of what is made
        self.which = Choice()
        self.which_label = Label(_("Items"), "section")
        self.which_label.set_buddy(self.which)
        self.search = SearchField(_("Search name, description or code"))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Items that get a code"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.look(self.list, "sunken")
        self.count = Label("", "muted", wrap=True)
        self.columns = Choice([(n, formats.number(n)) for n in range(qr_sheet.COLUMNS[0], qr_sheet.COLUMNS[1] + 1)])
        self.columns.set_value(3)
        self.columns_label = Label(_("Codes side by side"), "section")
        self.columns_label.set_buddy(self.columns)
        self.advice = Label("", "warn", wrap=True)
        self.view = SheetView()
        self.reason = Label("", "muted", wrap=True)
        self.save = primary(_("Save as PDF…"), "printer", hint=_("To print and cut apart"))
        self.save_pictures = quiet(_("Save pictures…"), "image", hint=_("Each page as a PNG picture"))
        self.save_drawings = quiet(_("Save drawings…"), "qr-code", hint=_("Each code as an SVG file, for a print shop"))
        self.saved = SaveLine(opener)
        self.saved.keep_room()
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._lay_out()
        self.which.activated.connect(self._find)
        self.search.searched.connect(self._find)
        self.list.itemChanged.connect(self._on_item_changed)
        self.columns.activated.connect(self._update)
        self.save.clicked.connect(self._on_save)
        self.save_pictures.clicked.connect(self._on_save_pictures)
        self.save_drawings.clicked.connect(self._on_save_drawings)
        self._pause.timeout.connect(self._draw)
        self._show(b"", "")
        self._offer()
        self._find()

    def _lay_out(self) -> None:
        choose = Card()
        edge = QVBoxLayout()
        edge.setSpacing(theme.pixels(4))
        edge.addWidget(self.which_label)
        edge.addWidget(self.which)
        choose.add(edge)
        choose.add(self.search)
        choose.add(self.list, 1)
        choose.add(self.count)
        page = Card()
        row = QHBoxLayout()
        row.addWidget(self.columns_label)
        row.addStretch()
        row.addWidget(self.columns)
        page.add(row)
        page.add(self.advice)
        page.add(self.view, 1)
        page.add(self.reason, 1)
        actions = QGridLayout()
        actions.setSpacing(theme.pixels(8))
        actions.addWidget(self.save, 0, 0, 1, 2)
        actions.addWidget(self.save_pictures, 1, 0)
        actions.addWidget(self.save_drawings, 1, 1)
        page.add(actions)
        page.add(self.saved)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.pixels(16))
        layout.addWidget(choose, 1)
        layout.addWidget(page, 1)

    def on_changed(self, notice: Notice) -> None:
        """Follow the items, the collections and the shop's name and phone."""
        if any(map(notice.of, (Product, Collection, CollectionItem, Profile))):
            self._offer()
            self._find()

    def show_target(self, target: object) -> None:
        """Show items by their ids, or what `state` returned."""
        match target:
            case list(items):
                self._only, self._out = tuple(items), set()
                self.search.clear()
                self._offer()
                self.which.set_value(CHOSEN)
                self._find()
            case (which, str(typed), int(columns), frozenset() as out, tuple(only)):
                self._only = only
                self._offer()
                self.which.set_value(which)
                self.search.setText(typed)
                self.columns.set_value(columns)
                self._out = set(out)
                self._find()

    def state(self) -> object:
        """Return what was chosen and typed."""
        return self.which.value(), self.search.text(), self.columns.value(), frozenset(self._out), self._only

    def sheet(self) -> Sheet:
        """Return what is to be printed. Raises Invalid without a phone number or without items."""
        columns = self.columns.value()
        wanted = [item for item in self._ids if item not in self._out]
        if not wanted:
            raise Invalid("where", _("There are no items to print codes for."))
        return self.context.get(_sheet, wanted, columns if isinstance(columns, int) else 3)

    def _options(self) -> dict[str, object]:
        """Return what chooses the same again."""
        typed = self.search.text().strip()
        terms = [self._term(), *([f"search={typed}"] if typed else [])]
        columns = self.columns.value()
        options = {"terms": terms, "out": sorted(self._out & set(self._ids)), "columns": columns}
        return {**options, "only": list(self._only)} if self.which.value() == CHOSEN else options

    def _term(self) -> str:
        which = self.which.value()
        return f"collection=#{which}" if isinstance(which, int) else "all" if which == CHOSEN else str(which)

    def _offer(self) -> None:
        groups = [(group.id, formats.auto(group.name)) for group in self.context.get(list_collections) if group.items]
        fixed = [("all", _("All items")), ("on-sale", _("On sale")), ("in-stock", _("In stock"))]
        if self._only:
            # TRANSLATORS: items that were selected in the catalog.
            words = ngettext("{n} selected item", "{n} selected items", len(self._only))
            fixed.insert(0, (CHOSEN, words.format(n=formats.number(len(self._only)))))
        chosen = self.which.value()
        self.which.set_choices([*fixed, *groups])
        self.which.set_value(chosen)
        if self.which.value() is None:
            self.which.set_value("all")

    @Slot()
    def _find(self) -> None:
        """List the items that are meant; those that customers do not see are never among them."""
        self._ids = self.context.get(find, Search(self.search.text().strip(), (self._term(), "shown")))
        if self.which.value() == CHOSEN:
            only = set(self._only)
            self._ids = [item for item in self._ids if item in only]
        self.list.blockSignals(True)
        self.list.clear()
        for card in self.context.get(_names, self._ids[:SHOWN]):
            row = QListWidgetItem(formats.auto(card[1]))
            row.setData(Qt.ItemDataRole.UserRole, card[0])
            row.setFlags(row.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            row.setCheckState(Qt.CheckState.Unchecked if card[0] in self._out else Qt.CheckState.Checked)
            self.list.addItem(row)
        self.list.blockSignals(False)
        self._update()

    @Slot(QListWidgetItem)
    def _on_item_changed(self, row: QListWidgetItem) -> None:
        item = row.data(Qt.ItemDataRole.UserRole)
        if row.checkState() == Qt.CheckState.Checked:
            self._out.discard(item)
        else:
            self._out.add(item)
        self._update()

    @Slot()
    def _update(self) -> None:
        count = len([item for item in self._ids if item not in self._out])
        words = ngettext("{n} code", "{n} codes", count).format(n=formats.number(count))
        if len(self._ids) > SHOWN:
            more = _("{words}. The list shows the first {n} items.")
            words = more.format(words=words, n=formats.number(SHOWN))
        self.count.setText(words)
        self.saved.hide()  # what it says is of other codes
        self._pause.start()

    @Slot()
    def _draw(self) -> None:
        """Draw the first page behind the window, or say why there is none."""
        try:
            sheet = self.sheet()
        except Invalid as invalid:
            self._show(b"", invalid.message)
            return
        first = replace(sheet, links=sheet.links[: sheet.columns * ROWS])
        draw = self.context.work(lambda _token: (qr_sheet.pictures(first, PREVIEW)[0], qr_sheet.advice(first)))
        self._drawing = draw.begin(self._on_drawn, self._on_failed, instead_of=self._drawing)

    @Slot(object)
    def _on_drawn(self, drawn: tuple[bytes, str]) -> None:
        self._drawing = None
        self._show(drawn[0], "", drawn[1])

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._drawing = self._saving = None
        self._show(b"", complaint(error))

    def _show(self, page: bytes, reason: str, advice: str = "") -> None:
        self.view.show_page(page)
        self.view.setVisible(bool(page))
        self.reason.setText(reason)
        self.reason.setVisible(not page)
        self.advice.setText(advice)
        self.advice.setVisible(bool(advice))
        for button in (self.save, self.save_pictures, self.save_drawings):
            button.setEnabled(bool(page))

    def _make(self, kind: str, work: Callable[[Sheet], Any]) -> None:
        """Make files behind the window, and ask then where they are to go."""
        try:
            sheet = self.sheet()
            self._making = kind, self._options(), len(sheet.links)
        except Invalid as invalid:  # what is shown is about to say so
            self.context.say(invalid.message)
            return
        make = self.context.work(lambda _token: work(sheet))
        self._saving = make.begin(self._on_made, self._on_failed, instead_of=self._saving)

    @Slot()
    def _on_save(self) -> None:
        self._make("qr_sheet", qr_sheet.pdf)

    @Slot()
    def _on_save_pictures(self) -> None:
        self._make("qr_pages", lambda sheet: _numbered(qr_sheet.pictures(sheet)))

    @Slot()
    def _on_save_drawings(self) -> None:
        self._make("qr_drawings", lambda sheet: list(qr_sheet.drawings(sheet.links)))

    @Slot(object)
    def _on_made(self, made: bytes | list[tuple[str, bytes]]) -> None:
        """Ask where what was made is to go."""
        self._saving = None
        profile = self.context.get(read_profile)
        name = _("QR codes of {name}").format(name=profile.name)
        kind, options, count = self._making
        then = partial(note, self.context, kind, options, again=Again(profile.phone, count))
        if isinstance(made, bytes):
            self.saved.ask(_("Save the sheet of QR codes"), name, (Kind(".pdf", _("PDF"), lambda: made),), then)
        else:
            self.saved.ask_folder(_("Choose a folder for the QR codes"), name, made, then)


def _sheet(session: Session, ids: list[int], columns: int) -> Sheet:
    profile = read_profile(session)
    language = customers_language(profile)
    return Sheet(profile.name, item_links(session, ids), language, profile.territory, columns)


def _names(session: Session, ids: list[int]) -> list[tuple[int, str]]:
    return [(card.id, card.name) for card in cards(session, ids)]


def _numbered(pages: list[bytes]) -> list[tuple[str, bytes]]:
    return [(f"{number}.png", page) for number, page in enumerate(pages, 1)]
