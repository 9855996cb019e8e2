"""From when to when a sale price is valid, in the days of the shop, and what that means today."""

import datetime as dt
from collections.abc import Mapping

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.data.models import Product, Profile
from desktop.i18n import N_, _, formats
from desktop.services import sale
from desktop.services.hours import shop_zone
from desktop.ui import theme
from desktop.ui.pages.item_form import Form
from desktop.ui.widgets.date_field import OptionalDateField
from desktop.ui.widgets.labels import Label

ONE_LINE = 400  # points, from which two days stand side by side


class SaleDates(QWidget):
    """The first and the last day of an item's sale, either of which may be open; out of sight without a sale."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self._product: Product | None = None
        self._zone: dt.tzinfo = dt.UTC  # of the shop, once an item is shown
        self.first = OptionalDateField(
            _("On sale from"), form.saver("sale_starts", N_("Change sale dates"), self._read_first)
        )
        self.last = OptionalDateField(
            _("On sale until"), form.saver("sale_ends", N_("Change sale dates"), self._read_last)
        )
        self.words = Label("", "small", wrap=True)
        days = self._days = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        days.setSpacing(theme.pixels(8))
        days.addWidget(self.first, 1, Qt.AlignmentFlag.AlignTop)
        days.addWidget(self.last, 1, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(4))
        column.addLayout(days)
        column.addWidget(self.words)
        form.add("sale_starts", self.first)
        form.add("sale_ends", self.last)
        self.first.edited.connect(self._arrange)
        self.last.edited.connect(self._arrange)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        """Put the days one below the other where both do not fit on a line."""
        days = [field for field in (self.first, self.last) if field.value() is not None]
        across = not days or self.width() >= theme.pixels(ONE_LINE)
        self._days.setDirection(QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom)

    def show_item(self, product: Product, profile: Profile) -> None:
        """Show whether there is a sale, and in whose days."""
        self._product = product
        self._zone = shop_zone(profile.time_zone)
        has_dates = product.sale_starts is not None or product.sale_ends is not None
        self._arrange()
        unsaved = self.first.is_unsaved() or self.last.is_unsaved()
        self.setVisible(product.sale_price is not None or has_dates or unsaved)
        state, sentence = words_of(product, profile)
        self.words.setText(sentence)
        self.words.setVisible(bool(sentence))
        theme.look(self.words, "warn" if state == "over" else "small")

    def _read_first(self, day: dt.date | None) -> Mapping[str, object]:
        return {"sale_starts": None if day is None else sale.first_moment(day, self._zone)}

    def _read_last(self, day: dt.date | None) -> Mapping[str, object]:
        if day is None:
            return {"sale_ends": None}
        ends: dict[str, object] = {"sale_ends": sale.last_moment(day, self._zone)}
        if self._product and self._product.sale_starts is None:  # Meta's file has both dates or none
            ends["sale_starts"] = sale.first_moment(min(day, formats.today()), self._zone)
        return ends


def words_of(product: Product, profile: Profile) -> tuple[sale.State, str]:
    """Return the state of an item's sale, and a sentence about it, "" where there is nothing to say."""
    zone = shop_zone(profile.time_zone)
    state = sale.state(product)
    first, last = sale.day_of(product.sale_starts, zone), sale.day_of(product.sale_ends, zone)
    if state == "coming" and first:
        sentence = _("The sale begins on {date}.").format(date=formats.date(first, weekday=True))
    elif state == "on" and last:
        sentence = _("On sale until {date}.").format(date=formats.date(last, weekday=True))
    elif state == "over" and last:
        sentence = _("The sale ended on {date}: customers get the full price.").format(date=formats.date(last))
    else:
        return state, ""
    if profile.time_zone:
        # TRANSLATORS: {sentence} is about a date; {city} is the city that the shop's clock is named after.
        sentence = _("{sentence} Time of {city}.").format(sentence=sentence, city=formats.zone_name(profile.time_zone))
    return state, sentence
