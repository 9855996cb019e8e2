"""What a shop is made of, as its owner sees it: things, each a row with the rows that belong to it; their fields."""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Table

from desktop.data import models
from desktop.i18n import N_, _, colours, formats, ngettext, places
from desktop.services import repeating
from desktop.services.customers import birthday_text
from desktop.services.errors import Invalid
from desktop.services.orders import STATES
from desktop.services.profile import CATEGORIES

Values = Mapping[str, Any]  # a row, by the names of its columns


@dataclass(frozen=True)
class Thing:
    """A kind of thing: its table, how things of it are called, the columns that name one, and the tables within it.

    `title` and `one` are English msgids.
    """

    table: str
    title: str
    one: str
    names: tuple[str, ...]
    parts: tuple[str, ...] = ()


THINGS = (  # those that others name come first
    Thing("profile", N_("Business profile"), N_("Business profile"), (), ("hours",)),
    Thing("collection", N_("Collections"), N_("Collection"), ("name",)),
    Thing("label", N_("Labels"), N_("Label"), ("name",)),
    Thing("overlay", N_("Special hours"), N_("Special hours"), ("name",), ("overlay_hours",)),
    Thing(
        "product",
        N_("Items"),
        N_("Item"),
        ("name", "code"),
        ("product_text", "variant", "picture", "collection_item"),
    ),
    Thing("customer", N_("Customers"), N_("Customer"), ("name", "phone", "username", "email"), ("customer_label",)),
    Thing("reply", N_("Quick replies"), N_("Quick reply"), ("shortcut",), ("reply_part",)),
    Thing("customer_order", N_("Orders"), N_("Order"), ("number", "name"), ("order_line",)),
    Thing("follow_up", N_("Follow-ups"), N_("Follow-up"), ("title", "text")),
    Thing(
        "automatic_message",
        N_("Automatic messages"),
        N_("Automatic message"),
        ("kind",),
        ("automatic_text", "automatic_period", "automatic_recipient"),
    ),
    Thing("send_list", N_("Send lists"), N_("Send list"), ("name", "text"), ("send_entry",)),
    Thing("campaign", N_("Links"), N_("Link"), ("name", "reference")),
    Thing("saved_search", N_("Saved searches"), N_("Saved search"), ("name",)),
    Thing("synonym", N_("Synonyms"), N_("Synonyms"), ("words",)),
    Thing("practice_chat", N_("Practice chats"), N_("Practice chat"), ("name",), ("practice_message",)),
)
BY_TABLE = {thing.table: thing for thing in THINGS}
PART_OF = {part: thing for thing in THINGS for part in thing.parts}

# What no owner knows of: it follows from the rest.
UNSEEN = {"id", "version", "search_key", "sort_key", "changed_at", "created_at"}
NAMED = {  # what a column names that the database does not hold to, by its table
    ("order_line", "product_id"): "product",
    ("order_line", "variant_id"): "variant",
    ("reply_part", "product_id"): "product",
    ("practice_message", "product_id"): "product",
    ("follow_up", "after_id"): "follow_up",
}
TARGETS = {"item": "product", "collection": "collection", "reply": "reply"}  # of a link, by its kind

