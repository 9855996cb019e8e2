"""A shop made anew from its export, in the window."""

import contextlib
import platform

from desktop import config
from desktop.data.database import Database
from desktop.exchange.shop_folder import write_shop
from desktop.i18n import bidi
from desktop.services.catalog import add_product
from desktop.ui.main_window import MainWindow
from desktop.ui.rebuilding import rebuild


def test_it_is_made_and_opened_or_the_reason_is_said(qtbot, fresh, database, tmp_path):
    database.run("Add", add_product, "Bag")
    with database.reader() as session:
        write_shop(session, tmp_path / "export")
    window = MainWindow(config.load())
    qtbot.addWidget(window)
    window.furnish()
    window.show()
    opened = []
    place = tmp_path / "new.dukkan"
    rebuild(window, opened.append, tmp_path / "export" / "shop.json", str(place))
    qtbot.waitUntil(lambda: opened == [place])
    rebuild(window, opened.append, tmp_path / "export" / "shop.json", str(place))
    qtbot.waitUntil(lambda: "already" in window.toast.words.text())
    assert opened == [place]


def test_who_has_the_shop_is_said(qtbot, fresh, shop):
    with contextlib.closing(Database(shop, "till")):
        window = MainWindow(config.load())
        qtbot.addWidget(window)
        window.set_database(Database(shop, read_only=True))
        words = bidi.strip(window.banner.words.text())
        assert f"It is open on {platform.node()} since today" in words
        window.close_shop_now()
