"""Backups: whole, checked, of one moment, thinned; and nothing left where one was not made."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from desktop.data import backups
from desktop.data.backups import Backup, NotBackedUp, Snapshot, make_backup, read_backups, superfluous
from desktop.data.models import Customer

NOON = 1_780_000_000 // 86_400 * 86_400 + 43_200  # some noon, UTC


def add_customer(session, name):
    session.add(Customer(name=name))


def customers(path):
    with closing(sqlite3.connect(path)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM customer ORDER BY id")]


def back_up(shop, root, **more):
    snapshot = Snapshot(shop)
    try:
        return make_backup(snapshot, root, **more)
    finally:
        snapshot.close()


def test_a_backup_of_an_open_shop_is_one_whole_file_for_its_owner(database, shop, tmp_path):
    database.run("Add", add_customer, "Mona")
    backup = back_up(shop, tmp_path / "kept")
    assert customers(backup.path) == ["Mona"]
    assert backup.path.stat().st_mode & 0o777 == 0o600
    assert backup.path.parent.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in backup.path.parent.iterdir()] == [backup.path.name]
    assert read_backups(backup.path.parent) == [backup]


def test_a_backup_is_of_the_moment_it_was_asked_for_while_the_shop_is_written(database, shop, tmp_path):
    database.run("Add", add_customer, "before")
    snapshot = Snapshot(shop)
    database.run("Add", add_customer, "after")
    backup = make_backup(snapshot, tmp_path)
    database.run("Add", add_customer, "later")
    snapshot.close()
    assert customers(backup.path) == ["before"]
    assert customers(shop) == ["before", "after", "later"]


@pytest.mark.fault("F15")
def test_backups_count_on_whatever_the_clock_says(shop, tmp_path, monkeypatch):
    first = back_up(shop, tmp_path)
    monkeypatch.setattr("time.time", lambda: 1_000)
    second = back_up(shop, tmp_path)
    assert read_backups(first.path.parent) == [second, first]


def test_two_shops_of_one_name_do_not_share_a_folder(tmp_path):
    assert backups.folder_of(tmp_path, Path("/a/shop.dukkan")) == backups.folder_of(tmp_path, Path("/a/shop.dukkan"))
    assert backups.folder_of(tmp_path, Path("/a/shop.dukkan")) != backups.folder_of(tmp_path, Path("/b/shop.dukkan"))


@pytest.mark.fault("F06")
def test_a_second_folder_that_is_missing_or_full_is_told_and_stops_nothing(shop, tmp_path):
    usb = tmp_path / "usb"
    with pytest.raises(NotBackedUp, match="not there"):
        back_up(shop, tmp_path / "kept", second=usb)
    assert not usb.exists()
    usb.mkdir()
    back_up(shop, tmp_path / "kept", second=usb)
    own = backups.folder_of(usb, shop)
    assert len(read_backups(own)) == 1
    assert len(read_backups(backups.folder_of(tmp_path / "kept", shop))) == 2
    shutil.rmtree(own)
    own.write_text("in the way")
    with pytest.raises(NotBackedUp, match="is made, but not in your second folder"):
        back_up(shop, tmp_path / "kept", second=usb)
    assert len(read_backups(backups.folder_of(tmp_path / "kept", shop))) == 3
    own.unlink()
    (tmp_path / "first").write_text("in the way")
    with pytest.raises(NotBackedUp, match="cannot be written"):
        back_up(shop, tmp_path / "first", second=usb)
    assert len(read_backups(own)) == 1


@pytest.mark.fault("F02")
def test_what_is_half_or_strange_is_listed_as_not_good_or_not_at_all(shop, tmp_path):
    folder = back_up(shop, tmp_path).path.parent
    (folder / "000007-20260101T000000Z.dukkan").write_bytes(shop.read_bytes()[:5000])
    (folder / ".000008-20260101T000000Z.dukkan.aa.part").write_bytes(b"SQLite")
    (folder / "000009-20269901T000000Z.dukkan").write_bytes(b"")
    (folder / "notes.txt").write_text("mine")
    listed = read_backups(folder)
    assert [(backup.number, backup.good) for backup in listed] == [(7, False), (1, True)]
    assert backups.last_good(folder).number == 1


def test_a_damaged_shop_is_not_backed_up(database, shop, tmp_path):
    database.run("Add", lambda session: [add_customer(session, f"customer {number}") for number in range(300)])
    database.close()
    with shop.open("r+b") as file:
        file.seek(4096 * 30)
        file.write(os.urandom(4096 * 10))
    with pytest.raises(NotBackedUp, match="damaged"):
        back_up(shop, tmp_path / "kept")
    assert not list((tmp_path / "kept").rglob("*.*"))


@pytest.mark.fault("F18")
def test_a_cancelled_backup_leaves_nothing(shop, tmp_path):
    cancelled = Event()
    cancelled.set()
    with pytest.raises(NotBackedUp):
        back_up(shop, tmp_path, cancelled=cancelled)
    assert not list(backups.folder_of(tmp_path, shop).iterdir())


@pytest.mark.fault("F06")
def test_a_place_that_is_no_folder_is_said(shop, tmp_path):
    (tmp_path / "kept").write_text("a file")
    with pytest.raises(NotBackedUp, match="cannot be written"):
        back_up(shop, tmp_path / "kept")


FULL = """
import resource, sys
from pathlib import Path
from desktop.data.backups import *
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    make_backup(Snapshot(Path(sys.argv[1])), Path(sys.argv[2]))
except NotBackedUp as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such limits")
@pytest.mark.fault("F04")
def test_a_full_disk_keeps_the_old_backup_and_leaves_nothing_new(shop, tmp_path):
    good = back_up(shop, tmp_path)
    told = subprocess.run([sys.executable, "-c", FULL, shop, tmp_path], capture_output=True, text=True, check=True)
    assert "No backup was made" in told.stdout, told
    assert list(good.path.parent.iterdir()) == [good.path]
    assert read_backups(good.path.parent) == [good]


