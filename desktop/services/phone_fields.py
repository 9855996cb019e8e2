"""What the phone holds, field by field: what each is called, where it is found there, and how its text is read.

A text is kept in a form that no setting changes ("75.50 AED", "10:00-13:00,16:00-01:00"), so that another way of
showing numbers or another language of the interface is no change of the shop.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from desktop.i18n import N_, _, bidi, colours, formats, ngettext, numbers
from desktop.i18n.colours import name_of
from desktop.services.automatic import TO_WHOM, WHEN
from desktop.services.opening import DAY, Span
from desktop.services.opening import Kind as HoursKind
from desktop.services.profile import CATEGORIES

Kind = Literal[
    "text",
    "name",
    "shortcut",
    "price",
    "category",
    "hours",
    "days",
    "colour",
    "picture",
    "pictures",
    "items",
    "place",
    "switch",
    "when",
    "recipients",
]


@dataclass(frozen=True)
class Field:
    """A field of the phone: its `title` (a msgid), what its text is, and the key of its limit, "" without one."""

    title: str
    kind: Kind = "text"
    limit: str = ""


MODELS = {  # in the order in which a new phone is filled, each with its name in lists
    "profile": N_("Business profile"),
    "hours": N_("Hours"),
    "overlay": N_("Special hours"),
    "product": N_("Catalog"),
    "collection": N_("Collections"),
    "reply": N_("Quick replies"),
    "label": N_("Labels"),
    "automatic_message": N_("Automatic messages"),
}
FIELDS = {
    ("profile", "logo"): Field(N_("Profile photo"), "picture"),
    ("profile", "cover"): Field(N_("Cover photo"), "picture"),
    ("profile", "name"): Field(N_("Business name")),
    ("profile", "category"): Field(N_("Category"), "category"),
    ("profile", "description"): Field(N_("Description"), limit="profile.description"),
    ("profile", "address"): Field(N_("Address"), limit="profile.address"),
    ("profile", "place"): Field(N_("Location on the map"), "place"),
    ("profile", "email"): Field(N_("Email"), limit="profile.email"),
    ("profile", "website"): Field(N_("Website"), limit="profile.website"),
    ("profile", "website2"): Field(N_("Second website"), limit="profile.website"),
    ("profile", "about"): Field(N_("About"), limit="profile.about"),
    ("hours", "hours"): Field(N_("Hours"), "hours"),
    ("overlay", "days"): Field(N_("Special hours"), "days"),
    ("product", "pictures"): Field(N_("Pictures"), "pictures"),
    ("product", "name"): Field(N_("Item name"), "name", "catalog.name"),
    ("product", "price"): Field(N_("Price"), "price"),
    ("product", "sale_price"): Field(N_("Sale price"), "price"),
    ("product", "description"): Field(N_("Description"), limit="catalog.description"),
    ("product", "link"): Field(N_("Link")),
    ("product", "code"): Field(N_("Item code"), limit="catalog.code"),
    ("product", "hidden"): Field(N_("Hidden"), "switch"),
    ("collection", "name"): Field(N_("Collection name"), "name"),
    ("collection", "items"): Field(N_("Items of the collection"), "items"),
    ("reply", "text"): Field(N_("Message")),
    ("reply", "shortcut"): Field(N_("Shortcut"), "shortcut", "reply.shortcut"),
    ("reply", "keywords"): Field(N_("Keywords")),
    # The parts of a reply: their fields are named "message:12", with the part's id.
    ("reply", "message"): Field(N_("Further message")),
    ("reply", "picture"): Field(N_("Picture"), "picture"),
    ("reply", "file"): Field(N_("File"), "name"),
    ("label", "name"): Field(N_("Label name"), "name", "label.name"),
    ("label", "colour"): Field(N_("Color"), "colour"),
    ("automatic_message", "text"): Field(N_("Message")),
    ("automatic_message", "on"): Field(N_("Turned on"), "switch"),
    ("automatic_message", "when"): Field(N_("Schedule"), "when"),
    ("automatic_message", "recipients"): Field(N_("Recipients"), "recipients"),
}
AUTOMATIC = {"greeting": N_("Greeting message"), "away": N_("Away message")}
# Believed, not verified on every phone: on an iPhone "Business tools" is under Settings, on Android in the ⋮ menu.
# TRANSLATORS: where to go on the phone, in the words of WhatsApp Business.
PATHS = {
    "profile": N_("Business tools › Business profile"),
    "hours": N_("Business tools › Business profile › Hours"),
    "overlay": N_("Business tools › Business profile › Hours"),
    "product": N_("Business tools › Catalog"),
    "collection": N_("Business tools › Catalog › Collections"),
    "reply": N_("Business tools › Quick replies"),
    "label": N_("Business tools › Labels"),
    "greeting": N_("Business tools › Greeting message"),
    "away": N_("Business tools › Away message"),
    "automatic_message": N_("Business tools"),
    "about": N_("Settings › your name › About"),
}
CLOSED, ALL_DAY, APPOINTMENT = "closed", "24h", "appointment"
ON = "on"


def field_of(model: str, field: str) -> Field:
    """Return what is known of a field by its name in the account, "message:12" for that of a part."""
    return FIELDS[model, field.partition(":")[0]]


def is_same(kind: Kind, text: str, other: str) -> bool:
    """Say whether two stored texts mean the same on the phone: of a collection, its items in whatever order."""
    if kind == "recipients":
        return recipients_in(text) == recipients_in(other)
    if kind != "items":
        return text == other
    return set(items_in(text)) == set(items_in(other))


def items_as_text(items: Sequence[tuple[int, str]]) -> str:
    """Return the items of a collection, each an id and a name, as they are stored in the account."""
    return "\n".join(f"{item} {name}" for item, name in items)


def items_in(text: str) -> dict[str, str]:
    """Return the items that `items_as_text` stored: their names by their ids."""
    pairs = (line.partition(" ") for line in text.splitlines())
    return {item: name for item, _space, name in pairs}


def period_as_text(starts: int, ends: int, zone: dt.tzinfo) -> str:
    """Return a stretch of time, in seconds since 1970 UTC, as it is stored in the account: as the shop's clock says."""
    return "/".join(dt.datetime.fromtimestamp(at, zone).strftime("%Y-%m-%dT%H:%M") for at in (starts, ends))


