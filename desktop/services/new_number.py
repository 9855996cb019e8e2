"""A shop with a new phone number: where the old one still stands, and how to put the new one there."""

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.models import AutomaticMessage, Campaign, Product, ProductText, Profile, Reply, ReplyPart, Row
from desktop.i18n import N_, _, bidi, formats, speaking
from desktop.services.automatic import set_automatic
from desktop.services.catalog import update_product
from desktop.services.errors import Invalid
from desktop.services.links import chat_link, read_phone
from desktop.services.phone_fields import AUTOMATIC
from desktop.services.profile import read_profile, update_profile
from desktop.services.replies import update_reply
from desktop.services.share import customers_language

BETWEEN = "[ \\t\u00a0().\u2010-\u2015\u200e\u200f\u202a-\u202e\u2066-\u2069-]{0,3}"  # what stands between two digits
SCRIPTS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
OTHER_COUNTRY = re.compile(rf"\+\d{{1,3}}{BETWEEN}\Z")
LATIN = str.maketrans("".join(SCRIPTS), SCRIPTS[0] * len(SCRIPTS))


class Place(NamedTuple):
    """A field of the shop in which numbers may stand, the page that shows it ("" for none), and how it is changed."""

    model: type[Row]
    field: str
    title: str
    page: str
    change: Callable[[Session, int, dict[str, Any]], None]


class Use(NamedTuple):
    """A text of the shop in which the old number stands, and what it becomes.

    `owner` is whose it is: "/hello", an item's name, the name of a link and where that was handed out, in the owner's
    words. `target` is what to show on the page of its place.
    """

    place: Place
    row_id: int
    before: str
    after: str
    owner: str
    target: object

    @property
    def title(self) -> str:
        """What the text is, in the language in use."""
        return _(self.place.title)


def read_numbers(session: Session, old: str, new: str) -> tuple[str, str]:
    """Return the digits of both numbers as they were typed. Raises Invalid("old" or "new", …)."""
    territory = read_profile(session).territory
    digits = []
    for field, typed in (("old", old), ("new", new)):
        try:
            digits.append(read_phone(typed, territory))
        except Invalid as invalid:
            raise Invalid(field, invalid.message) from invalid
    if digits[0] == digits[1]:
        raise Invalid("new", _("This is the old number. Type the new one."))
    return digits[0], digits[1]


def find_uses(session: Session, old: str, new: str) -> list[Use]:
    """Return every text that holds the number `old`, with `new` in its place: both digits, country code first.

    The number is found however it is written: with + or 00 or as it is dialled at home, with spaces and dashes, in
    Arabic digits, inside a link. A longer number that contains it is another one.
    """
    pattern = _pattern(old)
    found = []
    for place in PLACES:
        column = getattr(place.model, place.field)
        for row_id, before in session.execute(select(place.model.id, column).where(column != "").order_by("id")):
            after = pattern.sub(lambda match: _written(match, old, new), before)
            if after != before:
                found.append(Use(place, row_id, before, after, *_whose(session, place, row_id)))
    return found


def mentions(text: str, phone: str) -> bool:
    """Say whether a number (digits, country code first) stands in a text, however it is written there."""
    return bool(phone) and _pattern(phone).search(text) is not None


def carries(session: Session, phone: str, page: str) -> bool:
    """Say whether a number stands in any text that a page shows: "catalog", "replies", "links" or "profile"."""
    if not phone:
        return False
    pattern = _pattern(phone)
    columns = (getattr(place.model, place.field) for place in PLACES if place.page == page)
    return any(pattern.search(text) for column in columns for text in session.scalars(select(column)) if text)


def change_number(session: Session, old: str, new: str) -> int:
    """Put `new` wherever `find_uses` finds `old`, and return in how many texts. Raises Invalid."""
    uses = find_uses(session, old, new)
    for use in uses:
        use.place.change(session, use.row_id, {use.place.field: use.after})
    session.flush()
    return len(uses)


def message_to_customers(session: Session, new: str) -> str:
    """Return a message that tells customers the new number, in the shop's language, to be copied."""
    profile = read_profile(session)
    with speaking(customers_language(profile)):
        words = _("Our number has changed. The new one is {phone}. Please save it and write to us there: {link}")
        text = words.format(phone=bidi.strip(formats.phone(new)), link=chat_link(new))
        return f"{profile.name}\n{text}" if profile.name else text


def _pattern(old: str) -> re.Pattern[str]:
    country, home = _parts(old)

    def spelled(digits: str) -> str:
        return BETWEEN.join(f"[{''.join(script[int(digit)] for script in SCRIPTS)}]" for digit in digits)

    zero = f"[{''.join(script[0] for script in SCRIPTS)}]"
    trunk = f"(?:\\({zero}\\){BETWEEN})?"
    abroad = f"(?:\\+|{zero}{zero})?{BETWEEN}{spelled(country)}{BETWEEN}{trunk}{spelled(home)}"
    at_home = f"{zero}?{BETWEEN}{spelled(home)}"
    starts = r"(?:(?<![\d+])|(?<=%[0-9A-Fa-f]{2}))"  # in the text of a link, %20971… follows a space
    return re.compile(f"{starts}(?:(?P<abroad>{abroad})|(?P<home>{at_home}))(?!\\d)")


