"""The page of the business profile, used as an owner does."""

import io

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog

from desktop.data.database import Database
from desktop.data.images import normalise
from desktop.i18n import set_language
from desktop.services.hours import set_day
from desktop.services.opening import Span
from desktop.services.pictures import read_picture
from desktop.services.profile import read_profile, set_picture, update_profile
from desktop.ui.context import Context
from desktop.ui.pages.profile import NARROW_PREVIEW, PREVIEW, ProfilePage
from desktop.ui.widgets.phone_pictures import Cover


@pytest.fixture
def show(in_front):
    """A function that shows the page of a context in an active window."""
    return lambda context, size=(1108, 798): in_front(ProfilePage(context), *size)


@pytest.fixture
def show_dressed(in_front, dress):
    """A function that does so with the looks that widths depend on."""

    def show(context, size=(1108, 798)):
        page = ProfilePage(context)
        dress(page)
        return in_front(page, *size)

    return show


@pytest.fixture(scope="module")
def stocked(filled_once):
    values = {"territory": "AE", "currency": "AED", "time_zone": "Asia/Dubai", "language": "en"}
    return filled_once(lambda run: run("Fill", update_profile, None, name="Bayt", phone="0501234567", **values))


@pytest.fixture
def filled(stocked, context):
    """A shop in Dubai."""
    return context


@pytest.fixture
def page(filled, show):
    return show(filled)


@pytest.fixture
def stored(context):
    return lambda: context.get(read_profile)


