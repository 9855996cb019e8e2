"""Campaigns, used as an owner does: added, written, copied, changed elsewhere, deleted and brought back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.i18n import bidi
from desktop.services.campaigns import add_campaign, list_campaigns, read_campaign, remove_campaigns, update_campaign
from desktop.services.catalog import add_product
from desktop.services.links import parse_link
from desktop.services.profile import update_profile
from desktop.ui.pages.campaigns import Campaigns

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def stocked(filled_once):
    fields = {"name": "Gift House", "phone": "971501234567", "territory": "AE", "language": "en"}
    return filled_once(lambda run: run("", update_profile, **fields))


@pytest.fixture
def owner(stocked, context):
    return context


@pytest.fixture
def page(in_front, owner):
    page = Campaigns(owner)
    return in_front(page, 812, 590)


@pytest.fixture
def flyer(owner, page):
    return owner.run("", add_campaign, "Flyer", text="Hi from {shop}", reference="K7M4")


def write(qtbot, page, name, text):
    """Paste over what is in a field, and save it."""
    field = page.fields[name]
    field.editor.setFocus()
    field.editor.selectAll()
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(field.editor, Qt.Key.Key_V, CTRL)
    field.commit()
    return field


def stored(owner, campaign):
    return owner.get(read_campaign, campaign)


def test_an_empty_page_teaches_and_begins(qtbot, direction, owner, page):
    assert page.shown.currentWidget() is page.empty
    qtbot.mouseClick(page.add_first, Qt.MouseButton.LeftButton)
    (campaign,) = owner.get(list_campaigns)
    assert page.fields["name"].editor.hasFocus()
    assert page.fields["name"].editor.selectedText() == campaign.name
    qtbot.keyClicks(page.fields["name"].editor, "Poster")
    qtbot.keyClick(page.fields["name"].editor, Qt.Key.Key_Return)
    assert stored(owner, campaign.id).name == "Poster"
    assert campaign.reference in parse_link(page.preview.link()).text


def test_fields_save_themselves_and_the_link_follows(qtbot, direction, owner, page, flyer):
    write(qtbot, page, "text", "مرحبا {shop}")
    write(qtbot, page, "used_at", "  shop   window ")
    assert (stored(owner, flyer).text, stored(owner, flyer).used_at) == ("مرحبا {shop}", "shop window")
    text = parse_link(page.preview.link()).text
    assert text.startswith("مرحبا Gift House\n")
    assert text.endswith("K7M4")
    assert "shop window" in page.list.rows.rows[0].text


def test_copying_hands_the_link_out_and_says_when_it_has_changed(qtbot, owner, page, flyer):
    assert "Not handed out yet" in page.handed_out.text()
    rect = page.list.copy_rect(page.list.rows.index(0))
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    link = QGuiApplication.clipboard().text()
    assert parse_link(link).text == "Hi from Gift House\nReference: K7M4"
    assert stored(owner, flyer).link == link
    assert page.handed_out.text().startswith("Handed out")
    owner.run("", update_profile, name="Dar")
    assert page.handed_out.text().startswith("Changed since")
    page.preview.copy.click()
    assert page.handed_out.text().startswith("Handed out")


def test_what_cannot_be_stays_and_is_explained(qtbot, owner, page, flyer):
    owner.run("", add_campaign, "Poster", reference="ABC")
    page.show_target(flyer)
    field = write(qtbot, page, "reference", "abc")
    assert "already the reference of" in field.message.text()
    assert field.value() == "abc"
    assert stored(owner, flyer).reference == "K7M4"
    page.list.setCurrentIndex(page.list.rows.index(0))
    assert page.state() == flyer  # it stays until it is mended
    assert write(qtbot, page, "reference", "abd").message.text() != ""
    assert stored(owner, flyer).reference == "ABD"


def test_an_item_is_chosen_and_the_catalog_says_that_it_carries_no_text(qtbot, owner, page, flyer):
    item = owner.run("", add_product, "Tea", code="T1", whatsapp_id="24")
    owner.run("", update_campaign, flyer, text="")
    page.fields["kind"].editor.set_value("item")
    page.fields["kind"].editor.activated.emit(2)
    assert page.preview.link() == ""
    page.target.items.list.setCurrentRow(0)
    assert stored(owner, flyer).target_id == item
    assert parse_link(page.preview.link()).text == "Hello, I would like to order: Tea (T1)\nReference: K7M4"
    page.fields["kind"].editor.set_value("catalog")
    page.fields["kind"].editor.activated.emit(1)
    assert page.about_catalog.isVisible()
    assert not page.fields["reference"].isVisible()
    assert page.preview.link() == "https://wa.me/c/971501234567"


def test_a_copy_begins_with_its_name(qtbot, owner, page, flyer):
    qtbot.mouseClick(page.duplicate, Qt.MouseButton.LeftButton)
    copy, source = owner.get(list_campaigns)
    assert page.state() == copy.id
    assert (copy.text, copy.reference != source.reference) == ("Hi from {shop}", True)
    assert page.fields["name"].editor.hasFocus()


def test_deleting_shows_the_next_and_undo_brings_it_back(qtbot, owner, page, flyer):
    other = owner.run("", add_campaign, "Poster")
    page.show_target(flyer)
    said = []
    owner.said.connect(said.append)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert page.state() == other
    assert said[-1].undo
    owner.database.undo()
    assert page.state() == flyer
    assert [bidi.strip(row.title) for row in page.list.rows.rows] == ["Poster", "Flyer"]


def test_changes_elsewhere_are_shown_but_not_over_what_is_typed(qtbot, owner, page, flyer):
    owner.run("", update_campaign, flyer, used_at="door")
    assert page.fields["used_at"].value() == "door"
    editor = page.fields["name"].editor
    editor.setFocus()
    qtbot.keyClicks(editor, "!")
    owner.run("", update_campaign, flyer, name="Poster")
    assert "!" in editor.text()
    page.fields["name"].commit()
    assert "changed elsewhere" in page.fields["name"].message.text()
    assert not page.commit(), "to leave is not to mean it"
    assert stored(owner, flyer).name == "Poster"
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert "!" in stored(owner, flyer).name
    page.fields["name"].start("Poster")
    owner.run("", remove_campaigns, [flyer])
    assert page.shown.currentWidget() is page.empty


def test_without_a_phone_it_says_what_is_missing(owner, page, flyer):
    owner.run("", update_profile, phone="")
    assert page.preview.link() == ""
    assert "phone number" in page.preview.view.accessibleDescription()
