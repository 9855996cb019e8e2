"""Quick replies from espanso's match files (YAML): texts and forms; what only a computer could work out stays as text.

Nothing in the file is run. It is read as plain texts, lists and mappings: YAML's tags (which make objects) and aliases
(by which a small file can stand for a huge one) are refused.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from desktop.exchange.reply_rows import Incoming, ReplyRow, again, shortcut_of
from desktop.exchange.tables import BadTable, Problem
from desktop.i18n import _, formats
from desktop.services.placeholders import find

LARGEST = 1_000_000  # bytes; a file of a thousand replies has 200,000
LINE = object()  # the key under which a mapping keeps the line it begins on
CURSOR = "$|$"
VARIABLE = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")
FIELD = re.compile(r"\[\[\s*(\w+)\s*\]\]")
EDGES = re.compile(r"^[^\w]+|[^\w]+$")
DATE_CODES, TIME_CODES = frozenset("aAbBdDeFhjmuUvwxyY"), frozenset("HIklMpPrRSTX")
CODE = re.compile(r"%[-_0]?([a-zA-Z])")
MEANT = {  # words of forms for what we call otherwise
    "name": "customer", "client": "customer", "first_name": "customer", "firstname": "customer",
    "item": "product", "company": "shop", "business": "shop", "count": "quantity", "number": "quantity",
    "الاسم": "customer", "اسم": "customer",
}  # fmt: skip


class _Loader(yaml.BaseLoader):
    """Knows texts, lists and mappings, and the lines of these."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "tag", None) not in (None, "!"):
            raise BadTable(_("This file uses YAML's aliases or tags, which are not read. Write the texts out."))
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        found: dict[Any, Any] = super().construct_mapping(node, deep)
        return found | {LINE: node.start_mark.line + 1}


def read_espanso(data: bytes) -> Incoming:
    """Return the replies of a match file; a problem's row is its line. Raises BadTable for what is none."""
    document = _parsed(data)
    matches = document.get("matches") if isinstance(document, dict) else None
    if not isinstance(matches, list):
        raise BadTable(_("This is no match file of espanso: it has no list named matches."))
    shared = _variables(document.get("global_vars"))
    replies: dict[str, ReplyRow] = {}
    problems: list[Problem] = []
    skipped = 0
    for match in matches:
        if not isinstance(match, dict):
            problems.append(Problem(1, "", "not_a_match", _("Something in the list of matches is none.")))
            skipped += 1
            continue
        found = _reply(match, shared, problems)
        if isinstance(found, ReplyRow) and (first := replies.get(found.shortcut.casefold())):
            found = again(found.row, found.shortcut, first.row)
        if isinstance(found, Problem):
            problems.append(found)
            skipped += 1
        else:
            replies[found.shortcut.casefold()] = found
    return Incoming(list(replies.values()), skipped, problems)


def _parsed(data: bytes) -> Any:
    if len(data) > LARGEST:
        message = _("This file is {size}. Files of up to {limit} are read: divide it.")
        raise BadTable(message.format(size=formats.file_size(len(data)), limit=formats.file_size(LARGEST)))
    try:
        return yaml.load(data.decode("utf-8-sig"), _Loader)  # noqa: S506 - it makes no objects
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        if mark is None:
            raise BadTable(_("This file cannot be read as YAML. Check that it is a match file of espanso.")) from error
        message = _("This file cannot be read as YAML: line {line} is not as it should be.")
        raise BadTable(message.format(line=formats.number(mark.line + 1))) from error


def _reply(match: dict[Any, Any], shared: Mapping[str, Any], problems: list[Problem]) -> ReplyRow | Problem:
    line = int(match[LINE])
    triggers = [EDGES.sub("", str(each)) for each in _list(match.get("triggers", match.get("trigger")))]
    triggers = [each for each in triggers if each]
    text = next((match[kind] for kind in ("replace", "markdown", "form") if isinstance(match.get(kind), str)), None)
    if not triggers:
        message = _("Line {line}: this match has no trigger that could be a shortcut.")
        return Problem(line, "trigger", "trigger_missing", message.format(line=formats.number(line)))
    if text is None:
        message = _("Line {line}: {shortcut} has no text. Pictures and HTML of other programs are not taken.")
        message = message.format(line=formats.number(line), shortcut=formats.auto(triggers[0]))
        return Problem(line, "replace", "text_missing", message)
    shortcut, *others = triggers
    shortcut = shortcut_of(shortcut, line, problems)
    if "form" in match and text is match["form"]:
        text = FIELD.sub(lambda found: f"{{{{form.{found[1]}}}}}", text)
    variables = {**shared, **_variables(match.get("vars"))}
    values = {"text": _translated(text.replace(CURSOR, ""), variables, line, problems)}
    terms = [*others, *(str(each) for each in _list(match.get("search_terms")))]
    if isinstance(match.get("label"), str):
        terms.append(match["label"])
    if terms:
        values["keywords"] = ", ".join(" ".join(re.sub("[,،;؛]", " ", term).split()) for term in terms)
    return ReplyRow(line, shortcut, values)


def _translated(text: str, variables: Mapping[str, Any], line: int, problems: list[Problem]) -> str:
    """Return a text with espanso's variables as placeholders; those that mean nothing here stay, and are told."""

    def replaced(found: re.Match[str]) -> str:
        name, _dot, field = found[1].partition(".")
        meaning = _meaning(field) if field else _value(name, variables)
        if meaning is None:
            message = _("Line {line}: {name} is worked out by espanso alone. It stays in the text as it is.")
            message = message.format(line=formats.number(line), name=formats.ltr(found[0]))
            problems.append(Problem(line, "vars", "unknown_variable", message, warning=True))
            return found[0]
        return meaning

    return VARIABLE.sub(replaced, text)


def _value(name: str, variables: Mapping[str, Any]) -> str | None:
    """Return what a variable stands for here, None for nothing."""
    variable = variables.get(name)
    if variable is None:
        return _meaning(name)
    params = variable.get("params")
    params = params if isinstance(params, dict) else {}
    if variable.get("type") == "echo":
        return str(params.get("echo", ""))
    return _moment(params) if variable.get("type") == "date" else None


def _meaning(word: str) -> str | None:
    """Return the placeholder that a word of espanso's user means, None for nothing."""
    key = MEANT.get(word.lower()) or next((span.key for span in find(f"{{{word}}}")), "")
    return f"{{{key}}}" if key else None


def _moment(params: Mapping[Any, Any]) -> str:
    """Return the placeholders of a date with a format and an offset in seconds; the shop's own format is used."""
    codes = set(CODE.findall(str(params.get("format", "%d"))))
    offset = str(params.get("offset", "0"))
    minutes = int(offset) // 60 if re.fullmatch(r"-?\d{1,9}", offset) else 0
    return " ".join(_moments(codes, minutes))


def _moments(codes: set[str], minutes: int) -> Iterator[str]:
    if codes & DATE_CODES or not codes & TIME_CODES:
        yield f"{{date{_shift(minutes, 1440)}}}"
    if codes & TIME_CODES:
        yield f"{{time{_shift(minutes, 1)}}}"


def _shift(minutes: int, unit: int) -> str:
    amount = int(minutes / unit)
    return f"{amount:+d}" if amount and abs(amount) < 10_000 else ""


def _variables(listed: Any) -> dict[str, Any]:
    return {str(each.get("name")): each for each in _list(listed) if isinstance(each, dict)}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
