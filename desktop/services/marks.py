"""WhatsApp's text marks: what a message with *bold*, _italic_, ~strike~, ```mono``` and lists looks like when read.

The marks are those of WhatsApp's FAQ "How to format your messages". A pair of * _ or ~ works on one line, if no letter
or digit touches it from outside and no space from inside. What is not marked right stays as it was typed. All of it
takes time in proportion to the length of the text.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Mark = Literal["bold", "italic", "strike", "mono", "code"]
Kind = Literal["text", "bullet", "number", "quote"]

MARKS: dict[str, Mark] = {"*": "bold", "_": "italic", "~": "strike"}
TOKEN = re.compile(r"[*_~]|[^*_~]+")
CODE = re.compile(r"`([^`\n]+)`")
NUMBERED = re.compile(r"([0-9]{1,3})\. (?=\S)")
# One to three letters, each perhaps with a vowel mark, joined to the front of a pair: و ف ب ل ك ال وال
JOINED = re.compile(
    r"(?<!\w)(?:[^\W\d_][\u064b-\u0652]?){1,3}([*_~])[^\s*_~](?:[^\n*_~]{0,58}[^\s*_~])?\1(?!\w)",
)


@dataclass(frozen=True)
class Span:
    """A piece of a line that is written in one way: no mark means plain."""

    text: str
    marks: frozenset[Mark] = frozenset()


@dataclass(frozen=True)
class Block:
    """A line of a message, without the signs that made it an item of a list or a quote; `number` is the one typed."""

    kind: Kind
    spans: tuple[Span, ...]
    number: str = ""

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


def bold(text: str) -> str:
    """Return a text as WhatsApp shows it in bold, whatever signs are in it."""
    text = " ".join(text.replace("*", "").split())
    return f"*{text}*" if text else ""


def parse(text: str) -> list[Block]:
    """Return the lines of a message as WhatsApp shows them; an empty line is a block without spans."""
    return [_block(line) for line in _lines(text)]


def plain(text: str) -> str:
    """Return what a message says, without its marks; items of lists keep a bullet or their number."""
    signs = {"bullet": "• ", "quote": "", "text": ""}
    return "\n".join(signs.get(block.kind, f"{block.number}. ") + block.text for block in parse(text))


def joined(text: str) -> list[str]:
    """Return the marked words that may show their marks since a letter is joined in front, such as و*عرض*.

    Not documented by WhatsApp: a hint for the writer, never an error. Names_like_this_one are left alone.
    """
    pieces = (piece for line in _lines(text) for piece in line if not piece.marks)
    return [match[0] for piece in pieces for match in JOINED.finditer(piece.text)]


def _lines(text: str) -> list[list[Span]]:
    """Split into lines of pieces: those between two ``` or two ` are told apart, and nothing in them is a mark."""
    lines: list[list[Span]] = [[]]
    for piece in _fenced(text.replace("\r\n", "\n").replace("\r", "\n")):
        first, *others = piece.text.split("\n")
        lines[-1].append(Span(first, piece.marks))
        lines += [[Span(other, piece.marks)] for other in others]
    return lines


def _fenced(text: str) -> list[Span]:
    """Split at ```, which may reach over lines, and at `, which ends with its line."""
    spans: list[Span] = []
    typed = ""  # outside of ```, without an end, or around nothing
    *pieces, last = text.split("```")
    for at, piece in enumerate(pieces):
        if at % 2 == 0:
            typed += piece
        elif piece.strip():
            spans += [*_coded(typed), Span(piece, frozenset({"mono"}))]
            typed = ""
        else:
            typed += f"```{piece}```"
    return spans + _coded(typed + ("```" if len(pieces) % 2 else "") + last)


def _coded(text: str) -> list[Span]:
    spans: list[Span] = []
    end = 0
    for match in CODE.finditer(text):
        if match[1].strip():
            spans += [Span(text[end : match.start()]), Span(match[1], frozenset({"code"}))]
            end = match.end()
    return [*spans, Span(text[end:])]


def _block(line: list[Span]) -> Block:
    kind: Kind = "text"
    number = ""
    head, rest = line[0], line[1:]
    if not head.marks:
        lead, text = head.text[:2], head.text
        item = NUMBERED.match(text)
        if lead in ("* ", "- ") and (text[2:].strip() or rest):
            kind, text = "bullet", text[2:]
        elif lead == "> " and (text[2:].strip() or rest):
            kind, text = "quote", text[2:]
        elif item:
            kind, number, text = "number", item[1], text[item.end() :]
        head = Span(text)
    return Block(kind, _spans([head, *rest]), number)


def _tokens(line: list[Span]) -> list[Span]:
    """Split what is outside of code into marks and the text between them."""
    tokens: list[Span] = []
    for piece in line:
        tokens += [piece] if piece.marks else map(Span, TOKEN.findall(piece.text))
    return tokens


def _spans(line: list[Span]) -> tuple[Span, ...]:
    tokens = _tokens(line)
    pairs = _pairs(tokens)
    spans: list[Span] = []
    active: frozenset[Mark] = frozenset()
    for at, token in enumerate(tokens):
        if at in pairs:
            active ^= {MARKS[token.text]}
            continue
        marks = active | token.marks
        if spans and spans[-1].marks == marks:
            spans[-1] = Span(spans[-1].text + token.text, marks)
        elif token.text:
            spans.append(Span(token.text, marks))
    return tuple(spans)


def _pairs(tokens: list[Span]) -> set[int]:
    """Return which tokens are the signs of a pair: the first that may open with the first that may close it.

    Pairs are nested in each other, never crossed: what is opened inside and not closed there stays as typed.
    """
    pairs: set[int] = set()
    opened: list[int] = []  # at most one of each sign
    for at, token in enumerate(tokens):
        if token.marks or token.text not in MARKS:
            continue
        before = tokens[at - 1] if at else Span("")
        after = tokens[at + 1] if at + 1 < len(tokens) else Span("")
        opening = next((i for i in opened if tokens[i].text == token.text), None)
        if opening is not None and _holds(token, before, -1) and not _touches(after, 0):
            del opened[opened.index(opening) :]
            pairs |= {opening, at}
        elif opening is None and _holds(token, after, 0) and not _touches(before, -1):
            opened.append(at)
    return pairs


def _holds(sign: Span, inside: Span, end: int) -> bool:
    """Say whether the token beside a sign, on its inner side, is something to mark: a ____ to fill in is not."""
    text = inside.text
    return bool(text) and not text[end].isspace() and text != sign.text


def _touches(token: Span, end: int) -> bool:
    """Say whether a letter or a digit, or a vowel mark on one, stands at that end of the token; code does not."""
    if token.marks or not token.text:
        return False
    sign = token.text[end]
    return sign.isalnum() or unicodedata.category(sign).startswith("M")
