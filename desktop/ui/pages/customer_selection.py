"""What can be done with several customers at once: the bar that takes the place of the page's header."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from desktop.i18n import N_, _, formats, ngettext
from desktop.services.customers import give_consent, remove_customers, set_saved, stop_messages
from desktop.services.labels import put_labels, take_labels
from desktop.ui.context import Context
from desktop.ui.icons import icon
from desktop.ui.pages.customer_labels import ask_label, fill_menu, put_named
from desktop.ui.pages.selection import Selection


class CustomerSelection(Selection):
    """What can be done with several customers."""

    merge_wanted = Signal(object)  # ids

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.labels = QMenu(_("Labels"), self)
        self.labels.setIcon(icon("tags"))
        self.merge = self.action("merge", _("Merge…"), self._on_merge)
        self.agreed = self.action("check", _("Agreed to messages"), self._on_agreed)
        self.stop = self.action("x", _("Asked to stop"), self._on_stop)
        self.saved = self.action("smartphone", _("Saved on the phone"), self._on_saved)
        self.not_saved = self.action("smartphone", _("Not saved on the phone"), self._on_not_saved)
        self.delete = self.action("trash-2", _("Delete"), self.delete_wanted.emit)
        labels = self.labels.menuAction()
        labels.setDisabled(context.read_only)
        self.lay_out(
            [
                (self.button("tags", labels, self.labels), labels),
                (self.button("merge", self.merge), self.merge),
                (self.button("trash-2", self.delete), self.delete),
            ],
            ((self.agreed, self.stop), (self.saved, self.not_saved)),
        )
        self.labels.aboutToShow.connect(self._fill_labels)

    def remove(self) -> None:
        self.do(N_("Delete customers"), remove_customers, told=_deleted)

    @Slot()
    def _fill_labels(self) -> None:
        fill_menu(self.labels, self.context, self.ids, self._put, self._take)
        self.labels.addSeparator()
        self.labels.addAction(icon("plus"), _("New label…"), partial(ask_label, self, self._name_new))

    def _put(self, label: int, _checked: bool = False) -> None:
        self.do(N_("Add label"), put_labels, [label], told=_labelled)

    def _take(self, label: int, _checked: bool = False) -> None:
        self.do(N_("Take off label"), take_labels, [label], told=_unlabelled)

    def _name_new(self, name: str) -> str:
        if not name.strip():
            return _("The label needs a name.")
        self.do(N_("Add label"), put_named, name, told=_labelled)
        return ""

    @Slot()
    def _on_merge(self) -> None:
        self.merge_wanted.emit(list(self.ids))

    @Slot()
    def _on_agreed(self) -> None:
        self.do(N_("Note consent"), give_consent, told=_noted)

    @Slot()
    def _on_stop(self) -> None:
        self.do(N_("Stop messages"), stop_messages, told=_noted)

    @Slot()
    def _on_saved(self) -> None:
        self.do(N_("Change what is saved on the phone"), set_saved, True, told=_noted)

    @Slot()
    def _on_not_saved(self) -> None:
        self.do(N_("Change what is saved on the phone"), set_saved, False, told=_noted)


def _deleted(n: int) -> str:
    return ngettext("{n} customer deleted", "{n} customers deleted", n).format(n=formats.number(n))


def _labelled(n: int) -> str:
    return ngettext("Label put on {n} customer", "Label put on {n} customers", n).format(n=formats.number(n))


def _unlabelled(n: int) -> str:
    return ngettext("Label taken off {n} customer", "Label taken off {n} customers", n).format(n=formats.number(n))


def _noted(n: int) -> str:
    return ngettext("Noted for {n} customer", "Noted for {n} customers", n).format(n=formats.number(n))