KILLED = """
import sys
from pathlib import Path
from desktop.data import backups
backups.STEP = 1
print("go", flush=True)
while True:
    backups.make_backup(backups.Snapshot(Path(sys.argv[1])), Path(sys.argv[2]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="it has no SIGKILL")
@pytest.mark.fault("F02")
def test_a_killed_backup_is_never_listed_and_harms_nothing(shop, tmp_path):
    folder = backups.folder_of(tmp_path, shop)
    for pages in (1, 7, 40):
        child = subprocess.Popen([sys.executable, "-c", KILLED, shop, tmp_path], stdout=subprocess.PIPE)
        assert child.stdout.readline()
        before = len(read_backups(folder))
        while not any(part.stat().st_size >= pages * 4096 for part in sizes(folder)):
            assert child.poll() is None
        child.send_signal(signal.SIGKILL)
        child.communicate()
        for backup in read_backups(folder):
            assert backup.good
            with closing(sqlite3.connect(backup.path)) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert len(read_backups(folder)) >= before
    for part in folder.glob(".*.part*"):
        os.utime(part, (0, 0))
    back_up(shop, tmp_path)
    assert not list(folder.glob(".*"))
    assert not customers(shop)


def sizes(folder):
    """The drafts that are there; one that goes meanwhile is none."""
    return [part for part in folder.glob(".*.part") if part.exists()] if folder.exists() else []


def made(*ages, size=1):
    """Backups of these ages in seconds, the last one first."""
    return [Backup(Path(str(age)), len(ages) - i, NOON - age, size) for i, age in enumerate(ages)]


H, D = 3600, 86_400


@pytest.mark.parametrize(
    ("ages", "gone"),
    [
        ((), []),
        ((0, 60, 1800, 3599), []),  # of the last hour all stay
        ((10, H + 10, H + 1800, 2 * H + 10), [H + 1800]),  # then the last of each hour
        ((0, D + 10, D + 5 * H, D + 11 * H, 2 * D + 10), [D + 5 * H, D + 11 * H]),  # then the last of each day
        ((0, 100 * D, 101 * D, 140 * D), [101 * D]),  # then the last of each month
        ((0, 400 * D), [400 * D]),  # a year, and no longer
        ((400 * D,), []),  # but the last one always
        ((-5 * D, -D, 0), []),  # a clock that was wrong loses nothing
    ],
)
def test_old_backups_are_thinned(ages, gone):
    assert [NOON - backup.at for backup in superfluous(made(*ages), NOON)] == gone


def test_thinning_is_stable_and_bounded():
    several = made(*range(0, 400 * D, 1800))
    gone = {backup.number for backup in superfluous(several, NOON)}
    left = [backup for backup in several if backup.number not in gone]
    assert len(left) < 2 + 24 + 32 + 14
    assert superfluous(left, NOON) == []


def test_backups_take_no_more_room_than_is_given_but_for_the_last_ones():
    large = made(0, 60, 120, 180, 240, size=10)
    assert [NOON - backup.at for backup in superfluous(large, NOON, room=40)] == [240]
    assert [NOON - backup.at for backup in superfluous(large, NOON, room=5)] == [180, 240]


@pytest.mark.fault("F10")
def test_what_was_before_a_migration_is_not_pushed_out_by_what_follows():
    first, *others = made(60, 2 * H, 2 * H + 60)
    several = [first, others[0], others[1]._replace(revision=1)]
    assert superfluous(several, NOON) == []


@pytest.mark.fault("F10")
def test_the_copy_of_a_migration_comes_among_the_backups(shop, tmp_path):
    copy = shop.with_name("shop-0001-0123abcd.bak")
    copy.write_bytes(shop.read_bytes())
    mine = shop.with_name("shop-of-mine.bak")
    mine.write_bytes(shop.read_bytes())
    (adopted,) = backups.adopt(tmp_path / "kept", shop)
    assert read_backups(adopted.path.parent) == [adopted]
    assert adopted.path.stat().st_mode & 0o777 == 0o600
    assert not copy.exists()
    assert mine.exists()
    assert backups.adopt(tmp_path / "kept", shop) == []
