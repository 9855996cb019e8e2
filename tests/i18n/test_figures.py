"""The figures that are made without Babel are those that Babel makes."""

from decimal import Decimal

import pytest
from babel.numbers import format_decimal, get_currency_precision, get_currency_symbol, list_currencies

from desktop.i18n import bidi, figures
from desktop.i18n.places import WORLD, locale, territories

TERRITORIES = ["", WORLD, "XX", *(code for code, _name in territories())]
NUMBERS = (0, 7, 999, 1000, -1234, 10**15, 0.5, -0.05, 1234.5678, 2.0005, Decimal("1234567.891"), Decimal("1E+3"))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_numbers_of_every_territory(language):
    unknown = set()
    for territory in TERRITORIES:
        here = locale(language, territory)
        for places, pattern in ((None, "#,##0.###"), (0, "#,##0"), (2, "#,##0.00"), (3, "#,##0.000")):
            for n in NUMBERS:
                made = figures.figure(n, places, language, territory)
                if made is None:
                    unknown.add(territory)
                    continue
                assert made == bidi.strip(format_decimal(n, pattern, here)), (territory, n, places)
    assert unknown == figures.OTHER_TERRITORIES[language], "Babel is asked about no other"


def test_a_language_that_is_not_known_here_is_asked_of_babel():
    assert figures.figure(1000, None, "fr", "FR") is None
    assert figures.currency_sign("AED", "fr") is None


@pytest.mark.parametrize("language", ["ar", "en"])
def test_signs_of_every_currency_and_territory(language):
    for code in figures.CURRENCIES:
        signs = {bidi.strip(get_currency_symbol(code, locale(language, territory))) for territory in TERRITORIES}
        assert {sign.rstrip(".") for sign in signs} == {figures.currency_sign(code, language)}
    assert figures.currency_sign("USD", language) is None, "it depends on where one is"


def test_decimals_of_every_currency():
    for code in (*list_currencies(), "XYZ", ""):
        assert figures.exponent(code) == get_currency_precision(code)
