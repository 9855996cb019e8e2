"""The message of an order, pinned below it: which of the three, its text to change, and the buttons to use it."""

from PySide6.QtCore import QUrl, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.services.errors import NotFound
from desktop.services.order_messages import KINDS, Kind, OrderMessage, order_message
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.saving import Opener
from desktop.ui.widgets.buttons import CopyButton, flat, icon_button
from desktop.ui.widgets.chips import Chips
from desktop.ui.widgets.editors import Text
from desktop.ui.widgets.labels import Label

LINES = (2, 4)  # of the message, the rest is scrolled to


class OrderMessageBlock(QWidget):
    """What is changed in the text stays until another order or message is shown, or it is written anew."""

    def __init__(self, context: Context, opener: Opener) -> None:
        super().__init__()
        self._context = context
        self._opener = opener
        self._order: int | None = None
        self._message: OrderMessage | None = None
        theme.look(self, "surface")
        self.kinds = Chips(_("Messages of the order"))
        self.kinds.set_chips([(kind, _(name), "") for kind, name in KINDS.items()])
        self.text = Text(LINES)
        self.text.setAccessibleName(_("Text of the message"))
        self.text.unsaved = True  # Ctrl+Z is about these letters
        self.again = flat(_("Write it anew"), "rotate-ccw")
        self.warnings = Label("", "warn", wrap=True)
        self.copy = CopyButton(_("Copy message"), self.words, look="primary")
        self.open_chat = icon_button("message-circle", _("Open chat with this text"))
        self._lay_out()
        self.kinds.chosen.connect(self._on_kind)
        self.text.textChanged.connect(self._show_state)
        self.again.clicked.connect(self._on_again)
        self.copy.copied.connect(self._on_copied)
        self.open_chat.clicked.connect(self._on_open_chat)

    def _lay_out(self) -> None:
        line = QWidget()
        theme.look(line, "line")
        line.setFixedHeight(1)
        bar = QHBoxLayout()
        bar.setSpacing(theme.pixels(8))
        bar.addWidget(self.again)
        bar.addStretch()
        bar.addWidget(self.open_chat)
        bar.addWidget(self.copy)
        around = theme.pixels(16)
        inside = QVBoxLayout()
        inside.setContentsMargins(around, theme.pixels(8), around, theme.pixels(8))
        inside.setSpacing(theme.pixels(6))
        for widget in (self.kinds, self.text, self.warnings):
            inside.addWidget(widget)
        inside.addLayout(bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line)
        column.addLayout(inside)

    def be_low(self, low: bool) -> None:
        """Take less room, or as much as usual."""
        self.text.set_lines(LINES[0], LINES[0] if low else LINES[1])

    def kind(self) -> Kind:
        """Return which message is shown."""
        return next((kind for kind in KINDS if kind == self.kinds.value()), "confirmation")

    def show_order(self, order: int, kind: Kind) -> None:
        """Show a message of another order."""
        self._order, self._message = order, None
        self.kinds.set_value(kind)
        self._write()

    def refresh(self) -> None:
        """Follow what has changed of the order, unless the text was changed by hand: then its button offers that."""
        changed = self.is_changed()
        before = self.text.toPlainText()
        self._write(keep=before if changed else None)

    def is_changed(self) -> bool:
        """Say whether somebody has changed the text."""
        return self._message is not None and self.text.toPlainText() != _shown(self._message.text)

    def words(self) -> str:
        """Return the text as it is to be sent; one that nobody has changed keeps its no-break spaces."""
        return self.text.toPlainText() if self._message is None or self.is_changed() else self._message.text

    def _write(self, keep: str | None = None) -> None:
        if self._order is None:
            return
        try:
            self._message = self._context.get(order_message, self._order, self.kind())
        except NotFound:
            return
        words = self._message.text if keep is None else keep
        if self.text.toPlainText() != _shown(words):
            self.text.setPlainText(words)
        self.warnings.setText("\n".join(self._message.warnings))
        self.warnings.setVisible(bool(self._message.warnings))
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        self.again.setVisible(self.is_changed())
        for button in (self.copy, self.open_chat):
            button.setEnabled(bool(self.text.toPlainText().strip()))

    @Slot(object)
    def _on_kind(self, _kind: object) -> None:
        self._write()

    @Slot()
    def _on_again(self) -> None:
        self._write()

    @Slot()
    def _on_copied(self) -> None:
        self._context.say(_("Copied. Ready to paste into the chat."))

    @Slot()
    def _on_open_chat(self) -> None:
        if self._message is None:
            return
        url = self._message.link(self.words())
        if self._opener(QUrl.fromEncoded(url.encode())):
            self._context.say(_("Chat opened, text ready"))
        else:
            self._context.say(_("The chat could not be opened on this computer. Copy the message instead."))


def _shown(text: str) -> str:
    """Return a text as Qt's editor gives it back."""
    return text.replace("\xa0", " ")
