"""Getting a shop into the window."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from desktop import config, i18n
from desktop.data.database import Database
from desktop.services import sample
from desktop.services.catalog import count_products
from desktop.services.labels import list_labels
from desktop.services.profile import read_profile
from desktop.services.sample import draw
from desktop.ui import opening, theme
from desktop.ui.dialogs.start import Start, StartDialog
from desktop.ui.main_window import MainWindow


@pytest.fixture
def window(qtbot, fresh):
    window = MainWindow(config.load())
    qtbot.addWidget(window)
    window.show()
    window.furnish()
    return window


@pytest.fixture
def opened():
    return []


def answer(window, path, name="Gifts"):
    window.findChild(StartDialog).finished_with.emit(Start(path, name, "AE", "AED", "971501234567", "Asia/Dubai", "ar"))


def read(path, *fns):
    database = Database(path, read_only=True)
    with database.reader() as session:
        found = [fn(session) for fn in fns]
    database.close()
    return found


def test_start_a_shop(window, opened, tmp_path):
    opening.start_shop(window, opened.append)
    path = tmp_path / "هدايا & Co.dukkan"
    answer(window, path)
    assert opened == [path]
    assert {file.name for file in tmp_path.iterdir()} - {"home"} == {path.name}  # no draft is left
    profile, labels = read(path, read_profile, list_labels)
    assert (profile.name, profile.phone, profile.currency, profile.language) == ("Gifts", "971501234567", "AED", "ar")
    assert len(labels) == 6


def test_nothing_is_written_over(window, opened, tmp_path):
    path = tmp_path / "old.dukkan"
    path.write_bytes(b"somebody's work")
    opening.start_shop(window, opened.append)
    answer(window, path)
    assert opened == []
    assert path.read_bytes() == b"somebody's work"
    assert "Choose another folder or name" in window.toast.words.text()


def test_a_folder_that_is_not_there(window, opened, tmp_path):
    opening.start_shop(window, opened.append)
    answer(window, tmp_path / "gone" / "new.dukkan")
    assert opened == []
    assert "Choose another folder or name" in window.toast.words.text()


def test_what_the_service_refuses(window, opened, tmp_path):
    opening.start_shop(window, opened.append)
    answer(window, tmp_path / "new.dukkan", name="  ")
    assert opened == []
    assert window.toast.words.text() == "The shop needs a name."
    assert not (tmp_path / "new.dukkan").exists()


def test_a_sample_is_drawn_once_in_the_language(qtbot, window, opened, monkeypatch):
    drawn = []
    monkeypatch.setattr(sample, "draw", lambda *of: drawn.append(of) or draw(*of))
    i18n.set_language("ar")
    opening.open_sample(window, "bakery", opened.append)
    assert window.stack.currentWidget() is window.waiting
    opening.open_sample(window, "bakery", opened.append)  # asked for twice
    qtbot.waitUntil(lambda: len(opened) == 2, timeout=30_000)
    assert opened[0] == opened[1]
    assert len(drawn) == 1
    assert opened[0].parent == opening.sample_folder()
    profile, items = read(opened[0], read_profile, count_products)
    assert profile.language == "ar"
    assert items > 10
    before = opened[0].stat().st_mtime_ns
    opening.open_sample(window, "bakery", opened.append)
    assert len(opened) == 3
    assert opened[2].stat().st_mtime_ns == before


def test_no_room_for_a_sample(qtbot, window, opened, fresh):
    fresh.mkdir(exist_ok=True)
    (fresh / "cache").write_text("a file in the way")
    opening.open_sample(window, "gifts", opened.append)
    qtbot.waitUntil(lambda: window._welcome is not None, timeout=30_000)
    assert "Make some room" in window._welcome.trouble.accessibleName()
    assert opened == []


def test_an_unknown_sample_is_a_slip_and_leaves_a_way_on(qtbot, window, opened):
    with qtbot.captureExceptions() as caught:
        opening.open_sample(window, "zoo", opened.append)
        qtbot.waitUntil(lambda: bool(caught))
    assert window.stack.currentWidget() is window._welcome


def test_choose_a_shop(qtbot, window, opened, shop):
    opening.choose_shop(window, opened.append)
    dialog = window.findChild(QFileDialog)
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFile
    dialog.fileSelected.emit(str(shop))
    assert opened == [Path(shop)]
    dialog.reject()
    qtbot.waitUntil(lambda: window.findChild(QFileDialog) is None)


def test_the_language_of_the_command_stays_whatever_else_is_set(qtbot, desk):
    i18n.set_language("ar")  # as by `dukkan --lang ar`, on an English system
    desk.window.show()
    desk.window.settings_wanted.emit({"theme": "dark"})
    qtbot.waitUntil(lambda: theme.is_dark())
    assert (i18n.language(), config.load().language) == ("ar", "")
    desk.window.settings_wanted.emit({"language": "en"})
    qtbot.waitUntil(lambda: i18n.language() == "en")
