"""Dukkan from anywhere: a second start reaches the first, over the real door."""

import subprocess
import sys

import pytest
from PySide6.QtWidgets import QApplication

from desktop import config, door
from desktop.data.database import Database
from desktop.services import replies
from desktop.ui.anywhere import Anywhere
from desktop.ui.main_window import MainWindow


@pytest.fixture(scope="module")
def stocked(filled_once):
    return filled_once(lambda run: run("Reply", replies.add_reply, "thanks", "Thank you!"))


@pytest.fixture
def desk(qtbot, qapp, stocked, shop, tmp_path, monkeypatch):
    monkeypatch.setenv(config.HOME, str(tmp_path / "home"))
    window = MainWindow(config.Settings())
    qtbot.addWidget(window)
    window.set_database(Database(shop))
    window.show()
    anywhere = Anywhere(qapp, window)
    yield anywhere
    anywhere.close()
    window.close_shop_now()


def dukkan(*arguments):
    """Start a second Dukkan, and leave it to the first one's loop to answer."""
    command = [sys.executable, "-m", "desktop", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_second_start_opens_the_small_window(qtbot, desk):
    second = dukkan("--palette", "tha")
    qtbot.waitUntil(lambda: desk.pocket is not None and desk.pocket.isVisible(), timeout=10_000)
    assert desk.pocket.search.text() == "tha"
    _said, error = second.communicate(timeout=10)
    assert second.returncode == 0, error


def test_reply_command_opens_it_with_the_reply(qtbot, desk):
    second = dukkan("reply", "thanks")
    qtbot.waitUntil(lambda: desk.pocket is not None and desk.pocket.isVisible(), timeout=10_000)
    assert desk.pocket.list.current().target.shortcut == "thanks"
    _said, error = second.communicate(timeout=10)
    assert second.returncode == 0, error


def test_second_start_raises_the_window(qtbot, desk):
    desk.window.hide()
    second = dukkan()
    qtbot.waitUntil(desk.window.isVisible, timeout=10_000)
    _said, error = second.communicate(timeout=10)
    assert second.returncode == 0, error


def test_same_shop_is_raised_and_another_is_not_this_windows_matter(qtbot, desk, shop):
    desk.window.hide()
    assert door.knock("open", str(shop.absolute())) is True
    qtbot.waitUntil(desk.window.isVisible, timeout=5_000)
    assert door.knock("open", str(shop.with_name("other.dukkan"))) is False


def test_without_a_shop_the_palette_is_refused(desk):
    desk.window.close_shop_now()
    assert door.knock("palette", "") is False


def test_another_language_makes_the_small_window_anew(desk):
    desk.show_pocket()
    first = desk.pocket
    desk.settle()
    desk.show_pocket()
    assert desk.pocket is not first


def test_window_stays_only_where_it_was_asked_for(desk):
    assert desk.window.stays is False, "there is no tray offscreen"
    desk.window.stays = True
    desk.window.close()
    assert desk.window.context is not None
    desk.raise_window()
    assert desk.window.isVisible()
    desk.window.stays = False


def test_quit_of_the_tray_closes_for_good(desk, monkeypatch):
    ended = []
    monkeypatch.setattr(QApplication, "quit", lambda self: ended.append(True))
    desk.window.stays = True
    desk._on_end_wanted()
    assert ended == [True]
