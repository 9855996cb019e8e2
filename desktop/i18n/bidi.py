"""Text of one direction inside text of the other: Unicode's isolates (UAX #9), put around and taken away."""

FSI, LRI, PDI = "\u2068", "\u2066", "\u2069"
RLM = "\u200f"

CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Every character whose only work is direction: the marks ALM, LRM and RLM, embeddings, overrides and isolates."""

_NOTHING = dict.fromkeys(map(ord, CONTROLS))


def isolate(text: str) -> str:
    """Return `text` set apart from what surrounds it, its direction that of its first letter; nothing stays nothing.

    Controls inside are kept if they are balanced isolates; any others would leak out, and are taken away.
    """
    return f"{FSI}{contained(text)}{PDI}" if text else ""


def ltr(text: str) -> str:
    """Return `text` set apart and read from left to right: phone numbers, links, codes, file names, keys."""
    return f"{LRI}{contained(text)}{PDI}" if text else ""


def strip(text: str) -> str:
    """Return `text` without any direction control: for the clipboard, files, links and comparison."""
    return text.translate(_NOTHING)


def has_controls(text: str) -> bool:
    """Tell whether `text` holds a direction control, which a person cannot see."""
    return any(character in CONTROLS for character in text)


def runs_by_itself(text: str) -> bool:
    """Tell whether `text` has a letter outside of all isolates, which gives it a direction (rule P2 of UAX #9)."""
    from unicodedata import bidirectional

    depth = 0
    for character in text:
        if character in "\u2066\u2067\u2068":
            depth += 1
        elif character == PDI:
            depth = max(0, depth - 1)
        elif not depth and bidirectional(character) in ("L", "R", "AL"):
            return True
    return False


def contained(text: str) -> str:
    """Return `text` such that nothing in it reaches past its end."""
    if not has_controls(text):
        return text
    depth = 0
    for character in text:
        if character in "\u202a\u202b\u202c\u202d\u202e":
            return strip(text)
        depth += (character in "\u2066\u2067\u2068") - (character == PDI)
        if depth < 0:
            return strip(text)
    return strip(text) if depth else text
