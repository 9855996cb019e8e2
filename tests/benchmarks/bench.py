"""How fast it is, as ratios within one run: `make bench`, or `python tests/benchmarks/bench.py`. Times are medians.

A goal that is missed is marked, and makes the exit code 1: machines differ, ratios on one machine hardly do.
"""

# ruff: noqa: E402, S603, S608

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from urllib.parse import quote

ROOT = Path(__file__).parents[2]
os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(ROOT))

from sqlalchemy import insert, text, update

from desktop.data import triggers
from desktop.data.database import Database
from desktop.data.migrations.upgrade import create_sqlite
from desktop.data.models import Product
from desktop.data.position import after
from desktop.data.search import fold, search_key, sort_key
from desktop.services import catalog, links, profile

COUNT = 10_000
WORDS = ("bread", "cake", "tea", "coffee", "honey", "خبز", "كعك", "شاي", "قهوة", "عسل", "أرز", "زيت", "صابون", "قميص")

BARE = """
import os, sys; from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
a = QApplication([])
class W(QMainWindow):
    def paintEvent(self, e):
        super().paintEvent(e)
        {end}
w = W(); w.resize(1320, 840); w.setCentralWidget(QTableView()); w.show(); a.exec()"""
PAINTED = """
import os, sys; from pathlib import Path; from desktop import app
from desktop.ui.main_window import MainWindow
original = MainWindow.paintEvent
def painted(self, event):
    original(self, event)
    {end}
MainWindow.paintEvent = painted
app.run(Path(sys.argv[1]))"""
USABLE = """
import os, sys; from pathlib import Path; from PySide6.QtCore import QTimer; from desktop import app
from desktop.ui.main_window import MainWindow
original = MainWindow.set_database
def ready(self):
    page = self.page()
    if page and len(page.grid.cards.ids) == {count}:
        {end}
    else:
        QTimer.singleShot(1, lambda: ready(self))
def opened(self, database):
    self._page = "catalog"
    original(self, database)
    ready(self)
MainWindow.set_database = opened
app.run(Path(sys.argv[1]))"""
EXIT = "os._exit(0)"
PSS = """
        import re
        rollup = open("/proc/self/smaps_rollup").read()
        print(re.search(r"Pss:\\s+(\\d+)", rollup)[1], flush=True)
        os._exit(0)"""

missed: list[str] = []


def timed(work: Callable[[], object], times: int) -> float:
    """Return the median of several runs, in ms."""
    spans = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spans.append((time.perf_counter() - start) * 1000)
    return median(spans)


def process(code: str, shop: Path, times: int = 9) -> float:
    """Return how long a whole process takes, in ms."""

    def run() -> None:
        subprocess.run([sys.executable, "-c", code, str(shop)], cwd=ROOT, stderr=subprocess.DEVNULL, check=True)

    run()
    return timed(run, times)


def memory(code: str, shop: Path) -> float:
    """Return the proportional memory of a process as it ends, in MiB: the median of five."""
    command = [sys.executable, "-c", code, str(shop)]
    sizes = [
        int(subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout) for _ in range(5)
    ]
    return median(sizes) / 1024


def show(what: str, value: float, unit: str = "ms", base: float = 0, goal: float = 0, most: float = 0) -> None:
    """Print a line: a value, how many times a base it is, and whether that is within `goal` times and `most`."""
    ratio = f"{value / base:6.2f} ×" if base else ""
    wanted = " and ".join(
        part for part in (f"≤ {goal:g} ×" if goal else "", f"≤ {most:g} {unit}" if most else "") if part
    )
    late = (goal and value > goal * base) or (most and value > most)
    if late:
        missed.append(what)
    print(f"{what:<46} {value:10.2f} {unit:<4} {ratio:>9}  {wanted:<18} {'MISSED' if late else ''}", flush=True)


def fill(session: object) -> None:
    """Add items with names as shops have them."""
    blank = dict.fromkeys(["description", "currency", "link", "brand", "origin_country", "whatsapp_id", "extra"], "")
    blank |= {"version": 1, "hidden": False, "availability": "in stock", "condition": "new", "created_at": 0}
    rows, position = [], ""
    for i in range(COUNT):
        name = " ".join(WORDS[(i * p) % len(WORDS)] for p in (1, 5, 11)) + f" {i}"
        position = after(position)
        keys = {"search_key": search_key(name), "sort_key": sort_key(name), "position": position, "changed_at": 0}
        rows.append(blank | keys | {"code": f"C-{i}", "name": name, "price": 100 + i})
    session.execute(insert(Product), rows)  # type: ignore[attr-defined]


