"""How many are left."""

import pytest

from desktop.services.errors import Invalid
from desktop.services.stock import read_quantity, stock_text


@pytest.mark.parametrize(
    ("typed", "quantity"), [("", None), (" ", None), ("0", 0), ("12", 12), ("١٢", 12), ("1,234", 1234), ("3.0", 3)]
)
def test_a_quantity_is_typed_in_any_digits(typed, quantity):
    assert read_quantity(typed) == quantity


@pytest.mark.parametrize("typed", ["a few", "-1", "1.5", "10000000000", "🎁", "1e9999", "\u202e12a"])
def test_what_is_no_quantity_is_explained(typed):
    with pytest.raises(Invalid, match="whole number") as caught:
        read_quantity(typed)
    assert caught.value.field == "quantity"


@pytest.mark.parametrize(
    ("availability", "quantity", "words"),
    [
        ("in stock", None, ""),
        ("in stock", 3, "3 left"),
        ("out of stock", None, "Out of stock"),
        ("out of stock", 0, "Out of stock · 0 left"),
    ],
)
def test_what_lists_say(availability, quantity, words):
    assert stock_text(availability, quantity) == words
