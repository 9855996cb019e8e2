"""Rounding prices as shops do: to a step, or to a familiar ending such as .95; exact, and half up."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from desktop.i18n import _, formats
from desktop.services.errors import Invalid


@dataclass(frozen=True)
class Rounding:
    """Prices that are `ending` above a multiple of `step`, in whole currency: 0.50 and 0, or 1 and 0.95.

    Where a currency has not the decimals for it, prices are rounded to its smallest unit.
    """

    step: Decimal = Decimal(0)  # 0: to the smallest unit of the currency
    ending: Decimal = Decimal(0)

    def minor(self, places: int) -> tuple[int, int]:
        """Return step and ending in the smallest unit of a currency with so many decimals."""
        step, ending = (Fraction(part) * 10**places for part in (self.step, self.ending))
        if step <= 0 or step.denominator != 1 or ending.denominator != 1:
            return 1, 0
        return int(step), int(ending)


EXACT = Rounding()
WHOLE = Rounding(Decimal(1))


def nearest(top: int, bottom: int, step: int, ending: int = 0) -> int:
    """Return the number nearest to top ÷ bottom that is `ending` above a multiple of `step`, the larger of two.

    12.45 becomes 12.95 with the ending .95, and 12.44 becomes 11.95. Nothing falls below zero: 0.30 becomes 0.95.
    """
    found = (2 * (top - ending * bottom) + step * bottom) // (2 * step * bottom) * step + ending
    return found + step if found < 0 <= top else found


def read_rounding(text: str) -> Rounding:
    """Return what is meant by `whole`, a step such as `0.50` or `5`, or an ending such as `.95`.

    Below 1, what divides 1 evenly is a step, anything else an ending. Raises Invalid("round").
    """
    if text.strip().lower() == "whole":
        return WHOLE
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not 0 <= number <= 1_000_000 or Fraction(number) * 1000 % 1:
        message = _("{text} is no way to round. Write a step like 0.50, an ending like .95, or whole.")
        raise Invalid("round", message.format(text=formats.ltr(text)))
    if number == 0:  # .00
        return WHOLE
    if number >= 1 or (1 / Fraction(number)).denominator == 1:
        return Rounding(number)
    return Rounding(Decimal(1), number)
