"""The page Links and QR: its three views, and the codes of many items at once, used as an owner does."""

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from desktop.data.database import Database
from desktop.exchange.remake import sheet_of
from desktop.exchange.website_button import snippet
from desktop.services import bulk
from desktop.services.campaigns import add_campaign, list_campaigns
from desktop.services.catalog import add_product, update_product
from desktop.services.collections import add_collection, put_into
from desktop.services.links import parse_link
from desktop.services.profile import update_profile
from desktop.services.replies import add_reply
from desktop.ui.context import Context
from desktop.ui.pages.campaigns import Campaigns
from desktop.ui.pages.links import LinksPage
from desktop.ui.pages.many_links import ManyLinks
from desktop.ui.pages.one_link import OneLink
from desktop.ui.widgets.chips import Chip

PHONE = "971501234567"


@pytest.fixture(scope="module")
def stocked(filled_once):
    """A shop with three items, one of them hidden, and a collection of the first."""

    def fill(run):
        run("", update_profile, name="Gift House", phone=PHONE, territory="AE", currency="AED", language="en")
        names = [("Khaki bag", {"price": 900, "sale_price": 800}), ("قهوة", {}), ("Secret", {"hidden": True})]
        ids = [run("", add_product, name, code=f"C{n}", **more) for n, (name, more) in enumerate(names)]
        run("", put_into, ids[0], run("", add_collection, "Bags & more"))
        return ids

    return filled_once(fill)


@pytest.fixture
def items(stocked):
    """The ids of the items."""
    return stocked.found


@pytest.fixture
def page(in_front, context, items, opened):
    page = LinksPage(context, opened.append)
    return in_front(page, 812, 590)


def turn_to(qtbot, page, tab):
    """Click a tab, and return its view."""
    chip = page.tabs.findChildren(Chip)[["one", "many", "campaigns"].index(tab)]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    return page.view()


@pytest.fixture
def many(qtbot, page):
    view = turn_to(qtbot, page, "many")
    qtbot.waitUntil(view.save.isEnabled)
    return view


def codes(image):
    return [found.text for found in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)]


def test_each_view_is_made_when_it_is_looked_at(qtbot, direction, page):
    assert isinstance(page.view(), OneLink)
    assert page.view().picker.items.list.count() == 0, "no item is read before one is asked for"
    assert page.findChildren(ManyLinks) == []
    assert isinstance(turn_to(qtbot, page, "many"), ManyLinks)
    assert isinstance(turn_to(qtbot, page, "campaigns"), Campaigns)
    assert page.view().isVisible()
    assert isinstance(turn_to(qtbot, page, "one"), OneLink)


def test_another_language_brings_the_view_back(qtbot, context, page, many):
    many.columns.set_value(2)
    many.search.setText("bag")
    many.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    again = LinksPage(context)
    qtbot.addWidget(again)
    again.show_target(page.state())
    assert again.view().columns.value() == 2
    assert again.view().search.text() == "bag"
    assert again.view().list.item(0).checkState() == Qt.CheckState.Unchecked


def test_items_that_were_selected_in_the_catalog_get_codes(qtbot, context, page, items):
    page.show_target(("many", items[1:]))
    view = page.view()
    assert isinstance(view, ManyLinks)
    assert view.which.currentText() == "2 selected items"
    assert [link.code for link in view.sheet().links] == ["C1"], "what is hidden gets none"
    again = LinksPage(context)
    qtbot.addWidget(again)
    again.show_target(page.state())
    assert again.view().sheet() == view.sheet()
    assert context.get(sheet_of, again.view()._options()) == view.sheet(), "what is noted makes the same again"


def test_a_collection_and_a_reply_have_links_too(qtbot, context, page):
    reply = context.run("", add_reply, "hi", "Hello from {shop}")
    view = page.view()
    view.kinds.set_value("collection")
    view.kinds.chosen.emit("collection")
    assert "Choose a collection" in view.preview.view.accessibleDescription()
    view.picker.list.setCurrentIndex(0)
    view.picker.list.activated.emit(0)
    assert parse_link(view.preview.link()).text == "Hello, I would like to see: Bags & more"
    view.kinds.set_value("reply")
    view.kinds.chosen.emit("reply")
    view.picker.list.set_value(reply)
    view.picker.list.activated.emit(0)
    assert parse_link(view.preview.link()).text == "Hello from Gift House"
    view.kinds.set_value("collection")
    view.kinds.chosen.emit("collection")
    assert parse_link(view.preview.link()).text == "Hello, I would like to see: Bags & more"  # still chosen


def test_placeholders_are_filled_and_what_is_missing_is_said(page):
    view = page.view()
    view.text.setPlainText("I come from {shop}, {customer} {shp}")
    assert parse_link(view.preview.link()).text == "I come from Gift House, {customer} {shp}"
    assert "Missing: " in view.about_text.text()
    assert "Did you mean" in view.about_text.text()
    view.text.setPlainText("Hello")
    assert not view.about_text.isVisible()


def test_each_kind_keeps_its_own_text(items, page):
    view = page.view()
    view.text.setPlainText("for the chat")
    page.show_target(("item", items[0]))
    view.text.clear()
    assert parse_link(view.preview.link()).text == "Hello, I would like to order: Khaki bag (C0)"
    view.kinds.set_value("chat")
    view.kinds.chosen.emit("chat")
    assert view.text.toPlainText() == "for the chat"


