"""A link with its QR code, and what is done with the two: copy, open, save."""

import math
from functools import partial

from PySide6.QtCore import QMimeData, QTimer, QUrl, Slot
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication, QImage, QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from desktop.exchange.qr import QUIET, Code, make
from desktop.i18n import _, ngettext
from desktop.i18n.formats import ltr, number
from desktop.services.errors import Invalid
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.saving import Kind, Opener, SaveLine
from desktop.ui.widgets.buttons import CopyButton, quiet
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.editors import Line
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.qr_view import QrView

PAUSE = 150  # ms without a change, after which the code is drawn: that takes longer than a key press should
LARGEST = 400  # height of the code on the screen, in points at the designed interface size
SIDE = 1000  # pixels, at least, of a saved picture: sharp on a printed page


class LinkPreview(Card):
    """What `show_link` was given, or why there is no link. A link that is too long for a code can still be copied."""

    def __init__(self, context: Context, opener: Opener = QDesktopServices.openUrl) -> None:
        super().__init__()
        self.setAccessibleName(_("Link and QR code"))
        self._context = context
        self._opener = opener
        self._url = ""
        self._name = ""
        self._code: Code | None = None
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self.view = QrView(180)
        self.view.setMaximumHeight(theme.pixels(LARGEST))
        self.url = Line(ltr=True)
        self.url.setReadOnly(True)
        self.url.setAccessibleName(_("Link"))
        self.length = Label("", "small")
        self.modules = Label("", "small")
        self.advice = Label("", "small", wrap=True)
        self.copy = CopyButton(_("Copy link"), self.link, look="primary")
        self.open = quiet(_("Open in browser"), "external-link")
        self.save = quiet(_("Save QR…"), "download")
        self.copy_code = quiet(_("Copy QR"), "image")
        self.saved = SaveLine(opener)
        self._lay_out()
        for button, keys, slot in (
            (self.copy, QKeySequence("Ctrl+Shift+C"), self.copy.click),
            (self.save, QKeySequence(QKeySequence.StandardKey.Save), self.save.click),
        ):
            button.set_hint(button.accessibleName(), keys)
            action = QAction(button.accessibleName(), self)
            action.setShortcut(keys)
            action.triggered.connect(slot)
            self.addAction(action)
        self.open.clicked.connect(self._on_open)
        self.save.clicked.connect(self._on_save)
        self.copy_code.clicked.connect(self._on_copy_code)
        self._pause.timeout.connect(self._draw)
        self._enable()

    def _lay_out(self) -> None:
        facts = QHBoxLayout()
        facts.addWidget(self.length)
        facts.addStretch()
        facts.addWidget(self.modules)
        actions = QGridLayout()
        actions.setSpacing(theme.pixels(8))
        for place, button in enumerate((self.copy, self.open, self.save, self.copy_code)):
            actions.addWidget(button, place // 2, place % 2)
            actions.setColumnStretch(place % 2, 1)
        words = QVBoxLayout()
        words.setSpacing(theme.pixels(4))
        words.addWidget(self.url)
        words.addLayout(facts)
        words.addWidget(self.advice)
        self.add(self.view, 1)
        self.add(words)
        self.add(actions)
        self.add(self.saved)
        self.body.addStretch()

    def link(self) -> str:
        """Return the link that is shown, or ""."""
        return self._url

    def show_link(self, url: str, name: str) -> None:
        """Show a link; `name` is proposed for the file of its code."""
        self._name = name
        if url == self._url:
            return
        self._url = url
        self.url.setText(url)
        self.url.setCursorPosition(0)
        self.length.setText(ngettext("{n} character", "{n} characters", len(url)).format(n=number(len(url))))
        if self._code:
            self._pause.start()
        else:
            self._draw()

    def show_reason(self, sentence: str) -> None:
        """Show in the code's place why there is no link."""
        self._pause.stop()
        self._url = ""
        self._code = None
        self.url.clear()
        self.length.setText("")
        self._tell_modules()
        self.view.show_code(None, sentence)
        self._enable()

    @Slot()
    def _draw(self) -> None:
        self._pause.stop()
        try:
            self._code = make(self._url)
        except Invalid as invalid:
            self._code = None
            self.view.show_code(None, invalid.message)
        else:
            self.view.show_code(self._code.matrix, self._url)
        self._tell_modules()
        self._enable()

    def _tell_modules(self) -> None:
        code = self._code
        self.advice.setVisible(code is not None)
        if code is None:
            self.modules.setText("")
            return
        side = number(code.size)
        size = ltr(f"{side} × {side}")
        # TRANSLATORS: a QR code's version is its size class, 1 to 40; {size} is its squares, as in "69 × 69".
        self.modules.setText(_("QR version {version} · {size}").format(version=number(code.version), size=size))
        width = number(code.print_width_cm())
        self.advice.setText(code.warning or _("Print it at least {n} cm wide").format(n=width))
        theme.look(self.advice, "warn" if code.warning else "small")

    def _enable(self) -> None:
        for button in (self.copy, self.open):
            button.setEnabled(bool(self._url))
        self.url.setVisible(bool(self._url))
        for button in (self.save, self.copy_code):
            button.setEnabled(self._code is not None)

    def _current(self) -> Code | None:
        """Return the code of the link that is shown, also while that of the one before is still seen."""
        if self._pause.isActive():
            self._draw()
        return self._code

    @Slot()
    def _on_open(self) -> None:
        url = QUrl(self._url)
        if url.scheme() == "https":  # whatever a text may hold, nothing but a web page is opened
            self._opener(url)

    @Slot()
    def _on_save(self) -> None:
        if code := self._current():
            kinds = (
                Kind(".png", _("Picture"), partial(code.png, _scale(code))),
                Kind(".svg", _("Drawing for print"), partial(_svg, code, self._name)),
            )
            self.saved.ask(_("Save the QR code"), self._name, kinds)

    @Slot()
    def _on_copy_code(self) -> None:
        if code := self._current():
            data = QMimeData()
            data.setImageData(QImage.fromData(code.png(_scale(code))))
            data.setText(code.text)  # where no picture can be pasted
            QGuiApplication.clipboard().setMimeData(data)
            self._context.say(_("The QR code is copied. Ready to paste as a picture."))


def _scale(code: Code) -> int:
    return math.ceil(SIDE / (code.size + 2 * QUIET))


def _svg(code: Code, title: str) -> bytes:
    return code.svg(title).encode()
