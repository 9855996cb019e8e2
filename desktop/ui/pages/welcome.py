"""What is seen without a shop: how to begin, what to look at first, and why a shop did not open."""

from functools import lru_cache, partial
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop import config, i18n
from desktop.i18n import N_, _, formats
from desktop.resources import resource
from desktop.ui import icons, theme
from desktop.ui.widgets.buttons import Button, flat, primary, quiet
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.labels import ElidedLabel, Label
from desktop.ui.widgets.scroll import in_the_middle
from desktop.ui.widgets.tips import plain

COLUMN = 720  # the widest that lines are pleasant to read
THUMB = 74
SAMPLES = (  # name, title, what is in it, and drawings that show it
    (
        "gifts",
        N_("Gift shop"),
        N_("Bags, watches, perfumes and gift boxes"),
        ("BOX-0401", "BAG-0101", "WCH-0201", "OUD-0304"),
    ),
    (
        "bakery",
        N_("Bakery"),
        N_("Bread, pastries, sweets and cakes"),
        ("BRD-0111", "PAS-0201", "SWT-0305", "CAK-0401"),
    ),
)
RECENT = 4  # more are in the menu


class WelcomePage(QWidget):
    """The first thing that an owner sees. `trouble` says why `shop` (a path or an address) did not open.

    `chosen(what, argument)` asks for "new", "open" or "rebuild" (None: ask which), "sample" by its name, "open" or
    "read" a shop.
    """

    chosen = Signal(str, object)
    settings_wanted = Signal(object)  # {"language": …}

    def __init__(self, trouble: str = "", shop: object = None) -> None:
        super().__init__()
        theme.look(self, "page")
        self.start = primary(_("Start my shop…"), "store")
        self.open = quiet(_("Open a shop…"), "folder-open")
        self.rebuild = flat(_("Rebuild from an export…"), "archive-restore")
        self.samples = [_SampleCard(*sample) for sample in SAMPLES]
        self.recent = [_RecentShop(place) for place in _recent_shops() if place != str(shop)]
        self.languages = [flat(name) for code, name in i18n.LANGUAGES.items() if code != i18n.language()]
        self.trouble = _Trouble(trouble, shop) if trouble else None
        self._lay_out()
        self.start.clicked.connect(partial(self.chosen.emit, "new", None))
        self.open.clicked.connect(partial(self.chosen.emit, "open", None))
        self.rebuild.clicked.connect(partial(self.chosen.emit, "rebuild", None))
        for card in self.samples:
            card.clicked.connect(partial(self.chosen.emit, "sample", card.sample))
        for row in self.recent:
            row.clicked.connect(partial(self.chosen.emit, "open", row.place))
        others = [code for code in i18n.LANGUAGES if code != i18n.language()]
        for code, button in zip(others, self.languages, strict=True):
            button.clicked.connect(partial(self.settings_wanted.emit, {"language": code}))
        if self.trouble:
            self.trouble.chosen.connect(self.chosen)

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(theme.pixels(16))
        if self.trouble:
            column.addWidget(self.trouble)
        column.addWidget(self._greeting())
        column.addSpacing(theme.pixels(8))
        column.addWidget(Label(_("Look around a sample shop"), "section"))
        cards = QHBoxLayout()
        cards.setSpacing(theme.pixels(12))
        for card in self.samples:
            cards.addWidget(card, 1)
        column.addLayout(cards)
        if self.recent:
            column.addSpacing(theme.pixels(8))
            column.addWidget(Label(_("Recent shops"), "section"))
            rows = Card()
            rows.body.setContentsMargins(*[theme.pixels(4)] * 4)
            rows.body.setSpacing(0)
            for row in self.recent:
                rows.add(row)
            column.addWidget(rows)
        column.addSpacing(theme.pixels(8))
        column.addLayout(self._promise())
        self.area = in_the_middle(column, COLUMN)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)

    def _greeting(self) -> Card:
        sign = QLabel()
        sign.setPixmap(_drawing("icon.svg", theme.pixels(72), self.devicePixelRatioF()))
        aim = _("This is the desk of your shop: write the profile, the catalog and your replies here.")
        ease = _("A name is enough to begin. Everything else can wait.")
        head = QHBoxLayout()
        head.addWidget(Label(_("Welcome to Dukkan"), "title"), 1)
        for button in self.languages:
            head.addWidget(button)
        buttons = FlowLayout(spacing=theme.pixels(12))
        for button in (self.start, self.open, self.rebuild):
            buttons.addWidget(button)
        words = QVBoxLayout()
        words.setSpacing(theme.pixels(8))
        words.addLayout(head)
        words.addWidget(Label(aim, wrap=True))
        words.addWidget(Label(ease, "muted", wrap=True))
        words.addSpacing(theme.pixels(8))
        words.addLayout(buttons)
        row = QHBoxLayout()
        row.setSpacing(theme.pixels(24))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        card = Card()
        card.body.setContentsMargins(*[theme.pixels(24)] * 4)
        card.add(row)
        return card

    def _promise(self) -> QHBoxLayout:
        side = theme.pixels(16)
        sign = QLabel()
        sign.setPixmap(icons.pixmap("lock", "muted", side, self.devicePixelRatioF()))
        promise = _("Everything is kept on this computer alone. Messages are sent by WhatsApp, on the phone.")
        row = QHBoxLayout()
        row.setSpacing(theme.pixels(8))
        row.addWidget(sign)
        row.addWidget(Label(promise, "small", wrap=True), 1)
        return row


