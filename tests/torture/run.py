"""`make torture`, or `python tests/torture/run.py [COUNT [SEED]]`: damaged files of every kind on both processors."""

import multiprocessing
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from desktop.i18n import set_language
from tests.torture.mutations import SAMPLES, torture

PIECES = 20  # of the work on each kind


def work(task):
    kind, seed, count = task
    set_language("en")
    try:
        return kind, torture(kind, seed, count), ""
    except BaseException as error:  # also what is no Exception must be told, with the file that did it
        return kind, 0, "\n".join([repr(error), *getattr(error, "__notes__", [])])


def main():
    count, seed = (*map(int, sys.argv[1:]), *(100_000, time.time_ns() % 10**9)[len(sys.argv) - 1 :])
    print(f"{count} mutations of each sample, seed {seed}", flush=True)
    tasks = [(kind, seed + piece, count // PIECES) for piece in range(PIECES) for kind in SAMPLES]
    begun, taken, failed = time.monotonic(), dict.fromkeys(SAMPLES, 0), False
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