PARTS = {
    "hours": N_("Business hours"),
    "overlay_hours": N_("Hours"),
    "product_text": N_("Second language"),
    "variant": N_("Variants"),
    "picture": N_("Pictures"),
    "collection_item": N_("Collections"),
    "customer_label": N_("Labels"),
    "reply_part": N_("Parts of the message"),
    "order_line": N_("What was ordered"),
    "automatic_text": N_("Other texts"),
    "automatic_period": N_("Periods"),
    "automatic_recipient": N_("Recipients"),
    "send_entry": N_("Whom it is for"),
    "practice_message": N_("Messages"),
    "phone_copy": N_("On the phone"),
}
FIELDS = {  # by column, or by table and column where it is called otherwise there
    "about": N_("About"),
    "address": N_("Address"),
    "availability": N_("Availability"),
    "birthday": N_("Birthday"),
    "brand": N_("Brand"),
    "cap": N_("A day at most"),
    "card": N_("Text of the gift card"),
    "category": N_("Category"),
    "code": N_("Code"),
    "colour": N_("Color"),
    "company": N_("Company"),
    "condition": N_("Condition"),
    "consent_at": N_("Agreed to messages"),
    "consent_how": N_("How they agreed"),
    "cover": N_("Cover photo"),
    "currency": N_("Currency"),
    "customer_id": N_("Customer"),
    "delay": N_("Delay"),
    "deposit": N_("Deposit"),
    "description": N_("Description"),
    "discount": N_("Discount"),
    "done_at": N_("Done"),
    "due_at": N_("Due"),
    "email": N_("Email"),
    "enabled": N_("Turned on"),
    "ends": N_("Ends"),
    "extra": N_("Further fields"),
    "fee": N_("Delivery fee"),
    "folder": N_("Folder"),
    "gender": N_("Form of address"),
    "hidden": N_("Hidden"),
    "keywords": N_("Keywords"),
    "kind": N_("Kind"),
    "language": N_("Language"),
    "last_contact_at": N_("Last contact"),
    "latitude": N_("Location"),
    "link": N_("Link"),
    "logo": N_("Profile photo"),
    "longitude": N_("Location"),
    "made_at": N_("Made"),
    "map_link": N_("Map link"),
    "minutes": N_("Minutes"),
    "more_emails": N_("More emails"),
    "more_phones": N_("More phone numbers"),
    "name": N_("Name"),
    "note": N_("Note"),
    "number": N_("Number"),
    "on_board": N_("On the board"),
    "on_phone": N_("As the phone answers"),
    "opened_at": N_("Chat opened"),
    "order_id": N_("Order"),
    "origin_country": N_("Country of origin"),
    "phone": N_("Phone number"),
    "picture": N_("Picture"),
    "placed_at": N_("Placed"),
    "position": N_("Place in the list"),
    "price": N_("Price"),
    "quantity": N_("Quantity"),
    "recipient": N_("Recipient"),
    "recipient_phone": N_("Recipient's phone number"),
    "recipients": N_("Recipients"),
    "reference": N_("Reference"),
    "repeat": N_("Repeats"),
    "role": N_("Role"),
    "sale_ends": N_("Sale ends"),
    "sale_price": N_("Sale price"),
    "sale_starts": N_("Sale starts"),
    "saved": N_("Saved on the phone"),
    "schedule": N_("Schedule"),
    "sha256": N_("Picture"),
    "shortcut": N_("Shortcut"),
    "sort": N_("Sorted by"),
    "source": N_("Message it was read from"),
    "starts": N_("Starts"),
    "state": N_("State"),
    "stopped_at": N_("Asked to stop"),
    "stopped_how": N_("How they asked to stop"),
    "target_id": N_("Leads to"),
    "terms": N_("Filters"),
    "territory": N_("Country"),
    "text": N_("Text"),
    "time_zone": N_("Time zone"),
    "title": N_("Title"),
    "typed": N_("Search"),
    "url": N_("Link"),
    "username": N_("Username"),
    "way": N_("Delivery or pick-up"),
    "website": N_("Website"),
    "website2": N_("Website"),
    "whatsapp_id": N_("WhatsApp's number of the item"),
    "words": N_("Words"),
    "after_id": N_("Comes after"),
    "options": N_("Options"),
    ("campaign", "used_at"): N_("Where it is used"),
    ("reply", "condition"): N_("When it is offered"),
    ("profile", "name"): N_("Business name"),
}
MONEY = {"price", "sale_price", "fee", "deposit", "discount"}
PICTURES = {"sha256", "picture", "cover", "logo"}
PHONES = {"phone", "recipient_phone", "more_phones"}
LATIN = {"code", "link", "url", "email", "website", "website2", "map_link", "username", "latitude", "longitude"}
WORDS = {  # values that are words of the program's own
    "in stock": N_("In stock"),
    "out of stock": N_("Out of stock"),
    "refurbished": N_("Refurbished"),
    "used": N_("Used"),
    "pickup": N_("Pick-up"),
    "delivery": N_("Delivery"),
    **STATES,
    "greeting": N_("Greeting message"),
    "away": N_("Away message"),
    "always": N_("Always"),
    "closed": N_("Outside business hours"),
    "open": N_("While the shop is open"),
    "custom": N_("Custom schedule"),
    "everyone": N_("Everyone"),
    "task": N_("Task"),
    "booking": N_("Booking"),
}
SPOKEN: dict[str, Callable[[str], str]] = {  # by column: how a value that is a code is said
    "birthday": birthday_text,
    "category": lambda value: _(CATEGORIES.get(value, value)),
    "currency": places.currency_name,
    "gender": lambda value: {"f": _("A woman"), "m": _("A man")}.get(value, value),
    "language": places.language_name,
    "origin_country": places.country_name,
    "repeat": lambda value: repeat.words if (repeat := repeating.parse(value)) else value,
    "territory": places.country_name,
    "time_zone": places.zone_name,
}
WORDED = {"availability", "condition", "way", "state", "kind", "schedule", "recipients"}


@cache
def table_of(name: str) -> Table:
    """Return a table by its name."""
    return models.all_tables().tables[name]


@cache
def links_of(table: str) -> dict[str, str]:
    """Return the columns of a table that name rows of others, and of which; not those that name pictures."""
    keys = {c.name: key.column.table.name for c in table_of(table).columns for key in c.foreign_keys}
    named = {column: other for (where, column), other in NAMED.items() if where == table}
    return {column: other for column, other in {**keys, **named}.items() if other != "blob"}


@cache
def owner_column(part: str) -> str | None:
    """Return the column of a part that names the thing it belongs to; None for the hours, of which a shop has one."""
    thing = PART_OF[part].table
    return next((column for column, table in links_of(part).items() if table == thing), None)


def owner_of(part: str, row: Values) -> int:
    """Return the id of the thing that a part belongs to."""
    column = owner_column(part)
    return 1 if column is None else int(row[column])


