"""The numbers of the catalog, each of which leads to what it counts."""

import pytest

from desktop.i18n import bidi, formats
from desktop.services.catalog import add_product
from desktop.services.collections import add_collection, put_into
from desktop.services.profile import update_profile
from desktop.services.where import Search
from desktop.ui.dialogs.statistics import StatisticsDialog
from desktop.ui.widgets.rows import Row


@pytest.fixture
def show(qtbot, context):
    def show():
        dialog = StatisticsDialog(context)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.figures["all"].number.text() != "…")
        return dialog

    return show


def fill(context):
    def write(session):
        update_profile(session, None, currency="AED")
        group = add_collection(session, "Bags & more")
        for price in (100, 300, 20000):
            put_into(session, add_product(session, f"Bag {price}", price=price), group)
        add_product(session, "Tea", price=700, currency="USD", hidden=True)

    context.run("Fill", write)


def rows(layout):
    return [widget for at in range(layout.count()) if isinstance(widget := layout.itemAt(at).widget(), Row)]


def test_an_empty_shop_counts_nothing_and_leads_nowhere(show):
    dialog = show()
    assert {figure.number.text() for figure in dialog.figures.values()} == {"0"}
    assert not any(figure.isEnabled() for figure in dialog.figures.values())


def test_numbers_lead_to_what_they_count(qtbot, context, show):
    fill(context)
    for term, terms, number in (("hidden", ("hidden",), "1"), ("all", (), "4"), ("shown", ("shown",), "3")):
        dialog = show()
        assert dialog.figures[term].number.text() == number
        with qtbot.waitSignal(dialog.wanted) as wanted:
            dialog.figures[term].click()
        assert wanted.args == [Search("", terms, "")]
        assert not dialog.isVisible()


def test_prices_are_from_the_lowest_to_the_highest_in_each_currency(qtbot, context, show):
    fill(context)
    dialog = show()
    whole, bags = rows(dialog.shelves)
    assert bidi.strip(whole.note.text()) == "4 items · AED\xa01 – AED\xa0200, median AED\xa03 · $7"
    assert bags.title.text() == "Bags & more"
    with qtbot.waitSignal(dialog.wanted) as wanted:
        bags.click()
    assert wanted.args == [Search("", ("collection=#1",), "price")]


def test_a_month_leads_to_what_was_added_in_it(qtbot, context, show):
    fill(context)
    dialog = show()
    with qtbot.waitSignal(dialog.wanted) as wanted:
        dialog.chart.chosen.emit(11)
    assert wanted.args == [Search("", (f"added={formats.today():%Y-%m}",), "")]


def test_the_last_changes_lead_to_their_items_and_follow_the_shop(qtbot, context, show):
    fill(context)
    dialog = show()
    with qtbot.waitSignal(context.wanted) as wanted:
        rows(dialog.recent)[0].click()
    assert wanted.args == ["catalog", 4]
    dialog = show()
    context.run("Add", add_product, "New")
    qtbot.waitUntil(lambda: dialog.figures["all"].number.text() == "5")
    assert rows(dialog.recent)[0].title.text() == "New"
