"""`dukkan export SHOP FORMAT --out PATH`: the catalog, the replies, the customers, a day's work, or the whole shop."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.cli.failures import DONE, USAGE, Failure
from desktop.cli.output import plain, put, put_json, say
from desktop.cli.parsing import add_json, add_shop, check_ending, day, to_write
from desktop.cli.shops import note_export, reading
from desktop.i18n import LANGUAGES, N_, _, formats

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FORMATS = {  # what can be written: each is made by the form of that name in exchange.publish, replies by their own
    "feed": N_("a table for Meta's Commerce Manager and Google"),
    "upload": N_("a folder for your website: the feed, its pictures, and what to do with them"),
    "site": N_("a web page, in a folder"),
    "pdf": N_("a catalog to print or to send"),
    "text": N_("messages for a chat, in a .txt file or in a folder with the pictures"),
    "xlsx": N_("a spreadsheet to work in"),
    "json": N_("the whole shop"),
    "shop": N_("the whole shop with its pictures, in a folder"),
    "replies": N_("a table of the quick replies"),
    "vcard": N_("the customers as contact cards, for a phone or an address book"),
    "customers": N_("the customers as a table, .csv or .xlsx"),
    "preparation": N_("what is to be made ready on a day, as a PDF to print"),
    "ics": N_("what is due, for a calendar: follow-ups, bookings and orders"),
}
PIPED = ("feed", "text", "json", "replies", "vcard", "customers", "ics")  # what can be written to standard output
PEOPLE = ("vcard", "customers")
FEEDS = ("csv", "tsv", "xlsx", "xml")
BOTH = "both"
ENDINGS = {  # of the file that each format is; those that are missing here are folders
    "feed": tuple(f".{each}" for each in FEEDS),
    "pdf": (".pdf",),
    "text": (".txt",),
    "xlsx": (".xlsx",),
    "json": (".json",),
    "replies": (".csv",),
    "vcard": (".vcf",),
    "customers": (".csv", ".xlsx"),
    "preparation": (".pdf",),
    "ics": (".ics",),
}
OPTIONS = {  # the options of the command that each format takes, beside --out and --json
    "feed": ("format", "base_url", "content_lang", "prices", "collection"),
    "upload": ("base_url", "prices", "collection"),
    "site": ("base_url", "content_lang", "prices", "collection"),
    "pdf": ("content_lang", "prices", "collection"),
    "text": ("content_lang", "prices", "collection"),
    "xlsx": ("content_lang", "prices", "collection"),
    "json": (),
    "shop": (),
    "replies": (),
    "vcard": (),
    "preparation": ("day", "content_lang"),
    "customers": ("format",),
    "ics": (),
}

AS_IT_IS = {"json": (("prices", "retail"), ("content_lang", BOTH))}  # what such a file is anyhow


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser)
    kinds = "; ".join(f"{name}: {_(what)}" for name, what in FORMATS.items())
    parser.add_argument("kind", metavar="FORMAT", choices=FORMATS, help=kinds)
    parser.add_argument(
        "--out",
        metavar="PATH",
        type=_out,
        required=True,
        help=_("the file or folder to write, or - for standard output"),
    )
    parser.add_argument(
        "--format", choices=FEEDS, help=_("of a feed or a table of customers; else the ending of the file says it")
    )
    parser.add_argument("--base-url", metavar="URL", help=_("where the pictures or the web page will be found"))
    languages = (*LANGUAGES, BOTH)
    parser.add_argument("--content-lang", choices=languages, help=_("the language of what is written"))
    parser.add_argument(
        "--prices", metavar="PRICES", type=_prices, help=_("retail, none, or a percentage to add: -15%%")
    )
    parser.add_argument("--collection", metavar="NAME", action="append", help=_("only this one; may be repeated"))
    parser.add_argument("--day", metavar="DATE", type=day, help=_("of a preparation list: 2026-12-31 (today)"))
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Write it, whole or not at all, note that in the shop, and tell what is worth knowing."""
    _check(options)
    _check_ending(options)
    out = None if options.out == "-" else Path(options.out)
    if options.kind == "preparation" and out is not None:
        return _run_preparation(options, out)
    if options.kind in PEOPLE:
        return _run_people(options, out)
    if options.kind == "ics":
        return _run_calendar(options, out)
    with reading(options.shop) as session:
        from desktop.services.profile import read_profile

        formats.configure(territory=read_profile(session).territory)
        how = _choice(session, options)
        if out is None:
            _pipe(session, options.kind, how)
            return DONE
        phone, items, remarks = _write(session, options.kind, out, how)
    note_export(options.shop, options.kind, out, how, phone, items)
    for remark in remarks:
        say(remark)
    return _tell(options, items=items, warnings=[plain(remark) for remark in remarks])


def _out(text: str) -> str:
    return text if text == "-" else str(to_write(text))


def _run_preparation(options: argparse.Namespace, out: Path) -> int:
    """Write the list of a day, which is no export that goes out of date. Raises Invalid where nothing is due."""
    from desktop.exchange.preparation import write_preparation
    from desktop.services.profile import read_profile
    from desktop.services.share import customers_language

    with reading(options.shop) as session:
        profile = read_profile(session)
        formats.configure(territory=profile.territory, zone=profile.time_zone)
        spoken = customers_language(profile) if options.content_lang in (None, BOTH) else options.content_lang
        count = write_preparation(session, out, options.day or formats.today(), spoken)
    return _tell(options, orders=count)


