"""What Qt itself says, in its file dialogs and in the menus of fields, in the program's own words.

Qt's translations are other people's: in Arabic a folder is a guide, Save and Cancel are called otherwise than on every
other button, and some words are missing. What is not here comes from there.
"""

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator

from desktop import i18n
from desktop.i18n import N_, _, pgettext

CONTEXTS = {  # not QShortcut, for which Delete is a key
    *("QFileDialog", "QFileSystemModel", "QAbstractFileIconProvider"),
    *("QPlatformTheme", "QDialogButtonBox", "QMessageBox", "QLineEdit", "QWidgetTextControl", "QScrollBar"),
}
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


class QtWords(QTranslator):
    """Qt's words in the language in use: the program's own for what people meet here, Qt's for all else."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self.there = self.load(QLocale(i18n.language()), "qtbase", "_", folder)
        self._own = {word: told for word in WORDS if (told := _(word)) != word}  # in English Qt's have their keys
        if self._own:
            self._own |= {
                "Choose": pgettext("a file", "Choose"),
                "Folder": pgettext("a file", "Folder"),
                "Size": pgettext("of a file", "Size"),
            }

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """Return what Qt is to say (called by Qt, in any thread)."""
        told = self._own.get(source.replace("&", "").rstrip()) if context in CONTEXTS else None
        if told is None:
            return super().translate(context, source, disambiguation, n) or None  # "" would be an answer
        return told + " " * source.endswith(" ")  # a word goes on behind it
