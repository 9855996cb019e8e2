"""Click-to-chat links: made from digits and a text, and taken apart again in every form that is met with."""

import re
import unicodedata
from typing import Literal, NamedTuple
from urllib.parse import parse_qs, quote, unquote

from desktop.i18n import _
from desktop.i18n.bidi import ltr, strip
from desktop.services.errors import Invalid
from desktop.services.phones import parse_phone

Kind = Literal["chat", "contact", "catalog", "item", "message", "username"]

# Scheme, host, path and query; like RFC 3986's own, it matches any text.
ADDRESS = re.compile(r"(?is)(?:([a-z][a-z0-9+.-]*):)?(?://)?([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?")
HOSTS = frozenset({"wa.me", "whatsapp.com", "api.whatsapp.com", "web.whatsapp.com"})
OTHERS = frozenset({"chat.whatsapp.com", "call.whatsapp.com"})  # invitations to groups and calls
CODE = re.compile(r"[A-Za-z0-9]+")
USERNAME = re.compile(r"@(?!www)(?=.*[a-z])(?=.{3,35}$)[a-z0-9_]+(\.[a-z0-9_]+)*")
PAIRS = frozenset({("<", ">"), ("(", ")"), ("[", "]"), ("«", "»"), ("“", "”"), ('"', '"'), ("'", "'")})
TRAILING = ".,;:!?،؛؟…)]}>»”’\"'"


class Link(NamedTuple):
    """A WhatsApp link, taken apart. Fields that its kind does not have are "".

    `kind` is "chat" (with a phone), "contact" (the customer chooses one), "catalog", "item" (a product of a catalog),
    "message" (Meta's short link, known only by its code) or "username". `phone` is digits, country code first; `text`
    is plain; `product` is Meta's number of the product, whose link may have no phone.
    """

    kind: Kind
    phone: str = ""
    text: str = ""
    product: str = ""
    code: str = ""
    username: str = ""

    def url(self, compat: bool = False) -> str:
        """Return the link as this app writes it: https://wa.me, or the `compat` form of a chat or contact."""
        match self.kind:
            case "chat":
                return chat_link(self.phone, self.text, compat)
            case "contact":
                return contact_link(self.text, compat)
            case "catalog":
                return catalog_link(self.phone)
            case "item":
                return item_link(self.product, self.phone)
            case "message":
                return f"https://wa.me/message/{self.code}"
            case "username":
                return f"https://wa.me/@{self.username}" + (f"?text={_encoded(self.text)}" if self.text else "")


def chat_link(phone: str, text: str = "", compat: bool = False) -> str:
    """Return the link that opens a chat with `phone` and `text` ready in it; it sends nothing.

    `phone` is trusted: digits from `parse_phone`. `compat` writes the address that wa.me leads to, which keeps emoji
    right on computers.
    """
    if compat:
        return f"https://api.whatsapp.com/send?phone={phone}" + (f"&text={_encoded(text)}" if text else "")
    return f"https://wa.me/{phone}?text={_encoded(text)}" if text else f"https://wa.me/{phone}"


def contact_link(text: str, compat: bool = False) -> str:
    """Return the link with which somebody passes `text` on to a contact of their own choice."""
    return f"https://api.whatsapp.com/send?text={_encoded(text)}" if compat else f"https://wa.me/?text={_encoded(text)}"


def catalog_link(phone: str) -> str:
    """Return the link to the catalog of the shop with these digits."""
    return f"https://wa.me/c/{phone}"


def item_link(product_id: str, phone: str) -> str:
    """Return the link to one item of a catalog; `product_id` is Meta's number, which the owner pastes.

    `phone` is the shop's; "" only where a pasted link has none.
    """
    return f"https://wa.me/p/{product_id}" + (f"/{phone}" if phone else "")


