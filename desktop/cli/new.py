"""`dukkan new SHOP`: a shop that is ready to be opened, empty or with a sample in it."""

import argparse
import errno
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import config
from desktop.cli.failures import CANNOT_WRITE, DONE, Failure
from desktop.cli.output import command, say
from desktop.cli.parsing import add_shop
from desktop.cli.shops import opened, where
from desktop.cli.window import need_qt
from desktop.i18n import N_, _, formats, language

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SAMPLES = ("gifts", "bakery")
GIVEN = ("name", "territory", "currency", "phone")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser)
    parser.add_argument(
        "--sample", nargs="?", const=SAMPLES[0], choices=SAMPLES, help=_("fill it with a sample (gifts) to look around")
    )
    parser.add_argument("--name", help=_("what the shop is called"))
    parser.add_argument("--territory", metavar="AE", type=str.upper, help=_("where it is: two letters"))
    parser.add_argument("--currency", metavar="AED", type=str.upper, help=_("what its prices are in: three letters"))
    parser.add_argument("--phone", metavar="N", help=_("its phone number on WhatsApp"))


def run(options: argparse.Namespace) -> int:
    """Make the shop, in the language of --lang; what exists under its name is left as it is."""
    _check(options)
    fill = _sample(options) if options.sample else _empty(options)
    place = where(options.shop)
    if isinstance(place, Path):
        _create_file(place, fill)
    else:
        _create_in_database(options.shop, fill)
    tell_ready(options.shop)
    return DONE


def tell_ready(shop: str) -> None:
    """Say that a shop is made, and what opens it."""
    from desktop.cli import COMMANDS  # which imports this

    opening = command(f"./{shop}" if shop in COMMANDS else shop)
    say(_("The shop is ready. To open it: {command}").format(command=opening))


def _create_file(path: Path, fill: Callable[["Session"], None]) -> None:
    from desktop.services.shop import create_shop

    shown = formats.ltr(str(path))
    try:
        create_shop(path, fill)
    except FileExistsError as error:
        message = _("{path} exists already and was left as it is. Choose another name.")
        raise Failure(CANNOT_WRITE, message.format(path=shown)) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        message = _("{path} cannot be written. Check that its folder exists and that you may write there.")
        raise Failure(CANNOT_WRITE, message.format(path=shown)) from error


def _create_in_database(url: str, fill: Callable[["Session"], None]) -> None:
    from desktop.services.profile import read_profile

    with opened(url) as database:
        with database.reader() as session:
            if read_profile(session).name:
                message = _("There is a shop in this database already, and it was left as it is.")
                raise Failure(CANNOT_WRITE, message)
        database.run(N_("Start my shop"), fill)
        database.begin_history()


def _sample(options: argparse.Namespace) -> Callable[["Session"], None]:
    given = {name: getattr(options, name) for name in GIVEN if getattr(options, name) is not None}
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    need_qt()  # which draws the pictures
    from desktop.services.sample import draw, fill_sample, read_sample

    sample = read_sample(options.sample)
    return partial(fill_sample, shop=sample, images=draw(options.sample, sample), language=language(), profile=given)


def _empty(options: argparse.Namespace) -> Callable[["Session"], None]:
    from desktop.services.shop import start_shop

    territory = options.territory or _territory(options.phone or "")
    currency = options.currency or formats.currency_of(territory)
    name = options.name if options.name is not None else Path(options.shop).stem

    def fill(session: "Session") -> None:
        start_shop(session, name, territory, currency, options.phone or "", _time_zone(territory), language())

    return fill


def _check(options: argparse.Namespace) -> None:
    """Raise Invalid for a code that is none."""
    from desktop.services.codes import check_code

    for field in ("territory", "currency"):
        check_code(field, getattr(options, field) or "")


def _territory(phone: str) -> str:
    """Return where the shop is likely to be: where its number is from, or what the system says."""
    from desktop.services.errors import Invalid
    from desktop.services.phones import parse_phone, territory_of

    here = config.system_locale()[1]
    try:
        return territory_of(parse_phone(phone, here)) or here
    except Invalid:
        return here


def _time_zone(territory: str) -> str:
    """Return this computer's time zone if the territory has it, else the territory's first."""
    from tzlocal import get_localzone_name

    try:
        here = get_localzone_name()
    except (LookupError, ValueError):  # the system contradicts itself
        here = ""
    zones = formats.time_zones(territory)
    return here if here in zones or not zones else zones[0]
