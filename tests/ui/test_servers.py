"""A shop on a server in the window: connecting, moving there, what others do, and a server that goes away."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop import config
from desktop.app import Desk
from desktop.data import link, passwords
from desktop.data.database import Database
from desktop.i18n import set_language
from desktop.services.catalog import add_product
from desktop.services.profile import read_profile, update_profile
from desktop.ui import theme
from desktop.ui.dialogs.server import ServerDialog
from desktop.ui.main_window import MainWindow


@pytest.fixture
def window(qtbot, qapp, fresh, monkeypatch):
    monkeypatch.setattr(link, "PAUSES", (0.05,))
    monkeypatch.setattr(Desk, "_settle_soon", lambda desk: None)  # by then the window is gone
    window = MainWindow(config.load())
    qtbot.addWidget(window)
    window.desk = Desk(qapp, window)
    window.show()
    qtbot.waitUntil(lambda: window._furnished)
    yield window
    window.close_shop_now()


@pytest.fixture
def shared(qtbot, window, empty_shop):
    """The window with a shop on a server, at its profile, and another computer at the same shop."""
    url = empty_shop()
    other = Database(url, "office")
    other.run("Name", update_profile, None, name="Gifts", about="")
    window._page = "profile"
    window.set_database(Database(url, "till"))
    yield other
    other.close()


def test_what_others_do_appears(qtbot, window, shared):
    shared.run("Name", update_profile, None, about="Open all day")
    qtbot.waitUntil(lambda: window.page().fields["about"].value() == "Open all day", timeout=3_000)
    assert not window.undo.isEnabled()  # what others did is theirs to take back


@pytest.mark.fault("F16")
def test_typed_text_survives_a_server_that_is_gone_for_a_while(qtbot, window, shared, switch):
    qtbot.waitUntil(lambda: window.context.database._link.is_alive())
    window.sidebar.setFocus()
    field = window.page().fields["about"]
    switch(False)
    qtbot.waitUntil(window.banner.isVisible, timeout=5_000)
    assert "cannot be reached" in window.banner.words.text()
    field.editor.setFocus()
    qtbot.keyClicks(field.editor, "Typed meanwhile")
    assert not field.commit()
    assert field.value() == "Typed meanwhile"
    assert window.page().fields["name"].value() == "Gifts"
    switch(True)
    qtbot.mouseClick(window.banner.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.banner.isVisible(), timeout=5_000)
    qtbot.waitUntil(lambda: not field.is_unsaved(), timeout=5_000)
    assert not field.message.isVisible()
    with window.context.reader() as session:
        assert read_profile(session).about == "Typed meanwhile"


def test_the_dialog_takes_an_address_apart_and_says_what_is_wrong(qtbot, server):
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ServerDialog(parent)
    chosen = []
    dialog.chosen.connect(chosen.append)
    dialog.open()
    qtbot.keyClicks(dialog.address.editor, "postgresql://me:s%40cret@127.0.0.1:9/shop")
    assert dialog.address.commit()
    fields = (dialog.host, dialog.port, dialog.database, dialog.user, dialog.password)
    assert [field.value() for field in fields] == ["127.0.0.1", "9", "shop", "me", "s@cret"]
    assert dialog.address.value() == ""
    assert dialog.password.editor.displayText() != "s@cret"
    dialog.connect_.click()
    qtbot.waitUntil(lambda: "no server answers" in dialog.trouble.text())
    dialog.database.start("")
    dialog.connect_.click()
    assert "need their names" in dialog.trouble.text()
    dialog._fill(server.replace("/postgres?", "/template1?"))
    dialog.connect_.click()
    qtbot.waitUntil(lambda: "no shop in this database" in dialog.trouble.text())
    dialog._fill(server.replace("/postgres?", "/nowhere?"))
    dialog.connect_.click()
    qtbot.waitUntil(lambda: "no such database" in dialog.trouble.text())
    assert chosen == []
    Database(server).close()
    dialog._fill(server)
    dialog.connect_.click()
    qtbot.waitUntil(lambda: chosen != [])
    assert passwords.split(chosen[0])[1] == ""


def test_a_shop_moves_to_a_server_and_opens_there(qtbot, window, shop, empty_place):
    database = Database(shop, "till")
    database.run("Name", update_profile, None, name="Gifts")
    database.run("Add item", add_product, "Bag")
    window.set_database(database)
    window.shop_action.emit("move", None)
    dialog = window.findChild(ServerDialog)
    dialog._fill(empty_place)
    dialog.connect_.click()
    qtbot.waitUntil(lambda: window.context is not None and window.context.database is not database, timeout=20_000)
    assert str(window.context.database.where).startswith("postgresql://")
    assert window._shop_name == "Gifts"
    assert [path.name[:10] for path in shop.parent.glob("*.dukkan")] == ["shop (move"]
    assert config.load().last_shop == window.context.database.where


@pytest.fixture(params=[1.0, 1.4])
def scale(request, qapp, direction):
    """The size of letters, of the font that the language has."""
    theme.apply(qapp, "light", request.param)
    yield request.param
    set_language("en")
    theme.apply(qapp, "light")


def test_it_is_as_high_as_its_words_but_no_higher_than_the_screen(qtbot, direction, scale):
    dialog = ServerDialog(moving=True)
    qtbot.addWidget(dialog)
    dialog.show()
    if scale == 1.0:
        assert dialog.area.verticalScrollBar().maximum() == 0
    dialog.anybody.show()
    dialog._complain("Somebody else could be answering. " * 5)
    assert dialog.height() < dialog.screen().availableGeometry().height()
    assert dialog.rect().contains(dialog.connect_.geometry())
    seen = dialog.area.viewport()
    assert seen.rect().contains(dialog.anybody.editor.mapTo(seen, dialog.anybody.editor.rect().center()))