def _written(match: re.Match[str], old: str, new: str) -> str:
    """Return the new number written as the old one was."""
    text = match[0]
    plain = text.translate(LATIN)
    bare = plain.lstrip("+").isdecimal()
    if match["home"] and OTHER_COUNTRY.search(match.string[: match.start()]):
        return text
    if match.string[: match.start()].endswith(("/", "=")):
        result = new
    elif match["abroad"] is None and _parts(old)[0] == _parts(new)[0]:
        result = _at_home(new) if not bare else re.sub(r"\D", "", _at_home(new))
    elif plain.startswith("00"):
        result = f"00{new}"
    elif not bare or match["abroad"] is None:
        result = bidi.strip(formats.phone(new)).translate(LATIN)
    else:
        result = f"+{new}" if plain.startswith("+") else new
    script = next((script for script in SCRIPTS[1:] if any(digit in text for digit in script)), SCRIPTS[0])
    return result.translate(str.maketrans(SCRIPTS[0], script))


def _parts(digits: str) -> tuple[str, str]:
    """Return the country code of a number, and the rest of it."""
    from phonenumbers import national_significant_number, parse

    home = national_significant_number(parse(f"+{digits}"))
    return digits.removesuffix(home), home


def _at_home(digits: str) -> str:
    from phonenumbers import PhoneNumberFormat, format_number, parse

    return format_number(parse(f"+{digits}"), PhoneNumberFormat.NATIONAL)


def _whose(session: Session, place: Place, row_id: int) -> tuple[str, object]:
    """Return whose text it is, and what to show of it."""
    row: Any = session.get_one(place.model, row_id)
    if isinstance(row, ReplyPart):
        row = session.get_one(Reply, row.reply_id)
    elif isinstance(row, ProductText):
        row = session.get_one(Product, row.product_id)
    match row:
        case Reply():
            return f"/{row.shortcut}", row.id
        case Product():
            return row.name, row.id
        case AutomaticMessage():
            return _(AUTOMATIC[row.kind]), None
        case Campaign():
            return " · ".join(part for part in (row.name, row.used_at) if part), None
    return "", place.field


def _set(model: type[Row]) -> Callable[[Session, int, dict[str, Any]], None]:
    def change(session: Session, row_id: int, values: dict[str, Any]) -> None:
        row = session.get_one(model, row_id)
        for name, value in values.items():
            setattr(row, name, value)

    return change


def _set_profile(session: Session, row_id: int, values: dict[str, Any]) -> None:
    for field in {"phone", "more_phones"} & values.keys():
        numbers = dict.fromkeys(values[field].splitlines())  # the new one may be among them already
        values = {field: "\n".join(f"+{number}" for number in numbers)}
    update_profile(session, None, **values)


def _set_reply(session: Session, row_id: int, values: dict[str, Any]) -> None:
    update_reply(session, row_id, None, **values)


def _set_item(session: Session, row_id: int, values: dict[str, Any]) -> None:
    update_product(session, row_id, None, **values)


def _set_automatic(session: Session, row_id: int, values: dict[str, Any]) -> None:
    set_automatic(session, session.get_one(AutomaticMessage, row_id).kind, **values)


PLACES: Sequence[Place] = (
    Place(Profile, "phone", N_("Phone number"), "profile", _set_profile),
    Place(Profile, "more_phones", N_("More phone numbers"), "profile", _set_profile),
    Place(Profile, "about", N_("About"), "profile", _set_profile),
    Place(Profile, "description", N_("Description"), "profile", _set_profile),
    Place(Profile, "address", N_("Address"), "profile", _set_profile),
    Place(Profile, "website", N_("Website"), "profile", _set_profile),
    Place(Profile, "website2", N_("Second website"), "profile", _set_profile),
    Place(Reply, "text", N_("Message"), "replies", _set_reply),
    Place(ReplyPart, "text", N_("Message"), "replies", _set(ReplyPart)),
    Place(AutomaticMessage, "text", N_("Message"), "", _set_automatic),
    Place(Product, "description", N_("Description"), "catalog", _set_item),
    Place(Product, "link", N_("Link"), "catalog", _set_item),
    Place(ProductText, "description", N_("Description"), "catalog", _set(ProductText)),
    Place(Campaign, "text", N_("Text of a link"), "links", _set(Campaign)),
    # TRANSLATORS: a link that was handed out: on a flyer, in a post.
    Place(Campaign, "link", N_("Link that was handed out"), "links", _set(Campaign)),
)
