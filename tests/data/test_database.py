"""Opening a shop, and refusing to."""

import errno
import hashlib
import os
import sqlite3
import subprocess
import sys
import threading
import time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from desktop.data import history
from desktop.data.database import Cancelled, Database, ReadOnly
from desktop.data.engines import HEAD, Missing, Refused
from desktop.data.images import Image
from desktop.data.lock import Lock, Locked, lock_path
from desktop.services import catalog, pictures, replies


def foreign(path):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a)")
    connection.close()


def cut(path, new_shop):
    path.write_bytes(new_shop.read_bytes()[: new_shop.stat().st_size // 2])


def newer(path, new_shop):
    path.write_bytes(new_shop.read_bytes())
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {HEAD + 1}")
    connection.close()


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path, new: path.touch(), "empty"),
        (lambda path, new: foreign(path), "not a Dukkan shop"),
        (newer, "newer version"),
        (cut, "damaged"),
        (lambda path, new: path.write_text("hello " * 50), "not a Dukkan shop"),
        (lambda path, new: path.mkdir(), "folder"),
    ],
)
def test_refused_files_are_left_as_they_were(tmp_path, new_shop, make, sentence, read_only):
    path = tmp_path / "shop.dukkan"
    make(path, new_shop)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(Refused, match=sentence):
        Database(path, read_only=read_only)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert [p.name for p in tmp_path.iterdir()] == ["shop.dukkan"], "nothing is left beside it"


def test_missing_file_is_not_made(tmp_path):
    with pytest.raises(Missing, match="no shop at"):
        Database(tmp_path / "shop.dukkan")
    assert not list(tmp_path.iterdir())


def test_damage_inside_is_refused_or_named(shop):
    with shop.open("r+b") as file:  # every page but the first
        file.seek(4096)
        file.write(b"\xff" * (shop.stat().st_size - 4096))
    with pytest.raises(Refused, match="damaged"):
        Database(shop)


def test_check_names_what_is_wrong(shop):
    database = Database(shop)
    for i in range(300):
        database.run("Add", replies.add_reply, f"s{i}", "x" * 500)
    assert database.problems() == []
    database.close()
    connection = sqlite3.connect(shop)
    root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'uq_reply_shortcut'").fetchone()
    root = (
        root
        or connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_reply_1'").fetchone()
    )
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    with shop.open("r+b") as file:
        file.seek((root[0] - 1) * size + 100)
        file.write(b"\x7f" * 400)
    database = Database(shop, read_only=True)
    assert database.problems()
    database.close()


def test_pragmas(durable, database):
    with database.reader() as session:
        values = {p: session.scalar(text(f"PRAGMA {p}")) for p in ("journal_mode", "foreign_keys", "trusted_schema")}
    assert values == {"journal_mode": "wal", "foreign_keys": 1, "trusted_schema": 0}
    assert database.run_unrecorded(lambda session: session.scalar(text("PRAGMA synchronous"))) == 2
    assert database.run_unrecorded(lambda session: session.scalar(text("PRAGMA fullfsync"))) == 1


def test_opening_an_up_to_date_shop_loads_neither_alembic_nor_qt(shop):
    code = f"""import sys; from pathlib import Path; from desktop.data.database import Database
Database(Path({str(shop)!r}), "till").close(); sys.exit("alembic" in sys.modules or "PySide6" in sys.modules)"""
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_reader_sees_one_moment(database):
    with database.reader() as session:
        count = text("SELECT count(*) FROM collection")
        assert session.scalar(count) == 0
        insert = text("INSERT INTO collection (version, name, colour, position) VALUES (1, 'a', 0, '')")
        database.run("Write", lambda writing: writing.execute(insert))
        assert session.scalar(count) == 0
    with database.reader() as session:
        assert session.scalar(count) == 1


ENDLESS = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT max(i) FROM n")


def test_cancelled_work_stops_in_the_middle_of_a_statement(where):
    database = Database(where, "till")

    def read(cancelled):
        with database.reader(cancelled) as session:
            session.execute(ENDLESS)

    def write(cancelled):
        database.run("Write", lambda session: session.execute(ENDLESS), cancelled=cancelled)

    for work, stopped in ((read, OperationalError), (write, Cancelled)):
        cancelled = threading.Event()
        threading.Timer(0.1, cancelled.set).start()
        start = time.monotonic()
        with pytest.raises(stopped):
            work(cancelled)
        assert time.monotonic() - start < 5
        with database.reader() as session:
            assert session.scalar(text("SELECT 1")) == 1
    database.close()


