"""The inspector of several items: what they have in common, and one change for all of them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.data.models import Collection, CollectionItem, Product, Profile
from desktop.data.notice import Notice
from desktop.i18n import N_, _, formats, ngettext
from desktop.services import bulk, sale
from desktop.services.collections import list_collections
from desktop.services.prices import read_price
from desktop.services.profile import read_profile
from desktop.services.several import MIXED, Shared, read_shared
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.tasks import Job
from desktop.ui.widgets.buttons import flat, icon_button
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.labels import Label

if TYPE_CHECKING:  # as in the inspector of one item
    from desktop.ui.pages.items_form import ItemsForm
    from desktop.ui.widgets.field import Field
    from desktop.ui.widgets.inspector import Inspector, Section

LINES = ("price", "sale_price", "quantity", "brand")
DAYS = ("sale_starts", "sale_ends")
TITLES = {
    "price": N_("Change price"),
    "sale_price": N_("Change sale price"),
    "sale_starts": N_("Change sale dates"),
    "sale_ends": N_("Change sale dates"),
    "quantity": N_("Change quantity"),
    "brand": N_("Change brand"),
}


class ItemsInspector(QWidget):
    """Edits all the items of `show_items`: a field that differs says so, and is stored in all once it is changed."""

    form: "ItemsForm"
    panel: "Inspector"

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._built = False
        self._ids: Sequence[int] = ()
        self._shared = Shared(0, {}, {})
        self._job: Job | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.setMinimumWidth(theme.pixels(300))

    def _build(self) -> None:
        """Make what shows several items."""
        from desktop.ui.pages.item_stock import availabilities, quantity_column
        from desktop.ui.pages.items_form import ItemsForm
        from desktop.ui.widgets.date_field import OptionalDateField
        from desktop.ui.widgets.field import ChoiceField, LineField

        self._built = True
        self._profile = self.context.get(read_profile)
        self._clear: dict[str, QWidget] = {}
        form = self.form = ItemsForm(self.context, self)
        self.heading = Label("", "heading", wrap=True)
        self.price = LineField(_("Price"), form.saver("price", TITLES["price"], self._read_price), ltr=True)
        self.sale_price = LineField(
            _("Sale price"), form.saver("sale_price", TITLES["sale_price"], self._read_sale_price), ltr=True
        )
        self.first = OptionalDateField(
            _("On sale from"), form.saver("sale_starts", TITLES["sale_starts"], self._read_first)
        )
        self.last = OptionalDateField(_("On sale until"), form.saver("sale_ends", TITLES["sale_ends"], self._read_last))
        self.chips = Chips(_("Collections"), exclusive=False)
        self.availability = ChoiceField(
            _("Availability"), availabilities(), form.saver("availability", N_("Change availability"))
        )
        self.quantity = LineField(
            _("How many left"), form.saver("quantity", TITLES["quantity"], quantity_column), ltr=True
        )
        choices = [(False, _("Customers see it")), (True, _("Hidden from customers"))]
        self.hidden = ChoiceField(_("Shown or hidden"), choices, form.saver("hidden", N_("Hide or show items")))
        self.clear_descriptions = flat(_("Clear the descriptions"), "eraser")
        fields: dict[str, Field] = {"price": self.price, "sale_price": self.sale_price}
        fields |= {"sale_starts": self.first, "sale_ends": self.last, "availability": self.availability}
        fields |= {"quantity": self.quantity, "hidden": self.hidden}
        for column, field in fields.items():
            form.add(column, field)
        self._lay_out()
        self.chips.setDisabled(self.context.read_only)
        self.clear_descriptions.setDisabled(self.context.read_only)
        self.chips.chosen.connect(self._on_chips)
        self.clear_descriptions.clicked.connect(self._on_clear_descriptions)
        for price in (self.price, self.sale_price):
            price.saved.connect(self._on_saved)
        form.change.done.connect(self._on_changed)
        form.change.failed.connect(self._on_failed)
        self._fill_chips()

    def _lay_out(self) -> None:
        from desktop.ui.widgets.inspector import Inspector, side_by_side

        self.panel = panel = Inspector(_("Details of the items"))
        note = Label(_("What you change here changes in all of them. The rest stays as it is."), "muted", wrap=True)
        collections = QVBoxLayout()
        collections.setSpacing(theme.pixels(6))
        self.collections_title = Label(_("Collections"), "section")
        collections.addWidget(self.collections_title)
        collections.addWidget(self.chips)
        head = QVBoxLayout()
        head.setSpacing(theme.pixels(4))
        head.addWidget(self.heading)
        head.addWidget(note)
        panel.add(head)
        panel.add(side_by_side(self._clearable("price"), self._clearable("sale_price")))
        panel.add(self._clearable("sale_starts"))
        panel.add(self._clearable("sale_ends"))
        panel.add(collections)
        panel.add(side_by_side(self.availability, self._clearable("quantity")))
        panel.add(self.hidden)
        self.more = panel.add_section(_("For Meta's shop"), True, self._build_more)
        row = QHBoxLayout()
        row.addWidget(self.clear_descriptions)
        row.addStretch()
        panel.add(row)
        self._layout.addWidget(panel)
        panel.show()  # now: what a layout takes in is shown only later

    def _build_more(self, section: "Section") -> None:
        from desktop.ui.gauges import characters
        from desktop.ui.pages.item_meta import conditions, countries
        from desktop.ui.widgets.field import ChoiceField, LineField

        form = self.form
        self.condition = ChoiceField(_("Condition"), conditions(), form.saver("condition", N_("Change condition")))
        measure = characters("feed.brand", always=False)
        self.brand = LineField(_("Brand"), form.saver("brand", TITLES["brand"]), measure=measure)
        origin = self._shared.values.get("origin_country")
        self.country = ChoiceField(
            _("Country of origin"),
            countries([origin] if isinstance(origin, str) else []),
            form.saver("origin_country", N_("Change country of origin")),
        )
        for column, field in (("condition", self.condition), ("brand", self.brand), ("origin_country", self.country)):
            form.add(column, field)
        for content in (self.condition, self._clearable("brand"), self.country):
            section.add(content)
        self._mark_mixed()

    def _clearable(self, column: str) -> QWidget:
        """Return a field with a button beside it that empties what differs: nothing can be deleted from "Mixed"."""
        field = self.form.fields[column]
        button = icon_button("x", _("Clear in all"))
        button.setAccessibleName(_("Clear in all: {field}").format(field=field.label.text()))
        button.clicked.connect(partial(self._clear_in_all, column))
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.pixels(2))
        row.addWidget(field, 1)
        beside = QVBoxLayout()  # the editor, not its label
        beside.addSpacing(field.label.sizeHint().height() + theme.pixels(4))
        beside.addWidget(button)
        beside.addStretch()
        row.addLayout(beside)
        self._clear[column] = button
        button.hide()
        return box

    # What is shown

    def show_items(self, ids: Sequence[int]) -> bool:
        """Show other items; False if what is typed for those before cannot be saved, which then stay.

        What many items have in common is read behind the window; until then nothing can be entered.
        """
        if list(ids) == list(self._ids):
            return True
        if not self.commit():
            return False
        self._ids = list(ids)
        if not ids and not self._built:
            return True
        if not self._built:
            self._build()
        self.form.ids = self._ids
        words = ngettext("{n} item selected", "{n} items selected", len(ids))
        self.heading.setText(words.format(n=formats.number(len(ids))))
        self._read(fresh=True)
        return True

    def items(self) -> list[int]:
        """Return the ids of the items that are shown."""
        return list(self._ids)

    def commit(self) -> bool:
        """Save what is typed; bring the first field that cannot be saved into sight, and return False."""
        unsaved = self.form.commit() if self._built else None
        if unsaved:
            if self.more.isAncestorOf(unsaved):
                self.more.set_folded(False)
            self.panel.area.ensureWidgetVisible(unsaved)
        return unsaved is None

    def abandon(self) -> None:
        """Show no items, and want nothing of what is typed."""
        if self._built:
            self.form.start(0, 0, self._values(Shared(0, {}, {})))
            self.form.ids = ()
        self._ids = []

    def refresh(self, notice: Notice) -> None:
        """Show what has changed of the items, but in no field that is being typed in."""
        if not self._built or not self._ids:
            return
        if notice.of(Profile):
            self._profile = self.context.get(read_profile)
        if notice.of(Collection):
            self._fill_chips()
        if any(notice.of(model) for model in (Product, Profile, Collection, CollectionItem)):
            self._read()

    def _read(self, fresh: bool = False) -> None:
        """Read what the items have in common; `fresh` if others were shown before."""
        if self._job:
            self._job.cancel()
            self._job = None
        from desktop.ui.pages.items_form import AT_ONCE

        if len(self._ids) <= AT_ONCE:
            self._show(self.context.get(read_shared, self._ids), fresh)
            return
        if fresh:
            self.panel.area.setDisabled(True)
            self.form.start(0, 0, self._values(Shared(0, {}, {})))
        self._job = self.context.read(read_shared, self._ids).begin(self._on_read)

    @Slot(object)
    def _on_read(self, shared: Shared) -> None:
        self._job = None
        self.panel.area.setDisabled(False)
        self._show(shared, fresh=False)

    def _show(self, shared: Shared, fresh: bool) -> None:
        self._shared = shared
        self.panel.area.setDisabled(False)
        if fresh:
            self.form.start(0, 0, self._values(shared))
        else:
            self.form.update(0, self._values(shared))
        self._mark_mixed()
        self._fill_chips()
        self.clear_descriptions.setVisible(bool(shared.values.get("description")))

    def _values(self, shared: Shared) -> dict[str, object]:
        zone = self._zone()
        currency = self._currency()
        values: dict[str, object] = {}
        for column, value in shared.values.items():
            shown = None if value is MIXED else value
            if column in ("price", "sale_price"):
                shown = formats.typed_amount(shown, currency)
            elif column in DAYS:
                shown = sale.day_of(shown, zone)
            elif column == "quantity":
                shown = formats.typed_number(shown)
            elif column in LINES:
                shown = "" if shown is None else str(shown)
            values[column] = shown
        blank: dict[str, object] = dict.fromkeys(self.form.fields) | dict.fromkeys(LINES, "")
        return blank | values

    def _currency(self) -> str:
        own = self._shared.values.get("currency")
        return own if isinstance(own, str) and own else self._profile.currency

    def _mark_mixed(self) -> None:
        """Say in each field that is not the same in all items that it is not."""
        from desktop.ui.widgets.date_field import OptionalDateField
        from desktop.ui.widgets.field import ChoiceField, LineField

        # TRANSLATORS: in a field of several items: they do not say the same.
        mixed = _("Mixed")
        for column, field in self.form.fields.items():
            differs = self._shared.values.get(column) is MIXED
            if isinstance(field, OptionalDateField):
                field.say_none(mixed if differs else _("Choose a day"))
            elif isinstance(field, LineField):
                field.editor.setPlaceholderText(mixed if differs else "")
            elif isinstance(field, ChoiceField):
                field.editor.setPlaceholderText(mixed if differs else "")
                if (line := field.editor.lineEdit()) is not None:
                    line.setPlaceholderText(mixed if differs else "")
            if column in self._clear:
                self._clear[column].setVisible(differs and not self.context.read_only)
        several = self._shared.values.get("currency") is MIXED
        for field in (self.price, self.sale_price):
            field.editor.set_suffix("" if several else formats.currency_sign(self._currency()))
            field.editor.setDisabled(several)
        self.price.advise(_("These prices are in several currencies: change them one by one.") if several else "")

    def _fill_chips(self) -> None:
        """Show the collections: on if all items are in one, and with how many if only some are."""
        groups = self.context.get(list_collections)
        total, inside = self._shared.count, self._shared.collections
        rows = []
        for group in groups:
            some = inside.get(group.id, 0)
            rows.append((group.id, group.name, formats.of(some, total) if 0 < some < total else ""))
        self.chips.set_chips(rows)
        self.chips.set_values([group.id for group in groups if total and inside.get(group.id) == total])
        self.chips.setVisible(bool(groups))
        self.collections_title.setVisible(bool(groups))

    # What is stored

    def _read_price(self, typed: str) -> Mapping[str, object]:
        return {"price": read_price(typed, self._currency(), "price")}

    def _read_sale_price(self, typed: str) -> Mapping[str, object]:
        return {"sale_price": read_price(typed, self._currency(), "sale_price")}

    def _zone(self) -> dt.tzinfo:
        from desktop.services.hours import shop_zone  # not needed before items are chosen

        return shop_zone(self._profile.time_zone)

    def _read_first(self, day: dt.date | None) -> Mapping[str, object]:
        zone = self._zone()
        return {"sale_starts": None if day is None else sale.first_moment(day, zone)}

    def _read_last(self, day: dt.date | None) -> Mapping[str, object]:
        if day is None:
            return {"sale_ends": None}
        zone = self._zone()
        ends: dict[str, object] = {"sale_ends": sale.last_moment(day, zone)}
        if self._shared.values.get("sale_starts") is None:  # Meta's file has both dates or none
            ends["sale_starts"] = sale.first_moment(min(day, formats.today()), zone)
        return ends

    def _clear_in_all(self, column: str) -> None:
        empty = "" if column == "brand" else None
        if sentence := self.form.do(TITLES[column], bulk.set_fields, **{column: empty}):
            self.form.fields[column].complain(sentence)

    @Slot()
    def _on_saved(self) -> None:
        """A price may be right now because the other one is."""
        for field in (self.price, self.sale_price):
            if field.is_unsaved():
                field.commit()

    @Slot(int)
    def _on_changed(self, count: int) -> None:
        self.form.tell(count)
        self.form.finish()

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self.form.finish(sentence)

    @Slot()
    def _on_clear_descriptions(self) -> None:
        if sentence := self.form.do(N_("Clear descriptions"), bulk.set_fields, description=""):
            self.context.say(sentence)

    @Slot(object)
    def _on_chips(self, chosen: list[int]) -> None:
        """Put all items into a collection that was turned on, and take them out of one that was turned off."""
        total, inside = self._shared.count, self._shared.collections
        before = {group for group, some in inside.items() if some == total}
        sentence = ""
        for group in set(chosen) - before:
            sentence = self.form.do(N_("Put into collection"), bulk.put_into, group)
        for group in before - set(chosen):
            sentence = self.form.do(N_("Take out of collection"), bulk.take_out, group)
        if sentence:
            self.context.say(sentence)
        self._fill_chips()
