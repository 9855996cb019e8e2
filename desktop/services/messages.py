"""What is sent: a text with its placeholders filled for whom it is, in the language they read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from desktop.data.models import Product, Profile
from desktop.i18n import formats, speaking
from desktop.services.catalog import read_product
from desktop.services.editing import clean, one_line
from desktop.services.hours import KEYS as HOURS
from desktop.services.hours import hours_values
from desktop.services.links import catalog_link
from desktop.services.placeholders import Filled, fill, find
from desktop.services.profile import read_profile
from desktop.services.share import customers_language, link_to, price_text

FILLED = (  # the placeholders that `fill_message` has values for, in the order they are offered
    *("customer", "product", "price", "quantity", "item_link", "shop", "address"),
    *("map_link", "catalog_link", "date", "time"),
    *HOURS,
)
TYPED = ("customer", "quantity")  # by whoever copies: on one line
OF_ITEM = ("product", "price", "item_link")  # of these, those that an item has the values of


@dataclass(frozen=True)
class Enquiry:
    """Who asks, and about what: whatever of it is known.

    `customer` is the name to write to them, `gender` "f" or "m", `language` what they read; `product_id` is the item
    they ask about, and `values` are further placeholders by key, such as a quantity.
    """

    customer: str = ""
    gender: str = ""
    language: str = ""
    product_id: int | None = None
    values: Mapping[str, str] = field(default_factory=dict)


def fill_message(
    session: Session,
    text: str,
    customer: str = "",
    product_id: int | None = None,
    values: Mapping[str, str] | None = None,
    *,
    gender: str = "",
    language: str = "",
) -> Filled:
    """Return a text as it is to be sent now; dates, prices and plurals are in `language`, the text's own.

    `customer` is the name to write to them, `gender` "f", "m" or not known, `product_id` the item they ask about;
    `values` come before what the shop itself would say. "" is the language that customers of the shop read. What
    cannot be known yet is left in braces and told. Raises NotFound if the item is gone.
    """
    profile, now = read_profile(session), formats.now()
    product = read_product(session, product_id) if product_id is not None else None
    with speaking(language or customers_language(profile)):
        known = _values(profile, product)
        if any(span.key in HOURS for span in find(text)):
            known |= hours_values(session, now)
        known |= {"customer": customer, **(values or {})}
        return fill(text, known | {key: one_line(clean(known.get(key, ""))) for key in TYPED}, now, gender)


def _values(profile: Profile, product: Product | None) -> dict[str, str]:
    values = {
        "shop": profile.name,
        "address": profile.address,
        "map_link": profile.map_link,
        "catalog_link": catalog_link(profile.phone) if profile.phone else "",
    }
    if product:
        link = link_to(product, profile) if product.link or profile.phone else ""
        values |= {"product": product.name, "price": price_text(product, profile), "item_link": link}
    return values