def test_the_width_follows_where_it_is_read(page):
    preview = page.view().preview
    assert preview.advice.text() == "Print it at least 2 cm wide"
    preview.distance.set_value(100)
    preview.distance.activated.emit(2)
    assert preview.advice.text() == "Print it at least 9 cm wide"


def test_copies_the_button_for_a_website(qtbot, page):
    page.view().text.setPlainText('Hi "there" & <b>')
    qtbot.mouseClick(page.view().website, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == snippet(page.view().preview.link(), "", "en")


def test_saves_the_story_of_an_item(qtbot, items, page, tmp_path, save_to):
    page.show_target(("item", items[0]))
    save_to(tmp_path / "story.png")
    qtbot.mouseClick(page.view().story, Qt.MouseButton.LeftButton)
    image = QImage(str(tmp_path / "story.png"))
    assert (image.width(), image.height()) == (1080, 1920)


def test_a_link_is_kept_as_a_campaign(qtbot, context, items, page):
    context.wanted.connect(lambda name, target: page.show_target(target))
    page.view().text.setPlainText("Hello")
    page.view().keep.click()
    (campaign,) = context.get(list_campaigns)
    assert (campaign.kind, campaign.text) == ("chat", "Hello")
    assert isinstance(page.view(), Campaigns)
    assert page.view().state() == campaign.id


# Many at once


def test_hidden_items_get_no_code(direction, many):
    assert [many.list.item(row).text().strip("\u2068\u2069") for row in range(many.list.count())] == [
        "Khaki bag",
        "قهوة",
    ]
    assert len(many.sheet().links) == 2
    assert not many.view.image.isNull()


def test_choose_by_collection_words_and_one_by_one(qtbot, many):
    many.which.set_value(next(value for value in many.which._values if isinstance(value, int)))
    many.which.activated.emit(0)
    assert many.count.text() == "1 code"
    many.which.set_value("all")
    many.which.activated.emit(0)
    many.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert [link.name for link in many.sheet().links] == ["Khaki bag"]
    many.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: not many.save.isEnabled())
    assert many.reason.text() == "There are no items to print codes for."


def test_follows_the_items(qtbot, context, items, many):
    context.run("", bulk.show, [items[2]])
    assert many.count.text() == "3 codes"
    context.run("", update_product, items[0], name="Green bag")
    assert "Green bag" in many.list.item(0).text()


def test_saves_a_pdf_whose_codes_are_read(qtbot, direction, many, tmp_path, save_to, opened):
    save_to(tmp_path / "codes.pdf")
    qtbot.mouseClick(many.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil((tmp_path / "codes.pdf").exists)
    qtbot.waitUntil(many.saved.isVisible)
    page = pypdfium2.PdfDocument(tmp_path / "codes.pdf")[0].render(scale=3, grayscale=True).to_pil()
    assert {parse_link(text).phone for text in codes(page)} == {PHONE}
    assert len(codes(page)) == 2
    many.saved.button.click()
    assert opened[0].toLocalFile() == str(tmp_path)


def test_a_sheet_of_other_codes_is_not_called_saved_and_nothing_moves(qtbot, many, tmp_path, save_to):
    save_to(tmp_path / "codes.pdf")
    before = many.save.mapTo(many, QPoint())
    many.save.click()
    qtbot.waitUntil(many.saved.isVisible)
    QApplication.processEvents()
    assert many.save.mapTo(many, QPoint()) == before
    many.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert not many.saved.isVisible()


def test_a_sheet_is_saved_though_the_page_is_drawn_anew_meanwhile(qtbot, context, items, many, tmp_path, save_to):
    save_to(tmp_path / "codes.pdf")
    many.save.click()
    context.run("", update_product, items[0], name="Green bag")
    many._draw()  # as soon as nothing has changed for a moment, which may be before the sheet is made
    qtbot.waitUntil(many.saved.isVisible)
    assert (tmp_path / "codes.pdf").exists()


def test_saves_pictures_and_drawings_into_a_folder(qtbot, many, tmp_path, save_to, opened):
    save_to(tmp_path)
    qtbot.mouseClick(many.save_drawings, Qt.MouseButton.LeftButton)
    folder = tmp_path / "QR codes of Gift House"
    qtbot.waitUntil(lambda: (folder / "C0 Khaki bag.svg").exists() and many.saved.isVisible())
    many.saved.button.click()
    assert opened[0].toLocalFile() == str(folder)
    qtbot.mouseClick(many.save_pictures, Qt.MouseButton.LeftButton)
    qtbot.waitUntil((folder / "1.png").exists)


def test_codes_too_dense_are_told(qtbot, many):
    many.columns.set_value(8)
    many.columns.activated.emit(0)
    qtbot.waitUntil(lambda: "too dense" in many.advice.text())


def test_without_a_phone_it_says_what_is_missing(qtbot, context, many):
    context.run("", update_profile, phone="")
    qtbot.waitUntil(lambda: "phone number" in many.reason.text())
    assert not many.save.isEnabled()


def test_a_shop_that_is_only_read_has_links_and_codes(qtbot, context, items, shop):
    context.run("", add_campaign, "Flyer")
    reader = Context(Database(shop, "other", read_only=True))
    page = LinksPage(reader)
    qtbot.addWidget(page)
    page.show()
    many = turn_to(qtbot, page, "many")
    qtbot.waitUntil(many.save.isEnabled)
    view = turn_to(qtbot, page, "campaigns")
    view.preview.copy.click()
    assert QGuiApplication.clipboard().text().startswith("https://wa.me/")
    assert not view.add.isEnabled()
    reader.close()
