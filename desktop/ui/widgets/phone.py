"""The phone preview: what is written here as it will be read on a phone, from a side that is named."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import N_, _
from desktop.ui import theme
from desktop.ui.widgets.bubbles import Bubble, BubbleView
from desktop.ui.widgets.labels import ElidedLabel, Label
from desktop.ui.widgets.passage import CENTRE, Passage
from desktop.ui.widgets.phone_pictures import Cover, Portrait, Sign
from desktop.ui.widgets.scroll import Scroll

Perspective = Literal["customer", "shop"]
PERSPECTIVES: dict[Perspective, str] = {
    "customer": N_("As the customer sees it"),
    "shop": N_("As it looks on the shop's phone"),
}
BEZEL = 8
ROUNDING = 27  # outside; the corners of what is on the screen, BEZEL in, are just inside of it
WIDTH, HEIGHT = 320, 620  # at most


class PhoneFrame(QWidget):
    """A phone with a chat, a business profile or an item on it; texts come ready to be shown.

    A chat is seen by the customer or on the shop's own phone: each sees their own messages green. A profile and an
    item are always what the customer sees. Showing again what is shown keeps the place that was scrolled to.
    """

    def __init__(self, perspective: Perspective = "customer", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._perspective: Perspective = perspective
        self._shown: Callable[[], None] | None = None
        self._texts: list[str] = []
        self._caption = Label(look="small")
        self._caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._caption.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._case = _Case()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.pixels(8))
        layout.addWidget(self._caption)
        layout.addWidget(self._case, 1)
        layout.addStretch()  # below the case, where there is more room than it takes
        for part in (self, self._case.area):  # the keyboard comes to the latter
            part.setAccessibleName(_("Phone preview"))

    def show_chat(self, title: str, bubbles: Sequence[Bubble], picture: bytes | None = None) -> None:
        """Show a chat: `title` and `picture` are those of whom the one who looks is talking to."""
        self._begin("chat", partial(self.show_chat, title, bubbles, picture), self._perspective, title)
        self._case.set_header(title, picture)
        for bubble in bubbles:
            self._add(BubbleView(bubble, mine=bubble.from_shop == (self._perspective == "shop")))
        self._end()

    def show_end(self) -> None:
        """Scroll to what came last."""
        self._case.show_end()

    def picture(self, scale: float = 2) -> QImage:
        """Return all that is on the screen, also what is scrolled out of sight, as a picture without the case."""
        return self._case.picture(scale)

    def show_profile(
        self,
        name: str,
        about: str = "",
        category: str = "",
        description: str = "",
        address: str = "",
        hours: str = "",
        email: str = "",
        websites: Sequence[str] = (),
        phone: str = "",
        logo: bytes | None = None,
        cover: bytes | None = None,
    ) -> None:
        """Show a business profile; what is empty is left out. `hours` may have several lines."""
        again = partial(
            self.show_profile, name, about, category, description, address, hours, email, websites, phone, logo, cover
        )
        self._begin("surface", again, "customer")
        portrait = Portrait(name, logo, 96)
        if cover:
            self._case.column.addWidget(Cover(cover, portrait))
        else:
            self._case.column.addWidget(portrait, 0, Qt.AlignmentFlag.AlignHCenter)
        self._space(4)
        self._write(name, "title", align=CENTRE)
        self._write(phone, tint="muted", align=CENTRE)
        self._write(category, tint="muted", align=CENTRE)
        if description or about:
            self._line()
        self._write(description)
        self._write(about, tint="muted" if description else "text")
        facts = [("map-pin", address), ("clock", hours), ("mail", email), *(("globe", site) for site in websites)]
        facts = [(icon, fact) for icon, fact in facts if fact]
        if facts:
            self._line()
        for icon, fact in facts:
            self._fact(icon, fact)
        self._end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and self._shown:
            self._shown()  # some of the colours are in the texts

    def _begin(self, ground: str, again: Callable[[], None], perspective: Perspective, *texts: str) -> None:
        self._shown = again
        self._texts = [_(PERSPECTIVES[perspective]), *texts]
        self._caption.setText(_(PERSPECTIVES[perspective]))
        self._case.clear(ground)

    def _end(self) -> None:
        self._case.column.addStretch(1)
        for part in (self, self._case.area):
            part.setAccessibleDescription("\n".join(self._texts))

    def _add(self, widget: QWidget) -> None:
        self._case.column.addWidget(widget)
        if isinstance(widget, BubbleView):
            self._texts.append(widget.accessibleName())

    def _write(self, text: str, font: str = "body", tint: str = "text", align: str = "edge") -> None:
        if text:
            self._add(Passage(text, font, tint, align))
            self._texts.append(text)

    def _fact(self, icon: str, text: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.pixels(10))
        row.addWidget(Sign(icon), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Passage(text, tint="accent" if icon in ("mail", "globe") else "text"), 1)
        self._case.column.addLayout(row)
        self._texts.append(text)

    def _line(self) -> None:
        line = QWidget()
        theme.look(line, "line")
        line.setFixedHeight(1)
        self._space(4)
        self._add(line)
        self._space(4)

    def _space(self, height: int) -> None:
        self._case.column.addSpacing(theme.pixels(height))


class _Case(QWidget):
    """The phone itself: a header that may be absent and a column that scrolls, in a rounded case drawn over both."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumSize(theme.pixels(WIDTH), theme.pixels(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.header = QWidget()
        theme.look(self.header, "surface")
        self._header_row = QHBoxLayout(self.header)
        self._header_row.setContentsMargins(*[theme.pixels(size) for size in (14, 12, 14, 10)])
        self._header_row.setSpacing(theme.pixels(10))
        self._page = QWidget()
        self.column = QVBoxLayout(self._page)
        self.area = Scroll(self._page)
        self.area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.area.installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(BEZEL, BEZEL, BEZEL, BEZEL)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.area, 1)
        self._bezel = Bezel(self)
        self._ground = "surface"
        self._at_end = False  # and stays there as long as more is laid out
        self.area.verticalScrollBar().rangeChanged.connect(self._scroll_down)

    def clear(self, ground: str) -> None:
        """Take everything off the screen, which gets this colour of the theme."""
        self._ground = ground
        self._at_end = False
        self.header.hide()
        _empty(self.column)
        self.column.setContentsMargins(*[theme.pixels(size) for size in (12, 14, 12, 20)])
        self.column.setSpacing(theme.pixels(6))
        self.update()

    def set_header(self, title: str, picture: bytes | None) -> None:
        _empty(self._header_row)
        self._header_row.addWidget(Portrait(title, picture, 32))
        name = ElidedLabel(title, "strong")
        self._header_row.addWidget(name, 1)
        self.header.show()

    def show_end(self) -> None:
        self._at_end = True  # once what was added has been laid out
        self._scroll_down()

    def picture(self, scale: float) -> QImage:
        head = self.header.height() if self.header.isVisibleTo(self) else 0
        page = self._page
        image = QImage(QSize(page.width(), head + page.height()) * scale, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(scale)
        image.fill(theme.colour(self._ground))
        if head:
            self.header.render(image)
        page.render(image, QPoint(0, head), renderFlags=QWidget.RenderFlag.DrawChildren)
        return image

    @Slot()
    def _scroll_down(self) -> None:
        bar = self.area.verticalScrollBar()
        if self._at_end:
            bar.setValue(bar.maximum())

    def sizeHint(self) -> QSize:
        return QSize(theme.pixels(300), theme.pixels(480))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.pixels(220), theme.pixels(200))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bezel.setGeometry(self.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect().adjusted(BEZEL, BEZEL, -BEZEL, -BEZEL), theme.colour(self._ground))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._bezel.focused = event.type() == QEvent.Type.FocusIn
            self._bezel.update()
        return super().eventFilter(watched, event)


class Bezel(QWidget):
    """The case's edge, drawn over the corners of what is on the screen."""

    focused = False

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        outside = QRectF(self.rect())
        inside = outside.adjusted(BEZEL, BEZEL, -BEZEL, -BEZEL)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        case = QPainterPath()
        case.addRoundedRect(outside, ROUNDING, ROUNDING)
        case.addRoundedRect(inside, ROUNDING - BEZEL, ROUNDING - BEZEL)
        painter.fillPath(case, theme.colour("line" if theme.is_dark() else "text"))
        if self.focused:
            theme.ring(painter, inside, ROUNDING - BEZEL)


def _empty(layout: QVBoxLayout | QHBoxLayout) -> None:
    while part := layout.takeAt(0):
        widget, inner = part.widget(), part.layout()
        if widget:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QHBoxLayout):
            _empty(inner)
            inner.deleteLater()
