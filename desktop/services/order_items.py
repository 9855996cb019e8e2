"""Which item of the catalog the words of an order mean: by WhatsApp's link to it, a code, its name, or some of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.data.models import Product, Variant
from desktop.data.search import find_ids, fold, sort_key
from desktop.i18n import _
from desktop.services.catalog import find_by_whatsapp_id, read_product, shop_currency
from desktop.services.editing import one_line
from desktop.services.errors import Invalid
from desktop.services.links import parse_link
from desktop.services.message_prices import plain
from desktop.services.order_lines import line_name
from desktop.services.order_words import EDGES, GREETING
from desktop.services.sale import paid
from desktop.services.variants import options_of

NAME = 200  # characters
LINK = re.compile(r"(?:https?://)?(?:\w+\.)?(?:wa\.me|whatsapp\.com)/p/[^\s<>«»]+", re.IGNORECASE)
LETTERS = [chr(code) for code in range(0xA500, 0xA50A)]  # of Vai: each stands for a link while a line is taken apart
_BRACKETS = re.compile(r"\(([^()]{1,60})\)\s*$")


@dataclass(frozen=True)
class ReadLine:
    """One thing that was ordered. `price` is of one piece in the smallest unit, None where nothing says it.

    Without a `product_id` it is no item of the catalog; `remark` is a sentence on what to look at.
    """

    said: str
    name: str
    quantity: int = 1
    product_id: int | None = None
    variant_id: int | None = None
    code: str = ""
    price: int | None = None
    note: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Linked:
    """An item that a line names by WhatsApp's link to it, and the link as it was written."""

    product_id: int
    written: str


def with_letters(session: Session, line: str) -> tuple[str, dict[str, Linked]]:
    """Return a line with one of LETTERS for each link to an item of the catalog, and what each letter stands for."""
    found: dict[str, Linked] = {}
    for letter, link in zip(LETTERS, LINK.findall(line), strict=False):
        try:
            product = find_by_whatsapp_id(session, parse_link(link).product)
        except Invalid:
            continue
        if product is not None:
            found[letter] = Linked(product, link)
            line = line.replace(link, letter, 1)
    return line, found


def with_links(line: str, linked: Mapping[str, Linked]) -> str:
    """Return a line as it was before `with_letters`."""
    for letter, link in linked.items():
        line = line.replace(letter, link.written)
    return line


def find_item(session: Session, words: str, sure: bool, linked: Mapping[str, Linked]) -> ReadLine | None:
    """Return the item that words mean: by the letter of a link, by a code, by its very name, or by words that no other
    item has all of."""
    if letter := next((char for char in words if char in linked), ""):
        return _by_link(session, linked[letter].product_id, words.replace(letter, " "))
    brackets = _BRACKETS.search(words)
    codes = [brackets[1].strip()] if brackets else []
    codes += [word.strip(EDGES + "()#") for word in words.split() if any(char.isdigit() for char in word)]
    for code in filter(None, codes):
        if found := _by_code(session, code):
            return found
    bare = _BRACKETS.sub("", words).strip(EDGES) or words
    way = brackets[1].strip() if brackets else ""
    name, dash, behind = bare.partition(" – ")
    for candidate, option in ((bare, way), (name.strip(), behind.strip())) if dash else ((bare, way),):
        if found := _by_name(session, candidate, option, sure):
            return found
    return None


def _by_link(session: Session, product: int, words: str) -> ReadLine:
    """Return an item with what the words beside its link say that its name does not."""
    rest = [word for word in words.split() if not _names(session, product, fold(word).split())]
    option = " ".join(rest).strip(EDGES + "()")
    line = _line_of(session, product, _variant(session, product, option))
    if line.variant_id is not None or GREETING.fullmatch(plain(option)):
        return line
    return replace(line, note=option)


def _by_code(session: Session, code: str) -> ReadLine | None:
    lower = code.lower()
    product = session.scalar(select(Product.id).where(func.lower(Product.code) == lower, Product.code != "").limit(1))
    if product is not None:
        return _line_of(session, product, None)
    row = select(Variant.product_id, Variant.id).where(func.lower(Variant.code) == lower, Variant.code != "")
    found = session.execute(row.order_by(Variant.id).limit(1)).first()
    return _line_of(session, *found) if found else None


def _by_name(session: Session, name: str, option: str, sure: bool) -> ReadLine | None:
    words = fold(name).split()
    if not words:
        return None
    least = 1 if sure else 2  # a word alone, in a line that says no number, is no order
    written = name.split()
    product, rest = _named(session, name), ""
    for count in range(len(written) - 1, least - 1, -1) if product is None else ():
        if (product := _named(session, " ".join(written[:count]))) is not None:
            rest = " ".join(written[count:])
            break
    if product is None:
        for count in range(len(words), max(least, (len(words) + 1) // 2) - 1, -1):
            if count != len(words) and len(written) != len(words):
                break  # where words are split otherwise, what is left over cannot be told
            found = find_ids(session, " ".join(words[:count]), 2)
            named = [one for one in found if _names(session, one, words[:count])]
            if len(named) == 1:
                product, rest = named[0], " ".join(written[count:]) if count < len(words) else ""
                break
            if len(found) > 1:
                return _unsure(name) if sure else None
    if product is None:
        return None
    line = _line_of(session, product, _variant(session, product, option or rest))
    note = "" if GREETING.fullmatch(plain(rest)) else rest or option
    if line.variant_id is not None or not note:
        return line
    return replace(line, note=note)


def _named(session: Session, name: str) -> int | None:
    """Return the item with this very name, the first of several."""
    return session.scalar(select(Product.id).where(Product.sort_key == sort_key(name)).order_by(Product.id).limit(1))


def _names(session: Session, product: int, words: Sequence[str]) -> bool:
    """Say whether an item's own name, in any of its languages, has all of these words."""
    found = read_product(session, product)
    names = [found.name, *(text.name or "" for text in found.texts)]
    return any(all(word in folded for word in words) for folded in map(fold, names))


def _unsure(name: str) -> ReadLine:
    return ReadLine(
        "", one_line(name)[:NAME], remark=_("Several items have these words: choose the one that is meant.")
    )


def _variant(session: Session, product: int, option: str) -> int | None:
    """Return the variant of an item that one of its options names, or None."""
    wanted = fold(option).strip()
    if not wanted:
        return None
    variants = read_product(session, product).variants
    exact = [v.id for v in variants if wanted in _options(v)]
    near = [v.id for v in variants if set(wanted.split()) <= set(" ".join(_options(v)).replace("،", " ").split())]
    return exact[0] if exact else near[0] if len(near) == 1 else None


def _options(variant: Variant) -> list[str]:
    values = [fold(value) for value in options_of(variant).values()]
    return [*values, " ".join(values), "، ".join(values), ", ".join(values)]


def _line_of(session: Session, product_id: int, variant_id: int | None) -> ReadLine:
    product = read_product(session, product_id)
    variant = next((v for v in product.variants if v.id == variant_id), None)
    own = product.currency in ("", shop_currency(session))
    code = (variant.code if variant else "") or product.code or ""
    price = paid(product, variant).price if own else None
    return ReadLine("", line_name(product, variant), 1, product_id, variant_id if variant else None, code, price)
