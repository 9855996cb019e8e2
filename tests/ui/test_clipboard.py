"""What is copied is on the clipboard, or it is told that it is not."""

import pytest
from PySide6.QtGui import QGuiApplication

from desktop.ui.clipboard import put_text
from desktop.ui.widgets.buttons import CopyButton


class Held:
    """A clipboard that another program holds, as it happens on Windows."""

    def setText(self, text):
        """Take nothing."""

    def ownsClipboard(self):
        return False

    def text(self):
        return "theirs"


@pytest.fixture
def held(monkeypatch):
    monkeypatch.setattr(QGuiApplication, "clipboard", lambda: Held())


def test_a_text_is_put_there(qapp):
    assert put_text("سعر 75") == ""
    assert QGuiApplication.clipboard().text() == "سعر 75"


def test_a_clipboard_that_takes_nothing_is_told(context, held):
    said = []
    context.said.connect(said.append)
    context.copy("x", "The link is copied.")
    assert "did not take it" in said[0].sentence


def test_a_button_does_not_say_copied_where_nothing_was(qtbot, held):
    button = CopyButton("Copy link", lambda: "x")
    qtbot.addWidget(button)
    copied = []
    button.copied.connect(copied.append)
    button.click()
    assert (button.text(), copied) == ("Not copied", [])
