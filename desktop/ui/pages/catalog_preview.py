"""The catalog, a collection or an item as a customer finds it on the phone, live beside what is edited."""

from typing import NamedTuple

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.data.models import Collection, CollectionItem, Picture, Product, Profile
from desktop.data.notice import Notice
from desktop.i18n import RTL_LANGUAGES, _, formats, ngettext, speaking
from desktop.services.limits import limit
from desktop.services.marks import parse
from desktop.services.profile import read_profile
from desktop.services.share import customers_language
from desktop.services.storefront import (
    Article,
    Detail,
    Front,
    Shelf,
    read_detail,
    read_front,
    read_shelf,
)
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.tasks import Job
from desktop.ui.thumbnails import Thumbnails
from desktop.ui.widgets.bubbles import Bubble
from desktop.ui.widgets.buttons import quiet
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.phone import PERSPECTIVES
from desktop.ui.widgets.phone_catalog import ItemScreen, PhoneCatalog
from desktop.ui.widgets.phone_rows import ArticleRow, FrontRow, HeadingRow, Row

SHOWN_AS = (Product, Picture, Collection, CollectionItem, Profile)


class Place(NamedTuple):
    """A screen: "front", "shelf" (of a collection's id, or None for all items), "item" or "chat" (of an item's)."""

    screen: str
    key: int | None = None


class _Words(NamedTuple):
    """What a phone in the customers' language says."""

    rtl: bool
    catalog: str
    see_all: str
    sold_out: str
    message: str
    shop: str


FRONT = Place("front")