def name_of(table: str, row: Values) -> str:
    """Return what a thing is called on the screen, "" for one without a name."""
    thing = BY_TABLE[table]
    if table == "profile":
        return _(thing.title)
    if table == "customer_order":
        number = formats.number(row["number"])
        # TRANSLATORS: the number of an order and who ordered, as in "12 · Noura".
        named = _("{number} · {name}").format(number=number, name=formats.auto(str(row["name"]))) if row["name"] else ""
        return named or _("Order {number}").format(number=number)
    if table == "automatic_message":
        return _(WORDS.get(str(row["kind"]), str(row["kind"])))
    for column in thing.names:
        if text := str(row.get(column) or "").strip():
            line = text.splitlines()[0]
            return formats.phone(line) if column == "phone" else formats.auto(line)
    return ""


def field_name(table: str, column: str) -> str:
    """Return what a column is called on the pages; of a part of a thing, what those parts are called together."""
    if table in PARTS:
        return _(PARTS[table])
    msgid = FIELDS.get((table, column)) or FIELDS.get(column)
    return _(msgid) if msgid else column.replace("_", " ")


def value_text(table: str, column: str, row: Values, currency: str, named: Callable[[str, int], str]) -> str:
    """Return what a column of a row says, for the screen; "" for nothing.

    `currency` is the shop's; `named` says what the row of a table with an id is called.
    """
    value = row.get(column)
    if value is None or value == "":
        return ""
    if column in MONEY and isinstance(value, int):
        return formats.money(value, str(row.get("currency") or currency))
    if column in PICTURES:
        return _("a picture")
    if isinstance(table_of(table).c[column].type, Boolean):
        return _("Yes") if value else _("No")
    if column in links_of(table) and isinstance(value, int):
        return named(links_of(table)[column], value)
    if column == "target_id" and isinstance(value, int):
        other = TARGETS.get(str(row.get("kind")))
        return named(other, value) if other else formats.number(value)
    if isinstance(value, int):
        return _number_text(column, value)
    return _text(column, str(value))


def _number_text(column: str, value: int) -> str:
    if column == "at" or column.endswith("_at") or column in ("starts", "ends", "sale_starts", "sale_ends"):
        return formats.datetime(value)
    if column in ("opens", "closes"):
        return formats.time(value)
    if column == "colour":
        return colours.name_of(value)
    return formats.number(value)


def _text(column: str, value: str) -> str:
    if column in PHONES:
        return ", ".join(formats.phone(line) if line.isdigit() else formats.auto(line) for line in value.splitlines())
    if column == "condition" and value == "new":  # of an item, not of an order
        return _("New")
    if column in WORDED and value in WORDS:
        return _(WORDS[value])
    if column in ("extra", "options"):
        return _pairs(value)
    if column in SPOKEN:
        try:
            return formats.auto(SPOKEN[column](value))
        except (Invalid, ValueError):  # from a shop that is damaged, or newer
            return formats.auto(value)
    if column in ("starts", "ends"):
        try:
            return formats.date(dt.date.fromisoformat(value))
        except ValueError:
            return formats.auto(value)
    return formats.ltr(value) if column in LATIN else formats.auto(value)


def _pairs(value: str) -> str:
    try:
        found = json.loads(value)
    except ValueError:
        return formats.auto(value)
    if not isinstance(found, dict):
        return formats.auto(value)
    return formats.listing(formats.auto(f"{name}: {text}") for name, text in found.items()) if found else ""


def part_text(table: str, row: Values, currency: str, named: Callable[[str, int], str]) -> str:
    """Return what a part of a thing says, in one line: its fields but for the thing's own, one after the other."""
    if table in ("hours", "overlay_hours"):
        return _hours_text(row)
    hidden = UNSEEN | {"position", owner_column(table), "currency", "kind", "name" if table == "reply_part" else ""}
    found = []
    for column in table_of(table).columns:
        if column.name not in hidden and not (isinstance(column.type, Boolean) and not row.get(column.name)):
            default = getattr(column.default, "arg", None)
            if row.get(column.name) != default:
                found.append(value_text(table, column.name, row, currency, named))
    return " · ".join(text for text in found if text)


def _hours_text(row: Values) -> str:
    day = formats.weekday_name(row["weekday"]) if isinstance(row.get("weekday"), int) else ""
    if row.get("kind") == "all_day":
        hours = formats.shown(_("Open 24 hours"))
    elif row.get("kind") == "appointment":
        hours = _("By appointment only")
    else:
        hours = formats.hours(row["opens"], row["closes"])
    return f"{day} {hours}".strip()


def counted(items: int, replies: int, customers: int) -> list[str]:
    """Say how much there is in a shop, of what a shop is mainly made of."""
    found = (
        (ngettext("{n} item", "{n} items", items), items),
        (ngettext("{n} quick reply", "{n} quick replies", replies), replies),
        (ngettext("{n} customer", "{n} customers", customers), customers),
    )
    return [words.format(n=formats.number(n)) for words, n in found]
