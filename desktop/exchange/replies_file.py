"""Quick replies as a table of our own (CSV): written, read, compared with those of the shop, and brought in.

One row is one message: the first of a shortcut is the reply itself, and those that name a `part` follow it. Pictures
and PDFs are named by their digests, not held. Cells are inert in spreadsheets, and read back as they were.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from desktop.data.models import Blob, Product, Reply, ReplyPart
from desktop.data.search import fold
from desktop.exchange.files import write_file
from desktop.exchange.inert import bare, inert
from desktop.exchange.reply_rows import Incoming, PartRow, ReplyRow, again, nameless, shortcut_of
from desktop.exchange.tables import BadTable, Problem, read_table
from desktop.i18n import _, formats
from desktop.services.replies import CONDITIONS, add_reply, tidy, update_reply
from desktop.services.reply_parts import KINDS, add_part, list_parts, tidy_part

COLUMNS = {  # the names that are written, the fields they stand for, and further names that are understood
    "shortcut": ("shortcut", "الاختصار", "trigger", "name"),
    "part": ("part", "الجزء"),
    "language": ("language", "اللغة"),
    "text": ("text", "النص", "message", "الرسالة", "reply", "الرد"),
    "keywords": ("keywords", "الكلمات المفتاحية"),
    "folder": ("folder", "المجلد", "category"),
    "offered": ("offered", "condition"),
    "item": ("item", "الصنف"),
    "file": ("file", "الملف"),
    "sha256": ("sha256",),
}
OWN = {"text": "text", "keywords": "keywords", "folder": "folder", "language": "language", "offered": "condition"}


@dataclass(frozen=True)
class Change:
    """A reply to be added (`reply` is None) or changed: the columns that differ, and its parts if those do."""

    row: ReplyRow
    reply: int | None
    values: dict[str, str]
    parts: list[dict[str, Any]] | None


@dataclass
class Plan:
    """What an import does: to how many replies, which, and what is wrong with the file."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether every row was taken; there may be warnings."""
        return not self.skipped and all(problem.warning for problem in self.problems)


# Reading


def read_replies(name: str, data: bytes, language: str = "") -> Incoming:
    """Read a file called `name`: espanso's YAML by its ending, else a table. Raises BadTable for what is neither."""
    if Path(name).suffix.lower() in (".yml", ".yaml"):
        from desktop.exchange.espanso import read_espanso

        return read_espanso(data)
    return _read_table(data, language)


def _read_table(data: bytes, language: str) -> Incoming:
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise BadTable(_("This file is empty. Choose the file with your replies."))
    table = read_table(data, language)
    known = {fold(alias): column for column, aliases in COLUMNS.items() for alias in aliases}
    places: dict[str, int] = {}
    for place, header in enumerate(table.header):
        if column := known.get(fold(header)):
            places.setdefault(column, place)
    if not {"shortcut", "text"} <= places.keys():
        message = _("No replies were found: name the columns {columns} in the first row.")
        raise BadTable(message.format(columns=formats.ltr("shortcut, text, keywords, folder")))
    replies: dict[str, ReplyRow] = {}
    problems, skipped = list(table.warnings), 0
    for row, cells in table.rows:
        values = {column: bare(cells[place]) for column, place in places.items() if cells[place].strip()}
        shortcut = shortcut_of(values.get("shortcut", ""), row, problems)
        first, kind = replies.get(shortcut.casefold()), values.get("part", "").strip()
        problem = None
        if not shortcut:
            problem = nameless(row)
        elif kind and (kind not in KINDS or first is None):
            problem = _strange_part(row)
        elif kind and first:
            first.parts.append(_part(row, kind, values))
        elif first:
            problem = again(row, shortcut, first.row)
        else:
            replies[shortcut.casefold()] = ReplyRow(row, shortcut, _own(row, values, problems))
        if problem:
            problems.append(problem)
            skipped += 1
    return Incoming(list(replies.values()), skipped, problems)


def _own(row: int, values: dict[str, str], problems: list[Problem]) -> dict[str, str]:
    """Return the columns of the reply itself; what cannot be is told and left out."""
    found = {name: values[column] for column, name in OWN.items() if column in values}
    if found.get("condition", "") not in CONDITIONS:
        message = _("Row {row}, column {column}: write open, closed, or nothing for always.")
        message = message.format(row=formats.number(row), column=formats.ltr("offered"))
        problems.append(Problem(row, "offered", "unknown_condition", message, warning=True))
        del found["condition"]
    return found


def _part(row: int, kind: str, values: dict[str, str]) -> PartRow:
    texts = {name: values.get(name, "") for name in ("language", "text", "item", "sha256")}
    return PartRow(row, kind, name=values.get("file", ""), **texts)


