"""HTML, as other shops keep their descriptions, as clean text: paragraphs, lists and line ends kept, nothing else."""

import re

from lxml import etree, html

BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure"),
        *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre"),
        *("section", "table", "tbody", "thead", "tr", "ul"),
    )
)
UNSEEN = frozenset({"script", "style", "head", "title", "noscript", "template", "iframe", "object", "svg"})
TAG = re.compile(r"<\s*/?\s*[a-zA-Z!][^>]*>|&(?:[a-zA-Z][a-zA-Z0-9]+|#\d+|#x[0-9a-fA-F]+);")
GAP, LINE = "\x00", "\x01"  # no text has them


def is_html(text: str) -> bool:
    """Say whether a text has tags or names of HTML in it."""
    return TAG.search(text) is not None


def clean_text(markup: str) -> str:
    """Return what a browser would show of `markup`; text without a tag stays as it is."""
    if not is_html(markup):
        return markup
    try:
        root = html.fragment_fromstring(markup.replace("\0", ""), create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return " ".join(TAG.sub(" ", markup).split())
    parts: list[str] = []
    _walk(root, parts)
    return _tidied("".join(parts))


def _walk(top: html.HtmlElement, parts: list[str]) -> None:
    """Collect the text of an element; without recursion, for nothing says how deep a stranger's HTML is."""
    for event, element in etree.iterwalk(top, events=("start", "end", "comment")):
        if event == "comment":
            parts.append(_spaces(element.tail))
            continue
        tag = element.tag if isinstance(element.tag, str) else ""
        hidden = tag in UNSEEN or any(parent.tag in UNSEEN for parent in element.iterancestors())
        if event == "start":
            if tag in BLOCKS:
                parts.append(GAP)
            elif tag == "li":
                parts.append(f"{LINE}• ")
            elif tag == "br":
                parts.append(LINE)
            elif tag in ("td", "th"):
                parts.append(" ")
            if not hidden:
                parts.append(_spaces(element.text))
            continue
        if tag in BLOCKS:
            parts.append(GAP)
        if element is not top and not any(parent.tag in UNSEEN for parent in element.iterancestors()):
            parts.append(_spaces(element.tail))


def _spaces(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _tidied(text: str) -> str:
    paragraphs = []
    for paragraph in re.split(f"{GAP}+", text):
        lines = [" ".join(line.split()) for line in paragraph.split(LINE)]
        lines = [line for line in lines if line not in ("", "•")]
        if lines:
            paragraphs.append("\n".join(lines))
    return "\n\n".join(paragraphs)