class _Trouble(QFrame):
    """What happened when a shop was to be opened, and what can be done about it."""

    chosen = Signal(str, object)

    def __init__(self, trouble: str, shop: object) -> None:
        super().__init__()
        self._shop = shop
        theme.look(self, "banner")
        self.setAccessibleName(trouble)
        side = theme.pixels(20)
        sign = QLabel()
        sign.setPixmap(icons.pixmap("triangle-alert", "warn", side, self.devicePixelRatioF()))
        self.again = quiet(_("Try again"), "rotate-cw")
        self.read = quiet(_("Open to read only"), "eye")
        words = QVBoxLayout()
        words.setSpacing(theme.pixels(4))
        if shop is not None:
            words.addWidget(ElidedLabel(_shop_name(str(shop)), "strong"))
        words.addWidget(Label(trouble, wrap=True))
        if shop is not None:
            buttons = QHBoxLayout()
            buttons.setSpacing(theme.pixels(8))
            buttons.setContentsMargins(0, theme.pixels(8), 0, 0)
            buttons.addWidget(self.again)
            buttons.addWidget(self.read)
            buttons.addStretch()
            words.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(*[theme.pixels(16)] * 4)
        row.setSpacing(theme.pixels(12))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.again.clicked.connect(self._on_again)
        self.read.clicked.connect(self._on_read)

    @Slot()
    def _on_again(self) -> None:
        self.chosen.emit("open", self._shop)

    @Slot()
    def _on_read(self) -> None:
        self.chosen.emit("read", self._shop)


class _WholeButton(Button):
    """A button that holds a layout; what is in it lets the pointer through."""

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return layout.minimumSize() if layout else super().minimumSizeHint()


class _SampleCard(_WholeButton):
    """A sample shop, with some of what it sells."""

    def __init__(self, sample: str, title: str, summary: str, drawings: tuple[str, ...]) -> None:
        super().__init__("", look="card")
        self.sample = sample
        self.setAccessibleName(_("Look around: {shop}").format(shop=_(title)))
        self.setAccessibleDescription(_(summary))
        around = theme.pixels(16)
        column = QVBoxLayout(self)
        column.setContentsMargins(around, around, around, around)
        column.setSpacing(theme.pixels(4))
        column.addWidget(_Drawings([f"samples/{sample}/pictures/{name}.svg" for name in drawings]))
        column.addSpacing(theme.pixels(8))
        column.addWidget(Label(_(title), "strong"))
        column.addWidget(Label(_(summary), "small", wrap=True))


class _RecentShop(_WholeButton):
    """One line: the name of a shop, and where it is."""

    def __init__(self, place: str) -> None:
        super().__init__("", look="flat")
        self.place = place
        name = _shop_name(place)
        self.setAccessibleName(_("Open {shop}").format(shop=formats.auto(name)))
        self.setToolTip(plain(formats.ltr(_shown_place(place))))
        row = QHBoxLayout(self)
        row.setContentsMargins(*[theme.pixels(side) for side in (12, 8, 12, 8)])
        row.setSpacing(theme.pixels(12))
        row.addWidget(ElidedLabel(formats.auto(name)), 1)
        row.addWidget(ElidedLabel(formats.ltr(_shown_place(place)), "small", Qt.TextElideMode.ElideMiddle), 1)


class _Drawings(QWidget):
    """Some of the project's own drawings in a row, with round corners, smaller where there is no room."""

    def __init__(self, names: list[str]) -> None:
        super().__init__()
        self._names = names
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMinimumWidth(theme.pixels(THUMB))
        self.setFixedHeight(theme.pixels(THUMB))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap, many = theme.pixels(8), len(self._names)
        side = min(theme.pixels(THUMB), (self.width() + gap) // many - gap)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for place, name in enumerate(self._names):
            x = place * (side + gap)
            frame = QRectF(self.width() - x - side if rtl else x, 0, side, side)
            shape = QPainterPath()
            shape.addRoundedRect(frame, theme.RADIUS, theme.RADIUS)
            painter.setClipPath(shape)
            painter.drawPixmap(frame.topLeft(), _drawing(name, side, self.devicePixelRatioF()))


@lru_cache(maxsize=64)
def _drawing(name: str, side: int, ratio: float) -> QPixmap:
    """Return one of the project's own SVG files as a square picture of `side` points."""
    picture = QPixmap(QSize(side, side) * ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(str(resource(name))).render(painter)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def _recent_shops() -> list[str]:
    """Return the shops that were open last and are still there."""
    return [place for place in config.load().recent_shops if "://" in place or Path(place).exists()][:RECENT]


def _shop_name(place: str) -> str:
    return urlsplit(place).path.strip("/") or place if "://" in place else Path(place).stem


def _shown_place(place: str) -> str:
    """Return where a shop is, as it may be seen: without the password of a server."""
    if "://" in place:
        return urlsplit(place).hostname or ""
    folder, home = Path(place).parent, Path.home()
    return f"~/{folder.relative_to(home).as_posix()}" if home in folder.parents else str(folder)
