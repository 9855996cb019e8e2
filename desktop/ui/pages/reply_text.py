"""The text of a message: its field with coloured placeholders, the chips that put them in, and what they mean."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.services.messages import FILLED
from desktop.services.placeholders import label
from desktop.ui import theme
from desktop.ui.dialogs.placeholders import PlaceholdersDialog
from desktop.ui.gauges import characters
from desktop.ui.placeholder_marks import highlight, typed
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.editors import Text
from desktop.ui.widgets.field import Save, TextField
from desktop.ui.widgets.flow import FlowLayout

AT_HAND = ("customer", "product", "price", "item_link", "shop", "date", "hours_today")  # the rest are in a menu


class ReplyText(QWidget):
    """The field is `field`; a chip puts its placeholder where the cursor is, be it in the text of a part."""

    def __init__(
        self, save: Save[str], at_hand: Sequence[str] = AT_HAND, offered: Sequence[str] = FILLED, lines: int = 4
    ) -> None:
        super().__init__()
        self.field = TextField(_("Message"), save, measure=characters("reply.text", always=False), lines=(lines, 12))
        self.marks = highlight(self.field.editor.document())
        self.insert = [self._chip(label(key), key) for key in at_hand]
        # TRANSLATORS: a chip that opens a menu of more that a message can fill in.
        self.more = Button(_("More"), "plus", look="chip")
        self.menu = QMenu(self)
        for key in offered:
            if key not in at_hand:
                self.menu.addAction(label(key), partial(self._insert, key))
        self.menu.addSeparator()
        self.menu.addAction(_("How this works…"), self._on_help)
        self.more.setMenu(self.menu)
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chips = QWidget()
        flow = FlowLayout(chips, theme.pixels(6))
        for button in (*self.insert, self.more):
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(6))
        column.addWidget(self.field)
        column.addWidget(chips)

    def lock(self) -> None:
        """Let the text be read and copied, but not changed."""
        self.field.lock()
        for button in (*self.insert, self.more):
            button.setDisabled(True)

    def _chip(self, name: str, key: str) -> Button:
        button = Button(name, look="chip")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor in the message
        button.setAccessibleName(_("Insert: {name}").format(name=name))
        button.clicked.connect(partial(self._insert, key))
        return button

    def _insert(self, key: str) -> None:
        focused = QApplication.focusWidget()
        editor = focused if isinstance(focused, Text) else self.field.editor
        editor.textCursor().insertText(typed(key))
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_help(self) -> None:
        dialog = PlaceholdersDialog(self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
