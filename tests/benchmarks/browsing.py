"""What an owner does in the catalog, in a window of its own: `process.py browsing time SHOP` prints ms, one a line."""

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Slot
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
_on_paint: list[Callable[[], object]] = []


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


def wait(span: int) -> None:
    """Let the window, and what works behind it, go on for `span` ms.

    QTest.qWait would not do: it keeps Python's lock, so that nothing behind the window gets anywhere meanwhile.
    """
    loop = QEventLoop()
    QTimer.singleShot(span, loop.quit)
    loop.exec()


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
    _watch_paint()
    took(lambda: window.go("catalog"), lambda: len(window.page().grid.cards.ids) == total)
    opened, whole = zip(*(_open(window, total) for _ in range(5)), strict=True)
    results = [_middle(opened), _middle(whole)]
    page = window.page()
    wait(500)
    for _kind, typed in FOUND:
        held, painted = zip(*(_find(page, typed) for _ in range(5)), strict=True)
        results += [_middle(held), _middle(painted)]
    _find(page, "")
    took(lambda: None, lambda: page._job is None)
    results += [_scroll(page, 40), _scroll(page, 40_009)]
    results += _live(window)
    print(*results, sep="\n", flush=True)


def _watch_paint() -> None:
    """Have the cards of pages that are made from now on call `_on_paint` when they have been painted."""
    from desktop.ui.widgets.card_grid import CardGrid

    original = CardGrid.paintEvent

    def paint(self: Any, event: Any) -> None:
        original(self, event)
        for tell in _on_paint:
            tell()

    CardGrid.paintEvent = paint  # type: ignore[method-assign]


def _settle(window: Any) -> None:
    """Wait until nothing works behind the page any more."""
    page = window.page()
    took(lambda: None, lambda: page._job is None and page.filters._job is None)
    wait(50)


def _open(window: Any, total: int) -> tuple[float, float]:
    """Make the page anew and show it, as after another language."""
    _settle(window)
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
    painted: list[float] = []
    _on_paint[:] = [lambda: painted.append(time.perf_counter()) if page.grid.cards.ids is not before else None]
    start = time.perf_counter()
    held, nothing = took(
        lambda: QTest.keyClick(page.search, Qt.Key.Key_Return),
        lambda: page._job is None or bool(painted),
    )
    _on_paint.clear()
    took(lambda: None, lambda: page._job is None)
    return held, (painted[0] - start) * 1000 if painted else nothing


def _scroll(page: Any, step: int) -> float:
    """Scroll by `step` pixels at a time, round and round, and return what 95 of 100 frames took at most."""
    bar = page.grid.verticalScrollBar()
    bar.setValue(0)
    spans = []
    for _ in range(FRAMES):
        wait(4)  # for what is loaded behind
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
                wait(60)
            wait(250)
            for _ in range(10):
                page.grid.verticalScrollBar().setValue(page.grid.verticalScrollBar().value() + 120)
                wait(16)
            page.search.clear()
            wait(150)
        for item in page.grid.cards.ids[round_ * 5 : round_ * 5 + 5]:
            page.grid.set_current(item)
            wait(50)
            page.inspector.edit_name()
            wait(20)
            QTest.keyClicks(QApplication.focusWidget(), " new")
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
            wait(100)
        for _ in range(3):
            window.undo.trigger()
            wait(100)
    return [max(heart.pauses), float(sum(pause > 100 for pause in heart.pauses))]


def _middle(spans: tuple[float, ...]) -> float:
    return sorted(spans)[len(spans) // 2]
