"""Tool tips that show what people wrote, and nothing that it asks for."""

import pytest
from PySide6.QtGui import QTextDocumentFragment

from desktop.ui.widgets.labels import ElidedLabel
from desktop.ui.widgets.tips import plain

MARKUP = ('Cake <b>big</b> & "fine"', "<b>&amp;</b>", '<img src="//far/away.png">', "<u>one</u>\n  two", "x &lt; y")


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_shown_as_it_was_written(text):
    assert plain(text) != text
    assert QTextDocumentFragment.fromHtml(plain(text)).toPlainText() == text


def test_other_texts_stay_as_they_are():
    assert [plain(text) for text in ("", "a < b & c", "line\n<b>")] == ["", "a < b & c", "line\n<b>"]


def test_a_name_that_does_not_fit_is_no_markup(qtbot):
    label = ElidedLabel(MARKUP[0])
    qtbot.addWidget(label)
    label.resize(30, 20)
    label.show()
    assert label.toolTip() == plain(MARKUP[0])
