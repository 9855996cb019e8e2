"""Codes that a profile is made of: the country, the currency, the time zone and the language of a shop."""

from collections.abc import Callable

from desktop.i18n import LANGUAGES, N_, _
from desktop.i18n.places import currencies, territories
from desktop.services.errors import Invalid


def _is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo  # which a start can do without

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # not known, no name of a zone, a folder of zones
        return False
    return True


CODES: dict[str, tuple[Callable[[str], bool], str]] = {
    "territory": (lambda code: code in dict(territories()), N_("Name the country by its two letters, like AE.")),
    "currency": (lambda code: code in dict(currencies()), N_("Name the currency by its three letters, like AED.")),
    "time_zone": (_is_zone, N_("A time zone looks like Asia/Dubai.")),
    "language": (LANGUAGES.__contains__, N_("Name the language by its two letters: ar or en.")),
}


def check_code(field: str, code: str) -> None:
    """Raise Invalid(field, …) for a code of CODES that stands for nothing; "" and other fields are left alone."""
    known, sentence = CODES.get(field, (bool, ""))
    if code and not known(code):
        raise Invalid(field, _(sentence))
