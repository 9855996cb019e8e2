"""A shop that does not open: what happened in one sentence, and every way to get it back."""

import hashlib
import sqlite3
import sys
from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desktop import config
from desktop.data.backups import Snapshot, make_backup
from desktop.data.database import Database
from desktop.data.lock import lock_path
from desktop.i18n import bidi
from desktop.services.catalog import add_product, count_products
from desktop.ui.crash import CrashHandler
from desktop.ui.dialogs.restore import RestoreDialog
from desktop.ui.recovery import RecoveryPage, Trouble
from desktop.ui.widgets.labels import Label


@pytest.fixture
def backed_up(fresh, shop):
    """A shop with one item, of which there is a backup, and one more since."""
    database = Database(shop, "till")
    database.run("Add", add_product, "Bag")
    with closing(Snapshot(shop)) as snapshot:
        make_backup(snapshot, config.backup_roots()[0])
    database.run("Add", add_product, "Box")
    database.close()
    return shop


def recover(qtbot, desk, shop):
    """Open a shop that does not open, and return the page that is shown."""
    desk.window.show()
    desk.open(shop)
    qtbot.waitUntil(lambda: isinstance(desk.window._welcome, RecoveryPage))
    page = desk.window._welcome
    qtbot.waitUntil(lambda: page.last.text() != "Looking for a backup…")
    return page


def harm(shop, table):
    """Write over the first page of a table."""
    with closing(sqlite3.connect(f"{shop.as_uri()}?immutable=1", uri=True)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    with shop.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)


def click(qtbot, button):
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def words(page):
    return " ".join(bidi.strip(label.text()) for label in page.findChildren(Label) if label.isVisible())


@pytest.mark.fault("F07", "F08")
@pytest.mark.parametrize("content", [b"", b"nothing of a shop" * 99, "half", None])
def test_the_last_good_backup_is_one_click_away(qtbot, desk, backed_up, content):
    if content is None:
        backed_up.unlink()
    else:
        backed_up.write_bytes(backed_up.read_bytes()[:30_000] if content == "half" else content)
    damaged = backed_up.read_bytes() if content is not None else None
    page = recover(qtbot, desk, backed_up)
    assert "Backed up today" in words(page)
    assert "1 item" in words(page)
    click(qtbot, page.restore)
    qtbot.waitUntil(lambda: desk.window.context is not None)
    assert desk.window.context.get(count_products) == 1
    kept = [path.read_bytes() for path in backed_up.parent.iterdir() if path.name.startswith("shop (")]
    assert kept == ([damaged] if damaged is not None else [])


@pytest.mark.fault("F08")
def test_what_is_readable_is_opened_and_the_damaged_file_stays(qtbot, desk, backed_up):
    with backed_up.open("r+b") as file:
        file.truncate(backed_up.stat().st_size - 5000)
    before = hashlib.sha256(backed_up.read_bytes()).digest()
    page = recover(qtbot, desk, backed_up)
    click(qtbot, page.salvage)
    qtbot.waitUntil(lambda: desk.window.context is not None)
    assert desk.window.context.get(count_products) == 2
    assert hashlib.sha256(backed_up.read_bytes()).digest() == before
    assert desk.window.context.database.where.stem.startswith("shop saved ")


@pytest.mark.fault("F07")
def test_where_nothing_is_readable_it_says_so_and_the_other_ways_stay(qtbot, desk, shop):
    shop.write_bytes(b"")
    page = recover(qtbot, desk, shop)
    assert "no backup" in page.last.text()
    assert not page.restore.isVisible()
    click(qtbot, page.salvage)
    qtbot.waitUntil(lambda: "Nothing of" in words(desk.window._welcome))
    page = desk.window._welcome
    assert not page.salvage.isVisible()
    click(qtbot, page.others)
    dialog = desk.window.findChild(RestoreDialog)
    qtbot.waitUntil(lambda: dialog.empty.text() == "There is no backup yet.")
    dialog.reject()
    assert shop.read_bytes() == b""


@pytest.mark.fault("F11")
def test_a_newer_shop_asks_for_a_newer_program_and_is_left_alone(qtbot, desk, shop):
    data = bytearray(shop.read_bytes())
    data[60:64] = (999).to_bytes(4)
    shop.write_bytes(data)
    page = recover(qtbot, desk, shop)
    assert "Update Dukkan" in words(page)
    assert not page.salvage.isVisible()
    assert shop.read_bytes() == bytes(data)


