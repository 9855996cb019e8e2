"""An item in another language: its name and description, to be read beside those in the shop's own."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.data.models import Product
from desktop.i18n import N_, _, formats, places
from desktop.services.texts import Said, languages, read_text, set_text
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.gauges import characters
from desktop.ui.pages.item_form import Form
from desktop.ui.widgets.editors import Choice
from desktop.ui.widgets.field import LineField, TextField
from desktop.ui.widgets.labels import Label

MORE = "…"  # the choice that offers every language


class ItemTexts(QWidget):
    """The fields of one language at a time; `show_item` says of which item."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._product: Product | None = None
        self._offered: list[str] = []
        self._code = ""  # the language that is shown
        self._all = False  # every language is offered
        self.language = Choice()
        self.language.setAccessibleName(_("Language"))
        self.form = Form(context, self._change, self)
        self.name = LineField(_("Name"), self.form.saver("name", N_("Translate")), measure=characters("catalog.name"))
        self.description = TextField(
            _("Description"), self.form.saver("description", N_("Translate")), measure=characters("catalog.description")
        )
        for said, field in (("name", self.name), ("description", self.description)):
            self.form.add(said, field)
            field.edited.connect(self._on_edited)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(12))
        label = Label(_("Language"), "section")
        head = QVBoxLayout()
        head.setSpacing(theme.pixels(4))
        head.addWidget(label)
        head.addWidget(self.language)
        column.addLayout(head)
        column.addWidget(self.name)
        column.addWidget(self.description)
        self._offer(context.get(languages))
        self.language.activated.connect(self._on_language)

    def show_item(self, product: Product | None) -> None:
        """Show another item in the language that was chosen last; `commit` first."""
        self._product = product
        said = self._said()
        self.form.start(product.id if product else None, said.version, said._asdict())
        self._mark_missing()

    def update_item(self, product: Product) -> None:
        """Show what has changed of the item, but in no field that is being typed in."""
        self._product = product
        said = self._said()
        self.form.update(said.version, said._asdict())
        self._mark_missing()

    def _said(self) -> Said:
        if self._product is None:
            return Said(self._code)
        return self._context.get(read_text, self._product.id, self._code)

    def _change(self, session: Session, item: int, base: int, **values: str) -> None:
        set_text(session, item, base, language=self._code, **values)

    def _offer(self, codes: list[str]) -> None:
        """Offer these languages and, below them, all; or all at once where that was chosen."""
        self._offered = codes
        choices: list[tuple[object, str]] = [(code, formats.language_name(code)) for code in codes]
        if self._all:
            choices += [pair for pair in places.languages() if pair[0] not in codes]
        else:
            choices.append((MORE, _("Another language…")))
        self.language.set_choices(choices)
        self._code = self._code or (codes[0] if codes else "")
        self.language.set_value(self._code)

    def _mark_missing(self) -> None:
        """Say under a field that what it would translate has no translation yet."""
        product = self._product
        for column, field in (("name", self.name), ("description", self.description)):
            there = bool(product and str(getattr(product, column)).strip())
            missing = there and not str(field.value()).strip()
            # TRANSLATORS: under an empty field: a name or description that has no translation yet.
            field.advise(_("Missing") if missing else "")

    @Slot(object)
    def _on_edited(self, value: object) -> None:
        self._mark_missing()

    @Slot()
    def _on_language(self) -> None:
        chosen = self.language.value()
        if chosen == MORE:
            self._all = True
            self._offer(self._offered)
            self.language.setFocus(Qt.FocusReason.OtherFocusReason)
            if line := self.language.lineEdit():
                line.selectAll()  # to type the name of one over it
        elif self.form.commit():  # what is typed belongs to the language before
            self.language.set_value(self._code)
        else:
            self._code = str(chosen or "")
            self.show_item(self._product)