def new_shop(path: Path) -> Path:
    """Make a shop with many items."""
    create_sqlite(path)
    database = Database(path)
    database.run("Home", profile.update_profile, name="Bench", territory="AE", currency="AED", phone="+971501234567")
    database.run("Fill", fill)
    database.begin_history()
    database.close()
    return path


def start(shop: Path) -> None:
    """Measure how a window comes up, against one with nothing in it."""
    bare = process(BARE.format(end=EXIT), shop)
    show("bare Qt window, painted", bare)
    show(f"first paint with {COUNT:,} items", process(PAINTED.format(end=EXIT), shop), "ms", bare, 1.5)
    show("catalog idle and usable", process(USABLE.format(end=EXIT, count=COUNT), shop), "ms", bare, 4)
    if Path("/proc/self/smaps_rollup").exists():
        small = memory(BARE.format(end=PSS), shop)
        show("bare Qt window, memory (PSS)", small, "MiB")
        show("catalog usable, memory (PSS)", memory(USABLE.format(end=PSS, count=COUNT), shop), "MiB", small, 2.2)


def saves(shop: Path) -> None:
    """Measure a field that is saved, with its history and without, in turn."""
    original = triggers.sqlite_statements
    shops = {}
    for kind in ("without", "with"):
        if kind == "without":
            triggers.sqlite_statements = lambda: (s for s in original() if "TRIGGER" not in s)
        shops[kind] = Database(Path(shutil.copy(shop, shop.with_name(f"{kind}.dukkan"))))
        shops[kind].run("Open", catalog.update_product, 1, price=1)  # connects, with its triggers or without
        triggers.sqlite_statements = original
    step = iter(range(1_000_000))
    spans: dict[str, list[float]] = {"without": [], "with": []}
    for _ in range(151):
        for kind, database in shops.items():
            spans[kind].append(
                timed(lambda d=database: d.run("Price", catalog.update_product, 5, price=200 + next(step)), 1)  # type: ignore[misc]
            )
    one = {kind: median(values) for kind, values in spans.items()}
    show("a field saved, without history", one["without"])
    show("a field saved, with history", one["with"], "ms", one["without"], 2, 30)
    raise_all = update(Product).values(price=Product.price + 1)
    bulk = {
        kind: timed(lambda d=database: d.run("Raise", lambda s: s.execute(raise_all)), 5)  # type: ignore[misc]
        for kind, database in shops.items()
    }
    show(f"price of {COUNT:,} items, without history", bulk["without"])
    show(f"price of {COUNT:,} items, with history", bulk["with"], "ms", bulk["without"])
    show("its undo", timed(shops["with"].undo, 1), "ms", bulk["with"])
    for database in shops.values():
        database.close()


def searches(shop: Path) -> None:
    """Measure searches, against reading every row."""
    database = Database(shop, read_only=True)
    scan = text("SELECT id FROM product WHERE instr(search_key, :word) ORDER BY sort_key, id")
    for kind, typed in (("common", "كعك"), ("rare", "9123"), ("two words", "cake 77"), ("one letter", "ك"), ("none", "zzz")):
        with database.reader() as session:
            base = timed(lambda word=fold(typed): session.execute(scan, {"word": word}).all(), 15)  # type: ignore[misc]
            found = timed(lambda word=typed: catalog.find_products(session, word, 200), 15)  # type: ignore[misc]
        show(f"first 200 of a search: {kind}", found, "ms", base)
    database.close()


def link_building() -> None:
    """Measure links, against the bare quoting of their text."""
    texts = [f"أرغب في طلب: علبة هدايا وردية ({i})" for i in range(100_000)]
    base = timed(lambda: [quote(t, safe="") for t in texts], 3)
    took = timed(lambda: [links.chat_link("971501234567", t) for t in texts], 3)
    show("100,000 texts quoted", base)
    show("100,000 chat links", took, "ms", base, 0, 1000)


def main() -> int:
    """Measure everything and return 1 if a goal was missed."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        os.environ["DUKKAN_HOME"] = str(folder / "home")
        shop = new_shop(folder / "bench.dukkan")
        start(shop)
        saves(shop)
        searches(shop)
        link_building()
    if missed:
        print("Missed:", ", ".join(missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
