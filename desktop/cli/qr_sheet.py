"""`dukkan qr-sheet SHOP --where … --out FILE`: QR codes of many items, to print, as pictures or as drawings."""

import argparse

from desktop.cli.failures import DONE
from desktop.cli.output import put_json, say
from desktop.cli.parsing import add_json, add_shop, check_ending, to_write
from desktop.cli.shops import note_export, reading
from desktop.i18n import _, formats, ngettext


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser)
    parser.add_argument(
        "--where",
        metavar=_("CONDITION"),
        action="append",
        default=[],
        help=_("only these items: collection=NAME, on-sale, in-stock, code=CODE, search=WORDS…; may be repeated"),
    )
    parser.add_argument(
        "--out",
        metavar="FILE.pdf",
        type=to_write,
        required=True,
        help=_("a .pdf or .png file, or a folder for drawings"),
    )
    parser.add_argument("--columns", metavar="N", type=_columns, default=3, help=_("codes side by side, 1 to 8 (3)"))
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Write the codes of the items that customers see. Raises what `failures` knows: a condition without meaning."""
    check_ending(options.out, ".pdf", ".png", folder=True)
    from desktop.exchange import qr_sheet
    from desktop.exchange.files import write_file
    from desktop.exchange.remake import sheet_of
    from desktop.services.profile import read_profile

    how = {"terms": options.where, "columns": options.columns}
    with reading(options.shop) as session:
        profile = read_profile(session)
        formats.configure(territory=profile.territory)
        sheet = sheet_of(session, how)
    ending = options.out.suffix.lower()
    files = [options.out]
    kind = {".pdf": "qr_sheet", ".png": "qr_pages"}.get(ending, "qr_drawings")
    if ending == ".pdf":
        write_file(options.out, qr_sheet.pdf(sheet))
    elif ending == ".png":
        files = qr_sheet.write_pictures(sheet, options.out)
    else:
        files = qr_sheet.write_drawings(sheet.links, options.out)
    if ending in (".pdf", ".png") and (remark := qr_sheet.advice(sheet)):
        say(remark)
    count = len(sheet.links)
    note_export(options.shop, kind, options.out, how, profile.phone, count)
    if options.json:
        put_json({"codes": count, "files": [str(file) for file in files]})
    else:
        sentence = ngettext("{n} code is in {place}", "{n} codes are in {place}", count)
        say(sentence.format(n=formats.number(count), place=formats.ltr(str(options.out))))
    return DONE


def _columns(text: str) -> int:
    from desktop.exchange.qr_sheet import COLUMNS

    if not text.isdecimal() or not COLUMNS[0] <= int(text) <= COLUMNS[1]:
        raise argparse.ArgumentTypeError(_("columns are a number from 1 to 8"))
    return int(text)