@pytest.fixture
def enter(qtbot, page):
    """A function that pastes a text over what is in a field, and leaves it."""

    def enter(name, text, leave=True):
        field = page.fields[name]
        field.setFocus()
        field.editor.selectAll()
        QGuiApplication.clipboard().setText(text)  # QTest types ASCII only
        qtbot.keyClick(field.editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        if leave:
            qtbot.keyClick(field.editor, Qt.Key.Key_Tab)
        return field

    return enter


def picture(size=(300, 300), colour="red", mode="RGB", kind="PNG"):
    file = io.BytesIO()
    Image.new(mode, size, colour).save(file, kind)
    return file.getvalue()


def heard(page):
    """What somebody hears of the preview, who cannot see it."""
    return page.preview.accessibleDescription()


def test_what_is_stored_is_shown(page):
    assert page.fields["name"].value() == "Bayt"
    assert page.fields["phone"].value() == "+971 50 123 4567"
    assert page.fields["territory"].editor.currentText() == "United Arab Emirates"
    assert page.fields["time_zone"].editor.currentText() == "Dubai"
    assert page.fields["category"].editor.currentText() == "Not chosen"


def test_every_field_saves_itself_when_it_is_left(enter, stored):
    for name, typed, kept in (
        ("name", "  Bayt   Al-Hadaya ", "Bayt Al-Hadaya"),
        ("about", "Gifts for all", "Gifts for all"),
        ("description", "Bags & more", "Bags & more"),
        ("address", "Street 1", "Street 1"),
        ("map_link", "maps.example.com/x", "https://maps.example.com/x"),
        ("phone", "٠٥٠ ٧٦٥ ٤٣٢١", "971507654321"),
        ("email", "a@b.example", "a@b.example"),
        ("username", "@Bayt.Gifts", "bayt.gifts"),
        ("website", "b.example", "https://b.example"),
        ("website2", "http://c.example", "http://c.example"),
    ):
        field = enter(name, typed)
        assert getattr(stored(), name) == kept
        assert field.value() == ("+971 50 765 4321" if name == "phone" else kept)
        assert field.message.text() == field._hint


def test_a_pause_saves_too(qtbot, page, enter, stored):
    with qtbot.waitSignal(page.fields["about"].saved):
        enter("about", "Gifts", leave=False)
    assert stored().about == "Gifts"


def test_a_number_that_is_none_stays_and_is_explained(enter, stored):
    field = enter("phone", "05012345")
    assert field.value() == "05012345"
    assert "9" in field.message.text()
    assert "digits" in field.message.text()
    assert stored().phone == "971501234567"
    enter("phone", "0501234568")
    assert stored().phone == "971501234568"
    assert not field.message.isVisible()


def test_a_username_that_cannot_be_is_explained_and_not_shown_on_the_phone(qtbot, page, enter, stored):
    enter("username", "@Bayt.Gifts")
    qtbot.waitUntil(lambda: "@bayt.gifts" in heard(page))
    field = enter("username", "bayt.com")
    assert "web address" in field.message.text()
    assert (field.value(), stored().username) == ("bayt.com", "bayt.gifts")
    enter("about", "Typed later", leave=False)
    qtbot.waitUntil(lambda: "Typed later" in heard(page))
    assert "@bayt.gifts" in heard(page)


def test_choices_save_when_chosen(page, stored):
    field = page.fields["category"]
    field.editor.setCurrentIndex(field.editor.findText("Retail"))
    field.editor.activated.emit(field.editor.currentIndex())
    assert stored().category == "RETAIL"
    assert "Retail" in heard(page)


def test_a_first_country_brings_currency_and_zone(context, show):
    page = show(context)
    assert page.fields["time_zone"].editor.count() > 300
    field = page.fields["territory"]
    field.editor.setCurrentIndex(field.editor.findText("Kuwait"))
    field.editor.activated.emit(field.editor.currentIndex())
    assert page.fields["currency"].value() == "KWD"
    assert page.fields["time_zone"].editor.currentText() == "Kuwait"
    context.database.undo()
    assert page.fields["territory"].value() == ""
    assert page.fields["currency"].value() is None


def test_the_phone_shows_what_is_typed_while_it_is_typed(qtbot, page, enter, stored):
    page.fields["about"]._pause.setInterval(60_000)  # however slow this computer is
    enter("about", "Wrapped with care", leave=False)
    qtbot.waitUntil(lambda: "Wrapped with care" in heard(page))
    assert stored().about == ""


def test_too_long_is_kept_and_told(enter, stored):
    field = enter("about", "x" * 140)
    assert stored().about == "x" * 140
    assert "1 character longer" in field.message.text()
    assert field.gauge.text() == "140 of 139"
    enter("about", "short")
    assert not field.message.isVisible()


def test_undo_brings_back_what_was_there(enter, context, page, stored):
    enter("name", "Another")
    assert context.database.next_title() == "Change business name"
    context.database.undo()
    assert page.fields["name"].value() == "Bayt"
    assert "Bayt" in heard(page)


def test_changes_from_elsewhere_are_shown_but_not_in_the_field_being_typed_in(qtbot, enter, context, page, stored):
    field = enter("name", "Mine", leave=False)
    context.run("Other", update_profile, None, name="Theirs", email="x@y.example")
    assert page.fields["email"].value() == "x@y.example"
    assert field.value() == "Mine"
    assert not page.commit()  # it was typed over another name
    assert "changed elsewhere" in field.message.text()
    assert not page.commit()  # to go on to another page is not to mean it
    assert (stored().name, field.value()) == ("Theirs", "Mine")
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)  # having read that, it is meant
    assert stored().name == "Mine"


def test_two_people_at_one_field_choose_mine_or_theirs(qtbot, enter, context, page, stored):
    for mine, kept in (("Mine", "Mine"), ("Mine again", "Theirs now")):
        field = enter("name", mine, leave=False)
        context.run("Other", update_profile, None, name="Theirs")
        assert not page.commit()
        assert "“\u2068Theirs\u2069”" in field.message.text()
        context.run("Other", update_profile, None, name="Theirs now")
        assert "Theirs now" in field.message.text()
        keep, take = field.choice.findChildren(QAbstractButton)
        qtbot.mouseClick(keep if kept == mine else take, Qt.MouseButton.LeftButton)
        assert stored().name == field.value() == kept
        assert not field.choice.isVisible()
        assert not field.message.isVisible()
        enter("name", "On as before")
        assert stored().name == "On as before"


