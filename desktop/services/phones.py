"""Phone numbers: from whatever is typed or pasted to the digits that WhatsApp wants, country code first."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from desktop.i18n import _, ngettext
from desktop.i18n.bidi import ltr
from desktop.i18n.formats import number
from desktop.services.errors import Invalid

if TYPE_CHECKING:  # loaded with the first number: its tables take longer than a window needs to appear
    from phonenumbers import PhoneNumber

MEXICO_OLD = re.compile(r"521(\d{10})")  # with the 1 that mobiles had until 2019
SIGNS = re.compile(r"[\d +()\[\]/.-]*")


def parse_phone(text: str, territory: str) -> str:
    """Return the digits of a phone number, country code first and without +: "971501234567".

    `text` may hold spaces, dashes, brackets, a trunk zero ("+966 (0)50…"), 00 for +, "tel:", Arabic or Persian
    digits and marks of direction; without a country code it is a number of `territory` ("AE", "" if unknown).
    What is no number of any country raises Invalid("phone", why). Mexico's old form passes: see `warning`.
    """
    typed, territory = _plain(text), territory.upper()
    _check_signs(typed, territory)
    digits = re.sub(r"\D", "", typed)
    readings = [(typed, territory)]
    if typed.startswith("00"):  # in most countries the library knows it, here for all of them
        readings.append((f"+{digits[2:]}", ""))
    elif "+" not in typed and not digits.startswith("0") and len(digits) > _longest_mobile(territory):
        readings.append((f"+{digits}", ""))  # too long to be from here: written as in a link
    for reading in readings:
        parsed = _parsed(*reading)
        if parsed and _is_accepted(parsed):
            return _digits(parsed)
    raise Invalid("phone", _reason(*readings[-1 if typed.startswith("00") else 0]))


def warning(digits: str) -> str:
    """Say what is odd about a number that can be kept, in one translated sentence; "" when nothing is.

    Mexico's old form, with a 1 after +52, is no valid number any more, yet some accounts still answer to it: only
    the owner can know, so it is never rewritten.
    """
    from phonenumbers import PhoneNumberType, number_type

    parsed = _parsed(f"+{digits}", "")
    if parsed is None:
        return ""
    if old := _old_mexican(parsed):
        return _("Mexican numbers no longer have a 1 after +52. If the chat does not open, try {phone}.").format(
            phone=ltr(f"+52{old}")
        )
    if number_type(parsed) in (PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST, PhoneNumberType.PAGER):
        return _("Numbers that begin like this are for paid services. Check that it has WhatsApp.")
    return ""


def territory_of(digits: str) -> str:
    """Return the territory ("AE") of a number in the form of `parse_phone`, "" if it has none or is unknown.

    Where several share a country code (+1, +7, +44) the number decides, and the main one of them if it cannot.
    """
    import phonenumbers

    parsed = _parsed(f"+{digits}", "")
    if parsed is None:
        return ""
    main = phonenumbers.region_code_for_country_code(parsed.country_code or 0)
    region = phonenumbers.region_code_for_number(parsed) or main
    return region if region.isalpha() and region != phonenumbers.UNKNOWN_REGION else ""


@lru_cache(maxsize=256)
def phone_example(territory: str) -> str:
    """Return a mobile number as people in `territory` write it, "050 123 4567", and with + where it is unknown.

    Plain text, without marks of direction.
    """
    import phonenumbers

    mobile = phonenumbers.PhoneNumberType.MOBILE
    parsed = phonenumbers.example_number_for_type(territory.upper(), mobile) if territory else None
    if parsed is None:
        return "+971 50 123 4567"
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)


def country_code(territory: str) -> str:
    """Return the digits that numbers of `territory` ("AE") begin with, "971"; "" where it is not known."""
    from phonenumbers import country_code_for_region

    return str(country_code_for_region(territory.upper()) or "") if territory else ""


def _plain(text: str) -> str:
    """Return `text` with ASCII digits, spaces and dashes, and without what is not seen."""
    chars: list[str] = []
    for char in unicodedata.normalize("NFKC", text).strip():
        category = unicodedata.category(char)
        if category == "Nd":
            chars.append(str(unicodedata.decimal(char)))
        elif category == "Pd" or char == "\N{MINUS SIGN}":
            chars.append("-")
        elif char.isspace():
            chars.append(" ")
        elif category != "Cf":
            chars.append(char)
    return re.sub(r"(?i)^\s*tel:", "", "".join(chars)).strip()


def _check_signs(typed: str, territory: str) -> None:
    """Refuse what the library would read as something else: 1-800-FLOWERS as digits, an extension as nothing."""
    example = ltr(phone_example(territory))
    if not typed:
        raise Invalid("phone", _("Type a phone number, such as {example}.").format(example=example))
    parsed = _parsed(typed, territory)
    if parsed and parsed.extension:
        raise Invalid(
            "phone", _("WhatsApp knows no extensions. Leave out {extension}.").format(extension=ltr(parsed.extension))
        )
    if any(char.isalpha() for char in typed):
        raise Invalid(
            "phone", _("There are letters in this number. Type digits only, such as {example}.").format(example=example)
        )
    if not SIGNS.fullmatch(typed) or not any(char.isdigit() for char in typed):
        raise Invalid(
            "phone", _("This is not a phone number. Type digits only, such as {example}.").format(example=example)
        )


@lru_cache(maxsize=256)  # one number is asked for several times in a row, and nobody changes what is returned
def _parsed(typed: str, territory: str) -> "PhoneNumber | None":
    """Return what the library makes of `typed`, right or wrong, or None if it can make nothing of it."""
    from phonenumbers import NumberParseException, parse

    try:
        return parse(typed, territory or None)
    except NumberParseException:
        return None


def _digits(parsed: "PhoneNumber") -> str:
    from phonenumbers import PhoneNumberFormat, format_number

    return format_number(parsed, PhoneNumberFormat.E164).removeprefix("+")


def _is_accepted(parsed: "PhoneNumber") -> bool:
    from phonenumbers import is_valid_number

    return is_valid_number(parsed) or bool(_old_mexican(parsed))


def _old_mexican(parsed: "PhoneNumber") -> str:
    """Return the ten digits that are left of a Mexican number in its old form, "" if it is none."""
    from phonenumbers import is_valid_number

    old = MEXICO_OLD.fullmatch(_digits(parsed))
    now = _parsed(f"+52{old[1]}", "") if old else None
    return old[1] if old and now and is_valid_number(now) else ""


def _dials_zero(code: int) -> bool:
    """Return whether numbers of a country code are dialled with a 0 before them inside the country."""
    from phonenumbers import PhoneMetadata, region_code_for_country_code

    metadata = PhoneMetadata.metadata_for_region(region_code_for_country_code(code), None)
    return bool(metadata and metadata.national_prefix == "0")


@lru_cache(maxsize=256)
def _longest_mobile(territory: str) -> int:
    from phonenumbers import PhoneMetadata

    metadata = PhoneMetadata.metadata_for_region(territory, None) if territory else None
    return max(metadata.mobile.possible_length) if metadata and metadata.mobile else 0


def _reason(typed: str, territory: str) -> str:
    """Say in one sentence why `typed` is no number."""
    from phonenumbers import country_code_for_region, national_significant_number

    parsed = _parsed(typed, territory)
    digits = re.sub(r"\D", "", typed)
    if parsed:
        code, rest = parsed.country_code or 0, national_significant_number(parsed)
        if _dials_zero(code):
            rest = rest.lstrip("0")  # the library leaves it before what it cannot make out
    elif typed.startswith("+"):
        code, rest = _split(digits)
        if not digits:  # 00, and no more
            return _("Begin with the country code, as in {example}.").format(example=ltr(phone_example("")))
        if not code:
            return _("No country code begins with {digits}. Check the first digits.").format(digits=ltr(f"+{rest}"))
    else:
        code, rest = country_code_for_region(territory), digits.lstrip("0")
        if not code:
            return _("Begin with the country code, as in {example}.").format(example=ltr(phone_example("")))
    prefix = ltr(f"+{code}")
    lengths = sorted(set(_lengths(code, rest)))
    if not lengths:
        return _("No number begins like {phone}. Check the first digits: {example} would be right.").format(
            phone=ltr(f"+{code} {rest}"), example=ltr(_full_example(code))
        )
    if len(lengths) == 1:
        return ngettext(
            "After {code} comes {n} digit, this has {actual}.",
            "After {code} come {n} digits, this has {actual}.",
            lengths[0],
        ).format(code=prefix, n=number(lengths[0]), actual=number(len(rest)))
    return ngettext(
        "After {code} come {shortest} to {n} digit, this has {actual}.",
        "After {code} come {shortest} to {n} digits, this has {actual}.",
        lengths[-1],
    ).format(code=prefix, shortest=number(lengths[0]), n=number(lengths[-1]), actual=number(len(rest)))


def _full_example(code: int) -> str:
    import phonenumbers

    region = phonenumbers.region_code_for_country_code(code)
    parsed = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    parsed = parsed or phonenumbers.example_number_for_non_geo_entity(code)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL) if parsed else ""


def _split(digits: str) -> tuple[int, str]:
    """Return the country code and what follows it, or 0 and the shortest beginning that no code has."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE as CODES

    for size in (1, 2, 3):
        if digits[:size].isdigit() and int(digits[:size]) in CODES:
            return int(digits[:size]), digits[size:]
    size = next((size for size in (1, 2, 3) if not any(str(code).startswith(digits[:size]) for code in CODES)), 3)
    return 0, digits[:size]


def _lengths(code: int, rest: str) -> Iterator[int]:
    """Yield how many digits follow `code` in a mobile or landline number that begins like `rest`.

    Where no such number begins like it, only its length can be told, and nothing if that is right.
    """
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

    usual: set[int] = set()
    found = False
    for region in COUNTRY_CODE_TO_REGION_CODE[code]:
        metadata = PhoneMetadata.metadata_for_region_or_calling_code(code, region)
        if metadata is None:
            continue
        for kind in (metadata.mobile, metadata.fixed_line):
            if kind is None or not kind.national_number_pattern:
                continue
            pattern = re.compile(kind.national_number_pattern)
            if kind is metadata.mobile:
                usual.update(kind.possible_length)
            for length in kind.possible_length:
                if any(pattern.fullmatch((rest + digit * length)[:length]) for digit in "0123456789"):
                    found = True
                    yield length
    if not found and len(rest) not in usual:
        yield from usual
