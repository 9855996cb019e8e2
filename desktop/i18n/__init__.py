"""Words in the user's language: gettext, switched while the program runs. Numbers and dates are in `formats`.

`_` looks the catalogue up when it is called, so text built after `set_language()` is in the new language.
Text written at import time is marked with `N_` and passed to `_` when it is shown.
Babel is loaded only where a .po file of a checkout has no compiled form yet: never before the first window otherwise.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from desktop.i18n.catalogue import Catalogue
from desktop.resources import PACKAGE, folder

LANGUAGES = {"ar": "العربية", "en": "English"}
"""The languages of the interface, each under its own name."""

RTL_LANGUAGES = frozenset({"ar", "fa", "he", "ur"})


class _Words(NamedTuple):
    """A language and its catalogue, replaced together so that no thread sees one without the other."""

    language: str
    catalogue: NullTranslations


_words = _Words("en", NullTranslations())
_others: dict[str, _Words] = {}  # those spoken so far, for a list speaks the shop's language once for each row
_spoken: ContextVar[_Words | None] = ContextVar("spoken", default=None)


def set_language(language: str) -> None:
    """Switch every later `_()` to `language`; `ar_EG` counts as `ar`, and one that is not in LANGUAGES as English."""
    global _words
    _others.clear()
    _words = _load(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Use another language within a block, in this thread only: a text for customers is in the shop's own language."""
    words = _words
    if language != words.language:
        words = _others.get(language) or _others.setdefault(language, _load(language))
    token = _spoken.set(words)
    try:
        yield
    finally:
        _spoken.reset(token)


def language() -> str:
    """Return the language in use, a key of LANGUAGES."""
    return (_spoken.get() or _words).language


def is_rtl() -> bool:
    """Tell whether the language in use is written from right to left."""
    return language() in RTL_LANGUAGES


def _(message: str) -> str:
    """Return `message` in the language in use, or as it is where it has no translation."""
    # gettext("") answers with the header of the .po file.
    return (_spoken.get() or _words).catalogue.gettext(message) if message else ""


def ngettext(singular: str, plural: str, n: int) -> str:
    """Return the form for `n` things; the caller fills it in: `ngettext("{n} item", "{n} items", n).format(n=…)`."""
    return (_spoken.get() or _words).catalogue.ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    """Return `message` as it is said in `context`, for a word that has more than one meaning."""
    return (_spoken.get() or _words).catalogue.pgettext(context, message)


def N_(message: str) -> str:
    """Mark `message` for extraction; translate it later with `_`."""
    return message


def _load(language: str) -> _Words:
    name = next((name for name in (language, language.split("_")[0]) if name in LANGUAGES), "en")
    return _Words(name, _catalogue(folder("translations") / name / "LC_MESSAGES"))


def _catalogue(place: Path) -> NullTranslations:
    """Return the catalogue of a language, an empty one where it has none.

    A wheel carries it compiled. In a checkout the .po is what counts, even if a .mo has been left beside it.
    """
    source, built = place / "dukkan.po", place / "dukkan.mo"
    if built.is_file() and (PACKAGE in built.parents or not source.is_file()):
        return Catalogue(built.read_bytes())
    return _compiled(source.read_bytes()) if source.is_file() else NullTranslations()


def _compiled(source: bytes) -> Catalogue:
    """Compile a .po file, or take the form that an earlier start has kept for the same bytes."""
    import struct
    import zlib

    kept = cache_folder() / f"{zlib.crc32(source):08x}-{len(source)}.mo"  # a longer digest takes 3 ms to be loaded
    with suppress(OSError, ValueError, struct.error):  # not there, or damaged
        return Catalogue(kept.read_bytes())
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(source)))
    with suppress(OSError):  # without a folder to write in, it is compiled at every start
        kept.parent.mkdir(parents=True, exist_ok=True)
        draft = kept.with_suffix(f".{os.getpid()}")
        draft.write_bytes(compiled.getvalue())
        draft.replace(kept)
    return Catalogue(compiled.getvalue())


def cache_folder() -> Path:
    """Return the folder for what a checkout can make again, which may not exist yet: `make clean` takes it away."""
    return PACKAGE.parent / "build" / "translations"
