"""Any file that holds items, as a table: CSV, workbooks, feeds in XML, lists in JSON. What it is, its bytes say."""

from desktop.exchange.tables import BadTable, Table, read_table
from desktop.i18n import _, formats

WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
MARKUP = (b"<?xml", b"<rss", b"<feed", b"<channel", b"<products", b"<items", b"<catalog", b"<!doctype rss")
WEB_PAGE = (b"<!doctype html", b"<html")
LIST = (b"[", b"{")
LARGEST = 300_000_000  # bytes of a file


def read_source(data: bytes, language: str = "") -> Table:
    """Read a file; `language` is of the person whose older programs may have written it. Raises BadTable."""
    if len(data) > LARGEST:
        sentence = _("This file has {size}, more than any catalog. Split it, and import its parts.")
        raise BadTable(sentence.format(size=formats.file_size(len(data))))
    start = data[:1024].lstrip(b"\xef\xbb\xbf\xff\xfe\xfe\xff\0 \t\r\n")
    plain = start.replace(b"\0", b"").lower()
    if start.startswith(WORKBOOKS):
        from desktop.exchange.workbook import read_workbook

        return read_workbook(data)
    if plain.startswith(MARKUP) and not plain.startswith(WEB_PAGE):
        from desktop.exchange.xml_feed import read_xml

        return read_xml(data)
    if plain.startswith(LIST):
        from desktop.exchange.json_list import read_json

        return read_json(data)
    return read_table(data, language)
