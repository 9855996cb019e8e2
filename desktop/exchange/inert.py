"""Cells that a spreadsheet takes for text, and holds: what would begin a formula has an apostrophe before it.

Also in mid-text: a program that takes another character for the delimiter begins a cell behind it, so what follows a ;,
a tab or a line end counts as a beginning too. `bare(inert(text)) == text` for every text.
"""

import re

FORMULA = "=+\\-@\t\r\uff1d\uff0b\uff0d\uff20"  # ASCII and full-width
# A quotation mark is doubled in a file, and two that are read as an empty cell let what follows begin.
BEGINNING = r"(?:\A|(?<=[;\t\r\n]))"
CELL = 32_767  # UTF-16 units that a cell of a workbook holds; XlsxWriter itself counts characters
DANGER = re.compile(rf"{BEGINNING}(?=['\"]*[{FORMULA}])")
GUARDED = re.compile(rf"{BEGINNING}'(?=['\"]*[{FORMULA}])")


def fitting(text: str) -> str:
    """Return as much of a text as a cell of a workbook holds: with more in it, no program opens the file."""
    if len(text) * 2 <= CELL:
        return text
    return text.encode("utf-16-le", "replace")[: CELL * 2].decode("utf-16-le", "ignore")


def inert(text: str) -> str:
    """Return a cell that no spreadsheet calculates."""
    return DANGER.sub("'", text)


def bare(cell: str) -> str:
    """Return the text that `inert` made a cell of; any other cell stays as it is."""
    return GUARDED.sub("", cell)
