"""`dukkan profile SHOP get FIELD` and `set FIELD VALUE`: the business profile, one field at a time."""

import argparse
from functools import partial
from typing import TYPE_CHECKING, Any

from desktop.cli.failures import DONE
from desktop.cli.output import put_json, say
from desktop.cli.parsing import add_json, add_shop
from desktop.cli.shops import opened, reading
from desktop.i18n import N_, _, bidi

if TYPE_CHECKING:  # loaded when the command runs
    from desktop.data.models import Profile

FIELDS = (
    *("name", "about", "description", "category", "address", "map_link", "latitude", "longitude"),
    *("phone", "more_phones", "username", "email", "more_emails", "website", "website2"),
    *("territory", "currency", "time_zone", "language"),
)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser)
    parser.add_argument("action", choices=("get", "set"), help=_("print a field, or change it"))
    parser.add_argument("field", metavar="FIELD", nargs="?", choices=FIELDS, help=", ".join(FIELDS))
    parser.add_argument("value", metavar="VALUE", nargs="?", help=_("what to set it to; '' empties it"))
    add_json(parser)
    parser.set_defaults(parser=parser)


def run(options: argparse.Namespace) -> int:
    """Print the value alone, or all fields as JSON; or store a value. Raises what `failures` knows."""
    if options.action == "set":
        if options.field is None or options.value is None:
            options.parser.error(_("say what to set: set FIELD VALUE"))
        return _set(options.shop, options.field, options.value)
    if options.value is not None:
        options.parser.error(_("to change a field, write set in the place of get"))
    if options.field is None and not options.json:
        options.parser.error(_("say which field, or print all of them with --json"))
    from desktop.services.profile import read_profile

    with reading(options.shop) as session:
        profile = read_profile(session)
    if options.json:
        names = FIELDS if options.field is None else (options.field,)
        put_json({name: _value(profile, name) for name in names})
    else:
        print(bidi.strip(_value(profile, options.field)))
    return DONE


def _set(shop: str, field: str, value: str) -> int:
    from desktop.services.limits import limits, measure
    from desktop.services.maps import needs_coordinates
    from desktop.services.profile import update_profile

    changed: dict[str, Any] = {field: value}
    with opened(shop) as database:
        database.run(N_("Change business profile"), partial(update_profile, base=None, **changed))
    if (key := f"profile.{field}") in limits() and (advice := measure(key, value).sentence):
        say(advice)
    if field == "map_link" and needs_coordinates(value):
        say(_("This short link works, but tells no coordinates. Open the map and copy them from there."))
    return DONE


def _value(profile: "Profile", name: str) -> str:
    value = str(getattr(profile, name))
    return f"+{value}" if name == "phone" and value else value
