"""The days of a sale, where the shop is."""

import datetime as dt
from types import SimpleNamespace

import pytest

from desktop.data.models import Product, Variant
from desktop.services import sale
from desktop.services.errors import Invalid
from desktop.services.hours import shop_zone

DAY = dt.date(2026, 11, 20)


def on_sale(starts=None, ends=None, price=5000):
    return SimpleNamespace(sale_price=price, sale_starts=starts, sale_ends=ends)


@pytest.mark.parametrize("name", ["Asia/Dubai", "America/Lima", "Pacific/Kiritimati"])
def test_a_day_comes_back_as_the_day_it_was(name):
    shop = shop_zone(name)
    assert sale.day_of(sale.first_moment(DAY, shop), shop) == DAY
    assert sale.day_of(sale.last_moment(DAY, shop), shop) == DAY
    assert sale.day_of(None, shop) is None


def test_a_day_begins_when_it_does_in_the_shop():
    midnight = dt.datetime(2026, 11, 19, 20, tzinfo=dt.UTC)
    assert sale.first_moment(DAY, shop_zone("Asia/Dubai")) == midnight.timestamp()
    assert sale.last_moment(DAY, shop_zone("Asia/Dubai")) == midnight.timestamp() + 86340


def test_a_last_day_whose_end_comes_twice_ends_the_second_time():
    cairo = shop_zone("Africa/Cairo")
    longer = dt.date(2026, 10, 29)  # at midnight the clock is set back to 11 pm
    midnight = dt.datetime(2026, 10, 30, tzinfo=cairo).timestamp()
    assert sale.last_moment(longer, cairo) == midnight - 60
    assert sale.day_of(sale.last_moment(longer, cairo), cairo) == longer


@pytest.mark.parametrize("name", ["", "Nowhere/Land", "../etc/passwd", "\0"])
def test_without_a_zone_it_is_the_computers(name):
    shop = shop_zone(name)
    assert sale.day_of(sale.first_moment(DAY, shop), shop) == DAY


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (on_sale(price=None), "none"),
        (on_sale(), "on"),
        (on_sale(100, 200), "on"),
        (on_sale(151), "coming"),
        (on_sale(None, 150), "over"),
        (on_sale(100, 149), "over"),
        (on_sale(150, None), "on"),
    ],
)
def test_whether_a_sale_is_on(item, expected):
    assert sale.state(item, 150) == expected


@pytest.mark.parametrize(
    ("item", "way", "costs"),
    [
        ((1000, None), None, (1000, None)),
        ((1000, 800), None, (800, 1000)),
        ((None, 800), None, (None, None)),
        ((1000, 800), (None, None), (800, 1000)),
        ((1000, 800), (900, None), (900, None)),
        ((1000, 800), (900, 700), (700, 900)),
        ((1000, None), (None, 700), (700, 1000)),
    ],
)
def test_what_is_paid_for_an_item_and_a_variant(item, way, costs):
    product = Product(price=item[0], sale_price=item[1], sale_ends=200)
    variant = Variant(price=way[0], sale_price=way[1]) if way else None
    assert sale.paid(product, variant, 199) == costs
    assert sale.paid(product, variant, 200) == (costs[1] or costs[0], None)


def test_a_sale_does_not_end_before_it_begins():
    sale.check_span(5, 5)
    sale.check_span(None, 5)
    sale.check_span(5, None)
    with pytest.raises(Invalid, match="ends before") as caught:
        sale.check_span(6, 5, "sale_starts")
    assert caught.value.field == "sale_starts"