def test_typing_on_after_a_pause_or_a_change_of_another_field_is_no_conflict(enter, context, page, stored):
    enter("name", "Bayt Al", leave=False)
    assert page.commit()
    field = enter("name", "Bayt Al-Hadaya", leave=False)
    assert page.commit()
    assert (stored().name, field.message.isVisible()) == ("Bayt Al-Hadaya", False)
    enter("name", "Mine", leave=False)
    context.run("Other", update_profile, None, email="x@y.example")
    assert page.commit()
    assert (stored().name, stored().email) == ("Mine", "x@y.example")


def test_the_next_best_step_leads_to_its_field(qtbot, page, enter, context, stored):
    assert page.step.text() == "Add a profile photo, so that customers recognize you"
    assert page.gauge.words.text() == "2 of 8 steps done"
    page.step.click()
    assert page.logo.choose.hasFocus()
    page.logo.take(picture())
    qtbot.waitUntil(lambda: page.profile.logo is not None)
    page.step.click()
    assert page.fields["about"].editor.hasFocus()
    values = {"about": "a", "address": "b", "category": "RETAIL", "description": "c"}
    context.run("Fill", update_profile, None, **values)
    assert page.step.text() == "Add your opening hours"
    context.run("Open", set_day, 0, [Span(0, 600, 1320)])
    assert page.gauge.words.text() == "The profile is complete"
    assert not page.step.isVisible()


@pytest.mark.parametrize("size", [(812, 702), (1108, 798)])
def test_the_form_stands_still_from_the_first_step_to_the_last(context, filled, show_dressed, size):
    page = show_dressed(filled, size)
    name = page.fields["name"]
    before = name.mapTo(page, QPoint())
    context.run("Photo", set_picture, "logo", normalise(picture()))
    context.run("Photo", set_picture, "cover", normalise(picture()))
    assert page.logo.adjust.isVisible()
    values = {"about": "a", "address": "b", "category": "RETAIL", "description": "c"}
    for step in values:
        context.run("Fill", update_profile, None, **{step: values[step]})
        QApplication.processEvents()
        assert name.mapTo(page, QPoint()) == before
    context.run("Open", set_day, 0, [Span(0, 600, 1320)])
    QApplication.processEvents()
    assert not page.step.isVisible()
    assert name.mapTo(page, QPoint()) == before


def test_a_chosen_file_becomes_the_logo_and_comes_back_after_it_was_removed(qtbot, context, page, stored, tmp_path):
    file = tmp_path / "logo.png"
    file.write_bytes(picture())
    page.logo.choose.click()
    dialog = page.findChild(QFileDialog)
    dialog.fileSelected.emit(str(file))
    dialog.close()
    qtbot.waitUntil(page.logo.well.has_picture)
    kept = stored().logo
    assert kept
    assert page.logo.remove.isVisible()
    with qtbot.waitSignal(context.said) as said:
        page.logo.remove.click()
    assert said.args[0].undo
    assert stored().logo is None
    assert not page.logo.well.has_picture()
    assert not page.logo.remove.isVisible()
    context.database.undo()
    assert stored().logo == kept
    assert page.logo.well.has_picture()


def test_a_dropped_file_and_a_pasted_picture_become_the_cover(qtbot, page, stored, context, tmp_path):
    file = tmp_path / "cover.jpg"
    file.write_bytes(picture((640, 360), kind="JPEG"))
    page.cover.well.dropped.emit([str(file)])
    qtbot.waitUntil(lambda: page.profile.cover is not None)
    first = stored().cover
    data = QMimeData()
    data.setData("image/png", picture((640, 360), "blue"))
    QGuiApplication.clipboard().setMimeData(data)
    page.cover.well.setFocus()
    qtbot.keyClick(page.cover.well, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.profile.cover != first)
    assert context.get(read_picture, stored().cover) == page.cover.picture


def shown(context, digest):
    return Image.open(io.BytesIO(context.get(read_picture, digest)))