def _strange_part(row: int) -> Problem:
    message = _("Row {row}: this part belongs to no reply. It may be one of {kinds}, below the row of its reply.")
    message = message.format(row=formats.number(row), kinds=formats.ltr(", ".join(KINDS)))
    return Problem(row, "part", "strange_part", message)


# Comparing and bringing in


def compare(session: Session, incoming: Incoming) -> Plan:
    """Say what bringing these replies in would do: an empty cell leaves what the shop has."""
    plan = Plan(skipped=incoming.skipped, problems=list(incoming.problems))
    here = {reply.shortcut.casefold(): reply for reply in session.scalars(select(Reply))}
    for row in incoming.replies:
        reply = here.get(row.shortcut.casefold())
        parts = [found for part in row.parts if (found := _resolved(session, part, plan.problems))]
        told = tidy(row.values)
        values = {name: value for name, value in told.items() if not reply or getattr(reply, name) != value}
        same = not row.parts or (reply is not None and parts == _parts(session, reply.id))
        if reply is None:
            plan.new += 1
        elif values or not same:
            plan.changed += 1
        else:
            plan.unchanged += 1
            continue
        plan.changes.append(Change(row, reply.id if reply else None, values, None if same else parts))
    plan.problems.sort(key=lambda problem: problem.row)
    return plan


def import_replies(session: Session, incoming: Incoming) -> Plan:
    """Add and change the replies of a file, and return what was done."""
    plan = compare(session, incoming)
    for change in plan.changes:
        _apply(session, change)
    return plan


def _apply(session: Session, change: Change) -> None:
    if change.reply is None:
        reply = add_reply(session, change.row.shortcut, **change.values)
    else:
        reply = change.reply
        update_reply(session, reply, None, **change.values)
    if change.parts is not None:
        session.execute(delete(ReplyPart).where(ReplyPart.reply_id == reply))
        for part in change.parts:
            add_part(session, reply, **part)


def _resolved(session: Session, part: PartRow, problems: list[Problem]) -> dict[str, Any] | None:
    """Return the columns of a part, or None after telling that its file or its item is not in this shop."""
    columns: dict[str, Any] = {"kind": part.kind}
    columns |= tidy_part({"language": part.language, "text": part.text, "name": part.name})
    columns |= {"sha256": part.sha256 or None, "product_id": None}
    place = {"row": formats.number(part.row), "name": formats.auto(part.name or part.item)}
    if part.kind in ("picture", "pdf") and session.get(Blob, part.sha256) is None:
        message = _("Row {row}: the file {name} is not in this shop. Add it to the reply yourself.").format(**place)
        problems.append(Problem(part.row, "file", "file_missing", message, warning=True))
        return None
    if part.kind == "item" and part.item:
        columns["product_id"] = _item(session, part.item)
        if columns["product_id"] is None:
            message = _("Row {row}: there is no item {name} in this shop. Choose another one in the reply.")
            problems.append(Problem(part.row, "item", "item_missing", message.format(**place), warning=True))
            return None
    return columns


def _item(session: Session, named: str) -> int | None:
    query = select(Product.id).order_by(Product.id).limit(1)
    return session.scalar(query.where(Product.code == named)) or session.scalar(query.where(Product.name == named))


def _parts(session: Session, reply: int) -> list[dict[str, Any]]:
    names = ("kind", "language", "text", "name", "sha256", "product_id")
    return [{name: getattr(part, name) for name in names} for part in list_parts(session, reply)]


# Writing


def write_replies(session: Session, out: Path | BinaryIO) -> None:
    """Write every reply as CSV in UTF-8, with the mark at the start that Excel looks for. Raises CannotWrite."""
    data = table_of(session)
    if isinstance(out, Path):
        write_file(out, data)
    else:
        out.write(data)


def table_of(session: Session) -> bytes:
    """Return the bytes of `write_replies`."""
    buffer = StringIO()
    writer = csv.DictWriter(buffer, list(COLUMNS), restval="", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writeheader()
    for cells in _rows(session):
        writer.writerow({column: inert(cell) for column, cell in cells.items()})
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def _rows(session: Session) -> Iterator[dict[str, str]]:
    codes = Counter(session.scalars(select(Product.code).where(func.length(Product.code) > 0)))
    for reply in session.scalars(select(Reply).order_by(Reply.position, Reply.id)):
        yield {"shortcut": reply.shortcut, **{column: getattr(reply, name) for column, name in OWN.items()}}
        for part in list_parts(session, reply.id):
            item = session.get(Product, part.product_id) if part.product_id is not None else None
            yield {
                "shortcut": reply.shortcut,
                "part": part.kind,
                "language": part.language,
                "text": part.text,
                "item": "" if item is None else item.code if codes[item.code] == 1 else item.name,
                "file": part.name,
                "sha256": part.sha256 or "",
            }
