"""Prices as owners type them."""

import pytest

from desktop.i18n.bidi import strip
from desktop.i18n.numbers import LARGEST, exponent
from desktop.services.errors import Invalid
from desktop.services.prices import check_sale, read_price


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("75", "AED", 7500),
        ("75.5", "AED", 7550),
        ("١٢٣٫٥٠", "AED", 12350),
        ("١٬٢٣٤٫٥", "AED", 123450),
        ("1,234.50", "AED", 123450),
        (" 75 AED ", "AED", 7500),
        ("75 د.إ", "AED", 7500),
        ("1.250", "KWD", 1250),
        ("1500", "JPY", 1500),
        ("0", "AED", 0),
        ("", "AED", None),
        ("  ", "AED", None),
        (str(LARGEST // 100), "AED", LARGEST),
    ],
)
def test_what_is_a_price(typed, currency, minor):
    assert read_price(typed, currency) == minor


@pytest.mark.parametrize(
    ("typed", "currency", "sentence"),
    [
        ("lots", "AED", "A price is a number only, like 75.50."),
        ("1/2", "AED", "A price is a number only, like 75.50."),
        ("-5", "AED", "A price cannot be below zero. Leave out the minus sign."),
        ("1.2345", "AED", "AED has 2 decimals, and this has more."),
        ("1.2345", "KWD", "KWD has 3 decimals, and this has more."),
        ("1.5", "JPY", "JPY has no decimals: write whole numbers."),
        ("9" * 30, "AED", "This price is too large. Check the number of zeros."),
        (str(LARGEST // 100 + 1), "AED", "This price is too large. Check the number of zeros."),
        ("9" * 100_000, "AED", "A price is a number only, like 75.50."),
        ("1e99", "AED", "A price is a number only, like 75.50."),
        ("NaN", "AED", "A price is a number only, like 75.50."),
    ],
)
def test_what_is_none_is_explained(typed, currency, sentence):
    with pytest.raises(Invalid) as caught:
        read_price(typed, currency, "sale_price")
    assert (caught.value.field, str(caught.value)) == ("sale_price", sentence)


def test_another_currency_is_named():
    with pytest.raises(Invalid, match="AED") as caught:
        read_price("80 USD", "AED")
    assert "USD" in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "currency", "other"),
    [
        *(("12 $", "SAR", "$"), ("$12", "SAR", "$"), ("12 د.إ", "SAR", "د.إ"), ("12 دولار", "SAR", "دولار")),
        *(("12 ر.س", "AED", "ر.س"), ("12 SR", "AED", "SR"), ("12 ريال", "AED", "ريال"), ("12 درهمًا", "SAR", "درهمًا")),
        *(("€12", "SAR", "€"), ("£12", "SAR", "£"), ("12 US dollars", "SAR", "US dollars"), ("12 د.ك", "SAR", "د.ك")),
        *(("12 ⃁", "AED", "⃁"), ("12 pesos", "USD", "pesos"), ("12 US$", "CAD", "US$")),
    ],
)
def test_a_sign_or_a_word_of_another_currency_is_told(typed, currency, other):
    with pytest.raises(Invalid) as caught:
        read_price(typed, currency)
    sentence = f"Prices are in {currency} here. Write the amount in {currency}, without {other}."
    assert strip(str(caught.value)) == sentence


@pytest.mark.parametrize(
    ("typed", "currency"),
    [
        *(("12 ر.س", "SAR"), ("12 SR", "SAR"), ("12 ريالًا فقط", "SAR"), ("12 ﷼", "SAR"), ("12 ⃁", "SAR")),
        *(("12 riyals", "OMR"), ("12 ريال", "YER"), ("12 dhs", "AED"), ("12 درهم", "MAD"), ("12 د.إ.", "AED")),
        *(("$12", "USD"), ("$12", "CAD"), ("$12", "MXN"), ("£12", "EGP"), ("12 ج.م", "EGP"), ("LE 12", "EGP")),
        *(("12 ليرة", "LBP"), ("12 ليرات", "SYP"), ("12 TL", "TRY"), ("12 دنانير", "KWD"), ("Rs. 12", "PKR")),
    ],
)
def test_every_way_to_write_the_shop_s_own_currency_is_taken(typed, currency):
    assert read_price(typed, currency) == 12 * 10 ** exponent(currency)


def test_a_shop_without_a_currency():
    assert read_price("75.50", "") == 7550


def test_a_sale_is_below_the_price():
    check_sale("sale_price", None, None, "AED")
    check_sale("sale_price", 100, 99, "AED")
    for price, sale in ((100, 100), (100, 101), (0, 0)):
        with pytest.raises(Invalid, match="not below") as caught:
            check_sale("price", price, sale, "AED")
        assert caught.value.field == "price"
    with pytest.raises(Invalid, match="needs a price"):
        check_sale("sale_price", None, 5, "AED")
