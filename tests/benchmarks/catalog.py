"""How fast the catalog is at 1,000, 10,000 and 100,000 items: in the window, and changed as a whole.

`bench.py` calls `measure`; by itself, `python tests/benchmarks/catalog.py` measures the catalog alone.
"""

import os
import sys
import tempfile
from decimal import Decimal
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from measuring import missed, process, row, show, timed
from shops import new_shop
from sqlalchemy import update

from desktop.data import triggers
from desktop.data.database import Database
from desktop.data.models import Product
from desktop.services.reprice import Reprice, reprice
from desktop.services.where import Search, find

SIZES = (1_000, 10_000, 100_000)
GROWTH = {"opened, first cards painted": 1.2}  # how many times the smallest the largest may take
MOST = {  # ms
    **dict.fromkeys(("painted: common word", "painted: Arabic word", "painted: rare word"), 16),
    **dict.fromkeys(("painted: one letter", "painted: two letters, nothing found"), 150),
    **dict.fromkeys(("the window held up: one letter", "the window held up: two letters, nothing found"), 16),
    **dict.fromkeys(("a frame of scrolling, p95", "a frame of jumping about, p95"), 16),
    "the longest stall": 100,
}


def measure(folder: Path) -> None:
    """Measure all of it with shops that are made in a folder."""
    from browsing import NAMES

    shops = [new_shop(folder / f"items-{size}.dukkan", size, pictures=True) for size in SIZES]
    print(f"\n{'the catalog, with pictures':<46}", *(f"{size:10,}" for size in SIZES))
    columns = [[float(line) for line in process("browsing", "time", shop).split()] for shop in shops]
    for name, values in zip(NAMES, zip(*columns, strict=True), strict=True):
        row(name, values, GROWTH.get(name, 0), MOST.get(name, 0))
    prices(shops)


def prices(shops: list[Path]) -> None:
    """Measure how all prices are changed, with their history, beside the bare statement; and the undo of it."""
    rule = Reprice("percent", Decimal(10))
    columns = []
    for shop in shops:
        bare = _bare(shop)
        database = Database(shop)
        with database.reader() as session:
            ids = find(session, Search())
        changed, undone = [], []
        for _ in range(3):
            changed.append(timed(lambda d=database, i=ids: d.run("Change prices", reprice, i, rule)))  # type: ignore[misc]
            undone.append(timed(database.undo))
        database.close()
        columns.append((bare, median(changed), median(undone)))
    for name, values in zip(("all prices, bare", "all prices", "their undo"), zip(*columns, strict=True), strict=True):
        row(name, values)
    bare, change, undo = columns[-1]
    show(f"{SIZES[-1]:,} prices, beside the bare statement", change, change / bare, 12, 4_000)
    show("their undo, beside the change", undo, undo / change, 2)


def _bare(shop: Path) -> float:
    """Return how long the mere statement takes where no history is written."""
    original = triggers.journal_writes
    triggers.journal_writes = lambda connection: connection.execute(triggers.RUNNING)  # type: ignore[assignment]
    database = Database(shop)
    raise_all, lower_all = (update(Product).values(price=Product.price + step) for step in (1, -1))
    spans = []
    try:
        for statement in (raise_all, lower_all) * 3:
            spans.append(timed(lambda s=statement: database.run("Raise", lambda session: session.execute(s))))  # type: ignore[misc]
        database.begin_history()
    finally:
        database.close()
        triggers.journal_writes = original
    return median(spans)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        os.environ["DUKKAN_HOME"] = f"{name}/home"
        measure(Path(name))
    sys.exit(bool(missed))