def period_in(text: str, zone: dt.tzinfo) -> tuple[int, int] | None:
    """Return the stretch of time that `period_as_text` stored, None for another schedule."""
    ends = [dt.datetime.fromisoformat(end).replace(tzinfo=zone) for end in text.split("/") if "T" in end]
    return (int(ends[0].timestamp()), int(ends[1].timestamp())) if len(ends) == 2 else None


def recipients_as_text(recipients: str, people: Sequence[tuple[int, str]]) -> str:
    """Return whom a message is for as it is stored in the account: "" for everyone, and the people that are named."""
    named = recipients in ("except", "only")
    lines = [f"{person} {name}" for person, name in people] if named else []
    return "\n".join([recipients, *lines]) if recipients != "everyone" else ""


def recipients_in(text: str) -> tuple[str, frozenset[int]]:
    """Return what `recipients_as_text` stored: "everyone", "unknown", "except" or "only", and the ids of the people."""
    recipients, *lines = text.split("\n")
    return recipients or "everyone", frozenset(int(line.partition(" ")[0]) for line in lines)


def spans_in(text: str, weekday: int) -> list[Span]:
    """Return the hours of a weekday that `hours_as_text` stored; none for closed."""
    kinds: dict[str, HoursKind] = {ALL_DAY: "all_day", APPOINTMENT: "appointment"}
    if text in kinds:
        return [Span(weekday, 0, DAY, kinds[text])]
    return [] if text == CLOSED else [Span(weekday, opens, closes) for opens, closes in _ranges(text)]


