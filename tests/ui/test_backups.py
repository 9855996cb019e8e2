"""The open shop backed up behind the window."""

import sqlite3
import time
from contextlib import closing

import pytest
from PySide6.QtCore import QObject

from desktop import config
from desktop.data.backups import folder_of, read_backups
from desktop.data.database import Database
from desktop.i18n import N_
from desktop.services.catalog import add_product
from desktop.ui import backups
from desktop.ui.context import Context
from desktop.ui.pages.home import HomePage
from desktop.ui.tasks import Job


@pytest.fixture
def keeper(qapp):
    keeper = QObject()
    yield keeper
    for job in keeper.findChildren(Job):
        job.wait()
    keeper.deleteLater()


@pytest.fixture
def kept(fresh, shop, keeper):
    """A shop that is looked after."""
    context = Context(Database(shop, "till"), keeper)
    context.backups.start()
    yield context
    context.close()


def add_many(session, count):
    for number in range(count):
        add_product(session, f"Bag {number}")


def folder(shop):
    return folder_of(config.backup_roots()[0], shop)


def items(backup):
    with closing(sqlite3.connect(backup.path)) as connection:
        return connection.execute("SELECT count(*) FROM product").fetchone()[0]


def test_a_shop_that_changed_is_backed_up_now_and_then(qtbot, kept, shop, monkeypatch):
    kept.run(N_("Add item"), add_product, "Bag")
    with qtbot.waitSignal(kept.backups.rested):
        kept.backups._timer.timeout.emit()
    assert [items(backup) for backup in read_backups(folder(shop))] == [1]
    kept.run(N_("Add item"), add_product, "Bag")
    kept.backups._timer.timeout.emit()
    assert not kept.backups.busy, "too soon"
    at = time.time()
    monkeypatch.setattr("time.time", lambda: at + backups.EVERY)
    with qtbot.waitSignal(kept.backups.rested):
        kept.backups._timer.timeout.emit()
    assert [items(backup) for backup in read_backups(folder(shop))] == [2, 1]
    monkeypatch.setattr("time.time", lambda: at + 3 * backups.EVERY)
    kept.backups._timer.timeout.emit()
    assert not kept.backups.busy, "nothing has changed"


def test_before_a_large_change_the_shop_is_kept_as_it_was(qtbot, kept, shop):
    kept.run(N_("Add items"), add_many, 20)
    assert not kept.backups.busy
    with qtbot.waitSignal(kept.backups.rested):
        kept.run(N_("Add items"), add_many, 21)
    job = kept.write(N_("Add items"), add_many, 30)
    with qtbot.waitSignals([kept.backups.rested, job.done]):
        job.start()
    assert [items(backup) for backup in read_backups(folder(shop))] == [41, 20]


def test_closing_keeps_what_changed(kept, keeper, shop):
    kept.run(N_("Add item"), add_product, "Bag")
    kept.close()
    for job in keeper.findChildren(Job):
        job.wait()
    assert [items(backup) for backup in read_backups(folder(shop))] == [1]
    again = Context(Database(shop, "till"), keeper)
    again.backups.start()
    assert again.backups.at
    again.close()
    assert not [job for job in keeper.findChildren(Job) if job.isRunning()]
    assert len(read_backups(folder(shop))) == 1


def test_what_cannot_be_done_is_a_sentence_at_home(qtbot, kept, fresh):
    page = HomePage(kept)
    qtbot.addWidget(page)
    page.show()
    assert page.backup.last.text() == "There is no backup yet."
    fresh.mkdir()
    (fresh / "data").write_text("no folder")
    with qtbot.waitSignal(kept.backups.rested):
        kept.backups.make()
    assert "cannot be written" in page.backup.trouble.text()
    assert page.backup.trouble.isVisible()
    (fresh / "data").unlink()
    with qtbot.waitSignal(kept.backups.rested):
        kept.backups.make()
    assert page.backup.trouble.isHidden()
    assert page.backup.last.text().startswith("Last backup: today ")


def test_a_shop_that_is_not_looked_after_says_nothing(qtbot, context):
    page = HomePage(context)
    qtbot.addWidget(page)
    page.show()
    assert page.backup.last.isHidden()
