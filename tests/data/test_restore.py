"""Going back to a backup: checked first, the present shop kept, and one stroke."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from desktop.data.backups import Snapshot
from desktop.data.database import Database
from desktop.data.engines import HEAD, InUse, Refused
from desktop.data.lock import Locked, lock_path
from desktop.data.models import Customer
from desktop.data.restore import read_contents, restore


def add_customers(session, *names):
    session.add_all([Customer(name=name) for name in names])


def customers(path):
    with closing(sqlite3.connect(path)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM customer ORDER BY id")]


@pytest.fixture
def backup(shop, tmp_path):
    """A backup with one customer in it, of a shop that has two by now and is closed."""
    path = tmp_path / "kept.backup"
    database = Database(shop, "till")
    database.run("Add", add_customers, "Mona")
    with closing(Snapshot(shop)) as snapshot:
        snapshot.write(path)
    database.run("Add", add_customers, "Sara")
    database.close()
    return path


def test_a_backup_takes_the_place_of_the_shop_which_is_kept(shop, backup):
    done = restore(shop, backup)
    assert customers(shop) == ["Mona"]
    assert shop.stat().st_mode & 0o777 == 0o600
    assert (done.contents.customers, done.contents.items) == (1, 0)
    assert customers(done.kept) == ["Mona", "Sara"]
    Database(shop, "till").close()
    restore(shop, done.kept)  # and back again
    assert customers(shop) == ["Mona", "Sara"]


def test_what_is_in_a_backup_is_read_without_touching_it(backup):
    before = backup.read_bytes(), sorted(path.name for path in backup.parent.iterdir())
    contents = read_contents(backup)
    assert (contents.customers, contents.items, contents.replies) == (1, 0, 0)
    assert contents.changed > 0
    assert (backup.read_bytes(), sorted(path.name for path in backup.parent.iterdir())) == before


def untouched(shop, backup, refusal, match=""):
    before = shop.read_bytes()
    beside = sorted(path.name for path in shop.parent.iterdir() if not path.name.startswith(f".{shop.name}.lock"))
    with pytest.raises(refusal, match=match):
        restore(shop, backup)
    assert shop.read_bytes() == before
    after = sorted(path.name for path in shop.parent.iterdir() if not path.name.startswith(f".{shop.name}.lock"))
    assert after == beside


@pytest.mark.fault("F17")
def test_what_is_no_backup_is_refused(shop, backup, tmp_path):
    whole = backup.read_bytes()
    for name, data, match in (
        ("empty", b"", "empty"),
        ("other", b"SQLite format 3\0" + bytes(2000), "not a Dukkan shop"),
        ("cut", whole[: len(whole) // 2], "damaged"),
        ("newer", whole[:60] + (HEAD + 1).to_bytes(4) + whole[64:], "newer version"),
        ("bits", whole[:40_960] + os.urandom(40_960) + whole[81_920:], "damaged"),
    ):
        other = tmp_path / name
        other.write_bytes(data)
        untouched(shop, other, Refused, match)


def test_a_shop_that_somebody_writes_is_left_alone(shop, backup):
    database = Database(shop, "other")
    with pytest.raises(Locked):
        restore(shop, backup)
    database.close()
    assert customers(shop) == ["Mona", "Sara"]


def test_a_shop_that_somebody_reads_is_left_alone(shop, backup):
    reader = Database(shop, "other", read_only=True)
    with pytest.raises(InUse):
        restore(shop, backup)
    reader.close()
    assert customers(shop) == ["Mona", "Sara"]


def test_a_damaged_shop_is_kept_byte_by_byte(shop, backup):
    shop.write_bytes(b"nothing of a shop")
    wal = shop.with_name(f"{shop.name}-wal")
    wal.write_bytes(b"an old log")
    done = restore(shop, backup)
    assert done.kept.read_bytes() == b"nothing of a shop"
    assert done.kept.with_name(f"{done.kept.name}-wal").read_bytes() == b"an old log"
    assert customers(shop) == ["Mona"]
    assert not wal.exists()


def test_a_shop_that_is_gone_comes_back(shop, backup):
    shop.unlink()
    assert restore(shop, backup).kept is None
    assert customers(shop) == ["Mona"]


KILLED = """
import sys
from pathlib import Path
from desktop.data.restore import restore
print("go", flush=True)
while True:
    restore(Path(sys.argv[1]), Path(sys.argv[2]))
    print("done", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="it has no SIGKILL")
@pytest.mark.fault("F02")
def test_a_killed_restore_leaves_the_old_shop_or_the_new_one(shop, backup):
    for rounds in range(3):
        child = subprocess.Popen([sys.executable, "-c", KILLED, shop, backup], stdout=subprocess.PIPE)
        for _line in range(rounds + 1):
            assert child.stdout.readline()
        child.send_signal(signal.SIGKILL)
        child.communicate()
        assert customers(shop) in (["Mona"], ["Mona", "Sara"])
        Database(shop, "till").close()  # its lock is free, and its tables are whole
        for kept in shop.parent.glob("shop (*.dukkan"):
            kept.unlink()
    assert lock_path(shop).exists()
    restore(shop, backup)
    assert not [path for path in shop.parent.iterdir() if path.name.endswith(".part")]


FULL = """
import resource, sys
from pathlib import Path
from desktop.data.engines import NotWritable
from desktop.data.restore import restore
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    restore(Path(sys.argv[1]), Path(sys.argv[2]))
except NotWritable as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such limits")
@pytest.mark.fault("F04", "F17")
def test_a_full_disk_leaves_the_shop_as_it_was(shop, backup):
    before = shop.read_bytes()
    told = subprocess.run([sys.executable, "-c", FULL, shop, backup], capture_output=True, text=True, check=True)
    assert "left as it is" in told.stdout
    assert shop.read_bytes() == before
    assert sorted(path.suffix for path in shop.parent.iterdir()) == [".backup", ".dukkan", ".lock"]
