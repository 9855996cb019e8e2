"""Places on the map: what a pasted link of a map app, or coordinates in any writing, say; and a link to a place."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import parse_qs, unquote_plus, urlsplit

from desktop.i18n import _, bidi
from desktop.i18n.formats import ltr
from desktop.services.errors import Invalid
from desktop.services.web import web_address

PLACES = Decimal("0.0000001")  # a centimetre on the ground
LONGEST = 2_000  # characters; the links of map apps are shorter

SHORT = re.compile(r"(maps\.app\.goo\.gl|goo\.gl|g\.co|maps\.apple|osm\.org|waze\.com)$")  # say nothing by themselves
GOOGLE = re.compile(r"(www\.|maps\.)?google\.[a-z]{2,3}(\.[a-z]{2})?$")
APPLE = re.compile(r"maps\.apple\.com$")
OSM = re.compile(r"(www\.)?(openstreetmap\.org|osm\.org)$")

FIGURE = r"([+-]?\d{1,3}(?:\.\d+)?)"
PAIR = re.compile(rf"(?:loc:)?\s*{FIGURE}\s*(?:[,;]|\s)\s*{FIGURE}\s*(?:\(.*\))?", re.DOTALL)
COMMAS = re.compile(r"([+-]?\d{1,3},\d{2,})(?:\s*;\s*|,?\s+)([+-]?\d{1,3},\d{2,})")  # as in Europe
ANGLE = r"""(\d{1,3}(?:\.\d+)?)\s*°\s*(?:(\d{1,2}(?:\.\d+)?)\s*'\s*)?(?:(\d{1,2}(?:\.\d+)?)\s*(?:"|'')\s*)?([NSEW])"""
ANGLES = re.compile(rf"{ANGLE}\s*[,;]?\s*{ANGLE}", re.IGNORECASE)
PIN = re.compile(rf"!3d{FIGURE}!4d{FIGURE}")  # the place itself, where @ is only the middle of the screen
MIDDLE = re.compile(rf"/@{FIGURE},{FIGURE}(?=[,/]|$)")
VIEW = re.compile(rf"map=\d+(?:\.\d+)?/{FIGURE}/{FIGURE}")
ASKED = ("q", "query", "daddr", "destination", "coordinate", "address", "ll", "sll", "center", "viewpoint")
WRITINGS = str.maketrans({
    **dict.fromkeys("−‐‑–", "-"), **dict.fromkeys("′’‘´`", "'"), **dict.fromkeys("″”“", '"'), "º": "°", "˚": "°",
    "٫": ".", "،": ",", "؛": ";", "ش": "N", "ج": "S", "ق": "E", "غ": "W",
})  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A place as a profile keeps it: a link that opens it, and decimal degrees as text, both "" where not known."""

    link: str
    latitude: str = ""
    longitude: str = ""


def map_url(latitude: str, longitude: str) -> str:
    """Return a link that opens a place in the map app of a phone, or in the browser; the degrees are as in Place."""
    return f"https://maps.google.com/?q={latitude},{longitude}"


def read_place(typed: str) -> Place:
    """Return the place that was typed or pasted; one without coordinates where the link does not say them.

    Understood are links of Google Maps, Apple Maps and OpenStreetMap, geo: addresses, and bare coordinates: decimal,
    or degrees, minutes and seconds, in any digits. Any other web address is kept as it is. Raises Invalid("map_link").
    """
    text = bidi.strip(typed).strip()
    if not text:
        return Place("")
    if len(text) > LONGEST:
        raise Invalid("map_link", _("This is too long for a link to a place. Copy it from the map app again."))
    plain = _plain(text)
    if found := _pair(re.sub(r"(?i)^geo:|[;?].*$", "", plain) if plain.lower().startswith("geo:") else plain):
        return Place(map_url(*found), *found)
    if not any(char.isalpha() for char in plain):
        raise Invalid("map_link", _("A place is two numbers, like 25.2048, 55.2708, or the link of a map app."))
    link = web_address("map_link", text)
    return Place(link, *(_linked(link) or ("", "")))


def needs_coordinates(link: str) -> bool:
    """Say whether a link to the map is one of the short ones that tell no coordinates until they are opened."""
    return bool(link) and SHORT.match(urlsplit(link).hostname or "") is not None and _linked(link) is None


def degrees(field: str, typed: str) -> str:
    """Return a "latitude" or "longitude" as it is kept; "" for "". Raises Invalid(field, …)."""
    plain = _plain(bidi.strip(typed)).strip()
    if not plain:
        return ""
    if not re.fullmatch(r"[+-]?\d{1,3}([.,]\d+)?", plain):
        raise Invalid(field, _("Degrees are a number, like 25.2048."))
    return _checked(field, plain.replace(",", "."))


def _linked(link: str) -> tuple[str, str] | None:
    """Return the coordinates in the link of a map app, or None where it has none. Raises Invalid."""
    parts = urlsplit(link)
    host = (parts.hostname or "").lower()
    path = _plain(unquote_plus(parts.path))
    fields = {name: _plain(values[-1]) for name, values in parse_qs(parts.query).items()}
    if GOOGLE.match(host):
        named = next((found for step in reversed(path.split("/")) if (found := _pair(step))), None)
        return _last(PIN, path) or _asked(fields) or named or _last(MIDDLE, path)
    if APPLE.match(host):
        return _asked(fields)
    if OSM.match(host):
        if "mlat" in fields and "mlon" in fields:
            return _pair(f"{fields['mlat']}, {fields['mlon']}")
        return _last(VIEW, _plain(parts.fragment))
    return None


def _asked(fields: Mapping[str, str]) -> tuple[str, str] | None:
    return next((found for name in ASKED if (found := _pair(fields.get(name, "")))), None)


def _last(pattern: re.Pattern[str], text: str) -> tuple[str, str] | None:
    found = pattern.findall(text)
    return _checked_pair(*found[-1]) if found else None


def _pair(text: str) -> tuple[str, str] | None:
    """Return the coordinates that all of `text` is, or None. Raises Invalid where there is no such place."""
    if found := ANGLES.fullmatch(text.strip()):
        return _from_angles(found.groups(default="0"))
    if found := COMMAS.fullmatch(text.strip()):
        return _checked_pair(found[1].replace(",", "."), found[2].replace(",", "."))
    found = PAIR.fullmatch(text.strip())
    return _checked_pair(found[1], found[2]) if found else None


def _from_angles(parts: tuple[str, ...]) -> tuple[str, str] | None:
    sides = (parts[3].upper(), parts[7].upper())
    first, second = _decimal(parts[:4]), _decimal(parts[4:])
    if sides[0] in "NS" and sides[1] in "EW":
        return _checked_pair(first, second)
    return _checked_pair(second, first) if sides[0] in "EW" and sides[1] in "NS" else None


def _decimal(angle: tuple[str, ...]) -> str:
    whole, minutes, seconds, side = angle
    if float(minutes) >= 60 or float(seconds) >= 60:
        raise Invalid("map_link", _("Minutes and seconds of a place are below 60. Copy it from the map app again."))
    value = Decimal(whole) + Decimal(minutes) / 60 + Decimal(seconds) / 3600
    return f"{'-' if side.upper() in 'SW' else ''}{value:f}"


def _checked_pair(latitude: str, longitude: str) -> tuple[str, str]:
    if 90 < abs(Decimal(latitude)) <= 180 and abs(Decimal(longitude)) <= 90:
        raise Invalid("map_link", _("The latitude comes first, then the longitude. Here they seem to be swapped."))
    return _checked("latitude", latitude, "map_link"), _checked("longitude", longitude, "map_link")


def _checked(what: str, typed: str, field: str = "") -> str:
    value = Decimal(typed)
    if abs(value) > (90 if what == "latitude" else 180):
        shown = ltr(typed)
        if what == "latitude":
            sentence = _("A latitude lies between −90 and 90, and this one is {n}.")
        else:
            sentence = _("A longitude lies between −180 and 180, and this one is {n}.")
        raise Invalid(field or what, sentence.format(n=shown))
    text = f"{value.quantize(PLACES):f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _plain(text: str) -> str:
    """Return `text` with ASCII digits, and one writing of each mark and of each side of the world."""
    return "".join(str(unicodedata.decimal(char, char)) for char in text).translate(WRITINGS)
