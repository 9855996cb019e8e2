"""`dukkan phone SHOP`: what is written in the shop and is not on the phone yet."""

import argparse

from desktop.cli.failures import DONE
from desktop.cli.output import put, put_json, say
from desktop.cli.parsing import add_json, add_shop
from desktop.cli.shops import reading
from desktop.i18n import bidi, formats


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print what is to be done on the phone, in its order: with --json objects, else lines of title and text."""
    from desktop.services.phone_copy import changes, entries
    from desktop.services.profile import read_profile

    with reading(options.shop) as session:
        profile = read_profile(session)
        formats.configure(territory=profile.territory, zone=profile.time_zone)
        found = [entry for entry in entries(session, formats.now()) if entry.is_pending]
    rows = [
        {
            "model": entry.model,
            "id": entry.row_id,
            "field": entry.field,
            "title": bidi.strip(": ".join(part for part in (entry.owner, entry.title) if part)),
            "text": bidi.strip(entry.shown),
            "state": entry.state,
        }
        for entry in found
    ]
    if options.json:
        put_json(rows)
    else:
        for row in rows:
            put(f"{row['title']}\t{row['text']}")
        say(changes(len(rows)))
    return DONE
