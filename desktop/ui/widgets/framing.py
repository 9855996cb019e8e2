"""Which part of a picture a frame of a fixed shape holds: arithmetic, without a window."""

from dataclasses import dataclass, replace
from math import hypot, log

CLOSEST = 10  # times closer than where the frame is just filled
FARTHEST = 1.5  # times farther than where all of the picture is inside


@dataclass(frozen=True)
class Framing:
    """The frame's middle and its width, in pixels of the picture; `aspect` is its width by its height.

    A frame that is smaller than the picture stays inside of it, and a larger one around it, in each direction.
    With `round` a circle is what is seen of the frame.
    """

    width: int  # of the picture
    height: int
    aspect: float
    round: bool
    x: float
    y: float
    wide: float

    @classmethod
    def filled(cls, width: int, height: int, aspect: float, round: bool = False) -> "Framing":
        """Return the frame that holds as much of a picture as fills it, around the picture's middle."""
        return cls(width, height, aspect, round, width / 2, height / 2, min(width, height * aspect))

    def whole(self) -> "Framing":
        """Return the frame in which all of the picture is seen, corners too."""
        wide = hypot(self.width, self.height) if self.round else max(self.width, self.height * self.aspect)
        return replace(self, wide=wide)._kept_in()

    def is_filled(self) -> bool:
        """Say whether the picture covers all of the frame."""
        return self.wide <= self.width + 0.5 and self.wide / self.aspect <= self.height + 0.5

    def zoomed(self, factor: float, x: float | None = None, y: float | None = None) -> "Framing":
        """Return a frame so many times closer; the point (x, y) of the picture stays where it is in the frame."""
        wide = min(max(self.wide / factor, self._closest), self._farthest)
        x, y = self.x if x is None else x, self.y if y is None else y
        scale = wide / self.wide
        return replace(self, x=x + (self.x - x) * scale, y=y + (self.y - y) * scale, wide=wide)._kept_in()

    @property
    def closeness(self) -> float:
        """How close it is, from 0 (the farthest) to 1, each step of it the same factor."""
        return log(self._farthest / self.wide) / log(self._farthest / self._closest)

    def at_closeness(self, closeness: float) -> "Framing":
        """Return the frame as close as that, around the same middle."""
        wide = self._farthest * (self._closest / self._farthest) ** closeness
        return self.zoomed(self.wide / wide)

    def moved(self, right: float, down: float) -> "Framing":
        """Return the frame after the picture has been moved below it, by pixels of the picture."""
        return replace(self, x=self.x - right, y=self.y - down)._kept_in()

    def turned(self, clockwise: bool = True) -> "Framing":
        """Return the frame after the picture has been turned by a quarter, around what was in the middle."""
        x, y = (self.height - self.y, self.x) if clockwise else (self.y, self.width - self.x)
        frame = replace(self, width=self.height, height=self.width, x=x, y=y)
        return frame.zoomed(1)  # into its limits, which are others now

    def box(self) -> tuple[int, int, int, int]:
        """Return the frame in whole pixels of the picture: x, y, width and height, which may reach beyond it."""
        wide, high = max(1, round(self.wide)), max(1, round(self.wide / self.aspect))
        x, y = round(self.x - wide / 2), round(self.y - high / 2)
        if self.is_filled():
            x, y = min(max(x, 0), max(self.width - wide, 0)), min(max(y, 0), max(self.height - high, 0))
        return x, y, wide, high

    @property
    def _closest(self) -> float:
        return max(min(self.width, self.height * self.aspect) / CLOSEST, 1)

    @property
    def _farthest(self) -> float:
        return FARTHEST * max(self.width, self.height * self.aspect)

    def _kept_in(self) -> "Framing":
        across, up = self.wide / 2, self.wide / self.aspect / 2
        return replace(self, x=_between(self.x, across, self.width), y=_between(self.y, up, self.height))


def _between(at: float, half: float, length: int) -> float:
    low, high = sorted((half, length - half))
    return min(max(at, low), high)
