"""Choosing what a link leads to: an item by searching, a collection or a quick reply from a list."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.i18n import _
from desktop.i18n.formats import auto
from desktop.services.collections import list_collections
from desktop.services.replies import find_replies
from desktop.ui.context import Context
from desktop.ui.pages.item_picker import ItemPicker
from desktop.ui.widgets.editors import Choice
from desktop.ui.widgets.labels import Label

LISTS = ("collection", "reply")  # the kinds of link whose targets are few


class TargetPicker(QWidget):
    """Shows what there is of the kind of `set_kind`; `chosen` comes when the owner chooses another one."""

    chosen = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._kind = ""
        self.items = ItemPicker(context)
        self.list = Choice()
        self.none = Label("", "muted", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.items, self.list, self.none):
            layout.addWidget(widget)
        self.items.chosen.connect(self._on_chosen)
        self.list.activated.connect(self._on_chosen)
        self.set_kind("", None)

    def set_kind(self, kind: str, target: int | None) -> None:
        """Offer the targets of another kind of link, with `target` chosen, without telling."""
        self._kind = kind
        if kind == "item":
            self.items.set_item(target)
        self._show_offered()
        self.list.set_value(target)

    def kind(self) -> str:
        """Return the kind of link whose targets are offered."""
        return self._kind

    def target(self) -> int | None:
        """Return the id of what is chosen, or None."""
        value = self.items.item() if self._kind == "item" else self.list.value()
        return value if isinstance(value, int) and self._kind in ("item", *LISTS) else None

    def refresh(self) -> None:
        """Read again what there is."""
        if self._kind == "item":
            self.items.refresh()
        self._show_offered()

    def _show_offered(self) -> None:
        offered = self._context.get(_offered, self._kind) if self._kind in LISTS else []
        if offered:
            self.list.set_choices(offered)
        empty = self._kind in LISTS and not offered
        self.none.setText(
            {"collection": _("There are no collections yet."), "reply": _("No replies yet")}.get(self._kind, "")
        )
        self.list.setAccessibleName({"collection": _("Collection"), "reply": _("Quick reply")}.get(self._kind, ""))
        self.list.setPlaceholderText(_("Not chosen"))
        self.items.setVisible(self._kind == "item")
        self.list.setVisible(self._kind in LISTS and not empty)
        self.none.setVisible(empty)
        self.setVisible(self._kind in ("item", *LISTS))

    @Slot()
    @Slot(object)
    @Slot(int)
    def _on_chosen(self, _value: object = None) -> None:
        self.chosen.emit()


def _offered(session: Session, kind: str) -> list[tuple[object, str]]:
    if kind == "collection":
        return [(group.id, auto(group.name)) for group in list_collections(session)]
    if kind == "reply":
        return [(reply.id, auto(f"/{reply.shortcut}")) for reply in find_replies(session)]
    return []