def show(kind: Kind, text: str) -> str:
    """Return a stored text as it is read, in the language in use; "" where the phone holds nothing there."""
    if kind == "switch":
        return _("Yes") if text == ON else _("No")
    if kind == "when":
        ends = [dt.datetime.fromisoformat(end) for end in text.split("/") if "T" in end]
        return formats.span(*map(formats.datetime, ends)) if ends else _(WHEN[text or "always"])
    if kind == "recipients":
        mode, *lines = text.split("\n")
        return "\n".join([_(TO_WHOM[mode or "everyone"]), *(line.partition(" ")[2] for line in lines)])
    if not text:
        return ""
    match kind:
        case "price":
            return _money(text)
        case "category":
            return _(CATEGORIES.get(text, text))
        case "hours":
            return _hours(text)
        case "days":
            first, _slash, last = text.partition("/")
            return formats.span(_date(first), _date(last)) if last != first else _date(first)
        case "colour":
            place = formats.of(int(text) + 1, colours.COUNT)
            # TRANSLATORS: WhatsApp's label colors have no names: {of} is the place in its list, as in "4 of 20".
            return _("{colour}, {of}").format(colour=name_of(int(text)), of=place)
        case "picture":
            return _("A picture")
        case "pictures":
            n = int(text.partition(" ")[0])
            return ngettext("{n} picture", "{n} pictures", n).format(n=formats.number(n))
        case "items":
            return "\n".join(items_in(text).values())
        case "shortcut":
            return f"/{text}"
        case "place":
            return formats.ltr(text)
    return text


def paste(kind: Kind, text: str) -> str:
    """Return a stored text as it goes into a box of the phone: of a price the number alone."""
    if kind == "price":
        return text.partition(" ")[0]
    return text if kind in ("text", "name", "shortcut") else bidi.strip(show(kind, text))


def price_as_text(minor: int | None, currency: str) -> str:
    """Return a price as it is stored in the account: "75.50 AED", "" without one."""
    return "" if minor is None else f"{formats.decimal_text(minor, currency)} {currency}".rstrip()


def hours_as_text(spans: Sequence[Span]) -> str:
    """Return the spans of one day as they are stored in the account: "closed", "24h", "10:00-13:00,16:00-01:00"."""
    if not spans:
        return CLOSED
    if any(span.kind == "appointment" for span in spans):
        return APPOINTMENT
    if any(span.kind == "all_day" for span in spans):
        return ALL_DAY
    return ",".join(f"{_clock(span.opens)}-{_clock(span.closes)}" for span in spans)


def _clock(minutes: int) -> str:
    hour, minute = divmod(minutes % DAY, 60)
    return f"{hour:02d}:{minute:02d}"


def _hours(text: str) -> str:
    words = {CLOSED: N_("Closed"), ALL_DAY: N_("Open 24 hours"), APPOINTMENT: N_("By appointment only")}
    if text in words:
        return _(words[text])
    return "\n".join(formats.hours(opens, closes) for opens, closes in _ranges(text))


def _ranges(text: str) -> list[tuple[int, int]]:
    """Return the minutes of ranges such as "10:00-13:00,16:00-01:00"; an end at or before the start is a day later."""
    ranges = (tuple(_minutes(end) for end in part.split("-")) for part in text.split(","))
    return [(opens, closes if closes > opens else closes + DAY) for opens, closes in ranges]


def _minutes(clock: str) -> int:
    hour, _colon, minute = clock.partition(":")
    return int(hour) * 60 + int(minute)


def _money(text: str) -> str:
    figure, _space, currency = text.partition(" ")
    minor = Decimal(figure).scaleb(numbers.exponent(currency))
    return formats.money(int(minor), currency) if currency else figure


def _date(iso: str) -> str:
    return formats.date(dt.date.fromisoformat(iso))
