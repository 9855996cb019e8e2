"""HTML, as other shops keep their descriptions, as clean text: paragraphs, lists and line ends kept, nothing else."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "dd", "div", "dl", "dt", "fieldset", "figcaption"),
        *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "p", "pre"),
        *("section", "table", "tbody", "thead"),
    )
)
UNSEEN = frozenset(
    ("script", "style", "head", "title", "noscript", "template", "iframe", "object", "svg", "select", "button", "audio")
)
TAG = re.compile(
    r"</?[a-zA-Z][a-zA-Z0-9:-]*(?:\s[^<>]*|/)?>|<!--|&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});"
)
BLOCK = re.compile(r"</(?:p|div|li|ul|h[1-6]|td)>|<br\s*/?>", re.IGNORECASE)
GAP, LINE, CELL = "\x00", "\x01", "\x02"  # no text has them


def is_html(text: str) -> bool:
    """Say whether a text has tags or names of HTML in it: <b>, &nbsp;, but not "5 < 6 > 4" or "R&D"."""
    return TAG.search(text) is not None


def is_mostly_html(texts: Sequence[str]) -> bool:
    """Say whether at least half of the texts that have anything are made up with paragraphs, lists or line ends."""
    filled = [text for text in texts if text.strip()]
    return bool(filled) and sum(BLOCK.search(text) is not None for text in filled) * 2 >= len(filled)


def clean_text(markup: str) -> str:
    """Return what a browser would show of `markup`; text without a tag stays as it is.

    Paragraphs stand apart by an empty line, lines and rows of tables by a line end, cells by " | ", things of a list
    begin with a bullet or their number. Scripts, styles and what no reader sees are left out. The time that it takes
    grows as the text does, however deep its elements are.
    """
    if not is_html(markup):
        return markup
    from lxml import etree, html  # which a list without HTML does not need

    text = re.sub(f"[{GAP}{LINE}{CELL}]", "", markup)
    parser = html.HTMLParser(huge_tree=True)
    try:
        root = html.fragment_fromstring(text, create_parent="div", parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return " ".join(TAG.sub(" ", text).split())
    if any("depth" in error.message for error in parser.error_log):  # 2,048 elements in each other end any parser
        return " ".join(TAG.sub(" ", text).split())
    return _tidied("".join(_pieces(root)))


def _pieces(top: "HtmlElement") -> Iterator[str]:
    """Yield what is seen and what breaks it; without recursion, for nothing says how deep a stranger's HTML is."""
    from lxml import etree

    unseen = 0  # elements around this place that no reader sees
    counts: list[int] = []  # of the things in each open list, 0 or more where they are numbered
    for event, element in etree.iterwalk(top, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            unseen += tag in UNSEEN
            if tag in ("ol", "ul"):
                yield LINE if counts else GAP
                counts.append(0 if tag == "ol" else -1)
            if tag == "li":
                yield f"{LINE}{_bullet(counts)} "
            elif tag in BLOCKS and not _begins_thing(element):
                yield LINE if counts else GAP
            elif tag in ("br", "tr"):
                yield LINE
            elif tag in ("td", "th"):
                yield CELL
            if not unseen:
                yield _spaces(element.text)
            continue
        unseen -= tag in UNSEEN
        if tag in ("ol", "ul"):
            counts.pop()
            yield LINE if counts else GAP
        elif tag in BLOCKS:
            yield LINE if counts else GAP
        if element is not top and not unseen:
            yield _spaces(element.tail)


def _begins_thing(element: "HtmlElement") -> bool:
    """Say whether a block is the first in something of a list: it stays beside the bullet."""
    parent = element.getparent()
    return parent is not None and parent.tag == "li" and parent[0] is element and not (parent.text or "").strip()


def _bullet(counts: list[int]) -> str:
    if not counts or counts[-1] < 0:
        return "•"
    counts[-1] += 1
    return f"{counts[-1]}."


def _spaces(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _tidied(text: str) -> str:
    paragraphs = []
    for paragraph in re.split(f"{GAP}+", text):
        lines = [_line(line) for line in paragraph.split(LINE)]
        lines = [line for line in lines if line not in ("", "•")]
        if lines:
            paragraphs.append("\n".join(lines))
    return "\n\n".join(paragraphs)


def _line(line: str) -> str:
    cells = (" ".join(cell.split()) for cell in line.split(CELL))
    return " | ".join(cell for cell in cells if cell)
