"""The cards of the home page. Each is shown an overview, and is made again only where it says something else."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.exchange.qr import make
from desktop.i18n import _, formats
from desktop.services.links import catalog_link, chat_link
from desktop.services.overview import Concern, Overview, Quick, Recent
from desktop.services.phone_copy import Reminder
from desktop.services.profile import STEPS
from desktop.services.where import Search
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.copying import copy_reply
from desktop.ui.item_files import open_import
from desktop.ui.pages.home_rows import RowsCard, buttons_of
from desktop.ui.tasks import Job, Token
from desktop.ui.thumbnails import Thumbnails
from desktop.ui.widgets.buttons import Button, CopyButton, flat, quiet
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import ElidedLabel, Label
from desktop.ui.widgets.qr_view import QrView
from desktop.ui.widgets.rows import PADDING, Row, Tile, arrow

PLACES = {  # of each kind of concern: its icon, and the page where it is put right
    "sale": ("badge-percent", "catalog"),
    "code": ("barcode", "catalog"),
    "picture": ("image-off", "catalog"),
    "text": ("file-text", "catalog"),
    "items": ("layers", "catalog"),
    "replies": ("zap", "replies"),
    "profile_text": ("file-text", "profile"),
    "automatic": ("bot", "automatic"),
    "phone": ("smartphone", "phone"),
    "price": ("tag", "catalog"),
    "customer": ("users", "customers"),
    "profile": ("store", "profile"),
}
FILTERS = {  # of each kind of concern that several rows may have: how its page finds them
    "sale": "sale-not-below",
    "code": "duplicate-code",
    "picture": "no-picture",
    "text": "long-text",
    "price": "no-price",
    "customer": "duplicate",
}
ADVICE = ("phone", "price", "customer", "profile")  # what may well be meant so
QR_SIDE = 132  # points: 4 for each module of a link to a chat, and its quiet zone


class StepsCard(RowsCard):
    """What comes first in a new shop; hidden in any other."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Next steps"))
        self._context = context

    def show_overview(self, overview: Overview) -> None:
        """Show the three steps, those that are done with a tick; items may also come from a file."""
        gaps, items, replies = overview.gaps, bool(overview.items), bool(overview.replies)
        shown = (gaps, items, replies) if overview.is_new else None
        self.set_rows((shown,), partial(self._rows, gaps, items, replies) if shown else list)

    def _rows(self, gaps: tuple[str, ...], items: bool, replies: bool) -> list[Row]:
        go = self._context.go
        first = gaps[0] if gaps else None
        steps = (
            (not gaps, "store", _("Complete the business profile"), _(STEPS[first or "name"]), ("profile", first)),
            (items, "tags", _("Add what you sell"), _("A picture, a name and a price are enough."), ("catalog", None)),
            (
                replies,
                "zap",
                _("Write your first quick reply"),
                _("An answer that you give often, ready to be copied into a chat."),
                ("replies", None),
            ),
        )
        current = next((i for i, step in enumerate(steps) if not step[0]), None)
        rows = []
        for i, (done, icon, title, note, place) in enumerate(steps):
            if done:
                sign, note = Tile("check", tint="accent", ground="accent-soft"), _("Done")
            elif i == current:
                sign = Tile(icon, tint="on-accent", ground="accent")
            else:
                sign = Tile(icon)
            look = "muted" if done else "strong"
            rows.append(Row(sign, title, note, partial(go, *place), look=look, wrap=True, end=arrow()))
            if i == 1 and not done and not self._context.read_only:
                title, note = _("Import items…"), _("From a spreadsheet, another shop's export or a feed.")
                act = partial(open_import, self._context, self)
                rows.append(Row(Tile("file-input"), title, note, act, wrap=True, end=arrow()))
        return rows


class HowCard(Card):
    """How the desk and the phone work together, for who has just come."""

    def __init__(self) -> None:
        super().__init__(_("How it works"))
        lines = (
            ("pencil-line", _("Prepare here"), _("Items, prices and answers, with room to write and a real keyboard.")),
            ("copy", _("Copy with one click"), _("A price, a link, a picture or a quick reply, finished.")),
            (
                "smartphone",
                _("Send from WhatsApp"),
                _("Paste it on your phone or in WhatsApp Web. Nothing is sent from here."),
            ),
        )
        for icon, title, note in lines:
            row = QHBoxLayout()
            row.setSpacing(theme.pixels(12))
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(Label(title, "strong", wrap=True))
            words.addWidget(Label(note, "small", wrap=True))
            row.addWidget(Tile(icon, tint="accent", ground="accent-soft"))
            row.addLayout(words, 1)
            self.add(row)

    def show_overview(self, overview: Overview) -> None:
        """Be there while the shop is new."""
        self.setVisible(overview.is_new)


