"""What is wrong with a table that comes in: each place in one sentence, or all of it."""

from dataclasses import dataclass

from desktop.i18n import _, formats

MOST = 1_000  # problems that are told of one file; nobody reads on, and a hostile one has a million


class BadTable(Exception):
    """A file that cannot be read as a table. Its text is one sentence: what it is, and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Problem:
    """Something about one place of a table. `row` counts from 1, the header, as spreadsheets do.

    `column` is "" where all of the row is meant. `code` is a stable word, `message` one translated sentence
    that need not be read beside the others: it names the row and the column itself where there is one.
    A `warning` is worth knowing, and took nothing away.
    """

    row: int
    column: str
    code: str
    message: str
    warning: bool = False


def may_tell(problems: list[Problem], row: int) -> bool:
    """Say whether another problem may be told; the first that may not is replaced by one that says so."""
    if len(problems) < MOST:
        return True
    if len(problems) == MOST:
        message = _("There is more to mend from row {row} on. Only the first {n} places are listed.")
        message = message.format(row=formats.number(row), n=formats.number(MOST))
        problems.append(Problem(row, "", "more_problems", message))
    return False
