"""A program to be killed: it loads what Dukkan works with once, and forks for every task.

It reads lines `task shop folder number` and answers with the process of the task; what that has done is told, line by
line, to the file `folder/told`, before it goes on. A task ends by being killed.
"""

import os
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from desktop import i18n
from desktop.data import backups
from desktop.data.backups import Snapshot, make_backup
from desktop.data.database import Database
from desktop.data.migrations import upgrade
from desktop.data.models import Reply
from desktop.data.restore import restore
from desktop.exchange.importing import Rules, carry_out, plan_import
from desktop.exchange.mapping import read_items
from desktop.exchange.recognise import recognise
from desktop.exchange.sources import read_source
from desktop.services.catalog import add_product, update_product

ROWS = 100  # of one import
TASKS = {}


def task(fn):
    TASKS[fn.__name__] = fn
    return fn


def feed(number):
    """A file of items that come in together."""
    lines = [f"I-{number}-{row},Imported {number} {row},{row}.00 AED" for row in range(ROWS)]
    return "\n".join(["id,title,price", *lines]).encode()


def save_pair(session, number):
    """What belongs together: an item, and a reply that names it."""
    item = add_product(session, f"Item {number}", code=f"P-{number}", price=number)
    session.add(Reply(shortcut=f"r{number}", text=f"It is {number}"))
    update_product(session, item, description=f"number {number}")


def bring_in(session, number):
    table = read_source(feed(number), "en")
    carry_out(session, plan_import(session, read_items(table, recognise(table)), Rules()))


@task
def save(shop, folder, number, tell):
    database = Database(shop, "victim")
    while True:
        number += 1
        database.run("Save", save_pair, number)
        tell(f"saved {number}")


@task
def take_in(shop, folder, number, tell):
    database = Database(shop, "victim")
    while True:
        number += 1
        database.run("Import", bring_in, number)
        tell(f"imported {number}")


@task
def back_up(shop, folder, number, tell):
    backups.STEP = 3  # pages: slow enough to be caught
    while True:
        with closing(Snapshot(shop)) as snapshot:
            tell(f"backed-up {make_backup(snapshot, folder / 'kept').number}")


@task
def migrate(shop, folder, number, tell):
    upgrade.upgrade_sqlite(shop, 1)
    Database(shop, "victim").close()
    tell("migrated 1")
    while True:
        pass


@task
def bring_back(shop, folder, number, tell):
    while True:
        restore(shop, folder / "a.backup")
        number += 1
        tell(f"restored {number}")


def warm_up():
    """Load what every task loads late, so that rounds are about the work."""
    with tempfile.TemporaryDirectory() as folder:
        shop = Path(folder) / "shop.dukkan"
        upgrade.create_sqlite(shop)
        database = Database(shop)
        database.run("Save", save_pair, 1)
        database.run("Import", bring_in, 1)
        database.close()


def main():
    i18n.set_language("en")
    warm_up()
    for line in sys.stdin:
        name, shop, folder, number = line.rstrip("\n").split("\t")
        process = os.fork()
        if process == 0:
            told = os.open(Path(folder) / "told", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
            TASKS[name](
                Path(shop), Path(folder), int(number), lambda line, told=told: os.write(told, f"{line}\n".encode())
            )
        print(process, flush=True)
        os.waitpid(process, 0)
        print("gone", flush=True)


if __name__ == "__main__":
    main()
