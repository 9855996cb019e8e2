"""A slip of the program: written down without anyone's number, told once, and the program goes on."""

import logging
import sys
from threading import Thread

import pytest
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QPushButton

from desktop import config, log
from desktop.ui.crash import QUIET, REPEAT, CrashDialog, CrashHandler, show_last
from desktop.ui.main_window import MainWindow


class Slipping(QPushButton):
    """A button whose slot has a slip in it."""

    def __init__(self):
        super().__init__()
        self.words = "nobody at +971 50 123 4567"
        self.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self):
        raise LookupError(self.words)


@pytest.fixture
def window(qtbot, fresh):
    before = logging.getLogger().handlers[:]
    window = MainWindow(config.load())
    qtbot.addWidget(window)
    window.show()
    window.furnish()
    yield window
    for handler in logging.getLogger().handlers:
        if handler not in before:
            handler.close()
    logging.getLogger().handlers = before


@pytest.fixture
def told(window, monkeypatch):
    """What the window has said."""
    sentences = []
    monkeypatch.setattr(window, "tell", sentences.append)
    return sentences


@pytest.fixture
def handler(window, monkeypatch):
    handler = CrashHandler(window)
    monkeypatch.setattr(sys, "excepthook", handler.catch)
    return handler


@pytest.fixture
def file(fresh):
    return log.start()


@pytest.mark.fault("F19")
def test_a_slip_in_a_slot(qtbot, window, handler, file):
    Slipping().click()
    qtbot.waitUntil(lambda: window.toast.isVisible())
    assert "nothing you saved is lost" in window.toast.words.text()
    assert str(file) in window.toast.words.text()
    written = file.read_text("utf-8")
    assert "LookupError: nobody at (number)" in written
    assert "test_crash.py" in written
    assert "4567" not in written
    assert window.isVisible()


@pytest.mark.fault("F19")
def test_the_same_slip_is_told_once_and_written_a_few_times(qtbot, handler, told, file):
    button = Slipping()
    for _ in range(REPEAT + 10):
        button.click()
    qtbot.waitUntil(lambda: bool(told))
    button.words = "another"
    button.click()
    handler._told = -QUIET  # a while later
    button.words = "a third"
    button.click()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert file.read_text("utf-8").count("LookupError: nobody") == REPEAT


@pytest.mark.fault("F19")
def test_a_slip_in_another_thread(qtbot, handler, told, file):
    def slip():
        try:
            raise LookupError("elsewhere")
        except LookupError:
            handler.catch(*sys.exc_info())

    thread = Thread(target=slip)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(told) == 1)


def test_where_no_log_can_be_written(qtbot, handler, told, fresh):
    fresh.write_text("a file in the way")
    Slipping().click()
    qtbot.waitUntil(lambda: len(told) == 1)
    assert "nothing you saved is lost" in told[0]
    assert not told[0].endswith(" ")


def test_an_interrupt_closes_the_window(qtbot, window, handler, capsys):
    handler.catch(KeyboardInterrupt, KeyboardInterrupt(), None)
    qtbot.waitUntil(lambda: not window.isVisible())
    assert "KeyboardInterrupt" in capsys.readouterr().err


@pytest.mark.fault("F19")
def test_slips_one_after_the_other_are_told_once(qtbot, handler, told, file):
    button = Slipping()
    for number in range(7):
        button.words = f"slip {number}"
        button.click()
    qtbot.waitUntil(lambda: bool(told))
    qtbot.wait(0)
    assert len(told) == 1
    assert file.read_text("utf-8").count("LookupError: slip") == 7


@pytest.mark.fault("F19")
def test_the_report_of_a_crash_is_shown_once_and_copied(qtbot, window, fresh):
    (fresh / "log").mkdir(parents=True, exist_ok=True)
    (fresh / "log/fault.txt").write_text("Fatal Python error: Segmentation fault, +971 50 123 4567")
    show_last(window)
    dialog = window.findChild(CrashDialog)
    assert dialog.isVisible()
    dialog.copy.click()
    copied = QApplication.clipboard().text()
    assert "Segmentation fault, (number)" in copied
    assert "Dukkan: " in copied
    assert dialog.words.text() == "Copied."
    dialog.close_.click()
    qtbot.waitUntil(lambda: window.findChild(CrashDialog) is None)
    show_last(window)
    assert window.findChild(CrashDialog) is None
