import subprocess
import sys

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.i18n.bidi import strip
from desktop.services.errors import Invalid
from desktop.services.phones import parse_phone, phone_example, territory_of, warning


def reason(text, territory):
    with pytest.raises(Invalid) as caught:
        parse_phone(text, territory)
    assert caught.value.field == "phone"
    return strip(str(caught.value))


@pytest.mark.parametrize(
    ("text", "territory", "digits"),
    [
        ("0501234567", "SA", "966501234567"),
        ("501234567", "SA", "966501234567"),
        ("0501234567", "sa", "966501234567"),
        ("٠٥٠١٢٣٤٥٦٧", "SA", "966501234567"),
        ("۰۵۰۱۲۳۴۵۶۷", "SA", "966501234567"),
        ("０５０１２３４５６７", "SA", "966501234567"),
        ("+966 (0)50 123 4567", "SA", "966501234567"),
        ("+966 (0)50 123 4567", "AE", "966501234567"),
        ("+٩٦٦٥٠١٢٣٤٥٦٧", "", "966501234567"),
        ("00966501234567", "SA", "966501234567"),
        ("00966501234567", "US", "966501234567"),
        ("00966 50 123 4567", "", "966501234567"),
        ("0011 966 50 123 4567", "AU", "966501234567"),
        ("٠٠٩٦٦٥٠١٢٣٤٥٦٧", "US", "966501234567"),
        ("tel:+966-50-123-4567", "", "966501234567"),
        ("TEL:0501234567", "SA", "966501234567"),
        ("\u2066+966 50 123 4567\u2069", "", "966501234567"),
        ("\u202a\u200e0501234567\u202c\ufeff", "SA", "966501234567"),
        ("+966\u00a050\u2011123\u22124567", "", "966501234567"),
        ("  (050) 123-45.67 ", "SA", "966501234567"),
        ("966501234567", "SA", "966501234567"),
        ("966501234567", "AE", "966501234567"),  # too long to be from here
        ("966501234567", "", "966501234567"),
        ("971501234567", "AE", "971501234567"),
        ("04 234 5678", "AE", "97142345678"),  # a landline may have WhatsApp Business
        ("+39 06 6982 1234", "", "390669821234"),
        ("06 6982 1234", "IT", "390669821234"),
        ("011 15-2345-6789", "AR", "5491123456789"),
        ("+54 9 11 2345 6789", "", "5491123456789"),
        ("+52 55 1234 5678", "", "525512345678"),
        ("+52 1 55 1234 5678", "", "5215512345678"),  # kept as it is, with a warning
        ("(201) 555-0123", "US", "12015550123"),
    ],
)
def test_understood(text, territory, digits):
    assert parse_phone(text, territory) == digits


@pytest.mark.parametrize(
    ("text", "territory", "sentence"),
    [
        ("+971 50 123 456", "", "After +971 come 9 digits, this has 8."),
        ("050 123 456", "AE", "After +971 come 9 digits, this has 8."),
        ("٠٥٠١٢٣٤٥٦", "AE", "After +971 come 9 digits, this has 8."),
        ("055123456", "SA", "After +966 come 9 digits, this has 8."),
        ("٠٥٥ ١٢٣", "SA", "After +966 come 9 digits, this has 5."),
        ("00", "AE", "Begin with the country code, as in +971 50 123 4567."),
        ("00971 50 123 456", "US", "After +971 come 9 digits, this has 8."),
        ("050 123 45678", "AE", "After +971 come 9 digits, this has 10."),
        ("5", "AE", "After +971 come 9 digits, this has 1."),
        ("+971", "", "After +971 come 8 to 9 digits, this has 0."),
        ("04 234 567", "AE", "After +971 come 8 digits, this has 7."),
        ("0501234567 / 0521234567", "AE", "After +971 come 9 digits, this has 19."),
        ("1" * 400, "AE", "After +971 come 9 digits, this has 400."),
        ("+49 30 1", "", "After +49 come 5 to 15 digits, this has 3."),
        ("050a1234567", "AE", "There are letters in this number. Type digits only, such as 050 123 4567."),
        ("1-800-FLOWERS", "US", "There are letters in this number. Type digits only, such as (201) 555-0123."),
        ("نورة 0501234567", "AE", "There are letters in this number. Type digits only, such as 050 123 4567."),
        ("0501234567 ext 5", "AE", "WhatsApp knows no extensions. Leave out 5."),
        ("tel:+971-50-123-4567;ext=5", "", "WhatsApp knows no extensions. Leave out 5."),
        ("0501234567", "", "Begin with the country code, as in +971 50 123 4567."),
        ("0501234567", "XX", "Begin with the country code, as in +971 50 123 4567."),
        ("+999 123 456", "", "No country code begins with +999. Check the first digits."),
        ("+0501234567", "AE", "No country code begins with +0. Check the first digits."),
        (
            "+971 59 999 9999",
            "",
            "No number begins like +971 599999999. Check the first digits: +971 50 123 4567 would be right.",
        ),
        ("", "AE", "Type a phone number, such as 050 123 4567."),
        (" \u200f ", "", "Type a phone number, such as +971 50 123 4567."),
        ("+", "AE", "This is not a phone number. Type digits only, such as 050 123 4567."),
        ("050*1234567", "AE", "This is not a phone number. Type digits only, such as 050 123 4567."),
        ("☎😀", "AE", "This is not a phone number. Type digits only, such as 050 123 4567."),
    ],
)
def test_explained(text, territory, sentence):
    assert reason(text, territory) == sentence


