"""What Qt itself says, in its file dialogs and in the menus of fields, in the program's own words.

Qt's translations are other people's: in Arabic a folder is a guide, Save and Cancel are called otherwise than on every
other button, and some words are missing. What is not here comes from there.
The words are put into the form of Qt's files (qtranslator.cpp tells it): a translator written in Python would have Qt
wait for the interpreter while it holds its list of translators, and the interpreter for that list.
"""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from desktop import i18n
from desktop.i18n import N_, _, pgettext

MAGIC = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
HASHES, MESSAGES = 0x42, 0x69  # the tags of its sections
END, TRANSLATION, SOURCE, CONTEXT = 1, 3, 6, 7  # and of what is in a message
WORDS = (
    N_("Look in:"),
    N_("Open"),
    N_("Back"),
    N_("Go back"),
    N_("Forward"),
    N_("Go forward"),
    N_("Parent Directory"),
    N_("Go to the parent directory"),
    N_("Create New Folder"),
    N_("Create a New Folder"),
    N_("List View"),
    N_("Change to list view mode"),
    N_("Detail View"),
    N_("Change to detail view mode"),
    N_("Sidebar"),
    N_("List of places and bookmarks"),
    N_("Files"),
    N_("File name:"),
    N_("Files of type:"),
    N_("Directory:"),
    N_("Directories"),
    N_("Find Directory"),
    N_("Save As"),
    N_("Rename"),
    N_("Remove"),
    N_("Delete"),
    N_("Show"),
    N_("Show hidden files"),
    N_("New Folder"),
    N_("Recent Places"),
    N_("Computer"),
    N_("My Computer"),
    N_("All Files (*)"),
    N_("All files (*)"),
    N_("Name"),
    N_("Kind"),
    N_("Type"),
    N_("Date Modified"),
    N_("File Folder"),
    N_("Drive"),
    N_("Shortcut"),
    N_("Alias"),
    N_("Unknown"),
    N_("Invalid filename"),
    N_("Could not delete directory."),
    N_("Are you sure you want to delete '%1'?"),
    N_("'%1' is write protected.\nDo you want to delete it anyway?"),
    N_("%1 already exists.\nDo you want to replace it?"),
    N_("%1\nFile not found.\nPlease verify the correct file name was given."),
    N_("%1\nDirectory not found.\nPlease verify the correct directory name was given."),
    N_("OK"),
    N_("Save"),
    N_("Cancel"),
    N_("Close"),
    N_("Yes"),
    N_("No"),
    N_("Undo"),
    N_("Redo"),
    N_("Cut"),
    N_("Copy"),
    N_("Copy Link Location"),
    N_("Paste"),
    N_("Select All"),
    N_("Scroll here"),
    N_("Left edge"),
    N_("Top"),
    N_("Right edge"),
    N_("Bottom"),
    N_("Page left"),
    N_("Page up"),
    N_("Page right"),
    N_("Page down"),
    N_("Scroll left"),
    N_("Scroll up"),
    N_("Scroll right"),
    N_("Scroll down"),
)


class QtWords(QObject):
    """Has Qt speak the language in use: with the program's words for what people meet, with its own for all else."""

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        theirs, ours = QTranslator(self), QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self.there = theirs.load(QLocale(i18n.language()), "qtbase", "_", folder)
        own = {word: told for word in WORDS if (told := _(word)) != word}  # in English Qt's have their keys
        if own:
            own |= {
                "Choose": pgettext("a file", "Choose"),
                "Folder": pgettext("a file", "Folder"),
                "Size": pgettext("of a file", "Size"),
            }
        self._compiled = compiled(own)  # Qt reads it where it is
        ours.load(self._compiled)
        self._translators = (theirs, ours)
        for translator in self._translators:  # the last is asked first
            application.installTranslator(translator)

    def leave(self) -> None:
        """Have Qt forget them."""
        for translator in self._translators:
            QCoreApplication.removeTranslator(translator)
        self.deleteLater()


def compiled(words: Mapping[str, str]) -> bytes:
    """Return words, by what Qt calls them, as a .qm file: with an underlined letter or without, but not for keys."""
    hashes, messages = [], bytearray()
    for context, source, told in [*_keys(words), *_spellings(words)]:
        hashes.append((_hash(source), len(messages)))
        parts = [(TRANSLATION, told.encode("utf-16-be")), (SOURCE, source.encode())]
        parts += [(CONTEXT, context.encode())] if context else []
        messages += b"".join(bytes([tag]) + _sized(part) for tag, part in parts) + bytes([END])
    table = b"".join(number.to_bytes(4) + at.to_bytes(4) for number, at in sorted(hashes))
    return MAGIC + bytes([HASHES]) + _sized(table) + bytes([MESSAGES]) + _sized(messages)


def _keys(words: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield what is first found for the names of keys: Delete stays Delete."""
    yield from (("QShortcut", word, word) for word in words)


def _spellings(words: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for word, told in words.items():
        yield "", word, told
        yield "", f"{word} ", f"{told} "  # something follows it
        if "%" not in word:  # no sentence
            yield from (("", f"{word[:at]}&{word[at:]}", told) for at in range(len(word)) if word[at].isalpha())


def _sized(data: bytes | bytearray) -> bytes:
    return len(data).to_bytes(4) + bytes(data)


def _hash(source: str) -> int:
    """Return the number by which Qt finds a message."""
    number = 0
    for byte in source.encode():
        number = (number << 4) + byte
        high = number & 0xF0000000
        number = (number ^ (high >> 24)) & ~high & 0xFFFFFFFF
    return number or 1
