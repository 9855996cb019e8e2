"""What Qt itself says in Arabic: nothing in English, and the words of every other button."""

import re

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTreeView,
    QWidget,
)

from desktop import app, i18n
from desktop.ui.qt_words import WORDS
from desktop.ui.widgets.file_dialog import FileDialog


@pytest.fixture
def in_arabic(qapp):
    i18n.set_language("ar")
    words = app.speak_qt(qapp)
    yield
    words.leave()
    i18n.set_language("en")
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def texts(dialog):
    for kind in (QLabel, QAbstractButton, QAction):
        yield from (part.text() for part in dialog.findChildren(kind))
    for part in dialog.findChildren(QWidget):
        yield from (part.toolTip(), part.accessibleName())
    header = dialog.findChild(QTreeView).model()
    yield from (header.headerData(column, Qt.Orientation.Horizontal) for column in range(header.columnCount()))


@pytest.mark.parametrize("mode", ["open", "save", "folder"])
def test_the_file_dialog(qtbot, in_arabic, tmp_path, mode):
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = FileDialog(parent, "", str(tmp_path))
    if mode == "save":
        dialog.setAcceptMode(FileDialog.AcceptMode.AcceptSave)
    if mode == "folder":
        dialog.setFileMode(FileDialog.FileMode.Directory)
    dialog.show()
    assert [text for text in texts(dialog) if re.search("[A-Za-z]{2}", text)] == []
    box = dialog.findChild(QDialogButtonBox)
    done = {"open": "فتح", "save": "حفظ", "folder": "اختيار"}[mode]
    assert {button.text() for button in box.buttons()} == {done, "إلغاء"}


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_the_menu_of_a_field(qtbot, in_arabic, kind):
    field = kind()
    qtbot.addWidget(field)
    said = [action.text().split("\t")[0] for action in field.createStandardContextMenu().actions() if action.text()]
    assert said == ["تراجع", "إعادة", "قص", "نسخ", "لصق", "حذف", "تحديد الكل"]


def test_keys_and_what_is_only_qts_stay(in_arabic):
    assert QKeySequence("Ctrl+Z").toString(QKeySequence.SequenceFormat.NativeText) == "Ctrl+Z"
    assert QCoreApplication.translate("QShortcut", "Delete") == "Delete", "a key"
    assert QCoreApplication.translate("QPlatformTheme", "Abort") not in ("", "Abort")
    assert QCoreApplication.translate("QPlatformTheme", "&Yes") == "نعم"
    assert QCoreApplication.translate("QFileDialog", "Show ") == "عرض ", "a word follows it"


def test_every_word_is_one_of_qts(in_arabic):
    assert [word for word in WORDS if "&" in word or word != word.strip()] == []
    assert len(set(WORDS)) == len(WORDS)
