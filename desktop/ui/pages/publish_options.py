"""What can be chosen for a form of the catalog: only what this form has, and what this shop has a choice of."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.exchange.publish import Form
from desktop.exchange.publish_choice import NO_PRICES, RETAIL
from desktop.i18n import LANGUAGES, N_, _, formats, ngettext
from desktop.i18n.numbers import parse_decimal
from desktop.services.collections import Group, list_collections
from desktop.services.errors import Invalid
from desktop.services.publish import shop_languages
from desktop.services.web import web_address
from desktop.ui import theme
from desktop.ui.widgets.buttons import flat
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.date_field import OptionalDateField
from desktop.ui.widgets.field import ChoiceField, Field, LineField, SwitchField
from desktop.ui.widgets.labels import Label

WHOLESALE = "wholesale"
PRICES = ((RETAIL, N_("Retail prices")), (WHOLESALE, N_("Wholesale prices")), (NO_PRICES, N_("No prices")))
COLUMNS = (
    # TRANSLATORS: how the pages of a PDF catalog look.
    (2, N_("Large pictures, 2 beside each other")),
    (3, N_("3 beside each other")),
    (4, N_("Small pictures, 4 beside each other")),
    (0, N_("Price list")),
)
ORDER = ("languages", "prices", "columns", "codes", "links", "descriptions", "base_url", "valid_until", "note")
LESS = "15"  # percent: a usual wholesale discount


class Offered(NamedTuple):
    """What a shop has a choice of."""

    languages: list[str]
    collections: list[Group]


def offered(session: Session) -> Offered:
    """Return what the shop has a choice of."""
    return Offered(shop_languages(session), [group for group in list_collections(session) if group.items])


class OptionsView(QWidget):
    """The fields of one form. `changed` tells that `options()` are others now; what cannot be is said at its field."""

    changed = Signal()

    def __init__(self, form: Form, choice: Offered, options: Mapping[str, Any]) -> None:
        super().__init__()
        self._form = form
        self._options = dict(options)
        self._own: tuple[str, ...] = ()  # the language that is chosen where none is
        self._languages: list[object] = []  # what can be chosen
        self.fields: dict[str, Field] = {}
        self.collections = Chips(_("Collections"), exclusive=False)
        self.collections_label = Label(_("Collections"), "section")
        # TRANSLATORS: of collections to choose from.
        self.collections_hint = Label(_("Choose none to give out everything."), "small", wrap=True)
        self.items = Label("", "strong", wrap=True)
        self.all_items = flat(_("All items"), "x", hint=_("Give out all items again"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.pixels(12))
        chosen = QHBoxLayout()
        chosen.addWidget(self.items, 1)
        chosen.addWidget(self.all_items)
        self._column.addLayout(chosen)
        self._make_fields()
        self._column.addStretch()
        self.all_items.clicked.connect(self._on_all_items)
        self.collections.chosen.connect(self._on_collections)
        self.offer(choice)
        self._show()

    def options(self) -> dict[str, Any]:
        """Return what is chosen, as `exchange.publish` takes it; what the form has no choice of is left out."""
        return {name: value for name, value in self._options.items() if name in self._form.options}

    def set_options(self, options: Mapping[str, Any]) -> None:
        """Show other options, without telling."""
        self._options = dict(options)
        self._show()

    def offer(self, choice: Offered) -> None:
        """Offer what the shop has a choice of now."""
        self._own = tuple(choice.languages[:1])
        if "languages" in self.fields:
            field = self.fields["languages"]
            assert isinstance(field, ChoiceField)
            choices = _language_choices(choice.languages)
            self._languages = [value for value, _words in choices]
            field.set_choices(choices)
            field.setVisible(len(choice.languages) > 1)
        groups = choice.collections if "collections" in self._form.options else []
        known = {group.id for group in groups}
        self._options["collections"] = [one for one in self._options.get("collections", ()) if one in known]
        self.collections.set_chips([(g.id, formats.auto(g.name), formats.number(g.items)) for g in groups])
        self.collections.set_values(self._options["collections"])
        for widget in (self.collections_label, self.collections, self.collections_hint):
            widget.setVisible(bool(groups))

    def commit(self) -> bool:
        """Take over what is being typed, and say whether all of it can be."""
        return not [field for field in self.fields.values() if not field.isHidden() and not field.commit()]

    def _make_fields(self) -> None:
        makers: dict[str, Callable[[], Field]] = {
            "languages": lambda: ChoiceField(_("Languages"), (), self._save_languages),
            "prices": lambda: ChoiceField(_("Prices"), _price_choices(self._form), self._save_prices),
            "columns": lambda: ChoiceField(_("Layout"), [(v, _(words)) for v, words in COLUMNS], self._save_columns),
            "valid_until": lambda: OptionalDateField(_("Prices valid until"), self._save_day),
            "note": lambda: LineField(
                _("Note"),
                self._save_note,
                placeholder=_("Such as: prices include VAT"),
                hint=_("Stands by the prices."),
            ),
            "base_url": lambda: LineField(
                _("Web address"), self._save_address, ltr=True, hint=_address_hint(self._form)
            ),
            "codes": lambda: SwitchField(_("A QR code to order each item"), self._save_codes),
            "links": lambda: SwitchField(_("A link to order each item"), self._save_links),
            "descriptions": lambda: SwitchField(_("Descriptions"), self._save_descriptions),
        }
        for name in ORDER:
            if name not in self._form.options:
                continue
            self._add(name, makers[name]())
            if name == "prices":
                suffix = formats.percent(0).replace(formats.number(0), "")
                self._add("less", LineField(_("Lower by"), self._save_less, ltr=True, suffix=suffix))
        around = QVBoxLayout()
        around.setSpacing(theme.pixels(4))
        for widget in (self.collections_label, self.collections, self.collections_hint):
            around.addWidget(widget)
        self._column.insertLayout(min(3, self._column.count()), around)

    def _add(self, name: str, field: Field) -> None:
        self.fields[name] = field
        self._column.addWidget(field)

    def _show(self) -> None:
        options = self._options
        less, languages = _less(options), tuple(options.get("languages", ()))
        values = {
            "languages": languages if languages in self._languages else self._own,
            "prices": WHOLESALE if less else options.get("prices", RETAIL),
            "less": less or LESS,
            "columns": options.get("columns", 3),
            "codes": bool(options.get("codes", False)),
            "links": bool(options.get("links", False)),
            "descriptions": bool(options.get("descriptions", True)),
            "base_url": str(options.get("base_url", "")),
            "valid_until": _day(options.get("valid_until")),
            "note": str(options.get("note", "")),
        }
        for name, field in self.fields.items():
            field.start(values[name])
        if "less" in self.fields:
            self.fields["less"].setVisible(values["prices"] == WHOLESALE)
        self._show_terms()
        self.collections.set_values(options.get("collections", ()))
        chosen = options.get("items") or ()
        # TRANSLATORS: items that were selected in the catalog.
        words = ngettext("{n} selected item", "{n} selected items", len(chosen))
        self.items.setText(words.format(n=formats.number(len(chosen))))
        for widget in (self.items, self.all_items):
            widget.setVisible(bool(chosen) and "items" in self._form.options)

    def _show_terms(self) -> None:
        if "valid_until" in self.fields:
            self.fields["valid_until"].setVisible(self._options.get("prices") != NO_PRICES)

    def _set(self, name: str, value: object) -> str:
        if self._options.get(name) != value:
            self._options[name] = value
            self.changed.emit()
        return ""

    # What each field stores

    def _save_languages(self, value: object, _group: object) -> str:
        return self._set("languages", list(value) if isinstance(value, tuple) else [])

    def _save_prices(self, value: object, _group: object) -> str:
        less = self.fields["less"]
        less.setVisible(value == WHOLESALE)
        self._set("prices", f"-{_plain(less.value())}" if value == WHOLESALE else value)
        self._show_terms()
        return ""

    def _save_less(self, typed: str, _group: object) -> str:
        try:
            percent = parse_decimal(typed.strip().removesuffix("%"))
        except ValueError:
            return _("A percentage is a number like 15.")
        if not 0 < percent < 100:
            return _("A percentage is a number like 15.")
        return self._set("prices", f"-{percent:f}")

    def _save_columns(self, value: object, _group: object) -> str:
        return self._set("columns", value)

    def _save_codes(self, value: bool, _group: object) -> str:
        return self._set("codes", value)

    def _save_links(self, value: bool, _group: object) -> str:
        return self._set("links", value)

    def _save_descriptions(self, value: bool, _group: object) -> str:
        return self._set("descriptions", value)

    def _save_day(self, value: dt.date | None, _group: object) -> str:
        return self._set("valid_until", value.isoformat() if value else "")

    def _save_note(self, typed: str, _group: object) -> str:
        return self._set("note", " ".join(typed.split()))

    def _save_address(self, typed: str, _group: object) -> str:
        try:
            address = web_address("base_url", typed)
        except Invalid as invalid:
            return invalid.message
        return self._set("base_url", address)

    @Slot()
    def _on_all_items(self) -> None:
        self._options.pop("items", None)
        self._show()
        self.changed.emit()

    @Slot(object)
    def _on_collections(self, chosen: list[int]) -> None:
        self._set("collections", list(chosen))


def _language_choices(languages: Sequence[str]) -> list[tuple[object, str]]:
    alone: list[tuple[object, str]] = [((code,), LANGUAGES.get(code, code)) for code in languages]
    names = formats.listing(LANGUAGES.get(code, code) for code in languages)
    return [*alone, (tuple(languages), names)] if len(languages) > 1 else alone


def _price_choices(form: Form) -> list[tuple[object, str]]:
    return [(value, _(words)) for value, words in PRICES if value != NO_PRICES or not form.priced]


def _less(options: Mapping[str, Any]) -> str:
    """Return by how many percent prices are lowered, as it is typed; "" where they are not."""
    prices = str(options.get("prices", RETAIL))
    return prices.removeprefix("-") if prices.startswith("-") else ""


def _plain(typed: object) -> str:
    try:
        return f"{parse_decimal(str(typed)):f}"
    except (ValueError, InvalidOperation):
        return f"{Decimal(LESS):f}"


def _day(iso: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(iso)) if iso else None
    except ValueError:
        return None


def _address_hint(form: Form) -> str:
    if form.kind == "site":
        return _("Where the page will be. Without one it can still be opened from this computer.")
    if form.kind == "upload":
        return _("Where this folder will be, so that its pictures are found.")
    return _("Where the pictures will be found. Without one, items have no picture there.")
