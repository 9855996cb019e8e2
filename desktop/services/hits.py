"""Where in a text the words are that were searched for: what a list marks."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy.orm import Session

from desktop.data.search import Word, fold, meanings, read_words

Spans = tuple[tuple[int, int], ...]
Read = Callable[[Session, str], list[Word]]


class Needles(NamedTuple):
    """What to mark: the folded words typed and what means the same, and what else may be meant."""

    typed: tuple[str, ...] = ()
    other: tuple[str, ...] = ()


def needles(session: Session, typed: str, read: Read = read_words) -> Needles:
    """Return what `hits` is to look for after a search for `typed`; `read` reads it as the search does."""
    meant, *others = ([text for word in read(session, each) for text in word.texts] for each in meanings(typed))
    return Needles(tuple(meant), tuple(text for texts in others for text in texts))


@lru_cache(4096)
def hits(wanted: Needles, text: str) -> Spans:
    """Return where `text` says what is wanted, as (start, end) in the order of the text, none of them overlapping.

    Letters count as the search takes them: a hit covers vowel signs, a lengthening stroke and the like that are in
    it. What else may be meant counts only where nothing that was typed is there.
    """
    folded, places = _folded(text)
    return _merged(_found(wanted.typed, folded, places)) or _merged(_found(wanted.other, folded, places))


def _found(words: Sequence[str], folded: str, places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for word in words:
        at = folded.find(word)
        while at >= 0:
            yield places[at][0], places[at + len(word) - 1][1]
            at = folded.find(word, at + 1)


def _merged(spans: Iterator[tuple[int, int]]) -> Spans:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)


def _folded(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return `text` folded, and for each letter of that where it stands in `text`: folding makes more or fewer."""
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for start, end in _clusters(text):
        for letter in fold(text[start:end]) or (" " if text[start].isspace() else ""):
            letters.append(letter)
            places.append((start, end))
    return "".join(letters), places


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each letter is, with the marks on it; of several spaces only the first."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not (unicodedata.combining(text[at]) or (text[at].isspace() and text[at - 1].isspace())):
            yield start, at
            start = at
