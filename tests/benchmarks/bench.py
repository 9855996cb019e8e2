"""How fast it is, as ratios within one run: `make bench`, or `python tests/benchmarks/bench.py`. Each is the
median of pairs measured in turn.

A goal that is missed is marked, and makes the exit code 1: machines differ, ratios on one machine hardly do.
"""

# ruff: noqa: E402

import os
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path
from statistics import median
from urllib.parse import quote

ROOT = Path(__file__).parents[2]
os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(ROOT))

import answering
import catalog as catalog_bench
import customers
import desk
import feed
import importing
import people
import printing
import safety
import server
from measuring import missed, process, rounds, show, timed
from shops import new_shop
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from desktop import config
from desktop.data import triggers
from desktop.data.database import Database
from desktop.data.migrations.upgrade import create_sqlite
from desktop.data.models import Product
from desktop.data.search import fold
from desktop.exchange import qr_sheet
from desktop.services import catalog, finder, links, placeholders, replies
from desktop.services.targets import Coded

COUNT = 10_000

ACTS = (
    *("profile, opened", "quick replies, opened", "links, opened", "settings, opened", "home, opened"),
    *("any of these again", "first results of a search", "the slowest of them", "another language, at the catalog"),
)


def start(shop: Path) -> None:
    """Measure how a window comes up, against one with nothing in it: in English, and in Arabic to the first paint."""
    assert "PySide6" not in sys.modules, "the memory of a window would be shared with this process"
    kinds = ("bare", "painted", "usable")
    starts = [partial(started, kind, shop) for kind in kinds]
    bare, painted, usable = rounds(15, *starts)
    show("bare Qt window, painted", bare[0])
    show(f"first paint with {COUNT:,} items", *painted, 1.5)
    show("catalog idle and usable", *usable, 4)
    config.change(language="ar", digits="arab")
    _bare, painted, usable = rounds(15, *starts)
    show("first paint, in Arabic", *painted, 1.5)
    show("catalog idle and usable, in Arabic", *usable, 4)
    config.change(language="en", digits="latn")
    if Path("/proc/self/smaps_rollup").exists():
        bare, painted, usable = rounds(5, *(partial(memory, kind, shop) for kind in kinds))
        show("bare Qt window, memory (PSS)", bare[0], unit="MiB")
        show("first paint, memory (PSS)", *painted, unit="MiB")
        show("catalog usable, memory (PSS)", *usable, 2.2, unit="MiB")


def started(kind: str, shop: Path) -> float:
    """Return how long a process takes to its end, in ms, at a shop that was closed: else it would be looked through."""
    Database(shop).close()
    return timed(partial(process, kind, "time", shop))


def memory(kind: str, shop: Path) -> float:
    """Return the proportional memory of a process as it ends, in MiB."""
    return int(process(kind, "memory", shop)) / 1024


def acts(shop: Path) -> None:
    """Measure what an owner does most in the window, to the end of the painting."""
    columns = zip(*([float(line) for line in process("acting", "time", shop).split()] for _ in range(5)), strict=True)
    for what, spans in zip(ACTS, columns, strict=True):
        show(what, median(spans), most=16 if what.startswith("first results") else 0)


def saves(shop: Path) -> None:
    """Measure a field that is saved, with its history and without, in turn."""
    original = triggers.journal_writes
    shops = []
    for kind in ("without", "with"):
        if kind == "without":
            triggers.journal_writes = lambda connection: connection.execute(triggers.RUNNING)
        shops.append(Database(Path(shutil.copy(shop, shop.with_name(f"{kind}.dukkan")))))
        shops[-1].run("Open", catalog.update_product, 1, price=1)  # connects, with its triggers or without
        triggers.journal_writes = original
    step = iter(range(1_000_000))

    def save(database: Database) -> float:
        return timed(lambda: database.run("Price", catalog.update_product, 5, price=200 + next(step)))

    raise_all = update(Product).values(price=Product.price + 1)

    def bulk(database: Database) -> float:
        return timed(lambda: database.run("Raise", lambda session: session.execute(raise_all)))

    without, recorded = rounds(150, *(partial(save, database) for database in shops))
    show("a field saved, without history", without[0])
    show("a field saved, with history", *recorded, 2, 30)
    without, recorded = rounds(5, *(partial(bulk, database) for database in shops))
    show(f"price of {COUNT:,} items, without history", without[0])
    show(f"price of {COUNT:,} items, with history", *recorded)
    undone = timed(shops[1].undo)
    show("its undo", undone, undone / recorded[0])
    for database in shops:
        database.close()


