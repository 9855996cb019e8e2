"""`make torture`, or `python tests/torture/run.py [COUNT [SEED]]`: damaged files of every kind on both processors.

Before that a real process is killed KILLS times while it saves, imports, backs up, migrates and restores.
"""

import multiprocessing
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from desktop.data.migrations.upgrade import create_sqlite
from desktop.i18n import set_language
from tests.faults.killing import KINDS, Ring
from tests.torture.mutations import PEOPLE, SAMPLES, torture

KILLS = 200
PIECES = 20  # of the work on each kind


def work(task):
    kind, seed, count = task
    set_language("en")
    try:
        return kind, torture(kind, seed, count), ""
    except BaseException as error:  # also what is no Exception must be told, with the file that did it
        return kind, 0, "\n".join([repr(error), *getattr(error, "__notes__", [])])


def kill(seed):
    """Kill a program KILLS times; what is lost raises AssertionError."""
    with tempfile.TemporaryDirectory() as name:
        new = Path(name, "new.dukkan")
        create_sqlite(new)
        ring = Ring(Path(name), new, seed)
        try:
            acknowledged = sum(ring.round(KINDS[number % len(KINDS)]) for number in range(KILLS))
        finally:
            ring.close()
    print(f"{KILLS} times killed, {acknowledged} acknowledged, nothing lost", flush=True)


def main():
    count, seed = (*map(int, sys.argv[1:]), *(100_000, time.time_ns() % 10**9)[len(sys.argv) - 1 :])
    kill(seed)
    print(f"{count} mutations of each sample, seed {seed}", flush=True)
    tasks = [(kind, seed + piece, count // PIECES) for piece in range(PIECES) for kind in (*SAMPLES, *PEOPLE)]
    begun, taken, failed = time.monotonic(), dict.fromkeys((*SAMPLES, *PEOPLE), 0), False
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        for kind, read, said in pool.imap_unordered(work, tasks):
            taken[kind] += read
            if said:
                failed = True
                print(f"{kind}: {said}", flush=True)
    for kind, read in taken.items():
        print(f"{kind:12} {read} were taken, the others refused")
    print(f"{time.monotonic() - begun:.0f} s")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
