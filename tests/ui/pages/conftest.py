"""Quick replies to be used as an owner does, in both directions."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from desktop.i18n import bidi
from desktop.services.catalog import add_product
from desktop.services.customers import add_customer
from desktop.services.profile import update_profile
from desktop.services.replies import add_reply
from desktop.ui.pages.replies import RepliesPage
from desktop.ui.saving import SaveLine

REPLY_TEXTS = {
    "address": "We are at {address}",
    "price": "{product} is {price}",
    "thanks": "Thank you {customer}!",
}


@pytest.fixture
def show_replies(in_front, opened):
    """A function that shows the quick replies of a context in an active window."""

    def show(context):
        page = RepliesPage(context, opened.append)
        return in_front(page, 812, 590)

    return show


@pytest.fixture
def opened():
    """What was opened in other programs."""
    return []


@pytest.fixture(scope="module")
def stocked(filled_once):
    """A shop with three replies, an item and a customer, where a module does not say otherwise."""

    def fill(run):
        home = {"territory": "AE", "currency": "AED", "language": "en"}
        run("Set", update_profile, None, name="Bayt", address="Corniche", **home)
        run("Add", add_product, "Rose box", price=7500)
        run("Add", add_customer, "Noura", "+971501234567")
        return {shortcut: run("Add", add_reply, shortcut, text) for shortcut, text in REPLY_TEXTS.items()}

    return filled_once(fill)


@pytest.fixture
def replies(stocked):
    """The ids of the three replies by shortcut."""
    return stocked.found


@pytest.fixture
def save_to(monkeypatch):
    """A function that answers the next dialogs for a file or a folder with a path."""

    def choose(path):
        def answer(dialog):
            dialog.selectedFiles = lambda: [str(path)]
            dialog.accepted.emit()

        monkeypatch.setattr(QFileDialog, "open", answer)
        monkeypatch.setattr(SaveLine, "last_folder", str(path.parent))

    return choose


@pytest.fixture
def said(context):
    """What was said at the foot of the window, and whether it can be taken back."""
    sayings = []
    context.said.connect(lambda saying: sayings.append((bidi.strip(saying.sentence), saying.undo)))
    return sayings


@pytest.fixture
def clipboard(qapp):
    """The clipboard, empty."""
    board = QGuiApplication.clipboard()
    board.clear()
    return board
