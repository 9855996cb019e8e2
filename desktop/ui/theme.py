"""Colours, type sizes and surfaces, light and dark: Fusion and a palette first, a small stylesheet second.

`apply` is cheap and comes before the first paint; what is painted by hand asks `colour` and `font` while it paints,
so a change of scheme reaches it by itself.
"""

from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QFontMetrics,
    QGuiApplication,
    QPainter,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QApplication, QWidget

from desktop import i18n
from desktop.ui.stylesheet import stylesheet

Scheme = Literal["system", "light", "dark"]

TOKENS = {  # name: (light, dark)
    "background": ("#F6F4F0", "#14191B"),
    "surface": ("#FFFFFF", "#1C2326"),
    "sunken": ("#EFECE6", "#242D30"),
    "line": ("#E2DED6", "#303A3E"),
    "text": ("#1F2A2E", "#E7ECEC"),
    "muted": ("#5A6469", "#94A1A6"),
    "border": ("#8A867E", "#727E83"),
    "accent": ("#0B6E63", "#34B5A3"),
    "accent-hover": ("#095A51", "#4CC4B3"),
    "accent-soft": ("#DCEFEB", "#173B37"),
    "on-accent": ("#FFFFFF", "#06201D"),
    "warn": ("#B45309", "#F2B36B"),
    "warn-soft": ("#FEF3E2", "#3A2C18"),
    "chat": ("#E9E2D6", "#0F1517"),
    "bubble": ("#D7F5CF", "#1E4B3C"),
    "bubble-muted": ("#5A6469", "#B0BBBF"),
}

SIZES = {  # name: (pixels in Latin, pixels in Arabic, weight)
    "body": (13, 15, QFont.Weight.Normal),
    "strong": (13, 15, QFont.Weight.DemiBold),
    "small": (12, 13, QFont.Weight.Normal),
    "section": (11, 13, QFont.Weight.DemiBold),
    "heading": (15, 17, QFont.Weight.DemiBold),
    "title": (20, 22, QFont.Weight.Bold),
}

ARABIC_FAMILIES = ("Noto Sans Arabic", "Segoe UI", "Geeza Pro", "DejaVu Sans")
RADIUS = 8  # of controls
CARD_RADIUS = 12
SMALLEST_WINDOW = (960, 600)  # px at the designed size


class Applied(NamedTuple):
    """What was asked for last."""

    scheme: Scheme = "system"
    scale: float = 1.0
    dark: bool = False


_applied = Applied()
_started = False  # with the style that is wanted
_dressed: list[QWidget] = []  # windows that have the stylesheet themselves


class _Follower(QObject):
    """Repeats `apply` when the system turns from light to dark or back."""

    @Slot()
    def _on_scheme_changed(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication) and _applied.dark != _wants_dark(application, _applied.scheme):
            apply(application, _applied.scheme, _applied.scale)


_follower: _Follower | None = None


def start(arguments: Sequence[str]) -> QApplication:
    """Return a new application in the style that `apply` dresses: asked for here, that costs the first paint 6 ms less.

    `setStyle` returns a style, for which PySide6 makes all that a style can be asked.
    """
    global _started
    _started = True
    return QApplication([*arguments, "-style", "Fusion"])


def apply(application: QApplication, scheme: Scheme = "system", scale: float = 1.0) -> None:
    """Give the application its look: to be called before the first window, and after a change of language or setting.

    `scale` multiplies type sizes and paddings (1.0 is the designed size). With "system" the look follows the
    computer's light or dark from now on; a computer that does not say which is taken for light.
    """
    global _applied, _follower
    hints = application.styleHints()
    if _follower is None:
        if not _started:
            application.setStyle("Fusion")
        hints.setTabFocusBehavior(Qt.TabFocusBehavior.TabFocusAllControls)  # macOS would skip buttons
        _follower = _Follower()
        hints.colorSchemeChanged.connect(_follower._on_scheme_changed)
    wanted = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(scheme, Qt.ColorScheme.Unknown)
    _applied = Applied(scheme, scale, _applied.dark)
    hints.setColorScheme(wanted)  # the title bar and the system's own dialogs
    _applied = Applied(scheme, scale, _wants_dark(application, scheme))
    application.setPalette(_palette())
    application.setFont(font("body"))
    colours = {name: colour(name).name() for name in TOKENS}
    row, around = _row()
    sheet = stylesheet(colours, pixels, font_pixels, row, around, line_height() - 2 * around - 2)
    if _dressed:
        for window in _dressed:
            window.setStyleSheet(sheet)
    else:
        application.setStyleSheet(sheet)


