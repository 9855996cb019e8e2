"""What WhatsApp puts before each message when several are copied: when it was written, and by whom."""

import re
from dataclasses import dataclass

_DAY = r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}"
_TIME = r"\d{1,2}:\d{2}(?::\d{2})?\s*(?:[APap]\.?[Mm]\.?|ص|م)?"
_STAMP = re.compile(  # the phone begins with the day, WhatsApp Web with the time
    rf"^\s*(?:\[?(?P<day>{_DAY})[,،]?\s+{_TIME}\]?|\[{_TIME}[,،]\s*(?P<last>{_DAY})\])\s*(?:-\s*)?(?P<sender>[^:\n]{{1,60}}):\s?"
)


@dataclass(frozen=True)
class Stamp:
    """The beginning of a copied message. Its text starts at `end`; `date` is the figures of the day as written."""

    end: int
    date: tuple[int, ...]
    sender: str


def read_stamp(line: str) -> Stamp | None:
    """Return what stands before the message in a line without marks of direction, None where nothing does."""
    if not (found := _STAMP.match(line)):
        return None
    date = tuple(int(part) for part in re.split("[/.-]", found["day"] or found["last"]))
    return Stamp(found.end(), date, found["sender"].strip().removeprefix("~").strip())
