"""Variants: the sizes, colours and other ways in which one item is sold, each with a code and a price of its own."""

import json
import re
from collections.abc import Mapping, Sequence
from itertools import product as every_combination
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.models import Picture, Product, Variant
from desktop.data.position import after, among
from desktop.data.search import fold
from desktop.i18n import _, formats, ngettext
from desktop.services.catalog import check_code, clean_fields, forget_word, note, shop_currency
from desktop.services.editing import change_row, clean, one_line
from desktop.services.errors import Invalid, NotFound
from desktop.services.limits import limit
from desktop.services.prices import check_sale

BETWEEN = re.compile(r"[,،;؛\n]")  # values in a list
Options = Mapping[str, str]


def list_variants(session: Session, product_id: int) -> list[Variant]:
    """Return the variants of an item in the owner's order."""
    query = select(Variant).where(Variant.product_id == product_id)
    return list(session.scalars(query.order_by(Variant.position, Variant.id)))


def read_variant(session: Session, variant_id: int) -> Variant:
    """Return a variant. Raises NotFound."""
    found = session.get(Variant, variant_id)
    if found is None:
        raise NotFound("", _("This variant has been deleted. Undo brings it back."))
    return found


def options_of(variant: Variant) -> dict[str, str]:
    """Return what a variant is by the names of its options: {"Size": "M", "Colour": "red"}."""
    try:
        stored = json.loads(variant.options or "{}")
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in stored.items()} if isinstance(stored, dict) else {}


def title_of(options: Options) -> str:
    """Return what a variant is in a line, each value set apart: "M · red"."""
    return " · ".join(formats.auto(value) for value in options.values())


def option_names(session: Session, product_id: int) -> list[str]:
    """Return the names of the options that an item has, in the order of its variants."""
    return list(dict.fromkeys(name for row in list_variants(session, product_id) for name in options_of(row)))


def split_values(typed: str) -> list[str]:
    """Return the values of "S, M, L", with commas or semicolons of any script or on lines; none of them twice."""
    values = [one_line(clean(part)) for part in BETWEEN.split(typed)]
    return _distinct(values)


def combine(options: Sequence[tuple[str, Sequence[str]]]) -> list[dict[str, str]]:
    """Return every combination of the values of some options: 3 sizes and 2 colours are 6.

    Raises Invalid with the field "options" if a name or every value of one is missing, a name stands there twice,
    something is too long, or there are more options or combinations than one item can have.
    """
    cleaned = [(one_line(clean(name)), [one_line(clean(value)) for value in values]) for name, values in options]
    if not cleaned:
        raise Invalid("options", _("Write what the variants differ in, such as Size, and its values."))
    for name, values in cleaned:
        if not name:
            raise Invalid("options", _("Each option needs a name, such as Size or Colour."))
        if not any(values):
            sentence = _("Write the values of {name}, with commas between them.")
            raise Invalid("options", sentence.format(name=formats.auto(name)))
    found = [dict(zip([name for name, _values in cleaned], each, strict=False)) for each in _each(cleaned)]
    if len({fold(name) for name, _values in cleaned}) < len(cleaned):
        raise Invalid("options", _("Two options have the same name. Give each a name of its own."))
    for options_of_one in found:
        check_options(options_of_one)
    return found


def check_options(options: Options) -> None:
    """Raise Invalid("options", …) for options that no variant can have."""
    if not options or not all(options.values()):
        raise Invalid("options", _("A variant needs a value for each of its options, such as M for Size."))
    if len(options) > (most := limit("variant.options")):
        sentence = ngettext("A variant has up to {n} option.", "A variant has up to {n} options.", most)
        raise Invalid("options", sentence.format(n=formats.number(most)))
    for kind, texts in (("variant.option", options.keys()), ("variant.value", options.values())):
        longest = max(map(len, texts))
        if longest > (most := limit(kind)):
            sentence = ngettext(
                "This is too long for an option: {n} character at most.",
                "This is too long for an option: {n} characters at most.",
                most,
            )
            raise Invalid("options", sentence.format(n=formats.number(most)))