def dress(window: QWidget, like: QWidget | None = None) -> None:
    """Keep the stylesheet on this window and all that belongs to it, and no more on the application.

    With one on the application Qt works out the looks of every widget anew whenever the part it is in is put into a
    larger one, before any of it is shown: half of what a page took (118 ms with it, 65 without). A window without a
    parent is dressed too where `like`, the main one, is.
    """
    if like is not None and like not in _dressed:
        return
    application = QApplication.instance()
    assert isinstance(application, QApplication), "windows come after it"
    window.setStyleSheet(_dressed[0].styleSheet() if _dressed else application.styleSheet())
    window.destroyed.connect(partial(_dressed.remove, window))
    _dressed.append(window)
    application.setStyleSheet("")


def largest_scale() -> float:
    """Return the largest interface size, in tenths, with which a window still fits the widest screen; at least 1.0."""
    room = max(screen.availableGeometry().width() for screen in QGuiApplication.screens())
    return max(1.0, room * 10 // SMALLEST_WINDOW[0] / 10)


def smallest_window(window: QWidget) -> QSize:
    """Return how small a window may be made, so that nothing in it is cut off; large letters outgrow no screen."""
    width, height = SMALLEST_WINDOW
    return QSize(max(width, min(pixels(width), window.screen().availableGeometry().width())), height)


def is_dark() -> bool:
    """Say whether the dark scheme is the one applied."""
    return _applied.dark


def colour(name: str) -> QColor:
    """Return the colour of a token in the applied scheme; an unknown name is a KeyError."""
    return QColor(TOKENS[name][_applied.dark])


def pixels(size: float) -> int:
    """Return a designed length at the chosen interface size."""
    return round(size * _applied.scale)


def density(painter: QPainter) -> float:
    """Return how many pixels a point has where `painter` draws; asked of its device, PySide6 makes 42 classes: 7 ms."""
    return abs(painter.deviceTransform().m11())


def line_height() -> int:
    """Return the height of a field of one line, with its frame."""
    row, around = _row()
    return max(row, QFontMetrics(font()).height() + 2) + 2 * around + 2


def _row() -> tuple[int, int]:
    """Return the height of a line in a button, and of the space above and below it.

    Arabic letters need more height in their line, and so less space around it.
    """
    tall = i18n.is_rtl()
    return pixels(32 if tall else 20), pixels(3 if tall else 6)


def font_pixels(name: str) -> int:
    """Return the height in pixels of a size of SIZES, in the language and at the interface size chosen."""
    return pixels(SIZES[name][i18n.is_rtl()])


def font(name: str = "body") -> QFont:
    """Return the font of a size of SIZES: the system's family, and one that has Arabic letters."""
    result = QFont()
    result.setFamilies(_families(i18n.is_rtl()))
    result.setPixelSize(font_pixels(name))
    result.setWeight(SIZES[name][2])
    return result


def look(widget: QWidget, name: str) -> None:
    """Give a widget one of the stylesheet's looks (listed there), now or again later when its state changes."""
    if widget.property("look") == name:
        return
    widget.setProperty("look", name)
    if type(widget).paintEvent is QWidget.paintEvent:  # a bare QWidget has no background otherwise
        widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else it is polished when it is first shown
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)
        widget.update()


def ring(painter: QPainter, rect: QRectF, radius: float = RADIUS, tint: str = "accent") -> None:
    """Draw the mark of keyboard focus just inside `rect`, 2 pixels thick."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour(tint), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius - 1, radius - 1)
    painter.restore()


@lru_cache
def _families(rtl: bool) -> list[str]:
    system = QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)).family()
    others = [family for family in ARABIC_FAMILIES if family != system and QFontDatabase.hasFamily(family)]
    # Heights and baselines follow the first family: Arabic fonts are taller, and would be cut off by a Latin one.
    if rtl and others and QFontDatabase.WritingSystem.Arabic not in QFontDatabase.writingSystems(system):
        return [others[0], system, *others[1:]]
    return [system, *others]


def _wants_dark(application: QApplication, scheme: Scheme) -> bool:
    if scheme == "system":
        return application.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return scheme == "dark"


def _palette() -> QPalette:
    role = QPalette.ColorRole
    tokens = {
        role.Window: "background",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "sunken",
        role.Text: "text",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "on-accent",
        role.Highlight: "accent",
        role.HighlightedText: "on-accent",
        role.Accent: "accent",
        role.ToolTipBase: "text",
        role.ToolTipText: "background",
        role.PlaceholderText: "muted",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.Light: "surface",
        role.Midlight: "line",
        role.Mid: "border",
        role.Dark: "border",
        role.Shadow: "line",
    }
    palette = QPalette()
    for place, name in tokens.items():
        palette.setColor(place, colour(name))
    for place in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, place, colour("border"))
    return palette
