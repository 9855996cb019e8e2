"""The page that explains placeholders."""

import pytest
from PySide6.QtCore import Qt

from desktop import i18n
from desktop.services.placeholders import KEYS, find
from desktop.ui.dialogs.placeholders import EXAMPLES, PlaceholdersDialog
from desktop.ui.widgets.labels import Label, ValueLabel


@pytest.fixture(params=["en", "ar"])
def dialog(qtbot, request, qapp):
    i18n.set_language(request.param)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft if request.param == "ar" else Qt.LayoutDirection.LeftToRight)
    dialog = PlaceholdersDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    i18n.set_language("en")
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_every_example_means_something_and_shows_what_it_becomes(dialog):
    codes = [label.text() for label in dialog.findChildren(ValueLabel)]
    assert len(codes) == len(EXAMPLES) + len(KEYS)
    for code in codes:
        (span,) = find(code)
        assert span.key, code
    shown = [label.text() for label in dialog.findChildren(Label) if label.property("look") == "accent"]
    assert len(shown) == len(EXAMPLES)
    assert not any("{" in text or "#" in text for text in shown)


def test_escape_closes_it(dialog, qtbot):
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
