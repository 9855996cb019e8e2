"""Words set apart by colour while one types, such as the placeholders of a message."""

from collections.abc import Callable, Iterable

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from desktop.ui import theme

Mark = tuple[int, int, str]  # from, to, and a look of LOOKS
LOOKS = {"accent": ("accent", "accent-soft"), "warn": ("warn", "warn-soft")}  # colours of the letters, and behind them
LONGEST = 10_000  # characters of a line; in a longer one, colours at every key would be felt
LAST_OF_PLANE = "\uffff"  # what lies beyond takes two places in Qt's texts


class Highlighter(QSyntaxHighlighter):
    """Colours what `find` returns of a line; only the line that changes is looked at again, if it is not too long."""

    def __init__(self, document: QTextDocument, find: Callable[[str], Iterable[Mark]]) -> None:
        super().__init__(document)
        self._find = find

    def highlightBlock(self, text: str) -> None:
        if len(text) > LONGEST:
            return
        formats = {look: _format(look) for look in LOOKS}
        wide = not text.isascii() and max(text) > LAST_OF_PLANE
        here = units = 0
        for start, end, look in self._find(text.replace("\u2028", "\n")):
            length = end - start
            if wide:
                units += _units(text[here:start])
                here, length = start, _units(text[start:end])
                start = units
            self.setFormat(start, length, formats[look])


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _format(look: str) -> QTextCharFormat:
    letters, behind = LOOKS[look]
    result = QTextCharFormat()
    result.setForeground(theme.colour(letters))
    result.setBackground(theme.colour(behind))
    return result
