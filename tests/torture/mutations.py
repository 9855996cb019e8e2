"""Files that are damaged at random, and read: what comes of it is a table and a feed, or one sentence."""

import os
import random
import time
from functools import cache
from io import BytesIO
from unittest import mock

from desktop.exchange import workbook
from desktop.exchange.contact_cells import read_contact
from desktop.exchange.contact_tables import read_people
from desktop.exchange.mapping import read_items
from desktop.exchange.recognise import recognise
from desktop.exchange.sources import read_source
from desktop.exchange.tables import BadTable
from desktop.exchange.vcard import read_vcards
from tests.torture import samples
from tests.torture.nursery import Nursery

READERS = (  # samples that are kept in the same way, and begin with the same reader
    {
        "csv": samples.CSV,
        "csv-1256": samples.CSV.decode().encode("cp1256"),
        "shopify": samples.SHOPIFY,
        "woocommerce": samples.WOOCOMMERCE,
        "square": samples.SQUARE,
        "wix": samples.WIX,
    },
    {"page": samples.PAGE, "rss": samples.RSS, "excel-xml": samples.EXCEL_XML},
    {"json": samples.JSON},
    {"xlsx": samples.xlsx(), "ods": samples.ods(), "xls": samples.xls()},
)
SAMPLES = {kind: sample for kinds in READERS for kind, sample in kinds.items()}
PEOPLE = {"vcard": samples.VCARD, "contacts": samples.CONTACTS}
# What breaks files in practice, and what has a meaning in one of the formats.
PIECES = (
    *(
        b"",
        b"\0",
        b"\r",
        b"\n",
        b'"',
        b"'",
        b",",
        b";",
        b"\t",
        b"\\",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xc3",
        b"\xed\xa0\x80",
    ),
    *(
        b"<",
        b">",
        b"&",
        b"</",
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"&#0;",
        b"&nbsp;",
        b"&lol;",
        b"<item>",
        b"</item>",
        b"<p>",
    ),
    *(b"{", b"}", b"[", b"]", b":", b"null", b"1e999", b"NaN", b'"\\ud800"', b"-1", b"9" * 30, b'r="XFD1048576"'),
    *("\u202e".encode(), "٣".encode(), "ـ".encode(), b"variation", b"id:9", b"sep=;\n", b"# ", b"=1+1", b"true"),
)
parts_of = cache(samples.parts_of)  # the samples are few


def mutated(sample, chance):
    """Return a file with up to six places changed: bytes flipped, cut out, doubled, or pieces put in."""
    if sample.startswith(b"PK") and chance.random() < 0.7:  # inside, since any damage to an archive is found at once
        parts = parts_of(sample)
        name = chance.choice(sorted(parts))
        return samples.zipped({**parts, name: mutated(parts[name], chance)})
    data = bytearray(sample)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(data) + 1)
        far = min(place + int(chance.expovariate(0.2)), len(data))
        kind = chance.random()
        if kind < 0.3:
            data[place:far] = chance.choice(PIECES)
        elif kind < 0.6 and place < len(data):
            data[place] = chance.randrange(256)
        elif kind < 0.8:
            data[place:place] = data[place:far] * chance.randint(1, 4)
        else:
            del data[place : far if kind < 0.95 else len(data)]
    return bytes(data)


def read(data, language):
    """Read a file as the import does, and look at everything that came of it; True if it was taken."""
    try:
        table = read_source(data, language)
        feed = read_items(table, recognise(table))
    except BadTable:
        return False
    check_table(table)
    for number, cells in feed.rows:
        assert number > 0
        assert all(isinstance(name, str) and isinstance(cell, str) for name, cell in cells.items())
    assert feed.ways.keys() <= {number for number, _cells in feed.rows}
    for problem in feed.problems:
        problem.message.encode()
        assert problem.row
        assert problem.code
    return True


def read_contacts(data, language):
    """Read a file of people as their import does, and look at everything that came of it; True if it was taken."""
    try:
        if b"VCARD" in data[:200]:
            contacts = read_vcards(BytesIO(data), language)
        else:
            contacts = read_people(read_source(data, language))
    except BadTable:
        return False
    problems = []
    for contact in contacts:
        cells = read_contact(contact, "AE", problems)
        assert cells.values or cells.instead
        "".join(str(value) for value in cells.values.values()).encode()
        assert "\0" not in str(cells.values)
    for problem in [*contacts.problems, *problems]:
        problem.message.encode()
    return True


def check_table(table):
    """Check what every reader promises of its table."""
    assert table.header
    assert len({name.casefold() for name in table.header}) == len(table.header)
    for number, row in table.rows:
        assert number > 1
        assert len(row) == len(table.header)
        text = "".join(row)
        assert "\0" not in text
        text.encode()  # no halves of characters


def a_seed():
    """Return the SEED that is asked for, or one that was never tried: what fails names it."""
    return int(os.environ.get("SEED", 0)) or time.time_ns()


def torture(kind, seed, count):
    """Read `count` mutations of a sample; what fails says how to make it again. Return how many were taken."""
    if kind == "xls":
        with Nursery() as nursery, mock.patch.object(workbook, "_read_apart", nursery.read_apart):
            return _torture(kind, seed, count)
    return _torture(kind, seed, count)


def _torture(kind, seed, count):
    chance = random.Random(f"{kind} {seed}")
    taken = 0
    for number in range(count):
        data = mutated({**SAMPLES, **PEOPLE}[kind], chance)
        try:
            taken += (read_contacts if kind in PEOPLE else read)(data, "ar" if number % 2 else "en")
        except Exception as error:
            error.add_note(f"kind {kind!r}, seed {seed}, mutation {number}: {data!r}")
            raise
    return taken