def test_a_number_that_could_be_from_here_is_not_taken_for_a_foreign_one():
    assert parse_phone("+29051234", "") == "29051234"  # Saint Helena's are short
    assert reason("29051234", "SA").startswith("After +966 come 9 digits")


def test_what_is_shown_keeps_its_direction():
    with pytest.raises(Invalid) as caught:
        parse_phone("+971 50 123 456", "")
    assert "\u2066+971\u2069" in str(caught.value)


def attempt(text, territory):
    try:
        return parse_phone(text, territory)
    except Invalid as invalid:
        return invalid


@given(st.text(), st.sampled_from(["", "AE", "US", "XX"]))
def test_any_text_is_a_number_or_explained(text, territory):
    result = attempt(text, territory)
    if isinstance(result, Invalid):
        assert result.field == "phone"
        assert str(result)
    else:
        assert result.isascii()
        assert result.isdigit()
        assert len(result) <= 15


def mobiles():
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        number = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
        if number and phonenumbers.is_valid_number(number):
            yield region, number


def test_every_country_s_numbers_are_understood_in_every_way_of_writing():
    kinds = phonenumbers.PhoneNumberFormat
    for region, number in mobiles():
        digits = phonenumbers.format_number(number, kinds.E164)[1:]
        for text in (
            phonenumbers.format_number(number, kinds.NATIONAL),
            phonenumbers.format_number(number, kinds.INTERNATIONAL),
            phonenumbers.format_number(number, kinds.RFC3966),
            f"00{digits}",
        ):
            assert parse_phone(text, region) == digits, text
        assert parse_phone(digits, "") == digits
        assert parse_phone(phone_example(region), region) == digits


def test_every_country_s_numbers_are_explained_when_a_digit_is_missing():
    for region, number in mobiles():
        cut = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)[:-1]
        result = attempt(cut, region)
        if isinstance(result, Invalid):  # in a few countries that is a number too
            sentence, rest = strip(str(result)), len(cut) - len(f"+{number.country_code}")
            assert sentence.startswith(f"After +{number.country_code} come "), sentence
            assert sentence.endswith(f" digits, this has {rest}."), sentence
            assert not sentence.startswith(f"After +{number.country_code} come {rest} digits"), sentence


def test_warnings():
    assert strip(warning("5215512345678")) == (
        "Mexican numbers no longer have a 1 after +52. If the chat does not open, try +525512345678."
    )
    assert warning(parse_phone("+44 909 879 0000", "")) == (
        "Numbers that begin like this are for paid services. Check that it has WhatsApp."
    )
    for digits in ("525512345678", "971501234567", "97142345678", "", "abc", "1"):
        assert warning(digits) == ""


@pytest.mark.parametrize(
    ("digits", "territory"),
    [
        ("971501234567", "AE"),
        ("12015550123", "US"),
        ("14165550123", "CA"),
        ("77012345678", "KZ"),
        ("5215512345678", "MX"),
        ("80012345678", ""),
        ("999123", ""),
        ("", ""),
    ],
)
def test_territory(digits, territory):
    assert territory_of(digits) == territory


def test_example():
    assert phone_example("AE") == "050 123 4567"
    assert phone_example("sa") == "051 234 5678"
    assert phone_example("") == phone_example("XX") == "+971 50 123 4567"


def test_the_library_is_loaded_with_the_first_number():
    code = "import sys, desktop.services.links, desktop.services.phones; assert 'phonenumbers' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
