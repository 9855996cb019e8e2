"""Collecting garbage in the window's thread alone.

Python's collector runs in whichever thread happens to allocate; in a worker it may find widgets that nobody needs any
more, and a widget that is destroyed outside its own thread takes the program down or leaves its timers running. So it
is off while the window is there, and a timer of the window's thread does its work.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

OFTEN = 5_000  # ms between two looks at what is young
SELDOM = 12  # of them, after which everything is looked at


class Sweeper(QObject):
    """Sweeps from its creation on, in the thread that made it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._turns = 0
        self._timer = QTimer(self, interval=OFTEN)
        self._timer.timeout.connect(self.sweep)
        self._timer.start()

    @Slot()
    def sweep(self) -> None:
        """Look for garbage: among what is young, and now and then everywhere."""
        self._turns += 1
        gc.collect() if self._turns % SELDOM == 0 else gc.collect(1)
