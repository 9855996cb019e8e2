"""The dialog that cuts a picture, by keyboard alone and by mouse alone, in both directions."""

import io

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication, QColorDialog, QWidget

from desktop.data.images import crop, normalise
from desktop.ui.dialogs.crop import CropDialog, Cut, corner_colours
from desktop.ui.pages.profile_picture import QImage

RED, GREEN, BLUE, WHITE = (250, 10, 10), (10, 200, 10), (10, 10, 250), (255, 255, 255)


def file(image, kind="PNG"):
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def quarters(width, height):
    image = Image.new("RGB", (width, height), WHITE)
    for colour, x, y in ((RED, 0, 0), (GREEN, width // 2, 0), (BLUE, 0, height // 2)):
        image.paste(colour, (x, y, x + width // 2, y + height // 2))
    return file(image)


def drawing(ink=(10, 110, 99, 255), size=(400, 200)):
    """A logo on nothing."""
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    image.paste(ink, (20, 20, size[0] - 20, size[1] - 20))
    return file(image)


@pytest.fixture
def show(qtbot):
    """A function that shows the dialog; what it sends is in `cuts`."""
    parent = QWidget()
    qtbot.addWidget(parent)

    def show(picture, shape="logo", colours=()):
        dialog = CropDialog(parent, picture, shape, colours)
        dialog.cuts = []
        dialog.cut_made.connect(dialog.cuts.append)
        dialog.open()
        with qtbot.waitActive(dialog):
            dialog.activateWindow()
        return dialog

    return show


def swatches(dialog):
    return {swatch.colour: swatch for swatch in dialog._offered()}


def test_enter_takes_the_middle_and_escape_nothing(qtbot, show):
    dialog = show(quarters(400, 200))
    assert QApplication.focusWidget() is dialog.view
    qtbot.keyClick(dialog.view, Qt.Key.Key_Return)
    assert dialog.cuts == [Cut(100, 0, 200, 200, 0, "#ffffff")]
    dialog = show(quarters(400, 200), "cover")
    cuts = dialog.cuts
    qtbot.keyClick(dialog.view, Qt.Key.Key_Escape)
    assert cuts == []


def test_keys_move_zoom_and_turn_it(qtbot, direction, show):
    dialog = show(quarters(400, 200))
    view = dialog.view
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert dialog.cut().width == round(200 / 1.1)
    before = view.framing
    qtbot.keyClick(view, Qt.Key.Key_Right)  # the picture goes to the right, in every language
    assert view.framing.x < before.x
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.framing.x == pytest.approx(before.x)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    small = before.y - view.framing.y
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert before.y - view.framing.y == pytest.approx(11 * small) or view.framing.box()[1] == 0
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert dialog.cut() == Cut(100, 0, 200, 200, 0, "#ffffff")
    for _right in range(100):
        qtbot.keyClick(view, Qt.Key.Key_Right)
    assert dialog.cut().x == 0
    dialog.on.setFocus()
    qtbot.keyClick(dialog.on, Qt.Key.Key_Space)
    cut = dialog.cut()
    assert cut.turn == 1
    image = Image.open(io.BytesIO(crop(normalise(quarters(400, 200)).data, *cut).data))
    assert [image.getpixel((x, y)) for y in (20, 180) for x in (20, 180)] == [BLUE, RED, BLUE, RED]
    shown = view.rendered(200, QColor("white"))
    assert [shown.pixelColor(x, y).getRgb()[:3] for y in (20, 180) for x in (20, 180)] == [BLUE, RED, BLUE, RED]
    dialog.back.click()
    assert dialog.cut().turn == 0


def test_the_mouse_moves_it_and_the_wheel_zooms_where_the_pointer_is(qtbot, direction, show):
    dialog = show(quarters(400, 200))
    view = dialog.view
    middle = view.rect().center()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(view, middle + QPoint(10_000, 0))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(view, middle)
    assert dialog.cut() == Cut(0, 0, 200, 200, 0, "#ffffff")
    turn_wheel(view, view._frame().topLeft(), 120)
    cut = dialog.cut()
    assert (cut.x, cut.y) == (0, 0)
    assert cut.width == round(200 / 1.1)
    turn_wheel(view, view._frame().topLeft(), -120)
    assert dialog.cut().width == 200


def turn_wheel(view, at, angle):
    nothing, left = QPoint(), Qt.MouseButton.NoButton
    way = QPoint(0, angle)
    event = QWheelEvent(
        QPointF(at), view.mapToGlobal(at), nothing, way, left, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    assert event.type() == QEvent.Type.Wheel
    QApplication.sendEvent(view, event)


def test_the_slider_follows_and_leads(qtbot, show):
    dialog = show(quarters(400, 200))
    before = dialog.zoom.value()
    dialog.closer.click()
    assert dialog.zoom.value() > before
    dialog.farther.click()
    assert dialog.zoom.value() == before
    dialog.zoom.setValue(dialog.zoom.maximum())
    assert dialog.cut().width == 20
    dialog.zoom.setFocus()
    qtbot.keyClick(dialog.zoom, Qt.Key.Key_Home)
    assert dialog.cut().width == 600


def test_everything_is_reached_by_tab(qtbot, direction, show):
    dialog = show(drawing())
    reached = [QApplication.focusWidget()]
    for _step in range(30):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if QApplication.focusWidget() in reached:
            break
        reached.append(QApplication.focusWidget())
    turns = [dialog.back, dialog.on] if direction == "en" else [dialog.on, dialog.back]
    order = [dialog.view, dialog.farther, dialog.zoom, dialog.closer, *turns, dialog.whole, dialog.fill]
    order += [swatches(dialog)["#ffffff"], dialog.other, dialog.cancel, dialog.use]  # the one that is chosen
    assert [widget for widget in reached if widget in order] == order
    assert all(widget.accessibleName() for widget in order)
    swatch = swatches(dialog)["#ffffff"]
    swatch.setFocus()
    qtbot.keyClick(swatch, Qt.Key.Key_Right if direction == "en" else Qt.Key.Key_Left)
    assert dialog.cut().ground == "#000000"


def test_a_full_opaque_frame_asks_for_no_background(show):
    dialog = show(quarters(400, 200))
    assert not dialog._swatches.isVisible()
    assert not dialog.faces[1].isVisible()
    dialog.whole.click()
    assert dialog._swatches.isVisible()
    assert dialog.about_ground.text() == "Background around the picture:"
    dialog.fill.click()
    assert not dialog._swatches.isVisible()


def test_a_transparent_logo_is_shown_on_black_and_offered_backgrounds(qtbot, direction, show):
    dialog = show(drawing(), colours=["#123456", "#fefefe"])
    assert dialog.view.framing == dialog.view.framing.whole()
    plain, black = (face.grab().toImage().pixelColor(48, 10) for face in dialog.faces[:2])
    assert (plain.name(), black.name()) == ("#ffffff", "#000000")
    assert list(swatches(dialog)) == ["#ffffff", "#000000", "#123456"]  # nearly white is white
    swatch = swatches(dialog)["#123456"]
    swatch.setFocus()
    qtbot.keyClick(swatch, Qt.Key.Key_Space)
    assert dialog.faces[0].grab().toImage().pixelColor(48, 10).name() == "#123456"
    cuts = dialog.cuts
    dialog.use.click()
    assert cuts[0].ground == "#123456"
    image = Image.open(io.BytesIO(crop(drawing(), *cuts[0]).data))
    assert image.convert("RGB").getpixel((2, 2)) == (0x12, 0x34, 0x56)
    assert image.mode == "RGB"


def test_a_white_logo_is_not_put_on_white(show):
    assert show(drawing((255, 255, 255, 255))).cut().ground == "#000000"
    assert show(drawing()).cut().ground == "#ffffff"


def test_any_other_colour_can_be_chosen(show):
    dialog = show(drawing())
    dialog.other.click()
    picker = dialog.findChild(QColorDialog)
    assert picker.isVisible()
    picker.colorSelected.emit(QColor("#abcdef"))
    picker.close()
    assert dialog.cut().ground == "#abcdef"
    assert swatches(dialog)["#abcdef"].isChecked()


def test_too_small_is_told_and_not_forbidden(show):
    dialog = show(quarters(400, 200))
    assert dialog.advice.text() == ""
    dialog.closer.click()
    assert "182×182" in dialog.advice.text()
    assert "192×192" in dialog.advice.text()
    assert dialog.use.isEnabled()
    assert show(quarters(160, 90), "cover").advice.text() == ""  # nothing is known of covers


def test_corners_offer_their_colours():
    assert corner_colours(QImage.fromData(quarters(400, 200))) == ["#fa0a0a", "#0ac80a", "#0a0afa", "#ffffff"]
    assert corner_colours(QImage.fromData(drawing())) == []


@pytest.mark.parametrize("size", [(1, 1), (1600, 1), (1, 1600), (3, 2)])
def test_pictures_of_any_shape_are_cut(qtbot, show, size):
    data = normalise(file(Image.new("RGB", size, RED))).data
    for shape in ("logo", "cover"):
        dialog = show(data, shape)
        cuts = dialog.cuts
        dialog.on.click()
        dialog.view.grab()
        dialog.use.click()
        assert crop(data, *cuts[0]).width >= 1
