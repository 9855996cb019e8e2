"""The catalog on a customer's phone: its first screen, a collection, an item, and the chat that begins about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.widgets.bubbles import Block, Bubble, BubbleView, MarkedText
from desktop.ui.widgets.buttons import icon_button, primary
from desktop.ui.widgets.gallery import Gallery
from desktop.ui.widgets.labels import ElidedLabel
from desktop.ui.widgets.passage import Passage
from desktop.ui.widgets.phone import BEZEL, HEIGHT, WIDTH, Bezel
from desktop.ui.widgets.phone_rows import ArticleRow, HeadingRow, PhoneList, Row
from desktop.ui.widgets.scroll import Scroll

Pictures = Callable[[str | None], QPixmap | None]


@dataclass(frozen=True)
class ItemScreen:
    """An item, opened. `message` is what its button says, in the words of the customer's phone, like `note`."""

    name: str
    price: str = ""
    old_price: str = ""
    note: str = ""
    link: str = ""
    message: str = ""
    description: Sequence[Block] = ()
    pictures: Sequence[str] = field(default=())


class PhoneCatalog(QWidget):
    """A phone with one screen of the catalog on it, in the direction of the shop's own language.

    What is clicked is told; whoever shows it answers with the next screen. Showing the same screen again, with
    something changed on it, keeps the place that was scrolled to and the picture that was looked at.
    """

    article_wanted = Signal(object)  # the key of an item
    shelf_wanted = Signal(object)  # the key of a collection
    message_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self.setAccessibleName(_("Phone preview"))
        self.setMaximumSize(theme.pixels(WIDTH), theme.pixels(HEIGHT))
        self.setMinimumSize(theme.pixels(240), theme.pixels(320))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.back = icon_button("arrow-left", _("Back"))
        self.back.clicked.connect(self.back_wanted)
        self.title = ElidedLabel("", "strong")
        self._bar = QWidget()
        theme.look(self._bar, "surface")
        self._row = row = QHBoxLayout(self._bar)
        row.setContentsMargins(*[theme.pixels(size) for size in (10, 10, 14, 8)])
        row.setSpacing(theme.pixels(6))
        row.addWidget(self.back)
        row.addWidget(self.title, 1)
        self.list = PhoneList(pictures)
        theme.look(self.list, "surface")
        self.list.opened.connect(self._on_opened)
        self.area = Scroll()
        self.area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.screens = QStackedWidget()
        self.screens.addWidget(self.list)
        self.screens.addWidget(self.area)
        self._screen = _Ground()
        column = QVBoxLayout(self._screen)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self.screens, 1)
        self.message = primary("", "message-circle")
        self.message.clicked.connect(self.message_wanted)
        self._foot = QWidget()
        theme.look(self._foot, "surface")
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(*[theme.pixels(size) for size in (14, 8, 14, 14)])
        foot.addWidget(self.message, 1)
        column.addWidget(self._foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(BEZEL, BEZEL, BEZEL, BEZEL)
        layout.addWidget(self._screen)
        self._bezel = Bezel(self)
        self.gallery: Gallery | None = None

    def set_direction(self, rtl: bool) -> None:
        """Lay the screen out as a phone in the customers' language does."""
        direction = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        self._screen.setLayoutDirection(direction)
        with_program = direction == QGuiApplication.layoutDirection()  # to whose direction icons are mirrored
        self.back.set_icon("arrow-left" if with_program else "arrow-right")

    def show_list(self, title: str, rows: Sequence[Row], again: bool = False) -> None:
        """Show rows: the first screen of the catalog, or a collection; `again` where these were shown already."""
        self._begin(title, self.list)
        if not again:
            self.list.set_rows(())
        self.list.set_rows(rows)
        if not again:
            self.list.scrollToTop()
        self.setAccessibleDescription("\n".join([title, *(row.text for row in rows[:20])]))

    def show_item(self, title: str, item: ItemScreen, again: bool = False) -> None:
        """Show an item, opened."""
        picture = self.gallery.current() if again and self.gallery else 0
        page, column = self._page("surface")
        self.gallery = Gallery(item.pictures, self._pictures)
        self.gallery.go_to(picture)
        column.addWidget(self.gallery)
        words = QVBoxLayout()
        words.setContentsMargins(*[theme.pixels(size) for size in (14, 10, 14, 16)])
        words.setSpacing(theme.pixels(6))
        column.addLayout(words)
        rtl = self._screen.layoutDirection() == Qt.LayoutDirection.RightToLeft
        words.addWidget(Passage(item.name, "heading", rtl=rtl))
        if item.price:
            prices = Passage(item.price, "strong", "accent", rtl=rtl)
            if item.old_price:
                prices.add("  ")
                prices.add(item.old_price, "body", "muted", strike=True)
            words.addWidget(prices)
        if item.note:
            words.addWidget(Passage(item.note, "small", "warn", rtl=rtl))
        if item.description:
            words.addWidget(MarkedText(item.description))
        if item.link:
            words.addWidget(Passage(item.link, "small", "accent", rtl=rtl))
        column.addStretch(1)
        self._show_page(title, page, again)
        self.message.set_text(item.message)
        self._foot.show()
        texts = [title, item.name, item.price, item.old_price, item.note, _plain(item.description), item.link]
        self.setAccessibleDescription("\n".join(filter(None, texts)))

    def show_chat(self, title: str, bubble: Bubble) -> None:
        """Show the chat with the shop, and what the customer is about to send."""
        page, column = self._page("chat")
        column.setContentsMargins(*[theme.pixels(size) for size in (12, 14, 12, 20)])
        column.addStretch(1)
        column.addWidget(BubbleView(bubble, mine=True))
        self._show_page(title, page, False)
        self.setAccessibleDescription(f"{title}\n{bubble.text}")

    def set_home(self, home: bool) -> None:
        """Say whether this is the first screen, from which nothing leads back."""
        self.back.setVisible(not home)
        self._row.setContentsMargins(
            *[theme.pixels(size) for size in ((16 if home else 10), 10, 14, 10 if home else 8)]
        )

    def repaint_pictures(self) -> None:
        """Paint again what waited for its picture."""
        self.list.viewport().update()
        if self.gallery:
            self.gallery.update()

    def set_focus(self) -> None:
        """Take the keyboard to what is on the screen."""
        if screen := self.screens.currentWidget():
            screen.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.screens.currentWidget() is self.list and not self.list.currentIndex().isValid():
            rows = self.list.rows.rows
            first = next((at for at, row in enumerate(rows) if isinstance(row, ArticleRow)), None)
            if first is not None:
                self.list.setCurrentIndex(self.list.rows.index(first))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        back = event.key() == Qt.Key.Key_Backspace or event.key() == Qt.Key.Key_Back
        if back and self.back.isVisibleTo(self):
            self.back_wanted.emit()
        elif self.gallery and self.screens.currentWidget() is self.area and self.gallery.press(event.key()):
            event.accept()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.BackButton and self.back.isVisibleTo(self):
            self.back_wanted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bezel.setGeometry(self.rect())
        self._bezel.raise_()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._screen.update()

    def _begin(self, title: str, screen: QWidget) -> None:
        self.title.setText(title)
        self._foot.hide()
        self.screens.setCurrentWidget(screen)
        self._screen.ground = "surface"
        self._screen.update()

    def _page(self, ground: str) -> tuple[QWidget, QVBoxLayout]:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._screen.ground = ground
        return page, column

    def _show_page(self, title: str, page: QWidget, again: bool) -> None:
        ground, place = self._screen.ground, self.area.verticalScrollBar().value() if again else 0
        self.area.setWidget(page)  # the one before goes
        self._begin(title, self.area)
        self._screen.ground = ground
        self.area.verticalScrollBar().setValue(place)

    @Slot(object)
    def _on_opened(self, row: Row) -> None:
        if isinstance(row, HeadingRow):
            self.shelf_wanted.emit(row.key)
        elif isinstance(row, ArticleRow):
            self.article_wanted.emit(row.key)


class _Ground(QWidget):
    """The lit part of the phone."""

    ground = "surface"

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colour(self.ground))


def _plain(blocks: Sequence[Block]) -> str:
    return "\n".join("".join(span.text for span in block.spans) for block in blocks)