def test_what_has_another_shape_is_cut_first_and_nothing_else(qtbot, page, context, stored):
    for name, data, size in (
        ("logo", picture((320, 240), "red"), (240, 240)),
        ("cover", picture((300, 300), "red"), (300, 169)),
    ):
        part = getattr(page, name)
        part.take(data)
        qtbot.waitUntil(lambda part=part: part.dialog is not None)
        assert getattr(stored(), name) is None
        qtbot.keyClick(part.dialog.view, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda name=name: getattr(page.profile, name) is not None)
        assert shown(context, getattr(stored(), name)).size == size
        assert part.dialog is None
    for name, data in (
        ("logo", picture((300, 300), (255, 0, 0, 255), "RGBA")),
        ("cover", picture((320, 180))),
    ):
        part, before = getattr(page, name), getattr(stored(), name)
        part.take(data)
        qtbot.waitUntil(lambda name=name, before=before: getattr(page.profile, name) != before)
        assert part.dialog is None


def test_a_transparent_logo_gets_a_background(qtbot, page, context, stored):
    page.logo.take(picture((300, 300), (255, 0, 0, 0), "RGBA"))
    qtbot.waitUntil(lambda: page.logo.dialog is not None)
    page.logo.dialog.use.click()
    qtbot.waitUntil(lambda: page.profile.logo is not None)
    assert shown(context, stored().logo).convert("RGB").getpixel((5, 5)) == (255, 255, 255)
    assert page.logo.message.text() == "Square. Customers see it as a circle."


def test_giving_up_the_cut_keeps_what_was_there(qtbot, page, stored):
    page.logo.take(picture())
    qtbot.waitUntil(lambda: page.profile.logo is not None)
    kept = stored().logo
    page.logo.take(picture((320, 240)))
    qtbot.waitUntil(lambda: page.logo.dialog is not None)
    qtbot.keyClick(page.logo.dialog.view, Qt.Key.Key_Escape)
    assert page.logo.dialog is None
    assert stored().logo == kept
    assert page.logo.message.text() == "Square. Customers see it as a circle."


def test_a_kept_picture_is_adjusted_again(qtbot, page, context, stored):
    page.cover.take(picture((640, 360)))
    qtbot.waitUntil(page.cover.adjust.isVisible)
    first = stored().cover
    qtbot.keyClick(page.cover.adjust, Qt.Key.Key_Space)
    qtbot.keyClick(page.cover.dialog.view, Qt.Key.Key_Plus)
    qtbot.keyClick(page.cover.dialog.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.profile.cover != first)
    assert shown(context, stored().cover).size == (582, 327)
    assert context.database.next_title() == "Change cover photo"


def test_what_the_phone_will_not_like_of_a_picture_set_elsewhere_is_told(context, page):
    for data, words in (
        (picture((100, 100)), "192×192"),
        (picture((200, 200)), ""),
        (picture((300, 300), (255, 0, 0, 0), "RGBA"), "turns black"),
    ):
        context.run("Other", set_picture, "logo", normalise(data))
        assert page.logo.well.has_picture()
        assert words in page.logo.message.text()
        assert words or page.logo.message.text() == "Square. Customers see it as a circle."


def test_the_cover_is_on_the_phone(qtbot, context, page):
    assert not page.preview.findChildren(Cover)
    context.run("Other", set_picture, "cover", normalise(picture((640, 360))))
    qtbot.waitUntil(lambda: [cover.isVisible() for cover in page.preview.findChildren(Cover)] == [True])


def test_what_is_no_picture_is_explained_and_the_old_one_stays(qtbot, page, stored, tmp_path):
    for source, colour in ((b"no picture", "red"), (b"", "blue"), (tmp_path / "missing.png", "green")):
        before = stored().logo
        page.logo.take(picture(colour=colour))
        qtbot.waitUntil(lambda before=before: page.profile.logo != before)
        kept = stored().logo
        assert page.logo.message.property("look") != "warn"
        page.logo.take(source)
        qtbot.waitUntil(lambda: "again" in page.logo.message.text() or "cannot" in page.logo.message.text())
        assert page.logo.message.property("look") == "warn"
        assert stored().logo == kept
        assert page.logo.well.has_picture()


