"""Keys for an order that people choose: there is always room between two of them, and after the last.

Text rather than a number, because a journal that keeps numbers as JSON loses their last digits.
"""

from collections.abc import Sequence
from itertools import count

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
WIDTH = 8  # of keys made by `after`: room for 2.8 million million rows, added one by one at the end


def between(low: str = "", high: str = "") -> str:
    """Return a key that sorts after `low` and before `high`; an empty one stands for that end of the list."""
    key = ""
    for i in count():
        a = DIGITS.index(low[i]) if i < len(low) else 0
        b = DIGITS.index(high[i]) if i < len(high) else len(DIGITS)
        if b - a > 1:
            return key + DIGITS[(a + b) // 2]
        key += DIGITS[a]
        if b > a:
            high = ""  # `key` is already below it
    raise AssertionError("unreachable")


def among(keys: Sequence[str], place: int) -> str:
    """Return a key that sorts as the `place`-th (from 0) of `keys`, which are in order; beyond them, at an end."""
    place = max(0, min(place, len(keys)))
    return between(keys[place - 1] if place else "", keys[place] if place < len(keys) else "")


def after(low: str = "", steps: int = 1) -> str:
    """Return the key `steps` places after `low`; unlike `between(low)`, it does not grow with every call."""
    if len(low) == WIDTH and steps == 1 and low[-1] != DIGITS[-1]:  # nearly always, in a fifth of the time
        return low[:-1] + DIGITS[DIGITS.index(low[-1]) + 1]
    number = int(low[:WIDTH].ljust(WIDTH, "0"), 36) if low else 36 ** (WIDTH - 1)
    number += steps
    key = ""
    while number:
        number, digit = divmod(number, 36)
        key = DIGITS[digit] + key
    return key.rjust(WIDTH, "0")
