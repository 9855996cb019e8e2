"""What the benchmarks measure with: times in turn, processes of their own, and lines that mark what is missed."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from operator import truediv
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
PROCESS = Path(__file__).with_name("process.py")

missed: list[str] = []


def timed(work: Callable[[], object]) -> float:
    """Return how long something takes, in ms."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def rounds(times: int, *works: Callable[[], float]) -> list[tuple[float, float]]:
    """Measure things in turn, after one round to warm up.

    Returns of each the median, and the median of how many times the first thing of the same round it was: what disturbs
    the machine disturbs both.
    """
    for work in works:
        work()
    rows = [[work() for work in works] for _ in range(times)]
    return [
        (median(column), median(map(truediv, column, (row[0] for row in rows)))) for column in zip(*rows, strict=True)
    ]


def process(kind: str, end: str, shop: Path) -> str:
    """Run process.py and return what it printed.

    Compiled modules are kept, as they are wherever a program is installed: else compiling them would be measured.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = str(ROOT)
    with suppress(OSError):  # the last one ended too abruptly to take back that it was about to open its door
        (Path(os.environ["DUKKAN_HOME"]) / "data" / "door.coming").unlink()
    command = [sys.executable, str(PROCESS), kind, end, str(shop)]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=180)
    if ended.returncode:
        raise SystemExit(ended.stderr)
    return ended.stdout


def show(
    what: str, value: float, ratio: float = 0, goal: float = 0, most: float = 0, unit: str = "ms", least: float = 0
) -> None:
    """Print a line: a value, how many times its base it is, and whether that is within `goal` times and `most`.

    `least` is for what should be many times its base.
    """
    times = f"{ratio:6.2f} ×" if ratio else ""
    wanted = (f"≤ {goal:g} ×" if goal else "", f"≥ {least:g} ×" if least else "", f"≤ {most:g} {unit}" if most else "")
    late = bool((goal and ratio > goal) or (most and value > most) or ratio < least)
    _print(what, [value], f"{unit:<4} {times:>9}  {' and '.join(filter(None, wanted)):<18}", late)


def row(what: str, values: Sequence[float], growth: float = 0, most: float = 0) -> None:
    """Print a line of a table, times in ms at growing sizes, and whether all are within `most`.

    `growth` is how many times the first the last may be.
    """
    times = values[-1] / values[0] if growth else 0
    wanted = (f"{times:.2f} ≤ {growth:g} ×" if growth else "", f"≤ {most:g} ms" if most else "")
    late = bool((growth and times > growth) or (most and max(values) > most))
    _print(what, values, f"ms  {' and '.join(filter(None, wanted)):<18}", late)


def _print(what: str, values: Sequence[float], rest: str, late: bool) -> None:
    if late:
        missed.append(what)
    print(f"{what:<46}", *(f"{value:10.2f}" for value in values), rest, "MISSED" if late else "", flush=True)
