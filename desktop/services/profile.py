"""The business profile: what customers see of the shop, and where it is at home."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data import blobs
from desktop.data.models import Profile
from desktop.i18n import N_, _, bidi
from desktop.i18n.places import currency_of, territories, time_zones, zone_name
from desktop.services.codes import check_code
from desktop.services.editing import change_row, clean, one_line, paragraphs
from desktop.services.errors import Invalid
from desktop.services.links import read_phone
from desktop.services.web import email_address, web_address

if TYPE_CHECKING:
    from desktop.data.images import Image

PROFILE = 1  # the id of the one row
CATEGORIES = {  # Meta's 21 verticals: "vertical" of the business profile object
    "": N_("Not chosen"),
    "ALCOHOL": N_("Alcoholic drinks"),
    "APPAREL": N_("Clothing and fashion"),
    "AUTO": N_("Cars"),
    "BEAUTY": N_("Beauty and care"),
    "EDU": N_("Education"),
    "ENTERTAIN": N_("Entertainment"),
    "EVENT_PLAN": N_("Event planning"),
    "FINANCE": N_("Finance and banking"),
    "GOVT": N_("Public service"),
    "GROCERY": N_("Grocery"),
    "HEALTH": N_("Health"),
    "HOTEL": N_("Hotels and lodging"),
    "NONPROFIT": N_("Nonprofit"),
    "ONLINE_GAMBLING": N_("Online gambling"),
    "OTC_DRUGS": N_("Over-the-counter medicine"),
    "OTHER": N_("Other"),
    "PHYSICAL_GAMBLING": N_("Gambling halls"),
    "PROF_SERVICES": N_("Professional services"),
    "RESTAURANT": N_("Restaurants"),
    "RETAIL": N_("Retail"),
    "TRAVEL": N_("Travel and transport"),
}
STEPS = {  # what a customer looks for, and why an owner would add it: what helps most comes first
    "name": N_("Add the business name"),
    "phone": N_("Add the phone number: every link of the shop needs it"),
    "logo": N_("Add a profile photo, so that customers recognize you"),
    "about": N_("Add one line about what you sell"),
    "address": N_("Add an address, so that customers find you"),
    "hours": N_("Add your opening hours"),
    "category": N_("Choose a category, so that customers know what you are"),
    "description": N_("Add a description: what you sell, and how to order"),
}
LINES = ("name", "about", "territory", "currency", "time_zone", "language", "map_link")


def read_profile(session: Session) -> Profile:
    """Return the profile, which every shop has."""
    profile = session.get_one(Profile, PROFILE)
    session.info[Profile] = profile  # it forgets what nobody holds, and every time in a list asks for the zone
    return profile


def update_profile(session: Session, base: int | None = None, **changed: Any) -> None:
    """Change fields of the profile; `base` is the version they were typed over. Raises Invalid, Stale."""
    change_row(session, Profile, PROFILE, base, _cleaned(session, changed))
    session.flush()


def missing(session: Session) -> list[str]:
    """Return the steps of STEPS that are still to be taken, the one worth taking first at the front."""
    from desktop.data.models import Hours  # loaded by need

    profile = read_profile(session)
    done = {step for step in STEPS if getattr(profile, step, None)}
    if session.scalar(select(Hours.id).limit(1)) is not None:
        done.add("hours")
    return [step for step in STEPS if step not in done]


def likely_home(territory: str) -> tuple[str, str]:
    """Return the currency and the time zone that a shop there most likely has.

    The zone is this computer's where the territory has it, else the territory's first; "" where neither is known.
    """
    here, zones = computer_zone(), time_zones(territory)
    zone = here if here in zones or not zones else zones[0]
    return currency_of(territory), zone


def computer_zone() -> str:
    """Return the time zone of this computer (IANA), "" where the system contradicts itself."""
    from tzlocal import get_localzone_name

    try:
        return get_localzone_name()
    except (LookupError, ValueError):
        return ""


def zone_choices(territory: str, zone: str = "") -> list[tuple[str, str]]:
    """Return the time zones to choose from in a territory, with their names and sorted by them.

    Where the territory is not known these are all there are. `zone` is among them in any case.
    """
    known = time_zones(territory) or [one for code, _name in territories() for one in time_zones(code)]
    return sorted(((one, zone_name(one)) for one in {*known, zone} - {""}), key=lambda pair: pair[1])


def set_territory(session: Session, base: int | None, territory: str) -> None:
    """Set the country, and with it the currency and the time zone where none is chosen yet. Raises Stale."""
    profile = read_profile(session)
    currency, zone = likely_home(territory)
    values = {"territory": territory, "currency": profile.currency or currency, "time_zone": profile.time_zone or zone}
    update_profile(session, base, **values)


def set_picture(session: Session, field: str, image: "Image | None") -> None:
    """Set the "logo" or the "cover", or take it away."""
    row = read_profile(session)
    setattr(row, field, blobs.store(session, image) if image else None)
    session.flush()


def _cleaned(session: Session, fields: dict[str, Any]) -> dict[str, Any]:
    from desktop.services.maps import degrees, read_place  # here: every start reads the profile, few change it
    from desktop.services.usernames import parse_username

    values = {key: clean(value) if isinstance(value, str) else value for key, value in fields.items()}
    for key, value in values.items():
        if key in LINES:
            values[key] = one_line(bidi.strip(value))
            check_code(key, values[key])
        elif key in ("description", "address"):
            values[key] = paragraphs(value)
        elif key in ("website", "website2"):
            values[key] = web_address(key, value)
        elif key == "email":
            values[key] = email_address(key, value)
        elif key == "username":
            values[key] = parse_username(value)
        elif key in ("latitude", "longitude"):
            values[key] = degrees(key, value)
        elif key == "category" and value not in CATEGORIES:
            raise Invalid(key, _("Choose one of the categories."))
    if "map_link" in values:
        place = read_place(values["map_link"])
        values = {**values, "map_link": place.link, "latitude": place.latitude, "longitude": place.longitude}
    if "name" in values and not values["name"]:
        raise Invalid("name", _("The shop needs a name."))
    if values.get("phone"):
        territory = values.get("territory") or read_profile(session).territory
        values["phone"] = read_phone(values["phone"], territory)
    for key in {"more_phones", "more_emails"} & values.keys():
        values[key] = _more(session, key, values)
    return values


def _more(session: Session, field: str, values: dict[str, Any]) -> str:
    """Return the further numbers or addresses as they are kept, one a line; a line that was kept already stays.

    Raises Invalid(field, …) for the first line that cannot be kept, or that is there twice.
    """
    profile = read_profile(session)
    read: Callable[[str], str] = partial(email_address, field)
    if field == "more_phones":
        read = partial(read_phone, territory=values.get("territory") or profile.territory)
    first = "phone" if field == "more_phones" else "email"
    known = getattr(profile, field).split("\n")
    kept = [values.get(first, getattr(profile, first))]
    for line in filter(None, (line.strip() for line in values[field].splitlines())):
        try:
            value = line if line in known else read(line)
        except Invalid as invalid:
            raise Invalid(field, invalid.message) from invalid
        if value in kept:
            raise Invalid(field, _("This one is here already. Type another one, or remove it."))
        kept.append(value)
    return "\n".join(kept[1:])