def _run_people(options: argparse.Namespace, out: Path | None) -> int:
    """Write the customers, which are no export that goes out of date."""
    from desktop.exchange.customers_file import write_customers
    from desktop.exchange.vcard_writing import write_vcards

    target = sys.stdout.buffer if out is None else out
    with reading(options.shop) as session:
        if options.kind == "vcard":
            count = write_vcards(session, target)
        else:
            is_workbook = options.format == "xlsx" or (not options.format and out and out.suffix.lower() == ".xlsx")
            count = write_customers(session, target, "xlsx" if is_workbook else "csv")
    return DONE if out is None else _tell(options, customers=count)


def _run_calendar(options: argparse.Namespace, out: Path | None) -> int:
    """Write what is due. It is of today, and so not noted in the shop."""
    with reading(options.shop) as session:
        from desktop.exchange.files import write_file
        from desktop.exchange.ics import EVENT, write_ics
        from desktop.services.profile import read_profile

        formats.configure(territory=read_profile(session).territory)
        written = write_ics(session)
        if out is None:
            sys.stdout.buffer.write(written)
            return DONE
        write_file(out, written)
    return _tell(options, items=written.count(EVENT))


def _tell(options: argparse.Namespace, warnings: Sequence[str] = (), **counts: int) -> int:
    """Say where it was written, in JSON how much that is too, and return that it is done."""
    path = str(Path(options.out))
    if options.json:
        put_json({"path": path, **counts, "warnings": list(warnings)})
    say(_("Written: {path}").format(path=formats.ltr(path)))
    return DONE


def _prices(text: str) -> str:
    """Read what --prices says as exchange.publish keeps it."""
    from decimal import Decimal, InvalidOperation

    typed = text.strip().removesuffix("%")
    if typed in ("retail", "none"):
        return typed
    try:
        if Decimal(typed).is_finite():
            return typed
    except InvalidOperation:
        pass
    raise argparse.ArgumentTypeError(_("prices are retail, none, or a percentage like -15%"))


def _check(options: argparse.Namespace) -> None:
    """Raise Failure for options that this format does not take: to overlook one would give out other prices."""
    given = ("format", "base_url", "content_lang", "prices", "collection", "day")
    for name in given:
        value = getattr(options, name)
        if value and name not in OPTIONS[options.kind] and (name, value) not in AS_IT_IS.get(options.kind, ()):
            message = _("{option} is not for {format}.")
            option = formats.ltr(f"--{name.replace('_', '-')}")
            raise Failure(USAGE, message.format(option=option, format=formats.ltr(options.kind)))
    if options.kind == "customers" and options.format not in (None, "csv", "xlsx"):
        message = _("{option} is not for {format}.")
        option = formats.ltr(f"--format {options.format}")
        raise Failure(USAGE, message.format(option=option, format=formats.ltr(options.kind)))
    if options.out == "-" and (options.kind not in PIPED or options.format == "xlsx" or options.json):
        message = _("{format} cannot be written to standard output this way: name a file.")
        raise Failure(USAGE, message.format(format=formats.ltr(options.kind)))


def _check_ending(options: argparse.Namespace) -> None:
    """Raise Failure where the name of the file promises another format than is written."""
    if options.out != "-":
        fits = (f".{options.format}",) if options.format else ENDINGS.get(options.kind, ())
        check_ending(Path(options.out), *fits, folder=options.kind == "text" or not fits)


def _choice(session: "Session", options: argparse.Namespace) -> dict[str, Any]:
    """Return what was chosen, as exchange.publish keeps it. Raises Invalid and NotFound."""
    from desktop.exchange.publish_choice import choice_of
    from desktop.services.collections import find_collection
    from desktop.services.profile import read_profile
    from desktop.services.share import customers_language

    how: dict[str, Any] = {}
    if options.content_lang == BOTH:
        own = customers_language(read_profile(session))
        how["languages"] = list(dict.fromkeys([own, *LANGUAGES]))
    elif options.content_lang:
        how["languages"] = [options.content_lang]
    if options.collection:
        how["collections"] = [find_collection(session, name) for name in options.collection]
    for name in ("prices", "base_url", "format"):
        if value := getattr(options, name):
            how[name] = value
    choice_of(how)  # which complains
    return how


def _write(session: "Session", kind: str, out: Path, how: Mapping[str, Any]) -> tuple[str, int, Sequence[str]]:
    """Write it and return the shop's number that is in it, or "", how many items, and what is worth knowing."""
    if kind == "replies":
        from desktop.exchange.remake import of_replies
        from desktop.exchange.replies_file import write_replies

        write_replies(session, out)
        return (*of_replies(session), [])
    from desktop.data.many import silent
    from desktop.exchange.publish import form_of

    form = form_of(kind)
    assert form is not None
    made = form.make(session, out, how, silent)
    return made.phone, made.items, made.remarks


def _pipe(session: "Session", kind: str, how: Mapping[str, Any]) -> None:
    """Write it to standard output."""
    if kind == "feed":
        from desktop.data.many import silent
        from desktop.exchange.publish import make_feed

        for remark in make_feed(session, sys.stdout.buffer, how, silent).remarks:
            say(remark)
    elif kind == "replies":
        from desktop.exchange.replies_file import write_replies

        write_replies(session, sys.stdout.buffer)
    elif kind == "json":
        from desktop.exchange.shop_json import read_shop

        put_json(read_shop(session))
    else:
        from desktop.exchange.chat_text import BETWEEN, messages
        from desktop.exchange.offer import read_offer
        from desktop.exchange.publish_choice import choice_of

        for line in BETWEEN.join(messages(read_offer(session, choice_of(how)))).split("\n"):
            put(line)
