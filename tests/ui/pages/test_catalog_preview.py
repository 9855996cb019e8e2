"""Finding one's way through the catalog as a customer does, while it is being edited."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from desktop.i18n import bidi, formats
from desktop.services.catalog import add_product, remove_products, update_product
from desktop.services.collections import add_collection, put_into
from desktop.services.profile import update_profile
from desktop.services.where import Search
from desktop.ui.pages.catalog import CatalogPage
from desktop.ui.pages.catalog_menu import ENTRIES, PHONE
from desktop.ui.pages.catalog_preview import Place, PreviewDialog
from desktop.ui.widgets.phone_rows import ArticleRow, HeadingRow


@pytest.fixture(scope="module")
def stocked(filled_once):
    """A shop with a collection of two items, and one item more."""

    def write(session):
        update_profile(session, None, name="Bayt", currency="AED", language="en", phone="+971501234567")
        ids = [add_product(session, name, price=7500) for name in ("Tote", "Belt", "Tea")]
        group = add_collection(session, "Bags")
        for item in ids[:2]:
            put_into(session, item, group)
        return ids

    return filled_once(lambda run: run("Fill", write))


@pytest.fixture
def items(stocked):
    """The ids of the three."""
    return stocked.found


@pytest.fixture
def show(qtbot, context):
    def show(**at):
        dialog = PreviewDialog(context, **at)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: heard(dialog) != "")
        return dialog

    return show


def heard(dialog):
    return bidi.strip(dialog.phone.accessibleDescription())


def listed(dialog):
    return [row.name for row in dialog.phone.list.rows.rows if isinstance(row, ArticleRow | HeadingRow)]


def choose(qtbot, dialog, name):
    rows = dialog.phone.list.rows
    at = next(at for at, row in enumerate(rows.rows) if row.name == name)
    dialog.phone.list.setCurrentIndex(rows.index(at))
    qtbot.keyClick(dialog.phone.list, Qt.Key.Key_Return)


def test_one_goes_from_the_catalog_to_a_collection_an_item_and_a_chat_and_back(qtbot, show, items):
    dialog = show()
    assert listed(dialog) == ["Bags", "Tote", "Belt", "All items", "Tote", "Belt", "Tea"]
    assert not dialog.phone.back.isVisible()
    choose(qtbot, dialog, "Bags")
    qtbot.waitUntil(lambda: heard(dialog).startswith("Bags\n"))
    assert listed(dialog) == ["Tote", "Belt"]
    choose(qtbot, dialog, "Belt")
    qtbot.waitUntil(lambda: heard(dialog) == "Bayt\nBelt\nAED\xa075")
    dialog.phone.message.click()
    qtbot.waitUntil(lambda: heard(dialog) == "Bayt\nHello, I would like to order: Belt")
    for beginning in ("Bayt\nBelt", "Bags\n", "Catalog\n"):
        dialog.phone.back.click()
        qtbot.waitUntil(lambda beginning=beginning: heard(dialog).startswith(beginning))


def test_what_is_edited_is_seen_at_once_and_another_item_is_followed(qtbot, context, show, items):
    dialog = show(item=items[0])
    qtbot.waitUntil(lambda: "Tote" in heard(dialog))
    context.run("Change", update_product, items[0], None, name="Canvas tote", sale_price=6000)
    qtbot.waitUntil(lambda: heard(dialog) == "Bayt\nCanvas tote\nAED\xa060\nAED\xa075")
    dialog.follow(items[2])
    qtbot.waitUntil(lambda: "Tea" in heard(dialog))
    dialog.follow(None)
    assert dialog.place().key == items[2]


def test_what_is_hidden_is_gone_from_the_lists_and_said_of_the_item(qtbot, context, show, items):
    dialog = show()
    context.run("Hide", update_product, items[2], None, hidden=True)
    qtbot.waitUntil(lambda: "Tea" not in listed(dialog))
    context.run("Sell out", update_product, items[1], None, availability="out of stock")
    qtbot.waitUntil(lambda: "Out of stock" in heard(dialog))
    dialog.follow(items[2])
    qtbot.waitUntil(lambda: dialog.note.text().startswith("This item is hidden"))


def test_an_item_that_is_deleted_leads_back(qtbot, context, show, items):
    dialog = show(item=items[2], collection=1)
    qtbot.waitUntil(lambda: "Tea" in heard(dialog))
    context.run("Delete", remove_products, items)
    qtbot.waitUntil(lambda: heard(dialog) == "Catalog\nBayt")
    assert dialog.note.text().startswith("There is nothing to see yet")


def test_the_phone_runs_in_the_customers_direction_whatever_the_window_does(qtbot, context, show, items, direction):
    for language, rtl in (("ar", True), ("en", False)):
        context.run("Speak", update_profile, None, language=language)
        dialog = show(item=items[0])
        qtbot.waitUntil(lambda dialog=dialog: "Tote" in heard(dialog))
        assert (dialog.phone.list.layoutDirection() == Qt.LayoutDirection.RightToLeft) == rtl
        assert dialog.home.text() != ""
        assert dialog.layoutDirection() == (
            Qt.LayoutDirection.RightToLeft if direction == "ar" else Qt.LayoutDirection.LeftToRight
        )


def test_the_page_opens_one_phone_that_follows_what_is_edited(qtbot, context, items):
    page = CatalogPage(context)
    qtbot.addWidget(page)
    page.resize(1108, 700)
    page.show()
    qtbot.waitUntil(lambda: len(page.grid.cards.ids) == 3)
    with qtbot.waitActive(page):
        page.activateWindow()
    qtbot.keySequence(page, QKeySequence(PHONE.keys))
    (phone,) = page.findChildren(PreviewDialog)
    qtbot.waitUntil(lambda: heard(phone).startswith("Catalog\n"))
    page.grid.set_current(items[1])
    qtbot.waitUntil(lambda: "Belt" in heard(phone))
    page.menu.open_phone()
    assert page.findChildren(PreviewDialog) == [phone]
    phone.close()
    qtbot.waitUntil(lambda: not page.findChildren(PreviewDialog))
    page.menu.open_phone()
    (phone,) = page.findChildren(PreviewDialog)
    qtbot.waitUntil(lambda: "Belt" in heard(phone))
    phone.close()


def test_the_phone_opens_at_the_collection_one_looks_at(qtbot, context, items):
    group = context.run("Add", add_collection, "Summer")
    context.run("Put", put_into, items[1], group)
    page = CatalogPage(context)
    qtbot.addWidget(page)
    page.show_target(Search(terms=(f"collection=#{group}",)))
    page.menu.open_phone()
    (phone,) = page.findChildren(PreviewDialog)
    assert phone.place() == Place("shelf", group)
    phone.close()


def test_the_catalog_shows_what_a_number_counts(qtbot, context, items):
    context.run("Sell out", update_product, items[1], None, availability="out of stock")
    page = CatalogPage(context)
    qtbot.addWidget(page)
    page.show()
    problems = page.menu.open_dialog(next(e for e in ENTRIES if e and e.kind == "ProblemsDialog"))
    qtbot.waitUntil(lambda: bool(problems.rows))
    next(row for row in problems.rows if row.problem.kind == "sold-out").show_button.click()
    qtbot.waitUntil(lambda: list(page.grid.cards.ids) == [items[1]])
    page.show_target(Search("", (f"added={formats.today():%Y-%m}",), ""))
    qtbot.waitUntil(lambda: len(page.grid.cards.ids) == 3)
