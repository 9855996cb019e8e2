"""A link with its QR code, and what is done with the two: copy, open, save."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QTimer, QUrl, Slot
from PySide6.QtGui import QAction, QDesktopServices, QImage, QKeySequence
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout

from desktop.exchange.qr import Code, make
from desktop.exchange.remake import code_file
from desktop.i18n import N_, _, ngettext
from desktop.i18n.formats import ltr, number
from desktop.services.errors import Invalid
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.exports import note_link
from desktop.ui.saving import Kind, Opener, SaveLine
from desktop.ui.widgets.buttons import Button, CopyButton, quiet
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.editors import Choice, Line
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.qr_view import QrView

PAUSE = 150  # ms without a change, after which the code is drawn: that takes longer than a key press should
LARGEST = 400  # height of the code on the screen, in points at the designed interface size
DISTANCES = {  # cm
    # TRANSLATORS: from where a printed QR code is read: "Print it at least 3 cm wide", read "in the hand".
    20: N_("in the hand"),
    50: N_("on a counter"),
    100: N_("from 1 m"),
    300: N_("from 3 m"),
    1000: N_("from 10 m"),
}


class LinkPreview(Card):
    """What `show_link` was given, or why there is no link. A link that is too long for a code can still be copied."""

    def __init__(self, context: Context, opener: Opener = QDesktopServices.openUrl) -> None:
        super().__init__()
        self.setAccessibleName(_("Link and QR code"))
        self._context = context
        self._opener = opener
        self._url = ""
        self._name = ""
        self._options: Mapping[str, Any] = {}
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
        self.distance = Choice([(cm, _(words)) for cm, words in DISTANCES.items()])
        self.distance.setAccessibleName(_("Where it is read from"))
        self.distance.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.distance.set_value(20)
        self.copy = CopyButton(_("Copy link"), self.link, look="primary")
        self.open = quiet(_("Open in browser"), "external-link")
        self.save = quiet(_("Save QR…"), "download")
        self.copy_code = quiet(_("Copy QR"), "image")
        self.saved = SaveLine(opener)
        self.saved.keep_room()
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
        self.distance.activated.connect(self._tell_modules)
        self._pause.timeout.connect(self._draw)
        self._enable()

    def _lay_out(self) -> None:
        facts = QHBoxLayout()
        facts.addWidget(self.length)
        facts.addStretch()
        facts.addWidget(self.modules)
        self._actions = QGridLayout()
        self._actions.setSpacing(theme.pixels(8))
        self.add_buttons(self.copy, self.open, self.save, self.copy_code)
        words = QVBoxLayout()
        words.setSpacing(theme.pixels(4))
        words.addWidget(self.url)
        words.addLayout(facts)
        print_it = QHBoxLayout()
        print_it.setSpacing(theme.pixels(8))
        print_it.addWidget(self.advice, 1)
        print_it.addWidget(self.distance)
        words.addLayout(print_it)
        self.add(self.view, 1)
        self.add(words)
        self.add(self._actions)
        self.add(self.saved)
        self.body.addStretch()

    def add_buttons(self, *buttons: Button) -> None:
        """Put more of what can be done with a link below what there is, two side by side."""
        for place, button in enumerate(buttons, self._actions.count()):
            self._actions.addWidget(button, place // 2, place % 2)
            self._actions.setColumnStretch(place % 2, 1)

    def link(self) -> str:
        """Return the link that is shown, or ""."""
        return self._url

    def show_link(self, url: str, name: str, options: Mapping[str, Any]) -> None:
        """Show a link; `name` is proposed for the file of its code, and `options` make the same link again."""
        self._name = name
        self._options = options
        if url == self._url:
            return
        self.saved.hide()  # what it says is of another code
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
        self.saved.hide()
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

    @Slot()
    def _tell_modules(self) -> None:
        code = self._code
        for widget in (self.advice, self.distance):
            widget.setVisible(code is not None)
        if code is None:
            self.modules.setText("")
            return
        side = number(code.size)
        size = ltr(f"{side} × {side}")
        # TRANSLATORS: a QR code's version is its size class, 1 to 40; {size} is its squares, as in "69 × 69".
        self.modules.setText(_("QR version {version} · {size}").format(version=number(code.version), size=size))
        distance = self.distance.value()
        width = code.print_width_cm(distance if isinstance(distance, int) else 20)
        near = distance == 20 and bool(code.warning)
        self.advice.setText(code.warning if near else _("Print it at least {n} cm wide").format(n=number(width)))
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
                Kind(".png", _("Picture"), partial(code_file, code, ".png")),
                Kind(".svg", _("Drawing for print"), partial(code_file, code, ".svg", self._name)),
            )
            self.saved.ask(_("Save the QR code"), self._name, kinds, partial(self._note, "qr", code.text))

    @Slot()
    def _on_copy_code(self) -> None:
        if code := self._current():
            data = QMimeData()
            data.setImageData(QImage.fromData(code_file(code, ".png")))
            data.setText(code.text)  # where no picture can be pasted
            self._context.copy_data(data, _("The QR code is copied. Ready to paste as a picture."))

    def note_copied(self, kind: str) -> None:
        """Note that something that leads to the link was copied, to be pasted where it stays."""
        self._note(kind, self._url)

    def _note(self, kind: str, url: str, path: Path | None = None) -> None:
        note_link(self._context, kind, {**self._options, "name": self._name}, url, path)
