"""What stays in sight below an item: what to send of it, and what to do with it."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.data.models import Product, Profile
from desktop.i18n import _, bidi
from desktop.services import share
from desktop.services.errors import Invalid
from desktop.ui.context import Context
from desktop.ui.widgets.buttons import CopyButton, flat, icon_button
from desktop.ui.widgets.inspector import Verbs


class ItemShare(QWidget):
    """Copies of the item of `show_item` what answers a customer."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._product: Product | None = None
        self._profile: Profile | None = None
        self.copy_answer = CopyButton(_("Copy answer"), self._answer, icon="message-square-quote")
        self.copy_answer.set_hint(_("The name, the price and the link, ready to paste into the chat"))
        self.copy_link = CopyButton(_("Copy link"), self._link, icon="link")
        self.open_qr = flat(_("QR code…"), "qr-code")
        self.duplicate = icon_button("copy-plus", _("Duplicate item"))
        self.delete = icon_button("trash-2", _("Delete item"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Verbs((self.copy_answer, self.copy_link), self.open_qr, self.duplicate, self.delete))
        self.open_qr.clicked.connect(self._on_qr)
        for button in (self.duplicate, self.delete):
            button.setDisabled(context.read_only)

    def show_item(self, product: Product | None, profile: Profile | None) -> None:
        """Be about another item, or about the same one as it is now."""
        self._product, self._profile = product, profile

    @Slot()
    def _on_qr(self) -> None:
        if self._product:
            self._context.go("links", ("item", self._product.id))

    def _answer(self) -> str:
        if self._product is None or self._profile is None:
            return ""
        return bidi.strip(share.price_answer(self._product, self._profile))

    def _link(self) -> str:
        if self._product is None or self._profile is None:
            return ""
        try:
            return bidi.strip(share.share_link(self._product, self._profile))
        except Invalid as error:
            self._context.say(str(error))
            return ""
