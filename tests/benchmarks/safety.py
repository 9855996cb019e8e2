"""What safety costs: a backup beside a plain copy with its sums, and opening a shop that was not closed."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from measuring import rounds, timed
from shops import new_shop

from desktop.data.backups import Snapshot
from desktop.data.database import Database

COUNT = 100_000
DIES = """
import os, sys
from pathlib import Path
from desktop.data.database import Database
from desktop.services.catalog import update_product
database = Database(Path(sys.argv[1]))
for number in range(200):
    database.run("Price", update_product, 1 + number, price=number)
os._exit(9)
"""


def plain_copy(shop: Path) -> None:
    """Copy a file, compare the sums of both, and wait until it is safe from a loss of power."""
    copy = shop.with_name("plain.copy")
    shutil.copyfile(shop, copy)
    sums = []
    for path in (shop, copy):
        with path.open("rb") as file:
            sums.append(hashlib.file_digest(file, "sha256").digest())
    assert sums[0] == sums[1]
    with copy.open("r+b") as file:
        os.fsync(file.fileno())


def back_up(shop: Path) -> None:
    """Write a backup, as it is written while a shop is open."""
    snapshot = Snapshot(shop)
    snapshot.write(shop.with_name("backup.copy"), None, shop.with_name("pictures"))
    snapshot.close()


def used(work: Callable[[], object]) -> float:
    """Return how long the processors work on something, in ms."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def opened(left: Path, place: Path) -> float:
    """Return how long it takes to open a copy of a shop as it was left."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(left, place)
    start = time.perf_counter()
    database = Database(place / "shop.dukkan")
    took = (time.perf_counter() - start) * 1000
    database.close()
    return took


def measure(show: Callable[..., None], folder: Path) -> None:
    """Measure and show it."""
    for kind, pictures in (("", False), (", with pictures", True)):
        shop = new_shop(folder / f"safety{pictures}.dukkan", COUNT if not pictures else 1_000, pictures)
        plain, backup = rounds(9, *(partial(timed, partial(work, shop)) for work in (plain_copy, back_up)))
        show(f"a copy and its sums{kind}", plain[0])
        show(f"a backup{kind}", *backup, 1.5)
        plain, backup = rounds(9, *(partial(used, partial(work, shop)) for work in (plain_copy, back_up)))
        show(f"a backup{kind}, of the processors", *backup)
    left = {}
    for kind in ("clean", "unclean"):
        left[kind] = folder / kind
        left[kind].mkdir()
        shutil.copy(folder / "safetyFalse.dukkan", left[kind] / "shop.dukkan")
    subprocess.run([sys.executable, "-c", DIES, left["unclean"] / "shop.dukkan"], check=False)
    clean, unclean = rounds(9, *(partial(opened, left[kind], folder / "now") for kind in ("clean", "unclean")))
    show("a shop opened that was closed", clean[0])
    show("a shop opened that was not closed", *unclean, 2)
