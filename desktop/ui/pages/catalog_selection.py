"""What can be done with several items at once: the bar that takes the place of the catalog's header."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QMenu, QWidget
from sqlalchemy.orm import Session

from desktop.i18n import N_, _, formats, ngettext
from desktop.services import bulk
from desktop.services.catalog import AVAILABILITIES, read_products
from desktop.services.collections import collection_named, collections_of, list_collections
from desktop.services.profile import read_profile
from desktop.services.share import price_list
from desktop.ui.context import Context
from desktop.ui.icons import icon
from desktop.ui.pages.selection import AT_ONCE, Selection

COUNTED = 10_000  # items; of more, nobody waits to hear how many each collection has
IN_STOCK, OUT_OF_STOCK = AVAILABILITIES


class SelectionBar(Selection):
    """What can be done with several items."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.collections = QMenu(_("Collections"), self)
        self.collections.setIcon(icon("layers"))
        self.prices = self.action("percent", _("Prices and sales…"), self._on_prices)
        self.rewrite = self.action("replace", _("Find and replace…"), self._on_rewrite)
        self.hide_items = self.action("eye-off", _("Hide from customers"), self._on_hide)
        self.show_to_all = self.action("eye", _("Show to customers"), self._on_show)
        self.in_stock = self.action("package-check", _("In stock"), self._on_in_stock)
        self.out_of_stock = self.action("package-x", _("Out of stock"), self._on_out_of_stock)
        self.duplicate = self.action("copy-plus", _("Duplicate"), self._on_duplicate)
        self.copy = self.action("copy", _("Copy as a price list"), self._on_copy, writes=False)
        self.codes = self.action("qr-code", _("QR codes to print"), self._on_codes, writes=False)
        self.publish = self.action("share", _("Publish these…"), self._on_publish, writes=False)
        self.delete = self.action("trash-2", _("Delete"), self.delete_wanted.emit)
        self.collections.menuAction().setDisabled(context.read_only)
        groups = self.collections.menuAction()
        self.lay_out(
            [
                (self.button("percent", self.prices), self.prices),
                (self.button("layers", groups, self.collections), groups),
                (self.button("copy", self.copy), self.copy),
                (self.button("trash-2", self.delete), self.delete),
            ],
            (
                (self.rewrite, self.duplicate, self.codes, self.publish),
                (self.hide_items, self.show_to_all),
                (self.in_stock, self.out_of_stock),
            ),
        )
        self.collections.aboutToShow.connect(self._fill_collections)

    # What there is

    @Slot()
    def _fill_collections(self) -> None:
        """Offer every collection, ticked where all items are in it; where some are, both ways."""
        menu = self.collections
        menu.clear()
        with self.context.reader() as session:
            groups = list_collections(session)
            inside = collections_of(session, self.ids) if len(self.ids) <= COUNTED else {}
        for group in groups:
            name = formats.auto(group.name).replace("&", "&&")
            count = inside.get(group.id, 0)
            whole = count == len(self.ids)
            if 0 < count < len(self.ids):
                # TRANSLATORS: a collection, and how many of the selected items are in it, as in "Bags (3 of 12)".
                name = _("{name} ({of})").format(name=name, of=formats.of(count, len(self.ids)))
            action = menu.addAction(name, partial(self._take_out if whole else self._put_into, group.id))
            action.setCheckable(True)
            action.setChecked(whole)
        menu.addSeparator()
        menu.addAction(icon("plus"), _("New collection…"), self._on_new_collection)
        some = [group for group in groups if 0 < inside.get(group.id, 0) < len(self.ids)]
        if len(self.ids) > COUNTED:
            some = groups
        if some:
            out = menu.addMenu(_("Take out of"))
            for group in some:
                out.addAction(formats.auto(group.name).replace("&", "&&"), partial(self._take_out, group.id))

    # What is done

    def remove(self) -> None:
        self.do(N_("Delete items"), bulk.remove, told=_deleted)

    @Slot()
    def _on_hide(self) -> None:
        self.do(N_("Hide items"), bulk.hide, told=_hidden)

    @Slot()
    def _on_show(self) -> None:
        self.do(N_("Show items"), bulk.show, told=_shown)

    @Slot()
    def _on_in_stock(self) -> None:
        self.do(N_("Change availability"), bulk.set_availability, IN_STOCK, told=_in_stock)

    @Slot()
    def _on_out_of_stock(self) -> None:
        self.do(N_("Change availability"), bulk.set_availability, OUT_OF_STOCK, told=_out_of_stock)

    @Slot()
    def _on_duplicate(self) -> None:
        self.do(N_("Duplicate items"), bulk.duplicate, told=_duplicated)

    def _put_into(self, group: int) -> None:
        self.do(N_("Put into collection"), bulk.put_into, group, told=put_told)

    def _take_out(self, group: int) -> None:
        self.do(N_("Take out of collection"), bulk.take_out, group, told=_taken)

    @Slot()
    def _on_new_collection(self) -> None:
        from desktop.ui.dialogs.name import NameDialog

        title, prompt, button = _("New collection"), _("Name of the collection"), _("Put into it")
        NameDialog(title, prompt, "", button, self._collect, self.window()).open()

    def _collect(self, name: str) -> str:
        """Put the items into a collection of this name, and return what is wrong with that."""
        if not name.strip():
            return _("The collection needs a name.")
        self.do(N_("Put into collection"), _collect, name, told=put_told)
        return ""

    @Slot()
    def _on_copy(self) -> None:
        job = self.context.read(_price_list, self.ids)
        job.done.connect(partial(self._on_listed, len(self.ids)))
        job.start()

    def _on_listed(self, count: int, text: str) -> None:
        words = ngettext("{n} item copied. Ready to paste into the chat.", "{n} items copied. Ready to paste.", count)
        self.context.copy(text, words.format(n=formats.number(count)))

    @Slot()
    def _on_publish(self) -> None:
        self.context.go("publish", ("text", list(self.ids)))

    @Slot()
    def _on_codes(self) -> None:
        self.context.go("links", ("many", list(self.ids)))

    @Slot()
    def _on_prices(self) -> None:
        from desktop.ui.dialogs.reprice import RepriceDialog

        RepriceDialog(self.context, self.ids, self.window()).open()

    @Slot()
    def _on_rewrite(self) -> None:
        from desktop.ui.dialogs.rewrite import RewriteDialog

        RewriteDialog(self.context, self.ids, self.window()).open()


