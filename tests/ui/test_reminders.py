"""What is due beside the clock: entries that lead there, and a message only where one wants it."""

from dataclasses import replace

import pytest

from desktop import config
from desktop.data.database import Database
from desktop.data.models import now
from desktop.i18n import bidi, formats
from desktop.services.follow_ups import add_follow_up
from desktop.ui.main_window import MainWindow
from desktop.ui.reminders import Reminders
from desktop.ui.tray import Tray

pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged|plugin does not support", extend=True)  # offscreen


@pytest.fixture
def window(qtbot, shop, tmp_path, monkeypatch):
    monkeypatch.setenv(config.HOME, str(tmp_path / "home"))
    window = MainWindow(config.Settings())
    qtbot.addWidget(window)
    window.set_database(Database(shop))
    yield window
    window.close_shop_now()


def add(window, **fields):
    return window.context.run("", lambda session: add_follow_up(session, **fields))


def test_what_is_due_stands_in_the_menu_and_leads_there(window):
    formats.configure(zone="UTC")
    late = add(window, due_at=0, title="Deposit & more")
    add(window, due_at=now() + 10**7, title="Later")
    tray = Tray(window)
    reminders = Reminders(window, tray)
    words = [bidi.strip(action.text()) for action in tray.due if not action.isSeparator()]
    assert words == ["1 January 1970, 12:00 midnight · Deposit && more"]
    assert tray.menu.actions()[0] is tray.due[0]
    assert "Deposit & more" in tray.icon.toolTip()
    tray.due[0].trigger()
    assert window.page().editor.row() == late
    window.close_shop()
    reminders.look()
    assert tray.due == []
    assert tray.menu.actions()[0] is tray._first
    formats.configure(zone="")


def test_while_the_server_is_lost_nothing_is_asked_of_it_each_minute(window, monkeypatch):
    add(window, due_at=0, title="Deposit")
    tray = Tray(window)
    reminders = Reminders(window, tray)
    with monkeypatch.context() as patch:
        patch.setattr(Database, "lost", True)
        reminders.look()
        assert tray.due == []
    reminders.look()
    assert tray.due


@pytest.mark.parametrize("wanted", [False, True])
def test_a_message_comes_once_and_only_where_it_is_wanted(window, monkeypatch, wanted):
    told = []
    monkeypatch.setattr(Tray, "tell", lambda _tray, _title, words: told.append(bidi.strip(words)))
    window.settings = replace(window.settings, remind=wanted)
    tray = Tray(window)
    reminders = Reminders(window, tray)
    for number in range(7):
        add(window, due_at=number, title="Old")
    add(window, due_at=now(), title="Cake")
    reminders._seen = now() - 60
    reminders.look()
    reminders.look()
    assert len(told) == wanted
    assert all("Cake" in words for words in told)
