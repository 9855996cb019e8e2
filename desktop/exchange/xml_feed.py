"""Product feeds in XML as shops really publish them: RSS and Atom with Google's g: names, and plain lists."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from html.entities import html5
from io import BytesIO
from typing import Any

from lxml import etree

from desktop.exchange.encoding import decode
from desktop.exchange.problems import BadTable, Problem
from desktop.exchange.rich_text import clean_text
from desktop.exchange.tables import Table, named_table
from desktop.i18n import _, formats

ENTRIES = ("item", "entry", "product", "offer")
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
FEEDS = ("rss", "feed", "rdf")  # where an entry is called nothing else
GOOGLE = "http://base.google.com/ns/1.0"
TEXTS = ("title", "description", "summary", "content")  # where shops put HTML, escaped or not
JOINED = {  # of which an entry may have several
    **dict.fromkeys(("additional_image_link", "image", "images", "picture", "pictures", "photo", "photos"), ","),
    **dict.fromkeys(("category", "categories", "product_type"), "\n"),
}
HEAD = 1_000_000  # bytes that mostly tell what an entry is
KNOWN = ("amp", "lt", "gt", "quot", "apos")
DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
DECLARATION = re.compile(r"\s*<\?xml.{0,300}?\?>", re.DOTALL)
AMPERSAND = re.compile(  # one in CDATA is itself
    r"<!\[CDATA\[(?:.*?\]\]>|.*)|&(?:([A-Za-z][A-Za-z0-9]{1,31});|#[0-9]{1,7};|#x[0-9A-Fa-f]{1,6};)?", re.DOTALL
)
LONG_TAG = re.compile("<[A-Za-z][^<]{5000,}")
ATTRIBUTE = re.compile("""=["']""")
MOST_ATTRIBUTES = 2_000  # of an element
UNSAYABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def read_xml(data: bytes, language: str = "", encoding: str = "") -> Table:
    """Return the entries of a feed, a column for each name; where g: and a plain element say the same, g: counts.

    Entries are what is called item, entry, product or offer; else whatever of one name has parts, nearest to the root.
    Attributes are columns too, parts of a part are "price amount", several of one name are joined by commas. HTML in
    texts becomes plain text. The encoding is the one declared if the file can be read so; else it is told by its bytes.
    A bare & and names of HTML such as &nbsp; are put right. What is still ill-formed is read as far as it goes, and
    told. Nothing outside the file is ever opened, and no entity is expanded. Raises BadTable.
    """
    warnings: list[Problem] = []
    packed, encoding = prepared(data, language, encoding, warnings)
    try:
        path = _path_of_entries(packed[:HEAD]) or _path_of_entries(packed)
        if not path:
            raise BadTable(_no_items())
        events = parsed(packed, "end", tag=path[-1])
        found = [cells for entry in _entries(events, len(path)) if (cells := _cells(entry))]
        if not found:
            raise BadTable(_no_items())
        if any(error.level >= etree.ErrorLevels.ERROR for error in events.error_log):
            warnings.append(recovered())
    except etree.XMLSyntaxError as error:
        raise BadTable(_unreadable()) from error
    return named_table(found, warnings, encoding)


# Characters


def prepared(data: bytes, language: str, encoding: str, warnings: list[Problem]) -> tuple[bytes, str]:
    """Return an XML file in UTF-8 as a parser can take it, and the encoding that it was in. Raises BadTable."""
    text, encoding = _text(data, language, encoding, warnings)
    mended = AMPERSAND.sub(_mended, text)
    if mended != text:
        warnings.append(Problem(1, "", "xml_mended", _mended_sentence(), warning=True))
    if any(len(ATTRIBUTE.findall(tag[0])) > MOST_ATTRIBUTES for tag in LONG_TAG.finditer(mended)):
        raise BadTable(_unreadable())  # it would take the parser hours
    return UNSAYABLE.sub("\ufffd", mended).encode(), encoding


def _text(data: bytes, language: str, encoding: str, warnings: list[Problem]) -> tuple[str, str]:
    """Return the text of a file without its declaration, and the encoding that it was in."""
    declared = DECLARED.search(data[:1024])
    if declared and not encoding:
        with suppress(LookupError, UnicodeError):
            text = data.decode(declared[1].decode())
            return DECLARATION.sub("", text.removeprefix("\ufeff"), count=1), declared[1].decode().lower()
    text, used, guessed = decode(data, language, encoding)
    if guessed:
        message = _("The file is not in the encoding that it says. It was read as {encoding}: check a few names.")
        message = message.format(encoding=formats.ltr(used))
        warnings.append(Problem(1, "", "encoding_guessed", message, warning=True))
    return DECLARATION.sub("", text, count=1), used