def test_the_last_of_two_pictures_counts(qtbot, page, stored, context):
    page.logo.take(picture(colour="red"))
    page.logo.take(picture(colour="blue"))
    qtbot.waitUntil(lambda: page.profile.logo is not None)
    image = Image.open(io.BytesIO(context.get(read_picture, stored().logo)))
    assert image.convert("RGB").getpixel((5, 5)) == (0, 0, 255)
    qtbot.waitUntil(lambda: not context.findChildren(type(page.logo._job)) or page.logo._job is None)
    assert context.database.next_title() == "Change profile photo"


def test_a_shop_to_read_only_is_shown_and_not_changed(qtbot, filled, show, shop):
    context = Context(Database(shop, read_only=True))
    page = show(context)
    try:
        assert page.fields["name"].value() == "Bayt"
        qtbot.keyClicks(page.fields["name"].editor, "x")
        qtbot.keyClicks(page.fields["description"].editor, "x")
        assert (page.fields["name"].value(), page.fields["description"].value()) == ("Bayt", "")
        assert not page.fields["category"].editor.isEnabled()
        assert not page.logo.choose.isEnabled()
        assert not page.step.isVisible()
        page.logo.take(picture())
        assert page.commit()
    finally:
        context.close()


def test_two_columns_where_there_is_room(qtbot, filled, show_dressed):
    page = show_dressed(filled)
    name, category = page.fields["name"], page.fields["category"]
    qtbot.waitUntil(lambda: page.panel.width() == PREVIEW)
    assert name.mapTo(page, QPoint()).y() == category.mapTo(page, QPoint()).y()
    assert (
        name.editor.mapToGlobal(name.editor.rect().topLeft()).y()
        == category.editor.mapToGlobal(category.editor.rect().topLeft()).y()
    )
    page.resize(812, 600)
    qtbot.waitUntil(lambda: page.panel.width() == NARROW_PREVIEW)
    qtbot.waitUntil(lambda: category.y() > name.y())
    assert name.width() > 400
    assert page.area.horizontalScrollBar().maximum() == 0


def test_ugly_data_breaks_no_layout(filled, show_dressed):
    ugly = "x" * 600 + " عرض 🎁 <b>&</b>"
    filled.run("Fill", update_profile, None, name=ugly, about=ugly, address=ugly, description=ugly * 5)
    page = show_dressed(filled, (812, 600))
    assert page.minimumSizeHint().width() <= 812
    assert page.area.widget().width() <= page.area.viewport().width()
    assert "<b>&</b>" in heard(page)


@pytest.fixture
def arabic(qapp):
    set_language("ar")
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_from_right_to_left_the_phone_is_on_the_left(arabic, filled, show_dressed):
    page = show_dressed(filled)
    assert page.panel.x() == 0
    assert page.fields["phone"].value() == "+971 50 123 4567"
    assert page.fields["phone"].editor.alignment() & Qt.AlignmentFlag.AlignRight
    name, category = page.fields["name"], page.fields["category"]
    assert name.x() > category.x()


def test_everything_is_reached_by_tab_in_reading_order(qtbot, page):
    reached = []
    page.logo.well.setFocus()
    for _ in range(60):
        focused = page.focusWidget()
        if focused in reached:
            break
        reached.append(focused)
        page.focusNextChild()
    order = [page.logo.well, page.logo.choose, page.cover.well, *(field.editor for field in page.fields.values())]
    places = [reached.index(widget) for widget in order]
    assert places == sorted(places)
    assert all(widget.accessibleName() for widget in order)


def test_going_to_a_field_brings_it_into_view(page):
    page.resize(1108, 500)
    page.show_target("time_zone")
    field = page.fields["time_zone"]
    assert field.editor.hasFocus()
    assert not field.visibleRegion().isEmpty()


def test_the_field_one_is_in_is_found_again_on_a_new_page(page, filled, show):
    assert page.state() is None
    page.show_target("email")
    again = show(filled)
    again.show_target(page.state())
    assert again.fields["email"].editor.hasFocus()