def parse_link(url: str, territory: str = "") -> Link:
    """Take a pasted link apart, or a phone number: a number of `territory` where it has no country code.

    Understood are all forms of wa.me, api. and web.whatsapp.com and whatsapp://, with marks of direction, spaces, +,
    Arabic digits, no scheme, or the sentence's punctuation behind. Line ends in the text come back as "\\n". Anything
    else, a wrong phone number included, raises Invalid("link", why).
    """
    pasted = _unwrapped(strip(url).strip())
    if not pasted:
        raise Invalid("link", _("Paste a WhatsApp link or a phone number."))
    if not any(char.isalpha() for char in re.sub(r"(?i)^tel:", "", pasted)):
        return Link("chat", _phone(pasted, territory))
    parts = ADDRESS.fullmatch(pasted)
    assert parts
    scheme, host, path, query = (part or "" for part in parts.groups())
    path = path.rstrip(TRAILING)  # the sentence's; those behind a text may be its own
    host = host.rstrip(TRAILING).strip().lower().removeprefix("www.")
    words = [word.strip() for word in unquote(path).split("/") if word.strip()]
    if scheme.lower() == "whatsapp":
        words.insert(0, host)
    else:
        _check_host(scheme.lower(), host)
    return _link(words, {name: values[0] for name, values in parse_qs(query, True).items()}, territory)


def read_phone(text: str, territory: str) -> str:
    """Return the digits of a phone number as `parse_phone` does, or of the chat that a pasted link opens.

    Raises Invalid("phone", why).
    """
    lower = text.lower()
    if not any(sign in lower for sign in (*HOSTS, "whatsapp:")):
        return parse_phone(text, territory)
    try:
        phone = parse_link(text, territory).phone
    except Invalid as invalid:
        raise Invalid("phone", invalid.message) from invalid
    if not phone:
        raise Invalid("phone", _("This link holds no phone number."))
    return phone


def _link(words: list[str], fields: dict[str, str], territory: str) -> Link:
    """Return the link of which `words` are the path and `fields` the query."""
    text = _lines(fields.get("text", ""))
    match [words[0].lower(), *words[1:]] if words else []:
        case [] | ["send"]:
            if phone := fields.get("phone", "").strip():
                return Link("chat", _phone(phone, territory, in_link=True), text)
            if "text" in fields:
                return Link("contact", text=text)
            raise Invalid("link", _("This link holds no phone number and no text."))
        case ["c" | "catalog", phone]:
            return Link("catalog", _phone(phone, territory, in_link=True))
        case ["p", product, phone] if product.isdecimal():
            return Link("item", _phone(phone, territory, in_link=True), product=_ascii(product))
        case ["p", product] if product.isdecimal():
            return Link("item", product=_ascii(product))
        case ["message", _code] if CODE.fullmatch(words[1]):
            return Link("message", code=words[1])
        case [name] if USERNAME.fullmatch(name):
            return Link("username", text=text, username=name[1:])
        case [phone] if not phone.startswith("@") and not any(char.isalpha() for char in phone):
            return Link("chat", _phone(phone, territory, in_link=True), text)
    raise _elsewhere()


def _check_host(scheme: str, host: str) -> None:
    if scheme in ("", "http", "https") and host in HOSTS:
        return
    if host in OTHERS:
        raise _elsewhere()
    if any(len({_script(char) for char in label if char.isalpha()}) > 1 for label in host.split(".")):
        raise Invalid(
            "link",
            _("{host} only looks like WhatsApp's address: it mixes letters of two alphabets.").format(host=ltr(host)),
        )
    raise Invalid(
        "link", _("This is not a link of WhatsApp. Those begin with {address}.").format(address=ltr("https://wa.me/"))
    )


def _elsewhere() -> Invalid:
    return Invalid(
        "link", _("This WhatsApp link leads to something else than a chat, a catalog or an item: a group, for example.")
    )


def _script(char: str) -> str:
    return unicodedata.name(char, "").split(" ")[0]


def _phone(typed: str, territory: str, in_link: bool = False) -> str:
    """Return the digits; in a link they have a country code, unless the 0 of a number at home shows a slip."""
    typed = typed.strip(TRAILING + " ")
    if in_link and not typed.startswith(("0", "+", "٠", "۰")):
        typed = f"+{typed}"
    try:
        return parse_phone(typed, territory)
    except Invalid as invalid:
        raise Invalid("link", invalid.message) from invalid


def _unwrapped(pasted: str) -> str:
    """Return what stands between brackets or quotation marks."""
    while len(pasted) > 1 and (pasted[0], pasted[-1]) in PAIRS:
        pasted = pasted[1:-1].strip()
    return pasted


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _ascii(digits: str) -> str:
    return "".join(str(unicodedata.decimal(char)) for char in digits)


def _encoded(text: str) -> str:
    """Percent-encode `text` with nothing kept safe: a space is %20, never +, which WhatsApp may show as it is.

    Half a character, as in a cut text, becomes "?".
    """
    return quote(_lines(text), safe="", errors="replace")