def _mended(found: re.Match[str]) -> str:
    """Return an & as XML asks for it: names that only HTML knows as numbers, and one that begins nothing as &amp;."""
    said, name = found[0], found[1]
    if said.startswith(("<", "&#")) or name in KNOWN:
        return said
    char = html5.get(f"{name};", "") if name else ""
    return "".join(f"&#{ord(each)};" for each in char) or f"&amp;{said[1:]}"


# Elements


def parsed(packed: bytes, *events: str, tag: str | None = None) -> Any:
    """Return the events of a file: nothing outside it is opened, and no entity expanded."""
    return etree.iterparse(
        BytesIO(packed),
        events=events,
        tag=tag,
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _path_of_entries(packed: bytes) -> tuple[str, ...]:
    """Return the tags of the elements down to one entry; none if there are no entries."""
    found: Counter[tuple[str, ...]] = Counter()
    tags: list[str] = []
    parts = [0]  # of each open element
    for event, element in parsed(packed, "start", "end"):
        if event == "start":
            tags.append(element.tag)
            parts.append(0)
            continue
        if parts.pop() + len(element.attrib) > (0 if local(element.tag) in ENTRIES else 1):
            found[tuple(tags)] += 1
        tags.pop()
        parts[-1] += 1
        _forget(element)

    def rank(path: tuple[str, ...]) -> tuple[bool, bool, int, int]:
        return local(path[-1]) in ENTRIES, found[path] > 1, -len(path), found[path]

    paths = [path for path in found if len(path) > 1 and (local(path[0]) not in FEEDS or local(path[-1]) in ENTRIES)]
    return max(paths, key=rank, default=())


def _entries(events: Iterable[tuple[str, etree._Element]], depth: int) -> Iterator[etree._Element]:
    """Yield each element at a depth; it is forgotten as soon as the next is asked for."""
    for _event, element in events:
        if sum(1 for _parent in element.iterancestors()) == depth - 1:
            yield element
            _forget(element)


def _forget(element: etree._Element) -> None:
    """Free the elements before one, which would otherwise stay until the end of the file.

    It may not be freed itself yet, and emptying it takes ages where it has many attributes.
    """
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


@lru_cache(maxsize=1024)
def local(tag: str) -> str:
    """Return a tag without its namespace, in small letters."""
    return tag.rpartition("}")[2].lower().removeprefix("g:")


def _name(element: etree._Element) -> str:
    """Return what a column is called: `column` is that of our own feeds whose names no element can have."""
    name = local(str(element.tag))
    return element.get("name") or name if name == "column" else name


def _cells(entry: etree._Element) -> dict[str, str]:
    plain = {str(name).rpartition("}")[2].lower(): str(value) for name, value in entry.attrib.items() if value.strip()}
    google: dict[str, str] = {}
    for part in elements(entry):
        name = _name(part)
        into = google if str(part.tag).startswith((f"{{{GOOGLE}}}", "g:")) else plain
        for column, text in _said(part, name, into is google):
            if column in JOINED and column in into:
                into[column] += JOINED[column] + text
            else:
                into.setdefault(column, text)
    return plain | google


def _said(part: etree._Element, name: str, google: bool) -> Iterator[tuple[str, str]]:
    """Yield what a part of an entry says, by the names of columns."""
    if part.get(SPACE) == "preserve":  # as our own feeds say that this is text, and no markup
        text = part.text or ""
    elif name in TEXTS:
        markup = etree.tostring(part, encoding="unicode", with_tail=False) if len(part) else part.text or ""
        text = clean_text(markup).strip()
    else:
        text = (part.text or "").strip()
    if text := text or str(part.get("href") or part.get("url") or "").strip():
        yield name, text
    if not len(part) or name in TEXTS or google:
        return  # of Google's, only the costs of shipping and the like have parts
    names = {_name(child) for child in elements(part)}
    said = [(_name(child), _inner(child)) for child in elements(part)]
    if len(names) == 1:
        yield from [(name, ",".join(text for _name, text in said if text))] if any(text for _n, text in said) else []
    else:
        yield from ((f"{name} {child}", text) for child, text in said if text)


def elements(parent: etree._Element) -> list[etree._Element]:
    """Return the elements in an element, without entities that nothing defines."""
    return [child for child in parent if isinstance(child.tag, str)]


def _inner(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def _no_items() -> str:
    return _("This XML file has no items. A feed has them as <item> or <entry>.")


def _unreadable() -> str:
    return _("This XML file cannot be read. Fetch the feed again, or save your items as CSV.")


def recovered() -> Problem:
    """Say that a file was read as far as it is well-formed."""
    message = _("This file is not well-formed XML. It was read as far as possible: check the number of items.")
    return Problem(1, "", "xml_recovered", message, warning=True)


def _mended_sentence() -> str:
    return _("This file is not quite well-formed XML (a bare & in a text). It was put right while reading.")