def add_variants(session: Session, product_id: int, options: Sequence[tuple[str, Sequence[str]]]) -> list[int]:
    """Add every combination of the values that the item does not have, after its last variant; return their ids.

    Raises Invalid as `combine`, or if the item has them all or would have too many; NotFound if it is gone.
    """
    product = session.get(Product, product_id)
    if product is None:
        raise NotFound("", _("This item has been deleted. Undo brings it back."))
    rows = list_variants(session, product_id)
    here = {_key(options_of(row)) for row in rows}
    new = [options_of_one for options_of_one in combine(options) if _key(options_of_one) not in here]
    if not new:
        raise Invalid("options", _("The item has these variants already."))
    if len(rows) + len(new) > (most := limit("variant.variants")):
        raise Invalid("options", _too_many(most))
    position = rows[-1].position if rows else ""
    added = []
    for options_of_one in new:
        position = after(position)
        variant = Variant(product_id=product_id, options=_stored(options_of_one), position=position)
        session.add(variant)
        added.append(variant)
    session.flush()
    return [variant.id for variant in added]


def update_variant(session: Session, variant_id: int, base: int | None = None, **changed: Any) -> None:
    """Change columns of a variant; `base` is the version they were typed over, `options` a mapping.

    Prices are in the smallest unit, None for the item's. Raises Invalid with the column as its field, Stale if the
    same column has changed elsewhere, NotFound if it is gone.
    """
    variant = read_variant(session, variant_id)
    product = session.get(Product, variant.product_id)
    assert product, "a variant goes with its item"
    options = changed.pop("options", None)
    values = clean_fields(changed)
    if options is not None:
        values["options"] = _checked(session, variant, options)
    if values.get("code"):
        check_code(session, values["code"], variant_id=variant_id)
    if values.keys() & {"price", "sale_price"}:
        price = values.get("price", variant.price)
        sale = values.get("sale_price", variant.sale_price)
        currency = product.currency or shop_currency(session)
        field = "sale_price" if "sale_price" in values else "price"
        check_sale(field, product.price if price is None else price, sale, currency)
    if values.get("picture") is not None:
        _check_picture(session, variant, values["picture"])
    change_row(session, Variant, variant_id, base, values)
    if "availability" in values:
        forget_word(variant)
    session.flush()
    if "code" in values:
        note(session, product)
        session.flush()


def move_variant(session: Session, variant_id: int, place: int) -> None:
    """Make a variant the `place`-th of its item, counted from 0. Raises NotFound."""
    variant = read_variant(session, variant_id)
    others = [row for row in list_variants(session, variant.product_id) if row.id != variant_id]
    variant.position = among([row.position for row in others], place)
    session.flush()


def remove_variant(session: Session, variant_id: int) -> None:
    """Delete a variant; undo brings it back."""
    if variant := session.get(Variant, variant_id):
        product = session.get(Product, variant.product_id)
        session.delete(variant)
        session.flush()
        if product:
            note(session, product)
            session.flush()


def _each(options: Sequence[tuple[str, Sequence[str]]]) -> list[tuple[str, ...]]:
    """Return every combination of the values, unless there are more than one item can have."""
    values = [_distinct(some) for _name, some in options]
    count = 1
    for some in values:
        count *= len(some)
    if count > (most := limit("variant.variants")):
        raise Invalid("options", _too_many(most))
    return list(every_combination(*values))


def _distinct(values: Sequence[str]) -> list[str]:
    """Return those that say something, the first of those that say the same."""
    found: dict[str, str] = {}
    for value in filter(None, values):
        found.setdefault(fold(value), value)
    return list(found.values())


def _too_many(most: int) -> str:
    sentence = ngettext("One item has up to {n} variant here.", "One item has up to {n} variants here.", most)
    return sentence.format(n=formats.number(most))


def _checked(session: Session, variant: Variant, options: Options) -> str:
    """Return options as they are stored, or raise Invalid: no two variants of an item are the same."""
    options = {one_line(clean(name)): one_line(clean(value)) for name, value in options.items()}
    check_options(options)
    for row in list_variants(session, variant.product_id):
        if row.id != variant.id and _key(options_of(row)) == _key(options):
            raise Invalid("options", _("Another variant is {title} already.").format(title=title_of(options)))
    return _stored(options)


def _check_picture(session: Session, variant: Variant, sha256: str) -> None:
    here = (Picture.product_id == variant.product_id, Picture.sha256 == sha256)
    if session.scalar(select(Picture.id).where(*here).limit(1)) is None:
        raise Invalid("picture", _("Choose one of the item's own pictures. Add it to the item first."))


def _key(options: Options) -> frozenset[tuple[str, str]]:
    return frozenset((fold(name), fold(value)) for name, value in options.items())


def _stored(options: Options) -> str:
    return json.dumps(dict(options), ensure_ascii=False)
