"""`dukkan import-customers SHOP FILE…`: customers from contact cards, address books and other programs' tables."""

import argparse
import gc
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.cli.import_ import COUNTS, conclude, read_file, reading, write_problems
from desktop.cli.parsing import add_json, add_shop, check_ending, to_write
from desktop.cli.shops import opened
from desktop.i18n import N_, _, language

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desktop.exchange.contacts import Contacts
    from desktop.exchange.importing import Report
    from desktop.exchange.importing_customers import Plan, Rules


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser)
    files = _(
        "contact cards (.vcf), or tables (CSV, XLSX) of Google Contacts, Outlook, HubSpot, Salesforce or your own"
    )
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+", help=files)
    parser.add_argument("--mapping", metavar="FILE", type=Path, help=_("a JSON file with the field of each column"))
    parser.add_argument(
        "--found",
        choices=("update", "skip", "new"),
        default="update",
        help=_("what is done with customers of the shop (update)"),
    )
    parser.add_argument("--by-name", action="store_true", help=_("take who has the very same name for the same person"))
    parser.add_argument(
        "--labels",
        choices=("known", "all", "none"),
        default="known",
        help=_("which labels of the files are put on: those of the shop (known)"),
    )
    parser.add_argument("--dry-run", action="store_true", help=_("write nothing, and tell what would change"))
    parser.add_argument(
        "--problems", metavar="FILE.csv", type=to_write, help=_("write the rows with problems into a table to mend")
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Import the files in one action, tell what became of them, and return PROBLEMS if not all was taken."""
    if options.problems:
        check_ending(options.problems, ".csv")
    from desktop.exchange.contact_rows import table_to_mend
    from desktop.exchange.importing_customers import Rules

    gc.disable()  # nothing of an import goes round in circles, and looking for that takes time
    columns = _columns(options.mapping)
    sources = [_read(path, columns) for path in options.files]
    rules = Rules(options.found, options.by_name, options.labels)
    with opened(options.shop, read_only=options.dry_run) as database:
        if options.dry_run:
            with database.reader() as session:
                plans = _plan(session, sources, rules)
        else:
            plans = database.run(N_("Import customers"), _carry_out, sources, rules)
    if options.problems:
        found = [(plan.contacts, plan.report.problems) for plan in plans]
        write_problems(options.problems, [(table_to_mend(*each), each[1]) for each in found])
    return conclude(_told(plans), options.json)


def _read(path: Path, columns: dict[str, str] | None) -> "Contacts":
    from desktop.exchange.contact_files import read_contacts

    with reading(path):
        return read_contacts(path, language(), columns)


def _columns(path: Path | None) -> dict[str, str] | None:
    from desktop.exchange.contact_tables import load_columns

    if path is None:
        return None
    read_file(path)
    return load_columns(path)


def _plan(session: "Session", sources: "Sequence[Contacts]", rules: "Rules") -> "list[Plan]":
    from desktop.exchange.importing_customers import plan_import

    return [plan_import(session, source, rules) for source in sources]


def _carry_out(session: "Session", sources: "Sequence[Contacts]", rules: "Rules") -> "list[Plan]":
    """Import one file after the other, so that a later one may say more of somebody."""
    from desktop.exchange.importing_customers import carry_out, plan_import

    plans: list[Any] = []
    for source in sources:
        plans.append(plan_import(session, source, rules))
        carry_out(session, plans[-1])
    return plans


def _told(plans: "list[Plan]") -> "Report":
    """Return one report of several files."""
    from desktop.exchange.importing import Report

    reports = [plan.report for plan in plans]
    return Report(
        **{name: sum(getattr(report, name) for report in reports) for name in COUNTS},
        problems=[problem for report in reports for problem in report.problems],
    )
