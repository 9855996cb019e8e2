"""The place for a picture: click, keys, drop and paste."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QApplication

from desktop.ui.widgets.image_well import ImageWell

COPY = Qt.DropAction.CopyAction
LEFT = Qt.MouseButton.LeftButton
NOTHING = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def well(window):
    well = ImageWell("Logo", "Add a logo")
    well.body = window(well)
    well.setFocus()
    return well


def red():
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    return image


def files(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return data


def test_it_asks_for_a_picture_by_click_and_key(qtbot, well):
    for ask in (
        lambda: qtbot.mouseClick(well, LEFT),
        lambda: qtbot.keyClick(well, Qt.Key.Key_Return),
        lambda: qtbot.keyClick(well, Qt.Key.Key_Space),
    ):
        with qtbot.waitSignal(well.chosen):
            ask()
    assert well.accessibleName() == "Logo"


def test_files_are_dropped(qtbot, well):
    data = files("/tmp/a.jpg", "/tmp/b.png")
    enter = QDragEnterEvent(well.rect().center(), COPY, data, LEFT, NOTHING)
    QApplication.sendEvent(well, enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(well.dropped) as dropped:
        QApplication.sendEvent(well, QDropEvent(QPointF(9, 9), COPY, data, LEFT, NOTHING))
    assert dropped.args == [["/tmp/a.jpg", "/tmp/b.png"]]


def test_text_is_not_taken(qtbot, well):
    data = QMimeData()
    data.setText("hello")
    enter = QDragEnterEvent(well.rect().center(), COPY, data, LEFT, NOTHING)
    enter.ignore()
    QApplication.sendEvent(well, enter)
    assert not enter.isAccepted()


@pytest.mark.parametrize("raw", [False, True])
def test_a_picture_is_pasted(qtbot, well, raw):
    data = QMimeData()
    if raw:
        data.setData("image/jpeg", b"as it came")
    else:
        data.setImageData(red())
    QGuiApplication.clipboard().setMimeData(data)
    with qtbot.waitSignal(well.pasted) as pasted:
        qtbot.keyClick(well, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    (content,) = pasted.args
    assert content == b"as it came" if raw else QImage.fromData(content).size() == red().size()


def test_files_are_pasted_as_if_dropped(qtbot, well):
    QGuiApplication.clipboard().setMimeData(files("/tmp/a.jpg"))
    with qtbot.waitSignal(well.dropped) as dropped:
        qtbot.keyClick(well, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert dropped.args == [["/tmp/a.jpg"]]


def test_it_shows_the_whole_picture_in_the_middle(qtbot, well):
    well.set_picture(QPixmap.fromImage(red()))
    image = well.grab().toImage()
    middle = image.height() // 2
    assert image.pixelColor(image.width() // 2, middle) == QColor("red")
    assert image.pixelColor(4, middle) == QColor("red"), "to both sides"
    assert image.pixelColor(image.width() // 2, 8) != QColor("red"), "and no more of it above"


def test_delete_takes_the_picture_away_only_where_there_is_one(qtbot, well):
    removed = []
    well.removed.connect(lambda: removed.append(True))
    qtbot.keyClick(well, Qt.Key.Key_Delete)
    well.set_picture(QPixmap.fromImage(red()))
    qtbot.keyClick(well, Qt.Key.Key_Delete)
    assert removed == [True]


def test_bytes_that_are_no_picture_leave_the_invitation(qtbot, well):
    well.set_picture(b"not a picture")
    assert not well.has_picture()
    well.set_picture(None)
    assert not well.has_picture()
