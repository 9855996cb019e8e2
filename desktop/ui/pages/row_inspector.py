"""What stands beside rows: an inspector of the one that is chosen."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.data.notice import Notice


class RowInspector(QWidget):
    """Shows one row, and saves what is typed of it."""

    delete_wanted = Signal()
    duplicate_wanted = Signal()

    def row(self) -> int | None:
        """Return the id of the row that is shown, or None."""
        raise NotImplementedError

    def show_row(self, row: int | None) -> bool:
        """Show another row; False if what is typed of the one before cannot be saved, which then stays."""
        if row is not None and row == self.row():
            return True
        if not self.commit():
            return False
        self.show_anew(row)
        return True

    def show_anew(self, row: int | None) -> None:
        """Show a row, or none, whatever is typed."""
        raise NotImplementedError

    def abandon(self) -> None:
        """Want nothing of what is typed: the row is about to go."""
        self.show_anew(None)

    def commit(self) -> bool:
        """Save what is typed; bring the first field that cannot be saved into sight, and return False."""
        raise NotImplementedError

    def edit_name(self, whole: bool = False) -> None:
        """Go to the name, or to what is written first; all of it selected if it is to be written over."""
        raise NotImplementedError

    def refresh(self, notice: Notice) -> None:
        """Show what has changed of the row, but in no field that is being typed in."""
        raise NotImplementedError
