"""Questions for a price, as owners type what they are asked: "price of rose", "how much is it", «كم سعر الوردة»."""

from desktop.data.search import fold, other_layout
from desktop.i18n.folding import without_articles

BEFORE = (  # what stands before the name of what is asked for, folded
    "سعر; السعر; اسعار; ثمن; كم; بكم; بكام; قديش; كم سعر; كم ثمن; كم تكلفه; ما سعر; ما هو سعر; ايش سعر; وش سعر; "
    "price; prices; price of; price for; the price of; what is the price of; what's the price of; "
    "cost; cost of; the cost of; how much; how much is; how much are; how much for"
)
ENDINGS = ("ات", "ه", "s")  # of one or of many: «وردة» in a question is «ورد» in the catalog
_before = sorted((words.split() for words in BEFORE.split("; ")), key=len, reverse=True)


def asked_for(typed: str) -> list[str]:
    """Return the name whose price is asked for, then without articles, then without the endings of its words.

    There is nothing if `typed` asks for no price.
    """
    for meant in (typed, other_layout(typed)):
        words = fold(meant.strip().rstrip("?؟!. ")).split()
        for before in _before:
            name = words[len(before) :]
            if name and words[: len(before)] == before:
                bare = without_articles(" ".join(name)).split()
                ways = (name, bare, [_root(word) for word in bare])
                return list(dict.fromkeys(" ".join(words) for words in ways if words))
    return []


def _root(word: str) -> str:
    ending = next((ending for ending in ENDINGS if word.endswith(ending)), "")
    return word.removesuffix(ending) if len(word) > len(ending) + 2 else word
