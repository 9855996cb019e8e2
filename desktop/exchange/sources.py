"""Any file that holds items, as a table: CSV, workbooks, XML feeds, JSON lists, web pages. Its bytes say what it is."""

import re

from desktop.exchange.problems import BadTable
from desktop.exchange.tables import Table, read_table
from desktop.i18n import _, formats

WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
MARKUP = b"<"
EXCEL_XML = (b"urn:schemas-microsoft-com:office:spreadsheet", b'progid="excel.sheet"')
WEB_PAGE = (b"<!doctype html", b"<html")
PAGE = re.compile(rb"<(?:!doctype html|html|head|meta|body|table|div|style)\b")
TABLE = b"<table"
START = 4096  # bytes that say what a file is
HEAD = 1_000_000  # bytes in which a page has its table
LISTS = (b"[", b"{")
LARGEST = 200_000_000  # bytes of a file; 100,000 items have 60 million


def read_source(data: bytes, language: str = "", encoding: str = "", delimiter: str = "", sheet: str = "") -> Table:
    """Read a file; `language` is of the person whose older programs may have written it.

    The encoding of a text, what stands between its cells, and the sheet of a workbook are found out, and told by the
    table, if they are not said: a person who sees that they are wrong reads the file again by others. A saying that
    means nothing for such a file is passed over. Raises BadTable.
    """
    if len(data) > LARGEST:
        sentence = _("This file has {size}, more than any catalog. Split it, and import its parts.")
        raise BadTable(sentence.format(size=formats.file_size(len(data))))
    plain = data[:START].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").replace(b"\0", b"").lower()
    if data.startswith(WORKBOOKS):
        from desktop.exchange.workbook import read_workbook

        return read_workbook(data, sheet)
    if PAGE.match(plain) and TABLE in data[:HEAD].lower():
        from desktop.exchange.html_table import read_page

        return read_page(data, language, encoding)
    if plain.startswith(MARKUP) and any(mark in plain for mark in EXCEL_XML):
        from desktop.exchange.excel_xml import read_excel_xml

        return read_excel_xml(data, language, encoding, sheet)
    if plain.startswith(MARKUP) and not plain.startswith(WEB_PAGE):
        from desktop.exchange.xml_feed import read_xml

        return read_xml(data, language, encoding)
    if plain.startswith(LISTS):
        from desktop.exchange.json_list import read_json

        return read_json(data, language, encoding)
    return read_table(data, language, encoding, delimiter, titled=True)