class AttentionCard(RowsCard):
    """What is to be done or put right, each kind on a row that goes there."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Needs attention"))
        self._context = context

    def show_overview(self, overview: Overview) -> None:
        """Show reminders and concerns; without any a word of peace, where the shop is not new and nothing is due."""
        if not overview.whole:  # what is shown stays until all is known
            return
        day = formats.today()  # "tomorrow" is another word then
        self.heading.setVisible(bool(overview.concerns or overview.reminders))
        peace = not (overview.is_new or overview.follow_ups or overview.orders)
        self.set_rows((overview.concerns, overview.reminders, peace, day), partial(self._rows, overview, peace, day))

    def _rows(self, overview: Overview, peace: bool, today: date) -> list[QWidget]:
        rows: list[QWidget] = [self._reminder(reminder, today) for reminder in overview.reminders]
        rows += [self._row(concern) for concern in overview.concerns]
        return rows or ([_peace()] if peace else [])

    def _reminder(self, reminder: Reminder, today: date) -> Row:
        sign = Tile("calendar-clock", tint="warn", ground="warn-soft")
        go = partial(self._context.go, "phone")
        why = _("Change the hours on the phone by hand: it knows no special hours.")
        return Row(sign, reminder.sentence(today), why, go, wrap=True, end=arrow())

    def _row(self, concern: Concern) -> Row:
        icon, page = PLACES[concern.kind]
        sign = Tile(icon) if concern.kind in ADVICE else Tile(icon, tint="warn", ground="warn-soft")
        found = FILTERS.get(concern.kind)
        go = partial(self._context.go, page, Search(terms=(found,)) if found else concern.target)
        return Row(sign, concern.sentence, concern.why, go, wrap=True, end=arrow())


class RecentCard(RowsCard):
    """The items that were changed last."""

    def __init__(self, context: Context, thumbnails: Thumbnails) -> None:
        super().__init__(_("Recent items"))
        self._context = context
        self._thumbnails = thumbnails
        self._tiles: list[tuple[Tile, str]] = []
        thumbnails.ready.connect(self._on_ready)

    def show_overview(self, overview: Overview) -> None:
        """Show the items, the last one first."""
        if not overview.whole:
            return
        day = formats.today()  # "today" is another word tomorrow
        self.set_rows((overview.recent, day), partial(self._rows, overview.recent))

    def _rows(self, items: tuple[Recent, ...]) -> list[Row]:
        self._tiles.clear()
        return [self._row(item) for item in items]

    def _row(self, item: Recent) -> Row:
        card = item.card
        tile = Tile("image")
        if card.picture:
            tile.set_picture(self._thumbnails.get(card.picture))
            self._tiles.append((tile, card.picture))
        price = card.price if card.sale_price is None else card.sale_price
        words = "" if price is None else formats.money(price, card.currency)
        end = Label(words, "accent")
        when = _("Changed {when}").format(when=formats.datetime(item.changed_at))
        row = Row(tile, card.name, when, partial(self._context.go, "catalog", card.id), end=end)
        row.setAccessibleDescription(f"{words} {when}".strip())
        return row

    @Slot()
    def _on_ready(self) -> None:
        for tile, digest in self._tiles:
            if not tile.has_picture():
                tile.set_picture(self._thumbnails.get(digest))


class QuickCard(RowsCard):
    """The quick replies that are used most. One that needs a customer or an item first is filled in on its page."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Quick replies"))
        self._context = context

    def show_overview(self, overview: Overview) -> None:
        """Show the replies."""
        self.set_rows(overview.quick, partial(self._rows, overview.quick))

    def _rows(self, replies: tuple[Quick, ...]) -> list[QWidget]:
        lines = [self._line(reply) for reply in replies]
        buttons = [buttons_of(line)[-1] for line in lines]
        widest = max((button.sizeHint().width() for button in buttons), default=0)
        for button in buttons:
            button.setMinimumWidth(widest)
        return lines

    def _line(self, reply: Quick) -> QWidget:
        shortcut = f"/{reply.shortcut}"
        open_it = partial(self._context.go, "replies", reply.id)
        act: Callable[[], object] = open_it
        if reply.ready:
            button, name = quiet(_("Copy"), "copy"), _("Copy {shortcut}")
            act = partial(copy_reply, self._context, reply.id)
        else:
            # TRANSLATORS: a button at a quick reply that has placeholders to fill in before it can be copied.
            button, name = quiet(_("Fill in…"), "pencil-line"), _("Fill in {shortcut}")
        button.setAccessibleName(name.format(shortcut=formats.auto(shortcut)))
        button.clicked.connect(partial(_call, act))
        words = " ".join(reply.text.split())
        row = Row(None, shortcut, words, open_it, look="accent")
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(row, 1)
        layout.addWidget(button)
        layout.addSpacing(theme.pixels(PADDING))  # not a margin: those are not mirrored
        return line


