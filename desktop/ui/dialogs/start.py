"""The dialog that starts a shop: a name is enough, the rest is proposed."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop import config, i18n
from desktop.exchange.files import legal_name
from desktop.i18n import _, bidi, formats
from desktop.services.editing import clean, one_line
from desktop.services.errors import Invalid
from desktop.services.links import read_phone
from desktop.services.phones import phone_example
from desktop.services.profile import computer_zone, likely_home, zone_choices
from desktop.services.shop import SUFFIX
from desktop.ui import theme
from desktop.ui.asking import documents
from desktop.ui.widgets.buttons import announce, flat, primary, quiet
from desktop.ui.widgets.field import ChoiceField, Field, LineField
from desktop.ui.widgets.file_dialog import FileDialog
from desktop.ui.widgets.inspector import Section
from desktop.ui.widgets.labels import ElidedLabel, Label
from desktop.ui.widgets.phone_field import PhoneField
from desktop.ui.widgets.scroll import Scroll

WIDTH = 480
Check = Callable[[], str]  # what is wrong in one sentence, or ""


@dataclass(frozen=True)
class Start:
    """What a shop is started with, all of it checked. `phone` is digits, or nothing."""

    path: Path
    name: str
    territory: str
    currency: str
    phone: str
    time_zone: str
    language: str


class StartDialog(QDialog):
    """Asks for a name, proposes the rest from the country, and sends a Start by `finished_with`.

    Show it with `open()`. Its button does not close it while something in it is not right. `folder` is where the
    shop's file goes unless the owner chooses another place.
    """

    finished_with = Signal(object)

    def __init__(self, parent: QWidget | None = None, folder: Path | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Start my shop"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._folder = folder or Path(documents())
        self._chosen: Path | None = None  # once the owner has said where; until then it follows the name
        self._proposed = ""  # the currency of the country
        about_phone = _("Can wait. Links and QR codes need it.")
        self.name = LineField(_("Business name"), self._when_left(self._check_name))
        self.territory = ChoiceField(_("Country"), formats.territories(), self._when_left(self._check_territory))
        self.language = ChoiceField(_("Shop language"), list(i18n.LANGUAGES.items()), _take)
        self.phone = PhoneField(_("Phone number"), self._when_left(self._check_phone), hint=about_phone)
        self.currency = ChoiceField(_("Currency"), formats.currencies(), _take)
        self.time_zone = ChoiceField(_("Time zone"), [], _take)
        self.home = Section("", folded=True)
        self.place = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        self.trouble = Label("", "warn", wrap=True)
        self.change = flat(_("Change…"), hint=_("Choose where the shop is kept"))
        self.start = primary(_("Start my shop"))
        self.cancel = quiet(_("Cancel"))
        self.start.setDefault(True)
        self._lay_out()
        self.name.edited.connect(self._on_name)
        self.territory.edited.connect(self._on_territory)
        self.currency.edited.connect(self._on_home)
        self.time_zone.edited.connect(self._on_home)
        self.change.clicked.connect(self._on_change)
        self.start.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self.name.start("")
        self.phone.start("")
        self.language.start(i18n.language())
        self.territory.start(likely_territory(config.system_locale()[1]))
        self._on_territory()
        self._show_place()

    def path(self) -> Path:
        """Return the file that the shop would be in, as things stand."""
        name = legal_name(self._name() or _("My shop"))
        return self._chosen or self._folder / f"{name}{SUFFIX}"

    def accept(self) -> None:
        """Send what was asked for and close; or stay, and say below each field what is wrong with it."""
        checks: list[tuple[Field, Check]] = [
            (self.name, self._check_name),
            (self.territory, self._check_territory),
            (self.phone, self._check_phone),
        ]
        wrong = []
        for field, check in checks:
            sentence = check()
            field.complain(sentence)
            if sentence:
                wrong.append(field)
        self._show_place()
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(wrong[0])
        elif trouble := self.trouble.text():
            announce(self, trouble)
            self.change.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            start = self._start()
            super().accept()
            self.finished_with.emit(start)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with what is unfolded or said below a field, as far as the screen goes; then the form scrolls."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._grow()
        return False

    def showEvent(self, event: QShowEvent) -> None:
        self._grow()
        super().showEvent(event)

    def _grow(self) -> None:
        form, around = self._form.layout(), self.layout()
        assert form, "it is laid out"
        assert around, "it is laid out"
        frame = around.sizeHint().height() - self._area.sizeHint().height()
        wanted = form.totalHeightForWidth(self.width()) + frame
        self.resize(self.width(), max(self.height(), min(wanted, self.screen().availableGeometry().height() - 40)))

    def _lay_out(self) -> None:
        across = QHBoxLayout()
        across.setSpacing(theme.pixels(12))
        for field in (self.territory, self.language):
            across.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        money = QHBoxLayout()
        money.setSpacing(theme.pixels(12))
        for field in (self.currency, self.time_zone):
            money.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.home.add(money)
        kept = QVBoxLayout()
        kept.setSpacing(theme.pixels(2))
        kept.addWidget(Label(_("Kept on this computer in"), "section"))
        where = QHBoxLayout()
        where.addWidget(self.place, 1)
        where.addWidget(self.change)
        kept.addLayout(where)
        kept.addWidget(self.trouble)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.pixels(12))
        buttons.addStretch()
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.start)
        around = theme.pixels(24)
        form = QVBoxLayout()
        form.setContentsMargins(around, around, around, theme.pixels(8))
        form.setSpacing(theme.pixels(12))
        form.addWidget(Label(_("Start my shop"), "title"))
        form.addWidget(Label(_("Everything here can be changed later."), "muted", wrap=True))
        form.addWidget(self.name)
        form.addLayout(across)
        form.addWidget(self.home)
        form.addWidget(self.phone)
        form.addLayout(kept)
        form.addStretch()
        self._form = QWidget()
        self._form.setLayout(form)
        self._form.installEventFilter(self)
        self._area = Scroll()
        self._area.setWidget(self._form)
        buttons.setContentsMargins(around, theme.pixels(8), around, around)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._area, 1)
        layout.addLayout(buttons)
        self.setMinimumWidth(theme.pixels(WIDTH))
        self.resize(theme.pixels(WIDTH), 0)

    # What is in the fields, and what is wrong with it

    def _start(self) -> Start:
        territory, phone = str(self.territory.value()), self.phone.value().strip()
        return Start(
            path=self.path(),
            name=self._name(),
            territory=territory,
            currency=str(self.currency.value() or ""),
            phone=read_phone(phone, territory) if phone else "",
            time_zone=str(self.time_zone.value() or ""),
            language=str(self.language.value()),
        )

    def _name(self) -> str:
        return one_line(clean(self.name.value()))

    def _when_left(self, check: Check) -> Callable[[object, object], str]:
        """Let a field complain in time, when it is left or after a pause."""
        return lambda _value, _group: check()

    def _check_name(self) -> str:
        return "" if self._name() else _("The shop needs a name.")

    def _check_territory(self) -> str:
        return "" if self.territory.value() else _("Choose the country: prices and times follow it.")

    def _check_phone(self) -> str:
        if not self.phone.value().strip():
            return ""
        try:
            digits = read_phone(self.phone.value(), str(self.territory.value() or ""))
        except Invalid as error:
            return str(error)
        self.phone.update_value(bidi.strip(formats.phone(digits)))  # shown so when the field is left
        return ""

    def _check_place(self) -> str:
        path = self.path()
        if path.exists():
            return _("A file with this name is there already, and stays as it is. Choose another name or folder.")
        if not path.parent.is_dir():
            return _("This folder is not there any more. Choose another one.")
        if not os.access(path.parent, os.W_OK):
            return _("Nothing can be kept in this folder. Choose another one.")
        return ""

    # What follows from what

    def _show_place(self) -> None:
        self.place.setText(formats.ltr(str(self.path())))
        self.trouble.setText(self._check_place())
        self.trouble.setVisible(bool(self.trouble.text()))

    def _show_home(self) -> None:
        currency, zone = str(self.currency.value() or ""), str(self.time_zone.value() or "")
        names = {"currency": formats.currency_name(currency), "city": formats.zone_name(zone)}
        # TRANSLATORS: what goes with the country; {city} is the one that a time zone is named after.
        words = _("Prices in {currency}, time of {city}")
        self.home.header.set_text(words.format(**{key: formats.auto(name) for key, name in names.items()}))
        self.home.setVisible(bool(currency and zone))

    @Slot()
    def _on_name(self) -> None:
        if self._name():
            self.name.complain("")
        self._show_place()

    @Slot()
    def _on_territory(self) -> None:
        territory = str(self.territory.value() or "")
        if territory:
            currency, zone = likely_home(territory)
            if (self.currency.value() or "") == self._proposed:  # an owner's own choice stays
                self.currency.start(currency)
            self._proposed = currency
            self.time_zone.set_choices(zone_choices(territory, zone))
            self.time_zone.start(zone)
        self.phone.editor.setPlaceholderText(phone_example(territory))
        if self.phone.value():
            self.phone.complain(self._check_phone())
        self._show_home()

    @Slot()
    def _on_home(self) -> None:
        self._show_home()

    @Slot()
    def _on_change(self) -> None:
        path = self.path()
        shops = _("Dukkan shops")
        kinds = f"{shops} (*{SUFFIX})"
        dialog = FileDialog(self, _("Choose where the shop is kept"), str(path.parent), kinds)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(FileDialog.AcceptMode.AcceptSave)
        dialog.setOption(FileDialog.Option.DontConfirmOverwrite)  # nothing is: see _check_place
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.selectFile(path.name)
        dialog.fileSelected.connect(self._on_chosen)
        dialog.open()

    @Slot(str)
    def _on_chosen(self, path: str) -> None:
        self._chosen = Path(path)
        self._show_place()


def likely_territory(told: str) -> str:
    """Return the country this computer is in: `told` by its language, unless its time zone is another country's.

    en_US is set far beyond the United States; a clock is set where one lives.
    """
    zone = computer_zone()
    if zone in formats.time_zones(told):
        return told
    return next((code for code, _name in formats.territories() if zone in formats.time_zones(code)), told)


def _take(_value: object, _group: object) -> str:
    return ""
