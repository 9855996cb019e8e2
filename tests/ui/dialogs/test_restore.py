"""Going back to a backup in the window."""

import pytest
from PySide6.QtCore import Qt

from desktop import config
from desktop.data.backups import Snapshot, folder_of, make_backup, read_backups
from desktop.data.database import Database
from desktop.data.restore import Contents, read_contents
from desktop.i18n import N_, bidi
from desktop.services.catalog import add_product, count_products
from desktop.ui import backup_menu
from desktop.ui.dialogs.restore import RestoreDialog, difference


@pytest.fixture
def window(desk, shop):
    """The window with a shop of two items in it, which had one when it was backed up."""
    window = desk.window
    window.set_database(Database(shop, "till"))
    window.context.backups.start()
    window.context.run(N_("Add item"), add_product, "Bag")
    snapshot = Snapshot(shop)
    made = make_backup(snapshot, config.backup_roots()[0])
    snapshot.close()
    (made.path.parent / "000009-20260101T000000Z.dukkan").write_bytes(b"half")
    window.context.run(N_("Add item"), add_product, "Box")
    window.show()
    return window


def test_a_backup_is_chosen_from_the_list_and_the_shop_opened_as_it_was(qtbot, window, shop):
    backup_menu.restore(window, window.context, shop)
    dialog = window.findChild(RestoreDialog)
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() == 2)
    rows = [dialog.list.topLevelItem(i) for i in range(2)]
    assert [bidi.strip(row.text(2)) for row in rows] == ["1 item fewer", "It is damaged, or from a newer version."]
    assert rows[0].text(0).startswith("today ")
    old = window.context
    qtbot.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.context not in (None, old))
    assert window.context.get(count_products) == 1
    assert window.toast.isVisible()
    kept = [path for path in shop.parent.iterdir() if path.name.startswith("shop (")]
    assert len(kept) == 1
    qtbot.mouseClick(window.toast.button, Qt.MouseButton.LeftButton)  # one click back
    once = window.context
    qtbot.waitUntil(lambda: window.context not in (None, old, once))
    assert window.context.get(count_products) == 2
    window.context.run(N_("Add item"), add_product, "Box")


def test_the_last_backup_is_there_when_the_window_is_gone(window, desk, shop):
    folder = folder_of(config.backup_roots()[0], shop)
    for backup in read_backups(folder):
        backup.path.unlink()
    window.context.backups._recalled = False
    desk.end()
    backups = read_backups(folder)
    assert [read_contents(backup.path).items for backup in backups] == [2]


def test_what_cannot_be_restored_leaves_the_shop_open(qtbot, window, tmp_path):
    other = tmp_path / "other.dukkan"
    other.write_text("no shop")
    old = window.context
    window.shop_action.emit("restore", other)
    qtbot.waitUntil(lambda: window.context not in (None, old))
    assert window.context.get(count_products) == 2
    assert "not a Dukkan shop" in window.toast.words.text()


def test_a_backup_now_and_a_copy_anywhere(qtbot, window, shop, tmp_path):
    action = next(action for action in window.menus[0].actions() if action.text() == "Back up now")
    with qtbot.waitSignal(window.context.backups.rested):
        action.trigger()
    assert window.toast.words.text() == "Backed up."
    place = tmp_path / "copy.dukkan"
    with qtbot.waitSignal(window.context.said):
        backup_menu._copy(window.context, shop, str(place))
    Database(place, "other").close()
    with qtbot.waitSignal(window.context.said) as said:
        backup_menu._copy(window.context, shop, str(shop))
    assert "itself" in said.args[0].sentence
    assert read_backups(place) == []


@pytest.mark.parametrize(
    ("then", "words"),
    [
        ((1, 2, 3), "As many items, replies and customers"),
        ((0, 4, 3), "1 item fewer and 2 replies more"),
        ((3, 2, 2), "2 items more and 1 customer fewer"),
    ],
)
def test_what_differs_is_said_in_numbers(then, words):
    assert bidi.strip(difference(Contents(1, 2, 3, 0, 0), Contents(*then, 0, 0))) == words
