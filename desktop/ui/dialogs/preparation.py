"""The preparation list of a day: looked at, saved to be printed, or copied to be sent."""

import datetime as dt
from functools import partial

from PySide6.QtCore import QDate, Qt, Slot
from PySide6.QtGui import QDesktopServices, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QWidget
from sqlalchemy.orm import Session

from desktop.exchange.preparation import (
    Preparation,
    make_pdf,
    pictures_of_pages,
    preparation_text,
    read_preparation,
)
from desktop.i18n import _, formats
from desktop.services.errors import Invalid
from desktop.services.order_list import list_orders
from desktop.services.profile import read_profile
from desktop.services.share import customers_language
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.dialogs.frame import column_of, foot
from desktop.ui.saving import Kind, Opener, SaveLine
from desktop.ui.tasks import Job, Token
from desktop.ui.widgets.buttons import CopyButton, primary, quiet
from desktop.ui.widgets.date_field import DateEdit
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.scroll import Scroll

PPI = 72


class PreparationDialog(QDialog):
    """Writes nothing to the shop. Show it with `open()`; it begins with the first day that has something to do."""

    def __init__(
        self, context: Context, parent: QWidget | None = None, opener: Opener = QDesktopServices.openUrl
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Preparation list"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._preparation: Preparation | None = None
        self._job: Job | None = None
        self.day = DateEdit()
        self.day.setAccessibleName(_("Day"))
        self.trouble = Label("", "muted", wrap=True)
        self.page = QLabel()
        self.page.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.area = Scroll(focus=True)
        keeps_its_room = self.area.sizePolicy()
        keeps_its_room.setRetainSizeWhenHidden(True)  # or what is above would spread where there is no list
        self.area.setSizePolicy(keeps_its_room)
        self.saved = SaveLine(opener)
        self.close_button = quiet(_("Close"))
        self.copy = CopyButton(_("Copy as text"), self._text)
        self.save = primary(_("Save as PDF…"), "printer")
        self._lay_out()
        self.day.dateChanged.connect(self._show)
        self.close_button.clicked.connect(self.reject)
        self.save.clicked.connect(self._on_save)
        first = context.get(_first_day)
        self.day.setDate(QDate(first.year, first.month, first.day))
        self._show()

    def _lay_out(self) -> None:
        label = Label(_("Day"), "section")
        label.set_buddy(self.day)
        self.area.setWidget(self.page)
        layout = column_of(self, _("Preparation list"))
        layout.addWidget(label)
        layout.addWidget(self.day, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self.trouble)
        layout.addWidget(self.area, 1)
        layout.addWidget(self.saved)
        layout.addLayout(foot(self.close_button, self.copy, self.save))
        self.resize(theme.pixels(680), theme.pixels(600))

    @Slot()
    def _show(self) -> None:
        """Show the list of the day, or that there is none."""
        day = self.day.date()
        self._preparation, trouble = None, ""
        try:
            self._preparation = self._context.get(_read, day)
        except Invalid as invalid:
            trouble = invalid.message
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        self.area.setVisible(not trouble)
        for button in (self.copy, self.save):
            button.setEnabled(not trouble)
        self.page.clear()
        if self._job:
            self._job.cancel()
            self._job = None
        if self._preparation:
            self._job = self._context.work(partial(_draw, self._preparation)).begin(self._on_drawn)

    @Slot(object)
    def _on_drawn(self, drawn: tuple[Preparation, bytes]) -> None:
        preparation, png = drawn
        if preparation is self._preparation:
            picture = QPixmap()
            picture.loadFromData(png)
            self.page.setPixmap(picture)
            self.page.setAccessibleName(preparation_text(preparation))

    def _text(self) -> str:
        return preparation_text(self._preparation) if self._preparation else ""

    @Slot()
    def _on_save(self) -> None:
        if self._preparation:
            # TRANSLATORS: the name of a file.
            name = _("Preparation {date}").format(date=self._preparation.day.isoformat())
            make = partial(make_pdf, self._preparation)
            self.saved.ask(_("Save the preparation list"), name, [Kind(".pdf", _("PDF"), make)])


def _read(session: Session, day: QDate) -> Preparation:
    language = customers_language(read_profile(session))
    return read_preparation(session, day.toPython(), language)  # type: ignore[arg-type]


def _first_day(session: Session) -> dt.date:
    faces = list_orders(session)
    today = formats.today()
    days = [face.due.date() for face in faces if face.due and face.section != "over" and face.due.date() >= today]
    return min(days, default=today)


def _draw(preparation: Preparation, _token: Token) -> tuple[Preparation, bytes]:
    return preparation, pictures_of_pages(preparation, PPI)[0]
