"""Settings: what this computer's user sees and reads, where things are kept, and what this program is."""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy import make_url

from desktop import __version__, config, i18n
from desktop.data.models import Profile
from desktop.data.notice import Notice
from desktop.i18n import N_, _, formats
from desktop.services.profile import read_profile
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.page import Page
from desktop.ui.pages.settings_backups import BackupsCard
from desktop.ui.saving import Opener, open_folder
from desktop.ui.tray import Tray
from desktop.ui.widgets.buttons import Button, CopyButton, flat
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chips import Chip, Chips
from desktop.ui.widgets.field import LineField, SwitchField
from desktop.ui.widgets.labels import ElidedLabel, Label, ValueLabel
from desktop.ui.widgets.page_header import PageHeader
from desktop.ui.widgets.scroll import Scroll

WIDTH = 720  # of the column: longer lines are tiring
SCALES = (0.9, 1.0, 1.1, 1.25, 1.5)
THEMES = {"system": N_("Same as the system"), "light": N_("Light"), "dark": N_("Dark")}
DIGITS = {"latn": "123", "arab": "١٢٣"}
# TRANSLATORS: how the time of day is written: as the shop's country does, with am and pm, or up to 24.
CLOCKS = {"auto": N_("As in the shop's country"), "12": N_("12 hours"), "24": N_("24 hours")}
# TRANSLATORS: how a currency is written: with its sign (60 د.إ), in a word (60 درهم), with its code (AED 60).
MONEY = {"sign": N_("Sign"), "word": N_("Word"), "code": N_("Code")}
COMMAND = "dukkan --palette"  # shows the small window, see desktop.ui.pocket
SAMPLE = (1234.5, 6000, dt.time(21, 40))  # a number, an amount in the smallest unit, a time of day


