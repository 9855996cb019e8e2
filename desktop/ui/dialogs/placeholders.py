"""What a message can fill in by itself: the language of placeholders, shown by examples and what they become."""

from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from desktop.i18n import N_, _, formats, is_rtl
from desktop.services.placeholders import KEYS, fill
from desktop.ui import theme
from desktop.ui.dialogs.frame import column_of, foot
from desktop.ui.widgets.buttons import quiet
from desktop.ui.widgets.labels import Label, ValueLabel
from desktop.ui.widgets.scroll import Scroll

# What is explained, an example in English and in Arabic, and the gender and the number that it is filled for.
EXAMPLES = (
    (N_("A word in braces is replaced when the message is copied."), "{customer}", "{العميل}"),
    (N_("After a bar: what to write where nothing is known."), "{customer|friend}", "{العميل|صديقنا}"),
    (N_("A date moves by days, or by weeks with w."), "{date+3}", "{التاريخ+3}"),
    (N_("A time moves by minutes, or by hours with h."), "{time+20m}", "{الوقت+20د}"),
    (
        N_("Words for a woman, for a man, and for whoever is not known; # is the name."),
        "{customer:f=Dear Ms #|m=Dear Mr #|Hello}",
        "{العميل:مؤنث=أهلًا بكِ يا #|مذكر=أهلًا بكَ يا #|أهلًا بكم}",
    ),
    (
        N_("Words for a number; # is the number."),
        "{quantity:one=# box|other=# boxes}",
        "{الكمية:مفرد=علبة واحدة|مثنى=علبتان|قليل=# علب|غير=# علبة}",
    ),
)


class PlaceholdersDialog(QDialog):
    """Explains each form with an example that is filled as it would be now, and lists the words there are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("What a message fills in"))
        self.setMinimumWidth(theme.pixels(420))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setSpacing(theme.pixels(16))
        # TRANSLATORS: the name of a customer in examples.
        values = {"customer": _("Noura"), "quantity": "3"}
        for words, english, arabic in EXAMPLES:
            column.addLayout(_example(_(words), arabic if is_rtl() else english, values))
        column.addWidget(
            Label(_("Everything else in braces stays as it is typed, and is told before copying."), "muted", True)
        )
        column.addLayout(_words())
        column.addStretch()
        area = Scroll(focus=True)
        area.setWidget(inside)
        self.close_button = quiet(_("Close"))
        self.close_button.clicked.connect(self.accept)
        layout = column_of(self, _("What a message fills in"))
        layout.addWidget(area, 1)
        layout.addLayout(foot(self.close_button))
        self.resize(theme.pixels(520), theme.pixels(560))


def _example(words: str, template: str, values: dict[str, str]) -> QVBoxLayout:
    """Return a sentence, the example below it, and what it becomes."""
    column = QVBoxLayout()
    column.setSpacing(theme.pixels(4))
    column.addWidget(Label(words, wrap=True))
    column.addWidget(ValueLabel(template, "code", wrap=True))
    filled = fill(template, values, formats.now(), "f").text
    column.addWidget(Label(filled, "accent", wrap=True))
    return column


def _words() -> QGridLayout:
    """Return every placeholder beside what it is."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.pixels(24))
    grid.setVerticalSpacing(theme.pixels(4))
    grid.setColumnStretch(1, 1)
    for row, known in enumerate(KEYS):
        grid.addWidget(ValueLabel(f"{{{known.alias if is_rtl() else known.key}}}", "code"), row, 0)
        grid.addWidget(Label(_(known.label)), row, 1)
    return grid
