"""The panel with its folding sections and its pinned actions, and the other frames of a page."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from desktop.ui import theme
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.buttons import danger, primary, quiet
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.gauge import Gauge
from desktop.ui.widgets.inspector import Inspector
from desktop.ui.widgets.page_header import PageHeader


def place(widget, window):
    return widget.mapTo(window, QPoint(0, 0))


def test_actions_stay_in_sight_on_the_trailing_side(window, rtl):
    inspector = Inspector("Item")
    for number in range(40):
        inspector.add(QLabel(str(number)))
    copy, delete = primary("Copy"), danger("Delete")
    inspector.add_action(copy)
    inspector.add_action(delete, leading=True)
    body = window(inspector)
    assert place(copy, body).y() + copy.height() <= body.height()
    assert (place(copy, body).x() < place(delete, body).x()) == rtl
    assert inspector.area.verticalScrollBar().maximum() > 0
    assert inspector.area.horizontalScrollBar().maximum() == 0


def test_a_section_folds_by_key_and_click(qtbot, window):
    inspector = Inspector("Item")
    section = inspector.add_section("For Meta's shop", folded=True)
    inside = QLabel("Brand")
    section.add(inside)
    window(inspector)
    assert (section.is_folded(), inside.isVisible()) == (True, False)
    with qtbot.waitSignal(section.toggled) as told:
        qtbot.mouseClick(section.header, Qt.MouseButton.LeftButton)
    assert (told.args, inside.isVisible()) == ([True], True)
    qtbot.keyClick(section.header, Qt.Key.Key_Space)
    assert not inside.isVisible()
    section.set_folded(False)
    assert inside.isVisible()


def test_the_head_of_a_page(window, rtl):
    header, add = PageHeader("Catalog"), primary("Add item")
    header.add(quiet("Import…"), add)
    header.set_count("490 of 500 items", "near")
    body = window(header)
    assert header.count.property("look") == "warn"
    assert (place(add, body).x() < place(header.title, body).x()) == rtl


def test_a_low_page_cuts_no_button_of_its_header(window):
    header, tall = PageHeader("Catalog"), primary("Add item")
    header.add(tall)
    tall.setMinimumHeight(60)
    below = QLabel("many")
    below.setMinimumHeight(290)
    window(header, below).resize(480, 300)
    assert header.rect().contains(tall.geometry())


def test_in_a_narrow_page_the_count_gives_way(qapp, window):
    header, add = PageHeader("Catalog"), primary("Add item")
    header.add(add)
    header.set_count("490 of 500 items in the catalog")
    body = window(header)
    header.setFixedWidth(header.title.sizeHint().width() + add.sizeHint().width() + 60)
    body.adjustSize()
    qapp.processEvents()
    assert header.count.width() < header.count.sizeHint().width()
    for widget in (header.title, add):
        assert widget.width() >= widget.sizeHint().width()


def test_a_gauge_fills_from_the_leading_edge(qtbot, window, rtl):
    gauge = Gauge()
    window(gauge)
    assert not gauge.isVisible()
    gauge.show_use(250, 500, "250 of 500")
    assert (gauge.words.text(), gauge.accessibleName()) == ("250 of 500", "250 of 500")
    image = gauge.bar.grab().toImage()
    ends = [image.pixelColor(x, image.height() // 2) for x in (8, image.width() - 8)]
    assert ends == [theme.colour(name) for name in (("line", "accent") if rtl else ("accent", "line"))]
    gauge.show_use(600, 500, "600 of 500", "over")
    image = gauge.bar.grab().toImage()
    assert image.pixelColor(image.width() // 2, image.height() // 2) == theme.colour("warn")


def test_a_banner_says_and_offers(qtbot, window):
    banner = Banner()
    window(banner)
    assert not banner.isVisible()
    banner.say("A backup is 30 days old", "Back up now")
    assert banner.isVisible()
    with qtbot.waitSignal(banner.acted):
        qtbot.mouseClick(banner.button, Qt.MouseButton.LeftButton)
    banner.say("Read only")
    assert not banner.button.isVisible()
    banner.say("")
    assert not banner.isVisible()


def test_an_empty_page_has_one_thing_to_do(qtbot, window):
    add = primary("Add item", "plus")
    empty = Empty("tags", "Your catalog", "What you add here is ready to share.", add)
    window(empty)
    with qtbot.waitSignal(add.clicked):
        qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    assert empty.sentence.isVisible()


def test_an_empty_panel_keeps_its_sentence_inside(qapp, window):
    empty = Empty("tags", "No item chosen", "Choose an item to see and change it here.")
    empty.setFixedWidth(300)
    window(empty)
    qapp.processEvents()
    assert empty.rect().contains(empty.sentence.geometry())
    assert abs(empty.sentence.geometry().center().x() - empty.rect().center().x()) <= 1


def test_a_card_holds_what_is_added(window):
    card, inside = Card("Hours"), QLabel("9 to 5")
    card.add(inside)
    window(card)
    assert inside.isVisible()
    assert card.accessibleName() == "Hours"


def test_a_section_is_made_when_it_is_first_opened(window):
    made = []
    inspector = Inspector("Item")
    section = inspector.add_section("For Meta's shop", folded=True, build=made.append)
    opened = inspector.add_section("Variants", build=made.append)
    window(inspector)
    assert made == [opened]
    for folded in (False, True, False):
        section.set_folded(folded)
    assert made == [opened, section]


def test_a_count_that_has_no_room_is_not_cut(window):
    header, add = PageHeader("Catalog"), primary("Add item")
    header.add(add)
    header.set_count("490 of 500 items in the catalog")
    window(header)
    header.count.resize(30, header.count.height())
    assert header.count.shown() == ""
    assert header.count.toolTip() == "490 of 500 items in the catalog"
    header.count.resize(900, header.count.height())
    assert header.count.shown() == "490 of 500 items in the catalog"
