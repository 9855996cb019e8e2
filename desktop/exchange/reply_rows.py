"""Quick replies as a file tells them, before they are compared with those of the shop."""

import re
from dataclasses import dataclass, field

from desktop.exchange.tables import Problem
from desktop.i18n import _, formats


@dataclass(frozen=True)
class PartRow:
    """A part of a reply: `item` is a code or a name of an item, `sha256` the digest of a picture or PDF."""

    row: int
    kind: str
    language: str = ""
    text: str = ""
    item: str = ""
    name: str = ""
    sha256: str = ""


@dataclass(frozen=True)
class ReplyRow:
    """A reply: its columns that the file fills, and its parts; without any, those of the shop stay."""

    row: int
    shortcut: str
    values: dict[str, str]
    parts: list[PartRow] = field(default_factory=list)


@dataclass(frozen=True)
class Incoming:
    """The replies of a file, each shortcut once, and what was wrong with the rest. `skipped` were left out."""

    replies: list[ReplyRow]
    skipped: int = 0
    problems: list[Problem] = field(default_factory=list)


def shortcut_of(typed: str, row: int, problems: list[Problem]) -> str:
    """Return a shortcut as the shop keeps it: one word, without a slash; what that changes is told as a warning."""
    shortcut = re.sub(r"\s+", "_", typed.strip().lstrip("/").strip())
    if shortcut != typed.strip().lstrip("/").strip():
        message = _("Row {row}: a shortcut is one word, so {old} has become {new}.").format(
            row=formats.number(row), old=formats.auto(typed.strip()), new=formats.auto(f"/{shortcut}")
        )
        problems.append(Problem(row, "shortcut", "shortcut_changed", message, warning=True))
    return shortcut


def nameless(row: int) -> Problem:
    """Return what is wrong with a row that has no shortcut."""
    message = _("Row {row}: the reply has no shortcut. Write one in the column {column}.")
    return Problem(
        row,
        "shortcut",
        "shortcut_missing",
        message.format(row=formats.number(row), column=formats.ltr("shortcut")),
    )


def again(row: int, shortcut: str, first: int) -> Problem:
    """Return what is wrong with a row whose shortcut stands in an earlier one."""
    message = _("Row {row}: the shortcut {shortcut} is in row {first} already. Give this reply one of its own.")
    message = message.format(
        row=formats.number(row), shortcut=formats.auto(f"/{shortcut}"), first=formats.number(first)
    )
    return Problem(row, "shortcut", "duplicate_shortcut", message)
