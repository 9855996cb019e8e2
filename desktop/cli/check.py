"""`dukkan check SHOP`: the whole shop, read from end to end."""

import argparse
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.cli.failures import BAD_DATA, DONE, PROBLEMS, Failure, code_of
from desktop.cli.output import plain, put_json, say
from desktop.cli.parsing import add_json, add_shop
from desktop.cli.shops import opened
from desktop.i18n import _, formats, ngettext

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Tell what is wrong with the shop, or how much is in it; what cannot be opened is told in JSON too."""
    details: list[str] = []
    try:
        with opened(options.shop, read_only=True) as database:
            if details := database.problems():
                raise _damaged(options.shop)
            with database.reader() as session:
                counts = _counts(session)
                problems = _pictures(session)
    except Exception as error:
        if options.json and code_of(error) is not None:
            more = {"details": details} if details else {}
            put_json({"ok": False, "problems": [plain(str(error))], **more})
        raise
    if options.json:
        put_json({"ok": not problems, "problems": [plain(problem) for problem in problems], **counts})
    if not problems:
        sentence = ngettext(
            "The shop is sound, with {n} item in its catalog.",
            "The shop is sound, with {n} items in its catalog.",
            counts["items"],
        )
        say(sentence.format(n=formats.number(counts["items"])))
        return DONE
    for problem in problems:
        say(problem)
    say(_("The shop is damaged. Restore it from a copy; what can still be read, “dukkan export” saves."))
    return PROBLEMS


def _damaged(shop: str) -> Failure:
    """Return the failure of a shop that the database finds something wrong with, in a sentence of ours."""
    message = _("{name} is damaged. Restore it from a copy; what can still be read, “dukkan export” saves.")
    return Failure(BAD_DATA, message.format(name=formats.auto(Path(shop).name)))


def _counts(session: "Session") -> dict[str, int]:
    from sqlalchemy import func, select

    from desktop.data.models import Blob, Collection, Customer, Product, Reply

    tables: dict[str, Any] = {"items": Product, "collections": Collection, "replies": Reply, "customers": Customer}
    tables["pictures"] = Blob
    return {name: session.scalar(select(func.count()).select_from(model)) or 0 for name, model in tables.items()}


def _pictures(session: "Session") -> list[str]:
    """Return the pictures whose bytes are not those that were stored: they are named by their digest."""
    from sqlalchemy import select

    from desktop.data.models import Blob

    broken = _("The picture {digest} is not as it was saved.")
    return [
        broken.format(digest=formats.ltr(digest[:12]))
        for digest, data in session.execute(select(Blob.sha256, Blob.data).execution_options(yield_per=20))
        if hashlib.sha256(data).hexdigest() != digest
    ]
