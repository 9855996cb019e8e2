"""Icons: tinted, sharp, and mirrored where they point somewhere."""

from importlib.resources import files
from zipfile import ZipFile

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon

from desktop.ui import icons, theme


@pytest.fixture
def rtl(qapp):
    """A function that turns the application round; it is turned back."""
    yield lambda: qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def ink(pixmap):
    """The colour of the most opaque pixel."""
    image = pixmap.toImage()
    points = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(points, key=lambda point: point.alpha()).rgb()


def test_an_icon_takes_the_theme_s_colours(qapp):
    icon = icons.icon("square", "text")
    size = QSize(24, 24)
    assert ink(icon.pixmap(size, 1.0)) == theme.colour("text").rgb()
    assert ink(icon.pixmap(size, 1.0, QIcon.Mode.Selected)) == theme.colour("accent").rgb()
    assert ink(icon.pixmap(size, 1.0, QIcon.Mode.Disabled)) == theme.colour("border").rgb()
    assert ink(icon.pixmap(size, 1.0, QIcon.Mode.Normal, QIcon.State.On)) == theme.colour("accent").rgb()


def test_an_icon_is_drawn_for_every_screen(qapp):
    icon = icons.icon("copy")
    for ratio in (1.0, 1.5, 2.0, 3.0):
        pixmap = icon.pixmap(QSize(16, 16), ratio)
        assert pixmap.size() == QSize(round(16 * ratio), round(16 * ratio))
        assert pixmap.devicePixelRatio() == ratio
    once, twice = icons.pixmap("copy", "text", 16, 1.0), icons.pixmap("copy", "text", 16, 2.0)
    assert twice.toImage() != once.scaled(32, 32).toImage(), "drawn, not stretched"


@pytest.mark.parametrize(
    ("name", "turns"),
    [("arrow-right", True), ("chevron-left", True), ("log-out", True), ("undo-2", True), ("send", True),
     ("corner-down-right", True),
     ("square-pen", False), ("copy", False), ("rotate-cw", False), ("search", False), ("play", False)],
)  # fmt: skip
def test_only_what_points_somewhere_is_mirrored(qapp, rtl, name, turns):
    before = icons.pixmap(name, "text", 24).toImage()
    rtl()
    after = icons.pixmap(name, "text", 24).toImage()
    assert (after != before) == turns


def test_a_wider_box_leaves_its_gap_after_the_icon(qapp, rtl):
    icon = icons.icon("square", "text")

    def edges():
        image = icon.pixmap(QSize(32, 16), 1.0).toImage()
        inked = [x for x in range(32) if any(image.pixelColor(x, y).alpha() for y in range(16))]
        return min(inked) < 16, max(inked) < 16

    assert edges() == (True, True)
    rtl()
    assert edges() == (False, False)


def test_a_name_that_lucide_does_not_have_is_told_at_once(qapp):
    with pytest.raises(OSError, match="no-such-icon"):
        icons.icon("no-such-icon")


def test_each_icon_of_the_archive_is_found_whole():
    with ZipFile(files("lucide") / "lucide.zip") as archive:
        names = archive.namelist()
        assert len(names) > 1000
        for name in names:
            assert icons._source.__wrapped__(name.removesuffix(".svg")) == archive.read(name)
