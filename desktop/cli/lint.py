"""`dukkan lint SHOP`: what Meta will refuse, cut short or warn of, before anything is uploaded; and how to mend it."""

import argparse
from typing import TYPE_CHECKING, Any

from desktop.cli.failures import BAD_DATA, DONE, PROBLEMS, Failure
from desktop.cli.output import command, plain, put, put_json, say
from desktop.cli.parsing import add_json, add_shop
from desktop.cli.shops import opened, reading
from desktop.i18n import N_, _, formats

if TYPE_CHECKING:
    from desktop.exchange.lint import Finding

WEIGHTS = {
    # TRANSLATORS: headings of lists of what is wrong with items.
    "refused": N_("Meta refuses"),
    "cut": N_("Meta cuts short"),
    "warned": N_("Meta may warn of"),
}


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser)
    parser.add_argument("--base-url", metavar="URL", default="", help=_("where the pictures and the web page will be"))
    parser.add_argument(
        "--fix",
        metavar="CAUSE[=VALUE]",
        help=_("mend all items of a cause at once, such as no-brand; without a value, with the one that is proposed"),
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Mend what is to be mended, then say what is wrong. PROBLEMS if there is anything that Meta refuses."""
    if options.fix:
        _fix(options.shop, options.fix)
    from desktop.exchange.lint import lint

    with reading(options.shop) as session:
        found = lint(session, options.base_url)
    refused = any(finding.cause.weight == "refused" for finding in found)
    if options.json:
        put_json({"ok": not refused, "findings": [_as_json(options.shop, finding) for finding in found]})
    else:
        weight = ""
        for finding in found:
            if finding.cause.weight != weight:
                weight = finding.cause.weight
                put(_(WEIGHTS[weight]))
            put(f"  {finding.cause.message}")
            put(f"    {_remedy(options.shop, finding)}")
            for item in finding.items:
                put("\t".join(("", item.code, item.name)))
    if not found:
        say(_("Meta will take every item."))
    return PROBLEMS if refused else DONE


def _fix(shop: str, wanted: str) -> None:
    from desktop.services.problems import KINDS, mend, mended, proposal

    kind, equals, value = wanted.partition("=")
    remedy = KINDS[kind].remedy if kind in KINDS else None
    if remedy is None:
        known = formats.listing([name for name, about in KINDS.items() if about.remedy])
        raise Failure(BAD_DATA, _("This cannot be mended all at once. What can: {causes}").format(causes=known))
    with opened(shop) as database:
        with database.reader() as session:
            typed = value if equals else proposal(session, kind)
        say(mended(kind, database.run(remedy.title, mend, kind, typed)))


def _remedy(shop: str, finding: "Finding") -> str:
    """Say how to mend it."""
    if problem := finding.problem:
        if remedy := problem.remedy:
            value = "=VALUE" if remedy.asks else ""
            typed = command("lint", shop, "--fix", f"{problem.kind}{value}")
            return _("To mend them all: {command}").format(command=typed)
        terms = [word for term in problem.search.terms for word in ("--where", term)]
        return _("To see them: {command}").format(command=command("find", shop, "catalog", *terms))
    sentence = _("Correct the column {column} of these items, in their further fields or in the file they came from.")
    return sentence.format(column=formats.ltr(finding.cause.column))


def _as_json(shop: str, finding: "Finding") -> dict[str, Any]:
    cause = finding.cause
    return {
        "column": cause.column,
        "code": cause.code,
        "kind": cause.kind or None,
        "weight": cause.weight,
        "count": cause.count,
        "message": plain(cause.message),
        "fix": plain(_remedy(shop, finding)),
        "items": [{"id": one.item, "code": one.code, "name": one.name} for one in finding.items],
    }
