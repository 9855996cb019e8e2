"""Quick replies in from a file and out to one, from their page."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit

from desktop.data.database import Database
from desktop.exchange.replies_file import table_of
from desktop.i18n import _, bidi
from desktop.services.replies import find_replies
from desktop.ui.context import Context
from desktop.ui.widgets.labels import Label

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)  # dialogs

TABLE = "shortcut,text\nthanks,Thanks a lot\nnew one,Hello\n,lost\naddress,We are at {address}\n"


@pytest.fixture
def file(tmp_path):
    def write(content, name="replies.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


def texts(context):
    return {reply.shortcut: reply.text for reply in context.get(find_replies)}


def read(qtbot, page, path):
    """Read a file and return the dialog that shows what it would change."""
    page.files.take_file(path)
    qtbot.waitUntil(lambda: page.files.dialog is not None and page.files.dialog.isVisible())
    return page.files.dialog


def words(widget):
    return [bidi.strip(label.text()) for label in widget.findChildren(Label)]


def test_what_a_file_would_change_is_shown_first(qtbot, show_replies, context, replies, file, said, direction):
    page = show_replies(context)
    before = texts(context)
    dialog = read(qtbot, page, file(TABLE))
    expected = _("New: {new}. Changed: {changed}. Unchanged: {unchanged}. Left out: {skipped}.")
    assert bidi.strip(dialog.counts.text()) == expected.format(new=1, changed=1, unchanged=1, skipped=1)
    assert len(dialog.problems) == 2
    assert [words(row)[:2] for row in dialog.rows] == [["/thanks", _("Changed")], ["/new_one", _("New")]]
    assert texts(context) == before, "nothing is written yet"
    assert dialog.go.hasFocus()
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert texts(context) == before | {"thanks": "Thanks a lot", "new_one": "Hello"}
    assert said[-1][1], "it can be taken back"
    assert context.database.undo() == "Import replies"
    assert texts(context) == before


def test_nothing_is_brought_in_that_is_not_wanted(qtbot, show_replies, context, replies, file):
    page = show_replies(context)
    before = texts(context)
    dialog = read(qtbot, page, file(TABLE))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert texts(context) == before


def test_a_file_that_is_here_already_says_so(qtbot, show_replies, context, replies, file):
    page = show_replies(context)
    dialog = read(qtbot, page, file(context.get(table_of)))
    assert not dialog.go.isVisible()
    assert dialog.counts.text().startswith("Everything in this file is here already")
    assert dialog.cancel.text() == "Close"


@pytest.mark.parametrize(
    ("content", "name"), [("", "a.csv"), ("hello\nworld", "a.csv"), ("a: *b", "a.yml"), (b"\x89PNG\r\n\x1a\n", "a.csv")]
)
def test_what_is_no_list_of_replies_is_told(qtbot, show_replies, context, replies, file, said, content, name):
    page = show_replies(context)
    page.files.take_file(file(content, name))
    qtbot.waitUntil(lambda: bool(said))
    assert page.files.dialog is None
    page.files.take_file(file(b"", "gone.csv")[: -len("gone.csv")] + "nothing.csv")
    qtbot.waitUntil(lambda: len(said) == 2)
    assert said[1][0] == "The file cannot be read."


def test_many_replies_are_counted_and_the_first_listed(qtbot, show_replies, context, file):
    page = show_replies(context)
    dialog = read(qtbot, page, file("shortcut,text\n" + "".join(f"r{n},x\n" for n in range(130))))
    assert len(dialog.rows) == 100
    assert "And 30 more" in words(dialog)
    assert bidi.strip(dialog.go.text()) == "Import 130 replies"


def test_out_to_a_file(qtbot, show_replies, context, replies, tmp_path):
    page = show_replies(context)
    page.files.exporting.trigger()
    dialog = page.files.findChildren(QFileDialog)[-1]
    edit = dialog.findChild(QLineEdit, "fileNameEdit")
    assert edit.text() == "Bayt replies.csv"
    edit.setText(str(tmp_path / "out.csv"))
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert (tmp_path / "out.csv").read_bytes() == context.get(table_of)
    assert page.files.isVisible()
    assert "out.csv" in page.files.line.place.text()


def test_a_shop_that_is_only_read_takes_nothing_in(show_replies, context, replies, shop):
    reader = Context(Database(shop, read_only=True))
    page = show_replies(reader)
    assert not page.files.importing.isEnabled()
    assert page.files.exporting.isEnabled()
    reader.close()
