"""What is needed to bring something in from files as a person does."""

import pytest
from PySide6.QtWidgets import QWidget

from desktop.services.profile import update_profile


class Import:
    """Opens an import, and goes through it."""

    def __init__(self, qtbot, context, window):
        self.qtbot, self.context, self.window = qtbot, context, window

    def start(self, kind, *files):
        """Open the dialog with files, and wait until they are read."""
        dialog = kind(self.context, self.window, files)
        dialog.show()
        self.idle(dialog)
        return dialog

    def idle(self, dialog):
        """Wait until nothing is being done."""
        self.qtbot.waitUntil(lambda: not dialog.is_busy())

    def to_check(self, dialog):
        """Go on to the last step, or to where one cannot go on."""
        while not dialog.is_checking():
            step = dialog.step()
            dialog.go.click()
            self.qtbot.waitUntil(lambda: dialog.step() != step or bool(dialog.trouble.text()))  # noqa: B023

    def finish(self, dialog):
        """Import all, after which the dialog closes."""
        with self.qtbot.waitSignal(dialog.accepted):
            dialog.go.click()
        self.qtbot.waitUntil(lambda: dialog._writing is None)

    @staticmethod
    def rows(table):
        """Return what a table shows."""
        model = table.model()
        return [[model.index(row, c).data() for c in range(model.columnCount())] for row in range(model.rowCount())]


@pytest.fixture
def window(qtbot):
    """What a dialog belongs to, which goes by itself when it is closed."""
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture(scope="module")
def stocked(filled_once):
    """A shop of the Emirates, where a module does not say otherwise."""
    return filled_once(lambda run: run("Fill", update_profile, currency="AED", territory="AE"))


@pytest.fixture
def bring(qtbot, stocked, context, window, fresh):
    """An Import into a shop of the Emirates; what is chosen for columns is kept in a home of each test's own."""
    return Import(qtbot, context, window)


@pytest.fixture
def put(tmp_path):
    """A function that writes a file and returns its path as a text."""

    def write(content, name="items.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return str(path)

    return write
