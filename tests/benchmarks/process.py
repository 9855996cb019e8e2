"""What bench.py measures in processes of their own: `process.py KIND END SHOP`.

KIND is when the process ends: `bare` and `painted` at the first paint of an empty window and of Dukkan's, `usable` when
the catalog has all items and is painted, `acting` after doing what an owner does most, `browsing` after what
browsing.py does in the catalog.
END is what it prints then: `time` nothing, `memory` its proportional memory in KiB; the last two print ms, one a line.
"""

import os
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

PAGES = ("profile", "replies", "links", "settings", "home")
TYPED = ("ك", "كع", "كعك", "c", "cake", "coffee 12", "9123", "قهوة خبز", "zzz", "عسل", "t", "te", "tea 5")
HEAVY = {"sqlalchemy", "alembic", "babel"}
KIND, END, SHOP = sys.argv[1:]


def end() -> None:
    """End as quickly as can be, once what counts has come."""
    if END == "memory":
        rollup = Path("/proc/self/smaps_rollup").read_text("ascii")
        print(rollup.partition("\nPss:")[2].split()[0], flush=True)
    os._exit(0)


def bare() -> None:
    """Show a window with nothing in it."""
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    class Window(QMainWindow):
        def paintEvent(self, event: Any) -> None:
            super().paintEvent(event)
            end()

    application = QApplication([])
    window = Window()
    window.resize(1320, 840)
    window.setCentralWidget(QTableView())
    window.show()
    application.exec()


def painted() -> None:
    """Open Dukkan as `dukkan SHOP` does, to its first paint."""
    from desktop.ui.main_window import MainWindow

    original = MainWindow.paintEvent

    def paint(self: MainWindow, event: Any) -> None:
        original(self, event)
        if heavy := HEAVY & sys.modules.keys():
            sys.exit(f"loaded before the first paint: {heavy}")
        end()

    MainWindow.paintEvent = paint  # type: ignore[method-assign]
    dukkan()


def usable() -> None:
    """Open Dukkan at its catalog, until every item is there and the window waits for the owner."""

    def check(window: Any) -> None:
        if all_there(window):
            window.repaint()
            end()
        else:
            after(1, lambda: check(window))

    when_open(check, "catalog")
    dukkan()


def acting() -> None:
    """Visit every page, search, switch the language: each to the end of its painting."""
    when_open(lambda window: after(0, lambda: attempt(window, act)))
    dukkan()


def browsing() -> None:
    """Search, scroll and edit in the catalog."""
    when_open(lambda window: after(500, lambda: attempt(window, explore)))
    dukkan()


def explore(window: Any) -> None:
    """Do what browsing.py does, and end."""
    from browsing import browse

    from desktop.services.catalog import count_products

    browse(window, window.context.get(count_products))
    os._exit(0)


def attempt(window: Any, act: Callable[[Any], None]) -> None:
    """Act, and end also if that fails, which the window would outlive."""
    try:
        act(window)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)


def act(window: Any) -> None:
    """Do it and print how long each thing took."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    def took(work: Callable[[], object], until: Callable[[], bool] = lambda: True) -> float:
        start = time.perf_counter()
        work()
        while not until():
            QApplication.processEvents()
        QApplication.processEvents()
        return (time.perf_counter() - start) * 1000

    def find(typed: str) -> float:
        page = window.page()
        page.search.setText(typed)
        start = time.perf_counter()
        QTest.keyClick(page.search, Qt.Key.Key_Return)  # or a short pause
        page.grid.viewport().repaint()
        span = (time.perf_counter() - start) * 1000
        took(lambda: None, lambda: page._job is None)  # the rest of what was found
        return span

    def speak(language: str) -> float:
        page = window.page()
        return took(lambda: window.settings_wanted.emit({"language": language}), lambda: window.page() is not page)

    took(lambda: window.go("catalog"), lambda: all_there(window))
    for page in PAGES:
        print(took(lambda page=page: window.go(page)))  # type: ignore[misc]
    print(middle([took(lambda page=page: window.go(page)) for page in 3 * PAGES]))  # type: ignore[misc]
    window.go("catalog")
    find("x")
    spans = [find(typed) for typed in TYPED]
    print(middle(spans))
    print(max(spans))
    print(middle([speak(language) for language in ("ar", "en", "ar")]), flush=True)
    os._exit(0)


def middle(spans: list[float]) -> float:
    """Return the median of an odd number of spans."""
    return sorted(spans)[len(spans) // 2]


def all_there(window: Any) -> bool:
    """Tell whether the catalog has every item."""
    from desktop.services.catalog import count_products

    page = window.page()  # whether it looks for more is asked first: to ask the shop all the time would be measured
    return bool(page) and not page._job and len(page.grid.cards.ids) == window.context.get(count_products)


def when_open(then: Callable[[Any], None], page: str = "home") -> None:
    """Call `then(window)` as soon as a shop has been shown, at a page."""
    from desktop.ui.main_window import MainWindow

    original = MainWindow.set_database

    def opened(self: MainWindow, database: Any) -> None:
        self._page = page
        original(self, database)
        then(self)

    MainWindow.set_database = opened  # type: ignore[method-assign]


def after(milliseconds: int, then: Callable[[], None]) -> None:
    """Call `then` from the event loop."""
    from PySide6.QtCore import QTimer

    QTimer.singleShot(milliseconds, then)


def dukkan() -> None:
    """Do as the command `dukkan SHOP`."""
    from desktop.__main__ import main

    sys.argv[1:] = [SHOP]
    sys.exit(main())


if __name__ == "__main__":
    {"bare": bare, "painted": painted, "usable": usable, "acting": acting, "browsing": browsing}[KIND]()
