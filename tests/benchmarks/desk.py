"""How fast the daily desk is: open now, the small window called through the door, and typing in the quick search.

`bench.py` calls `measure`; by itself, `python tests/benchmarks/desk.py SHOP` measures with a shop of any size.
"""

# ruff: noqa: E402

import datetime as dt
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

ROOT = Path(__file__).parents[2]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(ROOT))

from desktop.services.opening import ONE_DAY, Schedule, Span, Stretch

TYPED = ("/", "/pr", "c", "ca", "cake", "cake tea", "خ", "خب", "خبز", "zzzz", "777", "C-12345", "")
CALLS = 8  # of the small window
MOMENTS = 2_000

Show = Callable[..., None]  # what, value in ms, and `most` of it: as `bench.show`


def measure(show: Show, shop: Path) -> None:
    """Measure all of it with a shop, in a folder of its own, of any size."""
    open_now(show)
    through_the_door(show, shop)
    typing(show, shop)


def open_now(show: Show) -> None:
    """Measure whether a shop is open, from a schedule that is read already, over many moments."""
    day = dt.date(2026, 11, 25)
    usual = tuple(Span(weekday, 600, 1320) for weekday in range(7))
    twenty = tuple(Stretch("", day + 15 * i * ONE_DAY, day + (15 * i + 6) * ONE_DAY, (), id=i) for i in range(20))
    always = tuple(Span(weekday, kind="all_day") for weekday in range(7))
    weeks = {"a usual week": (usual, ()), "and twenty stretches": (usual, twenty), "never, and twenty": ((), twenty)}
    for what, (week, stretches) in {**weeks, "always, and twenty": (always, twenty)}.items():
        schedule = Schedule(week, stretches, ZoneInfo("Asia/Dubai"))
        first = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
        moments = [first + dt.timedelta(minutes=7 * step) for step in range(MOMENTS)]
        start = time.perf_counter()
        for moment in moments:
            schedule.state(moment)
        show(f"open now: {what}", (time.perf_counter() - start) * 1000 / MOMENTS, most=0.1)


def through_the_door(show: Show, shop: Path) -> None:
    """Measure the small window that a second start calls: from its words at the door to the first paint, and in all."""
    lines = _child("called", shop)
    inside, whole = zip(*(map(float, line.split()) for line in lines), strict=True)
    show("palette through the door, the first time", inside[0], most=150)
    show("palette through the door, again", median(inside[1:]), most=150)
    show("the same, with the knocking", median(whole[1:]), most=150)


def typing(show: Show, shop: Path) -> None:
    """Measure a letter typed in the quick search, until what is known at once is shown."""
    for line in _child("typed", shop):
        milliseconds, _space, typed = line.partition(" ")
        show(f"quick search: {typed or 'nothing typed'}", float(milliseconds), most=16)


def _child(what: str, shop: Path) -> list[str]:
    command = [sys.executable, __file__, what, str(shop)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    if ended.returncode:
        raise SystemExit(ended.stderr)
    return ended.stdout.splitlines()


def called(shop: Path) -> None:
    """Run Dukkan, and let it be called by knocks as of a second start (in a process of its own)."""
    from threading import Thread

    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent

    from desktop import app, door
    from desktop.ui.anywhere import Anywhere
    from desktop.ui.pocket import Pocket

    arrived: list[float] = []
    painted: list[float] = []
    hears, paint = Anywhere._hears, Pocket.paintEvent

    def hear(self: Anywhere, wish: str, text: str) -> bool:
        arrived.append(time.perf_counter())
        return hears(self, wish, text)

    def paint_it(self: Pocket, event: QPaintEvent) -> None:
        paint(self, event)
        if len(painted) < len(arrived):
            painted.append(time.perf_counter())
            QTimer.singleShot(50, self.hide)

    def call() -> None:
        while not door.knock("show"):
            time.sleep(0.05)
        time.sleep(1)
        arrived.clear()
        for count in range(1, CALLS + 1):
            start = time.perf_counter()
            assert door.knock("palette", "/")
            while len(painted) < count:
                time.sleep(0.001)
            print((painted[-1] - arrived[-1]) * 1000, (painted[-1] - start) * 1000, flush=True)
            time.sleep(0.3)
        os._exit(0)

    Anywhere._hears, Pocket.paintEvent = hear, paint_it  # type: ignore[method-assign,assignment]
    Thread(target=call, daemon=True).start()
    app.run(shop)


def typed(shop: Path) -> None:
    """Type into the quick search of a window (in a process of its own)."""
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication, QMainWindow

    from desktop.data.database import Database
    from desktop.ui import theme
    from desktop.ui.context import Context
    from desktop.ui.palette import Palette

    application = QApplication([])
    theme.apply(application, "light")
    context = Context(Database(shop, read_only=True))
    window = QMainWindow()
    window.resize(1320, 840)
    window.show()
    palette = Palette(context, [], [], window)
    palette.open()
    for round_ in range(2):  # the first warms up
        for text in TYPED:
            start = time.perf_counter()
            palette.search.setText(text)
            took = (time.perf_counter() - start) * 1000
            while palette._finding.is_busy:
                application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
            application.processEvents()
            if round_:
                print(f"{took} {text}", flush=True)
    os._exit(0)


def _print(what: str, value: float, most: float = 0) -> None:
    print(f"{what:<46} {value:10.3f} ms  ≤ {most:g} ms  {'MISSED' if value > most else ''}", flush=True)


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        os.environ.setdefault("DUKKAN_HOME", home)
        if len(sys.argv) == 3:
            {"called": called, "typed": typed}[sys.argv[1]](Path(sys.argv[2]))
        else:
            measure(_print, Path(sys.argv[1]))
