"""What an owner does in the catalog, in a window of its own: `process.py browsing time SHOP` prints ms, one a line."""

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

FOUND = (  # what is typed, all of it at once
    ("common word", "coffee"),
    ("Arabic word", "قهوة"),
    ("rare word", "bread 98"),
    ("one letter", "k"),
    ("two letters, nothing found", "zq"),
)
FRAMES = 200  # of scrolling
NAMES = (
    *("opened, first cards painted", "all of them there"),
    *(f"{what}: {kind}" for kind, _typed in FOUND for what in ("the window held up", "painted")),
    *("a frame of scrolling, p95", "a frame of jumping about, p95", "the longest stall", "stalls above 100 ms"),
)


class Heart(QObject):
    """Beats while the window can do something else, and so tells for how long it could not."""

    def __init__(self) -> None:
        super().__init__()
        self.pauses: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start()

    @Slot()
    def _on_beat(self) -> None:
        now = time.perf_counter()
        self.pauses.append((now - self._last) * 1000)
        self._last = now


def took(work: Callable[[], object], until: Callable[[], bool]) -> tuple[float, float]:
    """Return for how long `work` itself held the window up, and when `until` was reached and painted, in ms."""
    start = time.perf_counter()
    work()
    held = time.perf_counter() - start
    QApplication.processEvents()
    while not until():
        QApplication.processEvents()
    return held * 1000, (time.perf_counter() - start) * 1000


def browse(window: Any, total: int) -> None:
    """Open the catalog, search, scroll, edit, and print what NAMES says."""
    took(lambda: window.go("catalog"), lambda: len(window.page().grid.cards.ids) == total)
    opened, whole = zip(*(_open(window, total) for _ in range(5)), strict=True)
    results = [_middle(opened), _middle(whole)]
    page = window.page()
    QTest.qWait(500)
    for _kind, typed in FOUND:
        held, painted = zip(*(_find(page, typed) for _ in range(5)), strict=True)
        results += [_middle(held), _middle(painted)]
    _find(page, "")
    took(lambda: None, lambda: page._job is None)
    results += [_scroll(page, 40), _scroll(page, 40_009)]
    results += _live(window)
    print(*results, sep="\n", flush=True)


def _open(window: Any, total: int) -> tuple[float, float]:
    """Make the page anew and show it, as after another language."""
    start = time.perf_counter()
    window.rebuild()
    window.page().grid.viewport().repaint()
    painted = time.perf_counter() - start
    took(lambda: None, lambda: len(window.page().grid.cards.ids) == total)
    return painted * 1000, (time.perf_counter() - start) * 1000


def _find(page: Any, typed: str) -> tuple[float, float]:
    """Search, and return for how long the window was held up, and when the first results were painted."""
    page.search.setText("")
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    took(lambda: None, lambda: page._job is None)
    page.search.setText(typed)
    before = page.grid.cards.ids
    found = took(
        lambda: QTest.keyClick(page.search, Qt.Key.Key_Return),  # which paints what it finds at once
        lambda: page._job is None or page.grid.cards.ids is not before,
    )
    took(lambda: None, lambda: page._job is None)
    return found


def _scroll(page: Any, step: int) -> float:
    """Scroll by `step` pixels at a time, round and round, and return what 95 of 100 frames took at most."""
    bar = page.grid.verticalScrollBar()
    bar.setValue(0)
    spans = []
    for _ in range(FRAMES):
        QTest.qWait(4)  # for what is loaded behind
        place = bar.value() + step
        start = time.perf_counter()
        bar.setValue(place % max(1, bar.maximum()))
        page.grid.viewport().repaint()
        spans.append((time.perf_counter() - start) * 1000)
    return sorted(spans)[FRAMES * 95 // 100]


def _live(window: Any) -> list[float]:
    """Search, scroll and edit for some seconds, letter by letter; return the longest stall, and how many there were."""
    page = window.page()
    heart = Heart()
    for round_ in range(2):
        for typed in ("coffee", "قهوة", "zq", "9"):
            page.search.setFocus()
            for letter in typed:
                page.search.insert(letter)
                QTest.qWait(60)
            QTest.qWait(250)
            for _ in range(10):
                page.grid.verticalScrollBar().setValue(page.grid.verticalScrollBar().value() + 120)
                QTest.qWait(16)
            page.search.clear()
            QTest.qWait(150)
        for item in page.grid.cards.ids[round_ * 5 : round_ * 5 + 5]:
            page.grid.set_current(item)
            QTest.qWait(50)
            page.inspector.edit_name()
            QTest.qWait(20)
            QTest.keyClicks(QApplication.focusWidget(), " new")
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
            QTest.qWait(100)
        for _ in range(3):
            window.undo.trigger()
            QTest.qWait(100)
    return [max(heart.pauses), float(sum(pause > 100 for pause in heart.pauses))]


def _middle(spans: tuple[float, ...]) -> float:
    return sorted(spans)[len(spans) // 2]
