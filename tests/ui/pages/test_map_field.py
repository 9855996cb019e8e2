"""The place on the map, as an owner pastes it into the profile."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.i18n import bidi
from desktop.services.profile import read_profile, update_profile
from desktop.ui.pages.map_field import MapField
from desktop.ui.pages.profile import ProfilePage


@pytest.fixture(scope="module")
def stocked(filled_once):
    return filled_once(lambda run: run("Start", update_profile, name="Bayt", territory="AE"))


@pytest.fixture
def page(qtbot, stocked, context):
    page = ProfilePage(context)
    qtbot.addWidget(page)
    page.resize(1108, 800)
    page.show()
    return page


@pytest.fixture
def enter(qtbot, page):
    """A function that pastes a place over the one that is there, and leaves the field."""

    def enter(text):
        field = page.fields["map_link"]
        assert isinstance(field, MapField)
        field.editor.setFocus()
        field.editor.selectAll()
        QGuiApplication.clipboard().setText(text)
        qtbot.keyClick(field.editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        field.commit()
        return field

    return enter


def test_coordinates_become_a_link_that_is_opened(qtbot, context, direction, page, enter):
    field = enter("٢٥٫٢٠٤٨، ٥٥٫٢٧٠٨")
    profile = context.get(read_profile)
    assert (profile.latitude, profile.longitude) == ("25.2048", "55.2708")
    assert bidi.strip(field.place.text()) == "25.2048, 55.2708"
    opened = []
    field._opener = opened.append
    qtbot.mouseClick(field.open, Qt.MouseButton.LeftButton)
    assert [url.toString() for url in opened] == ["https://maps.google.com/?q=25.2048,55.2708"]


def test_a_short_link_is_kept_and_explained_and_only_https_opened(context, page, enter):
    field = enter("https://maps.app.goo.gl/abc")
    assert context.get(read_profile).map_link == "https://maps.app.goo.gl/abc"
    assert "short link works" in field.message.text()
    assert field.open.isVisibleTo(page)
    field = enter("")
    assert "short link" not in field.message.text()
    assert not field.open.isVisibleTo(page)
    field = enter("http://maps.example.com/x")
    opened = []
    field._opener = opened.append
    field._on_open()
    assert opened == []
    assert not field.open.isVisibleTo(page)


def test_what_is_no_place_stays_in_the_field_and_is_explained(context, page, enter):
    enter("25.2, 55.3")
    field = enter("125, 255")
    assert "latitude lies between" in field.message.text()
    assert field.value() == "125, 255"
    assert context.get(read_profile).latitude == "25.2"
