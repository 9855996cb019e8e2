"""The home page: what needs the owner now, and what they reach for most."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.data.notice import Notice
from desktop.i18n import _, formats
from desktop.services.hours import status_text
from desktop.services.overview import Overview, glance, read_overview
from desktop.ui import icons, theme
from desktop.ui.context import Context
from desktop.ui.item_files import files_in, open_import
from desktop.ui.pages.home_backup import BackupLine
from desktop.ui.pages.home_cards import AttentionCard, HowCard, QuickCard, RecentCard, ShareCard, StepsCard
from desktop.ui.pages.home_follow_ups import FollowUpsCard
from desktop.ui.pages.home_orders import OrdersCard
from desktop.ui.pages.page import Page
from desktop.ui.tasks import Job
from desktop.ui.thumbnails import Thumbnails
from desktop.ui.widgets.drops import FileDrops
from desktop.ui.widgets.focus import tab_through
from desktop.ui.widgets.labels import ElidedLabel, Label
from desktop.ui.widgets.rows import Tile
from desktop.ui.widgets.scroll import Scroll

LOGO = 56  # points
TWO_COLUMNS = 700  # points of the page's width, from which its cards stand in two columns
NOON, EVENING = 12, 17  # hours
TICK = 30_000  # ms between two looks at the clock


class HomePage(Page):
    """Cards in two columns, or one below the other. It is read when it is shown, and again when the shop changes."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.thumbnails = Thumbnails(context, round(theme.pixels(LOGO) * self.devicePixelRatioF()), self)
        self.logo = Tile("store", LOGO, tint="accent", ground="accent-soft")
        self.greeting = ElidedLabel("", "title")
        self.date = Label("", "muted")
        self.steps = StepsCard(context)
        self.orders = OrdersCard(context)
        self.follow_ups = FollowUpsCard(context)
        self.attention = AttentionCard(context)
        self.quick = QuickCard(context)
        self.share = ShareCard(context)
        self.recent = RecentCard(context, self.thumbnails)
        self.how = HowCard()
        self.backup = BackupLine(context)
        for card in (self.attention, self.recent):
            card.hide()  # until it is read
        self._logo: str | None = None
        self._job: Job | None = None
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._clock = QTimer(self, interval=TICK)
        self._lay_out()
        if not context.read_only:
            FileDrops(self, partial(open_import, context, self), find=files_in)
        self._soon.timeout.connect(self._refresh)
        self.go_by(self._clock, self._tell_day)
        self.thumbnails.ready.connect(self._show_logo)

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        around = theme.pixels(24)
        column.setContentsMargins(around, around, around, around)
        column.setSpacing(theme.pixels(16))
        self.columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.columns.setSpacing(theme.pixels(16))
        first = (self.steps, self.follow_ups, self.orders, self.attention, self.quick)
        for cards in (first, (self.share, self.recent, self.how)):
            half = QVBoxLayout()
            half.setSpacing(theme.pixels(16))
            for card in cards:
                half.addWidget(card)
            half.addStretch(1)  # and no 0, of which the rows would take a part, as they grow
            self.columns.addLayout(half, 1)
        column.addLayout(self._header())
        column.addLayout(self.columns)
        column.addStretch()
        column.addLayout(self._foot())
        column.addWidget(self.backup)
        self.area = Scroll(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)

    def _header(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.greeting)
        words.addWidget(self.date)
        row = QHBoxLayout()
        row.setSpacing(theme.pixels(16))
        row.addWidget(self.logo)
        row.addLayout(words, 1)
        row.setAlignment(words, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _foot(self) -> QHBoxLayout:
        side = theme.pixels(14)
        sign = QLabel()
        sign.setPixmap(icons.icon("monitor-smartphone").pixmap(side, side))
        here = isinstance(self.context.database.where, Path)
        words = _("Everything is kept on this computer. Your phone sends.")
        row = QHBoxLayout()
        row.setSpacing(theme.pixels(8))
        row.addWidget(sign)
        row.addWidget(Label(words if here else _("Everything is kept in your database. Your phone sends."), "small"), 1)
        return row

    def on_changed(self, notice: Notice) -> None:
        """Follow the shop. How often a reply was copied is no change: rows stay put under the mouse that copied one."""
        if notice.changes and self.isVisible():
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._refresh()
            self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._clock.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        across = self.width() >= theme.pixels(TWO_COLUMNS)
        down = QBoxLayout.Direction.TopToBottom
        self.columns.setDirection(QBoxLayout.Direction.LeftToRight if across else down)

    def is_settled(self) -> bool:
        """Say whether what is shown is all, and of now."""
        return self._job is None and not self._soon.isActive()

    @Slot()
    def _refresh(self) -> None:
        """Show at once what is read in a moment, and the rest when it has come."""
        self._soon.stop()
        if self._job:
            self._job.cancel()
        self._job = self.context.read(read_overview)
        self._job.done.connect(self._on_read)
        self._job.failed.connect(self._on_failed)
        overview = self.context.get(glance)
        self._greet(overview)
        self._show(overview)
        self._job.start()

    @Slot(object)
    def _on_read(self, overview: Overview) -> None:
        self._job = None
        self._show(overview)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        raise error

    def _show(self, overview: Overview) -> None:
        cards = (
            *(self.steps, self.follow_ups, self.orders, self.attention, self.quick),
            *(self.share, self.recent),
        )
        for card in cards:
            card.show_overview(overview)
        self.how.show_overview(overview)
        stops = [stop for card in cards for stop in card.stops()]
        tab_through([*stops, self.backup.history])  # what is made later would come last

    def _greet(self, overview: Overview) -> None:
        now = formats.now()
        if now.hour < NOON:
            words = _("Good morning, {name}") if overview.name else _("Good morning")
        elif now.hour < EVENING:
            words = _("Good afternoon, {name}") if overview.name else _("Good afternoon")
        else:
            words = _("Good evening, {name}") if overview.name else _("Good evening")
        self.greeting.setText(words.format(name=formats.auto(overview.name)))
        self._tell_day()
        self._logo = overview.logo
        self._show_logo()

    @Slot()
    def _tell_day(self) -> None:
        """Say which day it is, whether the shop is open, and how old its backup is."""
        self.backup.refresh()
        now = formats.now()
        date, status = formats.date(now.date(), weekday=True), self.context.get(status_text, now)
        # TRANSLATORS: as in "Friday, 27 November · Open now · closes 10:00 pm".
        self.date.setText(_("{date} · {status}").format(date=date, status=status) if status else date)

    @Slot()
    def _show_logo(self) -> None:
        self.logo.set_picture(self.thumbnails.get(self._logo))
