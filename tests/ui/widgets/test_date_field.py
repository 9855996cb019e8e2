"""A day or none, chosen and taken away."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from desktop.i18n import formats
from desktop.ui.widgets.date_field import OptionalDateField


@pytest.fixture
def stored():
    return []


@pytest.fixture
def field(window, stored):
    """A field that stores what is entered in a list."""

    def save(value, group):
        stored.append(value)
        return "No days here." if value == dt.date(2026, 1, 1) else ""

    field = OptionalDateField("Until", save)
    window(field)
    field.start(None)
    return field


def test_a_day_is_chosen_and_taken_away(qtbot, rtl, field, stored):
    assert field.value() is None
    assert not field.editor.isVisible()
    qtbot.mouseClick(field.choose, Qt.MouseButton.LeftButton)
    assert stored == [formats.today()]
    assert field.editor.hasFocus()
    assert not field.choose.isVisible()
    assert (field.clear.x() < field.editor.x()) == rtl
    qtbot.mouseClick(field.clear, Qt.MouseButton.LeftButton)
    assert stored[1:] == [None]
    assert (field.value(), field.choose.hasFocus(), field.editor.isVisible()) == (None, True, False)


def test_what_is_stored_elsewhere_is_shown(field):
    field.update_value(dt.date(2026, 11, 20))
    assert field.value() == dt.date(2026, 11, 20)
    assert field.editor.isVisible()
    field.start(None)
    assert field.value() is None


def test_what_cannot_be_stays_with_its_complaint(qtbot, field, stored):
    field.update_value(dt.date(2026, 11, 20))
    field.editor.setDate(dt.date(2026, 1, 1))
    assert not field.commit()
    assert field.message.text() == "No days here."
    qtbot.keyClick(field.editor, Qt.Key.Key_Escape)
    assert field.value() == dt.date(2026, 11, 20)


def test_a_locked_one_can_be_read_only(qtbot, field, stored):
    field.lock()
    qtbot.mouseClick(field.choose, Qt.MouseButton.LeftButton)
    assert stored == []
    field.say_none("Mixed")
    assert field.choose.text() == "Mixed"


def test_a_day_reads_day_month_year_in_both_directions(qtbot, rtl, field, stored):
    field.update_value(dt.date(2026, 11, 20))
    day, _month, year = field.editor.text().split()
    assert (day, year) == ("20", "2026")
    field.editor.setFocus()
    field.editor.setSelectedSection(field.editor.Section.DaySection)
    qtbot.keyClicks(field.editor, "15")
    qtbot.keyClick(field.editor, Qt.Key.Key_Up)  # the month's turn has come
    assert field.value() == dt.date(2026, 12, 15)
