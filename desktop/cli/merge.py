"""`dukkan merge SHOP OTHER`: what differs in another copy of the shop, and what is new there taken over."""

import argparse
from typing import TYPE_CHECKING, Any

from desktop.cli.failures import DONE
from desktop.cli.output import plain, put, put_json, say
from desktop.cli.parsing import add_json, add_shop
from desktop.cli.shops import opened, where
from desktop.i18n import N_, _

if TYPE_CHECKING:
    from desktop.services.compare import Difference
    from desktop.services.taking import Both


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser)
    other = _("the other copy: a shop file, a backup, or the address of a database; it stays as it is")
    parser.add_argument("other", metavar=_("OTHER"), help=other)
    parser.add_argument(
        "--take",
        choices=("new", "theirs"),
        default="new",
        help=_("what is taken over: what is new or was changed only there (new), or all that differs (theirs)"),
    )
    parser.add_argument("--delete", action="store_true", help=_("delete what was deleted there too"))
    parser.add_argument("--dry-run", action="store_true", help=_("write nothing, and tell what would change"))
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Compare the two, tell what differs, and take over what is wanted as one action."""
    from desktop.data.look import looked_into
    from desktop.services.difference_text import summary, taken_text
    from desktop.services.profile import read_profile
    from desktop.services.taking import read_both, take

    with opened(options.shop, read_only=options.dry_run) as database, looked_into(where(options.other)) as copy:
        from desktop.i18n import formats

        with database.reader() as session, copy.reader() as other:
            home = read_profile(session)
            formats.configure(zone=home.time_zone, territory=home.territory)
            both = read_both(session, other)
            found = both.found.differences
            chosen = [each for each in found if _is_wanted(each, options)]
            done = None
            if not options.dry_run:
                done = database.run(N_("Take over from another copy"), take, other, both, chosen)
    _tell(options, both, chosen)
    say(summary(found) if done is None else taken_text(done))
    return DONE


def _is_wanted(each: "Difference", options: argparse.Namespace) -> bool:
    if each.what == "gone":
        return bool(options.delete)
    return each.advised or options.take == "theirs"


def _tell(options: argparse.Namespace, both: "Both", chosen: "list[Difference]") -> None:
    from desktop.services.difference_text import tell

    lines: list[dict[str, Any]] = []
    for each in both.found.differences:
        told = tell(both, each)
        if options.json:
            lines.append(
                {
                    "kind": each.table,
                    "id": each.mine,
                    "other_id": each.theirs,
                    "what": each.what,
                    "field": each.field,
                    "since": each.since,
                    "here": plain(told.here),
                    "there": plain(told.there),
                    "name": plain(told.thing),
                    "taken": each in chosen,
                }
            )
        else:
            put("\t".join(("+" if each in chosen else "·", told.thing, told.field, told.here, told.there, told.remark)))
    if options.json:
        put_json({"related": both.found.related, "dry_run": options.dry_run, "differences": lines})