def searches(shop: Path) -> None:
    """Measure searches, against reading every row."""
    database = Database(shop, read_only=True)
    scan = text("SELECT id FROM product WHERE instr(search_key, :word) ORDER BY sort_key, id")
    for kind, typed in (
        ("common", "كعك"),
        ("rare", "9123"),
        ("two words", "cake 77"),
        ("one letter", "ك"),
        ("none", "zzz"),
    ):
        folded = fold(typed)
        with database.reader() as session:
            _, found = rounds(
                15,
                partial(timed, lambda word=folded: session.execute(scan, {"word": word}).all()),  # type: ignore[misc]
                partial(timed, lambda word=typed: catalog.find_products(session, word, 200)),  # type: ignore[misc]
            )
        show(f"first 200 of a search: {kind}", *found)
    database.close()


def reply_searches(folder: Path) -> None:
    """Measure what the palette finds, and what the page of the quick replies lists, among 1,000 of them."""
    path = folder / "replies.dukkan"
    create_sqlite(path)
    database = Database(path)

    def fill(session: Session) -> None:
        for number in range(1_000):
            text = f"أهلًا {{customer|بكم}}، السعر {number} والتوصيل غدًا. Delivery takes a day. " * 4
            replies.add_reply(session, f"reply{number}", text, keywords="سعر, price, توصيل")

    database.run("Fill", fill)
    for typed in ("", "توصيل", "reply99", "zzz"):
        with database.reader() as session:
            (found,) = rounds(15, partial(timed, partial(finder.find_everything, session, typed)))
            (listed,) = rounds(15, partial(timed, partial(replies.list_replies, session, typed)))
        show(f"1,000 replies, in the palette: {typed or 'nothing typed'}", found[0], most=16)
        show(f"1,000 replies, on their page: {typed or 'nothing typed'}", listed[0], most=16)
    text = "أهلًا {customer|بكم}، {quantity:one=علبة|other=# علب} " * 1_400
    values = {"customer": "نورة", "quantity": "3"}
    show("70,000 letters filled", rounds(5, partial(timed, partial(placeholders.fill, text, values)))[0][0], most=100)
    database.close()


def link_building() -> None:
    """Measure links, against the bare quoting of their text."""
    texts = [f"أرغب في طلب: علبة هدايا وردية ({i})" for i in range(100_000)]
    quoted, made = rounds(
        3,
        lambda: timed(lambda: [quote(t, safe="") for t in texts]),
        lambda: timed(lambda: [links.chat_link("971501234567", t) for t in texts]),
    )
    show("100,000 texts quoted", quoted[0])
    show("100,000 chat links", *made, most=1000)


def qr_sheets() -> None:
    """Measure 500 QR codes as one sheet to print, of Arabic texts as long as they are."""
    texts = [f"مرحبًا، أريد أن أطلب: علبة هدايا وردية {i} (BAG-{i:04})" for i in range(500)]
    coded = [Coded(links.chat_link("971501234567", t), t[23:], "60 د.إ بدلًا من 75 د.إ", "") for t in texts]
    show("500 QR codes as one PDF", timed(lambda: qr_sheet.pdf(qr_sheet.Sheet("بيت الهدايا", coded, "ar"))), most=2000)


def taken_in() -> None:
    """Measure pictures that are taken in, against Pillow."""
    import pictures  # and Qt with it: not before the memory of windows is measured, which would be shared with this

    found = pictures.throughput()
    (_name, base), (one, once), (two, twice) = found.items()
    show(one, 1000 / (base * once), once, least=1.5)
    show(two, 1000 / (base * twice), twice, least=2.5)


def main() -> int:
    """Measure everything and return 1 if a goal was missed."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        os.environ["DUKKAN_HOME"] = str(folder / "home")
        shop = new_shop(folder / "bench.dukkan", COUNT)
        start(shop)
        acts(shop)
        desk.measure(show, shop)
        answering.measure(show)
        saves(shop)
        searches(shop)
        reply_searches(folder)
        link_building()
        qr_sheets()
        taken_in()
        catalog_bench.measure(folder)
        people.measure(show, folder)
        customers.compare(show, folder)
        safety.measure(show, folder)
        feed.measure(folder)
        importing.measure(folder)
        printing.measure(show)
        server.measure(show, folder, shop)
    if missed:
        print("Missed:", ", ".join(missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
