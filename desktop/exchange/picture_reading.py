"""Many pictures read by several threads, a little ahead of whoever takes them: few are in memory at any time."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from desktop.i18n import _, formats

if TYPE_CHECKING:  # it needs Qt, which is loaded when the first picture is read
    from desktop.data.images import Image

THREADS = min(4, os.cpu_count() or 1)  # Qt and libheif let go of Python's lock while they work

Source = str | bytes | Callable[[], Path | bytes]  # a file, a picture itself, or what gives one when it is its turn


class Unopened(Exception):
    """A picture that could not be had. Its text is one sentence for its owner."""


class Read(NamedTuple):
    """A picture, or one sentence that says why there is none."""

    image: "Image | None"
    trouble: str = ""


def read_images(sources: Iterable[Source], is_stopped: Callable[[], bool] = lambda: False) -> Iterator[Read]:
    """Yield what each source holds, in their order, until `is_stopped`; what is being read then still comes."""
    from desktop.data.images import load_formats

    load_formats()
    ahead: deque[Future[Read]] = deque()
    rest = iter(sources)
    with ThreadPoolExecutor(THREADS) as pool:
        while True:
            while len(ahead) < 2 * THREADS and not is_stopped() and (source := next(rest, None)) is not None:
                ahead.append(pool.submit(read_image, source))
            if not ahead:
                return
            yield ahead.popleft().result()


def read_image(source: Source) -> Read:
    """Return the picture of a source, ready to be kept. A file that is no picture is named in the sentence."""
    from desktop.data.image_kinds import Unreadable
    from desktop.data.images import normalise, normalise_file

    name = Path(source).name if isinstance(source, str) else ""
    try:
        found = source() if callable(source) else source
        return Read(normalise(found) if isinstance(found, bytes) else normalise_file(Path(found)))
    except (Unreadable, Unopened) as error:
        sentence = str(error)
    except (OSError, ValueError):  # no such name can be, or it cannot be read
        sentence = _("The file cannot be read.")
    except MemoryError:
        sentence = _("There is not enough memory to open this picture. Close other programs.")
    return Read(None, f"{formats.auto(name)}: {sentence}" if name else sentence)
