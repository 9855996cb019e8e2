"""The pictures of an item, as its owner handles them: by key, by mouse, by the menu, in both directions."""

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QEvent, QIODevice, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from desktop.data.images import normalise
from desktop.services.catalog import add_product, read_product
from desktop.services.pictures import add_pictures, replace_picture
from desktop.ui.dialogs.crop import CropDialog
from desktop.ui.dialogs.left_out import LeftOutDialog
from desktop.ui.pages.item_pictures import SHOWN, ItemPictures
from desktop.ui.picture_files import carried
from desktop.ui.thumbnails import Thumbnails
from desktop.ui.widgets.image_well import PLACE

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def painted(colour, width=600, height=600):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    for x in range(width // 2):
        image.setPixelColor(x, 0, QColor("black"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


@pytest.fixture(scope="module")
def images():
    """Three pictures."""
    return [normalise(painted(colour)) for colour in ("red", "green", "blue")]


@pytest.fixture(scope="module")
def stocked(filled_once, images):
    """A shop with an item that has three pictures."""

    def fill(run):
        item = run("Add item", add_product, "Leather bag")
        run("Add pictures", add_pictures, item, images)
        return item

    return filled_once(fill)


@pytest.fixture
def item(stocked):
    """The item with three pictures."""
    return stocked.found


@pytest.fixture
def show(qtbot, context, item):
    """A function that shows the pictures, which follow every change as in the inspector."""
    kept = []

    def show():
        window = QMainWindow()
        thumbnails = Thumbnails(context, 100, window)
        pictures = ItemPictures(context, thumbnails)
        context.changed.connect(lambda notice: pictures.show_pictures(context.get(read_product, item)))
        window.setCentralWidget(pictures)
        window.resize(330, 500)
        kept.append(window)
        qtbot.addWidget(window)
        pictures.show_pictures(context.get(read_product, item))
        window.show()
        with qtbot.waitActive(window):
            window.activateWindow()
        qtbot.waitUntil(lambda: all(well.has_picture() for well in pictures.wells))
        return pictures

    return show


@pytest.fixture
def order(context, item, images):
    """A function that returns the item's pictures by their letters; ? is one that was made here."""

    def order():
        letters = {image.sha256: letter for image, letter in zip(images, "abc", strict=True)}
        return "".join(letters.get(row.sha256, "?") for row in context.get(read_product, item).pictures)

    return order


@pytest.fixture
def said(context):
    sayings = []
    context.said.connect(sayings.append)
    return sayings


def test_keys_put_them_into_another_order(qtbot, direction, show, order):
    pictures = show()
    later, earlier = (Qt.Key.Key_Right, Qt.Key.Key_Left) if direction == "en" else (Qt.Key.Key_Left, Qt.Key.Key_Right)
    pictures.wells[0].setFocus()
    qtbot.keyClick(pictures.wells[0], later, ALT)
    assert order() == "bac"
    assert pictures.wells[1].hasFocus(), "the focus stays with the picture"
    qtbot.keyClick(pictures.wells[1], later, ALT)
    qtbot.keyClick(pictures.wells[2], later, ALT)  # it is the last already
    assert order() == "bca"
    qtbot.keyClick(pictures.wells[2], earlier, ALT)
    assert order() == "bac"
    qtbot.keyClick(pictures.wells[1], Qt.Key.Key_Home, ALT)
    assert order() == "abc"
    assert pictures.context.database.undo() == "Move picture"
    assert order() == "bac"


def drop(well, data):
    actions, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(well, QDragEnterEvent(QPoint(5, 5), actions, data, button, keys))
    QApplication.sendEvent(well, QDropEvent(QPointF(5, 5), actions, data, button, keys))


def test_the_mouse_drags_one_to_another_place(qtbot, show, item, order, context):
    pictures = show()
    data = carried(b"", "x")
    ids = [row.id for row in context.get(read_product, item).pictures]
    data.setData(PLACE, f"{item} {ids[2]}".encode())
    drop(pictures.wells[0], data)
    assert order() == "cab"
    data.setData(PLACE, f"{item} {ids[2]}".encode())
    drop(pictures.add, data)
    assert order() == "abc"
    data.setData(PLACE, f"{item + 1} {ids[0]}".encode())
    drop(pictures.wells[2], data)
    assert order() == "abc", "that was a picture of another item"


def test_a_drag_begins_with_the_mouse_and_is_no_click(qtbot, show):
    pictures = show()
    well = pictures.wells[1]
    begun = []
    well.dragged.disconnect()
    well.dragged.connect(lambda: begun.append(True))
    qtbot.mousePress(well, Qt.MouseButton.LeftButton, pos=well.rect().center())
    left, nothing = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    away = QMouseEvent(QEvent.Type.MouseMove, QPointF(80, 5), QPointF(80, 5), left, left, nothing)
    QApplication.sendEvent(well, away)
    qtbot.mouseRelease(well, Qt.MouseButton.LeftButton, pos=well.rect().center())
    assert begun == [True]
    assert pictures.viewer is None


def test_it_is_turned_cropped_and_replaced_each_to_be_taken_back(qtbot, show, order, context, item, tmp_path, said):
    pictures = show()
    pictures.wells[1].setFocus()
    qtbot.keyClick(pictures.wells[1], Qt.Key.Key_BracketRight, CTRL)
    qtbot.waitUntil(lambda: order() == "a?c")
    assert QImage.fromData(pictures.bytes_of(1)).pixelColor(599, 10) == QColor("black"), "its top is on the right"
    assert context.database.undo() == "Rotate picture"
    assert order() == "abc"
    pictures.crop(0)
    dialog = pictures.findChild(CropDialog)
    dialog.closer.click()
    dialog.use.click()
    qtbot.waitUntil(lambda: order() == "?bc")
    assert QImage.fromData(pictures.bytes_of(0)).width() < 600
    assert context.database.undo() == "Crop picture"
    file = tmp_path / "other.png"
    file.write_bytes(painted("yellow"))
    pictures._on_replacement(2, [str(file)])
    qtbot.waitUntil(lambda: order() == "ab?")
    assert context.database.undo() == "Replace picture"
    assert order() == "abc"


def test_a_picture_that_was_changed_meanwhile_is_not_overwritten(qtbot, show, order, context, item, said):
    pictures = show()
    pictures.rotate(0, 1)
    first = context.get(read_product, item).pictures[0].id
    context.run("Elsewhere", replace_picture, first, normalise(painted("pink")))
    qtbot.waitUntil(lambda: bool(said))
    assert "changed elsewhere" in said[-1].sentence
    assert QImage.fromData(pictures.bytes_of(0)).pixelColor(300, 300) == QColor("pink")


def test_one_is_copied_as_a_picture_and_as_a_file(qtbot, show, images, said):
    pictures = show()
    pictures.wells[1].setFocus()
    qtbot.keyClick(pictures.wells[1], Qt.Key.Key_C, CTRL)
    data = QGuiApplication.clipboard().mimeData()
    assert data.imageData().pixelColor(300, 300) == QColor("green")
    path = data.urls()[0].toLocalFile()
    assert path.endswith("Leather bag.png")
    assert Path(path).read_bytes() == images[1].data
    assert "copied" in said[-1].sentence


def test_one_is_shown_large_with_all_that_can_be_done(qtbot, direction, show, order):
    pictures = show()
    qtbot.mouseClick(pictures.wells[0], Qt.MouseButton.LeftButton)
    viewer = pictures.viewer
    assert "1" in viewer.windowTitle()
    assert not viewer.back.isEnabled()
    viewer.onwards.click()
    assert viewer.number == 1
    icons = [action.icon for action in pictures.choices[1:] if action.icon]
    viewer.buttons[icons.index("trash-2")].click()
    assert order() == "ac"
    assert viewer.number == 1
    viewer.buttons[icons.index("star")].click()
    assert order() == "ca"
    assert viewer.number == 0
    for _picture in "ca":
        viewer.buttons[icons.index("trash-2")].click()
    assert order() == ""
    assert pictures.viewer is None
    assert all(button.accessibleName() for button in viewer.buttons)


def test_what_is_beyond_the_tenth_is_only_here_and_small_ones_are_told(qtbot, show, context, item):
    pictures = show()
    assert pictures.small.isHidden()
    context.run("Add", add_pictures, item, [normalise(painted("red", 100 + n, 80)) for n in range(8)])
    assert "first 10 go to the phone; 1 more is kept here" in pictures.note.text()
    assert pictures.wells[10].accessibleName() == "Picture 11, only here"
    assert "Picture 4 is 100×80" in pictures.small.text()
    context.run("Add", add_pictures, item, [normalise(painted("red", 100 + n, 90)) for n in range(40)])
    assert len(pictures.wells) == SHOWN
    pictures.more.click()
    assert len(pictures.wells) == 2 * SHOWN
    assert "12 more" in pictures.more.text()


def files(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_many_are_one_action_and_what_is_refused_is_listed(qtbot, show, context, item, order, tmp_path, said):
    pictures = show()
    paths = []
    for number in range(30):
        path = tmp_path / f"{number}.png"
        path.write_bytes(painted("red", 20 + number, 20) if number % 10 else b"<svg/>")
        paths.append(path)
    drop(pictures.add, files(*paths))
    assert pictures.intake
    pictures.add.dropped.emit([str(paths[1])])
    assert "still being read" in said[-1].sentence
    qtbot.waitUntil(lambda: pictures.intake is None)
    assert len(order()) == 30
    assert said[-1].sentence.startswith("3 pictures were left out")
    pictures.why.click()
    dialog = pictures.findChild(LeftOutDialog)
    assert dialog.list.model().rowCount() == 3
    assert "20.png" in dialog.list.model().index(2, 0).data()
    dialog.reject()
    assert context.database.undo() == "Add pictures"
    assert order() == "abc"


def test_what_was_read_before_stop_is_added(qtbot, show, context, order, said):
    pictures = show()
    pictures.take([painted("red", 20 + n, 20) for n in range(20)] * 20)
    pictures.intake.progressed.connect(lambda done, total: pictures.progress.stop.click())
    qtbot.waitUntil(lambda: pictures.intake is None)
    assert 3 < len(order()) < 403
    assert "then stopped" in said[-1].sentence
    assert said[-1].undo
    context.database.undo()
    assert order() == "abc"


def test_a_picture_pasted_goes_to_the_item_as_image_or_as_files(qtbot, show, order, tmp_path):
    pictures = show()
    path = tmp_path / "a.png"
    path.write_bytes(painted("yellow"))
    QGuiApplication.clipboard().setMimeData(files(path))
    pictures.wells[0].setFocus()
    qtbot.keyClick(pictures.wells[0], Qt.Key.Key_V, CTRL)
    qtbot.waitUntil(lambda: order() == "abc?")
    QGuiApplication.clipboard().setImage(QImage.fromData(painted("pink")))
    qtbot.keyClick(pictures.wells[0], Qt.Key.Key_V, CTRL)
    qtbot.waitUntil(lambda: order() == "abc??")
