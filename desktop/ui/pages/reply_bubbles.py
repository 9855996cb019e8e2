"""What a reply looks like in a chat: its messages as bubbles, pictures as such once they have been read."""

from collections.abc import Iterator, Sequence

from desktop.i18n import _, formats
from desktop.services.marks import parse
from desktop.services.reply_parts import Message
from desktop.ui.thumbnails import Thumbnails
from desktop.ui.walk import name_of
from desktop.ui.widgets.bubbles import Bubble, shortened


def bubbles_of(messages: Sequence[Message], thumbnails: Thumbnails) -> Iterator[Bubble]:
    """Return a bubble for each message that says something; `thumbnails.ready` says when to ask again."""
    now = formats.time(formats.now().time())
    for message in messages:
        picture = thumbnails.get(message.sha256) if message.kind == "picture" else None
        if picture is not None and not picture.isNull():
            yield Bubble(parse(message.filled.text), now, picture=picture)
        elif not message.empty:
            yield Bubble(parse(_seen(message)), now)


def _seen(message: Message) -> str:
    """Return what the preview says of a message: its text, or what is sent in its place."""
    text = message.filled.text
    if not text:
        # TRANSLATORS: a picture or a file in the preview of a chat, as in "[Picture]".
        return _("[{name}]").format(name=name_of(message))
    return shortened(text)
