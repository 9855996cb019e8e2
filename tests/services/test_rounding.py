"""Rounding prices: exact, and half up."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services.errors import Invalid
from desktop.services.rounding import EXACT, WHOLE, Rounding, nearest, read_rounding

MINOR = st.integers(-(10**17), 10**17)


@given(MINOR, st.integers(1, 10**6))
def test_steps_are_as_decimals_have_them(amount, step):
    wanted = (Decimal(abs(amount)) / step).quantize(Decimal(1), ROUND_HALF_UP) * step if amount >= 0 else None
    found = nearest(amount, 1, step)
    assert found % step == 0
    assert -step < 2 * (amount - found) <= step or 2 * (amount - found) == -step
    if wanted is not None:
        assert found == wanted


@given(MINOR, st.integers(1, 1000), st.integers(1, 500), st.integers(0, 499))
def test_endings_are_the_nearest_and_of_two_the_larger(top, bottom, step, ending):
    found = nearest(top, bottom, step, ending)
    assert (found - ending) % step == 0
    assert found >= 0 or top < 0
    if 0 <= found < step:  # may have been lifted above zero
        return
    assert -step * bottom <= 2 * (top - found * bottom) < step * bottom


@pytest.mark.parametrize(
    ("amount", "rounding", "wanted"),
    [
        (1244, ".95", 1195),
        (1245, ".95", 1295),
        (1225, "0.50", 1250),
        (1224, "0.50", 1200),
        (1250, "whole", 1300),
        (1249, ".00", 1200),
        (1250, "5", 1500),
        (30, "0.95", 95),
        (1233, "0.05", 1235),
    ],
)
def test_prices_of_two_decimals(amount, rounding, wanted):
    assert nearest(amount, 1, *read_rounding(rounding).minor(2)) == wanted


def test_currencies_without_the_decimals_are_rounded_to_their_own():
    assert read_rounding(".95").minor(0) == (1, 0)
    assert read_rounding("0.50").minor(0) == (1, 0)
    assert read_rounding("0.50").minor(3) == (500, 0)
    assert read_rounding("5").minor(0) == (5, 0)
    assert Rounding(Decimal("0.005")).minor(2) == (1, 0)
    assert EXACT.minor(2) == (1, 0)
    assert WHOLE.minor(3) == (1000, 0)


@pytest.mark.parametrize("text", ["", "x", "-1", "nan", "inf", "1e9", "0.0001"])
def test_what_is_no_way_to_round(text):
    with pytest.raises(Invalid, match="no way to round"):
        read_rounding(text)
