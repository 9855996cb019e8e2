"""What a list says of an order: who, what, when, how far it is, and under which day it stands."""

from collections.abc import Iterator, Sequence

from desktop.i18n import N_, _, formats, is_rtl
from desktop.services.hours_text import RLM
from desktop.services.order_list import Face, Section
from desktop.services.orders import STATES
from desktop.ui.widgets.copy_list import CopyRow

HEADINGS: dict[Section, str] = {
    # TRANSLATORS: headings over orders, by when they are due.
    "overdue": N_("Overdue"),
    "today": N_("Today"),
    "tomorrow": N_("Tomorrow"),
    "later": N_("Later"),
    "undated": N_("Without a date"),
    "over": N_("Done and cancelled"),
}


def rows_of(faces: Sequence[Face]) -> Iterator[CopyRow]:
    """Yield the rows of orders that come by their sections, a heading above the first of each."""
    section = ""
    for face in faces:
        heading = "" if face.section == section else _(HEADINGS[face.section])
        section = face.section
        text, note = led(_what(face)), led(_note(face))
        yield CopyRow(face.id, title_of(face), text, note, heading, face.section == "overdue")


def title_of(face: Face) -> str:
    """Return what an order is called: its number and who ordered."""
    number = formats.number(face.number)
    if not (face.name or face.phone):
        return led(_("Order {number}").format(number=number))
    # TRANSLATORS: the number of an order and who ordered, as in "12 · Noura".
    who = formats.auto(face.name) if face.name else formats.phone(face.phone)
    return led(_("{number} · {name}").format(number=number, name=who))


def when_of(face: Face) -> str:
    """Return when an order is due, as short as its heading lets it be; "" for never."""
    if face.due is None:
        return ""
    if face.section in ("today", "tomorrow"):
        return formats.time(face.due.time())
    return formats.datetime(face.due.replace(tzinfo=None))


def led(text: str) -> str:
    """Return a text in the direction of the language in use: where names are set apart, nothing else tells it."""
    return f"{RLM}{text}" if is_rtl() else text


def _what(face: Face) -> str:
    parts = [face.things or _("Nothing yet")]
    if face.left > 0:
        parts.append(_("Left to pay: {price}").format(price=formats.money(face.left, face.currency)))
    elif face.total > 0 and not face.unpriced:
        parts.append(formats.money(face.total, face.currency))
    if face.way == "delivery":
        parts.append(_("Delivery"))
    return " · ".join(parts)


def _note(face: Face) -> str:
    return " · ".join(filter(None, [when_of(face), _(STATES.get(face.state, ""))]))
