"""The follow-ups that are due, on the home page."""

from desktop.services.follow_ups import add_follow_up, finish
from desktop.ui.pages.home import HomePage


def test_what_is_due_is_told_and_leads_there(qtbot, context):
    first = context.run("", lambda session: add_follow_up(session, due_at=0, title="Deposit"))
    page = HomePage(context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.is_settled)
    (row,) = page.follow_ups.stops()
    assert "Deposit" in row.accessibleName()
    wanted = []
    context.wanted.connect(lambda name, target: wanted.append((name, target)))
    row.click()
    assert wanted == [("follow-ups", first)]
    context.run("", finish, first)
    qtbot.waitUntil(page.is_settled)
    assert page.follow_ups.isHidden()
