"""Finding and replacing, as one does it."""

import pytest

from desktop.data.models import ProductText
from desktop.services.catalog import add_product, read_products
from desktop.ui.dialogs.rewrite import RewriteDialog
from desktop.ui.widgets.preview_table import CELL


def fill(session):
    ids = [
        add_product(session, "حقيبة جلد", description="Bag"),
        add_product(session, "Bag"),
        add_product(session, "Mug"),
    ]
    session.add(ProductText(product_id=ids[2], language="ar", name="حقيبه", description=""))
    return ids


@pytest.fixture
def ids(context):
    return context.run("Fill", fill)


@pytest.fixture
def dialog(context, ids, window):
    dialog = RewriteDialog(context, ids, window)
    dialog.show()
    return dialog


def seen(qtbot, dialog, count):
    qtbot.waitUntil(lambda: dialog.go.isEnabled() and dialog.table.model().rowCount() == count)


def test_words_are_marked_before_and_after_and_replaced_in_one_action(qtbot, direction, context, ids, dialog):
    said = []
    context.said.connect(said.append)
    dialog.wanted.setText("حقيبة")
    seen(qtbot, dialog, 1)
    dialog.alike.setChecked(True)
    assert not dialog.case.isEnabled()
    dialog.replacement.setText("شنطة")
    seen(qtbot, dialog, 2)
    before, after = (dialog.table.model().index(0, column).data(CELL) for column in (1, 2))
    assert (before.text, before.marks) == ("حقيبة جلد", [(0, 5)])
    assert (after.text, after.marks) == ("شنطة جلد", [(0, 4)])
    with qtbot.waitSignal(dialog.accepted):
        dialog.go.click()
    first, _second, third = context.get(read_products, ids)
    assert (first.name, third.texts[0].name) == ("شنطة جلد", "شنطة")
    assert [saying.undo for saying in said] == [True]
    context.database.undo()
    assert context.get(read_products, ids)[0].name == "حقيبة جلد"


def test_names_that_would_be_emptied_are_told(qtbot, dialog):
    dialog.wanted.setText("bag")
    seen(qtbot, dialog, 1)  # the description, which may be empty
    assert dialog.remarks.isVisible()
    dialog.case.setChecked(True)
    qtbot.waitUntil(lambda: not dialog.remarks.isVisible())
    assert not dialog.go.isEnabled()


def test_nothing_to_look_for_is_nothing_wrong(qtbot, dialog):
    dialog.wanted.setText("  ")
    assert not dialog.go.isEnabled()
    assert not dialog.trouble.isVisible()
