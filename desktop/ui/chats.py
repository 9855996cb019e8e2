"""Opening a chat with a text in it. WhatsApp sends, not this program: what is known here is that it was opened."""

from PySide6.QtCore import QUrl

from desktop.i18n import _, bidi, formats
from desktop.services.letters import Letter
from desktop.services.links import chat_link, contact_link
from desktop.ui.context import Context
from desktop.ui.saving import Opener


def open_chat(context: Context, letter: Letter, opener: Opener) -> bool:
    """Open the chat of a letter with its text, say so, and return whether that can be called opened.

    Nobody who has asked for no more messages is written to. Whoever shows no number is found in WhatsApp by hand: then
    the text is copied.
    """
    if letter.refusal:
        context.say(letter.refusal)
        return False
    text = bidi.strip(letter.filled.text)
    if letter.name and not letter.phone:
        said = _("This customer shows no number. The text is copied: open their chat in WhatsApp and paste it.")
        if not text:
            context.say(_("This customer shows no number. Open their chat in WhatsApp."))
        else:
            context.copy(text, said)
        return True
    url = chat_link(letter.phone, text) if letter.phone else contact_link(text)
    if not opener(QUrl.fromEncoded(url.encode())):
        context.say(_("The chat could not be opened on this computer. Copy the message instead."))
        return False
    context.say(formats.sentences([_("Chat opened, text ready"), *letter.filled.sentences]))
    return True