class PreviewDialog(QDialog):
    """A phone on which one finds one's way by click and key. Every change in the shop is seen on it at once.

    It leaves the window beside it in use; `follow` shows another item when another one is edited there.
    """

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        item: int | None = None,
        collection: int | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Phone preview"))
        self.setModal(False)
        self._context = context
        self._job: Job | None = None
        self._shown: Place | None = None
        self._way = [FRONT]  # from the first screen to the one that is shown
        side = round(theme.pixels(320) * self.devicePixelRatioF())
        self._thumbnails = Thumbnails(context, side, self)
        self.caption = Label(_(PERSPECTIVES["customer"]), "small")
        self.phone = PhoneCatalog(self._thumbnails.get)
        self.note = Label("", "small", wrap=True)
        self.home = quiet(_("Whole catalog"), "layout-grid")
        self.close_button = quiet(_("Close"))
        self._lay_out()
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._read)
        self.phone.article_wanted.connect(self._on_article)
        self.phone.shelf_wanted.connect(self._on_shelf)
        self.phone.message_wanted.connect(self._on_message)
        self.phone.back_wanted.connect(self._on_back)
        self.home.clicked.connect(self._on_home)
        self.close_button.clicked.connect(self.close)
        self._thumbnails.ready.connect(self._on_ready)
        context.changed.connect(self._on_changed)
        if collection is not None:
            self._way.append(Place("shelf", collection))
        if item is not None:
            self._way.append(Place("item", item))
        self._read()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.home)
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(self.phone, 100)
        middle.addStretch()
        layout = QVBoxLayout(self)
        around = theme.pixels(16)
        layout.setContentsMargins(around, around, around, around)
        layout.setSpacing(theme.pixels(8))
        layout.addWidget(self.caption)
        layout.addLayout(middle, 100)
        layout.addWidget(self.note)
        layout.addStretch()
        layout.addLayout(buttons)
        self.resize(theme.pixels(360), theme.pixels(720))

    def place(self) -> Place:
        """Return the screen one has come to."""
        return self._way[-1]

    def follow(self, item: int | None) -> None:
        """Show the item that is edited now; None leaves the phone as it is."""
        if item is not None and self.place() != Place("item", item):
            shelf = [place for place in self._way if place.screen == "shelf"]
            self._go([FRONT, *shelf[:1], Place("item", item)])

    # What is read

    def _go(self, way: list[Place]) -> None:
        self._way = way
        self._read()

    @Slot()
    def _read(self) -> None:
        self._job = self._context.read(_read_screen, self.place()).begin(
            self._on_read, self._on_failed, instead_of=self._job
        )

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        raise error

    @Slot(object)
    def _on_read(self, found: tuple[Place, _Words, Front | Shelf | Detail | None]) -> None:
        self._job = None
        place, words, content = found
        if content is None:  # it has been deleted, or nothing of it is left to see
            self._go(self._way[:-1])
            return
        again, self._shown = self._shown == place, place
        held = self.phone.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.phone.set_direction(words.rtl)
        self.phone.set_home(len(self._way) == 1)
        self.home.setEnabled(len(self._way) > 1)
        self.note.setText("")
        if isinstance(content, Front):
            self._show_front(words, content, again)
        elif isinstance(content, Shelf):
            self._show_shelf(words, content, again)
        elif place.screen == "chat":
            self._show_chat(words, content)
        else:
            self._show_item(words, content, again)
        if held and not again:
            self.phone.set_focus()

    def _show_front(self, words: _Words, front: Front, again: bool) -> None:
        rows: list[Row] = [FrontRow(front.name, front.about, front.logo, front.cover)]
        for shelf in front.shelves:
            opens = shelf.collection is not None
            if opens or len(front.shelves) > 1:
                rows.append(HeadingRow(shelf.collection, shelf.name, words.see_all if opens else ""))
            rows += _rows(words, shelf)
        self.phone.show_list(words.catalog, rows, again)
        if not front.shelves:
            self.note.setText(_("There is nothing to see yet. Add an item, or show one that is hidden."))
        elif front.shelves[-1].more:
            self._tell_room()

    def _show_shelf(self, words: _Words, shelf: Shelf, again: bool) -> None:
        self.phone.show_list(shelf.name, _rows(words, shelf), again)
        if shelf.more:
            self._tell_room()

    def _tell_room(self) -> None:
        most = limit("catalog.items")
        words = ngettext("The phone has room for {n} item.", "The phone has room for {n} items.", most)
        self.note.setText(words.format(n=formats.number(most)))

    def _show_item(self, words: _Words, detail: Detail, again: bool) -> None:
        article = detail.article
        screen = ItemScreen(
            article.name,
            article.price,
            article.old_price,
            "" if article.available else words.sold_out,
            formats.ltr(detail.link) if detail.link else "",
            words.message,
            tuple(parse(detail.description)) if detail.description else (),
            detail.pictures,
        )
        self.phone.show_item(words.shop, screen, again)
        if detail.hidden:
            self.note.setText(_("This item is hidden: customers do not see it until you show it."))

    def _show_chat(self, words: _Words, detail: Detail) -> None:
        self.phone.show_chat(words.shop, Bubble(tuple(parse(detail.order)), from_shop=False))

    # What one does

    @Slot(object)
    def _on_article(self, item: int) -> None:
        self._go([*self._way, Place("item", item)])

    @Slot(object)
    def _on_shelf(self, collection: int | None) -> None:
        self._go([*self._way, Place("shelf", collection)])

    @Slot()
    def _on_message(self) -> None:
        self._go([*self._way, Place("chat", self.place().key)])

    @Slot()
    def _on_back(self) -> None:
        if len(self._way) > 1:
            self._go(self._way[:-1])

    @Slot()
    def _on_home(self) -> None:
        self._go([FRONT])

    @Slot()
    def _on_ready(self) -> None:
        self.phone.repaint_pictures()

    @Slot(object)
    def _on_changed(self, notice: Notice) -> None:
        if any(notice.of(model) is not None for model in SHOWN_AS):
            self._soon.start()


def _read_screen(session: Session, place: Place) -> tuple[Place, _Words, Front | Shelf | Detail | None]:
    """Return what a screen shows, None for what is not there, and the words of the phone."""
    words = _read_words(session)
    if place.screen == "front":
        return place, words, read_front(session)
    if place.screen == "shelf":
        return place, words, read_shelf(session, place.key)
    assert place.key is not None, "an item and a chat are about one"
    return place, words, read_detail(session, place.key)


def _read_words(session: Session) -> _Words:
    profile = read_profile(session)
    language = customers_language(profile)
    with speaking(language):
        return _Words(
            rtl=language in RTL_LANGUAGES,
            catalog=_("Catalog"),
            # TRANSLATORS: on a customer's phone, beside the name of a collection: opens it.
            see_all=_("See all"),
            sold_out=_("Out of stock"),
            # TRANSLATORS: on a customer's phone: the button of an item that begins a chat with the shop.
            message=_("Message business"),
            shop=profile.name or _("Catalog"),
        )


def _rows(words: _Words, shelf: Shelf) -> list[Row]:
    return [_row(words, article) for article in shelf.articles]


def _row(words: _Words, article: Article) -> ArticleRow:
    note = "" if article.available else words.sold_out
    texts = (article.name, article.line, article.price, article.old_price)
    return ArticleRow(article.id, *texts, note, article.picture)
