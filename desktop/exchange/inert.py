"""Cells that a spreadsheet takes for text: what would begin a formula has an apostrophe before it, also in mid-text.

A program that takes another character for the delimiter begins a cell behind it, so what follows a ;, a tab or a
line end counts as a beginning too. `bare(inert(text)) == text` for every text.
"""

import re

FORMULA = "=+\\-@\t\r\uff1d\uff0b\uff0d\uff20"  # ASCII and full-width
# A quotation mark is doubled in a file, and two that are read as an empty cell let what follows begin.
BEGINNING = r"(?:\A|(?<=[;\t\r\n]))"
DANGER = re.compile(rf"{BEGINNING}(?=['\"]*[{FORMULA}])")
GUARDED = re.compile(rf"{BEGINNING}'(?=['\"]*[{FORMULA}])")


def inert(text: str) -> str:
    """Return a cell that no spreadsheet calculates."""
    return DANGER.sub("'", text)


def bare(cell: str) -> str:
    """Return the text that `inert` made a cell of; any other cell stays as it is."""
    return GUARDED.sub("", cell)