class SettingsPage(Page):
    """Every choice holds at once: `settings_wanted({"theme": "dark"})` asks the window for it.

    The window may make this page anew for it; the choice that was made then has the focus again.
    """

    def __init__(self, context: Context, opener: Opener = QDesktopServices.openUrl) -> None:
        super().__init__(context)
        self._opener = opener
        settings = config.load()
        largest = theme.largest_scale()
        size = min(round(settings.scale, 2), largest)
        scales = sorted({size, *(scale for scale in SCALES if scale <= largest)})
        self.language = self._choices("language", _("Language"), list(i18n.LANGUAGES.items()), i18n.language())
        self.theme = self._choices("theme", _("Appearance"), _translated(THEMES), settings.theme)
        sizes = [(scale, formats.percent(round(scale * 100))) for scale in scales]
        self.scale = self._choices("scale", _("Size of letters"), sizes, size)
        self.digits = self._choices("digits", _("Digits"), list(DIGITS.items()), settings.digits)
        self.clock = self._choices("clock", _("Time of day"), _translated(CLOCKS), settings.clock)
        self.money = self._choices("money", _("Currency"), _translated(MONEY), settings.money)
        self.stay = SwitchField(_("Stay beside the clock when the window is closed"), self._set_stay)
        self.stay.start(settings.stay)
        words = _("The desktop shows a message then, while Dukkan runs.")
        self.remind = SwitchField(_("Tell me when a follow-up is due"), self._set_remind, hint=words)
        self.remind.start(settings.remind)
        # TRANSLATORS: as the history of a shop calls whoever works here: {example} is "Mona, laptop".
        words = _("So that the history of a shop that several share says who did what: {example}")
        words = words.format(example=formats.auto(_("Mona, laptop")))
        self.your_name = LineField(_("Your name"), self._set_name, hint=words)
        self.your_name.start(settings.your_name)
        self.command = CopyButton(_("Copy"), lambda: COMMAND)
        self.command.setAccessibleName(_("Copy the command"))
        self.backups = BackupsCard(settings.backup_folder, opener)
        self.backups.chosen.connect(partial(self._on_chosen, "backup_folder"))
        self.backups.history.clicked.connect(partial(context.go, "history"))
        self.backups.rebuild.clicked.connect(partial(self.shop_action.emit, "rebuild", None))
        self.sample = [Label("", "strong") for _part in ("number", "price", "date", "time")]
        self.file_size = Label("", "muted")
        self._lay_out()
        self._show_sample()
        self._show_size()

    def _choices(self, name: str, title: str, choices: Sequence[tuple[object, str]], chosen: object) -> Chips:
        chips = Chips(title)
        chips.setObjectName(name)
        chips.set_chips([(value, label, "") for value, label in choices])
        chips.set_value(chosen)
        chips.chosen.connect(partial(self._on_chosen, name))
        return chips

    def _lay_out(self) -> None:
        column = QWidget()
        cards = QVBoxLayout(column)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(theme.pixels(16))
        for card in (self._looks(), self._figures(), self._anywhere(), self.backups, self._places(), self._about()):
            cards.addWidget(card)
        cards.addStretch()
        column.setMaximumWidth(theme.pixels(WIDTH))
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(column, 1)
        row.addStretch()
        self.area = Scroll(inside)
        layout = QVBoxLayout(self)
        around = theme.pixels(24)
        layout.setContentsMargins(around, around, around, around)
        layout.setSpacing(theme.pixels(16))
        layout.addWidget(PageHeader(_("Settings")))
        layout.addWidget(self.area, 1)

    def _looks(self) -> Card:
        card = Card(_("Language and look"))
        card.add(_rows(self.language, self.theme, self.scale))
        return card

    def _figures(self) -> Card:
        card = Card(_("Numbers, prices and times"))
        card.add(_rows(self.digits, self.clock, self.money))
        if not i18n.is_rtl():
            card.add(Label(_("The digits ١٢٣ are used while the language is Arabic."), "small", wrap=True))
        strip = QWidget()
        theme.look(strip, "sunken")
        row = QHBoxLayout(strip)
        row.setContentsMargins(theme.pixels(16), theme.pixels(12), theme.pixels(16), theme.pixels(12))
        for title, label in zip((_("Number"), _("Price"), _("Date"), _("Time")), self.sample, strict=True):
            part = QVBoxLayout()
            part.setSpacing(theme.pixels(4))
            part.addWidget(Label(title, "section"))
            part.addWidget(label)
            row.addLayout(part, 1)
        card.add(strip)
        return card

    def _anywhere(self) -> Card:
        card = Card(_("Quick replies from anywhere"))
        words = _("A small window above all others: type a word of a reply, Enter copies it, and it goes away.")
        card.add(Label(words, "muted", wrap=True))
        if Tray.is_possible():
            card.add(self.stay)
            card.add(self.remind)
            words = _(
                "To open it by a key, go to the keyboard settings of this computer, and make a new shortcut there that "
                "runs this command:"
            )
        else:
            words = _(
                "This desktop has no place for Dukkan beside its clock: leave the window open, or minimized. To open "
                "the small window by a key, go to the keyboard settings of this computer, and make a new shortcut "
                "there that runs this command:"
            )
        card.add(Label(words, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(theme.pixels(12))
        row.addWidget(ValueLabel(COMMAND, "code", ltr=True))
        row.addWidget(self.command)
        row.addStretch()
        card.add(row)
        return card

    def _places(self) -> Card:
        card = Card(_("Where things are kept"))
        grid = _grid()
        where, paths = self.context.database.where, config.paths()
        self.folder_buttons: list[Button] = []
        if isinstance(where, Path):
            _row(grid, _("Shop file"), str(where), self._folder_button(where.parent))
            grid.addWidget(self.file_size, grid.rowCount(), 1)
        else:
            _row(grid, _("Shop database"), make_url(where).render_as_string(hide_password=True))
        _row(grid, _("Settings"), str(config.settings_file()), self._folder_button(paths.config))
        _row(grid, _("Log"), str(paths.log), self._folder_button(paths.log))
        card.add(self.your_name)
        card.add(grid)
        words = _("Everything stays on this computer. The log tells what went wrong, without any phone number in it.")
        card.add(Label(words, "small", wrap=True))
        return card

    def _about(self) -> Card:
        card = Card(_("About Dukkan"))
        card.add(Label(_("Version {version}").format(version=formats.ltr(__version__)), "muted"))
        qt = _("It uses Qt {version} and PySide6 under the LGPL, version 3: both may be replaced by your own.")
        for sentence in (
            _("Dukkan is free software under the MIT licence."),
            qt.format(version=formats.ltr(qVersion())),
            _("Dukkan is not made by WhatsApp or Meta, and has no connection to them."),
        ):
            card.add(Label(sentence, wrap=True))
        return card

    def _folder_button(self, folder: Path) -> Button:
        button = flat(_("Open folder"), "folder-open")
        button.clicked.connect(partial(open_folder, folder, self._opener))
        self.folder_buttons.append(button)
        return button

    def on_changed(self, notice: Notice) -> None:
        """Follow the shop's country and currency, and the growth of its file."""
        if notice.of(Profile):
            self._show_sample()
        self._show_size()

    def state(self) -> object:
        """Return the name of the choice that has the focus, so that it has it again on the page made anew."""
        chips = (self.language, self.theme, self.scale, self.digits, self.clock, self.money)
        focus = QApplication.focusWidget()
        if focus in (self.stay.editor, self.remind.editor):
            return "stay" if focus is self.stay.editor else "remind"
        return next((each.objectName() for each in chips if focus and each.isAncestorOf(focus)), None)

    def show_target(self, target: object) -> None:
        """Give the focus to a choice by its name: language, theme, scale, digits, clock, money, stay or remind."""
        switch = {"stay": self.stay, "remind": self.remind}.get(str(target))
        if switch and self.isAncestorOf(switch):
            switch.setFocus(Qt.FocusReason.TabFocusReason)
            self.area.ensureWidgetVisible(switch)
        chips = self.findChild(Chips, target) if isinstance(target, str) else None
        if chips:
            chip = next(chip for chip in chips.findChildren(Chip) if chip.isChecked())
            chip.setFocus(Qt.FocusReason.TabFocusReason)
            self.area.ensureWidgetVisible(chip)

    def _show_sample(self) -> None:
        number, amount, time = SAMPLE
        profile = self.context.get(read_profile)
        currency = profile.currency or formats.currency_of(profile.territory) or "AED"
        parts = (
            formats.number(number),
            formats.money(amount, currency),
            formats.date(formats.today()),
            formats.time(time),
        )
        for label, part in zip(self.sample, parts, strict=True):
            label.setText(part)

    def _show_size(self) -> None:
        where = self.context.database.where
        if isinstance(where, Path) and where.exists():
            self.file_size.setText(formats.file_size(where.stat().st_size))

    def _set_name(self, name: str, _group: object) -> str:
        try:
            config.change(your_name=" ".join(name.split()))
        except OSError:
            return _("The settings cannot be written. Check the disk, and try again.")
        self.context.database.computer = config.who()
        return ""

    def _set_remind(self, remind: bool, _group: object) -> str:
        self.settings_wanted.emit({"remind": remind})
        return ""

    def _set_stay(self, stay: bool, _group: object) -> str:
        self.settings_wanted.emit({"stay": stay})
        return ""

    def _on_chosen(self, name: str, value: object) -> None:
        self.settings_wanted.emit({name: value})
        self._show_sample()


def _translated(choices: dict[str, str]) -> list[tuple[object, str]]:
    return [(value, formats.shown(_(words))) for value, words in choices.items()]


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.pixels(16))
    grid.setVerticalSpacing(theme.pixels(12))
    grid.setColumnMinimumWidth(0, theme.pixels(120))
    grid.setColumnStretch(1, 1)
    return grid


def _rows(*choices: Chips) -> QGridLayout:
    grid = _grid()
    for row, chips in enumerate(choices):
        grid.addWidget(Label(chips.accessibleName(), "section"), row, 0)
        grid.addWidget(chips, row, 1)
    return grid


def _row(grid: QGridLayout, title: str, place: str, button: Button | None = None) -> None:
    row = grid.rowCount()
    path = ElidedLabel(formats.ltr(place), "", Qt.TextElideMode.ElideMiddle)
    path.setAccessibleName(f"{title}: {place}")
    grid.addWidget(Label(title, "section"), row, 0)
    grid.addWidget(path, row, 1)
    if button:
        button.setAccessibleName(f"{button.accessibleName()}: {title}")
        grid.addWidget(button, row, 2)