class ShareCard(Card):
    """The links to the shop's chat and catalog, and the code of the first."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Share your shop"))
        self._context = context
        self._phone: str | None = None
        self._job: Job | None = None
        self.code = QrView(QR_SIDE)
        self.code.setFixedSize(self.code.sizeHint())
        self.link = ElidedLabel("", "code", Qt.TextElideMode.ElideMiddle)
        self.copy_chat = CopyButton(_("Copy chat link"), self._chat_link, look="primary")
        self.copy_catalog = CopyButton(_("Copy catalog link"), self._catalog_link)
        self.more = flat(_("More links…"), "qr-code")
        self.lacking = Label(_("Links need the shop's phone number."), "muted", wrap=True)
        self.add_phone = quiet(_("Add the phone number"), "smartphone")
        self._lay_out()
        self.more.clicked.connect(self._on_more)
        self.add_phone.clicked.connect(self._on_add_phone)

    def _lay_out(self) -> None:
        buttons = QVBoxLayout()
        buttons.setSpacing(theme.pixels(8))
        for widget in (self.link, self.copy_chat, self.copy_catalog):
            buttons.addWidget(widget)
        buttons.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        self.links = QWidget()
        row = QHBoxLayout(self.links)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.pixels(16))
        row.addWidget(self.code, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(buttons, 1)
        row.setAlignment(buttons, Qt.AlignmentFlag.AlignTop)
        self.add(self.links)
        self.add(self.lacking)
        self.body.addWidget(self.add_phone, 0, Qt.AlignmentFlag.AlignLeading)

    def show_overview(self, overview: Overview) -> None:
        """Show the links of the shop's number, or that it has none yet."""
        if overview.phone == self._phone:
            return
        self._phone = overview.phone
        has_phone = bool(self._phone)
        self.links.setVisible(has_phone)
        for widget in (self.lacking, self.add_phone):
            widget.setVisible(not has_phone)
        if self._job:
            self._job.cancel()
            self._job = None
        if has_phone:
            self.link.setText(formats.ltr(self._chat_link().removeprefix("https://")))
            self._draw(self._chat_link())

    def stops(self) -> list[Button]:
        """Return what the Tab key stops at, in reading order."""
        return [self.copy_chat, self.copy_catalog, self.add_phone, self.more]

    def _draw(self, url: str) -> None:
        """Have the code made, which takes longer than a page may take to open."""

        def drawn(_token: Token) -> tuple[tuple[bool, ...], ...]:
            return make(url).matrix

        self._job = self._context.work(drawn).begin(self._on_drawn, self._on_failed)

    @Slot(object)
    def _on_drawn(self, modules: tuple[tuple[bool, ...], ...]) -> None:
        self._job = None
        self.code.show_code(modules, self._chat_link())

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        raise error

    def _chat_link(self) -> str:
        return chat_link(self._phone or "")

    def _catalog_link(self) -> str:
        return catalog_link(self._phone or "")

    @Slot()
    def _on_more(self) -> None:
        self._context.go("links")

    @Slot()
    def _on_add_phone(self) -> None:
        self._context.go("profile", "phone")


def _peace() -> QWidget:
    """Return the line that stands where nothing is to be put right."""
    line = QWidget()
    row = QHBoxLayout(line)
    around = theme.pixels(PADDING)
    row.setContentsMargins(around, 0, around, around)
    row.setSpacing(theme.pixels(12))
    row.addWidget(Tile("check", tint="accent", ground="accent-soft"))
    row.addWidget(Label(_("Nothing needs your attention"), "strong", wrap=True), 1)
    return line


def _call(act: Callable[[], object], _checked: bool = False) -> None:
    act()
