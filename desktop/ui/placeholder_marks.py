"""Placeholders as they are seen: set apart while one types, and isolated in a line that is only read."""

from collections.abc import Iterator
from functools import lru_cache

from PySide6.QtGui import QTextDocument

from desktop.i18n import formats, is_rtl
from desktop.services.placeholders import KEYS, Span, find
from desktop.ui.widgets.highlighter import Highlighter, Mark

ALIASES = {known.key: known.alias for known in KEYS}


def highlight(document: QTextDocument) -> Highlighter:
    """Colour the placeholders of a text that is being written, and otherwise those that mean nothing."""
    return Highlighter(document, _marks)


@lru_cache(4096)  # a list asks again for all of its texts at every key of a search
def isolated(text: str) -> str:
    """Set every placeholder apart, so that an English key neither turns an Arabic line round nor is torn by it."""
    for span in reversed(find(text)):
        text = f"{text[: span.start]}{formats.ltr(text[span.start : span.end])}{text[span.end :]}"
    return text


def typed(key: str) -> str:
    """Return a placeholder as it is put into a text, by its name in the language in use."""
    return f"{{{ALIASES[key] if is_rtl() else key}}}"


def used_by(texts: list[str]) -> dict[str, list[Span]]:
    """Return the placeholders in some texts, by their keys; "" are those that mean nothing."""
    found: dict[str, list[Span]] = {}
    for text in texts:
        for span in find(text):
            found.setdefault(span.key, []).append(span)
    return found


def _marks(text: str) -> Iterator[Mark]:
    for span in find(text):
        yield span.start, span.end, "accent" if span.key else "warn"
