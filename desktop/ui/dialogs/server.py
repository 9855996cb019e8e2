"""The dialog that asks for a server: to open a shop that is there, or to move this one to it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.data import passwords, server
from desktop.data.engines import Refused
from desktop.i18n import _, formats
from desktop.ui import theme
from desktop.ui.dialogs.frame import column_of, foot
from desktop.ui.tasks import Job, Token
from desktop.ui.widgets.buttons import announce, primary, quiet
from desktop.ui.widgets.field import LineField, SwitchField
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from desktop.data.server import Found

WIDTH = 520
FRAME = 40  # what the desktop puts around a window
ANYBODY = "sslmode=require"  # encrypted, whoever answers


class ServerDialog(QDialog):
    """Asks where a server is and who logs in, tries it, and sends the address, without its password, by `chosen`.

    Show it with `open()`. With `moving` there has to be room for a shop there, else a shop. It stays open, and says in
    a sentence what is wrong, until the server has answered as it should. What was typed before a try comes back with
    `address`.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, moving: bool = False, address: str = "", trouble: str = ""):
        super().__init__(parent)
        self._moving = moving
        self._job: Job | None = None
        self._options = ""  # as they stand in an address that was pasted
        title = _("Move this shop to a server") if moving else _("Connect to a shop on a server")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        hint = _("If you were given an address as a whole, paste it here: postgresql://…")
        self.address = LineField(_("Address"), self._take_address, hint=hint, ltr=True)
        self.host = LineField(_("Server"), _take, placeholder="db.example.com", ltr=True)
        # TRANSLATORS: the number of a door at a server.
        self.port = LineField(_("Port"), _take, placeholder="5432", ltr=True)
        self.database = LineField(_("Database"), _take, ltr=True)
        self.user = LineField(_("User"), _take, ltr=True)
        each_time = "" if passwords.can_keep() else _("Asked for each time: this computer has no keyring.")
        self.password = LineField(_("Password"), _take, hint=each_time, ltr=True)
        self.password.editor.setEchoMode(QLineEdit.EchoMode.Password)
        self.keep = SwitchField(_("Keep the password in this computer's keyring"), _take)
        self.anybody = SwitchField(
            _("Connect although the server does not prove who it is"),
            _take,
            hint=_("Somebody on the way could then read and change everything. Only in a network that you trust."),
        )
        self.trouble = Label(trouble, "warn", wrap=True)
        self.connect_ = primary(_("Move the shop there") if moving else _("Connect"))
        self.cancel = quiet(_("Cancel"))
        self.connect_.setDefault(True)
        self._lay_out(title)
        for field in (self.address, self.host, self.port, self.database, self.user, self.password):
            field.start("")
        self.keep.start(passwords.can_keep())
        self.keep.setVisible(passwords.can_keep())
        self.anybody.start(False)
        self.anybody.hide()
        self.trouble.setVisible(bool(trouble))
        self.resize(theme.pixels(WIDTH), 0)
        self.address.saved.connect(partial(self.address.start, ""))  # its password is not left for others to see
        self.connect_.clicked.connect(self._on_connect)
        self.cancel.clicked.connect(self.reject)
        if address:
            self._fill(address)
            self.password.editor.setFocus()

    def _lay_out(self, title: str) -> None:
        if self._moving:
            words = _(
                "Several computers can then work at it at once. Everything is copied and compared first; this file "
                "stays as it is, beside where it was."
            )
        else:
            words = _("Ask whoever runs the server for these.")
        inside = QWidget()
        self._fields = column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(12))
        column.addWidget(Label(title, "title"))
        column.addWidget(Label(words, "muted", wrap=True))
        column.addWidget(self.address)
        for fields, widths in (
            ((self.host, self.port), (3, 1)),
            ((self.database,), (1,)),
            ((self.user, self.password), (1, 1)),
        ):
            row = QHBoxLayout()
            row.setSpacing(theme.pixels(12))
            for field, width in zip(fields, widths, strict=True):
                row.addWidget(field, width, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
        column.addWidget(self.keep)
        column.addWidget(self.anybody)
        column.addStretch()
        self.area = Scroll(inside, focus=True)
        whole = column_of(self)
        whole.addWidget(self.area, 1)
        whole.addWidget(self.trouble)
        whole.addLayout(foot(self.cancel, self.connect_))
        self.setMinimumWidth(theme.pixels(WIDTH))

    def showEvent(self, event: QShowEvent) -> None:
        self._grow()
        super().showEvent(event)  # which finds its place on the screen, and has to know its height

    def done(self, result: int) -> None:
        """Close; what is being tried is not waited for."""
        if self._job:
            self._job.cancel()
        super().done(result)

    def _fill(self, address: str) -> str:
        """Take an address apart into the fields, and return "", or what is wrong with it."""
        bare, password = passwords.split(address)
        try:
            url = server.read_address(bare)
        except Refused as error:
            return str(error)
        self._options = bare.partition("?")[2]
        port = str(url.port) if url.port else ""
        for field, value in (
            (self.host, url.host),
            (self.port, port),
            (self.database, url.database),
            (self.user, url.username),
        ):
            field.start(value or "")
        if password:
            self.password.start(password)
        return ""

    def _typed(self) -> str:
        """Return the address of what is in the fields, with the password. Raises Refused if it is none."""
        host, database = self.host.value().strip(), self.database.value().strip()
        if not database or not (host or "host=" in self._options):
            raise Refused(_("The server and the database need their names."))
        more = "&".join(part for part in self._options.split("&") if part and not part.startswith("sslmode="))
        if self.anybody.value():
            more = f"{more}&{ANYBODY}".removeprefix("&")
        elif "sslmode=" in self._options and self.anybody.isHidden():
            more = self._options
        address = server.build(host, self.port.value(), database, self.user.value(), self.password.value(), more)
        server.read_address(address)
        return address

    def _complain(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        self._grow()
        if sentence:
            announce(self, sentence)

    def _grow(self) -> None:
        """Make room for what is said, as far as the screen has it; the rest is scrolled to.

        What wraps has to be asked for its height: a size hint takes it for a line.
        """
        layout = self.layout()
        assert layout, "it is laid out"
        self._fields.activate()
        layout.activate()
        margins = layout.contentsMargins()
        fields = self._fields.totalHeightForWidth(self.width() - margins.left() - margins.right())
        whole = layout.totalHeightForWidth(self.width()) if layout.hasHeightForWidth() else self.sizeHint().height()
        rest = whole - self.area.sizeHint().height()
        most = self.screen().availableGeometry().height() - theme.pixels(FRAME)
        self.setMinimumHeight(0)
        self.resize(self.width(), min(fields + rest, most))
        if self.anybody.isVisible():
            self.area.ensureWidgetVisible(self.anybody)

    def _take_address(self, typed: str, _group: object) -> str:
        """Take an address that was pasted apart, once it is all there; return what is wrong with it."""
        return self._fill(typed.strip()) if typed.strip() else ""

    @Slot()
    def _on_connect(self) -> None:
        if self._job or not self.address.commit():
            return
        try:
            address = passwords.hold(self._typed())
        except Refused as error:
            self._complain(str(error))
            return
        self._complain("")
        self.connect_.setEnabled(False)
        self.trouble.setText(_("Connecting…"))
        self.trouble.show()
        self._job = Job(partial(_look, address), self.parent() or self).begin(
            partial(self._on_found, address), self._on_refused
        )

    def _on_found(self, address: str, found: "Found") -> None:
        self._end()
        if self._moving and found.name:
            sentence = _("There is a shop there already: {name}. Use an empty database, or connect to that shop.")
            self._complain(sentence.format(name=formats.auto(found.name)))
        elif not self._moving and not found.shop:
            self._complain(_("There is no shop in this database yet. Open yours, and choose “Move to a server…”."))
        else:
            if self.keep.value() and self.password.value():
                passwords.keep(address)
            self.accept()
            self.chosen.emit(address)

    @Slot(object)
    def _on_refused(self, error: Exception) -> None:
        self._end()
        if isinstance(error, ModuleNotFoundError):
            self._complain(_("A shop on a server needs one more part of Dukkan: pip install 'dukkan[postgres]'"))
        elif isinstance(error, Refused):
            self.anybody.setVisible(isinstance(error, server.Untrusted) or not self.anybody.isHidden())
            self._complain(str(error))
            if isinstance(error, server.PasswordNeeded):
                self.password.editor.setFocus()
        else:
            self._complain(_("The server does not answer as it should. Check the address, and who runs it."))
            raise error

    def _end(self) -> None:
        self._job = None
        self.connect_.setEnabled(True)
        self._complain("")


def _take(_value: object, _group: object) -> str:
    return ""


def _look(address: str, _token: Token) -> "Found":
    return server.look(address)
