"""Business hours and special hours, the two cards of the profile's page, set as an owner sets them."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.data.database import Database
from desktop.i18n import formats
from desktop.i18n.bidi import strip
from desktop.services.hours import (
    add_overlay,
    add_stretch,
    read_hours,
    read_stretches,
    remove_overlay,
    set_day,
    set_hours,
    set_overlay_hours,
)
from desktop.services.opening import DAY, ONE_DAY, Span
from desktop.services.overlays import proposals
from desktop.services.profile import update_profile
from desktop.ui.context import Context
from desktop.ui.pages.hours_card import HoursCard
from desktop.ui.pages.overlays_card import OverlaysCard
from desktop.ui.pages.profile import ProfilePage

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)  # menus and lists pop up

WIDTH = 740  # of a card, where the window is wide enough
WEEK = [Span(day, 600, 1320) for day in range(7)]
NOW = dt.datetime(2026, 11, 25, 12, tzinfo=ZoneInfo("Asia/Dubai"))  # a Wednesday


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    """A Wednesday at noon in Dubai."""
    monkeypatch.setattr(formats, "now", lambda: NOW)
    monkeypatch.setattr(formats, "today", lambda: NOW.date())


@pytest.fixture
def show(in_front):
    """A function that shows a card by itself in an active window, where it follows its shop as on its page."""

    def show(card):
        card.context.changed.connect(lambda _notice: card.reload())
        in_front(card, WIDTH, 700)
        card.fold(WIDTH)
        return card

    return show


@pytest.fixture
def show_page(in_front):
    """A function that shows the page of a context in an active window."""

    def show_page(context, size=(1108, 798)):
        page = ProfilePage(context)
        return in_front(page, *size)

    return show_page


@pytest.fixture(scope="module")
def stocked(filled_once):
    """A shop in Dubai, open daily from 10 to 10."""

    def fill(run):
        home = {"territory": "AE", "currency": "AED", "time_zone": "Asia/Dubai", "language": "en"}
        run("Fill", update_profile, None, name="Bayt", **home)
        run("Hours", set_hours, WEEK)

    return filled_once(fill)


@pytest.fixture
def opened(stocked, context):
    """The shop that is open."""
    return context


@pytest.fixture
def week(context):
    """A function that returns the stored ranges of a day, or of all days."""

    def week(day=None):
        return [(s.opens, s.closes, s.kind) for s in context.get(read_hours) if day in (None, s.weekday)]

    return week


@pytest.fixture
def stretches(context):
    return lambda: context.get(read_stretches)


@pytest.fixture
def enter(qtbot):
    """A function that pastes a text over what is in a time field, and leaves it."""

    def enter(field, text, leave=Qt.Key.Key_Tab):
        field.setFocus()
        field.editor.selectAll()
        QGuiApplication.clipboard().setText(text)  # QTest types ASCII only
        qtbot.keyClick(field.editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClick(field.editor, leave)

    return enter


def choose(row, kind):
    place = [row.kind.itemText(number) for number in range(row.kind.count())].index(kind)
    row.kind.setCurrentIndex(place)
    row.kind.activated.emit(place)


def shown(row):
    return [(strip(line.opens.value()), strip(line.closes.value())) for line in row.ranges]


def test_the_week_is_shown(opened, show):
    card = show(HoursCard(opened))
    assert shown(card.rows[0]) == [("10:00 am", "10:00 pm")]
    assert card.rows[0].kind.currentText() == "Open"
    assert card.status.text() == "Open now · closes 10:00 pm"
    assert strip(card.week.text()) == "Daily 10:00 am – 10:00 pm"


def test_days_stand_in_the_order_of_the_territory(opened, show):
    card = show(HoursCard(opened))
    for territory, first in (("SA", "Sunday"), ("EG", "Saturday"), ("AE", "Monday")):
        opened.run("Move", update_profile, None, territory=territory)
        assert len(card.rows) == 7
        assert min(card.rows.values(), key=card._days.indexOf).name.text() == first


def test_times_are_typed_in_any_form(opened, show, enter, week):
    row = show(HoursCard(opened)).rows[0]
    for opens, closes, stored, text in (
        ("9", "5", (540, 1020), ("9:00 am", "5:00 pm")),
        ("٤:٠٠ م", "11 م", (960, 1380), ("4:00 pm", "11:00 pm")),
        ("16", "1", (960, 1500), ("4:00 pm", "1:00 am")),
        ("8.30", "12 noon", (510, 720), ("8:30 am", "12:00 pm")),
    ):
        enter(row.ranges[0].opens, opens)
        enter(row.ranges[0].closes, closes)
        assert week(0) == [(*stored, "open")]
        assert shown(row) == [text]
        assert row.ranges[0].next_day.isVisible() == (stored[1] > DAY)
        assert not row.message.isVisible()


def test_what_is_no_time_stays_with_its_sentence(opened, show, enter, week):
    row = show(HoursCard(opened)).rows[0]
    enter(row.ranges[0].opens, "ten")
    assert row.ranges[0].opens.value() == "ten"
    assert row.message.isVisible()
    assert "“ten” is not a time of day" in strip(row.message.text())
    assert week(0) == [(600, 1320, "open")]
    enter(row.ranges[0].opens, "11")
    assert not row.message.isVisible()
    assert week(0) == [(660, 1320, "open")]


def test_hours_that_overlap_stay_and_are_explained(opened, show, enter, week):
    opened.run("Hours", set_day, 0, [Span(0, 600, 780), Span(0, 960, 1320)])
    row = show(HoursCard(opened)).rows[0]
    enter(row.ranges[1].opens, "12:30 pm")
    assert "overlap" in row.message.text()
    assert row.ranges[1].opens.value() == "12:30 pm"
    assert week(0) == [(600, 780, "open"), (960, 1320, "open")]
    enter(row.ranges[0].closes, "12 pm")
    assert week(0) == [(600, 720, "open"), (750, 1320, "open")]
    assert not row.message.isVisible()


def test_hours_are_added_as_a_break_and_removed(opened, show, qtbot, week):
    row = show(HoursCard(opened)).rows[2]
    qtbot.mouseClick(row.add, Qt.MouseButton.LeftButton)
    assert shown(row) == [("10:00 am", "1:00 pm"), ("4:00 pm", "10:00 pm")]
    assert row.ranges[-1].opens.editor.hasFocus()
    qtbot.mouseClick(row.ranges[0].remove, Qt.MouseButton.LeftButton)
    assert week(2) == [(960, 1320, "open")]
    qtbot.mouseClick(row.ranges[0].remove, Qt.MouseButton.LeftButton)
    assert week(2) == []
    assert row.kind.currentText() == "Closed"


def test_a_whole_day_is_chosen(opened, show, week):
    row = show(HoursCard(opened)).rows[4]
    for words, kind in (("Closed", None), ("24 hours", "all_day"), ("By appointment", "appointment"), ("Open", "open")):
        choose(row, words)
        assert [found[2] for found in week(4)] == ([kind] if kind else [])
        assert bool(row.ranges) == (kind == "open")
        assert row.kind.currentText() == words


def test_every_change_is_one_step_back(opened, show, enter, week):
    row = show(HoursCard(opened)).rows[0]
    choose(row, "Closed")
    opened.database.undo()
    assert week(0) == [(600, 1320, "open")]
    assert shown(row) == [("10:00 am", "10:00 pm")]
    enter(row.ranges[0].opens, "9 am")
    enter(row.ranges[0].closes, "9 pm")
    opened.database.undo()
    assert week(0) == [(540, 1320, "open")]
    assert shown(row) == [("9:00 am", "10:00 pm")]


def test_a_day_is_copied_to_others(opened, show, week):
    card = show(HoursCard(opened))
    choose(card.rows[0], "24 hours")
    menu = card.menu_of(0)
    assert [action.text() for action in menu.actions() if action.text()][:3] == [
        *("To all other days", "To Tuesday", "To Wednesday"),
    ]
    next(action for action in menu.actions() if action.text() == "To Friday").trigger()
    assert week(4) == [(0, DAY, "all_day")]
    assert week(1) == [(600, 1320, "open")]
    menu.actions()[0].trigger()
    assert len(week()) == 7
    assert set(week()) == {(0, DAY, "all_day")}


def test_the_first_hours_are_one_click(opened, show_page, qtbot, week):
    opened.run("No hours", set_hours, [])
    page = show_page(opened)
    assert not page.hours.friday.isVisible()
    page.show_target("hours")
    assert page.hours.rows[0].kind.hasFocus()
    qtbot.mouseClick(page.hours.start, Qt.MouseButton.LeftButton)
    assert week(0) == [(600, 1320, "open")]
    assert week(4) == [(600, 720, "open"), (840, 1320, "open")]
    assert not page.hours.start.isVisible()


def test_the_break_for_the_friday_prayer(opened, show, qtbot, week):
    card = show(HoursCard(opened))
    qtbot.mouseClick(card.friday, Qt.MouseButton.LeftButton)
    assert week(4) == [(600, 720, "open"), (840, 1320, "open")]
    assert not card.friday.isVisible()


def test_who_has_a_break_at_the_prayer_is_not_offered_another(opened, show):
    opened.run("Friday", set_day, 4, [Span(4, 360, 660), Span(4, 780, 1320)])
    assert not show(HoursCard(opened)).friday.isVisible()


def test_the_days_stand_in_line_also_where_only_the_window_has_the_looks(opened, in_front, dress):
    page = ProfilePage(opened)
    dress(page)
    rows = in_front(page, 1108, 798).hours.rows.values()
    assert len({row.kind.x() for row in rows}) == 1


def test_special_hours_that_are_added_are_in_sight_with_all_their_fields(opened, show_page, qtbot):
    page = show_page(opened, (1108, 500))
    page.show_target("special")
    lower = page.area.verticalScrollBar().maximum() + 150
    page.special.menu.aboutToShow.emit()
    page.special.menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: page.area.verticalScrollBar().maximum() > lower)
    (row,) = page.special.rows.values()
    qtbot.waitUntil(lambda: row.split.visibleRegion().boundingRect() == row.split.rect())


def test_what_customers_read_follows_at_once(opened, show_page, qtbot):
    page = show_page(opened)
    choose(page.hours.rows[2], "Closed")
    assert page.hours.status.text() == "Closed · opens tomorrow 10:00 am"
    qtbot.waitUntil(lambda: "Wednesday closed" in strip(page.preview.accessibleDescription()))
    assert "Closed · opens tomorrow 10:00 am" in page.preview.accessibleDescription()


def test_the_clock_goes_on(opened, show, monkeypatch):
    card = show(HoursCard(opened))
    assert card._clock.isActive()
    monkeypatch.setattr(formats, "now", lambda: NOW + dt.timedelta(hours=10))
    card._clock.timeout.emit()
    assert card.status.text() == "Closed · opens tomorrow 10:00 am"


def test_a_change_elsewhere_is_shown_but_not_over_what_is_typed(opened, show, qtbot, week):
    card = show(HoursCard(opened))
    row = card.rows[0]
    row.ranges[0].opens.setFocus()
    row.ranges[0].opens.editor.selectAll()
    qtbot.keyClicks(row.ranges[0].opens.editor, "9")
    opened.run("Elsewhere", set_day, 0, [Span(0, 480, 1200)])
    opened.run("Elsewhere", set_day, 1, [Span(1, 480, 1200)])
    assert row.ranges[0].opens.value() == "9"
    assert shown(card.rows[1]) == [("8:00 am", "8:00 pm")]
    qtbot.keyClick(row.ranges[0].opens.editor, Qt.Key.Key_Return)
    assert "changed elsewhere" in row.message.text()
    assert not row.ranges[0].opens.commit(), "to leave is not to mean it"
    assert week(0) == [(480, 1200, "open")]
    qtbot.keyClick(row.ranges[0].opens.editor, Qt.Key.Key_Return)
    assert week(0) == [(540, 1320, "open")]


@pytest.mark.parametrize("theirs", [False, True])
def test_two_people_at_the_hours_of_a_day_choose_mine_or_theirs(opened, show, qtbot, week, theirs):
    row = show(HoursCard(opened)).rows[0]
    field = row.ranges[0].opens
    field.setFocus()
    field.editor.selectAll()
    qtbot.keyClicks(field.editor, "9")
    opened.run("Elsewhere", set_day, 0, [Span(0, 480, 1200)])
    assert not field.commit()
    assert "Theirs: “8:00 am – 8:00 pm”" in strip(row.message.text())
    opened.run("Elsewhere", set_day, 0, [Span(0, 420, 1200)])
    assert "7:00 am" in row.message.text()
    qtbot.mouseClick(row.choice.theirs if theirs else row.choice.mine, Qt.MouseButton.LeftButton)
    assert week(0) == ([(420, 1200, "open")] if theirs else [(540, 1320, "open")])
    assert shown(row) == ([("7:00 am", "8:00 pm")] if theirs else [("9", "10:00 pm")])
    assert not row.message.isVisible()
    assert not row.choice.isVisible()


def test_what_is_saved_while_one_types_is_not_written_over(opened, show, qtbot, week):
    field = show(HoursCard(opened)).rows[0].ranges[0].opens
    field.setFocus()
    field.editor.selectAll()
    qtbot.keyClicks(field.editor, "9")
    assert field.commit()
    assert field.value() == "9"
    qtbot.keyClicks(field.editor, ":30")
    qtbot.keyClick(field.editor, Qt.Key.Key_Tab)
    assert week(0) == [(570, 1320, "open")]
    assert field.value() == "9:30 am"


def test_nights_that_run_into_the_next_day_are_told(opened, show):
    opened.run("Hours", set_day, 2, [Span(2, 1200, DAY + 660)])
    card = show(HoursCard(opened))
    assert "Wednesday" in card.advice.text()
    opened.run("Hours", set_day, 2, [Span(2, 600, 1320)])
    assert not card.advice.isVisible()


# Special hours


def add(card, text):
    card._fill_menu()
    actions = [*card.menu.actions(), *card.menu.actions()[-1].menu().actions()]
    next(action for action in actions if strip(action.text()).startswith(text)).trigger()
    QApplication.processEvents()
    return next(iter(card.rows.values()))


def test_ramadan_is_added_ready_made_and_shifted(opened, show, qtbot, stretches):
    card = show(OverlaysCard(opened))
    row = add(card, "Ramadan · 8 February 2027")
    assert [(s.name, s.first, s.kind) for s in stretches()] == [("Ramadan", dt.date(2027, 2, 8), "ramadan")]
    assert row.edit.isChecked()
    assert row.moon.isVisible()
    assert strip(row.dates.text()) == "8 February 2027 to 8 March 2027"
    qtbot.mouseClick(row.later, Qt.MouseButton.LeftButton)
    assert stretches()[0].first == dt.date(2027, 2, 9)
    assert strip(row.dates.text()) == "9 February 2027 to 9 March 2027"
    qtbot.mouseClick(row.earlier, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(row.earlier, Qt.MouseButton.LeftButton)
    assert stretches()[0].first == dt.date(2027, 2, 7)
    card._fill_menu()
    texts = [strip(action.text()) for action in card.menu.actions()]
    assert not any(text.startswith("Ramadan") for text in texts)
    later = [strip(action.text()) for action in card.menu.actions()[-1].menu().actions()]
    assert "Ramadan · 28 January 2028" in later


def test_a_day_off_closes_the_shop(opened, show, qtbot, stretches):
    usual, card = show(HoursCard(opened)), show(OverlaysCard(opened))
    row = add(card, "Day off")
    assert stretches()[0].first == NOW.date() + ONE_DAY
    assert row.hours.text() == "Closed"
    assert not row.moon.isVisible()
    assert not row.later.isVisible()
    row.first.setFocus()
    row.first.editor.setDate(NOW.date())
    qtbot.keyClick(row.first.editor, Qt.Key.Key_Return)
    row.last.setFocus()
    row.last.editor.setDate(NOW.date())
    qtbot.keyClick(row.last.editor, Qt.Key.Key_Return)
    assert (stretches()[0].first, stretches()[0].last) == (NOW.date(), NOW.date())
    assert usual.status.text() == "Closed · opens tomorrow 10:00 am"


def test_the_last_day_before_the_first_stays_and_is_explained(opened, show, qtbot, stretches):
    opened.run("Add", add_overlay, "Eid", "2026-12-01", "2026-12-03", [])
    row = next(iter(show(OverlaysCard(opened)).rows.values()))
    row.edit.click()
    row.last.setFocus()
    row.last.editor.setDate(dt.date(2026, 11, 1))
    qtbot.keyClick(row.last.editor, Qt.Key.Key_Return)
    assert row.last.value() == dt.date(2026, 11, 1)
    assert "before the first" in row.last.message.text()
    assert stretches()[0].last == dt.date(2026, 12, 3)


def test_hours_every_day_and_by_weekday(opened, show, qtbot, enter, stretches):
    overlay = opened.run("Add", add_overlay, "Fair", "2026-12-01", "2026-12-20", [])
    row = next(iter(show(OverlaysCard(opened)).rows.values()))
    row.edit.click()
    choose(row.every, "Open")
    assert stretches()[0].spans == (Span(None, 600, 1320),)
    enter(row.every.ranges[0].opens, "8 am")
    assert stretches()[0].spans == (Span(None, 480, 1320),)
    qtbot.mouseClick(row.split, Qt.MouseButton.LeftButton)
    assert row.days[4].isVisible()
    assert not row.every.isVisible()
    choose(row.days[4], "Closed")
    assert strip(row.hours.text()) == "Saturday to Thursday 8:00 am – 10:00 pm\nFriday closed"
    enter(row.days[5].ranges[0].opens, "9 am")
    assert Span(5, 540, 1320) in stretches()[0].spans
    assert len(stretches()[0].spans) == 7
    qtbot.mouseClick(row.join, Qt.MouseButton.LeftButton)
    assert stretches()[0].spans == (Span(None, 480, 1320),)
    opened.run("Elsewhere", set_overlay_hours, overlay, [])
    assert row.every.kind.currentText() == "Closed"


def test_special_hours_are_deleted_and_come_back(opened, show, qtbot, stretches):
    said = []
    opened.said.connect(said.append)
    opened.run("Add", add_stretch, proposals("AE", NOW.date())[0])
    card = show(OverlaysCard(opened))
    row = next(iter(card.rows.values()))
    qtbot.mouseClick(row.delete, Qt.MouseButton.LeftButton)
    assert stretches() == []
    assert card.rows == {}
    assert said[-1].undo
    opened.database.undo()
    assert len(card.rows) == 1


def test_what_is_over_comes_last(opened, show):
    for name, first in (("Over", "2026-01-01"), ("Later", "2027-06-01"), ("Soon", "2026-12-01")):
        opened.run("Add", add_overlay, name, first, first, [])
    card = show(OverlaysCard(opened))
    rows = sorted(card.rows.values(), key=card._list.indexOf)
    assert [row.title.text() for row in rows] == ["Soon", "Later", "Over"]
    assert "(over)" in rows[-1].dates.text()


def test_what_was_deleted_elsewhere_goes(opened, show):
    overlay = opened.run("Add", add_overlay, "Eid", "2026-12-01", "2026-12-03", [])
    card = show(OverlaysCard(opened))
    opened.run("Elsewhere", remove_overlay, overlay)
    assert card.rows == {}
    assert card.hint.isVisible()


def test_tab_goes_through_in_the_order_of_reading(opened, show_page, qtbot):
    page = show_page(opened)
    row = page.hours.rows[0]
    qtbot.mouseClick(row.add, Qt.MouseButton.LeftButton)
    wanted = page.hours.stops()
    wanted[0].setFocus(Qt.FocusReason.TabFocusReason)
    seen = [QApplication.focusWidget()]
    while len(seen) < 12:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert seen == wanted[:12]


def test_a_shop_that_cannot_be_changed(shop, opened, show):
    opened.run("Add", add_overlay, "Eid", "2026-12-01", "2026-12-03", [])
    opened.close()
    reading = Context(Database(shop, read_only=True))
    usual, special = show(HoursCard(reading)), show(OverlaysCard(reading))
    row = usual.rows[0]
    assert row.ranges[0].opens.editor.isReadOnly()
    assert not row.kind.isEnabled()
    assert not row.add.isEnabled()
    assert not special.button.isVisible()
    assert not any(row.edit.isVisible() or row.delete.isVisible() for row in special.rows.values())
    assert usual.status.text() == "Open now · closes 10:00 pm"
    reading.close()


def test_everything_fits_in_both_directions(qtbot, direction, opened, show_page):
    opened.run("Hours", set_day, 0, [Span(0, 600, 780), Span(0, 1200, DAY + 60)])
    opened.run("Add", add_stretch, proposals("AE", NOW.date())[2])
    page = show_page(opened, (1108, 640))
    row = next(iter(page.special.rows.values()))
    row.edit.click()
    day = page.hours.rows[0]
    inside = page.area.widget()
    parts = (day.kind, day.copy, day.ranges[1].remove, row.delete)

    def places():
        return [part.mapTo(inside, part.rect().center()).x() for part in parts]

    for width in (1108, 812):
        page.resize(width, 640)
        narrow = width == 812
        qtbot.waitUntil(lambda narrow=narrow: (day._times.y() > day.kind.y()) == narrow)
        qtbot.waitUntil(lambda: all(0 < x < page.area.viewport().width() for x in places()))
        assert inside.minimumSizeHint().width() <= page.area.viewport().width()
        assert (day.name.x() > day.kind.x()) == (direction == "ar")


def test_special_hours_changed_elsewhere_are_not_written_over_unnoticed(opened, show, qtbot, stretches):
    overlay = opened.run("Add", add_overlay, "Fair", "2026-12-01", "2026-12-20", [Span(None, 600, 1320)])
    row = next(iter(show(OverlaysCard(opened)).rows.values()))
    row.edit.click()
    field = row.every.ranges[0].opens
    field.setFocus()
    field.editor.selectAll()
    qtbot.keyClicks(field.editor, "9")
    opened.run("Elsewhere", set_overlay_hours, overlay, [Span(None, 480, 1200)])
    assert field.value() == "9"
    assert not field.commit()
    assert "changed elsewhere" in row.every.message.text()
    assert not field.commit(), "to leave is not to mean it"
    assert stretches()[0].spans == (Span(None, 480, 1200),)
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert stretches()[0].spans == (Span(None, 540, 1320),)
