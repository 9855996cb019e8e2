"""Small dialogs of the help menu: the keys, and what this program is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QWidget

from desktop import __version__
from desktop.i18n import _, formats
from desktop.ui import menus, theme
from desktop.ui.dialogs.frame import column_of, foot
from desktop.ui.widgets.buttons import quiet
from desktop.ui.widgets.labels import Label


class KeysDialog(QDialog):
    """Every key and what it does, as the menus have them."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        body = QWidget()
        grid = QGridLayout(body)
        grid.setHorizontalSpacing(theme.pixels(24))
        grid.setColumnStretch(0, 1)
        for row, action in enumerate(action for action in actions if not action.shortcut().isEmpty()):
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            grid.addWidget(Label(menus.words(action)), row, 0)
            grid.addWidget(Label(formats.ltr(keys), "code"), row, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(body)
        close = quiet(_("Close"))
        close.clicked.connect(self.accept)
        layout = column_of(self, _("Keyboard shortcuts"))
        layout.addWidget(area, 1)
        layout.addLayout(foot(close))
        self.resize(theme.pixels(460), theme.pixels(520))


class AboutDialog(QDialog):
    """What this program is, its version, and its licences."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("About Dukkan"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        close = quiet(_("Close"))
        close.clicked.connect(self.accept)
        layout = column_of(self, _("Dukkan"))
        layout.addWidget(Label(_("Version {version}").format(version=formats.ltr(__version__)), "muted"))
        for sentence in (
            _("Everything is kept on this computer. Dukkan prepares, and your phone sends."),
            _("Dukkan is free software under the MIT licence. It uses Qt and PySide6 under the LGPL, version 3."),
            _("Dukkan is not made by WhatsApp or Meta, and has no connection to them."),
        ):
            layout.addWidget(Label(sentence, wrap=True))
        layout.addLayout(foot(close))
        self.setFixedWidth(theme.pixels(420))
