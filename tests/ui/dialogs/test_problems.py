"""Putting right what is wrong with many items, as an owner does it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.data.database import Database
from desktop.i18n import _, bidi
from desktop.services.catalog import add_product, cards, find_products, read_product
from desktop.services.problems import KINDS
from desktop.services.profile import update_profile
from desktop.services.where import Search
from desktop.ui.context import Context
from desktop.ui.dialogs.problem_row import ICONS
from desktop.ui.dialogs.problems import ProblemsDialog
from desktop.ui.icons import icon
from desktop.ui.tasks import Job


def add(context, *items):
    def write(session):
        return [add_product(session, **{"name": f"Item {at}", **fields}) for at, fields in enumerate(items)]

    return context.run("Add", write)


@pytest.fixture
def show(qtbot):
    """A function that shows the dialog, counted."""

    def show(context):
        dialog = ProblemsDialog(context)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.summary.text() != _("Counting…"))
        return dialog

    return show


def row(dialog, kind):
    return next(row for row in dialog.rows if row.problem.kind == kind)


def examples(row):
    return [bidi.strip(row.examples.itemAt(at).widget().text()) for at in range(row.examples.count())]


def test_every_kind_has_an_icon(qapp):
    assert ICONS.keys() == KINDS.keys()
    for name in ICONS.values():
        icon(name)


def test_what_is_sound_needs_nothing(context, show):
    dialog = show(context)
    assert dialog.pages.currentWidget() is dialog.nothing
    assert dialog.summary.text() == ""


def test_brands_are_filled_in_at_once_and_taken_back_at_once(qtbot, context, show):
    context.run("Name", update_profile, None, name="Bayt")
    add(context, *[{}] * 5)
    dialog = show(context)
    brands = row(dialog, "no-brand")
    assert brands.sentence.text() == "5 items have no brand"
    brands.fix.click()
    assert brands.value.text() == "Bayt"
    assert brands.go.text() == "Fill in 5 brands"
    qtbot.waitUntil(lambda: examples(brands) == ["Item 0: Bayt", "Item 1: Bayt", "Item 2: Bayt", "And 2 more"])
    brands.value.selectAll()
    qtbot.keyClicks(brands.value, "Atelier")
    qtbot.waitUntil(lambda: "Item 0: Atelier" in examples(brands))
    with qtbot.waitSignal(context.said) as said:
        qtbot.keyClick(brands.value, Qt.Key.Key_Return)
        assert brands.is_busy()
    assert said.args[0][:2] == ("5 brands filled in", True)
    qtbot.waitUntil(lambda: "no-brand" not in [row.problem.kind for row in dialog.rows])
    assert {context.get(read_product, item).brand for item in context.get(find_products)} == {"Atelier"}
    context.database.undo()
    qtbot.waitUntil(lambda: "no-brand" in [row.problem.kind for row in dialog.rows])


def test_what_is_stopped_leaves_nothing(qtbot, context, show):
    add(context, *[{}] * 3)
    dialog = show(context)
    brands = row(dialog, "no-brand")
    brands.fix.click()
    brands.value.setText("Mine")
    said = []
    context.said.connect(said.append)
    with context.database._turn:  # as if something else were being written
        brands.go.click()
        assert brands.halt.isVisible()
        brands.halt.click()
    assert not brands.is_busy()
    assert brands.go.isEnabled()
    dialog.reject()
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: not [job for job in context.findChildren(Job) if job.isRunning()])
    assert not said
    assert {context.get(read_product, item).brand for item in context.get(find_products)} == {""}


def test_what_cannot_be_filled_in_is_said_and_kept(qtbot, context, show):
    add(context, {})
    dialog = show(context)
    link = row(dialog, "no-link")
    link.fix.click()
    link.value.setText("")
    qtbot.keyClicks(link.value, "not a page")
    qtbot.waitUntil(lambda: link.message.text().startswith("A web address looks like"))
    link.go.click()
    qtbot.waitUntil(lambda: not link.is_busy())
    assert link.value.text() == "not a page"
    assert link.message.isVisible()
    assert context.get(read_product, 1).link == ""
    qtbot.keyClicks(link.value, "x")
    assert not link.message.isVisible()


def test_one_remedy_is_open_at_a_time_and_what_was_typed_outlives_other_changes(qtbot, context, show):
    add(context, {}, {})
    dialog = show(context)
    brands, codes = row(dialog, "no-brand"), row(dialog, "no-code")
    brands.fix.click()
    brands.value.setText("Mine")
    codes.fix.click()
    assert (brands.panel.isVisible(), codes.panel.isVisible()) == (False, True)
    add(context, {"availability": "out of stock"})
    qtbot.waitUntil(lambda: "sold-out" in [row.problem.kind for row in dialog.rows])
    assert row(dialog, "no-brand") is brands
    assert brands.sentence.text() == "3 items have no brand"
    brands.fix.click()
    assert brands.value.text() == "Mine"


def test_the_items_can_be_shown_in_the_catalog(qtbot, context, show):
    add(context, {"availability": "out of stock"})
    dialog = show(context)
    with qtbot.waitSignal(dialog.wanted) as wanted:
        row(dialog, "sold-out").show_button.click()
    assert wanted.args == [Search("", ("out-of-stock", "shown"), "")]
    assert not dialog.isVisible()


def test_it_is_done_with_the_keyboard_alone(qtbot, context, show, direction):
    ids = add(context, {"availability": "out of stock"}, {"availability": "out of stock"})
    dialog = show(context)
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    fix = row(dialog, "sold-out").fix
    for _press in range(60):
        if QApplication.focusWidget() is fix:
            break
        qtbot.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Tab)
    qtbot.keyClick(fix, Qt.Key.Key_Space)
    assert QApplication.focusWidget() is row(dialog, "sold-out").go
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not any(row.is_busy() for row in dialog.rows))
    assert all(card.hidden for card in context.get(cards, ids))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_where_nothing_can_be_changed_problems_are_only_shown(qtbot, context, show, shop):
    add(context, {})
    reader = Context(Database(shop, "reader", read_only=True))
    try:
        dialog = show(reader)
        assert not row(dialog, "no-brand").fix.isEnabled()
        assert row(dialog, "no-brand").show_button.isEnabled()
    finally:
        reader.close()
