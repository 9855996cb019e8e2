"""The catalog, as its owner uses it: by key and click, in both directions, over a real file."""

import json

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow
from sqlalchemy import insert

from desktop.data.database import Database
from desktop.data.models import Product, Variant
from desktop.i18n import bidi
from desktop.services.catalog import add_product, find_products, read_product, remove_products, update_product
from desktop.services.collections import add_collection, list_collections, put_into
from desktop.services.profile import update_profile
from desktop.services.where import Search
from desktop.ui import sidebar, theme
from desktop.ui.context import Context
from desktop.ui.dialogs.import_items import ImportItemsDialog
from desktop.ui.pages.catalog import CatalogPage
from desktop.ui.widgets.chips import Chip
from desktop.ui.widgets.field import LineField

CTRL = Qt.KeyboardModifier.ControlModifier
ITEMS = (
    ("Leather bag", {"code": "BAG-1", "price": 7550}),
    ("Gift box 10", {"price": 12000, "sale_price": 9000}),
    ("Gift box 9", {"hidden": True}),
)


@pytest.fixture(scope="module")
def stocked(filled_once):
    """A shop in Dubai with three items."""

    def fill(run):
        home = {"territory": "AE", "currency": "AED", "time_zone": "Asia/Dubai", "language": "en"}
        run("Start my shop", update_profile, None, name="Gifts", phone="+971501234567", **home)
        return [run("Add item", add_product, name, **fields) for name, fields in ITEMS]

    return filled_once(fill)


@pytest.fixture
def items(stocked):
    """The ids of three items of a shop in Dubai."""
    return stocked.found


@pytest.fixture
def said(context):
    """What was said at the foot of the window."""
    sayings = []
    context.said.connect(sayings.append)
    return sayings


@pytest.fixture
def show(qtbot, context, in_front):
    """A function that shows the page in an active window."""

    def show():
        window = QMainWindow()
        page = CatalogPage(context)
        window.setCentralWidget(page)
        window.resize(1108, 840)
        in_front(window)
        settle(qtbot, page)
        return page

    return show


@pytest.fixture
def page(show, items):
    return show()


def settle(qtbot, page):
    """Wait until everything that was asked for is found."""
    qtbot.waitUntil(lambda: page._job is None)


def shown(page):
    """Return the names on the cards, in order."""
    grid = page.grid.cards
    return [grid.index_of(card).data() for card in grid.ids]


def choose(page, item):
    page.grid.set_current(item)