def drag_text(context: Context, ids: Sequence[int]) -> str:
    """Return what other programs get of items that are dropped on them: names and prices."""
    return context.get(_price_list, ids, False)


def _collect(session: Session, ids: Sequence[int], name: str) -> int:
    return bulk.put_into(session, ids, collection_named(session, name))


def _price_list(session: Session, ids: Sequence[int], links: bool = True) -> str:
    parts = (ids[first : first + AT_ONCE] for first in range(0, len(ids), AT_ONCE))
    products = (product for part in parts for product in read_products(session, part))
    return price_list(products, read_profile(session), links)


def _deleted(n: int) -> str:
    return ngettext("{n} item deleted", "{n} items deleted", n).format(n=formats.number(n))


def _hidden(n: int) -> str:
    return ngettext("{n} item is hidden now", "{n} items are hidden now", n).format(n=formats.number(n))


def _shown(n: int) -> str:
    return ngettext("{n} item is shown now", "{n} items are shown now", n).format(n=formats.number(n))


def _in_stock(n: int) -> str:
    return ngettext("{n} item is in stock now", "{n} items are in stock now", n).format(n=formats.number(n))


def _out_of_stock(n: int) -> str:
    return ngettext("{n} item is out of stock now", "{n} items are out of stock now", n).format(n=formats.number(n))


def _duplicated(n: int) -> str:
    return ngettext("{n} item duplicated", "{n} items duplicated", n).format(n=formats.number(n))


def put_told(n: int) -> str:
    """Return what to say of items that were put into a collection."""
    return ngettext("{n} item put into the collection", "{n} items put into the collection", n).format(
        n=formats.number(n)
    )


def _taken(n: int) -> str:
    return ngettext("{n} item taken out of the collection", "{n} items taken out of the collection", n).format(
        n=formats.number(n)
    )
