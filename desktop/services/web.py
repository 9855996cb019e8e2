"""Addresses on the web and of mail, as owners type them."""

import re
from urllib.parse import urlsplit

from desktop.i18n import _, bidi
from desktop.services.errors import Invalid

EMAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\".]+")
PLAIN = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[\w./%?=&+~-]*)?", re.ASCII | re.IGNORECASE)


def web_address(field: str, typed: str) -> str:
    """Return `typed` as a whole http(s) address, "https://" added where it is left out; "" for "". Raises Invalid."""
    if PLAIN.fullmatch(typed):  # as files write it: a tenth of the time
        return typed
    address = bidi.strip(typed).strip()
    if not address:
        return ""
    if re.match(r"[a-z][a-z0-9+.-]*:(?!\d)", address, re.IGNORECASE) is None:
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        host = ""
        parts = urlsplit("")
    if parts.scheme.lower() not in ("http", "https") or "." not in host or re.search(r"[\s<>\"]", address):
        raise Invalid(field, _("A web address looks like https://example.com. Copy it from the browser."))
    return address


def email_address(field: str, typed: str) -> str:
    """Return `typed` as an address of mail; "" for "". Raises Invalid."""
    address = bidi.strip(typed).strip()
    if address and not EMAIL.fullmatch(address):
        raise Invalid(field, _("An email address looks like name@example.com."))
    return address
