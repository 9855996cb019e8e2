"""A description as it is typed, with WhatsApp's text marks as they will be read below it."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.services.marks import Block, parse
from desktop.ui import theme
from desktop.ui.widgets.bubbles import Bubble, BubbleView
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.labels import Label


class MarksPreview(QWidget):
    """What a text field says with its marks read; out of sight while there are none."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._field = field
        self.view: BubbleView | None = None
        self.label = Label(_("As it is read"), "small")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.pixels(4))
        self._column.addWidget(self.label)
        theme.look(self, "sunken")
        self._column.setContentsMargins(*(theme.pixels(8),) * 4)
        self.hide()
        field.edited.connect(self.show_text)

    @Slot(object)
    def show_text(self, text: object) -> None:
        """Show another text than before."""
        typed = str(text)
        blocks = parse(typed) if any(sign in typed for sign in SIGNS) else []
        if self.view:
            self._column.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
            self.view = None
        if is_marked(blocks):
            self.view = BubbleView(Bubble(blocks), mine=False)
            self._column.addWidget(self.view)
        self.setVisible(self.view is not None)


SIGNS = ("*", "_", "~", "`", "- ", "> ", ". ")  # without any of these nothing is marked


def is_marked(blocks: list[Block]) -> bool:
    """Say whether anything is read otherwise than it is typed."""
    return any(block.kind != "text" or any(span.marks for span in block.spans) for block in blocks)
