"""What the shop's web page tells search engines, in the words of schema.org; and texts and addresses they may have."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from desktop.data.models import Profile
from desktop.exchange.offer import Article
from desktop.i18n import formats
from desktop.services import marks
from desktop.services.opening import DAY, Schedule

SCHEMES = ("http", "https")
LONGEST = 5000  # characters of a description
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CONDITIONS = {"used": "UsedCondition", "refurbished": "RefurbishedCondition"}


def shop_schema(profile: Profile, schedule: Schedule, base_url: str, face: str) -> dict[str, Any]:
    """Return what is said of the shop itself; `face` is its picture's path within the page."""
    said = {
        "@context": "https://schema.org",
        "@type": "LocalBusiness",
        "name": profile.name,
        "description": short(marks.plain(profile.description or profile.about), LONGEST),
        "telephone": f"+{profile.phone}" if profile.phone else "",
        "email": profile.email,
        "address": " ".join(profile.address.split()),
        "url": base_url,
        "image": f"{base_url}/{face}" if base_url and face else "",
        "hasMap": safe_address(profile.map_link),
        "sameAs": [address for address in map(safe_address, (profile.website, profile.website2)) if address],
        "openingHoursSpecification": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": f"https://schema.org/{DAYS[span.weekday]}",
                "opens": _clock(span.opens),
                "closes": _clock(span.closes),
            }
            for span in schedule.week
            if span.kind in ("open", "all_day") and span.weekday is not None
        ],
    }
    return {name: value for name, value in said.items() if value}


def list_schema(name: str, names: Sequence[str]) -> dict[str, Any]:
    """Return what is said of a collection of items with these names."""
    items = [{"@type": "ListItem", "position": place, "name": item} for place, item in enumerate(names, 1)]
    return {"@context": "https://schema.org", "@type": "ItemList", "name": name, "itemListElement": items}


def item_schema(article: Article, language: str, shop: str, pictures: Sequence[str]) -> dict[str, Any]:
    """Return what is said of an item; `pictures` are whole addresses."""
    offers = None
    if article.price is not None:
        offers = {
            "@type": "Offer",
            "price": formats.decimal_text(article.price, article.currency),
            "priceCurrency": article.currency,
            "availability": f"https://schema.org/{'InStock' if article.available else 'OutOfStock'}",
            "itemCondition": f"https://schema.org/{CONDITIONS.get(article.condition, 'NewCondition')}",
            "seller": {"@type": "Organization", "name": shop},
        }
    name = article.name(language)
    said = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": name,
        "description": short(marks.plain(article.description(language)) or name, LONGEST),
        "sku": article.code,
        "brand": {"@type": "Brand", "name": article.brand} if article.brand else None,
        "image": list(pictures),
        "offers": offers,
    }
    return {name: value for name, value in said.items() if value}


def short(text: str, longest: int) -> str:
    """Return a text on one line, at most so many characters long."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def safe_address(url: str) -> str:
    """Return an address that may stand behind a link, "" for anything else than http(s)."""
    try:
        return url if urlsplit(url).scheme.lower() in SCHEMES else ""
    except ValueError:
        return ""


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}" if minutes != DAY else "23:59"