def test_second_program_is_told_who_holds_the_shop(shop, database):
    code = f"""from pathlib import Path; from desktop.data.database import Database
Database(Path({str(shop)!r}), "office")"""
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "Locked: The shop is already open on" in other.stderr
    with pytest.raises(Locked, match="since today") as caught:
        Database(shop, "till")
    assert caught.value.holder.process == os.getpid()


def test_lock_is_free_again_once_its_holder_is_gone(shop):
    Database(shop).close()
    Lock(lock_path(shop)).release()
    Database(shop).close()


def test_a_shop_whose_disk_is_gone_is_closed_all_the_same(shop, monkeypatch):
    def gone(*_written):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    database = Database(shop)
    with monkeypatch.context() as patch:
        patch.setattr(os, "ftruncate", gone)
        database.close()
    again = Database(shop)
    assert again.unclean
    again.close()


def test_a_slip_while_a_shop_is_closed_lets_others_in(shop, monkeypatch):
    def slip(*_given):
        raise LookupError("slip")

    database = Database(shop)
    with monkeypatch.context() as patch:
        patch.setattr(history, "prune", slip)
        with pytest.raises(LookupError):
            database.close()
    Database(shop).close()


def test_a_history_that_cannot_be_read_keeps_no_shop_from_closing(shop):
    database = Database(shop)
    bread = database.run("Add", catalog.add_product, "Bread")
    database.run("Picture", pictures.add_pictures, bread, [Image(b"a", b"", 1, 1, "png", "a")])
    database.run("Delete", catalog.remove_products, [bread])
    database.run_unrecorded(lambda session: session.execute(text("UPDATE journal SET before = '{' WHERE op = 'D'")))
    database.close()
    Database(shop).close()


@pytest.mark.parametrize("said", ["", "[" * 100_000, '{"computer": 5}', '{"since": "now"}', '{"since": 1e300}', "null"])
def test_a_lock_that_says_nonsense_is_held_all_the_same(shop, database, said):
    lock_path(shop).write_text(said)
    with pytest.raises(Locked, match="already open in another program"):
        Database(shop)


def test_reading_needs_no_lock_and_writes_nothing(shop, database):
    database.run("Add", catalog.add_product, "Bread")
    reading = Database(shop, read_only=True)
    with reading.reader() as session:
        assert catalog.count_products(session) == 1
    with pytest.raises(ReadOnly):
        reading.run("Add", catalog.add_product, "Cake")
    assert (reading.next_title(), reading.next_title(redo=True)) == (None, None)
    reading.close()


def test_reading_leaves_a_closed_shop_byte_for_byte(shop):
    before = hashlib.sha256(shop.read_bytes()).digest()
    reading = Database(shop, read_only=True)
    with reading.reader() as session:
        catalog.count_products(session)
    reading.close()
    assert hashlib.sha256(shop.read_bytes()).digest() == before
    assert [p.name for p in shop.parent.iterdir()] == ["shop.dukkan"]


def test_writes_wait_their_turn(database):
    """Two threads write at once; neither is refused, and both are there."""
    threads = [threading.Thread(target=add_many, args=(database, name)) for name in ("Bread", "Cake")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reader() as session:
        assert catalog.count_products(session) == 40


def add_many(database, name):
    for i in range(20):
        database.run("Add", catalog.add_product, f"{name} {i}")


def test_long_actions_are_known_before_they_are_taken_back(database):
    assert not database.next_is_long()
    database.run("Add", catalog.add_product, "Bread")
    assert not database.next_is_long()
    count = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1100) SELECT i FROM n")
    into = text(f"INSERT INTO collection (version, name, colour, position) SELECT 1, 'a', 0, '' FROM ({count})")
    database.run("Fill", lambda session: session.execute(into))
    assert database.next_is_long()
    assert not database.next_is_long(redo=True)
    database.undo()
    assert (database.next_is_long(), database.next_is_long(redo=True)) == (False, True)
