"""The business profile: what customers see of the shop, and where it is at home."""

from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from desktop.data import blobs
from desktop.data.models import Profile
from desktop.i18n import N_, _
from desktop.services.editing import change_row, clean, one_line, paragraphs
from desktop.services.errors import Invalid
from desktop.services.phones import parse_phone
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
LINES = ("name", "about", "username", "territory", "currency", "time_zone", "language", "map_link")


def read_profile(session: Session) -> Profile:
    """Return the profile, which every shop has."""
    return session.get_one(Profile, PROFILE)


def update_profile(session: Session, base: int | None = None, **changed: Any) -> None:
    """Change fields of the profile; `base` is the version they were typed over. Raises Invalid, Stale."""
    change_row(session, Profile, PROFILE, base, _cleaned(session, changed))
    session.flush()


def set_picture(session: Session, field: str, image: "Image | None") -> None:
    """Set the "logo" or the "cover", or take it away."""
    row = read_profile(session)
    setattr(row, field, blobs.store(session, image) if image else None)
    session.flush()


def _cleaned(session: Session, fields: dict[str, Any]) -> dict[str, Any]:
    values = {key: clean(value) if isinstance(value, str) else value for key, value in fields.items()}
    for key, value in values.items():
        if key in LINES:
            values[key] = one_line(value)
        elif key in ("description", "address"):
            values[key] = paragraphs(value)
        elif key in ("website", "website2"):
            values[key] = web_address(key, value)
        elif key == "email":
            values[key] = email_address(key, value)
        elif key == "category" and value not in CATEGORIES:
            raise Invalid(key, _("Choose one of the categories."))
    if values.get("map_link"):
        values["map_link"] = web_address("map_link", values["map_link"])
    if "name" in values and not values["name"]:
        raise Invalid("name", _("The shop needs a name."))
    if values.get("phone"):
        territory = values.get("territory") or read_profile(session).territory
        values["phone"] = parse_phone(values["phone"], territory)
    return values
