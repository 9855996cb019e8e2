"""Changing the prices of many items: by a percentage, by an amount, or to one price; and sales for a time."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import lcm
from typing import Any, Literal, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.data.many import AT_ONCE, Tell, among, silent, write_rows
from desktop.data.models import Product, Variant
from desktop.i18n import N_, _, numbers
from desktop.services.catalog import shop_currency
from desktop.services.errors import Invalid
from desktop.services.rounding import EXACT, Rounding, nearest
from desktop.services.sale import check_span

Kind = Literal["percent", "amount", "set", "end"]
Target = Literal["price", "sale_price"]
Reason = Literal["no_price", "no_sale", "below_zero", "nothing", "too_large", "not_below", "on_sale"]
REASONS: dict[Reason, str] = {  # why an item is left as it is
    "no_price": N_("No price yet"),
    "no_sale": N_("No sale price"),
    "below_zero": N_("The new price would be below zero"),
    "nothing": N_("The new price would be zero"),
    "too_large": N_("The new price would be too large"),
    "not_below": N_("The sale price would not be below the price"),
    "on_sale": N_("The new price would not be above the sale price"),
}
LARGEST_PERCENT = Decimal(10**6)


class Priced(NamedTuple):
    """The prices of an item or a variant, in the smallest unit, and when its sale is, in UTC seconds."""

    price: int | None
    sale_price: int | None = None
    sale_starts: int | None = None
    sale_ends: int | None = None


@dataclass(frozen=True)
class Reprice:
    """How prices change. `value` is in per cent or in whole currency, and may be negative but for "set".

    A sale price is reckoned from the price: −20 is a fifth less. It holds from `starts` until `ends` (UTC seconds,
    None for always). "end" takes sale prices away. With `drop_sales` a sale price that the new price is no longer
    above goes; without, that item stays as it is.
    """

    kind: Kind
    value: Decimal = Decimal(0)
    rounding: Rounding = EXACT
    target: Target = "price"
    starts: int | None = None
    ends: int | None = None
    drop_sales: bool = False

    def check(self) -> None:
        """Raise Invalid for what cannot be meant of any item."""
        if self.kind == "set" and self.value < 0:
            raise Invalid("value", _("A price cannot be below zero. Leave out the minus sign."))
        if self.kind == "percent" and abs(self.value) > LARGEST_PERCENT:
            raise Invalid("value", _("This is too much. Check the number of zeros."))
        if self.kind == "percent" and self.value < -100:
            raise Invalid("value", _("No price can fall by more than 100%."))
        if self.target == "sale_price" and self.kind in ("percent", "amount") and self.value >= 0:
            raise Invalid("value", _("A sale price is below the price: write how much less, like -20."))
        check_span(self.starts, self.ends, "ends")


Formula = Callable[[int], int]


def formula(rule: Reprice, currency: str) -> Formula:
    """Return the function from an old price to a new one, both in the smallest unit of `currency`, exact."""
    places = numbers.exponent(currency)
    step, ending = rule.rounding.minor(places)
    percent = rule.kind == "percent"
    factor = (100 + Fraction(rule.value)) / 100 if percent else Fraction(rule.kind == "amount")
    added = Fraction(0) if percent else Fraction(rule.value) * 10**places
    bottom = lcm(factor.denominator, added.denominator)
    times, plus = int(factor * bottom), int(added * bottom)  # whole numbers: fractions take ten times as long
    return lambda old: nearest(old * times + plus, bottom, step, ending)


def decide(old: Priced, rule: Reprice, new_price: Formula) -> Priced | Reason:
    """Return the prices after the change, the same ones where nothing changes, or why these stay as they are."""
    if rule.kind == "end":
        return "no_sale" if old.sale_price is None else Priced(old.price)
    if old.price is None and (rule.kind != "set" or rule.target == "sale_price"):
        return "no_price"
    new = new_price(old.price or 0)
    if new < 0:
        return "below_zero"
    if new > numbers.LARGEST:
        return "too_large"
    if new == 0 and rule.kind != "set":
        return "nothing"  # rounded away, or all of it taken off: a price of zero is set on purpose only
    if rule.target == "sale_price":
        below = old.price is not None and new < old.price
        return Priced(old.price, new, rule.starts, rule.ends) if below else "not_below"
    if old.sale_price is None or old.sale_price < new:
        return Priced(new, old.sale_price, old.sale_starts, old.sale_ends)
    return Priced(new) if rule.drop_sales else "on_sale"


@dataclass(frozen=True)
class Preview:
    """What a change would do: the items it changes, how many stay as they are and why, and what goes with them."""

    ids: Sequence[int] = ()
    skipped: Counter[Reason] = field(default_factory=Counter)
    same: int = 0  # have these prices already
    dropped: int = 0  # sale prices that go, because the new price is not above them

    @property
    def changed(self) -> int:
        """Return how many items change."""
        return len(self.ids)


class Change(NamedTuple):
    """The prices of an item before and after."""

    id: int
    code: str
    name: str
    currency: str
    before: Priced
    after: Priced


def preview(session: Session, ids: Sequence[int], rule: Reprice, tell: Tell = silent) -> Preview:
    """Return what `rule` would do to these items, in their order. Raises Invalid."""
    changed: set[int] = set()
    skipped: Counter[Reason] = Counter()
    same = dropped = 0
    for step, (row, before, after) in enumerate(_outcomes(session, ids, rule), 1):
        if isinstance(after, str):
            skipped[after] += 1
        elif before == after:
            same += 1
        else:
            changed.add(row.id)
            dropped += _drops(before, after, rule)
        if step % AT_ONCE == 0:
            tell(step, len(ids))
    return Preview([id for id in ids if id in changed], skipped, same, dropped)


def sample(session: Session, ids: Sequence[int], rule: Reprice) -> list[Change]:
    """Return before and after of those of `ids` that change, in their order: of a screenful, say."""
    shop = shop_currency(session)
    found = {
        row.id: Change(row.id, row.code, row.name, row.currency or shop, before, after)
        for row, before, after in _outcomes(session, ids, rule, Product.code, Product.name)
        if not isinstance(after, str) and before != after
    }
    return [found[id] for id in ids if id in found]


def reprice(session: Session, ids: Sequence[int], rule: Reprice, tell: Tell = silent) -> Preview:
    """Change the prices of items, and by a percentage or an amount those that their variants have of their own.

    Returns what became of the items. Raises Invalid.
    """
    session.flush()
    rows: dict[int, dict[str, Any]] = {}
    skipped: Counter[Reason] = Counter()
    same = dropped = 0
    for row, before, after in _outcomes(session, ids, rule):
        if isinstance(after, str):
            skipped[after] += 1
        elif before == after:
            same += 1
        else:
            rows[row.id] = _written(before, after) | {"id": row.id}
            dropped += _drops(before, after, rule)
    variants = _variant_rows(session, list(rows), rule)
    write_rows(session, Product, list(rows.values()), tell)
    write_rows(session, Variant, variants)
    return Preview([id for id in ids if id in rows], skipped, same, dropped)


def _outcomes(
    session: Session, ids: Sequence[int], rule: Reprice, *more: InstrumentedAttribute[str]
) -> Iterator[tuple[Any, Priced, Priced | Reason]]:
    """Yield the items of `ids`, in any order, with their prices before and after, or why they stay.

    A row has the prices, the id, the currency, and what `more` asks for.
    """
    rule.check()
    formulas = _formulas(session, rule)
    prices = (Product.price, Product.sale_price, Product.sale_starts, Product.sale_ends)
    query = select(*prices, Product.id, Product.currency, *more).where(among(session, Product.id, ids))
    for row in session.connection().execute(query):
        before = Priced(*row[:4])
        yield row, before, decide(before, rule, formulas(row[5]))


def _variant_rows(session: Session, ids: Sequence[int], rule: Reprice) -> list[dict[str, Any]]:
    """Return the new prices of variants of these items, of those that have a price of their own."""
    if rule.kind == "set":
        return []  # what costs something else goes on doing so
    formulas = _formulas(session, rule)
    columns = (Variant.id, Product.currency, Variant.price, Variant.sale_price)
    query = select(*columns).join(Product, Product.id == Variant.product_id).where(among(session, Product.id, ids))
    found = []
    for row in session.execute(query):
        before = Priced(row.price, row.sale_price)
        after = decide(before, rule, formulas(row.currency))
        if not isinstance(after, str) and after[:2] != before[:2]:
            found.append({"id": row.id, "price": after.price, "sale_price": after.sale_price})
    return found


def _formulas(session: Session, rule: Reprice) -> Callable[[str], Formula]:
    """Return what gives the formula of a currency, made once for each; "" is the shop's."""
    shop = shop_currency(session)
    return cache(lambda currency: formula(rule, currency or shop))


def _drops(before: Priced, after: Priced, rule: Reprice) -> bool:
    return rule.target == "price" and rule.kind != "end" and before.sale_price is not None and after.sale_price is None


def _written(before: Priced, after: Priced) -> dict[str, Any]:
    """Return the columns that change; of a sale always all."""
    if before[1:] == after[1:]:
        return {"price": after.price}
    return after._asdict()
