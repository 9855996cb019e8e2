"""Product feeds in XML as shops really publish them: RSS and Atom with Google's g: names, and plain lists."""

import re
from collections import Counter
from html import entities

from lxml import etree

from desktop.exchange.tables import BadTable, Problem, Table, table_of
from desktop.i18n import _

ENTRIES = ("item", "entry", "product", "offer")
GOOGLE = "http://base.google.com/ns/1.0"
KNOWN = ("amp", "lt", "gt", "quot", "apos")
BARE = re.compile(rb"&(?!(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)")
NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
ENCODING = re.compile(rb"""<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)""")
JOINED = ("additional_image_link",)  # columns of which an entry may have several


def read_xml(data: bytes) -> Table:
    """Return the entries of a feed, a column for each name; where g: and a plain element say the same, g: counts.

    A bare & and names of HTML such as &nbsp; are put right. What is still ill-formed is read as far as it goes, and
    told. Nothing outside the file is ever opened, and no entity is expanded. Raises BadTable.
    """
    warnings: list[Problem] = []
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, remove_pis=True
    )
    mended = _mended(data)
    try:
        root = etree.fromstring(mended, parser)
    except etree.XMLSyntaxError:
        root = _recovered(mended)
        warnings.append(Problem(1, "", "xml_recovered", _recovered_sentence(), warning=True))
    if root is None:
        raise BadTable(_("This XML file cannot be read. Fetch the feed again, or save your items as CSV."))
    if mended != data and not warnings:
        warnings.append(Problem(1, "", "xml_mended", _mended_sentence(), warning=True))
    found = [_cells(entry) for entry in _entries(root)]
    if not any(found):
        raise BadTable(_("This XML file has no items. A feed has them as <item> or <entry>."))
    columns = list(dict.fromkeys(name for cells in found for name in cells))
    return table_of([columns, *([cells.get(name, "") for name in columns] for cells in found)], warnings)


def _entries(root: etree._Element) -> list[etree._Element]:
    names = Counter(_name(element) for element in root.iter() if isinstance(element.tag, str))
    for name in ENTRIES:
        if names[name]:
            return [element for element in root.iter() if isinstance(element.tag, str) and _name(element) == name]
    return [element for element in root if len(element)]  # any list of things with parts


def _cells(entry: etree._Element) -> dict[str, str]:
    plain: dict[str, str] = {}
    google: dict[str, str] = {}
    for part in entry:
        if not isinstance(part.tag, str):
            continue
        name = _name(part)
        text = "".join(map(str, part.itertext())).strip() or (part.get("href") or "").strip()
        if not text or (len(part) and name not in ("description", "summary", "content", "title")):
            continue
        into = google if etree.QName(part).namespace == GOOGLE else plain
        if name in JOINED and name in into:
            into[name] = f"{into[name]},{text}"
        else:
            into.setdefault(name, text)
    return plain | google


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname.lower()


def _mended(data: bytes) -> bytes:
    """Return the file with bare & written as XML asks; bytes of files in 16 bits are left as they are."""
    if b"\0" in data[:200]:
        return data

    def named(found: re.Match[bytes]) -> bytes:
        name = found[1].decode()
        if name in KNOWN:
            return found[0]
        char = entities.html5.get(f"{name};")
        return "".join(f"&#{ord(c)};" for c in char).encode() if char else b"&amp;" + found[0][1:]

    pieces = re.split(rb"(<!\[CDATA\[.*?\]\]>)", data, flags=re.DOTALL)  # in which an & is itself
    return b"".join(
        piece if piece.startswith(b"<![CDATA[") else NAMED.sub(named, BARE.sub(b"&amp;", piece)) for piece in pieces
    )


def _recovered(data: bytes) -> etree._Element | None:
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _recovered_sentence() -> str:
    return _("This file is not well-formed XML. It was read as far as possible: check the number of items.")


def _mended_sentence() -> str:
    return _("This file is not quite well-formed XML (a bare & in a text). It was put right while reading.")
