"""Harm to the file of a shop, and to what lies beside it, while it is open and when it was not closed."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from desktop.data import engines
from desktop.data.database import Database, NotWritten
from desktop.data.lock import Lock, Locked, lock_path
from desktop.data.migrations import upgrade
from desktop.data.models import Product, now
from desktop.services.catalog import add_product, update_product
from desktop.services.shop import create_shop
from tests.faults.killing import name_of, old_shop, rows

FULL = """
import resource, sys
from pathlib import Path
from desktop.data.database import Database, NotWritten
from desktop.services.catalog import add_product
database = Database(Path(sys.argv[1]), "till")
database.run("Add", add_product, "before")
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
try:
    for number in range(2_000):
        database.run("Add", add_product, f"item {number}", description="long " * 200)
        print(number, flush=True)
except NotWritten as error:
    print(error)
database.close()
"""
DIES = """
import os, sys
from pathlib import Path
from desktop.data.database import Database
from desktop.services.catalog import add_product
database = Database(Path(sys.argv[1]), "till")
for number in range(20):
    database.run("Add", add_product, f"item {number}")
os._exit(9)
"""


def names(shop):
    return [row[3] for row in rows(shop)]


@pytest.fixture(scope="module")
def left(tmp_path_factory, new_shop):
    """The folder of a shop whose program has died, with its last changes in the log beside it."""
    shop = shutil.copy(new_shop, tmp_path_factory.mktemp("left") / "shop.dukkan")
    subprocess.run([sys.executable, "-c", DIES, shop], check=False)
    assert shop.with_name("shop.dukkan-wal").stat().st_size
    return shop.parent


@pytest.fixture
def unclean(left, tmp_path):
    """A shop of one's own that was not closed."""
    return shutil.copytree(left, tmp_path / "unclean") / "shop.dukkan"


@pytest.mark.fault("F03")
@pytest.mark.skipif(sys.platform == "win32", reason="it has no such limits")
def test_a_full_disk_is_said_and_what_was_saved_before_is_there(shop):
    limit = str(shop.stat().st_size + 200_000)
    told = subprocess.run([sys.executable, "-c", FULL, shop, limit], capture_output=True, text=True, check=True)
    *saved, sentence = told.stdout.splitlines()
    assert "was not saved" in sentence, told
    assert names(shop) == ["before", *(f"item {number}" for number in saved)]
    database = Database(shop)
    assert database.problems() == []
    database.close()


