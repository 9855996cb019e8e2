"""Changing many prices: what each becomes, what stays and why."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.data.models import Variant
from desktop.i18n.numbers import LARGEST
from desktop.services.catalog import add_product, read_products
from desktop.services.errors import Invalid
from desktop.services.profile import update_profile
from desktop.services.reprice import Priced, Reprice, decide, formula, preview, reprice, sample
from desktop.services.rounding import read_rounding

PRICES = st.integers(0, LARGEST)
RATES = st.decimals(-100, 10_000, places=3)
HALF = read_rounding("0.50")


def percent(value, **more):
    return Reprice("percent", Decimal(value), **more)


def new(old, rule, currency="AED"):
    return decide(old if isinstance(old, Priced) else Priced(old), rule, formula(rule, currency))


@given(PRICES, RATES)
def test_percentages_are_exact(old, rate):
    wanted = (old * (100 + rate) / 100).quantize(Decimal(1), ROUND_HALF_UP)
    assert formula(percent(rate), "AED")(old) == wanted


@given(PRICES, PRICES, RATES, st.sampled_from(["AED", "KWD", "JPY"]))
def test_dearer_stays_dearer(one, other, rate, currency):
    price = formula(percent(rate, rounding=HALF), currency)
    assert one > other or price(one) <= price(other)


@given(PRICES, st.none() | PRICES, RATES, st.booleans(), st.sampled_from(["price", "sale_price"]))
def test_no_outcome_is_a_price_that_may_not_be(price, sale, rate, drop, target):
    if sale is not None and sale >= price:
        sale = None
    found = new(Priced(price, sale), percent(rate, drop_sales=drop, target=target))
    if not isinstance(found, str):
        assert 0 <= found.price <= LARGEST
        assert found.sale_price is None or found.sale_price < found.price


@pytest.mark.parametrize(
    ("old", "rule", "currency", "wanted"),
    [
        (7500, percent(10), "AED", Priced(8250)),
        (7500, percent(10, rounding=read_rounding("whole")), "AED", Priced(8300)),
        (1000, percent("12.345"), "KWD", Priced(1123)),
        (110, percent("0.5", rounding=read_rounding(".95")), "JPY", Priced(111)),
        (7500, Reprice("amount", Decimal("-2.50")), "AED", Priced(7250)),
        (None, Reprice("set", Decimal("9.99")), "AED", Priced(999)),
        (500, Reprice("set", Decimal(0)), "AED", Priced(0)),
        (None, percent(10), "AED", "no_price"),
        (100, Reprice("amount", Decimal(-2)), "AED", "below_zero"),
        (100, percent(-100), "AED", "nothing"),
        (20, percent(10, rounding=HALF), "AED", "nothing"),
        (LARGEST, percent("0.1"), "AED", "too_large"),
        (Priced(3000, 2500, 1, 2), percent(10), "AED", Priced(3300, 2500, 1, 2)),
        (Priced(3000, 2500, 1, 2), percent(-20), "AED", "on_sale"),
        (Priced(3000, 2500, 1, 2), percent(-20, drop_sales=True), "AED", Priced(2400)),
        (Priced(3000), percent(-20, target="sale_price", starts=1, ends=9), "AED", Priced(3000, 2400, 1, 9)),
        (Priced(3000), Reprice("set", Decimal(30), target="sale_price"), "AED", "not_below"),
        (None, Reprice("set", Decimal(30), target="sale_price"), "AED", "no_price"),
        (Priced(3000, 2500, 1, 2), Reprice("end"), "AED", Priced(3000)),
        (Priced(3000), Reprice("end"), "AED", "no_sale"),
    ],
)
def test_what_becomes_of_a_price(old, rule, currency, wanted):
    assert new(old, rule, currency) == wanted


@pytest.mark.parametrize(
    "rule",
    [
        Reprice("set", Decimal(-1)),
        percent(-101),
        percent("1e7"),
        percent(20, target="sale_price"),
        percent(-20, target="sale_price", starts=5, ends=4),
    ],
)
def test_what_cannot_be_meant(database, rule):
    with pytest.raises(Invalid):
        database.run("Change prices", reprice, [], rule)


def shop(database):
    def fill(session):
        update_profile(session, currency="AED")
        ids = [
            add_product(session, "Bag", price=7500, code="B-1"),
            add_product(session, "Mug", price=3000, sale_price=2900),
            add_product(session, "Gift"),
            add_product(session, "Dinar", price=3400, currency="KWD"),
        ]
        session.add(Variant(product_id=ids[0], price=8000, sale_price=None, position="a"))
        session.add(Variant(product_id=ids[0], price=None, position="b"))
        return ids

    return database.run("Fill", fill)


def test_what_is_previewed_is_what_is_done(both, contents):
    ids = shop(both)
    before = contents(both)
    rule = percent(-10, rounding=HALF)
    with both.reader() as session:
        seen = preview(session, ids, rule)
        rows = sample(session, ids, rule)
    assert (seen.ids, seen.skipped, seen.same, seen.dropped) == ([ids[0], ids[3]], {"on_sale": 1, "no_price": 1}, 0, 0)
    found = [(row.code, row.currency, row.before.price, row.after.price) for row in rows]
    assert found == [("B-1", "AED", 7500, 6750), ("", "KWD", 3400, 3000)]
    told = []
    assert both.run("Change prices", reprice, ids, rule, tell=lambda *step: told.append(step)) == seen
    assert told[-1] == (2, 2)
    with both.reader() as session:
        products = read_products(session, ids)
        assert [product.price for product in products] == [6750, 3000, None, 3000]
        assert [variant.price for variant in products[0].variants] == [7200, None]
        assert [product.version for product in products] == [2, 1, 1, 2]
    both.undo()
    assert contents(both) == before


def test_sales_come_and_go(both):
    ids = shop(both)
    sale = percent(-20, target="sale_price", starts=100, ends=200)
    assert both.run("Start a sale", reprice, ids, sale).changed == 3
    with both.reader() as session:
        bag, mug, *_rest = read_products(session, ids)
        assert (bag.price, bag.sale_price, bag.sale_starts, bag.sale_ends) == (7500, 6000, 100, 200)
        assert mug.sale_price == 2400
        assert [variant.sale_price for variant in bag.variants] == [6400, None]
    dropping = percent(-50, drop_sales=True)
    assert both.run("Change prices", reprice, ids, dropping).dropped == 3
    both.undo()
    ended = both.run("End the sale", reprice, ids, Reprice("end"))
    assert (ended.changed, ended.skipped) == (3, {"no_sale": 1})
    with both.reader() as session:
        bag = read_products(session, ids)[0]
        assert (bag.sale_price, bag.sale_starts, bag.sale_ends) == (None, None, None)
        assert [variant.sale_price for variant in bag.variants] == [None, None]


def test_prices_that_are_so_already_are_no_change(database):
    ids = shop(database)
    done = database.run("Change prices", reprice, ids[:1], Reprice("set", Decimal(75)))
    assert (done.changed, done.same) == (0, 1)
    assert database.next_title() == "Fill"
