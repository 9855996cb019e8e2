"""The way of a reply's messages to the clipboard: one after the other, each pasted before the next is copied."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from time import time

from PySide6.QtCore import QMimeData, QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage

from desktop import config
from desktop.data.notice import Notice
from desktop.exchange.files import CannotWrite, legal_name, write_file
from desktop.i18n import N_, _, bidi, formats
from desktop.services.pictures import read_picture
from desktop.services.replies import count_use
from desktop.services.reply_parts import Message
from desktop.ui.clipboard import refusal
from desktop.ui.context import Context, complaint

PATIENCE = 120_000  # ms after which a reply that was copied in part begins again
KEPT = 86_400  # seconds that a copied file stays in the cache, for whoever pastes late
KINDS = {  # what a message is called, and its icon
    "text": (N_("Text"), "message-square-text"),
    "picture": (N_("Picture"), "image"),
    "pdf": (N_("PDF"), "file-text"),
    "location": (N_("Location"), "map-pin"),
    "item": (N_("Item"), "tag"),
    "catalog": (N_("Catalog"), "layout-grid"),
}
Errand = tuple[int, object, object]  # the reply, and for whom: another one begins anew


def walk_of(context: Context) -> "Walk":
    """Return the walk of an open shop: there is one clipboard, and so one walk."""
    return context.findChild(Walk) or Walk(context)


def kind_of(message: Message) -> str:
    """Return what kind of message it is, in a word."""
    return _(KINDS[message.kind][0])


def name_of(message: Message) -> str:
    """Return what a message is called: the name of a file, else its kind."""
    return message.name or kind_of(message)


class Walk(QObject):
    """The messages of the reply that was copied last; `place` is the one on the clipboard, -1 for none of them."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self.errand: Errand | None = None  # what is under way
        self._copied: QUrl | str = ""  # what was put on the clipboard last
        self.messages: Sequence[Message] = ()
        self.place = -1
        self.next = 0  # the place of the message to be copied next; after the last one, their number
        self._timer = QTimer(self, interval=PATIENCE, singleShot=True)
        self._timer.timeout.connect(self._on_forgotten)
        QGuiApplication.clipboard().dataChanged.connect(self._on_clipboard_changed)

    def expects(self, errand: Errand) -> bool:
        """Say whether this errand is under way, with a message to come."""
        return errand == self.errand and 0 < self.next < len(self.messages)

    def begin(self, errand: Errand, messages: Sequence[Message], place: int = 0) -> bool:
        """Copy the message at `place`, go on from there, and count the reply as used; False if nothing was copied."""
        self.errand, self.messages, self.next = errand, messages, place
        if not any(not message.empty for message in messages[place:]):
            self._forget()
            lacking = [sentence for message in messages for sentence in message.filled.sentences]
            self._context.say("\n".join(lacking) or _("This reply has no text yet."))
            return False
        if not self.go_on():
            return False
        if place == 0:
            self._count(errand[0])
        return True

    def go_on(self) -> bool:
        """Copy the next message that has something to copy; False if the system did not take it."""
        place = next(place for place in range(self.next, len(self.messages)) if not self.messages[place].empty)
        message = self.messages[place]
        if refusal := self._put(message):
            self._context.say(refusal)
            return False
        rest = [each for each in self.messages[place + 1 :] if not each.empty]
        self.place, self.next = place, place + 1 if rest else len(self.messages)
        self._timer.start()
        self._context.say(self._told(message, rest))
        self.changed.emit()
        return True

    def _told(self, message: Message, rest: Sequence[Message]) -> str:
        """Say what was copied, what is wrong with it or with what was left out, and what comes next."""
        lacking = [sentence for each in self.messages if each.empty for sentence in each.filled.sentences]
        if puzzles := list(dict.fromkeys([*message.filled.sentences, *lacking])):
            told = _("Copied. Look at it before you send it. {why}").format(why="\n".join(puzzles))
        elif len(self.messages) == 1:
            return _("Copied. Ready to paste into the chat.")
        else:
            # TRANSLATORS: {of} is "1 of 3", {what} a kind of message or the name of a file: "1 of 3 copied: Text."
            told = _("{of} copied: {what}.").format(
                of=formats.of(self.place + 1, len(self.messages)), what=formats.auto(name_of(message))
            )
        if not rest:
            return told
        # TRANSLATORS: {told} is a sentence before this one, {what} the next message, such as "Picture".
        return _("{told} Paste it, then copy again for the next: {what}").format(
            told=told, what=formats.auto(name_of(rest[0]))
        )

    def _put(self, message: Message) -> str:
        """Put a message on the clipboard, and return why that could not be, "" where it is there."""
        board = QGuiApplication.clipboard()
        if message.sha256:
            content = self._context.get(read_picture, message.sha256) or b""
            try:
                self._copied = QUrl.fromLocalFile(str(_file(message, content)))
            except CannotWrite as error:
                return error.message
            data = QMimeData()
            data.setUrls([self._copied])
            if message.kind == "picture":
                data.setImageData(QImage.fromData(content))
            board.setMimeData(data)
        else:
            self._copied = bidi.strip(message.filled.text)
            board.setText(self._copied)
        if board.ownsClipboard() or self._is_there():
            return ""
        return refusal()

    def _is_there(self) -> bool:
        """Say whether the clipboard still has what was put there last."""
        data = QGuiApplication.clipboard().mimeData()
        if data is None:  # nothing at all
            return False
        return (data.urls() == [self._copied]) if isinstance(self._copied, QUrl) else data.text() == self._copied

    def _count(self, reply: int) -> None:
        try:
            self._context.database.run_unrecorded(count_use, reply)
        except Exception as error:
            complaint(error)  # a shop that is open to read only is no reason not to copy
        else:
            self._context.changed.emit(Notice())  # no row that is recorded: pages that show the count look again

    def _forget(self) -> None:
        self.errand, self.messages, self.place, self.next = None, (), -1, 0
        self.changed.emit()

    @Slot()
    def _on_forgotten(self) -> None:
        self.errand, self.next = None, 0
        self.changed.emit()

    @Slot()
    def _on_clipboard_changed(self) -> None:
        if self.place >= 0 and not self._is_there():
            self.place = -1
            self.changed.emit()


def _file(message: Message, content: bytes) -> Path:
    """Return a file with the bytes of a message under the name that a customer will see; old ones are cleared away.

    Raises CannotWrite.
    """
    folder = config.paths().cache / "clipboard"
    with suppress(OSError):
        for old in folder.glob("*/*"):
            if time() - old.stat().st_mtime > KEPT:
                old.unlink()
    ending = ".pdf" if message.kind == "pdf" else ".png" if content.startswith(b"\x89PNG") else ".jpg"
    stem = message.name.removesuffix(ending) or kind_of(message)
    path = folder / message.sha256[:16] / f"{legal_name(stem)}{ending}"
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, content)
    return path
