"""Shops that are filled once for all tests of a file, and quick replies to be used as an owner does."""

import shutil
from pathlib import Path
from typing import Any, NamedTuple

import shutil

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from desktop.data.database import Database
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


class Filled(NamedTuple):
    """The file of a shop, and what whoever filled it has to say of what is in it."""

    path: Path
    found: Any


@pytest.fixture(scope="module")
def filled_once(new_shop, tmp_path_factory):
    """A function that has `fill(run)` fill a shop, and returns its file and what `fill` returned.

    What a module calls `stocked` is what its tests begin with if they ask for it: a copy of that file each.
    """

    def make(fill):
        path = shutil.copy(new_shop, tmp_path_factory.mktemp("filled") / "shop.dukkan")
        database = Database(path, "till")
        try:
            return Filled(path, fill(database.run))
        finally:
            database.close()

    return make


@pytest.fixture
def shop(request, tmp_path, new_shop):
    """The path of a shop of the test's own: an empty one, or a copy of what its module has `stocked`."""
    full = "stocked" in request.fixturenames
    return shutil.copy(request.getfixturevalue("stocked").path if full else new_shop, tmp_path / "shop.dukkan")


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


def _with_replies(run):
    home = {"territory": "AE", "currency": "AED", "language": "en"}
    run("Set", update_profile, None, name="Bayt", address="Corniche", **home)
    run("Add", add_product, "Rose box", price=7500)
    run("Add", add_customer, "Noura", "+971501234567")
    return {shortcut: run("Add", add_reply, shortcut, text) for shortcut, text in REPLY_TEXTS.items()}


@pytest.fixture
def shop(request, shop, kept):
    """The path of an empty shop, or of one with `replies`."""
    return shutil.copy(kept(_with_replies)[0], shop) if "replies" in request.fixturenames else shop


@pytest.fixture
def replies(kept):
    """A shop with three replies, an item and a customer; the ids of the replies by shortcut."""
    return kept(_with_replies)[1]


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
