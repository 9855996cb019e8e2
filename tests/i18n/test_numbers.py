"""Prices as people type and paste them."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import i18n
from desktop.i18n import formats
from desktop.i18n.numbers import LARGEST, NotANumber, OtherCurrency, TooLarge, TooPrecise, parse_decimal, parse_money
from desktop.i18n.numbers import exponent as places_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("75", "75"),
        ("75.50", "75.5"),
        ("١٢٣٫٥٠", "123.5"),
        ("۱۲۳٫۵", "123.5"),
        ("１２", "12"),
        ("12,5", "12.5"),
        ("12,50", "12.5"),
        ("12،5", "12.5"),
        ("0.500", "0.5"),
        (".5", "0.5"),
        ("٫٥", "0.5"),
        ("5.", "5"),
        ("1.234,50", "1234.5"),
        ("1,234.50", "1234.5"),
        ("1٬234٫5", "1234.5"),
        ("١٬٢٣٤٬٥٦٧٫٨٩", "1234567.89"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234.5", "1234.5"),
        ("1\u202f234\u202f567,5", "1234567.5"),
        ("1’234.50", "1234.5"),
        ("1,234", "1234"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("12,34,567.5", "1234567.5"),
        ("1234,567", "1234.567"),
        ("1.2345", "1.2345"),
        ("0,125", "0.125"),
        ("-5", "-5"),
        ("5-", "-5"),
        ("−5", "-5"),
        ("-$5", "-5"),
        ("$-5", "-5"),
        ("\u200e-75.50 د.إ", "-75.5"),
        ("+5", "5"),
    ],
)
def test_understood(text, value):
    assert parse_decimal(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "75 AED",
        "AED 75",
        "AED75",
        "75aed",
        "د.إ 75",
        "75 د.إ.",
        "\u200f75\u00a0د.إ.\u200f",
        "د.إ.75",
        "75 درهم",
        "75 درهمًا إماراتيًا",
        "٧٥ درهما فقط",
        "75 dirhams",
        "Dhs. 75",
        "$75",
        "75 US$",
        "75€",
        "﷼ 75",
        "\u20c3 75",
        "Rs.75",
        "75 ج.م",
        "75 KD",
        "\u2068\u206675\u2069\u00a0د.إ\u2069",
        "75 F\u202fCFA",
    ],
)
def test_currency_beside_the_number(text):
    assert parse_decimal(text) == 75


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "abc",
        "سعر",
        "75 abc",
        "12 kg",
        "1.2.3,4",
        "1,23,4",
        "1,,234",
        "12..5",
        "..5",
        "1,234 567",
        "1 2",
        "75 50",
        "1.234,5,6",
        "1٫2٫3",
        "1٬23",
        "--5",
        "-5-",
        "5--",
        "12-13",
        "12:30",
        "20%",
        "1e5",
        "nan",
        "Infinity",
        "1_000",
        "½",
        "5²",
        ".",
        "٫",
        "-",
        "AED",
        "$",
        "0x10",
        "5; DROP",
        "9" * 101,
        "9\n9",
        "\x00",
        "\u2069",
    ],
)
def test_refused(text):
    with pytest.raises(NotANumber):
        parse_decimal(text)


def test_three_digits_after_one_mark_depend_on_the_currency():
    assert parse_money("1.234", "AED") == 1234_00
    assert parse_money("1,250/-", "AED") == 1250_00
    assert parse_money("1,234", "AED") == 1234_00
    assert parse_money("1.234", "KWD") == 1_234
    assert parse_money("1,234", "KWD") == 1234_000
    assert parse_money("12.500", "TND") == parse_money("12,500", "TND") == 12_500
    assert parse_money("1.500", "JPY") == 1500
    assert parse_money("1.234,500", "KWD") == parse_money("1,234.500", "KWD") == 1234_500


def test_decimals_of_currencies():
    assert {places_of(currency) for currency in ("AED", "SAR", "USD", "EGP", "MAD", "XYZ", "")} == {2}
    assert {places_of(currency) for currency in ("KWD", "BHD", "OMR", "JOD", "TND", "LYD")} == {3}
    assert {places_of(currency) for currency in ("JPY", "IQD", "SYP", "LBP")} == {0}


def test_money_in_minor_units():
    assert parse_money("75", "AED") == 7500
    assert parse_money("75.5 درهم", "aed") == 7550
    assert parse_money("75.500", "KWD") == 75500
    assert parse_money("0.500", "AED") == 50, "a zero more than the currency has is no precision"
    assert parse_money("-12,5", "AED") == -1250
    assert parse_money("1500", "IQD") == 1500
    assert parse_money("12.50", "XYZ") == 1250


def test_why_money_is_refused():
    with pytest.raises(TooPrecise) as refused:
        parse_money("75.5055", "AED")
    assert refused.value.places == 2
    with pytest.raises(TooPrecise):
        parse_money("12.5", "JPY")
    with pytest.raises(TooPrecise):
        parse_money("1." + "0" * 40 + "1", "AED")
    with pytest.raises(TooLarge):
        parse_money(str(LARGEST), "AED")
    with pytest.raises(TooLarge):
        parse_money("-" + "9" * 80, "AED")
    with pytest.raises(OtherCurrency) as refused:
        parse_money("75 usd", "AED")
    assert refused.value.currency == "USD"
    with pytest.raises(NotANumber):
        parse_money("abc", "AED")
    assert parse_money(str(LARGEST // 100), "AED") == LARGEST
    assert all(issubclass(kind, ValueError) for kind in (NotANumber, OtherCurrency, TooPrecise, TooLarge))


minors = st.integers(-LARGEST, LARGEST)
# Where a comma is the decimal mark, the three decimals of 1,500 د.ك are what `numbers` cannot know.
shops = st.sampled_from(
    [("AE", "AED"), ("KW", "KWD"), ("EG", "EGP"), ("US", "USD"), ("IN", "INR"), ("MA", "MAD"), ("JP", "JPY")]
)
styles = st.sampled_from(["sign", "word", "code"])


@given(minors, st.sampled_from(["AED", "KWD", "JPY", "TND", "XYZ"]))
def test_field_text_comes_back(minor, currency):
    assert parse_money(formats.decimal_text(minor, currency), currency) == minor


@given(minors, shops, st.sampled_from(["ar", "en"]), st.sampled_from(["latn", "arab"]), styles)
def test_shown_money_comes_back(minor, shop, language, digits, style):
    territory, currency = shop
    formats.configure(territory=territory, digits=digits, money=style)
    with i18n.speaking(language):
        shown = (formats.money(minor, currency), formats.money_text(minor, currency))
    assert [parse_money(text, currency) for text in shown] == [minor, minor]


@given(st.text(max_size=30) | st.text(st.sampled_from("0123456789٠٥.,٫٬ -$ABED\u200f"), max_size=12))
def test_any_text_is_a_number_or_refused(text):
    with suppress(NotANumber):
        assert parse_decimal(text).is_finite()


@pytest.mark.parametrize(
    ("text", "currency"), [("370 د.إ", "AED"), ("د.أ 5", "JOD"), ("5 ر.ع.", "OMR"), ("5 د.ا", ""), ("5 درهم", "")]
)
def test_a_sign_names_one_currency_where_its_hamza_is_written(text, currency):
    with pytest.raises(OtherCurrency) as other:
        parse_money(text, "USD")
    assert other.value.currency == currency
    assert parse_money("5 د.ا", "JOD") == 5000