def press(widget, text):
    """Type any letters: those of QTest are ASCII alone."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def write(qtbot, field, text, leave=True):
    """Type over what is in a field, and go on to the next."""
    field.editor.setFocus()
    field.editor.selectAll()
    qtbot.keyClick(field.editor, Qt.Key.Key_Delete)
    press(field.editor, text)
    if leave:
        qtbot.keyClick(field.editor, Qt.Key.Key_Tab)


def stored(page, item):
    return page.context.get(read_product, item)


def picture(colour=Qt.GlobalColor.red, side=40):
    """Return the bytes of a PNG."""
    from PySide6.QtCore import QBuffer, QIODevice

    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(colour)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def drop(well, paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    actions, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(well, QDragEnterEvent(QPoint(5, 5), actions, data, button, keys))
    QApplication.sendEvent(well, QDropEvent(QPointF(5, 5), actions, data, button, keys))


def chips(widget):
    return [chip for chip in widget.findChildren(Chip) if chip.isVisibleTo(widget)]


# The list


def test_items_stand_in_the_owners_order(direction, page):
    assert shown(page) == [name for name, _ in ITEMS]
    assert "3" in page.header.count.text()
    assert "500" in page.header.count.text()
    assert page.inspector.stack.currentWidget() is page.inspector.empty


def test_an_empty_catalog_says_how_to_begin(qtbot, show):
    page = show()
    assert page.shown.currentWidget() is page.empty
    page.empty.other.click()
    dialog = page.findChild(ImportItemsDialog)
    assert dialog.isVisible()
    dialog.reject()
    page.add_first.click()
    assert page.shown.currentWidget() is page.grid
    assert page.inspector.name.editor.selectedText() == page.inspector.name.value() == "New item"
    settle(qtbot, page)
    assert shown(page) == ["New item"]


def test_search_forgives_spelling(qtbot, page, context):
    typed_for = {
        "هدية الأمل": "الامل",
        "قَهْوَة عربية": "قهوة",
        "مدرسة": "مدرسه",
        "مستشفى": "مستشفي",
        "علبة 500": "٥٠٠",
        "كتـــاب": "كتاب",
        "حقيبة": "حقيبه",
        "Leather purse": "حعقسث",  # purse, with the Arabic layout on
    }
    context.run("Add items", lambda session: [add_product(session, name) for name in typed_for])
    for name, typed in typed_for.items():
        page.search.clear()
        press(page.search, typed)
        qtbot.waitUntil(lambda name=name: shown(page) == [name])


def test_search_of_one_letter_of_nothing_and_back(qtbot, page):
    press(page.search, "9")
    qtbot.waitUntil(lambda: shown(page) == ["Gift box 9"])
    press(page.search, "zzz")
    qtbot.waitUntil(lambda: page.shown.currentWidget() is page.nothing)
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.search.text() == ""
    qtbot.waitUntil(lambda: len(shown(page)) == 3)
    assert page.shown.currentWidget() is page.grid


def test_search_shows_its_best_hit_beside_it(qtbot, page, items):
    choose(page, items[0])
    press(page.search, "gift")
    qtbot.waitUntil(lambda: page.inspector.name.value() == "Gift box 9")  # by name, 9 before 10
    assert page.grid.current() == items[2]


def test_the_first_items_are_there_at_once_and_the_rest_follows(qtbot, context):
    def fill(session):
        blank = {"version": 1, "position": "a", "search_key": "x", "name": "x"}
        session.execute(insert(Product), [{**blank, "sort_key": f"{n:04}"} for n in range(1_000)])

    context.run("Fill", fill)
    page = CatalogPage(context)
    qtbot.addWidget(page)
    assert len(page.grid.cards.ids) == CatalogPage.first
    qtbot.waitUntil(lambda: len(page.grid.cards.ids) == 1_000)
    assert "1,000" in page.header.count.text()
    assert page.header.count.toolTip()


def test_list_and_cards(qtbot, page, items):
    choose(page, items[1])
    qtbot.mouseClick(page.as_rows, Qt.MouseButton.LeftButton)
    assert (page.grid.cards.columns, page.grid.current()) == (1, items[1])
    assert (page.as_rows.isChecked(), page.as_cards.isChecked()) == (True, False)
    qtbot.mouseClick(page.as_rows, Qt.MouseButton.LeftButton)
    assert page.as_rows.isChecked()
    qtbot.mouseClick(page.as_cards, Qt.MouseButton.LeftButton)
    assert page.grid.cards.columns > 1
    assert page.grid.current() == items[1]


def test_a_letter_typed_in_the_grid_searches(qtbot, page):
    page.grid.setFocus()
    qtbot.keyClick(page.grid, "L")
    assert page.search.hasFocus()
    press(page.search, "ea")
    qtbot.waitUntil(lambda: shown(page) == ["Leather bag"])


# One item


def test_every_field_is_saved_when_it_is_left_and_can_be_taken_back(qtbot, page, items):
    choose(page, items[0])
    page.inspector.more.set_folded(False)
    for name, typed, value in (
        ("name", "  Red   bag ", "Red bag"),
        ("price", "١٢٣٫٥٠", 12350),
        ("price", "1,234.5 AED", 123450),
        ("price", "", None),
        ("sale_price", "70", 7000),
        ("code", "حقيبة-١", "حقيبة-١"),
        ("brand", "Dar", "Dar"),
        ("link", "example.com/bag", "https://example.com/bag"),
        ("whatsapp_id", "٢٤٦٨", "2468"),
        ("description", " Soft, red  ", "Soft, red"),
    ):
        field = page.inspector.form.fields[name]
        before = getattr(stored(page, items[0]), name)
        write(qtbot, field, typed)
        assert field.message.text() == field._hint, typed
        assert before != value
        assert getattr(stored(page, items[0]), name) == value
        page.context.database.undo()
        assert getattr(stored(page, items[0]), name) == before


def test_switches_and_choices_are_saved_at_once(qtbot, page, items):
    choose(page, items[0])
    inspector = page.inspector
    qtbot.mouseClick(inspector.hidden.editor, Qt.MouseButton.LeftButton)
    inspector.more.set_folded(False)
    for name, key in (("availability", Qt.Key.Key_Down), ("condition", Qt.Key.Key_End)):
        qtbot.keyClick(inspector.form.fields[name].editor, key)
    product = stored(page, items[0])
    assert (product.hidden, product.availability, product.condition) == (True, "out of stock", "used")
    face = page.grid.cards.index_of(items[0]).data(Qt.ItemDataRole.UserRole)
    assert face.badges == ("Hidden", "Out of stock")
    assert face.faded


def test_a_mistake_is_explained_below_its_field_and_kept(qtbot, direction, page, items):
    page.context.run("Code", update_product, items[1], None, code="BOX")
    choose(page, items[0])
    page.inspector.more.set_folded(False)
    before = stored(page, items[0])
    for name, typed, word in (
        ("price", "lots", "number"),
        ("price", "-5", "below zero"),
        ("price", "1.2345", "decimals"),
        ("price", "9" * 30, "too large"),
        ("price", "80 USD", "USD"),
        ("sale_price", "75.50", "not below"),
        ("sale_price", "100", "not below"),
        ("link", "ftp://x", "https://"),
        ("whatsapp_id", "12a", "digits"),
        ("code", "BOX", "used by"),
        ("name", "   ", "name"),
    ):
        field = page.inspector.form.fields[name]
        write(qtbot, field, typed)
        assert field.value() == typed
        assert field.message.isVisibleTo(page.inspector)
        assert field.message.text() != field._hint
        if direction == "en":
            assert word in field.message.text()
        assert not page.commit()
        qtbot.keyClick(field.editor, Qt.Key.Key_Escape)
        assert page.commit()
        assert stored(page, items[0]).version == before.version, "nothing of it is saved"


def test_a_mistake_keeps_its_item_in_sight(qtbot, page, items, said):
    choose(page, items[0])
    write(qtbot, page.inspector.price, "lots", leave=False)
    place = page.grid.visualRect(page.grid.cards.index_of(items[1])).center()
    qtbot.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.inspector.price.value() == "lots"
    assert "not saved" in said[-1].sentence
    qtbot.waitUntil(lambda: page.grid.current() == items[0])
    assert page.grid.selectedIndexes() == [page.grid.currentIndex()]
    page.add.click()
    assert len(page.context.get(find_products)) == 3
    press(page.search, "gift")
    qtbot.waitUntil(lambda: len(shown(page)) == 2)
    QApplication.processEvents()
    assert page.inspector.price.value() == "lots"
    qtbot.keyClick(page.inspector.price.editor, Qt.Key.Key_Escape)
    choose(page, items[1])
    assert page.inspector.name.value() == "Gift box 10"


def test_both_prices_may_fall_together(qtbot, page, items):
    choose(page, items[1])
    inspector = page.inspector
    assert (inspector.price.value(), inspector.sale_price.value()) == ("120", "90")
    write(qtbot, inspector.price, "50", leave=False)
    inspector.sale_price.editor.setFocus()
    assert "not below" in inspector.price.message.text()
    write(qtbot, inspector.sale_price, "40")
    product = stored(page, items[1])
    assert (product.price, product.sale_price) == (5000, 4000)
    assert not inspector.price.message.isVisibleTo(inspector)


def test_a_currency_without_decimals(qtbot, page, items):
    page.context.run("Currency", update_profile, None, currency="JPY")
    choose(page, items[0])
    write(qtbot, page.inspector.price, "1.5")
    assert "no decimals" in page.inspector.price.message.text()
    write(qtbot, page.inspector.price, "1500")
    assert stored(page, items[0]).price == 1500


def test_a_very_long_name_is_kept_with_a_warning(qtbot, page, items):
    choose(page, items[0])
    name = "ن" * 10_000
    page.inspector.name.editor.setFocus()
    page.inspector.name.editor.selectAll()
    QGuiApplication.clipboard().setText(name)
    qtbot.keyClick(page.inspector.name.editor, Qt.Key.Key_V, CTRL)
    assert page.inspector.name.commit()
    assert stored(page, items[0]).name == name
    assert "10,000" in page.inspector.name.gauge.text()
    page.grab()


def test_pauses_in_one_visit_are_undone_at_once(qtbot, page, items):
    choose(page, items[0])
    for text in ("1", "12", "123"):
        write(qtbot, page.inspector.price, text, leave=False)
        assert page.inspector.price.commit()
    page.context.database.undo()
    assert page.inspector.price.value() == "75.50"


def test_a_change_is_seen_on_the_card_in_place(qtbot, page, items):
    choose(page, items[0])
    with qtbot.assertNotEmitted(page.grid.cards.modelReset):
        write(qtbot, page.inspector.name, "Zebra bag")
        assert shown(page)[0] == "Zebra bag"
        page.context.database.undo()
    assert shown(page)[0] == page.inspector.name.value() == "Leather bag"


# Others


def test_a_change_elsewhere_does_not_disturb_typing(qtbot, page, items):
    choose(page, items[0])
    write(qtbot, page.inspector.name, "Lea", leave=False)
    page.context.run("Elsewhere", update_product, items[0], None, price=777, description="Soft")
    assert page.inspector.name.value() == "Lea"
    assert page.inspector.price.value() == "7.77"
    assert page.inspector.name.commit()
    product = stored(page, items[0])
    assert (product.name, product.price) == ("Lea", 777)


def test_the_same_field_changed_elsewhere_is_told_before_it_is_overwritten(qtbot, page, items):
    choose(page, items[0])
    name = page.inspector.name
    write(qtbot, name, "Mine", leave=False)
    page.context.run("Elsewhere", update_product, items[0], None, name="Theirs")
    assert not name.commit()
    assert "elsewhere" in name.message.text()
    assert (name.value(), stored(page, items[0]).name) == ("Mine", "Theirs")
    assert not name.commit()  # to leave it is not to mean it
    qtbot.keyClick(name.editor, Qt.Key.Key_Return)
    assert stored(page, items[0]).name == "Mine"
    write(qtbot, name, "Mine again")
    assert stored(page, items[0]).name == "Mine again"


def test_what_is_typed_outlives_the_item(qtbot, page, items, said):
    choose(page, items[0])
    name = page.inspector.name
    write(qtbot, name, "Half a th", leave=False)
    page.context.run("Elsewhere", remove_products, [items[0]])
    settle(qtbot, page)
    QApplication.processEvents()
    assert page.inspector.stack.currentWidget() is page.inspector.panel
    assert name.value() == "Half a th"
    assert not name.commit()
    assert "deleted" in name.message.text()
    page.context.database.undo()
    settle(qtbot, page)
    assert name.commit()
    assert stored(page, items[0]).name == "Half a th"
    assert page.grid.current() == items[0]


def test_an_item_deleted_elsewhere_makes_room_for_the_next(qtbot, page, items):
    choose(page, items[0])
    page.context.run("Elsewhere", remove_products, [items[0]])
    qtbot.waitUntil(lambda: page.inspector.name.value() == "Gift box 10")


def test_a_deleted_page_hears_nothing(context, items):
    page = CatalogPage(context)
    shiboken6.delete(page)
    context.run("Price", update_product, items[0], None, price=5)


# Items come and go


def test_add_in_a_collection_and_out_of_a_search(qtbot, page, items):
    group = page.context.run("New", add_collection, "Bags")
    page.context.run("Put", put_into, items[0], group)
    page.show_target(Search(terms=(f"collection=#{group}",)))
    settle(qtbot, page)
    assert shown(page) == ["Leather bag"]
    page.add.click()
    assert page.inspector.name.editor.hasFocus()
    press(page.inspector.name.editor, "Belt")
    assert page.commit()
    settle(qtbot, page)
    assert shown(page) == ["Leather bag", "Belt"]
    press(page.search, "leather")
    qtbot.waitUntil(lambda: shown(page) == ["Leather bag"])
    page.add.click()
    settle(qtbot, page)
    assert page.search.text() == ""
    assert page.grid.current() in page.grid.cards.ids
    assert page.inspector.name.value() == page.inspector.name.editor.selectedText()


def test_duplicate(qtbot, page, items):
    choose(page, items[0])
    qtbot.keyClick(page.grid, Qt.Key.Key_D, CTRL)
    settle(qtbot, page)
    copy = page.grid.current()
    assert copy not in items
    assert (stored(page, copy).name, stored(page, copy).code) == ("Leather bag", "BAG-2")
    assert page.inspector.name.editor.selectedText() == "Leather bag"
    page.inspector.share.duplicate.click()
    settle(qtbot, page)
    assert len(shown(page)) == 5


def test_delete_and_take_it_back(qtbot, page, items, said):
    choose(page, items[1])
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Qt.Key.Key_Delete)
    assert (said[-1].sentence, said[-1].undo) == ("Item deleted", True)
    settle(qtbot, page)
    assert shown(page) == ["Leather bag", "Gift box 9"]
    assert page.inspector.name.value() == "Gift box 9"
    page.context.database.undo()
    settle(qtbot, page)
    assert shown(page) == [name for name, _ in ITEMS]
    assert page.grid.current() == items[1]
    assert page.inspector.name.value() == "Gift box 10"


def test_delete_the_last(qtbot, page, items):
    for _ in items:
        choose(page, page.grid.cards.ids[0])
        page.inspector.share.delete.click()
        settle(qtbot, page)
    assert page.shown.currentWidget() is page.empty
    assert page.inspector.stack.currentWidget() is page.inspector.empty


def test_delete_with_something_wrong_in_a_field(qtbot, page, items):
    choose(page, items[0])
    write(qtbot, page.inspector.price, "lots", leave=False)
    page.inspector.share.delete.click()
    settle(qtbot, page)
    assert page.inspector.name.value() == "Gift box 10"
    assert page.commit()


def test_collections_are_chosen_and_made_in_the_inspector(qtbot, direction, page, items):
    choose(page, items[0])
    press(page.inspector.new_group, "حقائب")
    qtbot.keyClick(page.inspector.new_group, Qt.Key.Key_Return)
    (group,) = page.context.get(list_collections)
    assert (group.name, group.items) == ("حقائب", 1)
    assert page.inspector.new_group.text() == ""
    choose(page, items[1])
    (chip,) = chips(page.inspector.groups)
    assert not chip.isChecked()
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert page.context.get(list_collections)[0].items == 2
    (chip,) = chips(page.inspector.groups)
    assert chip.isChecked()
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert page.context.get(list_collections)[0].items == 1
    press(page.inspector.new_group, "حقايب ")
    qtbot.keyClick(page.inspector.new_group, Qt.Key.Key_Return)
    assert page.context.get(list_collections)[0].name == "حقائب"


# Pictures


def pictures_of(page, item):
    return [row.sha256 for row in stored(page, item).pictures]


def test_pictures_are_dropped_pasted_ordered_and_removed(qtbot, page, items, tmp_path, said):
    choose(page, items[0])
    wells = page.inspector.pictures
    files = [tmp_path / "a.png", tmp_path / "صورة ب.png"]
    files[0].write_bytes(picture(Qt.GlobalColor.red))
    files[1].write_bytes(picture(Qt.GlobalColor.blue))
    drop(wells.add, files)
    qtbot.waitUntil(lambda: len(wells.wells) == 2)
    QGuiApplication.clipboard().setImage(QImage.fromData(picture(Qt.GlobalColor.green)))
    wells.add.setFocus()
    qtbot.keyClick(wells.add, Qt.Key.Key_V, CTRL)
    qtbot.waitUntil(lambda: len(wells.wells) == 3)
    qtbot.waitUntil(lambda: all(well.has_picture() for well in wells.wells))
    first, second, third = pictures_of(page, items[0])
    wells.menu_of(2).actions()[3].trigger()
    assert pictures_of(page, items[0]) == [third, first, second]
    wells.menu_of(0).actions()[5].trigger()
    assert pictures_of(page, items[0]) == [first, third, second]
    face = page.grid.cards.index_of(items[0]).data(Qt.ItemDataRole.UserRole)
    assert face.picture == first
    qtbot.waitUntil(lambda: all(well.has_picture() for well in wells.wells))
    wells.wells[1].setFocus()
    qtbot.keyClick(wells.wells[1], Qt.Key.Key_Delete)
    assert pictures_of(page, items[0]) == [first, second]
    assert said[-1].undo
    assert wells.wells[1].hasFocus()
    page.context.database.undo()
    assert pictures_of(page, items[0]) == [first, third, second]


def test_what_is_no_picture_is_told_and_the_rest_is_taken(qtbot, page, items, tmp_path, said):
    choose(page, items[0])
    good = picture()
    files = {
        "drawing.jpg": b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        "half.png": good[: len(good) // 2],
        "empty.jpg": b"",
        "good.png": good,
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    drop(page.inspector.pictures.add, [tmp_path / name for name in files] + [tmp_path, tmp_path / "gone.png"])
    qtbot.waitUntil(lambda: bool(said))
    assert "5 pictures were left out" in said[-1].sentence
    assert "drawing.jpg" in said[-1].sentence
    assert len(pictures_of(page, items[0])) == 1
    drop(page.inspector.pictures.add, [tmp_path / "half.png"])
    qtbot.waitUntil(lambda: len(said) == 2)
    assert "half.png" in said[-1].sentence
    assert len(pictures_of(page, items[0])) == 1


def test_pictures_of_an_item_that_goes_meanwhile(qtbot, page, items, said):
    choose(page, items[0])
    page.inspector.pictures.add.pasted.emit(picture())
    page.context.run("Elsewhere", remove_products, [items[0]])
    qtbot.waitUntil(lambda: bool(said))
    assert "deleted" in said[-1].sentence


def test_an_eleventh_picture_is_kept_and_said_not_to_fit(qtbot, page, items, tmp_path):
    choose(page, items[0])
    files = [tmp_path / f"{n}.png" for n in range(11)]
    for n, file in enumerate(files):
        file.write_bytes(picture(side=20 + n))
    drop(page.inspector.pictures.add, files)
    qtbot.waitUntil(lambda: len(page.inspector.pictures.wells) == 11)
    assert "first 10 go to the phone" in page.inspector.pictures.note.text()


# What is sent


def test_copy_the_answer_and_the_link(qtbot, direction, page, items):
    page.context.run("Elsewhere", update_product, items[1], None, name="علبة \u202bهدايا\u202c")
    choose(page, items[1])
    qtbot.mouseClick(page.inspector.share.copy_answer, Qt.MouseButton.LeftButton)
    name, price, link = QGuiApplication.clipboard().text().split("\n")
    assert name == "علبة هدايا"
    assert "90" in price
    assert "120" in price
    assert link.startswith("https://wa.me/971501234567?text=")
    assert not bidi.has_controls(price)
    qtbot.mouseClick(page.inspector.share.copy_link, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == link
    page.context.run("Elsewhere", update_product, items[1], None, whatsapp_id="2468")
    page.inspector.share.copy_link.click()
    assert QGuiApplication.clipboard().text() == "https://wa.me/p/2468/971501234567"


def test_a_link_without_a_phone_is_explained(qtbot, page, items, said):
    page.context.run("Elsewhere", update_profile, None, phone="")
    QGuiApplication.clipboard().setText("before")
    choose(page, items[0])
    page.inspector.share.copy_link.click()
    assert "phone number" in said[-1].sentence
    assert QGuiApplication.clipboard().text() == "before"
    page.inspector.share.copy_answer.click()
    assert QGuiApplication.clipboard().text().split("\n")[0] == "Leather bag"


def test_the_qr_code_is_on_the_links_page(qtbot, page, items):
    choose(page, items[0])
    with qtbot.waitSignal(page.context.wanted) as wanted:
        page.inspector.share.open_qr.click()
    assert wanted.args == ["links", ("item", items[0])]


# Keys, places, and a shop that is open to read only


def test_by_keyboard_alone(qtbot, direction, page, items):
    page.search.setFocus()
    press(page.search, "leather")
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    assert page.grid.hasFocus()
    assert page.grid.current() == items[0]
    qtbot.keyClick(page.grid, Qt.Key.Key_Return)
    assert page.inspector.name.editor.hasFocus()
    qtbot.keyClick(page.inspector.name.editor, Qt.Key.Key_Tab)
    assert page.inspector.price.editor.hasFocus()
    press(page.inspector.price.editor, "80")
    qtbot.keyClick(page.inspector.price.editor, Qt.Key.Key_Tab)
    assert page.inspector.sale_price.editor.hasFocus()
    assert stored(page, items[0]).price == 8000
    qtbot.keyClick(page, Qt.Key.Key_N, CTRL)
    press(QApplication.focusWidget(), "Scarf")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    settle(qtbot, page)
    assert shown(page)[-1] == "Scarf"


def test_tab_goes_through_the_page_in_reading_order(qtbot, page, items):
    choose(page, items[0])
    page.as_cards.setFocus()
    visited = []
    for _ in range(60):
        widget = QApplication.focusWidget()
        if widget in visited:
            break
        visited.append(widget)
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    inspector, share = page.inspector, page.inspector.share
    wanted = [
        *(
            page.as_cards,
            page.as_rows,
            page.add,
            page.search,
            chips(page.filters.chips)[0],
            page.grid,
            inspector.pictures.add,
        ),
        *(field.editor for field in (inspector.name, inspector.price, inspector.sale_price, inspector.description)),
        *(inspector.new_group, inspector.code.editor, inspector.hidden.editor),
        *(share.copy_answer, share.copy_link, share.open_qr, share.duplicate, share.delete),
    ]
    assert [widget for widget in visited if widget in wanted] == wanted
    for widget in visited:
        assert widget.accessibleName() or isinstance(widget.parent(), LineField), widget


def test_what_one_was_looking_at_comes_back(qtbot, show, page, items):
    page.as_rows.click()
    press(page.search, "gift")
    qtbot.waitUntil(lambda: len(shown(page)) == 2)
    choose(page, items[1])
    other = show()
    other.show_target(page.state())
    settle(qtbot, other)
    assert shown(other) == ["Gift box 9", "Gift box 10"]
    assert other.inspector.name.value() == "Gift box 10"
    assert (other.grid.as_list, other.as_rows.isChecked()) == (True, True)
    again = show()
    again.show_target(other.state())
    assert again.state() == page.state()
    again.show_target(items[0])
    settle(qtbot, again)
    assert (again.search.text(), again.inspector.name.value()) == ("", "Leather bag")


def test_read_only_shows_and_copies_and_changes_nothing(qtbot, items, context, shop):
    context.close()
    reading = Context(Database(shop, read_only=True))
    page = CatalogPage(reading)
    qtbot.addWidget(page)
    page.show()
    settle(qtbot, page)
    choose(page, items[1])
    said = []
    reading.said.connect(said.append)
    for field in page.inspector.form.fields.values():
        press(field.editor, "5")
        qtbot.keyClick(field.editor, Qt.Key.Key_Space)
    assert page.commit()
    assert not page.add.isEnabled()
    assert not page.inspector.share.delete.isEnabled()
    assert not page.inspector.pictures.row.isEnabled()
    qtbot.keyClick(page.grid, Qt.Key.Key_Delete)
    assert ["read only" in saying.sentence for saying in said] == [True]
    page.inspector.share.copy_answer.click()
    assert QGuiApplication.clipboard().text().startswith("Gift box 10")
    assert shown(page) == [name for name, _ in ITEMS]
    reading.close()


def test_it_fits(direction, page, items):
    choose(page, items[1])
    for size in ((1108, 840), (812, 640)):
        page.window().resize(*size)
        QApplication.processEvents()
        assert (page.width(), page.height()) == size, "it can be made so small"
        for button in (page.inspector.share.copy_answer, page.inspector.share.delete, page.add):
            assert page.rect().contains(button.mapTo(page, button.rect().topLeft()))
            assert page.rect().contains(button.mapTo(page, button.rect().bottomRight()))
        trailing = page.inspector.mapTo(page, QPoint(0, 0)).x()
        assert (trailing < 20) == (direction == "ar")


def test_no_button_is_cut_in_the_smallest_window(direction, show, dress, items):
    page = show()
    dress(page.window())
    page.window().resize(theme.SMALLEST_WINDOW[0] - sidebar.WIDTH - 1, 600)
    QApplication.processEvents()
    for part in (page.header, page.filters):
        assert part.minimumSizeHint().width() <= part.width()


def test_an_item_with_sizes(qtbot, page, items):
    """Variants have no editor yet; their item can be edited, and keeps them."""

    def add(session):
        session.add(Variant(product_id=items[0], options=json.dumps({"Size": "M"}), code="M", position="a"))

    page.context.run("Variant", add)
    choose(page, items[0])
    write(qtbot, page.inspector.name, "Shirt")
    assert len(stored(page, items[0]).variants) == 1
