"""The keys of very many rows, made on a second processor while this one writes the rows before them."""

import marshal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Thread
from typing import IO

from desktop.data import folding
from desktop.data.folding import keys

MANY = 20_000  # rows: for fewer, to start a program takes longer than it saves
AT_ONCE = 5_000

Texts = tuple[str, ...]
Keys = tuple[str, str]


def keys_of(count: int, said: Callable[[int], Texts]) -> Iterator[Keys]:
    """Yield the keys of `count` rows, of each of which `said` tells the texts, the name first (see `folding.keys`).

    Should the program that makes them for many rows end early, the rest are made here. `said` may be asked twice, and
    in another thread.
    """
    done = 0
    if count >= MANY and not hasattr(sys, "frozen"):  # whose executable is no Python
        with suppress(OSError, EOFError, ValueError, TypeError):
            for some in _made_apart(count, said):
                done += len(some)
                yield from some
    for place in range(done, count):
        yield keys(*said(place))


def _made_apart(count: int, said: Callable[[int], Texts]) -> Iterator[list[Keys]]:
    words = [sys.executable, "-I", "-S", folding.__file__]
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, creationflags=hidden
    ) as program:
        assert program.stdin
        assert program.stdout
        giver = Thread(target=_give, args=(count, said, program.stdin), daemon=True)
        giver.start()  # in a thread, for the program waits in turn until its answers are read
        try:
            for _start in range(0, count, AT_ONCE):
                yield marshal.load(program.stdout)  # noqa: S302 - of our own making
        finally:
            program.kill()  # it is done, or nobody wants the rest
            giver.join()


def _give(count: int, said: Callable[[int], Texts], to: IO[bytes]) -> None:
    with suppress(OSError):
        for start in range(0, count, AT_ONCE):
            marshal.dump(list(map(said, range(start, min(start + AT_ONCE, count)))), to)
            to.flush()
