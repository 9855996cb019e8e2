"""Items as messages to send in a chat: written with WhatsApp's marks, each message short enough to be taken whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.many import Tell, silent
from desktop.data.models import Blob
from desktop.exchange.files import legal_name, with_ending, write_file
from desktop.exchange.folders import write_folder
from desktop.exchange.offer import Article, Choice, Offer, read_offer
from desktop.i18n import _, bidi, formats, speaking
from desktop.services import marks
from desktop.services.errors import Invalid
from desktop.services.limits import limit
from desktop.services.marks import bold

KIND = "text"
LINE = 120  # characters of a description: one line of it
NAME = 200  # characters
COUNT = 20  # characters that "part 2 of 3" may take
TEXT_FILE = ".txt"
BETWEEN = "\n\n\n"  # messages in one file


@dataclass(frozen=True)
class Style:
    """What is said of each item beside its name and price."""

    links: bool = True
    descriptions: bool = True


@dataclass(frozen=True)
class ChatReport:
    """What was written: how many items, in how many messages."""

    items: int
    messages: int


def struck(text: str) -> str:
    """Return a text as WhatsApp shows it crossed out."""
    text = " ".join(text.replace("~", "").split())
    return f"~{text}~" if text else ""


def messages(offer: Offer, style: Style | None = None, longest: int | None = None) -> list[str]:
    """Return what is offered as messages of up to `longest` characters (WhatsApp's limit), in the offer's languages.

    Each begins with the shop's name and the collection that goes on; where there are several, each says which it is.
    Raises Invalid without an item.
    """
    if not offer.articles:
        raise Invalid("items", _("There is no item that customers can see. Show or add one first."))
    longest = longest or limit("chat.message")
    language = offer.languages[0]
    with speaking(language):
        shop = bold(bidi.strip(offer.profile.name))
        terms = "\n".join(offer.choice.terms(language))
        room = longest - len(shop) - COUNT - 2
        texts = [bidi.strip(text) for text in _packed(offer, style or Style(), terms, room)]
        if len(texts) == 1:
            return [_joined(shop, texts[0])]
        # TRANSLATORS: behind the shop's name, above one of several messages, as in "(2 of 3)".
        parts = [_("({part})").format(part=formats.of(n, len(texts))) for n in range(1, len(texts) + 1)]
        return [_joined(f"{shop} {part}".strip(), text) for part, text in zip(parts, texts, strict=True)]


def _packed(offer: Offer, style: Style, terms: str, room: int) -> Iterator[str]:
    """Yield the messages below their first line; the terms stand above the first of them."""
    text = terms[:room]
    for chapter in offer.chapters:
        title = bold(chapter.title[:NAME]) if len(offer.chapters) > 1 or chapter.name else ""
        begun = False
        for article in chapter.articles:
            block = _block(article, offer, style, room - len(title) - 2)
            longer = _joined(text, block if begun else _joined(title, block))
            if len(longer) > room and text:
                yield text
                longer = _joined(title, block)
            text, begun = longer, True
    yield text


def _block(article: Article, offer: Offer, style: Style, room: int) -> str:
    """Return what is said of an item in up to `room` characters; what does not fit is left out from the end."""
    first = offer.languages[0]
    names = dict.fromkeys(article.name(language)[:NAME] for language in offer.languages)
    lines = [bold(name) if n == 0 else " ".join(name.split()) for n, name in enumerate(names)]
    prices = dict.fromkeys(filter(None, (article.price_text(language) for language in offer.languages)))
    if prices:
        lines.append(" ".join(filter(None, (struck(article.old_price_text(first)), " · ".join(prices)))))
    if not article.available:
        lines.append(f"_{_('Out of stock')}_")
    if style.descriptions:
        said = dict.fromkeys(marks.plain(article.description(language)).strip() for language in offer.languages)
        lines += [_first_line(text) for text in said if text]
    link = (article.link or article.short_link(offer.profile.phone, first)) if style.links else ""
    while len(lines) > 1 and len("\n".join([*lines, link])) > room:
        if link and len(link) > room // 2:
            link = ""
        else:
            lines.pop()
    return "\n".join(filter(None, [*lines, link]))[:room]


def _first_line(text: str) -> str:
    line = " ".join(text.split("\n", 1)[0].split())
    return line if len(line) <= LINE else f"{line[: LINE - 1].rstrip()}…"


def _joined(above: str, below: str) -> str:
    return f"{above}\n\n{below}" if above and below else above or below


def write_messages(
    session: Session,
    path: Path,
    choice: Choice | None = None,
    style: Style | None = None,
    ids: Sequence[int] | None = None,
    tell: Tell = silent,
) -> ChatReport:
    """Write the messages: into one file where `path` ends in .txt, else into a folder with the pictures to attach.

    There each message is a file, and each picture begins with the number of its item. `tell(done, all)` may raise to
    stop. The file or folder has the old content or all of the new. Raises CannotWrite, and Invalid without an item.
    """
    offer = read_offer(session, choice or Choice(), ids)
    texts = messages(offer, style)
    if path.suffix.lower() == TEXT_FILE:
        write_file(path, f"{BETWEEN.join(texts)}\n".encode(errors="replace"))
    else:
        write_folder(path, KIND, _files(session, offer, texts, tell))
    return ChatReport(len(offer.articles), len(texts))


def _files(session: Session, offer: Offer, texts: Sequence[str], tell: Tell) -> Iterator[tuple[str, bytes]]:
    digits = len(str(len(texts)))
    with speaking(offer.languages[0]):
        # TRANSLATORS: the name of a file with a text to send.
        title = legal_name(_("Message"))
    for number, text in enumerate(texts, 1):
        yield f"{title} {number:0{digits}d}{TEXT_FILE}", f"{text}\n".encode(errors="replace")
    articles = offer.articles
    digits = len(str(len(articles)))
    for number, article in enumerate(articles, 1):
        query = select(Blob.data, Blob.format).where(Blob.sha256.in_(article.pictures[:1]), Blob.format != "pdf")
        for data, format in session.execute(query):
            name = legal_name(f"{number:0{digits}d} {article.name(offer.languages[0])}"[:NAME])
            yield with_ending(name, format), data
        tell(number, len(articles))