@pytest.mark.fault("F03")
@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root mounts")
def test_a_disk_that_is_really_full(new_shop, tmp_path):
    """On a disk of its own, where the file system itself says so."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:  # in a container that may not: the limit above says the same
        return
    try:
        shop = shutil.copy(new_shop, place / "shop.dukkan")
        filler = place / "filler"
        with pytest.raises(OSError, match="No space"):
            filler.write_bytes(bytes(1 << 20))
        Database(shop, read_only=True).close()  # without room for what readers share, too
        with pytest.raises(engines.NotWritable, match="no room left"):
            Database(shop)
        with pytest.raises(OSError, match="No space"):
            create_shop(place / "new.dukkan", lambda session: None)
        filler.unlink()
        database = Database(shop)
        saved = []
        with pytest.raises(NotWritten, match="disk is full"):
            fill_up(database, saved)
        database.close()
        assert names(shop) == saved
        assert saved
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def fill_up(database, saved):
    while True:
        name = f"item {len(saved)}"
        database.run("Add", add_product, name, description="long " * 200)
        saved.append(name)


@pytest.mark.fault("F06")
@pytest.mark.parametrize("harm", ["moved", "replaced", "deleted"])
@pytest.mark.skipif(sys.platform == "win32", reason="it keeps open files in their place")
def test_a_shop_that_goes_while_it_is_open_is_missed_at_the_next_change(shop, new_shop, harm):
    database = Database(shop)
    database.run("Add", add_product, "Bag")
    elsewhere = shop.with_name("elsewhere.dukkan")
    shop.rename(elsewhere)
    if harm == "replaced":
        shutil.copy(new_shop, shop)
    with pytest.raises(NotWritten, match="moved, deleted or replaced"):
        database.run("Add", add_product, "Box")
    if harm != "deleted":
        elsewhere.replace(shop)
        database.run("Add", add_product, "Belt")  # it is back
    database.close()
    if harm != "deleted":
        assert names(shop) == ["Bag", "Belt"]


@pytest.mark.fault("F09")
@pytest.mark.parametrize("part", [0.7, 0.3, 0.01, 0])
def test_a_log_that_is_cut_off_costs_only_what_was_cut(unclean, part):
    wal = unclean.with_name("shop.dukkan-wal")
    with wal.open("r+b") as file:
        file.truncate(int(wal.stat().st_size * part))
    found = names(unclean)
    assert found == [f"item {number}" for number in range(len(found))]
    assert (len(found) < 20) == (part < 1)
    database = Database(unclean)
    assert database.problems() == []
    database.close()


@pytest.mark.fault("F09")
@pytest.mark.parametrize("harm", ["no log", "no index", "another log"])
def test_what_lies_beside_the_shop_never_harms_it(unclean, harm):
    wal, shm = (unclean.with_name(f"shop.dukkan-{end}") for end in ("wal", "shm"))
    if harm == "no log":
        wal.unlink()
    elif harm == "no index":
        shm.unlink(missing_ok=True)
    else:
        wal.write_bytes(os.urandom(40_000))
    found = names(unclean)
    assert found == [f"item {number}" for number in range(20 if harm == "no index" else len(found))]
    database = Database(unclean)
    assert database.problems() == []
    database.close()


@pytest.mark.fault("F09", "F13")
def test_that_a_shop_was_not_closed_is_known_once(unclean):
    database = Database(unclean)
    assert database.unclean
    assert database.is_whole()
    database.close()
    database = Database(unclean)
    assert not database.unclean
    database.close()


@pytest.mark.fault("F13")
def test_a_lock_that_is_held_is_told_with_its_holder_and_one_that_was_left_is_taken(shop):
    lock = Lock(lock_path(shop))
    with pytest.raises(Locked, match="already open"):
        Database(shop)
    lock.release()
    lock_path(shop).write_text('{"computer": "elsewhere", "process": 1, "since": 1}')  # by a program that died
    Database(shop).close()


@pytest.mark.fault("F12")
def test_a_migration_that_stops_half_way_leaves_the_old_shop_and_its_copy(tmp_path, monkeypatch):
    shop = old_shop(tmp_path / "shop.dukkan")
    before = tables(shop)
    monkeypatch.setattr(upgrade, "rebuild", fail)
    with pytest.raises(LookupError):
        Database(shop)
    assert tables(shop) == before
    assert engines.check_file(shop) == 1
    (copy,) = tmp_path.glob("shop-0001-*.bak")
    assert name_of(copy) == "old"
    monkeypatch.undo()
    Database(shop).close()
    assert engines.check_file(shop) == engines.HEAD


@pytest.mark.fault("F12")
def test_a_migration_of_a_damaged_shop_says_so_and_leaves_no_half_a_copy(tmp_path):
    shop = old_shop(tmp_path / "shop.dukkan")
    with shop.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096 * 8)
    with pytest.raises(engines.Damaged):
        Database(shop)
    assert sorted(path.name for path in tmp_path.iterdir()) == [lock_path(shop).name, shop.name]


def fail(_connection):
    raise LookupError("half way")


def tables(shop):
    with closing(sqlite3.connect(shop)) as connection:
        return connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


@pytest.mark.fault("F14")
def test_another_program_that_holds_the_file_is_told_of(shop, monkeypatch):
    pragmas = [pragma.replace("busy_timeout = 5000", "busy_timeout = 20") for pragma in engines.WRITER]
    monkeypatch.setattr(engines, "WRITER", pragmas)
    database = Database(shop)
    database.run("Add", add_product, "Bag")
    with closing(sqlite3.connect(shop, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotWritten, match="Another program is using"):
            database.run("Add", add_product, "Box")
        other.execute("ROLLBACK")
    database.run("Add", add_product, "Belt")
    database.close()
    assert names(shop) == ["Bag", "Belt"]


@pytest.mark.fault("F15")
@pytest.mark.parametrize("jump", [366 * 86_400, -86_400, -56 * 366 * 86_400])
def test_a_clock_that_jumps_loses_nothing_and_undo_keeps_its_order(database, monkeypatch, jump):
    product = database.run("Add", add_product, "Bag", price=1)
    at = now() + jump
    monkeypatch.setattr("time.time", lambda: at)
    database.run("First", update_product, product, price=2)
    monkeypatch.undo()
    database.run("Second", update_product, product, price=3)
    assert [database.undo(), database.undo()] == ["Second", "First"]
    with database.reader() as session:
        assert session.get(Product, product).price == 1


@pytest.mark.fault("F20")
def test_ten_thousand_rows_are_written_in_bounded_memory(shop):
    code = """
import sys
from pathlib import Path
from tests.faults.victim import TASKS, bring_in, Database
import tests.faults.victim as victim

def most():  # KiB; ru_maxrss of Linux begins with what the process had that started this one
    if sys.platform == "linux":
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0])
    import resource
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)

database = Database(Path(sys.argv[1]))
before = most()
victim.ROWS = 10_000
database.run("Import", bring_in, 1)
print(most() - before)
database.close()
"""
    if sys.platform == "win32":
        return
    told = subprocess.run([sys.executable, "-c", code, shop], capture_output=True, text=True, check=True)
    assert int(told.stdout) < 80_000  # KiB
    assert len(rows(shop)) == 10_000
