"""`dukkan link`: a WhatsApp link on standard output, alone, and its QR code in a file."""

import argparse
from pathlib import Path

from desktop.cli.failures import DONE
from desktop.cli.output import put_json, say
from desktop.cli.parsing import add_json, add_shop
from desktop.cli.shops import note_export, reading
from desktop.i18n import _


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser, optional=True)
    text = _("where a number without country code is from")
    parser.add_argument("--phone", metavar="N", help=_("the phone number, if it is not the shop's"))
    parser.add_argument("--territory", metavar="AE", default="", type=str.upper, help=text)
    parser.add_argument("--text", default="", metavar="T", help=_("what the customer has ready to send"))
    target = parser.add_mutually_exclusive_group()
    target.add_argument("--catalog", action="store_true", help=_("lead to the catalog of the number"))
    target.add_argument("--item", metavar="CODE", help=_("lead to this item of the shop, or to a chat that orders it"))
    parser.add_argument("--compat", action="store_true", help=_("write the longer form, for old programs"))
    parser.add_argument(
        "--qr", metavar="FILE", type=_qr_file, help=_("draw the QR code too, into an .svg or .png file")
    )
    add_json(parser)
    parser.set_defaults(parser=parser)


def run(options: argparse.Namespace) -> int:
    """Print the link. Raises what `failures` knows: a wrong phone number, an item that is not there."""
    from desktop.services.codes import check_code

    check_code("territory", options.territory)
    if not options.shop and not options.phone and (options.catalog or not options.text):
        options.parser.error(_("name a shop, or a phone number with --phone, or a text with --text"))
    if options.item == "":
        options.parser.error(_("say which item: --item CODE"))
    if options.item and not options.shop:
        options.parser.error(_("an item is looked up in a shop: name the shop too"))
    if options.text and options.catalog:
        say(_("The link of a catalog carries no text, so the text was left out."))
    url = _shop_link(options) if options.shop else _free_link(options)
    if options.qr:
        _draw(url, options.qr)
        if options.shop:
            _note(options, url)
    if options.json:
        put_json({"url": url})
    else:
        print(url)
    return DONE


def _shop_link(options: argparse.Namespace) -> str:
    from desktop.services.catalog import find_by_code
    from desktop.services.errors import Invalid
    from desktop.services.links import chat_link, item_link
    from desktop.services.phones import parse_phone
    from desktop.services.profile import read_profile
    from desktop.services.share import order_text

    with reading(options.shop) as session:
        profile = read_profile(session)
        territory = options.territory or profile.territory
        if not (options.phone or profile.phone):
            raise Invalid(
                "phone", _("The shop has no phone number yet. Add it in the business profile, or use --phone.")
            )
        if options.item is None:
            return _link(options, options.phone or f"+{profile.phone}", territory)
        product = find_by_code(session, options.item)
        phone = parse_phone(options.phone, territory) if options.phone else profile.phone
        if product.whatsapp_id and not options.text:
            return item_link(product.whatsapp_id, phone)
        return chat_link(phone, options.text or order_text(product, profile), options.compat)


def _free_link(options: argparse.Namespace) -> str:
    """Return the link of no shop: to a number, or else to whomever the one who opens it chooses."""
    from desktop.services.links import contact_link

    if options.phone:
        return _link(options, options.phone, options.territory)
    return contact_link(options.text, options.compat)


def _link(options: argparse.Namespace, typed: str, territory: str) -> str:
    from desktop.services.links import catalog_link, chat_link
    from desktop.services.phones import parse_phone, warning

    phone = parse_phone(typed, territory)
    if remark := warning(phone):
        say(remark)
    return catalog_link(phone) if options.catalog else chat_link(phone, options.text, options.compat)


def _qr_file(name: str) -> Path:
    path = Path(name)
    if path.suffix.lower() not in (".svg", ".png"):
        raise argparse.ArgumentTypeError(_("the name of the file ends in .svg or .png"))
    return path


def _draw(url: str, path: Path) -> None:
    from desktop.exchange import qr
    from desktop.exchange.files import write_file
    from desktop.exchange.remake import code_file

    code = qr.make(url)
    write_file(path, code_file(code, path.suffix))
    if code.warning:
        say(code.warning)


def _note(options: argparse.Namespace, url: str) -> None:
    """Note the code in the shop: what it leads to, and whether that is the shop's own number."""
    from desktop.services.catalog import find_by_code
    from desktop.services.new_number import mentions
    from desktop.services.phones import parse_phone
    from desktop.services.profile import read_profile

    with reading(options.shop) as session:
        profile = read_profile(session)
        target = find_by_code(session, options.item).id if options.item else None
    kind = "catalog" if options.catalog else "item" if options.item else "chat"
    how = {"kind": kind, "target": target, "text": options.text, "compat": options.compat}
    if options.phone:
        how["phone"] = parse_phone(options.phone, options.territory or profile.territory)
    own = profile.phone if mentions(url, profile.phone) else ""
    note_export(options.shop, "qr", options.qr, how, own, 1)
