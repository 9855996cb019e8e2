"""The look: contrast in both schemes, sizes by language, and following the system."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QLabel, QListWidget, QVBoxLayout, QWidget

from desktop import i18n
from desktop.ui import theme
from desktop.ui.theme import TOKENS
from desktop.ui.widgets.date_field import DateEdit, OptionalDateField
from desktop.ui.widgets.editors import Choice, Line, Text


def luminance(colour):
    parts = [QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF()]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """The ratio of WCAG 2.2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


TEXTS = [
    *((text, ground) for text in ("text", "muted") for ground in ("background", "surface", "sunken", "accent-soft")),
    *(("accent", ground) for ground in ("background", "surface", "sunken", "accent-soft")),
    *(("warn", ground) for ground in ("background", "surface", "warn-soft")),
    *(("text", ground) for ground in ("warn-soft", "chat", "bubble")),
    ("bubble-muted", "bubble"),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("background", "text"),
]
EDGES = [
    *(("border", ground) for ground in ("background", "surface", "sunken")),
    *(("accent", ground) for ground in ("background", "surface", "sunken", "accent-soft")),
    ("warn", "surface"),
    ("on-accent", "accent"),
]


@pytest.fixture(autouse=True)
def designed(qapp):
    """Leaves the application as it was."""
    palette, font = qapp.palette(), qapp.font()
    yield
    i18n.set_language("en")
    theme.apply(qapp, "light")
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_can_be_read(scheme, text, ground):
    assert contrast(TOKENS[text][scheme], TOKENS[ground][scheme]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_and_focus_can_be_seen(scheme, edge, ground):
    assert contrast(TOKENS[edge][scheme], TOKENS[ground][scheme]) >= 3


def test_a_setting_overrides_the_system(qapp):
    theme.apply(qapp, "dark")
    assert theme.is_dark()
    assert theme.colour("surface") == QColor(TOKENS["surface"][1]) == qapp.palette().base().color()
    theme.apply(qapp, "light")
    assert theme.colour("surface") == QColor(TOKENS["surface"][0]) == qapp.palette().base().color()


def test_the_system_is_followed_while_running(qapp, monkeypatch):
    theme.apply(qapp, "system")
    assert not theme.is_dark(), "what does not say is light"
    monkeypatch.setattr(theme, "_wants_dark", lambda application, scheme: scheme == "system")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.is_dark()
    assert qapp.palette().window().color() == QColor(TOKENS["background"][1])


def test_arabic_is_larger_and_the_setting_scales(qapp):
    theme.apply(qapp, "light")
    assert (theme.font_pixels("body"), qapp.font().pixelSize()) == (13, 13)
    i18n.set_language("ar")
    theme.apply(qapp, "light", scale=1.2)
    assert (theme.font_pixels("body"), qapp.font().pixelSize(), theme.pixels(10)) == (18, 18, 12)


def test_a_look_changes_what_is_seen(qtbot, qapp):
    theme.apply(qapp, "light")
    label = QLabel("12 of 10")
    qtbot.addWidget(label)
    label.ensurePolished()
    assert label.palette().windowText().color() == theme.colour("text")
    theme.look(label, "warn")
    assert label.palette().windowText().color() == theme.colour("warn")


def test_a_surface_is_painted(qtbot, qapp):
    theme.apply(qapp, "light")
    surface = QWidget()
    qtbot.addWidget(surface)
    theme.look(surface, "surface")
    assert surface.grab().toImage().pixelColor(5, 5) == theme.colour("surface")


def test_no_sheet_names_a_side(qapp):
    theme.apply(qapp, "light")
    assert "left" not in qapp.styleSheet()
    assert "right" not in qapp.styleSheet()


def test_the_look_loads_nothing_heavy():
    code = "import sys, desktop.ui.theme, desktop.ui.icons; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"babel", "sqlalchemy", "alembic", "xml.etree.ElementTree"} & set(loaded)


class Screen:
    """As much of a screen as is asked for here."""

    def __init__(self, width):
        self.width = width

    def availableGeometry(self):
        return QRect(0, 0, self.width, 700)


@pytest.mark.parametrize(("widths", "scale"), [((800,), 1.0), ((1366,), 1.4), ((1366, 1920), 2.0)])
def test_the_smallest_window_fits_the_widest_screen(qapp, monkeypatch, widths, scale):
    monkeypatch.setattr(QGuiApplication, "screens", lambda: [Screen(width) for width in widths])
    assert theme.largest_scale() == scale


@pytest.mark.parametrize(("screen", "width"), [(1920, 1200), (1100, 1100), (800, 960)])
def test_a_window_with_larger_letters_may_not_be_made_as_small(qapp, screen, width):
    class Window:
        screen = staticmethod(lambda: Screen(screen))

    theme.apply(qapp, "light", 1.25)
    assert theme.smallest_window(Window).width() == width
    theme.apply(qapp, "light")


@pytest.mark.parametrize(("rows", "seen"), [(2, False), (60, True)])
def test_a_scroll_bar_has_a_handle_where_there_is_something_to_scroll(qtbot, qapp, rows, seen):
    theme.apply(qapp, "light")
    view = QListWidget()
    qtbot.addWidget(view)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    view.addItems([str(row) for row in range(rows)])
    view.resize(200, 300)
    view.show()
    bar = view.verticalScrollBar()
    picture = bar.grab().toImage()
    middle = [picture.pixelColor(bar.width() // 2, y) for y in range(bar.height())]
    assert (theme.colour("border") in middle) == seen


@pytest.mark.parametrize("language", ["en", "ar"])
def test_fields_of_one_line_are_as_tall_as_each_other(qtbot, qapp, language):
    i18n.set_language(language)
    theme.apply(qapp, "light")
    form = QWidget()
    column = QVBoxLayout(form)
    boxes = [Line(), Text((1, 4)), DateEdit(), Choice([(1, "One")])]
    day = OptionalDateField("From", lambda value, group: "")
    day.update_value(None)
    for box in (*boxes, day):
        column.addWidget(box)
    column.addStretch()
    qtbot.addWidget(form)
    form.show()
    assert {box.height() for box in boxes} | {day.choose.height()} == {theme.line_height()}
