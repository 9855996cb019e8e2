"""Rounds in which a real process is killed while it works, and what must be true of the shop afterwards."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from alembic import command
from sqlalchemy import NullPool

from desktop.data import backups, engines
from desktop.data.backups import Snapshot, read_backups
from desktop.data.database import Database
from desktop.data.migrations import upgrade
from tests.faults.victim import ROWS

LONGEST = {"migrate": 0.4}  # seconds that a task works before it is killed, at most: it does so once,
OTHERWISE = 0.2  # and the others over and over
KINDS = ("save", "take_in", "back_up", "migrate", "bring_back")


class Ring:
    """One shop, its victim, and what the victim has acknowledged."""

    def __init__(self, folder, new_shop, seed):
        self.folder = folder
        self.chance = random.Random(seed)
        self.shop = Path(shutil.copy(new_shop, folder / "shop.dukkan"))
        self.old = old_shop(folder / "old.dukkan")
        self.told = folder / "told"
        self.number = 0
        self.patient = False  # whether it waits for something to be told
        self.saved, self.imported = set(), set()
        self.victim = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.victim"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def close(self):
        self.victim.stdin.close()
        self.victim.stdout.close()
        self.victim.wait()

    def kill(self, task, shop):
        """Let a task work for a while, or if need be until it has told something; kill it, and return what it told."""
        self.told.unlink(missing_ok=True)
        self.number += 10_000
        print(task, shop, self.folder, self.number, sep="\t", file=self.victim.stdin, flush=True)
        process = int(self.victim.stdout.readline())
        end = time.monotonic() + self.chance.uniform(0, LONGEST.get(task, OTHERWISE))
        while time.monotonic() < end:
            os.sched_yield()
            time.sleep(min(0.005, max(0, end - time.monotonic())))
        while self.patient and not (self.told.exists() and self.told.stat().st_size):
            time.sleep(0.005)
        os.kill(process, signal.SIGKILL)
        assert self.victim.stdout.readline() == "gone\n"
        text = self.told.read_text() if self.told.exists() else ""
        return [line.split() for line in text.splitlines()]

    def round(self, kind):
        """Kill one task of a kind, and check all that was promised. Returns how much had been acknowledged."""
        told = getattr(self, kind)()
        return len(told)

    def save(self):
        told = self.kill("save", self.shop)
        self.saved |= {int(number) for _word, number in told}
        self.check()
        return told

    def take_in(self):
        told = self.kill("take_in", self.shop)
        self.imported |= {int(number) for _word, number in told}
        self.check()
        return told

    def back_up(self):
        told = self.kill("back_up", self.shop)
        folder = backups.folder_of(self.folder / "kept", self.shop)
        listed = read_backups(folder)
        assert {int(number) for _word, number in told[-3:]} <= {backup.number for backup in listed}
        for backup in listed[:2]:
            assert backup.good
            assert whole(backup.path)
        self.check()
        return told

    def migrate(self):
        shop = Path(shutil.copy(self.old, self.folder / "migrating.dukkan"))
        for copy in self.folder.glob("migrating-0001-*.bak"):
            copy.unlink()
        told = self.kill("migrate", shop)
        assert whole(shop)
        assert name_of(shop) == "old"
        assert engines.check_file(shop) in (1, engines.HEAD)
        if told:
            (copy,) = self.folder.glob("migrating-0001-*.bak")
            assert engines.check_file(copy) == 1
            assert name_of(copy) == "old"
        Database(shop, "till").close()
        assert name_of(shop) == "old"
        assert engines.check_file(shop) == engines.HEAD
        return told

    def bring_back(self):
        """Restore an older state over and over: afterwards there is that one, or the one before; never another."""
        database = Database(self.shop, "till")
        with closing(Snapshot(self.shop)) as snapshot:
            snapshot.write(self.folder / "a.backup")
        database.close()
        before = rows(self.shop)
        told = self.kill("bring_back", self.shop)
        assert rows(self.shop) == before
        self.check()
        for kept in self.folder.glob("shop (*.dukkan*"):
            kept.unlink()
        return told

    def check(self):
        """What was acknowledged is there, what belongs together is together, and an import is all or nothing."""
        database = Database(self.shop, "till")
        assert database.problems() == []
        database.close()
        with closing(sqlite3.connect(self.shop)) as connection:
            pairs = connection.execute("SELECT price, description FROM product WHERE code LIKE 'P-%'").fetchall()
            replies = {int(name[1:]) for (name,) in connection.execute("SELECT shortcut FROM reply")}
            imports = connection.execute(
                "SELECT substr(code, 3, instr(substr(code, 3), '-') - 1), count(*) FROM product"
                " WHERE code LIKE 'I-%' GROUP BY 1"
            ).fetchall()
        assert {number for number, _text in pairs} == replies >= self.saved
        assert all(text == f"number {number}" for number, text in pairs)
        assert {count for _number, count in imports} <= {ROWS}
        assert {int(number) for number, _count in imports} >= self.imported


def rows(shop):
    database = Database(shop, "till")  # what a log beside it holds counts
    database.close()
    with closing(sqlite3.connect(shop)) as connection:
        return connection.execute("SELECT id, version, code, name FROM product ORDER BY id").fetchall()


def whole(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def name_of(shop):
    with closing(sqlite3.connect(shop)) as connection:
        return connection.execute("SELECT name FROM profile").fetchone()[0]


def old_shop(path):
    """Make a shop of the first revision."""
    engine = engines.sqlite_engine(path, "BEGIN IMMEDIATE", (), poolclass=NullPool)
    with engine.begin() as connection:
        command.upgrade(upgrade.config(connection), "0001")
        connection.exec_driver_sql("UPDATE profile SET name = 'old'")
        if not connection.exec_driver_sql("SELECT 1 FROM profile").first():
            columns = connection.exec_driver_sql("PRAGMA table_info(profile)").all()
            values = {
                name: "1" if name in ("id", "version") else "''" for _id, name, _t, needed, *_r in columns if needed
            }
            values["name"] = "'old'"
            connection.exec_driver_sql(
                f"INSERT INTO profile ({', '.join(values)}) VALUES ({', '.join(values.values())})"
            )
        connection.exec_driver_sql(f"PRAGMA application_id = {engines.APPLICATION_ID}")
        connection.exec_driver_sql("PRAGMA user_version = 1")
    engine.dispose()
    return path
