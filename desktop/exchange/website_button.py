"""A button for the shop's own website that opens a chat: HTML to paste, without a script or anything from elsewhere."""

from html import escape

from desktop.i18n import RTL_LANGUAGES, _, speaking
from desktop.services.errors import Invalid

STYLE = (
    "display:inline-flex;align-items:center;gap:10px;padding:12px 20px;border-radius:999px;background:#0b6e63;"
    "color:#fff;font:600 16px/1.4 system-ui,sans-serif;text-decoration:none"
)
BUBBLE = "M12 3a9 9 0 0 0-7.8 13.5L3 21l4.5-1.2A9 9 0 1 0 12 3z"


def snippet(url: str, words: str = "", language: str = "en") -> str:
    """Return the HTML of a link that looks like a button; `words` stand on it, in `language`.

    Everything is escaped. Raises Invalid("link") for what is no https address.
    """
    if not url.startswith("https://"):
        raise Invalid("link", _("The button needs a link that begins with https://"))
    with speaking(language):
        shown = " ".join(words.split()) or _("Chat with us on WhatsApp")
    direction = "rtl" if language in RTL_LANGUAGES else "ltr"
    sign = (
        f'<svg width="20" height="20" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true"><path d="{BUBBLE}"/>'
    )
    return (
        f'<a href="{escape(url)}" target="_blank" rel="noopener" lang="{escape(language)}" dir="{direction}" '
        f'style="{STYLE}">{sign}</svg><span>{escape(shown)}</span></a>\n'
    )
