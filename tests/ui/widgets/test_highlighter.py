"""Colours of words while one types."""

import re

import pytest
from PySide6.QtWidgets import QTextEdit

from desktop.ui import theme
from desktop.ui.widgets.highlighter import LONGEST, Highlighter


@pytest.fixture
def edit(qtbot):
    """A text whose words in braces are coloured, those with an x as a warning."""
    edit = QTextEdit()
    qtbot.addWidget(edit)
    edit.marks = Highlighter(
        edit.document(),
        lambda text: [(m.start(), m.end(), "warn" if "x" in m[0] else "accent") for m in re.finditer(r"{\w+}", text)],
    )
    return edit


def coloured(edit):
    """The coloured words of every line, with the name of their colour."""
    names = {theme.colour(name).name(): name for name in ("accent", "warn")}
    found = []
    block = edit.document().begin()
    while block.isValid():
        units = block.text().encode("utf-16-le")
        for span in block.layout().formats():
            word = units[2 * span.start : 2 * (span.start + span.length)].decode("utf-16-le")
            found.append((word, names[span.format.foreground().color().name()]))
        block = block.next()
    return found


def test_words_are_coloured_on_every_line(edit):
    edit.setPlainText("a {one} b {x}\n{two}")
    assert coloured(edit) == [("{one}", "accent"), ("{x}", "warn"), ("{two}", "accent")]


def test_letters_of_two_places_do_not_shift_the_colours(edit):
    edit.setPlainText("🌿 {one} 🎁🎁 {two} و {ثلاثة}")
    assert [word for word, _colour in coloured(edit)] == ["{one}", "{two}", "{ثلاثة}"]


def test_colours_follow_what_is_typed(edit, qtbot):
    edit.setPlainText("{one}")
    qtbot.keyClicks(edit, "a")
    assert coloured(edit) == [("{one}", "accent")]
    edit.setPlainText("one")
    assert coloured(edit) == []


def test_a_very_long_line_stays_plain(edit):
    edit.setPlainText("{one} " * LONGEST + "\n{two}")
    assert coloured(edit) == [("{two}", "accent")]