@pytest.mark.fault("F13")
def test_a_shop_that_somebody_has_is_neither_restored_nor_salvaged(qtbot, desk, backed_up):
    database = Database(backed_up, "other")
    page = recover(qtbot, desk, backed_up)
    assert "already open" in words(page)
    assert not page.card.isVisible()
    assert not page.salvage.isVisible()
    click(qtbot, page.read)
    qtbot.waitUntil(lambda: desk.window.context is not None)
    assert desk.window.context.read_only
    database.close()


def test_the_folder_is_shown_and_a_language_keeps_the_page(qtbot, desk, shop, direction):
    opened = []
    page = RecoveryPage(Trouble("It is damaged.", shop, damaged=True), desk, lambda url: bool(opened.append(url)))
    qtbot.addWidget(page)
    page.show()
    click(qtbot, page.folder)
    assert opened[0].toLocalFile() == str(shop.parent)
    assert len([button for button in page.findChildren(QPushButton) if button.property("look") == "primary"]) <= 1
    desk.window.show_recovery(Trouble("It is damaged.", shop))
    desk.window.rebuild()
    assert isinstance(desk.window._welcome, RecoveryPage)


@pytest.mark.fault("F09")
def test_a_shop_that_was_not_closed_is_checked_and_that_is_told(qtbot, desk, shop):
    lock_path(shop).write_text("{}")  # its holder has died
    desk.window.show()
    desk.open(shop)
    qtbot.waitUntil(lambda: desk.window.context is not None and desk.window.toast.isVisible())
    assert "was not closed last time" in desk.window.toast.words.text()


@pytest.mark.fault("F08", "F09")
def test_damage_that_nothing_has_read_yet_is_found_after_a_program_died(qtbot, desk, backed_up):
    lock_path(backed_up).write_text("{}")
    harm(backed_up, "practice_chat")
    page = recover(qtbot, desk, backed_up)
    assert "damaged" in words(page)
    assert page.salvage.isVisible()
    assert desk.window.context is None


@pytest.fixture
def at_work(qtbot, desk, backed_up, monkeypatch):
    """The window with a shop in it, and the place where slips of the program end up."""
    window = desk.window
    window.show()
    desk.open(backed_up)
    qtbot.waitUntil(lambda: window.context is not None)
    monkeypatch.setattr(sys, "excepthook", CrashHandler(window).catch)
    return window


@pytest.mark.fault("F08")
def test_damage_that_a_change_meets_is_told_and_what_is_typed_stays(qtbot, at_work, backed_up):
    at_work.go("profile")
    harm(backed_up, "journal")
    field = at_work.page().fields["about"]
    qtbot.keyClicks(field.editor, "Corner shop")
    at_work.commit()
    assert "shop.dukkan is damaged, so the last change was not saved" in bidi.strip(field.message.text())
    qtbot.waitUntil(at_work.banner.isVisible)
    assert "Part of shop.dukkan is damaged" in bidi.strip(at_work.banner.words.text())
    at_work.go("home")
    click(qtbot, at_work.banner.button)
    assert at_work.page().fields["about"] is field, "it is shown what would go"
    assert "Copy what you typed" in at_work.toast.words.text()
    assert "Corner shop" in field.value()
    click(qtbot, at_work.banner.button)
    qtbot.waitUntil(lambda: isinstance(at_work._welcome, RecoveryPage))
    page = at_work._welcome
    assert "is damaged: part of it is missing or cannot be read" in words(page)
    qtbot.waitUntil(page.restore.isVisible)
    click(qtbot, page.salvage)
    qtbot.waitUntil(lambda: at_work.context is not None)
    assert at_work.context.get(count_products) == 2


@pytest.mark.fault("F08")
def test_damage_that_reading_on_meets_is_no_slip_of_the_program(qtbot, at_work, backed_up):
    harm(backed_up, "send_list")
    at_work.sidebar.chosen.emit("send-lists")
    qtbot.waitUntil(lambda: at_work.toast.isVisible() and at_work.banner.isVisible())
    assert "shop.dukkan is damaged" in bidi.strip(at_work.toast.words.text())
    at_work.go("catalog")
    assert at_work.page().isVisible(), "what is sound can be used"
    click(qtbot, at_work.banner.button)
    qtbot.waitUntil(lambda: isinstance(at_work._welcome, RecoveryPage))
