"""Home says which orders are due, and goes to them."""

import datetime as dt

from PySide6.QtCore import Qt

from desktop.i18n import N_, bidi, formats
from desktop.services import orders
from desktop.services.order_due import due_moment
from desktop.ui.pages.home import HomePage
from desktop.ui.widgets.rows import Row


def test_orders_that_are_due_are_rows_that_go_there(qtbot, context, direction):
    today, zone = formats.today(), formats.now().tzinfo
    for days in (-1, 0, 1):
        due = due_moment(today + dt.timedelta(days=days), 720, zone)
        context.run(N_("New order"), orders.add_order, [{"name": "Cake"}], name=f"Buyer {days}", due_at=due)
    page = HomePage(context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.is_settled)
    rows = page.orders.findChildren(Row)
    titles = [bidi.strip(row.title.text()) for row in rows]
    assert [title.endswith(name) for title, name in zip(titles, ("Buyer -1", "Buyer 0"), strict=True)] == [True, True]
    wanted = []
    context.wanted.connect(lambda page, target: wanted.append((page, target)))
    qtbot.mouseClick(rows[0], Qt.MouseButton.LeftButton)
    assert wanted == [("orders", 1)]
    context.run(N_("Change state of order"), orders.set_states, [1, 2], "done")
    qtbot.waitUntil(lambda: page.is_settled() and not page.orders.isVisible())
