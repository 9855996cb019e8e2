"""`dukkan history SHOP`: what was done, when, and on which computer."""

import argparse
import datetime as dt

from desktop.cli.failures import DONE
from desktop.cli.output import plain, put, put_json
from desktop.cli.parsing import add_json, add_shop, count
from desktop.cli.shops import reading
from desktop.i18n import _, formats


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser)
    parser.add_argument("--limit", metavar="N", type=count, default=50, help=_("only the last N (50)"))
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the last actions, the newest first. In JSON times are UTC, and titles are in English."""
    from desktop.data.history import recent
    from desktop.services.past import read_actions, told_in_a_line
    from desktop.services.profile import read_profile

    with reading(options.shop) as session:
        actions = recent(session.connection(), options.limit)
        home = read_profile(session)
        formats.configure(zone=home.time_zone, territory=home.territory)
        entries = read_actions(session, [action.id for action in actions])
        changed = {entry.id: told_in_a_line(session, entry) for entry in entries}
    if options.json:
        put_json(
            [
                {
                    "id": action.id,
                    "time": dt.datetime.fromtimestamp(action.at, dt.UTC).isoformat().replace("+00:00", "Z"),
                    "computer": action.computer,
                    "title": action.title,
                    "undone": action.undone,
                    "rows": action.rows,
                    "changed": plain(changed[action.id]),
                }
                for action in actions
            ]
        )
        return DONE
    for action in actions:
        # TRANSLATORS: an action that was taken back: {title} is for example "Change price".
        title = _("{title} (taken back)").format(title=_(action.title)) if action.undone else _(action.title)
        put("\t".join((formats.datetime(action.at), action.computer, title, changed[action.id])))
    return DONE
